#!/usr/bin/env bash
# Every check and test. Goes on after a failure, and ends with one line: N passed, N failed.
set -uo pipefail
cd "$(dirname "$0")/.."
scripts/setup.sh test || { echo "0 passed, 1 failed"; exit 1; }
. scripts/env.sh

# The browser's and the server's features must never be unified, so never --workspace here.
server_packages=(-p sapa-model -p sapa-migration -p sapa-domain -p sapa)
passed=0 failed=0
log=$(mktemp)
trap 'rm -f "$log"' EXIT

headline() { printf '\n== %s\n' "$*"; }

# check NAME COMMAND... : counts as one.
check() {
    headline "$1"
    shift
    if "$@"; then passed=$((passed + 1)); else failed=$((failed + 1)); fi
}

# rust_tests NAME CARGO-ARGUMENTS... : adds up what the runner says of itself.
rust_tests() {
    headline "$1"
    shift
    cargo test --locked --profile server-release "$@" 2>&1 | tee "$log"
    local status=$? ok bad
    ok=$(grep -oP '^test result: .*?\K\d+(?= passed)' "$log" | sum)
    bad=$(grep -oP '^test result: .*?\K\d+(?= failed)' "$log" | sum)
    tally $status "${ok:-0}" "${bad:-0}"
}

browser_tests() {
    headline "browser tests"
    (cd end2end && SAPA_BINARY=$SAPA_ROOT/dist/sapa npx playwright test --reporter=list) 2>&1 | tee "$log"
    local status=$? ok bad
    ok=$(grep -oP '^\s+\K\d+(?= passed)' "$log" | tail -n1)
    bad=$(grep -oP '^\s+\K\d+(?= (failed|flaky|did not run|skipped))' "$log" | sum)
    tally $status "${ok:-0}" "${bad:-0}"
}

# tally STATUS PASSED FAILED : a runner that fails without naming a failed test counts as one failure.
sum() { awk '{ total += $1 } END { print total + 0 }'; }

tally() {
    passed=$((passed + $2)) failed=$((failed + $3))
    if [ "$1" != 0 ] && [ "$3" = 0 ]; then failed=$((failed + 1)); fi
}

lint() { cargo clippy --locked --quiet --all-targets "$@" -- --deny warnings; }

check "format" cargo fmt --check
check "lint: server" lint --profile server-release "${server_packages[@]}"
check "lint: interface on the server" lint --profile server-release -p sapa-app --features ssr
check "lint: interface in the browser" cargo clippy --locked --quiet \
    --target wasm32-unknown-unknown -p sapa-frontend -p sapa-app --features sapa-app/hydrate -- --deny warnings
rust_tests "tests: server" "${server_packages[@]}"
rust_tests "tests: interface" -p sapa-app --features ssr
check "build" scripts/build.sh
check "types of the browser tests" npm --prefix end2end --silent run check
browser_tests

printf '\n%s passed, %s failed\n' "$passed" "$failed"
[ "$failed" = 0 ] && [ "$passed" -gt 0 ]
