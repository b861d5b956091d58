#!/usr/bin/env bash
# The figures of an attention index of about a million tokens: build against a retrieval pass over the same texts, size,
# time to open, time of a scan and of a question.
#
#   scripts/index-figures.sh [program] [copies of the essays, default 7]
#
# On a machine that does nothing else. Seven copies of the essays are 1.1 million tokens.
set -euo pipefail

program=${1:-.build/release/infiniretri}
copies=${2:-7}
essays=${INFINIRETRI_CACHE:-${XDG_CACHE_HOME:-$HOME/.cache}/infiniretri}/essays
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
mkdir "$folder/once" "$folder/texts"
cat "$essays"/*.txt > "$folder/once/0.txt"
for ((copy = 0; copy < copies; copy++)); do cp "$folder/once/0.txt" "$folder/texts/$copy.txt"; done
question='What should a founder worry about?'

# value KEY: the number behind a key of a JSON object.
value() { grep -o "\"$1\":[0-9.e-]*" | head -n 1 | cut -d : -f 2; }

# The pass over one copy without further rounds (the budget is as large as the first), and the build, in turn.
ratios=()
echo '{"reranking": []}' >"$folder/once.json"
for run in 1 2 3 4 5; do
    # Windows alone: nothing is read again, as in a build.
    pass=$("$program" retrieve --json --plan "$folder/once.json" "$folder/once" "$question")
    seconds=$(echo "$pass" | value retrieve)
    tokenize=$(echo "$pass" | value tokenize)
    rm -f "$folder/once.iridx"
    build=$("$program" index build --json "$folder/once.iridx" "$folder/once" | value seconds)
    echo "run $run: pass $(echo "$pass" | value documentTokens) tokens in $seconds + $tokenize s, build $build s"
    ratios+=("$(awk "BEGIN { print $build / ($seconds + $tokenize) }")")
done
echo "build over pass, median: $(printf '%s\n' "${ratios[@]}" | sort -g | sed -n 3p)"

"$program" index build "$folder/all.iridx" "$folder/texts"
"$program" index info "$folder/all.iridx"
for prior in '' --stages=keys,lexical; do
    for run in 1 2 3 4 5; do
        asked=$("$program" retrieve --json ${prior:+"$prior"} --index "$folder/all.iridx" "$question")
        echo "question $run $prior: $(echo "$asked" | value retrieve) s, of which the scan $(echo "$asked" | value scan) s"
    done
done
