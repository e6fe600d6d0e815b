#!/usr/bin/env bash
# Breaks the library in every way that cargo-mutants knows, and sees that a test fails each time; what is broken is in
# .cargo/mutants.toml. All of it takes most of a day, so a week has its quarter. Exits with 1 and the list of those that no
# test noticed, with 3 if time ran out or the tool cannot be installed.
#
#   ci/mutants.sh [--properties] [MINUTES [SHARD [ARG…]]]
#
# SHARD: 0/4 to 3/4, or 0/1 for all; arguments for `cargo mutants`.
# --properties breaks the delivery and the registration, and runs the properties of the fuzz targets alone, with random input
# and the corpus: what they do not notice, no fuzzer can. All of it by default: .cargo/mutants-properties.toml.
set -euo pipefail
cd "$(dirname "$0")/.."

config=mutants
[ "${1:-}" = --properties ] && config=mutants-properties && shift
minutes=${1:-300}
[ "$config" = mutants ] && quarter=$((10#$(date +%V) % 4))/4
shard=${2:-${quarter:-0/1}}
shift $(($# < 2 ? $# : 2))
output=${CARGO_TARGET_DIR:-$PWD/target}/$config
# It builds in a copy of its own.
unset CARGO_TARGET_DIR
export CARGO_INCREMENTAL=1 CARGO_PROFILE_DEV_DEBUG=0

PATH=$PATH:${CARGO_HOME:-$HOME/.cargo}/bin
command -v cargo-mutants >/dev/null || cargo install --quiet --locked cargo-mutants@27.1.0 || {
    printf '\n** NOTHING WAS CHECKED: cargo-mutants cannot be installed\n' >&2
    exit 3
}

# The tests of each stage, which sees what the stages before have missed: to build and run those in the library takes a tenth of
# what all take, and they notice most. Some of the code belongs to one codec alone: at the end, once more with each of the others.
stages=(--lib --test=logic --test=codec "--test=codec --features=small" "--test=codec --features=simd")
[ "$config" = mutants ] || stages=(--test=codec)

end=$((SECONDS + minutes * 60))
# Arguments are for `cargo mutants`. Whether a test has noticed is in its lists: its exit code for a mutant that ran into the time limit
# hides that another one was missed.
mutate() {
    local result=0
    timeout --signal=INT $((end - SECONDS > 1 ? end - SECONDS : 1)) \
        cargo mutants --config ".cargo/$config.toml" --no-shuffle --colors=never --output "$output" "$@" || result=$?
    case $result in
    0 | 2 | 3) return ;;
    124) printf '\n** NOT ALL WAS CHECKED: %d minutes are over, see %s\n' "$minutes" "$output" >&2 && exit 3 ;;
    esac
    printf '\nFAILED: cargo mutants, with %d\n' "$result" >&2
    exit 1
}

rm -rf "$output"
lists=$output/mutants.out
mkdir -p "$lists"
cargo mutants --config ".cargo/$config.toml" --list "$@" >"$output/all.txt"
# Deleted fields are not left out by .cargo/mutants.toml, although what has them is.
grep 'arbitrary::Arbitrary' "$output/all.txt" >"$lists/previously_caught.txt" || :
part=(--shard "$shard" --sharding round-robin)
for stage in "${stages[@]}"; do
    printf '\n== [%4d s] %s\n' "$SECONDS" "$stage"
    : >"$lists/caught.txt" >"$lists/unviable.txt"
    # shellcheck disable=SC2046,SC2086 # a stage has several arguments
    mutate --iterate "${part[@]}" $(printf ' --cargo-arg=%s' $stage) "$@"
    [ -s "$lists/caught.txt" ] || ((${#part[@]} == 0)) || {
        printf '\nFAILED: nothing was broken\n' >&2
        exit 1
    }
    [ -s "$lists/missed.txt" ] || exit 0
    cp "$lists/missed.txt" "$output/missed.txt"
    # The next stage takes those, and not a shard of what is left: all others count as noticed.
    grep -vxFf "$output/missed.txt" "$output/all.txt" >"$lists/previously_caught.txt" || :
    part=()
done
printf '\nFAILED: no test noticed these\n%s\n' "$(<"$output/missed.txt")" >&2
exit 1
