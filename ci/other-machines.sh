#!/usr/bin/env bash
# Tests the library for other machines: runs the tests on a 32-bit big-endian one (PowerPC, emulated) and on a 32-bit
# little-endian one (i686), and compiles for 16-bit pointers (MSP430). Takes about an hour, so run it once a
# week. Installs what it needs on Debian 12. Where that is impossible, it says so loudly and exits with 3.
#
#   ci/other-machines.sh                  all of them
#   ci/other-machines.sh MACHINE [ARG…]   one: msp430, powerpc or i686; arguments for `cargo test` in place of the usual ones
set -euo pipefail
. "$(dirname "$0")/embedded/environment.sh"
cd "$repo"

# An emulated machine is slow; overflow checks and debug assertions stay.
export CARGO_PROFILE_DEV_OPT_LEVEL=1 CARGO_PROFILE_DEV_DEBUG=0

msp430() {
    local features
    for features in "" defmt embedded-io-0_7 small; do
        "$cargo" check --quiet --locked -p offline-push --lib -Zbuild-std=core --target msp430-none-elf \
            --features "$features" || fail "the library with the features \"$features\" for 16-bit pointers"
        echo "compiles with the features \"$features\""
    done
}

run_tests() {
    local target=$1 codec
    shift
    # Without defmt, which needs a logger and a linker script.
    local all=(--lib --tests --no-fail-fast --features arbitrary,embedded-io-0_7)
    local about_the_codec=(--lib --test codec)
    if (($#)); then
        test_on "$target" "$@"
    else
        test_on "$target" "${all[@]}"
        for codec in simd small; do test_on "$target" "${about_the_codec[@]}" --features "$codec"; done
    fi
}

test_on() {
    local target=$1
    shift
    "$cargo" test --locked -p offline-push -Zbuild-std --target "$target" "$@" || fail "the tests on $target: $*"
}

powerpc() {
    need gcc-powerpc-linux-gnu libc6-dev-powerpc-cross qemu-user
    export CARGO_TARGET_POWERPC_UNKNOWN_LINUX_GNU_LINKER=powerpc-linux-gnu-gcc
    export CARGO_TARGET_POWERPC_UNKNOWN_LINUX_GNU_RUNNER="qemu-ppc -L /usr/powerpc-linux-gnu"
    run_tests powerpc-unknown-linux-gnu "$@"
}

i686() {
    need gcc-i686-linux-gnu libc6-dev-i386-cross
    export CARGO_TARGET_I686_UNKNOWN_LINUX_GNU_LINKER=i686-linux-gnu-gcc
    # An x86-64 machine runs it without an emulator, with the C library that was linked.
    export CARGO_TARGET_I686_UNKNOWN_LINUX_GNU_RUNNER="/usr/i686-linux-gnu/lib/ld-linux.so.2 --library-path /usr/i686-linux-gnu/lib"
    run_tests i686-unknown-linux-gnu "$@"
}

case ${1:-} in
"" | msp430 | powerpc | i686) ;;
*) fail "no such machine: $1" ;;
esac
need rustc-web cargo-web rust-web-src
use_debians_rust /nowhere
if [ -n "${1:-}" ]; then
    "$@"
else
    for machine in msp430 powerpc i686; do
        step "$machine"
        "$machine"
    done
fi
