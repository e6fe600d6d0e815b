#!/usr/bin/env bash
# Counts the instructions of every hot path (benches/instructions) under callgrind, and compares them with what is recorded in
# ci/instructions.txt: 5 % more is a failure; 5 % less must be recorded anew. A count does not depend on the load of the machine.
# It does depend on the compiler, which is recorded, too: with another one, 10 % is the limit. Takes half a minute. Installs
# valgrind on Debian. Where that is impossible, it says so loudly and exits with 3.
#
#   ci/instructions.sh [--write]     --write: records the counts, for a change that is meant
set -euo pipefail
cd "$(dirname "$0")/.."

recorded=ci/instructions.txt
target_dir=${CARGO_TARGET_DIR:-target}
counts=$target_dir/instructions

not_here() {
    printf '\n%s\n' \
        '****************************************************************' \
        "*** NO INSTRUCTION WAS COUNTED: $1" \
        '****************************************************************' >&2
    exit 3
}

[ "$(uname -m)" = x86_64 ] || not_here "the counts are those of x86-64"
command -v valgrind >/dev/null || ci/install.sh valgrind || not_here "valgrind cannot be installed"

cargo build --quiet --locked --release -p instructions
rm -rf "$counts"
mkdir -p "$counts"
# Counts inside the function alone, and writes a file whenever it ends.
valgrind --quiet --tool=callgrind --callgrind-out-file="$counts/out" \
    --toggle-collect=instructions::measured --dump-after=instructions::measured \
    "$target_dir/release/instructions" >"$counts/names" || not_here "valgrind does not run this program: see above"

# The files have the numbers 1, 2, 3… in the order of the names.
number=0
while read -r name; do
    number=$((number + 1))
    echo "$name $(sed -n 's/^totals: //p' "$counts/out.$number")"
done <"$counts/names" >"$counts/counted"
awk 'NF != 2 || $2 < 10 { print "FAILED: this was not counted: " $0; failed = 1 } END { exit failed || !NR }' "$counts/counted"

compiler=$(rustc --version)
if [ "${1:-}" = --write ]; then
    { echo "# Instructions of each hot path, written by \`ci/instructions.sh --write\`."; echo "# $compiler"; cat "$counts/counted"; } >"$recorded"
    echo "recorded: $number paths"
    exit
fi

limit=5
if ! grep -qxF "# $compiler" "$recorded"; then
    limit=10
    echo "recorded with another compiler ($(sed -n 's/^# rustc/rustc/p' "$recorded")): the limit is $limit %"
fi
awk -v limit=$limit '
    /^#/ { next }
    FILENAME == ARGV[1] { before[$1] = $2; next }
    !($1 in before) { printf "FAILED: %s is not recorded (%d): ci/instructions.sh --write\n", $1, $2; failed = 1; next }
    {
        percent = 100 * ($2 / before[$1] - 1)
        line = sprintf("%-48s %7d -> %7d  %+6.1f %%", $1, before[$1], $2, percent)
        delete before[$1]
        compared++
        if (percent > limit) { print "FAILED: " line; failed = 1 }
        else if (percent < -limit) { print "fewer:  " line "; record that: ci/instructions.sh --write" }
    }
    END {
        for (name in before) { print "FAILED: " name " is recorded, and was not counted"; failed = 1 }
        printf "%d paths compared, limit %d %%\n", compared, limit
        exit failed
    }
' "$recorded" "$counts/counted"
