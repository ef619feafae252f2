"""clusterreport trace: says in words where a number of a finished file comes from, without its project."""

from __future__ import annotations

import json
import sys
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from clusterreport.cli.arguments import add_json
from clusterreport.messages import counted, message

if TYPE_CHECKING:
    import argparse
    from collections.abc import Iterator, Mapping

    from clusterreport.verify.ledger import FactsLedger

    Entry = Mapping[str, Any]

_MOST_ROWS: Final = 20  # rows of a table that --rows prints


def add_to(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add the command to the command line."""
    command = commands.add_parser("trace", help=message("say where a number of a finished file comes from"))
    command.add_argument(
        "file",
        type=Path,
        metavar="FILE",
        help=message("the PDF or Word file of an edition, its facts.json, or its folder"),
    )
    command.add_argument(
        "words", nargs="?", default="", metavar="NUMBER",
        help=message("a number as it is printed, an id, or what it is called (default: list all)"),
    )  # fmt: skip
    command.add_argument("--rows", action="store_true", help=message("print the rows too, where the data are attached"))
    add_json(command)
    command.set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    """Print what the file says of a number, or a line for each."""
    from clusterreport.verify.ledger import read_ledger

    ledger = read_ledger(options.file)
    found = ledger.called(options.words) if options.words else (*ledger.numbers, *ledger.statements, *ledger.claims)
    if options.json:
        sys.stdout.write(json.dumps({"problems": [], "found": found}, ensure_ascii=False) + "\n")
        return 0
    for entry in found:
        lines = _traced(entry, ledger, rows=options.rows) if options.words else (_headed(entry),)
        sys.stdout.writelines(f"{line}\n" for line in lines)
    return 0


def _headed(entry: Entry) -> str:
    from clusterreport.verify.ledger import title_of

    printed = message(", ").join(entry.get("printed", ()))
    title = title_of(entry)
    words = title if printed in {"", title} else message("{what}: {words}", what=printed, words=title)
    return f"{entry.get('id', '')}  {words}"


def _traced(entry: Entry, ledger: FactsLedger, *, rows: bool) -> Iterator[str]:
    yield _headed(entry)
    if "basis" in entry:
        yield from _based(entry["basis"], ledger, 1, rows=rows)
    for value in entry.get("values", ()):  # of a claim
        name, amount, unit = (value.get(part) or "" for part in ("name", "amount", "unit"))
        yield from _indented(1, message("held against {name} = {amount}{unit}", name=name, amount=amount, unit=unit))
        if "basis" in value:
            yield from _based(value["basis"], ledger, 2, rows=rows)
    if "speaker" in entry:
        yield from _said(entry, 1)
        yield from _rows(entry, ledger, 1, rows=rows)


def _based(basis: Entry, ledger: FactsLedger, depth: int, *, rows: bool) -> Iterator[str]:
    from clusterreport.verify.ledger import label_of

    match basis.get("kind"):
        case "computed":
            yield from _indented(depth, f"= {basis.get('formula', '')}")
            for given in basis.get("inputs", ()):
                yield from _indented(depth + 1, label_of(given))
                yield from _based(given, ledger, depth + 2, rows=rows)
        case "published":
            yield from _said(basis, depth)
            if note := basis.get("note"):
                yield from _indented(depth, message("note: {words}", words=note))
        case "given":
            yield from _indented(depth, message("set: {words}", words=basis.get("setting", "")))
        case _:
            pass
    yield from _rows(basis, ledger, depth, rows=rows)


def _said(entry: Entry, depth: int) -> Iterator[str]:
    if quote := entry.get("quote"):
        yield from _indented(depth, message("quoted: {words}", words=quote))
    if speaker := entry.get("speaker"):
        yield from _indented(depth, message("said by: {words}", words=speaker))
    if source := entry.get("source"):
        yield from _indented(depth, message("source: {words}", words=source))
    if when := entry.get("year") or entry.get("date"):
        yield from _indented(depth, message("of: {words}", words=when))


def _rows(entry: Entry, ledger: FactsLedger, depth: int, *, rows: bool) -> Iterator[str]:
    for each in entry.get("rows", ()):
        yield from _indented(depth, _counted(each))
        if rows:
            for number, cells in islice(ledger.cells_of(each), _MOST_ROWS):
                yield from _indented(depth + 1, message("row {row}: {words}", row=number, words=cells))


def _counted(rows: Entry) -> str:
    """Return how many rows of which table there are, by which condition, and their numbers."""
    count, table = int(rows.get("count") or 0), rows.get("dataset", "")
    numbers, where = message(", ").join(map(str, rows.get("ranges", ()))), rows.get("where") or ""
    if where in {"", "all"}:
        return counted(
            count, "{table}: 1 row ({rows})", "{table}: {count:,} rows ({rows})", table=table, rows=numbers
        )  # fmt: skip
    return counted(
        count,
        "{table}: 1 row where {condition} ({rows})",
        "{table}: {count:,} rows where {condition} ({rows})",
        table=table, condition=where, rows=numbers,
    )  # fmt: skip


def _indented(depth: int, words: str) -> Iterator[str]:
    yield f"{'  ' * depth}{words}"
