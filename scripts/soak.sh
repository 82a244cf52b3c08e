#!/usr/bin/env bash
# Long runs, for a night rather than for every change.
# `soak.sh [SECONDS-FOR-EACH-FUZZ-TARGET [EXAMPLES-FOR-EACH-OPERATION [CALLS-THAT-FAIL]]]`
set -euo pipefail
cd "$(dirname "$0")/.."
scripts/fuzz.sh "${1:-300}"

scripts/setup.sh test
. scripts/env.sh
export SAPA_SITE_DIR
scripts/build.sh
printf '\n== Schemathesis with %s examples for each operation\n' "${2:-200}"
SAPA_SCHEMATHESIS_EXAMPLES=${2:-200} cargo test --locked --profile server-release \
    -p sapa -p sapa-app --features sapa-app/ssr --test program api::schemathesis -- --nocapture

printf '\n== Faults of the disk at each of the first %s calls\n' "${3:-200}"
SAPA_WEATHER_CALLS=${3:-200} cargo test --locked --profile server-release \
    -p sapa -p sapa-app --features sapa-app/ssr --test program weather -- --nocapture

printf '\n== Floods at full size\n'
SAPA_FLOODS=full cargo test --locked --profile server-release \
    -p sapa -p sapa-app --features sapa-app/ssr --test program floods::full -- --nocapture --test-threads 1
