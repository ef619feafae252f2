"""clusterreport where: lists every place, page and edition that prints a fact."""

from __future__ import annotations

import json
import sys
from typing import TYPE_CHECKING, Any, Final

from clusterreport.cli.arguments import add_folder_option, add_json, listed
from clusterreport.errors import ProblemsError
from clusterreport.messages import message, template

if TYPE_CHECKING:
    import argparse
    from collections.abc import Iterator

    from clusterreport.app.print_search import FinishedEdition, FoundFact, FoundPrint

_KINDS: Final = {
    "title": template("title"),
    "paragraph": template("paragraph"),
    "item": template("list"),
    "callout": template("box"),
    "key_figure": template("key figure"),
    "cell": template("cell"),
    "note": template("note"),
    "footnote": template("footnote"),
    "caption": template("caption"),
    "chart": template("chart"),
    "plotted": template("a point of a chart, without characters"),
}


def add_to(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add the command to the command line."""
    command = commands.add_parser("where", help=message("list every place, page and edition that prints a fact"))
    command.add_argument(
        "words", metavar="FACT",
        help=message("a number as it is printed, the name of a finding, what it is called, or an id as leaders/n4"),
    )  # fmt: skip
    command.add_argument(
        "--issue", action="append", default=[], metavar="ISSUES",
        help=message("only this issue, or these, joined by commas (repeatable)"),
    )  # fmt: skip
    command.add_argument(
        "--audience", action="append", default=[], metavar="NAMES",
        help=message("only this audience, or these, joined by commas (repeatable)"),
    )  # fmt: skip
    add_folder_option(command)
    add_json(command)
    command.set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    """Print what is found; editions that cannot be read are told after it, and the exit code is then 1."""
    from clusterreport import settings
    from clusterreport.app.print_search import facts_called, finished_editions

    output = settings.load(options.project.resolve()).output
    editions, problems = finished_editions(output, listed(options.issue), listed(options.audience))
    if not editions:
        raise ProblemsError(problems)
    found = facts_called(options.words, editions)
    if options.json:
        told = {"problems": [problem.parts() for problem in problems], "found": [_as_object(fact) for fact in found]}
        sys.stdout.write(json.dumps(told, ensure_ascii=False) + "\n")
        return 1 if problems else 0
    sys.stdout.writelines(f"{line}\n" for fact in found for line in _lines(fact))
    if problems:
        raise ProblemsError(problems)
    return 0


def _lines(fact: FoundFact) -> Iterator[str]:
    yield fact.key if fact.title == fact.key else message("{what}: {words}", what=fact.key, words=fact.title)
    for edition, entry, prints in fact.editions:
        yield f"  {_edition_line(edition, str(entry.get('id', '')))}"
        yield from (f"    {_print_line(each)}" for each in prints)


def _edition_line(edition: FinishedEdition, id_: str) -> str:
    about = message(", ").join(filter(None, (edition.language, edition.focus)))
    if not about:
        return f"{edition.name}/{id_}"
    return message("{edition} ({about})", edition=f"{edition.name}/{id_}", about=about)


def _print_line(found: FoundPrint) -> str:
    place = found.place
    if not found.count:
        return message("{words}: it was built before places were listed; build it once more", words=found.words)
    page = message("page {page}", page=place["page"]) if "page" in place else ""
    kind = _KINDS.get(str(place.get("kind")))
    parts = (page, place.get("heading"), place.get("caption"), message(kind) if kind else "")
    where = message(", ").join(str(part) for part in parts if part)
    if found.count == 1:
        return message("{where}: {words}", where=where, words=found.words)
    return message("{where}: {words} ({count} times)", where=where, words=found.words, count=found.count)


def _as_object(fact: FoundFact) -> dict[str, Any]:
    editions = [
        {
            "edition": edition.name, "issue": edition.issue, "audience": edition.audience,
            "language": edition.language, "focus": edition.focus, "id": entry.get("id", ""),
            "amount": entry.get("amount"), "unit": entry.get("unit", ""),
            "prints": [{"words": each.words, "count": each.count, **_place(each)} for each in prints],
        }
        for edition, entry, prints in fact.editions
    ]  # fmt: skip
    return {"name": fact.key, "title": fact.title, "editions": editions}


def _place(found: FoundPrint) -> dict[str, Any]:
    return {key: value for key, value in found.place.items() if key != "id"}
