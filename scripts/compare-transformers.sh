#!/usr/bin/env bash
# Compares infiniretri in float32 with transformers in float32: the same dequantised weights, threads and lengths, the two
# in turn. Prints tokens a second of prefills, the perplexity of the essays' first 4,096 tokens, and the tokenizers' speed.
# Usage: compare-transformers.sh PATH-OF-INFINIRETRI MODEL.gguf [ROUNDS (3)] [THREADS (2)]
set -euo pipefail

program=$1
model=$2
rounds=${3:-3}
threads=${4:-2}
python=$(scripts/python-environment.sh transformers torch==2.15.0 transformers==5.24.0 accelerate==1.15.0 gguf==0.19.0)
essays=$(scripts/fetch-essays.sh)
export HF_HUB_OFFLINE=1 TOKENIZERS_PARALLELISM=false

"$python" - "$program" "$model" "$rounds" "$threads" "$essays" <<'PY'
import json, pathlib, statistics, subprocess, sys, tempfile, time

import tokenizers, torch, transformers

program, model_path, rounds, threads, essays = sys.argv[1], pathlib.Path(sys.argv[2]), int(sys.argv[3]), int(sys.argv[4]), sys.argv[5]
torch.set_num_threads(threads)
text = "\n\n".join(path.read_text() for path in sorted(pathlib.Path(essays).glob("*.txt")))
tokenizer = transformers.AutoTokenizer.from_pretrained(model_path.parent, gguf_file=model_path.name)
model = transformers.AutoModelForCausalLM.from_pretrained(
    model_path.parent, gguf_file=model_path.name, dtype=torch.float32).eval()
ids = tokenizer(text[:60_000], add_special_tokens=False)["input_ids"][:4096]


def own(*arguments):
    return json.loads(subprocess.run([program, *arguments, "--model", model_path, "--json", "--quiet"],
                                     check=True, capture_output=True, text=True).stdout)


def seconds(body):
    start = time.perf_counter()
    body()
    return time.perf_counter() - start


@torch.inference_mode()
def prefill(count):
    model(torch.tensor([ids[:count]]), logits_to_keep=1)


@torch.inference_mode()
def perplexity():
    hidden = model.model(torch.tensor([ids])).last_hidden_state[0]
    total = 0.0
    for start in range(0, len(ids) - 1, 256):
        end = min(start + 256, len(ids) - 1)
        scores = torch.log_softmax(model.lm_head(hidden[start:end]), dim=-1)
        total -= scores.gather(1, torch.tensor(ids[start + 1: end + 1])[:, None]).double().sum().item()
    return float(torch.tensor(total / (len(ids) - 1)).exp())


ours, theirs = [], []
prefill(512)
for _ in range(rounds):
    ours.append(own("bench", "--arithmetic", "float32", "--threads", str(threads)))
    theirs.append({count: count / statistics.median(seconds(lambda: prefill(count)) for _ in range(3 if count < 4096 else 1))
                   for count in (512, 1024, 4096)})
first = ours[0]
print(f"{first['model']}, {first['cpu']}, {threads} threads, {first['kernels']} kernels, float32; transformers "
      f"{transformers.__version__}, torch {torch.__version__}, tokenizers {tokenizers.__version__}; medians of {rounds}")
print(f"{'':<28}{'infiniretri':>12}{'peer':>12}{'ratio':>8}")


def row(name, mine, peer, digits=1):
    print(f"{name:<28}{mine:>12.{digits}f}{peer:>12.{digits}f}{mine / peer:>8.{2 if digits == 1 else 4}f}")


for count in (512, 1024, 4096):
    row(f"prefill {count}, tokens/s", statistics.median(run["prefill"][str(count)] for run in ours),
        statistics.median(run[count] for run in theirs))
with tempfile.NamedTemporaryFile("w", suffix=".txt") as file:
    file.write(text)
    file.flush()
    expected = perplexity()
    for arithmetic in ("float32", "int8"):
        report = own("perplexity", "--file", file.name, "--tokens", str(len(ids)), "--arithmetic", arithmetic,
                     "--threads", str(threads))
        row(f"perplexity, ours in {arithmetic}", report["perplexity"], expected, 4)
    backend = tokenizer.backend_tokenizer
    megabytes = len(text.encode()) / 1e6
    mine, peer = [], []
    for _ in range(rounds):
        report = own("tokenize", "--count", file.name)
        mine.append(report["bytes"] / 1e6 / report["seconds"])
        peer.append(megabytes / seconds(lambda: backend.encode(text, add_special_tokens=False)))
    row("tokenizing, MB/s", statistics.median(mine), statistics.median(peer))
    # transformers' conversion of the file's tokenizer splits some words otherwise than the model's own.
    row("tokens", report["count"], len(backend.encode(text, add_special_tokens=False).ids), 0)
PY
