#!/usr/bin/env bash
# Checks the manifest of the example `manifest` with Android's own build tool, aapt2: it compiles for targetSdkVersion 28 and 35, and
# its names, numbers and flags are those of the framework. aapt2 does not enforce Android 12's rule (a component with an intent
# filter has android:exported): the build's manifest merger and the phone's installer do. So the rule is checked here on the
# tree that aapt2 has compiled; the check also shows that the guide's text breaks it. The framework is that of Android 10, the newest
# one that Debian has; no attribute here is newer. The first run takes two minutes, the next ones take seconds. Installs what it needs
# on Debian 12. Where that is impossible, it says so loudly and exits with 3.
set -euo pipefail
. "$(dirname "$0")/embedded/environment.sh"
cd "$repo"

framework=/usr/share/android-framework-res/framework-res.apk
work=$CARGO_TARGET_DIR/android
mkdir -p "$work"

# The manifest for a targetSdkVersion and an app id.
manifest() { "$cargo" run --quiet --locked --example manifest -- "$@"; }

# The tree of a manifest, as aapt2 has compiled it.
compiled() {
    aapt2 link -I "$framework" --manifest "$1" -o "$1.apk" >&2 || fail "aapt2 refuses $1"
    aapt2 dump xmltree --file AndroidManifest.xml "$1.apk"
}

# Components of a tree that have an intent filter and no android:exported.
not_exported() {
    awk '/E: (activity|receiver|service|provider) / { name = $2; exported = 0 }
         /android:exported/ { exported = 1 }
         /E: intent-filter/ && !exported { print name }'
}

# The value in a tree of the <meta-data> with this name.
meta_data() { grep -A1 -F "\"$1\"" | sed -n 's/.*android:value([^)]*)=//p'; }

need aapt android-framework-res rustc-web cargo-web
use_debians_rust /nowhere

step "the guide's text compiles, and breaks Android 12's rule"
manifest >"$work/guide.xml"
compiled "$work/guide.xml" >"$work/guide.tree"
found=$(not_exported <"$work/guide.tree" | paste -sd' ')
test "$found" = "receiver activity" || fail "not exported in the guide's text: $found"

step "for targetSdkVersion 35 it compiles, and keeps the rule"
manifest 35 >"$work/35.xml"
compiled "$work/35.xml" >"$work/35.tree"
grep -q 'targetSdkVersion([^)]*)=35' "$work/35.tree" || fail "another targetSdkVersion"
test "$(grep -c 'E: intent-filter' "$work/35.tree")" = 2 || fail "another number of intent filters"
found=$(not_exported <"$work/35.tree")
test -z "$found" || fail "not exported: $found"

step "id and key are what vivo gave"
test "$(meta_data com.vivo.push.app_id <"$work/35.tree")" = 11178 || fail "the id is another"
meta_data com.vivo.push.api_key <"$work/35.tree" | grep -q '^"a90685ff-ebad-4df3-a265-3d4bb8e3a389"' || fail "the key is another"
id=1234512345123451234
manifest 35 "$id" >"$work/id.xml"
compiled "$work/id.xml" | meta_data com.vivo.push.app_id | grep -q "^\"$id\"" || fail "the long id is not text"
echo "all as expected"
