"""Keeps the record of an issue: its files, who approved them, what became of each delivery, and the hash of it all.

A record is a folder that needs no program to be read: the files as they went, three JSON files, and SHA256SUMS in the
form that ``sha256sum --check`` takes.
"""

from __future__ import annotations

import hashlib
from dataclasses import asdict
from typing import TYPE_CHECKING, Any, Final

from clusterreport.delivery import outbox as box
from clusterreport.delivery import shelving
from clusterreport.errors import Problem, UsageError
from clusterreport.publishing import as_json

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from clusterreport.delivery.outbox import IssueRow, Outbox

SUMS: Final = "SHA256SUMS"
APPROVALS: Final = "approvals.json"
DELIVERIES: Final = "deliveries.json"
HISTORY: Final = "history.json"

_MEND: Final = "Take the record from the backup, and find out who changed it."


def write_record(outbox: Outbox, issue: IssueRow, output: Path, archive: Path) -> Path:
    """Write the record of a built issue in place of an earlier one, whole or not at all, and return its folder."""
    name = str(issue.name)
    with shelving.at_work(archive):
        target, ledger = archive / name, _ledger(outbox, issue)
        if all((target / part).is_file() and (target / part).read_bytes() == held for part, held in ledger.items()):
            return target  # nothing has happened since
        contents = {**_files(outbox, issue, output / name), **ledger}
        contents[SUMS] = _sums(contents)
        shelving.put(contents, target)
    return target


def verify_record(folder: Path) -> tuple[Problem, ...]:
    """Return everything in which a record is not what it was when it was written."""
    try:
        lines = (folder / SUMS).read_text(encoding="utf-8").splitlines()
    except OSError:
        raise UsageError(
            str(folder), f"it holds no {SUMS}", "Name the folder of a record, or of the archive."
        ) from None
    expected = {name: digest for digest, _, name in (line.partition("  ") for line in lines)}
    found = {path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()} - {SUMS}
    problems = [Problem(f"{folder}/{name}", "it is missing", _MEND) for name in sorted(expected.keys() - found)]
    problems += [
        Problem(f"{folder}/{name}", "it is not of this record", _MEND) for name in sorted(found - expected.keys())
    ]
    problems += [
        Problem(f"{folder}/{name}", "it was changed", _MEND)
        for name in sorted(found & expected.keys())
        if hashlib.sha256((folder / name).read_bytes()).hexdigest() != expected[name]
    ]
    return tuple(problems)


def _files(outbox: Outbox, issue: IssueRow, folder: Path) -> dict[str, bytes]:
    """Return the files as the outbox knows them; UsageError where those on the disk are others."""
    contents: dict[str, bytes] = {}
    for row in box.files(outbox, issue.id):
        path = folder / row.audience / row.name
        content = path.read_bytes() if path.is_file() else b""
        if hashlib.sha256(content).hexdigest() != row.sha256:
            raise UsageError(str(path), "it is not the file that was built", "Put the file back from the backup.")
        contents[f"{row.audience}/{row.name}"] = content
    return contents


def _ledger(outbox: Outbox, issue: IssueRow, before: dict[str, bytes] | None = None) -> dict[str, bytes]:
    approvals = [
        approval
        for audience in dict.fromkeys(row.audience for row in box.files(outbox, issue.id))
        if (approval := box.approval(outbox, issue.id, audience)) is not None
    ]
    rows: Mapping[str, list[Any]] = {
        APPROVALS: approvals,
        DELIVERIES: list(box.deliveries(outbox, issue=issue.id)),
        HISTORY: list(box.history(outbox, issue=issue.id)),
    }
    ledger = {name: as_json([_plain(asdict(row)) for row in held]) for name, held in rows.items()}
    # Each part is a look of its own at the outbox; only where nothing moved between them do they speak of one moment.
    return ledger if ledger == before else _ledger(outbox, issue, ledger)


def _plain(row: Mapping[str, Any]) -> dict[str, Any]:
    return {key: value.isoformat() if hasattr(value, "isoformat") else value for key, value in row.items()}


def _sums(contents: Mapping[str, bytes]) -> bytes:
    lines = (f"{hashlib.sha256(content).hexdigest()}  {name}\n" for name, content in sorted(contents.items()))
    return "".join(lines).encode()
