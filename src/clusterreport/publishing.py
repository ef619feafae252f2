"""Writes finished files to output/<issue>/<audience>/, whole or not at all."""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import tempfile
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from clusterreport.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

MANIFEST = "manifest.json"
FACTS = "facts.json"
MESSAGE_TEXT = "message.txt"
MESSAGE_HTML = "message.html"


@dataclass(frozen=True, slots=True)
class Edition:
    """All files of one audience by name, and what the manifest says of how they were made.

    ``unsigned`` maps the name of a signed file to the SHA-256 that it had before it was signed.
    """

    issue: str
    audience: str
    files: Mapping[str, bytes]
    made_from: Mapping[str, Any]
    unsigned: Mapping[str, str] = field(default_factory=dict)


def publish(editions: tuple[Edition, ...], output: Path) -> tuple[Path, ...]:
    """Write every edition and return their folders; on any failure the folders that stood before still stand.

    Everything is first written beside its place, so that what remains is one rename for each audience.
    """
    with _refusals_explained(output):
        output.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(prefix=".building-", dir=output) as scratch:
            fresh = [_written(edition, Path(scratch) / "new" / edition.audience) for edition in editions]
            targets = tuple(output / edition.issue / edition.audience for edition in editions)
            for folder, target in zip(fresh, targets, strict=True):
                _swap(folder, target, Path(scratch) / "old" / target.name)
        return targets


def manifest(edition: Edition) -> bytes:
    """Return manifest.json: what went in and what came out, each file with its SHA-256 and its size in bytes."""
    files: dict[str, dict[str, str | int]] = {
        name: {"sha256": hashlib.sha256(content).hexdigest(), "bytes": len(content)}
        for name, content in edition.files.items()
    }
    for name, digest in edition.unsigned.items():
        files[name]["unsigned_sha256"] = digest
    content = {"issue": edition.issue, "audience": edition.audience, **edition.made_from, "files": files}
    return as_json(content)


def earlier_rows(output: Path, issue: str, as_of: str) -> tuple[tuple[str, dict[str, int]], ...]:
    """Return how many rows each table had, by its place: in ``issue`` as it stands, and in the newest other issue.

    Issues whose data speak of a later day than ``as_of`` are left out; what cannot be read is no issue. Of the
    audiences of an issue the one counts that had more rows.
    """
    days: dict[str, str] = {}
    rows: dict[str, dict[str, int]] = {}
    for path in sorted(output.glob(f"[!.]*/[!.]*/{MANIFEST}")):
        entry = _rows_in(path)
        if entry and entry[1] <= as_of:
            name, day, found = entry
            days[name] = max(day, days.get(name, ""))
            known = rows.setdefault(name, {})
            known |= {place: max(number, known.get(place, 0)) for place, number in found.items()}
    others = sorted((day, name) for name, day in days.items() if name != issue)
    return tuple((name, rows[name]) for name in (issue, *(name for _, name in others[-1:])) if name in rows)


def as_json(content: object) -> bytes:
    """Return ``content`` as JSON for people: indented, with Chinese characters as they are."""
    return (json.dumps(content, ensure_ascii=False, indent=2) + "\n").encode()


def _rows_in(path: Path) -> tuple[str, str, dict[str, int]] | None:
    """Return the issue, the day of its data and the rows of its tables, as a manifest says them."""
    try:
        if path.stat().st_size > _LARGEST_MANIFEST:
            return None
        content = json.loads(path.read_bytes())
        rows = {str(place): int(entry["rows"]) for place, entry in content["data"].items()}
        return str(content["issue"]), str(content["as_of"]), rows
    except (OSError, ValueError, KeyError, TypeError, AttributeError, RecursionError):
        return None


_LARGEST_MANIFEST: Final = 1_000_000  # bytes


def _written(edition: Edition, folder: Path) -> Path:
    folder.mkdir(parents=True)
    for name, content in {**edition.files, MANIFEST: manifest(edition)}.items():
        with (folder / name).open("wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
    return folder


def _swap(folder: Path, target: Path, graveyard: Path) -> None:
    """Put ``folder`` in the place of ``target``, and put the old one back if that fails."""
    target.parent.mkdir(parents=True, exist_ok=True)
    graveyard.parent.mkdir(parents=True, exist_ok=True)
    stood_before = target.exists()
    if stood_before:
        target.replace(graveyard)
    try:
        folder.replace(target)
    except OSError:
        if stood_before:
            graveyard.replace(target)
        raise
    shutil.rmtree(graveyard, ignore_errors=True)


@contextmanager
def _refusals_explained(output: Path) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        reason = error.strerror or str(error)
        raise UsageError(
            str(error.filename or output),
            f"the files cannot be written: {reason[:1].lower()}{reason[1:]}",
            "Close programs that have the old files open, check the disk and your rights, or give another --output.",
        ) from None
