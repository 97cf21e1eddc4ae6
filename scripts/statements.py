#!/usr/bin/env python3
"""Tells which SQL statements of the sources no test has prepared: the unit tests leave those that they did in .build/statements."""

import pathlib
import re
import sys

LITERAL = re.compile(r'"""\n(.*?)"""|"((?:[^"\\\n]|\\.)*)"', re.S)
STATEMENT = re.compile(r"\s*(SELECT|INSERT|UPDATE|DELETE|REPLACE|WITH)\s")


def collapsed(text):
    return " ".join(text.split())


def pattern(literal):
    """What the statement's text looks like, with anything in place of what is put in."""
    parts, depth, start, index = [], 0, 0, 0
    while index < len(literal):
        if depth == 0 and literal.startswith("\\(", index):
            parts.append(literal[start:index])
            depth, index = 1, index + 2
        elif depth:
            depth += {"(": 1, ")": -1}.get(literal[index], 0)
            index += 1
            start = index
        else:
            index += 1
    parts.append(literal[start:])
    pieces = [re.escape(collapsed(f"|{part}|")[1:-1].replace('\\"', '"')) for part in parts]
    return re.compile(".*?".join(pieces))


def literals(folder):
    for path in sorted(pathlib.Path(folder).rglob("*.swift")):
        text = path.read_text()
        for found in LITERAL.finditer(text):
            literal = found[1] or found[2] or ""
            if STATEMENT.match(literal):
                yield path, text.count("\n", 0, found.start()) + 1, literal


def main():
    record = pathlib.Path(".build/statements")
    if not record.exists():
        sys.exit("statements: no test of ApplianceTests has run")
    prepared = [collapsed(text) for text in record.read_text().split("\0")]
    count, missing = 0, []
    for path, line, literal in literals("Sources/Appliance"):
        count += 1
        wanted = pattern(literal)
        if not any(wanted.search(text) for text in prepared):
            missing.append(f"{path}:{line}: {collapsed(literal)[:100]}")
    print(f"{count - len(missing)} of {count} SQL statements of the sources were prepared by tests")
    if missing:
        print("no test runs:", *missing, sep="\n")


main()
