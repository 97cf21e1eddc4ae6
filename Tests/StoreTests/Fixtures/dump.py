#!/usr/bin/python3
"""Writes a database as SQL for ReleaseTests: dump.py obox.db > VERSION.sql, with a database that the version made.

Tables come first, then rows (those that others refer to first), then indexes, views and triggers, so that triggers do not
run for the rows. The content of a full-text index is made by the daemon again and left out.
"""

import sqlite3
import sys

database = sqlite3.connect(sys.argv[1])


def schema(*kinds):
    marks = ", ".join("?" * len(kinds))
    return database.execute(
        f"SELECT name, sql FROM sqlite_schema WHERE type IN ({marks}) AND sql IS NOT NULL ORDER BY rowid", kinds).fetchall()


kinds = {row[1]: row[2] for row in database.execute("PRAGMA table_list")}
tables = [(name, sql) for name, sql in schema("table") if kinds[name] != "shadow" and not name.startswith("sqlite_")]


def parents(name):
    return {row[2] for row in database.execute(f'PRAGMA foreign_key_list("{name}")')} - {name}


order, left = [], [name for name, _ in tables if kinds[name] == "table"]
while left:
    ready = [name for name in left if not parents(name) & set(left)]
    order += ready
    left = [name for name in left if name not in ready]
    if not ready:
        raise SystemExit(f"these tables refer to each other: {left}")

for name, sql in tables:
    # The store makes this table itself.
    if name != "schema_migrations":
        print(sql + ";")
for name in order:
    columns = [row[1] for row in database.execute(f'PRAGMA table_info("{name}")')]
    values = ", ".join(f'quote("{column}")' for column in columns)
    for row in database.execute(f'SELECT {values} FROM "{name}" ORDER BY 1'):
        print(f'INSERT INTO "{name}" VALUES ({", ".join(row)});')
for name, sql in schema("index", "view", "trigger"):
    print(sql + ";")
