"""Facts come out of their tables as they went in, in a fraction of their room; what was never packed is refused."""

from __future__ import annotations

import hashlib
import json
import time
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from clusterreport.ledger.packing import PackedError, pack, unpack

VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=3), inner, max_size=3),
    max_leaves=20,
)


def through(entry: dict[str, Any]) -> dict[str, Any]:
    return unpack(json.loads(json.dumps(pack(entry))))


@given(st.dictionaries(st.text(max_size=3), VALUES, max_size=4))
def test_every_entry_comes_back(entry: dict[str, Any]) -> None:
    assert json.dumps(through(entry)) == json.dumps(entry)  # as text: 1, 1.0 and true differ


def reference(*ranges: str, digest: str) -> dict[str, Any]:
    return {"dataset": "a.csv", "ranges": list(ranges), "digest": digest}


@pytest.mark.parametrize(
    ("ranges", "digest"),
    [
        (("2-4", "7"), hashlib.sha256(b"2,3,4,7").hexdigest()),
        (("2-4", "7"), "0" * 64),  # more rows than are listed
        (("all",), hashlib.sha256(b"").hexdigest()),
        (("1-99999999",), "1" * 64),
        ((), ""),
    ],
)
def test_a_digest_comes_back_whether_or_not_it_follows_from_the_ranges(ranges: tuple[str, ...], digest: str) -> None:
    entry = {"rows": [reference(*ranges, digest=digest)]}
    assert through(entry) == entry


def test_what_is_said_again_takes_no_room() -> None:
    basis = {"kind": "published", "quote": "很长的原文" * 20, "rows": []}
    entry = {"numbers": [{"id": f"n{place}", "basis": basis} for place in range(1, 500)]}
    assert through(entry) == entry
    assert len(json.dumps(pack(entry))) < 6_000 < len(json.dumps(entry)) / 20


def doubling(depth: int) -> list[Any]:
    """Return tables by which entry 0 holds twice entry 1, and so on."""
    rows = [[place + 1, place + 1] for place in range(depth)]
    return [[["a", "b"], "oo", depth, [[row[0] for row in rows], [row[1] for row in rows]]], [["a"], "v", 1, [[1]]], 0]


@pytest.mark.parametrize(
    "packed",
    [
        [],
        [1],
        [[["a"], "o", 1, [[0]]], 0],
        [[["a"], "v", 1, [[1]]], -1],
        [[["a"], "?", 1, [[1]]], 0],
        doubling(40),
        "ab",
    ],
    ids=["nothing", "no table", "a ring", "no number", "no kind", "a bomb", "words"],
)
def test_what_was_never_packed_is_refused_at_once(packed: Any) -> None:  # noqa: ANN401 -- anything may come
    began = time.process_time()
    with pytest.raises(PackedError):
        unpack(packed)
    assert time.process_time() - began < 2
