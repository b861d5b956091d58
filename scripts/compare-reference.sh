#!/usr/bin/env bash
# Compares infiniretri with the authors' Python package, infini-retri 0.0.3: one question about one document, the same model
# and threads. The package runs in float32 with eager attention, as it must to see attention. Takes minutes and 8 GB.
# Usage: compare-reference.sh PATH-OF-INFINIRETRI MODEL.gguf data/nq_haystack_dev.jsonl.xz [THREADS (2)]
set -euo pipefail

program=$1
model=$2
data=$3
threads=${4:-2}
python=$(scripts/python-environment.sh reference torch==2.15.0 transformers==5.24.0 accelerate==1.15.0 gguf==0.19.0 \
  infini-retri==0.0.3 seaborn tiktoken scipy)
export HF_HUB_OFFLINE=1

"$python" - "$program" "$model" "$data" "$threads" <<'PY'
import gzip, json, lzma, pathlib, resource, statistics, subprocess, sys, tempfile, time

import torch
from infini_retri import InfiniRetri
from transformers import AutoModelForCausalLM, AutoTokenizer

program, model_path, data, threads = sys.argv[1], pathlib.Path(sys.argv[2]), sys.argv[3], int(sys.argv[4])
torch.set_num_threads(threads)
opener = {".xz": lzma.open, ".gz": gzip.open}.get(pathlib.Path(data).suffix, open)
with opener(data, "rt", encoding="utf-8") as file:
    record = json.loads(file.readline())
tokenizer = AutoTokenizer.from_pretrained(model_path.parent, gguf_file=model_path.name)
model = AutoModelForCausalLM.from_pretrained(
    model_path.parent, gguf_file=model_path.name, dtype=torch.float32, attn_implementation="eager")
tokens = len(tokenizer(record["context"])["input_ids"])

with tempfile.NamedTemporaryFile("w", suffix=".txt") as file:
    file.write(record["context"])
    file.flush()

    def own(*arguments):
        return json.loads(subprocess.run(
            [program, "ask", *arguments, "--json", "--quiet", "--model", model_path, "--threads", str(threads), file.name,
             record["input"]], check=True, capture_output=True, text=True).stdout)

    reports = [own() for _ in range(3)]
    start = time.perf_counter()
    answer = InfiniRetri(model, tokenizer).generate(context=record["context"], question=record["input"])
    theirs = time.perf_counter() - start
print(f"{tokens} tokens; question: {record['input']}; accepted: {record['answers']}")
print(f"{'':<14}{'seconds':>10}{'tokens/s':>10}  answer")
times = [report["usage"]["seconds"] for report in reports]
mine = statistics.median(t["tokenize"] + t["retrieve"] + t["generate"] for t in times)
print(f"{'infiniretri':<14}{mine:>10.2f}{tokens / mine:>10.0f}  {reports[0]['answer']!r}")
print(f"{'infini-retri':<14}{theirs:>10.2f}{tokens / theirs:>10.0f}  {answer!r}")
retrieved = statistics.median(t["tokenize"] + t["retrieve"] for t in times)
print(f"ratio {theirs / mine:.1f} with the answer, {theirs / retrieved:.1f} for the retrieval alone against theirs with the answer; "
      f"theirs held {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1e6:.1f} GB")
PY
