"""A manifest is written so that it can be read, and what is none is told."""

from __future__ import annotations

import json
from dataclasses import fields, replace

import pytest

from clusterreport.publishing import DataFile, Edition, MadeFrom, Manifest, ManifestError, UsedLetterhead

MADE_FROM = MadeFrom(
    version="1.2",
    as_of="2025-09-22",
    number=9,
    total=None,
    kind="regular",
    title="集群发展情况简报",
    subject="集群发展情况简报（第9期）",
    marking="内部",
    confidence="likely",
    placeholders=("（共印××份）",),
    focus="广州",
    theme="briefing",
    language="zh",
    data={"data/clusters.csv": DataFile("a" * 64, 80, "utf-8")},
    templates={"sections/overview.md.j2": "b" * 64},
    substituted_faces=("Song",),
)
EDITION = Edition("2025-09", "bureau", {"a.pdf": b"x"}, MADE_FROM)
SHA256_OF_X = "2d711642b726b04401627ca9fbac32f5c8530fb1903cc4db02258717921a4881"
WRITTEN = {
    "issue": "2025-09", "audience": "bureau", "clusterreport": "1.2", "as_of": "2025-09-22", "number": 9,
    "total": None, "kind": "regular", "title": "集群发展情况简报", "subject": "集群发展情况简报（第9期）",
    "marking": "内部", "confidence": "likely", "placeholders": ["（共印××份）"], "focus": "广州",
    "theme": "briefing", "language": "zh",
    "data": {"data/clusters.csv": {"sha256": "a" * 64, "rows": 80, "encoding": "utf-8"}},
    "templates": {"sections/overview.md.j2": "b" * 64}, "substituted_faces": ["Song"],
    "files": {"a.pdf": {"sha256": SHA256_OF_X, "bytes": 1}},
}  # fmt: skip


def test_it_says_what_went_in_and_what_came_out_in_one_order() -> None:
    assert EDITION.manifest.to_json().decode() == json.dumps(WRITTEN, ensure_ascii=False, indent=2) + "\n"


def test_a_letterhead_and_a_signature_are_said_where_there_are_any() -> None:
    made_from = replace(MADE_FROM, letterhead=UsedLetterhead("头.docx", ("a field",)))
    said = json.loads(replace(EDITION, made_from=made_from, unsigned={"a.pdf": "c" * 64}).manifest.to_json())
    assert said["letterhead"] == {"file": "头.docx", "left_out": ["a field"]}
    assert said["files"]["a.pdf"]["unsigned_sha256"] == "c" * 64
    assert list(said)[-2:] == ["letterhead", "files"]


@pytest.mark.parametrize("letterhead", [None, UsedLetterhead("头.docx", ("a field", "a link"))])
@pytest.mark.parametrize("unsigned", [{}, {"a.pdf": "c" * 64}])
def test_what_is_written_is_read_again(letterhead: UsedLetterhead | None, unsigned: dict[str, str]) -> None:
    manifest = replace(EDITION, made_from=replace(MADE_FROM, letterhead=letterhead), unsigned=unsigned).manifest
    assert Manifest.from_json(manifest.to_json()) == manifest


def test_one_of_an_earlier_version_reads_as_empty_where_it_says_nothing() -> None:
    read = Manifest.from_json(b'{"issue": "2025-09", "audience": "bureau", "files": {}, "later": 1}')
    assert read == Manifest("2025-09", "bureau", MadeFrom(), {})
    assert read.made_from.confidence == "confirmed"  # the strictest


@pytest.mark.parametrize("name", [one.name for one in fields(MadeFrom)])
def test_a_value_of_another_kind_is_told_with_its_name(name: str) -> None:
    key = {"version": "clusterreport"}.get(name, name)
    with pytest.raises(ManifestError, match=rf"^{key}[:.]"):
        Manifest.from_json(json.dumps({**WRITTEN, key: 1.5}).encode())


@pytest.mark.parametrize(
    "content", [b"", b"{", b"[]", b"1", b"\xff", b"[" * 100_000, b'{"issue": "a", "audience": "b"}', b'{"files": {}}']
)
def test_what_is_no_manifest_is_told(content: bytes) -> None:
    with pytest.raises(ManifestError, match=r"."):
        Manifest.from_json(content)
