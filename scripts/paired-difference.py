#!/usr/bin/env python3
"""How much better one evaluation is than another on the same questions: mean difference and 95 % bootstrap interval.

Usage: paired-difference.py FOLDER BASELINE-FOLDER [METRIC]

The folders are those of `infiniretri eval qa --answer --out FOLDER`; questions that one of them skipped do not count.
"""
import json
import random
import sys


def values(folder, metric):
    with open(f"{folder}/rows.jsonl") as rows:
        return {row["id"]: row["metrics"].get(metric) for row in map(json.loads, rows)}


def main():
    if len(sys.argv) not in (3, 4):
        sys.exit(__doc__)
    metric = sys.argv[3] if len(sys.argv) == 4 else "f1"
    ours, theirs = values(sys.argv[1], metric), values(sys.argv[2], metric)
    differences = [
        ours[key] - theirs[key] for key in ours if ours[key] is not None and theirs.get(key) is not None
    ]
    if not differences:
        sys.exit(f"no question has the metric {metric} in both folders; was --answer given?")
    random.seed(1)
    count = len(differences)
    means = sorted(sum(random.choices(differences, k=count)) / count for _ in range(4000))
    print(f"{metric} {sum(differences) / count:+.3f} ({means[100]:+.3f} to {means[3900]:+.3f}), {count} questions")


if __name__ == "__main__":
    main()
