#!/usr/bin/env bash
# The library on bare metal: builds, runs and measures the programs of firmware/ in QEMU, and holds what they cost against
# the bounds. Installs what it needs on Debian 12; exits with 3, and says so loudly, where that is impossible.
#
#   ci/embedded.sh               the boards, the proofs, the logs, the table at the end; with LONG=1 also what follows
#   ci/embedded.sh gateway       the gateway over TCP, with a fake of vivo's server, and what it costs
#   ci/embedded.sh libraries     the library alone, compiled for every target with each of its features
#   ci/embedded.sh run TARGET    the device on one board: thumbv6m-none-eabi, thumbv7m-none-eabi,
#                                thumbv7em-none-eabihf or riscv32imc-unknown-none-elf
set -euo pipefail
. "$(dirname "$0")/embedded/environment.sh"
cd "$repo/firmware"

boards=(thumbv6m-none-eabi thumbv7m-none-eabi thumbv7em-none-eabihf riscv32imc-unknown-none-elf)
results=$CARGO_TARGET_DIR/embedded
mkdir -p "$results"

environment() {
    local linker packages=(rustc-web cargo-web rust-web-src qemu-system-arm qemu-system-misc binutils python3)
    linker=$(find_linker)
    [ -x "$linker" ] || packages+=(lld-22)
    need "${packages[@]}"
    use_debians_rust "$linker"
}

# A program that has been built; arguments are cargo's.
build() {
    "$cargo" build --quiet --locked "$@" || fail "cargo build $*"
}

elf() { echo "$CARGO_TARGET_DIR/$1/$2/$3"; } # target, profile, program

# Runs a program where .cargo/config.toml says. QEMU would read the script's own input.
run_program() {
    local target=$1 program=$2
    timeout 60 "$cargo" run --quiet --locked --release --target "$target" --bin "$program" </dev/null 2> >(qemu_errors)
}

# What QEMU says of a timer that nobody uses is none.
qemu_errors() { grep -v 'Timer with period zero' >&2 || true; }

qemu_arm() {
    timeout 60 qemu-system-arm -nographic -semihosting-config enable=on,target=native "$@" </dev/null 2> >(qemu_errors)
}

device() {
    local target=$1 output=$results/device-$1
    build --release --target "$target" --bin device
    if ! run_program "$target" device >"$output" 2>&1; then
        cat "$output"
        fail "the device on $target"
    fi
    printf '%-30s %3d lines on the console, every byte as expected\n' "$target" "$(wc -l <"$output")"
}

# Symbols of a program that may panic, or that calculates with floats in software.
unwanted_symbols() {
    nm -C "$1" | grep -E 'core::panicking|rust_begin_unwind|a_panic_is_reachable|'"$float_symbol"
}
float_symbol='__aeabi_(c?[fd](add|r?sub|mul|div|neg|cmp|2)|u?[il]2[fd]|ul2[fd])|__(float|fix|add|sub|mul|div|neg|cmp|unord|eq|ne|[lg][te]|extend|trunc|pow)[a-z]*[sd]f'

panic_free() {
    local target=$1 profile=$2 found
    build --profile "$profile" --target "$target" --bin panic_free
    if found=$(unwanted_symbols "$(elf "$target" "$profile" panic_free)"); then
        echo "$found"
        fail "panic_free on $target, profile $profile, has these symbols"
    fi
    printf '%-30s %-10s links; %d bytes without a panic or a float\n' "$target" "$profile" \
        "$(size "$(elf "$target" "$profile" panic_free)" | awk 'NR == 2 { print $1 }')"
}

