"""Reads the conditions of facts.json by docs/facts.md and finds their rows in CSV files; imports nothing of src."""

from __future__ import annotations

import csv
import hashlib
import json
import re
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path
from typing import Any

Row = dict[str, str]
Test = Callable[[Row], bool]

TOKEN = re.compile(r'"(?:[^"\\]|\\.)*"|[()=,]|!=|<=|>=|<|>|[^\s()=,<>!"]+')
ORDERS: dict[str, Callable[[Any, Any], bool]] = {
    "=": lambda left, right: left == right, "!=": lambda left, right: left != right,
    "<": lambda left, right: left < right, "<=": lambda left, right: left <= right,
    ">": lambda left, right: left > right, ">=": lambda left, right: left >= right,
}  # fmt: skip


@cache
def rows_where(condition: str, folder: Path, file: str) -> tuple[int, ...]:
    """Return the numbers of the rows of ``file`` that meet ``condition``; the header is row 1."""
    if not condition:
        return ()
    test = Reader(condition, folder).read()
    return tuple(number for number, row in enumerate(table(folder, file), 2) if test(row))


@cache
def table(folder: Path, file: str) -> tuple[Row, ...]:
    with (folder / file).open(encoding="utf-8-sig", newline="") as lines:
        return tuple({name: cell.strip() for name, cell in row.items()} for row in csv.DictReader(lines))


def digest(rows: tuple[int, ...]) -> str:
    return hashlib.sha256(",".join(str(row) for row in rows).encode("ascii")).hexdigest()


def references(basis: dict[str, Any]) -> Iterator[dict[str, Any]]:
    yield from basis.get("rows", ())
    for part in basis.get("inputs", ()):
        yield from references(part)


def items(cell: str) -> list[str]:
    return [item.strip() for item in cell.split(";")] if cell else []


class Reader:
    """A reader by descent: or, and, not, and what stands between them."""

    def __init__(self, condition: str, folder: Path) -> None:
        """Begin before the first word of ``condition``; the files that it names lie in ``folder``."""
        self.tokens: list[str] = TOKEN.findall(condition)
        self.folder = folder

    def read(self) -> Test:
        test = self.either()
        assert not self.tokens, self.tokens
        return test

    def take(self, *expected: str) -> str:
        token = self.tokens.pop(0)
        assert not expected or token in expected, (token, expected)
        return token

    def next_is(self, *tokens: str) -> bool:
        return self.tokens[: len(tokens)] == list(tokens)

    def either(self) -> Test:
        parts = [self.every()]
        while self.next_is("or"):
            self.take()
            parts.append(self.every())
        return lambda row: any(part(row) for part in parts)

    def every(self) -> Test:
        parts = [self.one()]
        while self.next_is("and"):
            self.take()
            parts.append(self.one())
        return lambda row: all(part(row) for part in parts)

    def one(self) -> Test:
        if self.next_is("not"):
            self.take()
            inner = self.one()
            return lambda row: not inner(row)
        if self.next_is("all"):
            self.take()
            return lambda _row: True
        if self.next_is("("):
            self.take()
            inside = self.either()
            self.take(")")
            return inside
        return self.test()

    def test(self) -> Test:
        if self.next_is("count", "("):
            self.take(), self.take()
            column = self.take()
            self.take(")")
            order, number = ORDERS[self.take()], int(self.take())
            return lambda row: order(len(items(row[column])), number)
        column, sign = self.take(), self.take("has", "in", *ORDERS)
        if sign == "in":
            values = self.values()
            return lambda row: row[column] in values
        if sign == "has" and self.next_is("any", "of"):
            self.take(), self.take()
            several = self.values()
            return lambda row: any(item in several for item in items(row[column]))
        if sign == "has":
            value = self.value()
            return lambda row: value in items(row[column])
        return self.compared(column, ORDERS[sign])

    def compared(self, column: str, order: Callable[[Any, Any], bool]) -> Test:
        if self.tokens[0].isdecimal():
            number = int(self.take())
            return lambda row: order(float(row[column]), number)
        if self.tokens[0] in {"true", "false"}:
            truth = self.take()
            return lambda row: order(row[column].lower(), truth)
        text = self.value()
        return lambda row: order(row[column], text)

    def value(self) -> str:
        token = self.take()
        return str(json.loads(token)) if token.startswith('"') else token

    def values(self) -> frozenset[str]:
        self.take("(")
        if self.next_is(")"):
            self.take()
            return frozenset()
        first = self.value()
        if self.next_is("of"):
            self.take()
            file = self.value()
            self.take("where")
            test = self.either()
            self.take(")")
            return frozenset(item for row in table(self.folder, file) if test(row) for item in items(row[first]))
        found = {first}
        while self.take(",", ")") == ",":
            found.add(self.value())
        return frozenset(found)
