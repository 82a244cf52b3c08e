#!/usr/bin/env bash
# Builds the release program, web site inside, at dist/sapa.
set -euo pipefail
. "$(dirname "$0")/env.sh"
cd "$SAPA_ROOT"
export SAPA_SITE_DIR

stamp=$SAPA_SITE_DIR.stamp

# cargo-leptos optimises and compresses anew each time, so ask it only when something has changed.
# Folders count too: a file that is gone leaves its trace there.
site_is_fresh() {
    [ -f "$stamp" ] && [ -z "$(find Cargo.toml Cargo.lock .cargo scripts app frontend style public \
        -newer "$stamp" -print -quit)" ]
}

if ! site_is_fresh; then
    rm -f "$stamp"
    mkdir -p "$SAPA_SITE_DIR"
    # What is edited from here on belongs to the next build.
    touch "$stamp.new"
    LEPTOS_SITE_ROOT=${SAPA_SITE_DIR#"$SAPA_ROOT/"} \
        cargo leptos build --release --frontend-only --split --precompress --cargo-locked
    # Scripts and modules name one another by their place, so that one release is one folder, under a
    # name of its own: each file by itself could keep its name while those that it needs change theirs.
    release=$(cd "$SAPA_SITE_DIR/pkg" && sha256sum -- *.css *.js *.wasm | sha256sum | cut -c 1-16)
    mv "$SAPA_SITE_DIR/pkg" "$SAPA_SITE_DIR/pkg.new"
    mkdir "$SAPA_SITE_DIR/pkg"
    mv "$SAPA_SITE_DIR/pkg.new" "$SAPA_SITE_DIR/pkg/$release"
    mv "$stamp.new" "$stamp"
fi
cargo build --locked --profile server-release -p sapa
mkdir -p dist
cp "$CARGO_TARGET_DIR/server-release/sapa" dist/sapa.new
mv dist/sapa.new dist/sapa

printf 'dist/sapa: %s kB\n' $(($(stat -c %s dist/sapa) / 1000))
# The first page loads the first of these; the rest is loaded when it is wanted.
for wasm in "$SAPA_SITE_DIR"/pkg/*/sapa.wasm "$SAPA_SITE_DIR"/pkg/*/{split,chunk}_*.wasm; do
    printf '%s: %s kB, %s kB in brotli\n' "$(basename "$wasm")" \
        $(($(stat -c %s "$wasm") / 1000)) $(($(stat -c %s "$wasm.br") / 1000))
done