# The same with an index out of bounds in it must not link. A link that fails leaves nothing that cargo could keep, so it
# is tried again only when the program has changed.
panic_is_found() {
    local target=thumbv7m-none-eabi log=$results/may-panic.log seen=$results/may-panic.seen now
    now=$(sha256sum <"$(elf "$target" release panic_free)")
    if [ "$(cat "$seen" 2>/dev/null)" != "$now" ]; then
        if "$cargo" build --quiet --locked --release --target "$target" --bin panic_free --features may-panic >"$log" 2>&1; then
            fail "panic_free links although a panic is reachable"
        fi
        grep -q 'undefined symbol: a_panic_is_reachable' "$log" || {
            cat "$log"
            fail "panic_free with a panic in it fails for another reason"
        }
        echo "$now" >"$seen"
    fi
    echo "with an index out of bounds it does not: undefined symbol a_panic_is_reachable"
    # And the symbols that are looked for are found, where they are.
    unwanted_symbols "$(elf "$target" release device)" >/dev/null || fail "the device has no panic to be found"
    local float integer
    for float in __aeabi_dmul __aeabi_fcmplt __aeabi_ui2d __aeabi_l2f __aeabi_d2f __muldf3 __fixunssfdi __floatundidf __gtsf2; do
        grep -qE "$float_symbol" <<<"$float" || fail "$float is not taken for a float's"
    done
    for integer in __aeabi_uldivmod __aeabi_memcpy4 __aeabi_lmul __muldi3 __udivsi3; do
        ! grep -qE "$float_symbol" <<<"$integer" || fail "$integer is taken for a float's"
    done
}

defmt_print() {
    command -v defmt-print >/dev/null && return
    step "cargo install defmt-print (about three minutes)"
    env -u RUSTC -u RUSTDOC -u RUSTC_BOOTSTRAP -u CARGO_TARGET_DIR cargo install --quiet --locked defmt-print --version 1.2.0 ||
        skip "defmt-print cannot be installed"
    PATH=$PATH:${CARGO_HOME:-$HOME/.cargo}/bin
}

# The target is that of `sizes`: the library with the feature `defmt` is compiled once for both.
log() {
    local target=thumbv7em-none-eabihf program frames=$results/log.frames decoded=$results/log.decoded
    program=$(elf "$target" release log)
    build --release --target "$target" --bin log --features defmt
    qemu_arm -machine mps2-an386 -kernel "$program" >"$frames" || fail "the program that logs"
    defmt-print -e "$program" --log-format '{L} {s}' <"$frames" >"$decoded" || fail "defmt-print"
    diff -u src/bin/log.expected "$decoded" || fail "the log is not as expected"
    ! grep -qaE 'SECRET|PRIVATE' "$frames" "$decoded" || fail "a secret or a text of a user is in the log"
    grep -q '\*\*\*' "$decoded" || fail "no secret was logged"
    echo "$(wc -l <"$decoded") lines as expected"
}

# Lines of `name bytes`: text and read-only data that each program has beyond that without any job.
sizes() {
    local target=thumbv7em-none-eabihf
    programs_in size
    build --release --target "$target" "${programs[@]/#/--bin=}"
    sizes_beyond size_none size_ "${programs[@]}" >"$results/sizes"
    programs_in whole
    build --release --target "$target" --features defmt --bin whole_log
    build --release --target "$target" $(printf -- '--bin=%s ' "${programs[@]}" | sed 's/--bin=whole_log //')
    sizes_beyond whole_none "" "${programs[@]}" >>"$results/sizes"
}

