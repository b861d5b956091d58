#!/usr/bin/env python3
"""Recall over the same texts in several formats: plain text, HTML, DOCX, and PDF in one and two columns.

Writes each question's text in every format, asks `infiniretri retrieve`, and counts how often an answer stands in the evidence.
Usage: compare-formats.py PROGRAM DATA.jsonl [--limit N] [--budget N]
Needs pandoc and pdftotext, and reportlab from the Python package index for PDF.
"""
import argparse
import json
import lzma
import pathlib
import subprocess
import tempfile

from reportlab.lib.pagesizes import A4
from reportlab.lib.styles import getSampleStyleSheet
from reportlab.platypus import BaseDocTemplate, Frame, PageTemplate, Paragraph
from xml.sax.saxutils import escape


def records(path, limit):
    opener = lzma.open if str(path).endswith(".xz") else open
    with opener(path, "rt", encoding="utf-8") as file:
        for number, line in enumerate(file):
            if number == limit:
                return
            yield json.loads(line)


def paragraphs(text):
    return [part.strip() for part in text.split("\n\n") if part.strip()]


def write_pdf(path, text, columns):
    style = getSampleStyleSheet()["BodyText"]
    width, height = A4
    gap, margin = 18, 54
    column = (width - 2 * margin - gap * (columns - 1)) / columns
    frames = [
        Frame(margin + index * (column + gap), margin, column, height - 2 * margin, 0, 0, 0, 0)
        for index in range(columns)
    ]
    document = BaseDocTemplate(str(path), pagesize=A4)
    document.addPageTemplates([PageTemplate(frames=frames)])
    document.build([Paragraph(escape(part), style) for part in paragraphs(text)])


def write_html(path, text):
    body = "\n".join(f"<p>{escape(part)}</p>" for part in paragraphs(text))
    path.write_text(f'<!doctype html><html><head><meta charset="utf-8"></head><body>{body}</body></html>')


def write_docx(path, text):
    html = path.with_suffix(".tmp.html")
    write_html(html, text)
    subprocess.run(["pandoc", "-f", "html", "-t", "docx", "-o", path, html], check=True)


FORMATS = {
    "plain text": ("a.txt", lambda path, text: path.write_text(text)),
    "HTML": ("a.html", write_html),
    "DOCX": ("a.docx", write_docx),
    "PDF": ("a.pdf", lambda path, text: write_pdf(path, text, 1)),
    "PDF, two columns": ("b.pdf", lambda path, text: write_pdf(path, text, 2)),
}


def folded(text):
    return " ".join(text.casefold().split())


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("program")
    parser.add_argument("data")
    parser.add_argument("--limit", type=int, default=100)
    parser.add_argument("--budget", type=int, default=400)
    options = parser.parse_args()
    hits = dict.fromkeys(FORMATS, 0)
    count = 0
    with tempfile.TemporaryDirectory() as folder:
        for record in records(options.data, options.limit):
            count += 1
            for name, (file, write) in FORMATS.items():
                path = pathlib.Path(folder) / file
                write(path, record["context"])
                run = subprocess.run(
                    [options.program, "retrieve", "--json", "--quiet", "--budget", str(options.budget), path,
                     record["input"]], check=True, capture_output=True, text=True)
                evidence = folded(" ".join(piece["text"] for piece in json.loads(run.stdout)["evidence"]))
                hits[name] += any(folded(answer) in evidence for answer in record["answers"] if answer)
    for name, hit in hits.items():
        print(f"{name:18} {hit / count:.3f}  ({hit} of {count})")


if __name__ == "__main__":
    main()
