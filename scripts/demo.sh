#!/usr/bin/env bash
# Asks a question of a folder of essays that is far longer than the model's context window.
# Usage: demo.sh PATH-OF-INFINIRETRI [QUESTION]
set -euo pipefail

program=$1
question=${2:-"What kind of computer did the author's father buy?"}
essays=$(scripts/fetch-essays.sh)

set -x
cat "$essays"/*.txt | "$program" tokenize --count -
"$program" ask --verbose "$essays" "$question"
