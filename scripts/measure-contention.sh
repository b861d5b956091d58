#!/usr/bin/env bash
# Prefill and decoding beside other work that keeps every CPU busy, over half of what they are alone: 1 is a fair share.
# Usage: measure-contention.sh PATH-OF-INFINIRETRI [MODEL.gguf] [ROUNDS (3)]
set -euo pipefail

program=$1
model=${2:-}
rounds=${3:-3}
work=$(mktemp -d)
busy=()
stop() {
  ((${#busy[@]} == 0)) || kill "${busy[@]}" 2>/dev/null || true
  busy=()
}
trap 'stop; rm -rf "$work"' EXIT

bench() {
  "$program" bench ${model:+--model "$model"} --threads "$(nproc)" --json --quiet >"$work/$1-$round.json" 2>/dev/null
}

for ((round = 1; round <= rounds; round++)); do
  echo "round $round of $rounds" >&2
  bench alone
  for ((cpu = 0; cpu < $(nproc); cpu++)); do
    (while :; do :; done) &
    busy+=($!)
  done
  bench beside
  stop
done

python3 - "$work" <<'PY'
import json, pathlib, statistics, sys

work = pathlib.Path(sys.argv[1])
runs = {kind: [json.loads(path.read_text()) for path in work.glob(f"{kind}-*.json")] for kind in ("alone", "beside")}
for name, value in [("prefill 1024", lambda run: run["prefill"]["1024"]), ("decode", lambda run: run["decode"])]:
    alone, beside = (statistics.median(map(value, runs[kind])) for kind in ("alone", "beside"))
    print(f"{name:<14}{alone:>10.1f} alone{beside:>10.1f} beside{2 * beside / alone:>7.2f} of the fair share")
PY
