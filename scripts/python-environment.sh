#!/usr/bin/env bash
# Prints the path of a python3 with the packages that the comparisons need; makes the environment in the cache folder once.
# INFINIRETRI_PYTHON names one that is to be used instead, with the packages in it.
# Usage: python-environment.sh NAME PACKAGE...
set -euo pipefail

if [[ -n ${INFINIRETRI_PYTHON:-} ]]; then
  echo "$INFINIRETRI_PYTHON"
  exit 0
fi
cache=${INFINIRETRI_CACHE:-${XDG_CACHE_HOME:-$HOME/.cache}/infiniretri}
folder=$cache/python-$1
shift
if [[ ! -f $folder/.complete ]]; then
  rm -rf "$folder"
  mkdir -p "$cache"
  python3 -m venv "$folder" >&2
  "$folder/bin/pip" install --quiet --disable-pip-version-check "$@" >&2
  touch "$folder/.complete"
fi
echo "$folder/bin/python3"
