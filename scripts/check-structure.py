#!/usr/bin/env python3
"""Checks that dependencies point down: no files and no folders of a module know each other in a circle.

Follows the names of top-level types: a file knows another if it names a type that the other declares. Comments and strings do
not count. Imports between modules are checked by the build (--explicit-target-dependency-import-check).
Usage: check-structure.py [MODULE ...]   (default: every Swift module under Sources)
Exit code 1 where there is a circle.
"""
import collections
import pathlib
import re
import sys

SOURCES = pathlib.Path(__file__).resolve().parent.parent / "Sources"
DECLARATION = re.compile(
    r"^(?:(?:public|package|internal|private|fileprivate|final|indirect) )*"
    r"(?:struct|class|enum|protocol|actor|typealias) (\w+)", re.M)


def code(path):
    text = path.read_text()
    text = re.sub(r'"""(?:\\.|.)*?"""', '""', text, flags=re.S)
    text = re.sub(r'"(?:\\.|[^"\\\n])*"', '""', text)
    text = re.sub(r"/\*.*?\*/", "", text, flags=re.S)
    return re.sub(r"//[^\n]*", "", text)


def circles(graph):
    """The strongly connected components of more than one node (Tarjan 1972)."""
    index, low, stack, found = {}, {}, [], []

    def visit(node):
        index[node] = low[node] = len(index)
        stack.append(node)
        for other in sorted(graph[node]):
            if other not in index:
                visit(other)
                low[node] = min(low[node], low[other])
            elif other in stack:
                low[node] = min(low[node], index[other])
        if low[node] == index[node]:
            component = []
            while component[-1:] != [node]:
                component.append(stack.pop())
            if len(component) > 1:
                found.append(sorted(component))

    for node in sorted(graph):
        if node not in index:
            visit(node)
    return found


def check(module):
    folder = SOURCES / module
    texts = {path: code(path) for path in sorted(folder.rglob("*.swift"))}
    owners = collections.defaultdict(set)
    for path, text in texts.items():
        for name in DECLARATION.findall(text):
            owners[name].add(path)
    files, folders = collections.defaultdict(set), collections.defaultdict(set)
    for path, text in texts.items():
        known = {p for word in set(re.findall(r"\b[A-Z]\w*", text)) for p in owners.get(word, ())} - {path}
        files[path.relative_to(folder)] |= {p.relative_to(folder) for p in known}
        for other in known:
            if other.parent != path.parent:
                folders[path.parent.relative_to(folder)].add(other.parent.relative_to(folder))
    for path in list(files):
        files[path] |= set()
    for other in {o for others in folders.values() for o in others}:
        folders[other] |= set()
    bad = [("files", circle) for circle in circles(files)] + [("folders", circle) for circle in circles(folders)]
    for kind, circle in bad:
        print(f"{module}: {kind} in a circle: " + ", ".join(map(str, circle)))
        edges = files if kind == "files" else folders
        for node in circle:
            print(f"    {node} -> " + ", ".join(str(o) for o in sorted(edges[node]) if o in circle))
    return not bad


if __name__ == "__main__":
    modules = sys.argv[1:] or sorted(p.name for p in SOURCES.iterdir() if any(p.rglob("*.swift")))
    sys.exit(0 if all([check(module) for module in modules]) else 1)
