#!/usr/bin/env bash
# Long runs, for a night rather than for every change. `soak.sh [SECONDS-FOR-EACH-FUZZ-TARGET]`
set -euo pipefail
cd "$(dirname "$0")/.."
scripts/fuzz.sh "${1:-300}"
