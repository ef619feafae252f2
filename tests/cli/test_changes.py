"""Two finished issues are compared from whatever is left of them, and what is no issue is told."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import docx
import pikepdf
import pytest

from clusterreport.cli import main

if TYPE_CHECKING:
    from pathlib import Path

BASIS = {"kind": "computed", "label": "集群数", "formula": "计数", "inputs": [], "rows": []}


def facts(amount: str, issue: str, **more: str) -> bytes:
    entry = {
        "id": "n1", "name": "nation.clusters", "amount": amount, "unit": "个", "bound": "", "confidence": "confirmed",
        "line": 1, "basis": BASIS, "printed": [f"{amount}个"],
    }  # fmt: skip
    edition = {"issue": issue, "audience": "leaders", "language": "zh", "as_of": "2025-06-30"}
    return json.dumps({"edition": edition, "numbers": [entry | more], "statements": [], "claims": []}).encode()


@pytest.fixture
def issues(tmp_path: Path) -> Path:
    for issue, amount in (("2025-06", "80"), ("2025-07", "85")):
        folder = tmp_path / issue / "leaders"
        folder.mkdir(parents=True)
        (folder / "facts.json").write_bytes(facts(amount, issue))
    return tmp_path


def run(capsys: pytest.CaptureFixture[str], *words: object, code: int = 0) -> str:
    assert main(["changes", *map(str, words)]) == code
    printed = capsys.readouterr()
    return printed.out + printed.err


def test_the_largest_changes_are_printed_with_their_causes(capsys: pytest.CaptureFixture[str], issues: Path) -> None:
    said = run(capsys, issues / "2025-06", issues / "2025-07" / "leaders" / "facts.json")
    assert "1 of the 1 numbers that both print are others" in said
    assert "集群数：80个 → 85个（+5个；原因不明）" in said


def test_all_of_it_is_given_as_json_and_adds_up(capsys: pytest.CaptureFixture[str], issues: Path) -> None:
    told = json.loads(run(capsys, issues / "2025-06", issues / "2025-07", "--json"))
    (difference,) = told["differences"]
    assert (difference["delta"], difference["parts"]) == ("5", {"unexplained": "5"})
    assert told["causes"]["unexplained"] == 1


@pytest.mark.parametrize("ending", ["docx", "pdf"])
def test_it_is_written_as_a_file(capsys: pytest.CaptureFixture[str], issues: Path, ending: str) -> None:
    file = issues / f"变化.{ending}"
    run(capsys, issues / "2025-06", issues / "2025-07", "--out", file)
    if ending == "docx":
        (table,) = docx.Document(str(file)).tables
        assert [cell.text for cell in table.rows[1].cells] == ["集群数", "80个", "85个", "+5个", "原因不明"]
    else:
        with pikepdf.open(file) as pdf:
            assert len(pdf.pages) == 1


def test_a_file_that_is_neither_word_nor_pdf_is_not_written(capsys: pytest.CaptureFixture[str], issues: Path) -> None:
    said = run(capsys, issues / "2025-06", issues / "2025-07", "--out", issues / "x.txt", code=2)
    assert "it is neither a Word file nor a PDF" in said


def test_an_issue_for_several_audiences_asks_for_which(capsys: pytest.CaptureFixture[str], issues: Path) -> None:
    (issues / "2025-06" / "bureau").mkdir()
    said = run(capsys, issues / "2025-06", issues / "2025-07", code=2)
    assert "there are editions for 2 audiences in it" in said
    assert "集群数：80个 → 85个" in run(capsys, issues / "2025-06", issues / "2025-07", "--audience", "leaders")


@pytest.mark.parametrize(
    "content",
    [
        b"", b"PK\x03\x04", b"%PDF-1.7 broken", b"{", b"[" * 100_000, b'{"numbers": 3}', b'{"numbers": [{}]}',
        facts("1E+999999", "x"), facts("NaN", "x"), facts("1", "x", bound="?"),
    ],
)  # fmt: skip
def test_what_is_no_issue_is_told(capsys: pytest.CaptureFixture[str], issues: Path, content: bytes) -> None:
    (issues / "foreign").write_bytes(content)
    assert str(issues / "foreign") in run(capsys, issues / "foreign", issues / "2025-07", code=2)
