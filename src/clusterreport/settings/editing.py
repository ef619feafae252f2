"""Adds a text to a list of a TOML file, and leaves everything else in it as it stands, comments included."""

from __future__ import annotations

import difflib
import json
import re
import tomllib
from typing import Final, NamedTuple


class _List(NamedTuple):
    """Where a list stands in a text: behind its opening bracket, behind its last item, at its closing bracket."""

    begin: int
    last: int
    end: int


def with_item(text: str, table: str, key: str, item: str, others: tuple[str, ...] = ()) -> str | None:
    """Return ``text`` with ``item`` at the end of the list ``key`` of a table; where it has none, of ``others``.

    None where that cannot be done so that the file says the same but for the item.
    """
    header = re.search(rf"(?m)^[ \t]*\[[ \t]*{re.escape(table)}[ \t]*\][^\n]*(?:\n|\Z)", text)
    if header is None:
        return None
    end = next((found.start() for found in _HEADER.finditer(text, header.end())), len(text))
    line = re.compile(rf"""(?m)^[ \t]*(["']?){re.escape(key)}\1[ \t]*=[ \t]*\[""").search(text, header.end(), end)
    if line is None:
        written = f"{key} = [{', '.join(map(_quoted, (*others, item)))}]\n"
        newline = "" if header[0].endswith("\n") else "\n"
        changed = text[: header.end()] + newline + written + text[header.end() :]
    else:
        changed = _appended(text, _list_at(text, line.end()), item)
    before = _says(text, table, key)
    return changed if _says(changed, table, key) == [*(others if before is None else before), item] else None


def changed_lines(before: str, after: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return the lines that went and the lines that came between two texts ."""
    old, new = before.splitlines(), after.splitlines()
    parts = difflib.SequenceMatcher(a=old, b=new, autojunk=False).get_opcodes()
    went = (line for kind, start, end, _, _ in parts if kind != "equal" for line in old[start:end])
    came = (line for kind, _, _, start, end in parts if kind != "equal" for line in new[start:end])
    return tuple(went), tuple(came)


def _list_at(text: str, begin: int) -> _List:
    """Return the list whose opening bracket ends at ``begin``; its items are texts."""
    last = begin
    for token in _TOKEN.finditer(text, begin):
        if token[0] == "]":
            return _List(begin, last, token.start())
        if not token[0].startswith("#"):
            last = token.end()
    return _List(begin, last, len(text))


def _appended(text: str, found: _List, item: str) -> str:
    """Return ``text`` with the item behind the last one: on a line of its own where that has one."""
    quoted, rest = _quoted(item), text[found.last : found.end]
    if found.last == found.begin:
        return text[: found.begin] + quoted + text[found.begin :]
    start = text.rfind("\n", 0, found.last) + 1
    if start <= found.begin or "\n" not in rest:  # beside the others, or before the bracket
        return f"{text[: found.last]}, {quoted}{text[found.last :]}"
    indent = text[start : found.last].partition(text[start : found.last].lstrip())[0]
    comma = rest.lstrip().startswith(",")
    before = text[: found.last] + ("" if comma else ",")
    line, newline, below = text[found.last :].partition("\n")
    ending = "\r" if line.endswith("\r") else ""
    return f"{before}{line}{newline}{indent}{quoted}{',' if comma else ''}{ending}\n{below}"


def _says(text: str, table: str, key: str) -> list[str] | None:
    try:
        found = tomllib.loads(text.removeprefix("\ufeff")).get(table, {}).get(key)
    except tomllib.TOMLDecodeError:
        return None
    return found if isinstance(found, list) else None


def _quoted(item: str) -> str:
    return json.dumps(item, ensure_ascii=False)


_HEADER: Final = re.compile(r"(?m)^[ \t]*\[")
_TOKEN: Final = re.compile(r"""#[^\n]*|"(?:\\.|[^"\\])*"|'[^']*'|\]""")
