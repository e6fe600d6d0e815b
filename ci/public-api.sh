#!/usr/bin/env bash
# Builds the documentation, whose warnings are errors, and compares the names of the public API with ci/public-api.txt.
#
#   ci/public-api.sh           prints the difference; fails if there is one
#   ci/public-api.sh --write   writes the file anew
set -euo pipefail
cd "$(dirname "$0")/.."

RUSTDOCFLAGS="-D warnings" cargo doc --quiet --locked --no-deps --all-features
pages=${CARGO_TARGET_DIR:-target}/doc/offline_push/all.html
# A link such as <a href="json/struct.List.html">json::List</a>.
names=$(grep -oE '<a href="[^"]*">[^<]*</a>' "$pages" |
    sed -nE 's/.*(struct|enum|trait|fn|constant|macro|type)\.[^"]*">([^<]*)<.*/\1 \2/p' | LC_ALL=C sort)
if [ "${1:-}" = --write ]; then
    echo "$names" >ci/public-api.txt
else
    diff ci/public-api.txt - <<<"$names" || {
        echo "the public API has changed: see CHANGELOG.md, then run ci/public-api.sh --write" >&2
        exit 1
    }
fi
