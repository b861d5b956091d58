#!/usr/bin/env bash
# Compares infiniretri with other engines: any number of llama-bench programs (llama.cpp and its kin), each with the model file and
# the flags that suit it best, all in turn with ours, ratios of the medians to each and to the best of them.
#
# Usage: compare-peers.sh PROGRAM MODEL.gguf [-r ROUNDS (3)] [-t THREADS (2)] [--peer 'NAME|LLAMA-BENCH|MODEL|FLAGS'] ...
# Example: compare-peers.sh .build/release/infiniretri model.Q4_1.gguf \
#            --peer "llama.cpp Q4_0|$(scripts/build-llama.sh)|model.Q4_0.gguf|" \
#            --peer "ik_llama.cpp Q4_1|ik/build/bin/llama-bench|model.Q4_1.gguf|-ub 256 -fa 1"
# Without a peer: llama.cpp as scripts/build-llama.sh builds it, on our own file.
set -euo pipefail

if [[ $# -lt 2 || $1 == --help ]]; then
  sed -n '2,9s/^# \{0,1\}//p' "$0" >&2
  exit 64
fi
program=$1
model=$2
shift 2
if [[ " $* " != *" --peer "* ]]; then
  set -- "$@" --peer "llama.cpp, our file|$("$(dirname "$0")/build-llama.sh")|$model|"
fi

exec python3 - "$program" "$model" "$@" <<'PY'
import argparse, json, statistics, subprocess, sys

arguments = argparse.ArgumentParser(prog="compare-peers.sh")
arguments.add_argument("program")
arguments.add_argument("model")
arguments.add_argument("-r", "--rounds", type=int, default=3)
arguments.add_argument("-t", "--threads", type=int, default=2)
arguments.add_argument("--peer", action="append", default=[])
options = arguments.parse_args()
PROMPTS = [512, 1024, 4096]


def output(command):
    run = subprocess.run(command, capture_output=True, text=True)
    if run.returncode != 0:
        sys.exit(f"{' '.join(command)}: exit {run.returncode}\n{run.stderr[-2000:]}")
    return run.stdout


def peer_bench(program, model, flags):
    common = [program, "-m", model, "-t", str(options.threads), "-r", "1", "-o", "json"]
    tests = json.loads(output(common + ["-p", ",".join(map(str, PROMPTS)), "-n", "128"] + flags))
    return {(test["n_prompt"], test["n_gen"]): test["avg_ts"] for test in tests}, tests[0]


peers = []
for text in options.peer:
    parts = text.split("|")
    if len(parts) != 4:
        sys.exit(f"--peer '{text}': give NAME|LLAMA-BENCH|MODEL|FLAGS")
    peers.append((parts[0], parts[1], parts[2], parts[3].split()))

own, theirs, about = [], {peer[0]: [] for peer in peers}, {}
for number in range(options.rounds):
    print(f"round {number + 1} of {options.rounds}", file=sys.stderr)
    for name, program, model, flags in peers:
        figures, first = peer_bench(program, model, flags)
        theirs[name].append(figures)
        about[name] = first
    own.append(json.loads(output([
        options.program, "bench", "--model", options.model, "--threads", str(options.threads), "--json", "--quiet"])))

first = own[0]
print(f"{first['model']}, {first['cpu']}, {first['threads']} threads, {first['kernels']} kernels, {first['arithmetic']}; "
      f"medians of {options.rounds} rounds in turn; tokens a second; load average at the start {first['loadAverage']}")
for name, program, model, flags in peers:
    info = about[name]
    print(f"  {name}: build {info.get('build_commit', '?')} ({info.get('build_number', '?')}), "
          f"{info.get('system_info') or info.get('cpu_info', '')}, {info.get('model_type', model)}"
          + (f", {' '.join(flags)}" if flags else ""))

names = [peer[0] for peer in peers]
width = max(14, *(len(name) + 2 for name in names))
print(f"\n{'':<26}{'infiniretri':>12}" + "".join(f"{name:>{width}}{'ratio':>7}" for name in names) + f"{'to best':>9}")


def median(value):
    return statistics.median(value(run) for run in own)


rows = [(f"prefill {count}", median(lambda run: run["prefill"][str(count)] or 0), (count, 0)) for count in PROMPTS]
rows.append(("retrieval / prefill 1024", median(lambda run: run["retrieval"]["documentTokensPerSecond"]), (1024, 0)))
rows.append(("decode", median(lambda run: run["decode"]), (0, 128)))
for label, ours, test in rows:
    found = {name: statistics.median(run[test] for run in theirs[name]) for name in names}
    print(f"{label:<26}{ours:>12.1f}"
          + "".join(f"{found[name]:>{width}.1f}{ours / found[name]:>7.2f}" for name in names)
          + f"{ours / max(found.values()):>9.2f}")
for label, key in [("share of int8 peak", "shareOfPeak"), ("share of int8 + bf16 roof", "shareOfRoof"),
                   ("decode, share of bandwidth", "shareOfBandwidth")]:
    print(f"{label:<26}{100 * statistics.median(run[key] or 0 for run in own):>11.1f} %")
PY
