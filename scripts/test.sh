#!/usr/bin/env bash
# Every check and test. Goes on after a failure, and ends with one line: N passed, N failed.
# `test.sh lint` stops before what needs the program or a browser.
set -uo pipefail
cd "$(dirname "$0")/.."
what=${1:-all}
scripts/setup.sh "$([ "$what" = lint ] && echo lint || echo test)" || { echo "0 passed, 1 failed"; exit 1; }
. scripts/env.sh
# The same for every gate, or each would compile the program anew.
export SAPA_SITE_DIR

# The browser's and the server's features must never be unified, so never --workspace here. The server's
# packages go together: each further selection would compile what they depend on once more.
server=(--locked --profile server-release
    -p sapa-model -p sapa-migration -p sapa-domain -p sapa-media -p sapa-text -p sapa -p sapa-app --features sapa-app/ssr)
# Where and how cargo-leptos builds, so that both share build scripts and macros.
browser=(--locked --profile wasm-release --target wasm32-unknown-unknown
    --target-dir "$CARGO_TARGET_DIR/front" -p sapa-frontend -p sapa-app --features sapa-app/browser)

passed=0 failed=0
log=$(mktemp)
trap 'rm -f "$log"' EXIT

headline() { printf '\n== %s\n' "$*"; }

# check NAME COMMAND... : counts as one.
check() {
    headline "$1"
    shift
    if "$@"; then passed=$((passed + 1)); else failed=$((failed + 1)) && return 1; fi
}

# tally STATUS PASSED FAILED : a runner that fails without naming a failed test counts as one failure.
tally() {
    passed=$((passed + $2)) failed=$((failed + $3))
    if [ "$1" != 0 ] && [ "$3" = 0 ]; then failed=$((failed + 1)); fi
}

# count PATTERN : the sum of the numbers that the log has before it.
count() { grep -oP "\d+(?= ($1))" "$log" | awk '{ total += $1 } END { print total + 0 }'; }

rust_tests() {
    headline "Rust tests"
    cargo test "${server[@]}" --no-fail-fast 2>&1 | tee "$log"
    local status=$?
    sed -i '/^test result: /!d' "$log"
    # A test that does not run is not one that passes.
    tally $status "$(count passed)" "$(count 'failed|ignored')"
}

browser_tests() {
    headline "browser tests"
    (cd end2end && SAPA_BINARY=$SAPA_ROOT/dist/sapa npx playwright test --reporter=list) 2>&1 | tee "$log"
    local status=$?
    sed -i -E '/^ +[0-9]+ [a-z ]+( \(.*\))?$/!d' "$log"
    tally $status "$(count passed)" "$(count 'failed|flaky|interrupted|did not run|skipped')"
}

no_merge_marks() { ! git grep -nE '^(<{7}|>{7}) '; }
check "marks of a merge" no_merge_marks
check "format" cargo fmt --check
check "lint: server" cargo clippy --quiet --all-targets "${server[@]}" -- --deny warnings
check "lint: browser" cargo clippy --quiet "${browser[@]}" -- --deny warnings
check "licences and sources of what is depended on" cargo deny --locked check licenses bans sources
check "types of the browser tests" npm --prefix end2end --silent run check
if [ "$what" != lint ]; then
    check "build" scripts/build.sh
    built=$?
    rust_tests
    if [ $built = 0 ]; then
        check "the API's description, by Redocly" scripts/clients.sh redocly
        check "the API's description, by Spectral" scripts/clients.sh spectral
        check "a client of the API in TypeScript" scripts/clients.sh typescript
        check "a client of the API in Python" scripts/clients.sh python
        browser_tests
    else
        check "clients and browser tests: nothing to test" false
    fi
fi

printf '\n%s passed, %s failed\n' "$passed" "$failed"
[ "$failed" = 0 ] && [ "$passed" -gt 0 ]
