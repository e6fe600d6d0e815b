#!/usr/bin/env bash
# Tests the gateway with both queues, with three processes on one queue, and with a few kills. Also tests its fake vivo, and the
# server of the examples, with the programs of README.md and docs/server.md. `LONG=1` kills fifty times with each queue, and measures
# a release build: speed against a loop that only posts, and memory over JOBS jobs (200,000 if it is not set). The figures are
# on standard output. Installs nats-server and chromium on Debian.
# Exits with 3 where one of them is missing: then the other tests have passed.
set -euo pipefail
cd "$(dirname "$0")/.."

export CARGO_INCREMENTAL=0 CARGO_PROFILE_DEV_DEBUG=0

missing=
for program in nats-server chromium; do
    command -v "$program" >/dev/null || ci/install.sh "$program" || missing="$missing $program"
done

# Without `CI`, a test is left out if its program is missing.
[ "$missing" ] || export CI=1

# The gateway is built apart from the others, because its features of reqwest need a provider of cryptography.
cargo test --quiet --locked -p offline-push-fake -p server
ROUNDS=4 cargo test --quiet --locked -p offline-push-gateway -- --nocapture

if [ "${LONG:-}" ]; then
    # One test at a time, because they measure.
    figures=$(mktemp)
    ROUNDS=50 cargo test --quiet --locked --release -p offline-push-gateway --test processes -- \
        --include-ignored --nocapture --test-threads 1 | tee "$figures"
    printf '\n== figures, after %d s\n' "$SECONDS"
    sed 's/^.* \.\.\. //' "$figures" | grep -E '^(crash|three processes|vivo answers|  (embedded|jetstream)):? '
    rm "$figures"
fi

[ -z "$missing" ] || {
    echo "NOT TESTED: these cannot be installed, so their tests were left out:$missing"
    exit 3
}
