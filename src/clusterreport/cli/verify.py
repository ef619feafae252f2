"""clusterreport verify: holds any Word file, PDF or text against a ledger of numbers."""

from __future__ import annotations

import json
import sys
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING

from clusterreport.cli.arguments import add_json
from clusterreport.messages import message
from clusterreport.verify.verdicts import FactVerdict

if TYPE_CHECKING:
    import argparse
    from collections.abc import Sequence

    from clusterreport.verify.verdicts import Judgement


def add_to(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add the command to the command line."""
    command = commands.add_parser("verify", help=message("hold a Word file, PDF or text against a ledger of numbers"))
    command.add_argument(
        "file", type=Path, metavar="FILE", help=message("the file: .docx, .pdf, or text, as .txt and .md")
    )
    command.add_argument(
        "--against", type=Path, metavar="LEDGER",
        help=message("a PDF, facts.json, folder or Word file of an edition (default: what the file itself carries)"),
    )  # fmt: skip
    command.add_argument(
        "--comments", type=Path, metavar="OUT.docx",
        help=message("write the Word file with a comment at each place besides"),
    )  # fmt: skip
    add_json(command)
    command.set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    """Print what is found; 1 where anything is contradicted or unbacked."""
    from clusterreport.app.verification import commented, judged

    found = judged(options.file, options.against)
    if options.comments:
        commented(options.file, found, options.comments)
    counts = Counter(each.verdict for each in found)
    if options.json:
        numbers = {verdict.value: counts[verdict] for verdict in FactVerdict}
        told = {"problems": [], "counts": numbers, "judgements": [each.parts() for each in found]}
        sys.stdout.write(json.dumps(told, ensure_ascii=False) + "\n")
    else:
        _print(found, counts)
    return int(any(each.is_fault for each in found))


def _print(found: Sequence[Judgement], counts: Counter[FactVerdict]) -> None:
    names = _names()
    for each in found:
        if each.verdict is not FactVerdict.BACKED:
            line = message(
                "{place}: {verdict}: “{words}”: {why}",
                place=each.place, verdict=names[each.verdict], words=each.words, why=each.why,
            )  # fmt: skip
            sys.stdout.write(f"{line}\n")
    sums = (message("{count} {verdict}", count=counts[verdict], verdict=names[verdict]) for verdict in FactVerdict)
    sys.stdout.write(message(", ").join(sums) + "\n")


def _names() -> dict[FactVerdict, str]:
    return {
        FactVerdict.BACKED: message("backed"),
        FactVerdict.UNBACKED: message("unbacked"),
        FactVerdict.CONTRADICTED: message("contradicted"),
        FactVerdict.UNCHECKABLE: message("not checkable"),
    }
