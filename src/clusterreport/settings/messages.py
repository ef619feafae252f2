"""Says what pydantic finds wrong with a file of settings in our words: place, problem, remedy, in the file's order."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from clusterreport.errors import Problem
from clusterreport.likeness import named_instead
from clusterreport.messages import message, template
from clusterreport.settings.toml_file import quoted

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Mapping

    from pydantic_core import ErrorDetails

MOST_PROBLEMS: Final = 200
"""How many faults of one file are listed at once."""

Place = tuple[Any, ...]
"""Where a setting stands: its keys (str) from the outermost table on, and the index (int, from 0) in each list."""


@dataclass(frozen=True, slots=True)
class Source:
    """A file whose faults are told.

    ``place`` is what the user calls it, ``schema`` its JSON schema, which knows what should stand there. No value of
    the tables ``unquoted`` is quoted. ``sample`` is a file that a missing setting can be copied from, "" for none.
    ``called`` says what a message calls a place in the content.
    """

    place: str
    content: Mapping[str, Any]
    schema: Mapping[str, Any]
    unquoted: frozenset[str]
    sample: str
    called: Callable[[Place, Any], str]

    def problems(self, details: Iterable[ErrorDetails]) -> list[Problem]:
        """Return all that pydantic found, in the file's order; of more than can be read, the first."""
        orders: dict[int, dict[str, int]] = {}
        found = sorted(details, key=lambda detail: _rank(detail["loc"], self.content, orders))
        problems = [self._problem(detail) for detail in found[:MOST_PROBLEMS]]
        if len(found) > MOST_PROBLEMS:
            more = message("{count:,} more things are wrong", count=len(found) - MOST_PROBLEMS)
            problems.append(Problem(self.place, more, message("Mend these first, then check again.")))
        return problems

    def _problem(self, detail: ErrorDetails) -> Problem:
        """Return the fault as a user reads it."""
        place = tuple(part for part in detail["loc"] if part != _KEY)
        where = self.called(place, self.content)
        return Problem(
            message("{place}, {where}", place=self.place, where=where) if where else self.place,
            *self._said(place, detail),
        )

    def _said(self, place: Place, detail: ErrorDetails) -> tuple[str, str]:
        """Return problem and remedy."""
        value = message("it") if place and place[0] in self.unquoted else quoted(detail["input"])
        match detail["type"]:
            case "fault":
                return detail["ctx"]["problem"], detail["ctx"]["remedy"]
            case "missing":
                return message("it is not set"), self._to_add(place)
            case "extra_forbidden" | "unexpected_keyword_argument":
                return _unknown(str(place[-1]), detail["input"], self._table(place[:-1]).get("properties", {}))
            case "literal_error":
                return message("{value} is not known", value=value), message(
                    "Write {wanted}.", wanted=_wanted(self._node(place))
                )
            case _:
                return self._wrong_kind(place, value)

    def _wrong_kind(self, place: Place, value: str) -> tuple[str, str]:
        key, *inner = place
        node, entry = self._node(place), self._node((key, 0))
        if entry.get("type") == "object" and not inner[1:]:
            return message("it is not a list of tables"), message(
                "Write [[{key}]] on a line of its own before each.", key=key
            )
        if node.get("type") != "object":
            return message("{value} is of the wrong kind", value=value), message(
                "Write {wanted}.", wanted=_wanted(node)
            )
        if not inner:
            return message("it is not a table"), message("Write [{key}] on a line of its own.", key=key)
        remedy = (
            message("Write a table, as {sample} does.", sample=self.sample)
            if self.sample
            else message("Write {wanted}.", wanted=_wanted(node))
        )
        return message("{value} is of the wrong kind", value=value), remedy

    def _to_add(self, place: Place) -> str:
        """Return what to do about a setting that cannot be done without."""
        if self.sample:
            return message("Copy it from {sample}.", sample=self.sample)
        table, key = place[:-1], place[-1]
        heading = message(" under {table}", table=_heading(table)) if table else ""
        return message(
            "Write {key} = {example}{heading}.", key=key, example=_example(self._node(place)), heading=heading
        )

    def _node(self, place: Place) -> Mapping[str, Any]:
        """Return the part of the JSON schema that speaks of a place, empty where none does."""
        node = self.schema
        for part in place:
            if isinstance(part, int):
                node = node.get("items", {})
            else:
                node = node.get("properties", {}).get(part) or node.get("additionalProperties") or {}
            if reference := node.get("$ref"):
                node = {**self.schema["$defs"][reference.rpartition("/")[2]], **node}
        return node

    def _table(self, place: Place) -> Mapping[str, Any]:
        """Return the part that speaks of a table, also of one that a text may stand for."""
        node = self._node(place)
        references = [one["$ref"] for one in node.get("anyOf", ()) if "$ref" in one]
        return self.schema["$defs"][references[0].rpartition("/")[2]] if references else node


