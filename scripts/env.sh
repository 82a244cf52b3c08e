# Sourced by every script, and by a shell that wants the same toolchain and target folder as `make`.

SAPA_ROOT=$(cd "$(dirname "${BASH_SOURCE[0]:-$0}")/.." && pwd)
# Tools and compiled dependencies live outside the checkout, so that a fresh clone starts warm.
SAPA_CACHE=${SAPA_CACHE:-${XDG_CACHE_HOME:-$HOME/.cache}/sapa}
export SAPA_ROOT SAPA_CACHE
# The site that the release program carries. Not exported: `make dev` serves its own, from the disk.
SAPA_SITE_DIR=$SAPA_ROOT/target/release-site
export CARGO_TARGET_DIR=${CARGO_TARGET_DIR:-$SAPA_CACHE/target}
export PATH="$SAPA_CACHE/tools/bin:$SAPA_ROOT/end2end/node_modules/.bin:$HOME/.cargo/bin:$PATH"
export PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD=1
export SAPA_SCHEMATHESIS=$SAPA_CACHE/tools/schemathesis/bin/schemathesis
export SAPA_VENDORS=$SAPA_CACHE/tools/vendors/bin/python

# Where rustup cannot fetch the browser's target, setup.sh has written down which toolchain has it.
if [ -z "${RUSTUP_TOOLCHAIN:-}" ] && [ -s "$SAPA_CACHE/toolchain" ]; then
    RUSTUP_TOOLCHAIN=$(cat "$SAPA_CACHE/toolchain")
    export RUSTUP_TOOLCHAIN
fi
