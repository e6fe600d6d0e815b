#!/usr/bin/env bash
# Installs packages on Debian: ci/install.sh PACKAGE...
set -euo pipefail

as_root() { if [ "$(id -u)" = 0 ]; then "$@"; else sudo -n "$@"; fi; }

command -v apt-get >/dev/null
# One process at a time: apt fails while another one fetches the lists.
exec 9>"${TMPDIR:-/tmp}/offline-push-install.lock"
flock 9
as_root apt-get update -qq >&2
as_root env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "$@" >&2
