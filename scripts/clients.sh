#!/usr/bin/env bash
# Takes the API's description from the program (dist/sapa), which it starts, and checks one thing.
# `clients.sh redocly|spectral` lints it; `clients.sh typescript|python` generates a client from it, and does with that
# what programs do first.
set -euo pipefail
. "$(dirname "$0")/env.sh"
cd "$SAPA_ROOT/end2end/clients"
what=${1:-}
export REDOCLY_TELEMETRY=off REDOCLY_SUPPRESS_UPDATE_NOTICE=true
PATH=$PWD/node_modules/.bin:$SAPA_CACHE/tools/clients/bin:$PATH

work=$(mktemp -d)
server=
finish() {
    # It may have ended already, and what the check has found is what counts.
    [ -z "$server" ] || { kill -9 "$server"; wait "$server"; } 2>/dev/null || true
    rm -rf "$work"
}
trap finish EXIT

# Only these settings count, whatever this shell has.
: >"$work/told"
mapfile -t foreign < <(compgen -e SAPA_)
env "${foreign[@]/#/--unset=}" "$SAPA_ROOT/dist/sapa" serve --addr 127.0.0.1:0 --data-dir "$work/data" \
    --webhook-private >"$work/told" &
server=$!
for _ in {1..300}; do
    origin=$(sed -n 's/^Sapa is at \(http\S*\)$/\1/p' "$work/told")
    [ -z "$origin" ] && kill -0 "$server" 2>/dev/null || break
    sleep 0.1
done
[ -n "$origin" ] || { echo "clients: the program does not say where it is" >&2; exit 1; }

description=$work/openapi.json
node --input-type=module - "$origin/api/v1/openapi.json" "$description" <<'JS'
import { writeFile } from "node:fs/promises";
const answer = await fetch(process.argv[2]);
if (!answer.ok) throw new Error(`${answer.status} of ${answer.url}`);
await writeFile(process.argv[3], await answer.text());
JS

case $what in
redocly) redocly lint --config redocly.yaml "$description" ;;
spectral) spectral lint --ruleset spectral.yaml --fail-severity hint "$description" ;;
typescript)
    rm -rf generated/api.ts generated/js
    mkdir -p generated
    node generate.js "$description" generated/api.ts
    tsc --project .
    node generated/js/flow.js "$origin"
    ;;
python)
    rm -rf generated/sapa_client
    mkdir -p generated
    openapi-python-client generate --path "$description" --meta none --output-path generated/sapa_client \
        --fail-on-warning
    PYTHONPATH=generated python flow.py "$origin"
    ;;
*)
    echo "usage: clients.sh redocly|spectral|typescript|python" >&2
    exit 1
    ;;
esac
