#!/usr/bin/env bash
# Measures, and prints a table. Nothing passes or fails: what a figure is worth depends on the machine.
set -euo pipefail
cd "$(dirname "$0")/.."
scripts/setup.sh test
. scripts/env.sh
export SAPA_SITE_DIR
scripts/build.sh
cd end2end
SAPA_BINARY=$SAPA_ROOT/dist/sapa npx playwright test --config bench/playwright.config.ts --reporter=line
