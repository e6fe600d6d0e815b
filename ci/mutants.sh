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

end=$((SECONDS + minutes * 60))
# Arguments are for `cargo mutants`. Those that run into the time limit of a test are noticed by that.
mutate() {
    local result=0
    timeout --signal=INT $((end - SECONDS > 1 ? end - SECONDS : 1)) \
        cargo mutants --config ".cargo/$config.toml" --no-shuffle --colors=never --output "$output" --shard "$shard" "$@" || result=$?
    case $result in
    0 | 3) return 0 ;;
    2) return 1 ;;
    124)
        printf '\n** NOT ALL WAS CHECKED: %d minutes are over, see %s\n' "$minutes" "$output" >&2
        exit 3
        ;;
    *)
        printf '\nFAILED: cargo mutants, with %d\n' "$result" >&2
        exit 1
        ;;
    esac
}

rm -rf "$output"
mkdir -p "$output"
# Deleted fields are not left out by .cargo/mutants.toml, although what has them is.
missed() { grep -v 'arbitrary::Arbitrary' "$output/mutants.out/missed.txt"; }

result=0
mutate "$@" || result=$?
[ -s "$output/mutants.out/caught.txt" ] || {
    printf '\nFAILED: nothing was broken\n' >&2
    exit 1
}
((result)) || exit 0
# Some of the code belongs to one codec alone: once more, what nobody noticed, with each of the others.
codecs="small simd"
[ "$config" = mutants ] || codecs=
for codec in $codecs; do
    mutate "$@" --iterate --features "$codec" && exit
done
unnoticed=$(missed) || exit 0
printf '\nFAILED: no test noticed these\n%s\n' "$unnoticed" >&2
exit 1
