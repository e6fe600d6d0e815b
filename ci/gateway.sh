#!/usr/bin/env bash
# The gateway: its tests with both queues, three processes on one queue, and a few kills. `LONG=1` kills fifty times, and measures
# speed and memory in release; the figures are on standard output. Installs nats-server on Debian.
# Exits with 3 where there is none: then the tests of the other queue have passed.
set -euo pipefail
cd "$(dirname "$0")/.."

export CARGO_INCREMENTAL=0 CARGO_PROFILE_DEV_DEBUG=0

as_root() { if [ "$(id -u)" = 0 ]; then "$@"; else sudo -n "$@"; fi; }

install_nats() {
    command -v apt-get >/dev/null && as_root apt-get update -qq &&
        as_root env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends nats-server
}

has_nats=yes
command -v nats-server >/dev/null || install_nats >&2 || has_nats=

# Without `CI`, a test that needs nats-server is left out if there is none.
[ "$has_nats" ] && export CI=1

cargo fmt -p offline-push-gateway -p offline-push-fake --check
cargo clippy --quiet --locked -p offline-push-gateway -p offline-push-fake --all-targets -- -D warnings
cargo test --quiet --locked -p offline-push-fake
ROUNDS=4 cargo test --quiet --locked -p offline-push-gateway -- --nocapture

if [ "${LONG:-}" ]; then
    # One test at a time: they measure.
    ROUNDS=50 cargo test --quiet --locked --release -p offline-push-gateway --test processes -- \
        --include-ignored --nocapture --test-threads 1
fi

[ "$has_nats" ] || {
    echo "NOT TESTED: nats-server cannot be installed, so JetStream was left out"
    exit 3
}
