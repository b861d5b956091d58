#!/usr/bin/env python3
"""Makes Sources/Documents/Encodings/LetterModel+Table.swift: how often letters follow one another, by language.

Sources, of which only counts of letters and of pairs of letters are used:
- the n-gram counts of the Python package langdetect 1.0.9 (from Wikipedia in many languages; Copyright 2014-2015
  Michal Danilak, 2010-2014 Cybozu Labs; Apache License 2.0);
- for Icelandic and Belarusian, which it lacks, the names of places, languages and units in the Python package
  Babel 2.19.0 (from the Unicode CLDR; Copyright 2004-2024 Unicode, Inc.; Unicode License).

Usage: pip download --no-deps --no-binary :all: langdetect==1.0.9 && tar xzf langdetect-1.0.9.tar.gz
       pip install babel==2.19.0
       make-letter-models.py langdetect-1.0.9/langdetect/profiles > Sources/Documents/Encodings/LetterModel+Table.swift
"""
import collections
import json
import math
import pathlib
import re
import sys

import babel.localedata

ALPHABETIC = (
    "en de fr es pt it nl sv da no fi is et lv lt pl cs sk hu ro hr sl sq tr ru uk be bg mk el he ar fa th").split()
# Those that Babel's names are counted for.
NAMED = {"is", "be"}
IDEOGRAPHIC = {"zh-cn": 700, "zh-tw": 650, "ja": 450, "ko": 450}
# A letter that is rarer than this is foreign to the language.
RAREST = 2e-4
# But for these, which are rare and belong to it.
RARE = {"fr": "\u00f9\u00fb\u00eb\u0153", "nl": "\u00ef\u00e8", "it": "\u00ec\u00e9", "es": "\u00fc"}
# Costs are quarters of a bit, written as characters from "#" on.
HIGHEST, BASE = 56, 35
# Characters in a line of the table.
WIDTH = 108


def scripts(letter):
    code = ord(letter)
    bounds = [(0x250, "latin"), (0x370, ""), (0x400, "greek"), (0x530, "cyrillic"), (0x590, ""), (0x600, "hebrew"),
              (0x700, "arabic"), (0xE00, ""), (0xE80, "thai"), (0x1E00, ""), (0x1F00, "latin")]
    return next((name for bound, name in bounds if code < bound), "")


SCRIPT = {"ru": "cyrillic", "uk": "cyrillic", "be": "cyrillic", "bg": "cyrillic", "mk": "cyrillic", "el": "greek", "he": "hebrew",
          "ar": "arabic", "fa": "arabic", "th": "thai"}


def fold(letter):
    # One letter stays one letter.
    return "i" if letter == "\u0130" else letter.lower() if len(letter.lower()) == 1 else letter


def profile(folder, language):
    """How often single characters and pairs stand in texts of a language; a space is what stands between words."""
    if language not in NAMED:
        return json.loads((folder / language).read_text())["freq"]

    def texts(value):
        if isinstance(value, str):
            yield value
        for part in value.values() if isinstance(value, dict) else value if isinstance(value, (list, tuple)) else ():
            yield from texts(part)

    counts = collections.Counter()
    for text in sorted(set(texts(dict(babel.localedata.load(language, merge_inherited=False))))):
        for word in re.findall(r"[^\W\d_]{2,}", re.sub(r"\{\w*\}", " ", text)):
            word = f" {word} "
            counts.update(word.replace(" ", ""))
            counts.update(word[index:index + 2] for index in range(len(word) - 1))
    return counts


def letters_of(language, counts):
    script = SCRIPT.get(language, "latin")
    found = {}
    for gram, count in counts.items():
        if len(gram) == 1 and gram != " " and scripts(gram) == script and (gram.isalpha() or script in ("thai", "arabic")):
            found[fold(gram)] = found.get(fold(gram), 0) + count
    total = sum(found.values())
    kept = {letter for letter, count in found.items() if count >= RAREST * total}
    if script == "latin":
        kept |= set("abcdefghijklmnopqrstuvwxyz" + RARE.get(language, ""))
    return "".join(sorted(kept))


def model(language, counts):
    alphabet = " " + letters_of(language, counts)
    pairs = {}
    for gram, count in counts.items():
        if len(gram) == 2:
            first, second = fold(gram[0]), fold(gram[1])
            if first in alphabet and second in alphabet and gram != "  ":
                pairs[first, second] = pairs.get((first, second), 0) + count
    total = sum(pairs.values())
    share = {letter: (sum(pairs.get((other, letter), 0) for other in alphabet) + 1) / total for letter in alphabet}
    rows = ""
    for first in alphabet:
        behind = sum(pairs.get((first, second), 0) for second in alphabet)
        trust = 0.06 * behind + 50
        for second in alphabet:
            probability = (pairs.get((first, second), 0) + trust * share[second]) / (behind + trust)
            rows += chr(BASE + max(0, min(HIGHEST, round(-4 * math.log2(probability)))))
    return alphabet, rows


def frequent(language, counts, limit):
    # langdetect writes the first character of a group for all of the group. Those that are rare themselves are left out.
    groups = "\u4e08\u4e01\u4e10\u4e11\u4e15\u4e1e\u4e22\u4e59\u4e69\u4e28\u4e36\u4e38\u4e3c"
    singles = [(count, gram) for gram, count in counts.items() if len(gram) == 1]

    def wanted(character):
        code = ord(character)
        if language == "ko":
            return 0xAC00 <= code < 0xD7A4
        return 0x4E00 <= code < 0xA000 and character not in groups

    return "".join(gram for _, gram in sorted(singles, reverse=True) if wanted(gram))[:limit]


def lines(text, width):
    return [text[start:start + width] for start in range(0, len(text), width)]


def main():
    folder = pathlib.Path(sys.argv[1])
    counts = {name: profile(folder, name) for name in ALPHABETIC + list(IDEOGRAPHIC)}
    print("// Made by scripts/make-letter-models.py, which says from what and how; not written by hand.\n")
    print("extension LetterModel {")
    print("    /// For each language its name; its alphabet, whose first letter is what stands between words; then what it costs")
    print("    /// that a letter of the column follows one of the row, row by row: quarters of a bit, counted from `#`.")
    print('    static let table = #"""')
    for name in ALPHABETIC:
        alphabet, rows = model(name, counts[name])
        print(f"        {name}\n        {alphabet}")
        for line in lines(rows, WIDTH):
            print(f"        {line}")
        print()
    print('        """#\n}\n')
    print("extension FrequentCharacters {")
    print("    /// For each language its name, then its most frequent characters in falling order.")
    print('    static let table = #"""')
    for name, limit in IDEOGRAPHIC.items():
        print(f"        {name}")
        for line in lines(frequent(name, counts[name], limit), 50):
            print(f"        {line}")
        print()
    print('        """#\n}')


main()
