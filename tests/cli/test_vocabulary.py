"""clusterreport vocabulary prints the words of the project at hand, its own tables among them."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from clusterreport.cli import main

ROOT = str(Path(__file__).resolve().parents[2])
TABLE = """城市,年份,研发经费（亿元）
广州,2023,1043.7
深圳,2023,2236.6
"""


@pytest.fixture
def project(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> str:
    (tmp_path / "rd.csv").write_text(TABLE, encoding="utf-8")
    assert main(["init", str(tmp_path / "desk"), "--from", str(tmp_path / "rd.csv")]) == 0
    capsys.readouterr()
    return str(tmp_path / "desk")


def printed(capsys: pytest.CaptureFixture[str], *arguments: str) -> str:
    assert main(["vocabulary", *arguments]) == 0
    return capsys.readouterr().out


def test_own_tables_and_their_columns_are_listed(project: str, capsys: pytest.CaptureFixture[str]) -> None:
    lines = printed(capsys, "", project).splitlines()
    assert "tables.main.研发经费  研发经费（亿元）, 亿元" in lines
    assert "rows.total  合计；有一行未知，合计就未知，写 known=true 则只加已知的" in lines
    assert not any(line.startswith("nation") for line in lines)


def test_a_column_is_found_by_its_title(project: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert printed(capsys, "研发经费（亿元）", project) == "tables.main.研发经费  研发经费（亿元）, 亿元\n"


def test_a_word_is_printed_with_its_example(capsys: pytest.CaptureFixture[str]) -> None:
    shown = printed(capsys, "nation.growth", ROOT, "--language", "en")
    assert shown == "nation.growth  growth of the number of clusters\n    {{ nation.growth }}\n    → 77.8%\n"


def test_words_are_given_to_programs(capsys: pytest.CaptureFixture[str]) -> None:
    (word,) = json.loads(printed(capsys, "signed", ROOT, "--json"))["words"]
    assert word["example"] == "{{ nation.growth|signed }}"
    assert word["printed"] == "+77.8%"


def test_a_word_that_there_is_not_is_a_clear_error(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["vocabulary", "decimls", ROOT]) == 2
    assert (
        "there is nothing called 'decimls'\n  Did you mean decimals? Write one of: decimals," in capsys.readouterr().err
    )
