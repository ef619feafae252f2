"""What is kept of a table comes back as it was, or is told to be damaged."""

from __future__ import annotations

import gzip
import hashlib

import pytest

from clusterreport.data.intake.snapshot import Snapshot, SnapshotColumn, SnapshotError

COLUMNS = (SnapshotColumn("city", "城市", "string", ""), SnapshotColumn("", "备 注\n", "list", ""))
KEPT = Snapshot(
    "data/集群.xlsx!名录", "ab" * 32, COLUMNS, ("city",), (("广州", '"=1"\n'), ("", "\ud800\U0001f600")), (3, 7)
)


def digest(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


def test_a_table_comes_back_as_it_was() -> None:
    content = KEPT.to_bytes()
    assert Snapshot.from_bytes(content, digest(content)) == KEPT


def test_the_same_table_has_the_same_bytes() -> None:
    assert KEPT.to_bytes() == KEPT.to_bytes()


def test_a_table_without_rows_comes_back() -> None:
    content = Snapshot("a", "b", COLUMNS, (), (), ()).to_bytes()
    assert Snapshot.from_bytes(content, digest(content)).rows == ()


def test_bytes_of_another_hash_are_refused() -> None:
    with pytest.raises(SnapshotError):
        Snapshot.from_bytes(KEPT.to_bytes(), "0" * 64)


HEAD = '"format": "clusterreport intake 1", "place": "a", "sha256": "b"'


@pytest.mark.parametrize(
    "text",
    [
        "", "{}", "[1]", '{"format": "other"}', '{"format": "clusterreport intake 1"}',
        f'{{{HEAD}, "columns": [["a", "b", "c", "d"]], "key": []}}\n[1]', f'{{{HEAD}, "columns": [["a"]], "key": []}}',
    ],
)  # fmt: skip
def test_what_is_no_table_is_refused(text: str) -> None:
    content = gzip.compress(text.encode())
    with pytest.raises(SnapshotError):
        Snapshot.from_bytes(content, digest(content))


def test_what_is_not_packed_is_refused() -> None:
    with pytest.raises(SnapshotError):
        Snapshot.from_bytes(b"x", digest(b"x"))
