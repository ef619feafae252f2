"""verify prints what it finds, as words or JSON, and its exit code says whether anything is at fault."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from clusterreport.cli import main

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture
def ledger(tmp_path: Path) -> Path:
    basis = {"kind": "computed", "label": "工厂总数", "formula": "逐一计数", "inputs": [], "rows": []}
    number = {
        "id": "n1",
        "name": "works",
        "amount": "14",
        "unit": "家",
        "bound": "",
        "printed": ["14家"],
        "basis": basis,
    }
    path = tmp_path / "facts.json"
    path.write_text(json.dumps({"numbers": [number]}), encoding="utf-8")
    return path


def text(folder: Path, words: str) -> str:
    (folder / "draft.txt").write_text(words, encoding="utf-8")
    return str(folder / "draft.txt")


def test_what_is_at_fault_is_printed_and_the_exit_code_is_1(
    tmp_path: Path, ledger: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["verify", text(tmp_path, "工厂总数15家，见图3。"), "--against", str(ledger)]) == 1
    lines = capsys.readouterr().out.splitlines()
    assert lines[0] == "line 1: contradicted: “15家”: the ledger has 14家 (工厂总数)"
    assert lines[1].startswith("line 1: not checkable: “3”")
    assert lines[2] == "0 backed, 0 unbacked, 1 contradicted, 1 not checkable"


def test_what_is_backed_is_counted_and_the_exit_code_is_0(
    tmp_path: Path, ledger: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["verify", text(tmp_path, "工厂总数14家。"), "--against", str(ledger), "--json"]) == 0
    said = json.loads(capsys.readouterr().out)
    assert said["counts"] == {"backed": 1, "unbacked": 0, "contradicted": 0, "not checkable": 0}
    (found,) = said["judgements"]
    assert (found["place"], found["words"], found["verdict"], found["fact"]) == ("line 1", "14家", "backed", "n1")


def test_without_a_ledger_the_remedy_is_said(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["verify", text(tmp_path, "工厂总数14家。")]) == 2
    assert "--against" in capsys.readouterr().err


@pytest.mark.parametrize("missing", ["file", "ledger"])
def test_a_file_that_is_not_there_is_told(
    tmp_path: Path, ledger: Path, capsys: pytest.CaptureFixture[str], missing: str
) -> None:
    file = str(tmp_path / "none.txt") if missing == "file" else text(tmp_path, "14家")
    against = tmp_path / "none.json" if missing == "ledger" else ledger
    assert main(["verify", file, "--against", str(against)]) == 2
    assert "cannot be read" in capsys.readouterr().err