# Sets `programs` to those whose source is in a folder.
programs_in() {
    local source
    programs=()
    for source in src/bin/"$1"/*.rs; do programs+=("$1_$(basename "$source" .rs)"); done
}

# Lines of what programs have beyond the idle one. The prefix is left out of their names.
sizes_beyond() {
    local idle prefix=$2 name
    idle=$(code_bytes "$(elf "$target" release "$1")")
    shift 2
    for name in "$@"; do
        echo "${name#"$prefix"} $(($(code_bytes "$(elf "$target" release "$name")") - idle))"
    done
}

code_bytes() { size -A "$1" | awk '$1 == ".text" || $1 == ".rodata" { sum += $2 } END { print sum }'; }

# Lines of `name stack instructions`.
measurements() {
    build --release --target thumbv7m-none-eabi --bin measure
    qemu_arm -machine lm3s6965evb -icount shift=0 -kernel "$(elf thumbv7m-none-eabi release measure)" >"$results/measurements" ||
        fail "the program that measures"
}

# The gateway, on the board's network card, against a fake of vivo's server on the loopback.
gateway() {
    local target=riscv32imc-unknown-none-elf console=$results/gateway.console program idle
    build --release --target "$target" -p gateway --bin gateway --bin net_only
    program=$(elf "$target" release gateway)
    idle=$(elf "$target" release net_only)
    if ! python3 "$repo/ci/embedded/fake_vivo.py" qemu-system-riscv32 -machine virt -cpu rv32 -bios none -nographic \
        -global virtio-mmio.force-legacy=false -netdev user,id=net -device virtio-net-device,netdev=net \
        -kernel "$program" >"$console" 2>&1; then
        cat "$console"
        fail "the gateway"
    fi
    grep '^job ' "$console"
    {
        echo "code $(($(code_bytes "$program") - $(code_bytes "$idle")))"
        sed -n 's/^memory: \([0-9]*\) static, \([0-9]*\) stack$/\1 \2/p' "$console" |
            while read -r static stack; do echo "memory $((static + stack))"; done
    } >"$results/gateway"
    echo
    grep '^memory: ' "$console"
    echo "code: $(code_bytes "$program") bytes; without the library, its glue and their data: $(code_bytes "$idle")"
    python3 "$repo/ci/embedded/table.py" "$results/gateway" || fail "a bound of the gateway is missed or not measured, see above"
    echo
    build --profile release-lines --target "$target" -p gateway --bin gateway
    python3 "$repo/ci/embedded/attribute.py" "$(elf "$target" release-lines gateway)"
}

# Compiles the library for targets of all kinds, with no feature, with each, and with all that the target can have.
library() {
    local target=$1 std=$2 features
    shift 2
    for features in "" "$@" "$(
        IFS=,
        echo "$*"
    )"; do
        (cd "$repo" && "$cargo" check --quiet --locked -p offline-push --lib -Zbuild-std="$std" --target "$target" \
            --target-dir "$CARGO_TARGET_DIR/check-$target" --features "$features") || fail "the library for $target with the features \"$features\""
    done
    printf '%-30s without features%s\n' "$target" "${*:+, with each of $*, and with all of them}"
}

# Two at a time: most of it is one crate, core, which takes one processor.
libraries() {
    local core_features=(defmt embedded-io-0_7 small) target one other
    {
        library wasm32-unknown-unknown std,panic_abort "${core_features[@]}" arbitrary simd
        library thumbv6m-none-eabi core "${core_features[@]}"
    } &
    one=$!
    for target in thumbv7em-none-eabihf thumbv8m.main-none-eabi riscv32imc-unknown-none-elf; do
        library "$target" core "${core_features[@]}"
    done &
    other=$!
    wait "$one" || exit 1
    wait "$other" || exit 1
}

main() {
    step "environment"
    environment
    defmt_print
    $RUSTC -V
    qemu-system-arm --version | head -1

    step "the guide, played on four boards"
    for target in "${boards[@]}"; do device "$target"; done

    step "no panic is reachable, and no float is calculated with"
    panic_free thumbv7m-none-eabi release
    panic_free thumbv6m-none-eabi release
    panic_free riscv32imc-unknown-none-elf release
    panic_is_found

    step "what a device logs with defmt"
    log

    if [ "${LONG:-}" = 1 ]; then
        step "no panic is reachable at another level of optimization"
        panic_free thumbv7m-none-eabi release-s
        step "the library, for targets of all kinds"
        libraries
        step "a gateway over TCP"
        gateway
    else
        # With the default codec: the boards have the small one.
        step "the library, for a target that is no board"
        library wasm32-unknown-unknown core
    fi

    step "what it costs, beside serde-json-core"
    sizes
    measurements
    python3 "$repo/ci/embedded/table.py" "$results/sizes" "$results/measurements" || fail "a bound is missed or not measured, see above"
}

case ${1:-all} in
all) main ;;
run)
    target=${2:?which target?}
    environment >&2
    run_program "$target" device
    ;;
gateway)
    environment >&2
    gateway
    ;;
libraries)
    environment >&2
    libraries
    ;;
*) fail "no such command: $1" ;;
esac
