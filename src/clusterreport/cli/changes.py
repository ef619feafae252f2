"""clusterreport changes: says what changed between two finished issues, and why."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

from clusterreport.cli.arguments import add_folder_option, add_json
from clusterreport.messages import message

if TYPE_CHECKING:
    import argparse

    from clusterreport.document.changes import Difference, IssueComparison
    from clusterreport.document.vintages import EditionFacts, Vintage
    from clusterreport.locale import Language


def add_to(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add the command to the command line."""
    command = commands.add_parser("changes", help=message("say what changed between two issues, and why"))
    what = message("an issue of this project, the folder of an edition, its PDF, its Word file or its facts.json")
    command.add_argument("old", metavar="OLD", help=what)
    command.add_argument("new", metavar="NEW", help=message("the later one, called in the same ways"))
    command.add_argument(
        "--audience", default="", metavar="NAME", help=message("for which audience, where an issue has several")
    )
    command.add_argument(
        "--out", type=Path, metavar="FILE", help=message("write all of it as a Word file or a PDF: FILE.docx, FILE.pdf")
    )
    add_folder_option(command)
    add_json(command)
    command.set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    """Print the largest changes with their causes; all of them as JSON, or in a file."""
    from clusterreport import settings
    from clusterreport.app import issue_changes
    from clusterreport.document.changes import compare

    root = options.project.resolve()
    root = root if (root / settings.FILE_NAME).is_file() else None
    output = settings.load(root).output if root else None
    old, new = (issue_changes.edition_of(said, options.audience, output) for said in (options.old, options.new))
    compared = compare(old, new)
    if options.out:
        issue_changes.write(options.out, old, new, root)
    if options.json:
        sys.stdout.write(json.dumps({"problems": [], **_plain(compared)}, ensure_ascii=False) + "\n")
        return 0
    sys.stdout.writelines(f"{line}\n" for line in _lines(compared, new))
    if options.out:
        sys.stdout.write(message("written: {path}\n", path=options.out))
    return 0


def _lines(compared: IssueComparison, new: EditionFacts) -> list[str]:
    """Return how many numbers changed and why, and the largest changes, at most seven."""
    from clusterreport.document.changes import Cause, families, shown_first
    from clusterreport.document.changes_document import language_of
    from clusterreport.locale import phrase

    language = language_of(new)
    told = [
        message(
            "{count} of the {both} numbers that both print are others; {new} are new, {gone} are gone",
            count=len(compared.differences),
            both=compared.both,
            new=len(compared.new),
            gone=len(compared.gone),
        )
    ]
    counts = ((phrase(f"change.{cause.value}", language), compared.counted(cause)) for cause in Cause)
    told += [message("  {what}: {count}", what=words, count=count) for words, count in counts if count]
    told += [_line(family.first, family.count, language) for family in shown_first(families(compared.differences))]
    return told


def _line(difference: Difference, count: int, language: Language) -> str:
    from clusterreport.document.changes_document import delta_of, label_of, value_of, why
    from clusterreport.locale import phrase

    label = label_of(difference.after, difference.things, language)
    before, after = (value_of(each, language) for each in (difference.before, difference.after))
    causes = [each for each in (delta_of(difference, language), why(difference, language)) if each]
    joined = phrase("change.joined", language, parts=tuple(causes))
    line = phrase("change.arrow_with", language, label=label, before=before, after=after, why=joined)
    return message("{line}; {more} more of its kind", line=line, more=count - 1) if count > 1 else line


def _plain(compared: IssueComparison) -> dict[str, Any]:
    from clusterreport.document.changes import Cause

    return {
        "both": compared.both,
        "causes": {cause.value: compared.counted(cause) for cause in Cause},
        "differences": [_difference(each) for each in compared.differences],
        "new": [_number(each) for each in compared.new],
        "gone": [_number(each) for each in compared.gone],
    }


def _difference(each: Difference) -> dict[str, Any]:
    return {
        "name": each.after.name,
        "label": each.after.label,
        "things": each.things,
        "before": _number(each.before),
        "after": _number(each.after),
        "delta": None if each.delta is None else str(each.delta),
        "parts": {cause.value: str(part) for cause, part in each.parts.items()},
        "revisions": [{"on": revision.on, "reason": revision.reason} for revision in each.revisions],
    }


def _number(vintage: Vintage) -> dict[str, Any]:
    amount = None if vintage.amount is None else str(vintage.amount)
    return {
        "name": vintage.name, "label": vintage.label, "amount": amount, "unit": vintage.unit, "period": vintage.period,
        "printed": vintage.printed,
    }  # fmt: skip
