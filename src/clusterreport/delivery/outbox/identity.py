"""Tells a project's own outbox from a lost, a new and an old one, by markers in the output and archive folders.

The outbox draws a random identity when it is made, and a new one whenever a copy is put back or a person accepts
another. A marker in the output folder and one in the archive hold the identity and the last number of the history
that were seen. A marker may lag behind, as after a crash; the outbox may not.
"""

from __future__ import annotations

import contextlib
import json
import logging
import os
import secrets
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final, Literal

import sqlalchemy as sa

from clusterreport.delivery.outbox.tables import HISTORY, IDENTITIES
from clusterreport.errors import OutboxError, Problem
from clusterreport.locale import BASE, phrase
from clusterreport.messages import message, os_reason, template

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from pathlib import Path

    from clusterreport.delivery.outbox.opening import Outbox
    from clusterreport.delivery.outbox.rows import AuditEntry
    from clusterreport.settings.delivery import Delivery

Fit = Literal["required", "told", "ignored"]
"""What is done where an outbox is not the one that was seen: refuse it, say so, or let a person accept it."""

MARKER: Final = "outbox-seen.json"

_SCRATCH: Final = ".outbox-seen.json.new"
_LOCK: Final = 0x636C7574  # beside that of opening.py: any number that nobody else locks in our database
_LARGEST: Final = 10_000  # bytes of a marker, which has some two hundred
_REMEDY: Final = template(
    "Put the last copy back: clusterreport restore COPY --by NAME. In PostgreSQL, put the dump "
    "back and accept it. If there is none, or this is the outbox that you mean: clusterreport "
    "accept --by NAME --reason WORDS."
)
_LOG: Final = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Seen:
    """What a marker says: the identity, and the number of the last line of the history that was seen."""

    identity: str
    number: int


@dataclass(frozen=True, slots=True)
class Known:
    """What an outbox says of itself; ``former`` are the identities that it had, or that a person put it in place of."""

    identity: str
    number: int
    former: frozenset[str]


def folders_of(delivery: Delivery) -> tuple[Path, ...]:
    """Return the folders that have a marker."""
    return tuple(dict.fromkeys(folder for folder in (delivery.output, delivery.archive) if folder is not None))


def seen_in(folders: Iterable[Path]) -> dict[Path, Seen | None]:
    """Return the markers that there are, None for one that cannot be read."""
    found: dict[Path, Seen | None] = {}
    for folder in folders:
        path = folder / MARKER
        with contextlib.suppress(FileNotFoundError, NotADirectoryError):
            found[path] = _read(path)
    return found


def known_in(connection: sa.Connection) -> Known:
    """Return what an outbox with today's tables says of itself."""
    rows = connection.execute(sa.select(IDENTITIES).order_by(IDENTITIES.c.number)).all()
    number = connection.execute(sa.select(sa.func.max(HISTORY.c.seq))).scalar_one() or 0
    former = {row.identity for row in rows} | {row.instead_of for row in rows if row.instead_of}
    return Known(rows[-1].identity, number, frozenset(former - {rows[-1].identity}))


def fault(place: str, known: Known | None, markers: Mapping[Path, Seen | None]) -> Problem | None:
    """Return in what an outbox is not the one that was seen last, None where it fits; ``known`` is None if it is lost.

    ``markers`` must have been read before the outbox was: then they can only be behind it.
    """
    read = {path: seen for path, seen in markers.items() if seen is not None}
    if markers and not read:
        problem = message("it cannot be read, so that nobody can tell whether the outbox is the right one")
        return Problem(str(min(markers)), problem, message(_REMEDY))
    for path, seen in sorted(read.items()):
        if known is None:
            problem = message(
                "the outbox is lost or empty, and {path} knows one with {number} entries", path=path, number=seen.number
            )
        elif seen.identity != known.identity:
            if seen.identity in known.former:
                continue
            problem = message("it is not the outbox that {path} knows", path=path)
        elif seen.number > known.number:
            problem = message(
                "it is an old copy: it ends with entry {number}, and {path} knows {seen_number}",
                number=known.number,
                path=path,
                seen_number=seen.number,
            )
        else:
            continue
        return Problem(place, problem, message(_REMEDY))
    return None


def remember(outbox: Outbox) -> None:
    """Bring the markers up to the outbox; OutboxError where it is no longer the one that they know.

    A marker that cannot be written stays behind, which stops nobody.
    """
    if not outbox.beside:
        return
    with outbox.writing() as connection:  # which lets one process in at a time
        if connection.dialect.name != "sqlite":
            connection.execute(sa.select(sa.func.pg_advisory_xact_lock(_LOCK)))
        markers = seen_in(outbox.beside)
        known = known_in(connection)
        if problem := fault(outbox.place, known, markers):
            raise OutboxError(problem.where, problem.problem, problem.remedy)
        now = Seen(known.identity, known.number)
        for folder in outbox.beside:
            try:
                (folder / _SCRATCH).unlink(missing_ok=True)  # of a process that was killed
                if folder.is_dir() and markers.get(folder / MARKER) != now:
                    _write(folder, now)
            except OSError as error:
                _LOG.warning(message("%s cannot be written: %s"), folder / MARKER, os_reason(error))


def forget_damaged(folders: Iterable[Path]) -> None:
    """Remove the markers that cannot be read, where a person has said which outbox it is."""
    for path, seen in seen_in(folders).items():
        if seen is None:
            with contextlib.suppress(OSError):
                path.unlink(missing_ok=True)


def renew(connection: sa.Connection, entry: AuditEntry, instead_of: Iterable[str]) -> None:
    """Draw a new identity, in place of the outbox's own and of those of ``instead_of``; who did so stays written."""
    shared = {"identity": secrets.token_hex(16), "at": entry.at, "by": entry.by, "reason": entry.reason}
    rows: list[dict[str, Any]] = [{**shared, "instead_of": one} for one in (None, *sorted(set(instead_of)))]
    connection.execute(sa.insert(IDENTITIES), rows)


def _read(path: Path) -> Seen | None:
    try:
        with path.open("rb") as file:
            said = json.loads(file.read(_LARGEST))
    except (FileNotFoundError, NotADirectoryError):
        raise
    except (OSError, ValueError, RecursionError):
        return None
    match said:
        case {"outbox": str(identity), "number": int(number)} if number >= 0:
            return Seen(identity, number)
    return None


def _write(folder: Path, seen: Seen) -> None:
    """Write a marker whole or not at all, on the disk, for its owner alone."""
    content = json.dumps(
        {"outbox": seen.identity, "number": seen.number, "what": phrase("outbox.marker", BASE)},
        ensure_ascii=False,
        indent=2,
    )
    scratch = folder / _SCRATCH
    try:
        with os.fdopen(os.open(scratch, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
            file.write(f"{content}\n".encode())
            file.flush()
            os.fsync(file.fileno())
        scratch.replace(folder / MARKER)
    except OSError:
        with contextlib.suppress(OSError):
            scratch.unlink(missing_ok=True)
        raise
