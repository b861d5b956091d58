#!/usr/bin/env bash
# Kills builds of an index, and additions to one, at random moments with SIGKILL; after each, `verify` must pass, the same
# command must finish the work, and the index must answer as one that was never interrupted.
#
#   scripts/index-crash-test.sh [program] [kills] [text ...]
#
# Builds and additions take turns; a run that has ended before its kill does not count. Texts: the essays of `make essays` unless named.
set -euo pipefail

program=${1:-.build/release/infiniretri}
kills=${2:-50}
texts=("${@:3}")
if [[ ${#texts[@]} -eq 0 ]]; then
    essays=${INFINIRETRI_CACHE:-${XDG_CACHE_HOME:-$HOME/.cache}/infiniretri}/essays
    texts=("$essays"/{bias,addiction,copy,aord}.txt)
fi
first=("${texts[0]}")
rest=("${texts[@]:1}")
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
questions=$folder/questions.txt
printf '%s\n' 'Why do people get addicted?' 'What should a startup worry about?' 'Which mistake is the most common?' \
    > "$questions"

evidence() { "$program" retrieve --quiet --index "$1" --questions "$questions"; }
documents() { "$program" index list --json "$1"; }
milliseconds() { echo $(($(date +%s%N) / 1000000)); }

# The references: each command once, without interruption, and how long it takes.
start=$(milliseconds)
"$program" index build --quiet "$folder/built" "${texts[@]}" > "$folder/log"
build_time=$(($(milliseconds) - start))
"$program" index build --quiet "$folder/base" "${first[@]}" > "$folder/log"
cp "$folder/base" "$folder/added"
start=$(milliseconds)
"$program" index add --quiet "$folder/added" "${rest[@]}" > "$folder/log"
add_time=$(($(milliseconds) - start))
for index in built added; do
    evidence "$folder/$index" > "$folder/$index.evidence"
    documents "$folder/$index" > "$folder/$index.documents"
done

# try REFERENCE LONGEST COMMAND...: runs `COMMAND index ...` until it is killed, then finishes it.
landed=0
try() {
    local reference=$1 longest=$2 index=$folder/victim moment
    shift 2
    moment=$((RANDOM * 32768 + RANDOM))
    moment=$((moment % longest))
    "$program" index "$1" --quiet "$index" "${@:2}" > "$folder/log" 2>&1 &
    local process=$!
    sleep "$(printf '%d.%03d' $((moment / 1000)) $((moment % 1000)))"
    if kill -KILL "$process" 2> /dev/null; then landed=$((landed + 1)); fi
    wait "$process" 2> /dev/null || true
    # Killed before it made the file, there is nothing to verify.
    if [[ -e $index ]]; then
        "$program" index verify "$index" > "$folder/log" 2>&1 || {
            echo "after a kill at $moment ms: $(cat "$folder/log")"; exit 1
        }
    fi
    "$program" index "$1" --quiet "$index" "${@:2}" > "$folder/log"
    "$program" index verify "$index" > "$folder/log"
    evidence "$index" | cmp - "$folder/$reference.evidence" || { echo "other evidence after a kill at $moment ms"; exit 1; }
    documents "$index" | cmp - "$folder/$reference.documents" || { echo "other documents after a kill at $moment ms"; exit 1; }
}

runs=0
while ((landed < kills)); do
    rm -f "$folder/victim"
    runs=$((runs + 1))
    if ((runs % 2)); then
        try built "$build_time" build "${texts[@]}"
    else
        cp "$folder/base" "$folder/victim"
        try added "$add_time" add "${rest[@]}"
    fi
    printf '\r%d of %d' "$landed" "$kills" >&2
done
echo
echo "$landed of $kills kills: verified, finished, equal ($((runs - landed)) more runs had ended before their kill)"
