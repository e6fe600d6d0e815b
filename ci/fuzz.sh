#!/usr/bin/env bash
# Builds every fuzz target, and runs each on its corpus for some seconds, as many at a time as there are cores. Prints what
# each reached; what the fuzzer finds is left in fuzz/artifacts. Installs cargo-fuzz if it is missing; exits with 3, and says
# so loudly, where there is no nightly Rust.
#
#   ci/fuzz.sh [SECONDS [TARGET]...]     10 seconds of all of them, unless told otherwise
#
# From 60 seconds on, they are built for speed and with AddressSanitizer.
# CODEC=simd or CODEC=small fuzzes that codec in place of the default one.
set -euo pipefail
cd "$(dirname "$0")/.."

seconds=${1:-10}
shift $(($# > 0))
target_dir=${CARGO_TARGET_DIR:-$PWD/fuzz/target}
programs=$target_dir/x86_64-unknown-linux-gnu/release
results=$target_dir/results

not_here() {
    printf '\n%s\n' \
        '****************************************************************' \
        "*** NOTHING WAS FUZZED: $1" \
        '****************************************************************' >&2
    exit 3
}

[ "$(uname -m)" = x86_64 ] || not_here "the sanitizer's runtime is taken for x86-64"
cargo +nightly --version >/dev/null 2>&1 || not_here "there is no nightly Rust (rustup toolchain install nightly)"
cargo fuzz --version >/dev/null 2>&1 || cargo install --quiet --locked cargo-fuzz@0.13.2 ||
    not_here "cargo-fuzz cannot be installed"

# The compiler takes most of a short run, so it does less there. The sanitizer is for long runs: the library has no unsafe code, so
# only its dependencies have what a sanitizer finds.
sanitizer=address
if ((seconds < 60)); then
    sanitizer=none
    export CARGO_PROFILE_RELEASE_OPT_LEVEL=1
fi
cargo +nightly fuzz build --sanitizer "$sanitizer" --target-dir "$target_dir" ${CODEC:+--features "$CODEC"}

targets=("$@")
[ $# -gt 0 ] || mapfile -t targets < <(cargo fuzz list)
rm -rf "$results"
mkdir -p "$results"

# What is new goes to a corpus of its own: the one that is checked in stays as it is.
fuzz() {
    local target=$1 dictionary=json
    [ "$target" = intent ] && dictionary=intent
    mkdir -p "$results/$target" "fuzz/artifacts/$target"
    ASAN_OPTIONS=detect_odr_violation=0 "$programs/$target" "$results/$target" "fuzz/corpus/$target" \
        -max_total_time="$seconds" -max_len=4096 -timeout=10 -dict="fuzz/dictionaries/$dictionary.dict" \
        -artifact_prefix="fuzz/artifacts/$target/" -print_final_stats=1 >"$results/$target.log" 2>&1
}

# Executions, edges and features reached, and how many units of the corpus it took.
summary() {
    local log=$results/$1.log
    awk -v target="$1" '
        / cov: / { for (i = 1; i < NF; i++) { if ($i == "cov:") cov = $(i + 1); if ($i == "ft:") ft = $(i + 1) } }
        /^stat::number_of_executed_units/ { executions = $2 }
        /^stat::average_exec_per_sec/ { rate = $2 }
        END { printf "%-22s %10d executions  %6d/s  %6d edges  %6d features\n", target, executions, rate, cov, ft }
    ' "$log"
}

one() {
    if fuzz "$1"; then summary "$1"; else
        tail -n 40 "$results/$1.log"
        echo "FOUND by $1: see fuzz/artifacts/$1" && return 1
    fi
}

export -f fuzz summary one
export seconds programs results
printf '%s\0' "${targets[@]}" | xargs -0 -n 1 -P "$(nproc)" bash -c 'one "$1"' bash
