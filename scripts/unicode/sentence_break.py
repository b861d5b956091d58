#!/usr/bin/env python3
"""Writes the Sentence_Break property of all scalars as Swift, for the sentence segmenter.

Reads auxiliary/SentenceBreakProperty.txt of the Unicode Character Database (Debian's package unicode-data).
Usage: sentence_break.py [/usr/share/unicode] > Sources/Documents/Sentences/SentenceBreakTable.swift
"""
import pathlib
import re
import sys

# In the order of SentenceBreakProperty's cases.
VALUES = ["Other", "CR", "LF", "Sep", "Extend", "Format", "Sp", "Lower", "Upper", "OLetter", "Numeric", "ATerm", "STerm",
          "Close", "SContinue"]
LINE = re.compile(r"^([0-9A-F]+)(?:\.\.([0-9A-F]+))?\s*;\s*(\w+)")
PER_LINE = 10


def ranges(text):
    """Where each run of scalars of one value begins, gaps included, as (first scalar, value)."""
    given = sorted(
        (int(match[1], 16), int(match[2] or match[1], 16), VALUES.index(match[3]))
        for match in map(LINE.match, text.splitlines()) if match)
    runs, end = [], 0
    for first, last, value in given:
        if first > end:
            runs.append((end, 0))
        runs.append((first, value))
        end = last + 1
    runs.append((end, 0))
    return [run for index, run in enumerate(runs) if index == 0 or run[1] != runs[index - 1][1]]


def main():
    folder = pathlib.Path(sys.argv[1] if len(sys.argv) > 1 else "/usr/share/unicode")
    text = (folder / "auxiliary/SentenceBreakProperty.txt").read_text()
    version = re.search(r"SentenceBreakProperty-([\d.]+)\.txt", text)[1]
    entries = [f"0x{first << 4 | value:X}" for first, value in ranges(text)]
    print(f"""\
// swift-format-ignore-file
// Written by scripts/unicode/sentence_break.py from SentenceBreakProperty.txt of Unicode {version}.
// Unicode data (c) Unicode, Inc.; https://www.unicode.org/terms_of_use.html

/// The Sentence_Break property of all scalars (Unicode {version}).
enum SentenceBreakTable {{
    /// Where each run of scalars of one value begins, in rising order: the first scalar times 16, plus the raw value of
    /// its ``SentenceBreakProperty``.
    static let runs: [UInt32] = [""")
    for start in range(0, len(entries), PER_LINE):
        print("        " + ", ".join(entries[start:start + PER_LINE]) + ",")
    print("    ]\n}")


if __name__ == "__main__":
    main()
