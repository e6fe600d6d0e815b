#!/usr/bin/env bash
# No panic can be reached from the library's entry points, built for speed for this machine, with the default codec and with
# the small one: ci/no-panic/README.md says how that is seen. Three minutes from scratch; needs nothing but Rust, cc and nm.
set -euo pipefail
cd "$(dirname "$0")/no-panic"
target_dir=${CARGO_TARGET_DIR:-target}
# Flags from outside could take away what the checks rest on.
unset RUSTFLAGS CARGO_ENCODED_RUSTFLAGS
log=$target_dir/no-panic.log
mkdir -p "$target_dir"

step() { printf '\n== [%4d s] %s\n' "$SECONDS" "$*"; }

fail() {
    printf '\nFAILED: %s\n' "$*" >&2
    exit 1
}

program() { cargo build --quiet --locked --release --bin "$1" 2>"$log"; }

# What `#[no_panic]` has found in a link that failed.
found() { sed -n 's/.*ERROR\[no-panic\]: detected panic in function `\(.*\)`.*/\1/p' "$log" | sort -u; }

# The static library, and `roots`: its functions, but for `byte_at`, which may panic. Arguments are cargo's.
library() {
    CARGO_PROFILE_RELEASE_PANIC=abort cargo rustc --quiet --locked --release --lib --crate-type staticlib "$@" ||
        fail "the library does not compile"
    archive=$target_dir/release/libno_panic_proof.a
    mapfile -t roots < <(nm -A -g --defined-only "$archive" 2>/dev/null |
        sed -n 's/.*no_panic_proof[^:]*\.rcgu\.o:[0-9a-f]* T \([a-z].*\)/\1/p' | grep -vx byte_at)
    ((${#roots[@]})) || fail "there are no functions in $archive"
}

# Links what these functions reach.
links() {
    cc -nostdlib -nostartfiles -Wl,--gc-sections "-Wl,-e,$1" "${@/#/-Wl,-u,}" "$archive" -lc -o "$target_dir/no-panic.elf" \
        >"$log" 2>&1 && return
    grep -q 'a_panic_is_reachable' "$log" || {
        cat "$log" >&2
        fail "it does not link for another reason"
    }
    return 1
}

# Those of these functions that may panic, by halves.
guilty() {
    links "$@" && return
    if (($# == 1)); then
        echo "$1"
    else
        guilty "${@:1:$#/2}"
        guilty "${@:$#/2+1}"
    fi
}

# Checks by the linker, and that it blames the function that may panic, among a few that may not. Arguments are cargo's.
links_all() {
    local blamed
    library "$@"
    blamed=$(guilty "${roots[@]}")
    [ -z "$blamed" ] || fail "these may panic: $(xargs <<<"$blamed")"
    blamed=$(guilty "${roots[@]:0:7}" byte_at)
    [ "$blamed" = byte_at ] || fail "with byte_at, which may panic, the linker blames: $blamed"
    echo "links with all of ${#roots[@]} functions, and does not with one that may panic"
}

step "#[no_panic]"
program proof || {
    cat "$log"
    fail "it does not build; of these it is not seen that they cannot panic: $(found | xargs)"
}
find ../../tests/fixtures -type f ! -name README.md -exec "$target_dir/release/proof" {} + || fail "the program that was linked"
! program may_panic || fail "it links although a panic is reachable"
[ "$(found)" = byte_at ] || {
    cat "$log"
    fail "with a function that may panic it fails for another reason"
}
echo "links, and runs; and does not link with a function that may panic"

step "the linker"
links_all

# It reads through a `dyn` everywhere, so LLVM sees of few functions that they do not unwind.
step "the linker, the small codec"
links_all --features small
