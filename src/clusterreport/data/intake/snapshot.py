"""A received table as it is kept until the next one comes: columns, key and cells, in bytes known by their hash."""

from __future__ import annotations

import gzip
import hashlib
import json
import zlib
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from clusterreport.data.dataset import Dataset
    from clusterreport.data.intake.profile import ProfiledTable

LARGEST: Final = 256 * 1024 * 1024
"""How many bytes a snapshot may have unpacked; a file of the most that is read has less."""
_FORMAT: Final = "clusterreport intake 1"


class SnapshotError(ValueError):
    """The bytes are no snapshot, or not those that were written."""


@dataclass(frozen=True, slots=True)
class SnapshotColumn:
    """What is compared of a column: its declared name ("" for none), heading, kind and unit."""

    name: str
    heading: str
    kind: str
    unit: str


@dataclass(frozen=True, slots=True)
class Snapshot:
    """A table as received: the file's hash, its columns, the names of those of its key, its rows with their numbers."""

    place: str
    sha256: str
    columns: tuple[SnapshotColumn, ...]
    key: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    numbers: tuple[int, ...]

    @classmethod
    def of(cls, dataset: Dataset, table: ProfiledTable, key: tuple[str, ...]) -> Snapshot:
        """Return what is kept of a table."""
        columns = tuple(SnapshotColumn(each.name, each.heading, each.kind, each.unit) for each in table.columns)
        numbers = tuple(number for number, _ in dataset.numbered())
        return cls(dataset.place, dataset.sha256, columns, key, table.rows, numbers)

    def to_bytes(self) -> bytes:
        """Return it as packed lines of JSON, the same bytes for the same table."""
        columns = [[each.name, each.heading, each.kind, each.unit] for each in self.columns]
        head = {"format": _FORMAT, "place": self.place, "sha256": self.sha256, "columns": columns, "key": self.key}
        lines = [json.dumps(head, ensure_ascii=False)]
        lines += [
            json.dumps([number, *row], ensure_ascii=False, separators=(",", ":"))
            for number, row in zip(self.numbers, self.rows, strict=True)
        ]
        packed = "\n".join(lines).encode("utf-8", errors="surrogatepass")
        return gzip.compress(packed, compresslevel=6, mtime=0)

    @classmethod
    def from_bytes(cls, content: bytes, digest: str) -> Snapshot:
        """Return what was kept; SnapshotError where the bytes have another hash than ``digest``, or are no snapshot."""
        if hashlib.sha256(content).hexdigest() != digest:
            raise SnapshotError
        unpacker = zlib.decompressobj(wbits=31)
        try:
            text = unpacker.decompress(content, LARGEST).decode("utf-8", errors="surrogatepass")
            head, *rows = [json.loads(line) for line in text.split("\n")]
            return cls._made(head, rows)
        except (zlib.error, ValueError, TypeError, KeyError, IndexError):
            raise SnapshotError from None

    @classmethod
    def _made(cls, head: dict[str, Any], rows: list[list[Any]]) -> Snapshot:
        if head["format"] != _FORMAT:
            raise SnapshotError
        columns = tuple(SnapshotColumn(*map(str, each)) for each in head["columns"])
        cells = tuple(tuple(map(str, row[1:])) for row in rows)
        if any(len(row) != len(columns) for row in cells):
            raise SnapshotError
        numbers = tuple(int(row[0]) for row in rows)
        return cls(str(head["place"]), str(head["sha256"]), columns, tuple(map(str, head["key"])), cells, numbers)
