"""A raw table as it was read from its file, before anything is known of its columns."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator


@dataclass(frozen=True, slots=True)
class Dataset:
    """One table as read: text cells, in the file's order.

    ``name`` is the file's name as printed in briefings ("clusters.csv"), ``place`` its path as the user wrote it in
    clusterreport.toml, ``encoding`` what it was read as. ``rows[0]`` is row 2 of the file; the header is row 1.
    Where blank rows of the file were left out, ``row_numbers`` holds the file's own number of every row.
    ``content`` are the very bytes that were read and hashed, of the kind ``media_type``.
    """

    name: str
    place: str
    sha256: str
    encoding: str
    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    row_numbers: tuple[int, ...] = ()
    media_type: str = ""
    content: bytes = field(default=b"", repr=False)

    def numbered(self) -> Iterator[tuple[int, tuple[str, ...]]]:
        """Yield every row with its number in the file."""
        return zip(self.row_numbers or range(2, len(self.rows) + 2), self.rows, strict=True)
