"""Keeps the record of an issue: its files, who approved them, what became of each delivery, and the hash of it all.

A record is a folder that needs no program to be read: the files as they went, three JSON files, and SHA256SUMS in the
form that ``sha256sum --check`` takes. It is begun before anything goes, so that it holds what somebody got whatever
becomes of the output folder. Of other versions that somebody got, as only an older program sent them, each lies in
``versions`` under the first digits of its digest. The JSON files name people, and are for their owner alone.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
from collections import defaultdict
from dataclasses import asdict
from typing import TYPE_CHECKING, Any, Final

from clusterreport.delivery import outbox as box
from clusterreport.delivery import record_folders
from clusterreport.delivery.edition_names import city_of, folder_of
from clusterreport.delivery.outbox import FileRow, digest_of
from clusterreport.delivery.private_files import make_private
from clusterreport.errors import Problem, UsageError
from clusterreport.messages import message, os_reason, template
from clusterreport.publishing import as_json, recover

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

    from clusterreport.delivery.outbox import IssueRow, Outbox

SUMS: Final = "SHA256SUMS"
APPROVALS: Final = "approvals.json"
DELIVERIES: Final = "deliveries.json"
HISTORY: Final = "history.json"

VERSIONS: Final = "versions"

_PRIVATE: Final = frozenset({APPROVALS, DELIVERIES, HISTORY})
_GOT: Final = frozenset({"sent", "uncertain", "sending"})
_SHORT: Final = 12  # digits of a digest in the name of a folder
_ABOVE_VERSIONS: Final = 2  # folders above that of an edition: versions, and the digits of the digest
_MEND: Final = template("Take the record from the backup, and find out who changed it.")


def write_record(outbox: Outbox, issue: IssueRow, output: Path, archive: Path) -> Path:
    """Write the record of a built issue in place of an earlier one, whole or not at all, and return its folder.

    What a process that was killed left half done is undone first. BusyError where another process is at it; UsageError
    where the disk refuses, or reports that what it took may be lost.
    """
    name = str(issue.name)
    target = archive / name
    record_folders.settle(archive)
    if _is_up_to_date(target, _outbox_files(outbox, issue)):
        for part in _PRIVATE:
            make_private(target / part)
        return target  # nothing has happened since
    for city in {city_of(row.audience) for row in box.files(outbox, issue.id)}:
        recover(output / city)
    with box.holding(outbox, issue, patience=0), record_folders.at_work(archive):
        known = _outbox_files(outbox, issue)
        if not _is_up_to_date(target, known):
            contents = {**_contents(outbox, issue, output, target), **known}
            contents[SUMS] = _sums(contents)
            _put(contents, target)
    return target


def verify_record(folder: Path) -> tuple[Problem, ...]:
    """Return everything in which a record is not what it was when it was written."""
    try:
        lines = (folder / SUMS).read_text(encoding="utf-8").splitlines()
    except OSError:
        raise UsageError(
            str(folder),
            message("it holds no {sums}", sums=SUMS),
            message("Name the folder of a record, or of the archive."),
        ) from None
    expected = {name: digest for digest, _, name in (line.partition("  ") for line in lines)}
    found = {path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()} - {SUMS}
    problems = [
        Problem(f"{folder}/{name}", message("it is missing"), message(_MEND))
        for name in sorted(expected.keys() - found)
    ]
    problems += [
        Problem(f"{folder}/{name}", message("it is not of this record"), message(_MEND))
        for name in sorted(found - expected.keys())
    ]
    problems += [
        Problem(f"{folder}/{name}", message("it was changed"), message(_MEND))
        for name in sorted(found & expected.keys())
        if hashlib.sha256((folder / name).read_bytes()).hexdigest() != expected[name]
    ]
    return (*problems, *_missing_versions(folder))


def _put(contents: Mapping[str, bytes], target: Path) -> None:
    try:
        record_folders.replace_folder(contents, target, private=_PRIVATE)
    except OSError as error:
        problem = message("the record cannot be kept safe: {reason}", reason=os_reason(error))
        raise UsageError(str(error.filename or target), problem, message("Check the disk and your rights.")) from None


def _is_up_to_date(target: Path, known: Mapping[str, bytes]) -> bool:
    return all((target / part).is_file() and (target / part).read_bytes() == content for part, content in known.items())


def _contents(outbox: Outbox, issue: IssueRow, output: Path, target: Path) -> dict[str, bytes]:
    """Return the files as the outbox knows them, and of other versions that the record holds those that somebody got.

    They are taken from the output folder, or from the record where that has others by now; UsageError where neither
    holds what was built.
    """
    contents: dict[str, bytes] = {}
    for row in box.files(outbox, issue.id):
        inside = f"{row.audience}/{row.name}"
        built = folder_of(output, str(issue.name), row.audience) / row.name
        found = (_content(path) for path in (built, target / inside))
        fitting = [content for content in found if hashlib.sha256(content).hexdigest() == row.sha256]
        if not fitting:
            problem = message("it is not the file that was built")
            raise UsageError(str(built), problem, message("Put the file back from the backup."))
        contents[inside] = fitting[0]
    got = {(row.audience, row.digest) for row in box.deliveries(outbox, issue=issue.id) if row.state in _GOT}
    kept = _versions({name: hashlib.sha256(content).hexdigest() for name, content in contents.items()})
    for version, place in _versions(_hashes(target)).items():
        if version in got - kept.keys():
            audience, digest = version
            own = {path.name: path.read_bytes() for path in (target / place).iterdir()}
            contents |= {f"{VERSIONS}/{digest[:_SHORT]}/{audience}/{name}": content for name, content in own.items()}
    return contents


def _content(path: Path) -> bytes:
    with contextlib.suppress(OSError):
        return path.read_bytes()
    return b""


def _hashes(folder: Path) -> dict[str, str]:
    """Return the hash of every file of a record; there are none where there is no record."""
    files = (path for path in sorted(folder.rglob("*")) if path.is_file())
    return {path.relative_to(folder).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest() for path in files}


def _versions(hashes: Mapping[str, str]) -> dict[tuple[str, str], str]:
    """Return where the files of each audience and digest lie, for files by their place within a record."""
    folders: dict[str, list[FileRow]] = defaultdict(list)
    for place, sha256 in hashes.items():
        folder, _, name = place.rpartition("/")
        if folder:  # the others are the record's own
            folders[folder].append(FileRow(_edition_in(folder), name, sha256, 0))
    return {(rows[0].audience, digest_of(rows)): folder for folder, rows in folders.items()}


def _edition_in(folder: str) -> str:
    """Return whose files lie in a folder of a record, which may be one of another version."""
    parts = folder.split("/")
    return "/".join(parts[2:] if parts[0] == VERSIONS and len(parts) > _ABOVE_VERSIONS else parts)


def _missing_versions(folder: Path) -> Iterator[Problem]:
    """Yield a problem for every version that somebody got, or may have, and whose files the record has not."""
    held = _versions(_hashes(folder))
    try:
        rows = json.loads((folder / DELIVERIES).read_bytes())
        got = {(row["audience"], row["digest"]): row["name"] for row in rows if row["state"] in _GOT and row["digest"]}
    except (OSError, ValueError, TypeError, KeyError):
        return  # which SHA256SUMS has told of, unless the record was written so
    for (audience, digest), name in got.items():
        if (audience, digest) not in held:
            problem = message(
                "what {name} got of {audience} (digest {digest}) is not in the record",
                name=name,
                audience=audience,
                digest=digest[:_SHORT],
            )
            yield Problem(f"{folder}/{DELIVERIES}", problem, message(_MEND))


def _outbox_files(outbox: Outbox, issue: IssueRow, before: dict[str, bytes] | None = None) -> dict[str, bytes]:
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
    known = {name: as_json([_plain(asdict(row)) for row in held]) for name, held in rows.items()}
    # Each part is a look of its own at the outbox; only where nothing moved between them do they speak of one moment.
    return known if known == before else _outbox_files(outbox, issue, known)


def _plain(row: Mapping[str, Any]) -> dict[str, Any]:
    return {key: value.isoformat() if hasattr(value, "isoformat") else value for key, value in row.items()}


def _sums(contents: Mapping[str, bytes]) -> bytes:
    lines = (f"{hashlib.sha256(content).hexdigest()}  {name}\n" for name, content in sorted(contents.items()))
    return "".join(lines).encode()
