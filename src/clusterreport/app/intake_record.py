"""Keeps what an intake has seen until the next one, and writes its files: all of them, or what stood there stands."""

from __future__ import annotations

import datetime as dt
import hashlib
import json
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final

from clusterreport.data.intake.report import Previous
from clusterreport.data.intake.snapshot import Snapshot, SnapshotError
from clusterreport.durability import replace_whole, sync_folder
from clusterreport.errors import Problem, ProblemsError
from clusterreport.messages import message, os_reason

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

RECORD: Final = ".taken"
"""The folder, beside the reports, of what was taken in last."""
_INDEX: Final = "index.json"
_FORMAT: Final = "clusterreport intake 1"
_LARGEST_INDEX: Final = 4_000_000  # bytes
_KEPT: Final = 2  # intakes of a table: the last, and the one that it is compared with
_SHOWN_DIGITS: Final = 8  # of a hash in the name of a file that is put aside


@dataclass(frozen=True, slots=True)
class IntakeEntry:
    """An intake of a table: its day, the hash of the file that came, and that of the snapshot."""

    day: str
    sha256: str
    snapshot: str


@dataclass(slots=True)
class IntakeRecord:
    """What is known of earlier intakes: for each table the last ones, and the hashes of the files written last."""

    folder: Path
    entries: dict[str, tuple[IntakeEntry, ...]] = field(default_factory=dict)
    written: dict[str, str] = field(default_factory=dict)
    commented: dict[str, str] = field(default_factory=dict)

    @classmethod
    def of(cls, folder: Path) -> IntakeRecord:
        """Return the record in ``folder``, an empty one where there is none; ProblemsError where it is no record."""
        path = folder / RECORD / _INDEX
        try:
            content = path.read_bytes() if path.stat().st_size <= _LARGEST_INDEX else b""
            return cls(folder, *_read(json.loads(content)))
        except FileNotFoundError:
            return cls(folder)
        except OSError as error:
            raise _unreadable(path, message("it cannot be opened ({reason})", reason=os_reason(error))) from None
        except (ValueError, KeyError, TypeError, AttributeError):
            raise _unreadable(path, message("it is no record of intakes that this version can read")) from None

    def before(self, name: str, digest: str) -> tuple[Previous, Snapshot] | None:
        """Return the last intake of a table that was another than ``digest``, None where there was none.

        ProblemsError where what was kept of it is not there, or is damaged.
        """
        entry = next((each for each in reversed(self.entries.get(name, ())) if each.snapshot != digest), None)
        if entry is None:
            return None
        path = self.folder / RECORD / _file_of(entry.snapshot)
        try:
            snapshot = Snapshot.from_bytes(path.read_bytes(), entry.snapshot)
            return Previous(dt.date.fromisoformat(entry.day), entry.sha256), snapshot
        except (OSError, SnapshotError, ValueError):
            raise _unreadable(path, message("what was kept of the last intake is missing or damaged")) from None

    def with_taken(self, name: str, entry: IntakeEntry) -> None:
        """Note an intake; the same table once more is none."""
        known = self.entries.get(name, ())
        if not known or known[-1].snapshot != entry.snapshot:
            self.entries[name] = (*known, entry)[-_KEPT:]

    def save(self, files: Mapping[str, bytes], snapshots: Mapping[str, bytes]) -> Iterator[str]:
        """Write ``files``, what was kept of the tables, and the record last; yield what was put aside.

        A file in the place of one of ours that was changed since is kept under another name.
        """
        record = self.folder / RECORD
        record.mkdir(parents=True, exist_ok=True)
        for digest, content in snapshots.items():
            replace_whole(record / _file_of(digest), content)
        for name, content in files.items():
            if kept := self._put_aside(self.folder / name, content):
                yield kept
            replace_whole(self.folder / name, content)
            self.written[name] = _sha256(content)
        sync_folder(self.folder)
        sync_folder(record)
        replace_whole(record / _INDEX, _as_json(self))
        sync_folder(record)
        used = {_file_of(entry.snapshot) for entries in self.entries.values() for entry in entries}
        for path in record.glob("*.json.gz"):
            if path.name not in used:
                path.unlink(missing_ok=True)

    def take_away(self, table: str, name: str) -> None:
        """Note the workbook with comments of a table; take away its last one if there is another or none now.

        One that somebody has changed since stays.
        """
        old = self.commented.pop(table, "")
        if name:
            self.commented[table] = name
        if old and old != name and old not in self.commented.values():
            path = self.folder / old
            if path.is_file() and _sha256(path.read_bytes()) == self.written.get(old):
                path.unlink()
            self.written.pop(old, None)

    def _put_aside(self, path: Path, content: bytes) -> str:
        """Rename what stands in the place of a file and is neither ours nor the same; return what it is called now."""
        if not path.is_file():
            return ""
        digest = _sha256(path.read_bytes())
        if digest in {self.written.get(path.name), _sha256(content)}:
            return ""
        kept = path.with_name(f"{path.stem}.kept-{digest[:_SHOWN_DIGITS]}{path.suffix}")
        path.replace(kept)
        return kept.name


def entry_of(snapshot: Snapshot, content: bytes, day: dt.date) -> IntakeEntry:
    """Return the entry of an intake whose snapshot has ``content``."""
    return IntakeEntry(day.isoformat(), snapshot.sha256, _sha256(content))


def _file_of(digest: str) -> str:
    return f"{digest}.json.gz"


def _sha256(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


def _as_json(record: IntakeRecord) -> bytes:
    entries = {
        name: [{"day": each.day, "sha256": each.sha256, "snapshot": each.snapshot} for each in entries]
        for name, entries in record.entries.items()
    }
    said = {"format": _FORMAT, "tables": entries, "written": record.written, "commented": record.commented}
    return json.dumps(said, ensure_ascii=False, indent=1, sort_keys=True).encode() + b"\n"


def _read(said: Any) -> tuple[dict[str, tuple[IntakeEntry, ...]], dict[str, str], dict[str, str]]:  # noqa: ANN401 -- any JSON
    if said["format"] != _FORMAT:
        raise ValueError
    entries = {name: tuple(_entry(each) for each in found) for name, found in said["tables"].items()}
    written = {str(name): str(digest) for name, digest in said["written"].items()}
    return entries, written, {str(name): str(file) for name, file in said["commented"].items()}


def _entry(said: Mapping[str, str]) -> IntakeEntry:
    entry = IntakeEntry(said["day"], said["sha256"], said["snapshot"])
    dt.date.fromisoformat(entry.day)
    if len(entry.snapshot) != len(_sha256(b"")) or not entry.snapshot.isalnum():
        raise ValueError
    return entry


def _unreadable(path: Path, problem: str) -> ProblemsError:
    remedy = message(
        "Put it back from a backup, or move the folder {folder} away: the next intake then compares with nothing.",
        folder=RECORD,
    )
    return ProblemsError([Problem(str(path), problem, remedy)])