def setting_place(place: Place, content: Any) -> str:  # noqa: ANN401 -- of any file
    """Return how a message calls a place: ``schedule (2).rule``, where the second table of that name is meant."""
    where = ""
    for part in place:
        known = isinstance(content, list) or (isinstance(content, dict) and part in content)
        content = content[part] if known else None
        if isinstance(part, str):
            where += "." + (quoted(part)[1:-1] or '""')
        elif isinstance(content, dict):
            where += f" ({part + 1})"
    return where.removeprefix(".")


def _is_tables(value: object) -> bool:
    return isinstance(value, dict) or (isinstance(value, list) and bool(value) and isinstance(value[0], dict))


def _rank(place: Place, content: Any, orders: dict[int, dict[str, int]]) -> list[float]:  # noqa: ANN401 -- of any file
    """Return what sorts faults as the file goes: those of a table before those in it, and last what it lacks."""
    rank: list[float] = []
    for part in place:
        if isinstance(content, dict) and part in content:
            order = orders.get(id(content)) or {key: number for number, key in enumerate(content)}
            orders[id(content)] = order
            rank.append(order[part])
        elif isinstance(content, list) and isinstance(part, int):
            rank.append(part)
        else:
            return [*rank, math.inf]
        content = content[part]
    return rank


def _heading(table: Place) -> str:
    name = ".".join(part for part in table if isinstance(part, str))
    return f"[[{name}]]" if isinstance(table[-1], int) else f"[{name}]"


def _unknown(key: str, value: object, known: Collection[str]) -> tuple[str, str]:
    """Return what to say of a setting that was not asked for: what may be written instead, what it looks like first."""
    if key in known:
        return message("it is set by its other name already"), message("Leave one of the two lines.")
    problem = message("there is no such table") if _is_tables(value) else message("there is no such setting")
    return problem, named_instead(key, [name for name in known if name.isascii() == key.isascii()] or known)


def _example(node: Mapping[str, Any]) -> str:
    """Return what may be written for a setting, as TOML has it."""
    example = next(iter(node.get("examples", ())), "…")
    match node.get("type"):
        case "array":
            return '["…", "…"]'
        case "object":
            return "{ … }"
        case "string" if "format" not in node:
            return f'"{example}"'
        case _:
            return str(example)


def _wanted(node: Mapping[str, Any]) -> str:
    """Return what a setting should be."""
    if choices := node.get("enum"):
        return message("one of: {choices}", choices=message(", ").join(choices))
    return message(_KINDS[node.get("format") or node.get("type") or "string"])


_KINDS: Final[Mapping[str, str]] = {
    "string": template('words in quotes, "…"'),
    "integer": template("a whole number"),
    "number": template("a number, such as 10.5"),
    "boolean": template("true or false"),
    "date": template("a date, 2025-09-22"),
    "array": template('a list of words, ["…", "…"]'),
    "object": template("a table, { … }"),
}
_KEY: Final = "[key]"  # pydantic's part of a place that is a key itself
