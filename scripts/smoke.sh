#!/usr/bin/env bash
# Runs the program as a user does, on a real document, and checks what comes out.
# Usage: smoke.sh PATH-OF-INFINIRETRI
set -euo pipefail

program=$1
essays=$(scripts/fetch-essays.sh)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

# A fact that stands nowhere else, in the middle of a real essay.
python3 - "$essays/worked.txt" "$work/essay.txt" <<'PY'
import pathlib, sys

paragraphs = pathlib.Path(sys.argv[1]).read_text(encoding="utf-8", errors="replace").split("\n\n")
paragraphs.insert(len(paragraphs) // 2, "The password of the old harbour gate is seventeen violet herons.")
pathlib.Path(sys.argv[2]).write_text("\n\n".join(paragraphs), encoding="utf-8")
PY

set -x
"$program" retrieve --json "$work/essay.txt" "What is the password of the old harbour gate?" >"$work/retrieve.json"
"$program" ask --json --max-tokens 48 "$work/essay.txt" "What is the password of the old harbour gate?" >"$work/ask.json"
"$program" index build "$work/essay.iridx" "$work/essay.txt"
"$program" retrieve --json --index "$work/essay.iridx" "What is the password of the old harbour gate?" >"$work/index.json"
"$program" index verify "$work/essay.iridx"
"$program" tokenize --count "$work/essay.txt"
"$program" eval qa --json --baseline bm25 --data data/nq_haystack_dev.jsonl.xz >"$work/one-passage.json"
"$program" eval qa --json --baseline bm25 --limit 10 --data data/hotpotqa_joined_dev.jsonl.xz >"$work/two-passages.json"
set +x

python3 - "$work" <<'PY'
import json, pathlib, sys

work = pathlib.Path(sys.argv[1])
document = (work / "essay.txt").read_bytes()
for name in ("retrieve", "index", "ask"):
    report = json.loads((work / f"{name}.json").read_text())
    assert any("seventeen violet herons" in piece["text"] for piece in report["evidence"]), f"{name}: needle not retrieved"
    for piece in report["evidence"]:
        start, end = piece["byteRange"]
        assert document[start:end].decode("utf-8", "replace") == piece["text"], f"{name}: byte range and text differ"
        assert document[:start].count(b"\n") + 1 == piece["line"], f"{name}: line and byte range differ"
    assert report["usage"]["documentTokens"] > 4_000, report["usage"]
    print(f"{name}: {len(report['evidence'])} pieces, {report['usage']}, answer: {report['answer']!r}")
assert report["answer"], "ask: no answer"
for name, questions, metrics in (
    ("one-passage", 100, {"answerRecall", "goldHit"}), ("two-passages", 10, {"answerRecall", "goldHit", "goldAll", "goldMean"})
):
    summary = json.loads((work / f"{name}.json").read_text())
    assert summary["questions"] == questions, summary
    assert set(summary["overall"]) == metrics | {"evidenceTokens"}, summary
    print(f"{name}: {summary['overall']}")
PY
