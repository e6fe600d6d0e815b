# Sourced by the scripts that build for machines other than this one: Debian's Rust, which brings its own source, so that
# the standard library can be built for any target. (rustup's toolchain may be there or not, and is left alone.)

repo=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)
export CARGO_TARGET_DIR=${CARGO_TARGET_DIR:-$repo/firmware/target}
cargo=/usr/bin/cargo
# What cannot be installed here. The caller may go on, but has to say so.
SKIPPED=3

step() { printf '\n== [%4d s] %s\n' "$SECONDS" "$*"; }

fail() {
    printf '\nFAILED: %s\n' "$*" >&2
    exit 1
}

skip() {
    printf '\n%s\n' '********************************************************************************' >&2
    printf '** NOTHING WAS CHECKED: %s\n' "$*" >&2
    printf '%s\n' '********************************************************************************' >&2
    exit "$SKIPPED"
}

is_installed() { dpkg-query -W -f '${Status}' "$1" 2>/dev/null | grep -q 'install ok installed'; }

# Installs those of the packages that are missing.
need() {
    command -v dpkg-query >/dev/null || skip "this is no Debian"
    local package missing=()
    for package in "$@"; do is_installed "$package" || missing+=("$package"); done
    ((${#missing[@]})) || return 0
    step "apt-get install ${missing[*]}"
    "$repo/ci/install.sh" "${missing[@]}" || skip "these packages cannot be installed: ${missing[*]}"
}

# Which linker there is: rustup's, if it is there, or LLVM's.
find_linker() {
    local rustup_lld
    rustup_lld=$(rustup run stable rustc --print sysroot 2>/dev/null)/lib/rustlib/x86_64-unknown-linux-gnu/bin/rust-lld
    if [ -x "$rustup_lld" ]; then
        echo "$rustup_lld"
    else
        echo /usr/bin/ld.lld-22
    fi
}

use_debians_rust() {
    local linker=$1 target
    export RUSTC=/usr/bin/rustc RUSTDOC=/usr/bin/rustdoc RUSTC_BOOTSTRAP=1
    for target in THUMBV6M_NONE_EABI THUMBV7M_NONE_EABI THUMBV7EM_NONE_EABIHF RISCV32IMC_UNKNOWN_NONE_ELF; do
        export "CARGO_TARGET_${target}_LINKER=$linker"
    done
}
