#!/usr/bin/env bash
# Proves with a plain stable toolchain that the library and all its dependencies need neither std nor alloc: they are
# compiled against a toolchain folder in which there is nothing but core. Build scripts and derive macros run on this
# machine and have the whole library. Takes a minute, then seconds, and installs nothing.
set -euo pipefail
cd "$(dirname "$0")/.."

host=$(rustc -vV | sed -n 's/^host: //p')
target_dir=${CARGO_TARGET_DIR:-target}/core-only
sysroot=$target_dir/sysroot

fail() {
    printf 'FAILED: %s\n' "$*" >&2
    exit 1
}

make_sysroot() {
    local libraries place=$sysroot/lib/rustlib/$host/lib crate
    libraries=$(rustc --print sysroot)/lib/rustlib/$host/lib
    rm -rf "$sysroot"
    mkdir -p "$place"
    for crate in core compiler_builtins rustc_std_workspace_core; do
        ln -s "$libraries/lib$crate"-*.r{lib,meta} "$place/"
    done
    sysroot=$(realpath "$sysroot")
}

# With --target, flags go to what is compiled for the target, and not to build scripts and macros.
check_library() {
    RUSTFLAGS="--sysroot $sysroot" cargo check --quiet --locked --lib -p offline-push --target "$host" \
        --target-dir "$target_dir" --no-default-features --features "$1"
}

compile() { rustc --edition 2024 --crate-type lib --emit metadata --sysroot "$sysroot" -o "$target_dir/probe.rmeta" -; }

# What must not compile, and the crate whose absence is the reason.
must_miss() {
    local crate=$1 errors
    shift
    if errors=$("$@" 2>&1); then fail "this compiles without $crate: $*"; fi
    grep "can't find crate for \`$crate\`" <<<"$errors" >/dev/null || {
        echo "$errors"
        fail "without $crate it fails for another reason: $*"
    }
}

make_sysroot
# Nothing, and each feature of firmware beside the default ones. Code that is there without a feature is only there without `small`.
default=ext-serde,heapless-0_9,sign
for features in "" "$default",{defmt,embedded-io-0_7,small}; do
    check_library "$features" || fail "the library with the features \"$features\" needs more than core"
    echo "core alone: features \"$features\""
done

# The check can fail: of a library that needs only core nothing is said, of others that they miss something.
compile <<<'#![no_std] pub fn nothing() {}' || fail "a library that needs nothing does not compile"
must_miss alloc compile <<<'#![no_std] extern crate alloc; pub fn text() -> alloc::string::String { Default::default() }'
must_miss std compile <<<'pub fn text() -> String { String::new() }'
must_miss std check_library simd
echo "and what needs alloc or std is found out"
