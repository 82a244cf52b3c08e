#!/usr/bin/env bash
# Fuzzes each parser for so many seconds (300), from the seeds in fuzz/corpus and from what was learnt before,
# which lies in the cache folder.
# `fuzz.sh [SECONDS] [TARGET...]`
set -euo pipefail
. "$(dirname "$0")/env.sh"
cd "$SAPA_ROOT"
"$SAPA_ROOT/scripts/setup.sh" fuzz

seconds=${1:-300}
[ $# -gt 0 ] && shift
targets=("$@")
[ ${#targets[@]} -gt 0 ] || mapfile -t targets < <(sed -n 's/^name = "\([a-z_]*\)"$/\1/p' fuzz/Cargo.toml)

# The coverage that fuzzing goes by needs flags that stable has only for those who say so.
export RUSTC_BOOTSTRAP=1 CARGO_TARGET_DIR=$CARGO_TARGET_DIR/fuzz
failed=0
for target in "${targets[@]}"; do
    printf '\n== fuzz %s for %s s\n' "$target" "$seconds"
    learnt=$SAPA_CACHE/fuzz/$target
    mkdir -p "$learnt"
    cargo fuzz run --sanitizer none "$target" "$learnt" "fuzz/corpus/$target" -- \
        -max_total_time="$seconds" -max_len=4096 -timeout=10 -print_final_stats=1 || failed=1
done
exit $failed
