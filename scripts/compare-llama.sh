#!/usr/bin/env bash
# Compares infiniretri with llama.cpp: the same model file, threads and lengths, the two in turn, ratios of the medians.
# llama.cpp is built for this CPU from the source archive of llama-cpp-python, in the cache folder.
# Needs python3 with pip, cmake and a C++ compiler.
# Usage: compare-llama.sh PATH-OF-INFINIRETRI MODEL.gguf [ROUNDS (3)] [THREADS (2)]
set -euo pipefail

program=$1
model=$2
rounds=${3:-3}
threads=${4:-2}
cache=${INFINIRETRI_CACHE:-${XDG_CACHE_HOME:-$HOME/.cache}/infiniretri}
version=0.3.36
sum=832db0699007f1be95a7e41ef12e88926b02ba836461e36a36372db2760c1a2e
folder=$cache/llama.cpp-$version
peer=$folder/build/bin/llama-bench

if [[ ! -x $peer ]]; then
  rm -rf "$folder"
  mkdir -p "$folder"
  python3 -m pip download --quiet --disable-pip-version-check --no-deps --no-binary llama-cpp-python \
    --dest "$folder" "llama-cpp-python==$version" >&2
  archive=$folder/llama_cpp_python-$version.tar.gz
  echo "$sum  $archive" | sha256sum --check --quiet >&2
  tar -xzf "$archive" -C "$folder" --strip-components=3 "llama_cpp_python-$version/vendor/llama.cpp"
  rm "$archive"
  cmake -S "$folder" -B "$folder/build" -DCMAKE_BUILD_TYPE=Release -DGGML_NATIVE=ON -DBUILD_SHARED_LIBS=OFF \
    -DLLAMA_OPENSSL=OFF -DLLAMA_BUILD_APP=OFF -DLLAMA_BUILD_TESTS=OFF -DLLAMA_BUILD_EXAMPLES=OFF -DLLAMA_BUILD_SERVER=OFF \
    >"$folder/build.log" 2>&1
  cmake --build "$folder/build" --target llama-bench --parallel "$threads" >>"$folder/build.log" 2>&1
fi

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
for ((round = 1; round <= rounds; round++)); do
  echo "round $round of $rounds" >&2
  "$peer" --model "$model" --threads "$threads" --n-prompt 512,1024,4096 --n-gen 128 --repetitions 1 --output json \
    >"$work/llama-$round.json" 2>>"$work/log" || { cat "$work/log" >&2; exit 1; }
  "$program" bench --model "$model" --threads "$threads" --json >"$work/own-$round.json"
done

python3 - "$work" "$version" <<'PY'
import json, pathlib, statistics, sys

work = pathlib.Path(sys.argv[1])
own = [json.loads(path.read_text()) for path in sorted(work.glob("own-*.json"))]
peers = [json.loads(path.read_text()) for path in sorted(work.glob("llama-*.json"))]

def peer(prompt, generated):
    return statistics.median(
        test["avg_ts"] for run in peers for test in run if (test["n_prompt"], test["n_gen"]) == (prompt, generated))

def median(value):
    return statistics.median(value(run) for run in own)

first = own[0]
print(f"{first['model']}, {first['cpu']}, {first['threads']} threads, {first['kernels']} kernels, {first['arithmetic']}; "
      f"llama.cpp as in llama-cpp-python {sys.argv[2]}; medians of {len(own)}; tokens a second")
print(f"{'':<24}{'infiniretri':>12}{'llama.cpp':>12}{'ratio':>8}")
rows = [(f"prefill {count}", median(lambda run: run["prefill"][str(count)]), peer(count, 0)) for count in (512, 1024, 4096)]
rows.append(("retrieval / prefill 1024", median(lambda run: run["retrieval"]["documentTokensPerSecond"]), peer(1024, 0)))
rows.append(("decode", median(lambda run: run["decode"]), peer(0, 128)))
for name, ours, theirs in rows:
    print(f"{name:<24}{ours:>12.1f}{theirs:>12.1f}{ours / theirs:>8.2f}")
share = statistics.median(run["shareOfPeak"] for run in own)
print(f"share of the int8 peak in a prefill of 1024: {100 * share:.1f} %")
PY
