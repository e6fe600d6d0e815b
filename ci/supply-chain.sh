#!/usr/bin/env bash
# Checks what the library is made of, and what it promises to those who depend on it. Installs missing tools. Where
# that is impossible, or without a network, it says loudly what was not checked, goes on, and exits with 3 at the end.
#
#   ci/supply-chain.sh           all checks: a quarter of an hour, and as long again to install the tools
#   ci/supply-chain.sh quick     licences, sources and duplicates alone: seconds
#   ci/supply-chain.sh CHECK…    some of these: dependencies gateway advisories features minimal-versions semver
set -euo pipefail
cd "$(dirname "$0")/.."
repo=$PWD
export CARGO_TARGET_DIR=${CARGO_TARGET_DIR:-$repo/target}
# The check of the oldest versions needs a nightly toolchain.
nightly=${NIGHTLY:-nightly}

SKIPPED=3
unchecked=()

step() { printf '\n== [%4d s] %s\n' "$SECONDS" "$*"; }

fail() {
    printf '\nFAILED: %s\n' "$*" >&2
    exit 1
}

# Notes what cannot be checked here.
not_checked() {
    unchecked+=("$*")
    printf '\n** NOT CHECKED: %s\n' "$*" >&2
}

# Installs a program for cargo, in a version that is known to work, if there is none.
need() {
    local name=$1 version=$2
    PATH=$PATH:${CARGO_HOME:-$HOME/.cargo}/bin
    command -v "$name" >/dev/null && return
    step "cargo install $name (minutes)"
    env -u CARGO_TARGET_DIR cargo install --quiet --locked "$name@$version" && return
    not_checked "$name $version cannot be installed"
    return 1
}

need_nightly() {
    rustup run "$nightly" rustc -V 2>/dev/null && return
    rustup toolchain install "$nightly" --profile minimal && return
    not_checked "there is no toolchain $nightly"
    return 1
}

deny() { cargo deny --locked --workspace "$@"; }

dependencies() {
    need cargo-deny 0.20.2 || return 0
    deny check bans licenses sources -A license-exception-not-encountered || fail "see deny.toml"
    local own
    for own in firmware fuzz ci/no-panic; do
        cargo deny --locked --manifest-path "$own/Cargo.toml" --config deny.toml check licenses sources \
            -A license-exception-not-encountered -A license-not-encountered || fail "$own: see deny.toml"
    done
    # Whoever depends on the library gets each dependency in one version only.
    local twice
    twice=$(cargo tree --locked -p offline-push -e normal,build --all-features -d 2>/dev/null)
    [ -z "$twice" ] || fail "the library's own tree has these in several versions:"$'\n'"$twice"
}

# The tree of the gateway, with its advisories: gateway/deny.toml.
gateway() {
    need cargo-deny 0.20.2 || return 0
    deny_gateway() { cargo deny --locked --manifest-path gateway/Cargo.toml --config gateway/deny.toml "$@"; }
    deny_gateway check bans licenses sources || fail "see gateway/deny.toml"
    if ! timeout 300 cargo deny fetch db; then
        not_checked "known vulnerabilities of the gateway: there is no net to fetch the advisories from"
        return
    fi
    deny_gateway check --disable-fetch advisories || fail "an advisory is about a dependency of the gateway"
}

advisories() {
    need cargo-deny 0.20.2 || return 0
    if ! timeout 300 cargo deny fetch db; then
        not_checked "known vulnerabilities: there is no net to fetch the advisories from"
        return
    fi
    deny check --disable-fetch advisories || fail "an advisory is about a dependency, or one was withdrawn"
}

features() {
    need cargo-hack 0.6.46 || return 0
    cargo hack --locked clippy --quiet -p offline-push --lib --feature-powerset --skip default -- -D warnings ||
        fail "with these features"
}

# The oldest versions that Cargo.toml permits: first of the library's dependencies, then of their dependencies as well.
minimal_versions() {
    need_nightly || return 0
    local copy=$CARGO_TARGET_DIR/minimal-versions which
    rm -rf "$copy"
    mkdir -p "$copy"
    cp -r README.md src examples benches tests "$copy"
    # Tests and benchmarks may ask for newer ones.
    awk '/^\[/ { skip = /^\[dev-dependencies\]/ } !skip' Cargo.toml | sed 's/^members = .*/members = ["."]/' >"$copy/Cargo.toml"
    for which in direct-minimal-versions minimal-versions; do
        rm -f "$copy/Cargo.lock"
        (cd "$copy" && cargo "+$nightly" update --quiet "-Z$which") || fail "no oldest versions go together: $which"
        # Without `small`, which leaves code out.
        (cd "$copy" && cargo check --quiet --locked --lib --features arbitrary,defmt,embedded-io-0_7,simd) ||
            fail "Cargo.toml allows a version that is too old: $which"
        echo "compiles with -Z$which"
    done
}

# Compares with the last release, which has a tag such as v0.1.0.
semver() {
    local last
    if [ "$(git rev-parse --is-shallow-repository)" = true ]; then
        not_checked "compatibility with the last release: this clone has no history"
        return
    fi
    if ! last=$(git describe --tags --abbrev=0 --match 'v[0-9]*' 2>/dev/null); then
        printf '\n** THERE IS NO RELEASE YET: nothing to be compatible with. The first tag v… turns this on.\n' >&2
        return
    fi
    need cargo-semver-checks 0.51.0 || return 0
    cargo semver-checks -p offline-push --all-features --baseline-rev "$last" ||
        fail "this is not compatible with $last, and the version does not say so"
}

run() {
    local check
    for check in "$@"; do
        step "$check"
        case $check in
        dependencies | gateway | advisories | features | semver) "$check" ;;
        minimal-versions) minimal_versions ;;
        *) fail "no such check: $check" ;;
        esac
    done
}

case ${1:-all} in
all) run dependencies gateway advisories minimal-versions semver features ;;
quick) run dependencies ;;
*) run "$@" ;;
esac

if ((${#unchecked[@]})); then
    printf '\n%s\n' '********************************************************************************' >&2
    printf '** NOT CHECKED: %s\n' "${unchecked[@]}" >&2
    printf '%s\n' '********************************************************************************' >&2
    exit "$SKIPPED"
fi
