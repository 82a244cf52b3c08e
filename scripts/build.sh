#!/usr/bin/env bash
# Builds the release program, web site inside, at dist/sapa.
set -euo pipefail
. "$(dirname "$0")/env.sh"
cd "$SAPA_ROOT"

export SAPA_SITE_DIR=$SAPA_ROOT/target/site
stamp=target/site.stamp

# cargo-leptos optimises and compresses anew each time, so ask it only when something has changed.
site_is_fresh() {
    [ -f $stamp ] && [ -d "$SAPA_SITE_DIR/pkg" ] &&
        [ -z "$(find Cargo.toml Cargo.lock app frontend style public -newer $stamp -type f -print -quit)" ]
}

if ! site_is_fresh; then
    mkdir -p target
    touch $stamp.new
    LEPTOS_HASH_FILES=true cargo leptos build --release --frontend-only --precompress --cargo-locked
    mv $stamp.new $stamp
fi
cargo build --locked --profile server-release -p sapa
mkdir -p dist
cp "$CARGO_TARGET_DIR/server-release/sapa" dist/sapa.new
mv dist/sapa.new dist/sapa

wasm=("$SAPA_SITE_DIR"/pkg/*.wasm.br)
printf 'dist/sapa: %s kB; WASM %s kB in brotli\n' \
    $(($(stat -c %s dist/sapa) / 1000)) $(($(stat -c %s "${wasm[0]}") / 1000))
