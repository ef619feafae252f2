"""What commands print to a user in Chinese is Chinese, but for commands, paths, settings and names."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

import pytest

from clusterreport import messages
from clusterreport.cli import main

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

TABLE: Final = (
    "城市,年份,收入（亿元）,是否免票,级别,备注\n"
    + "".join(f"市{row},2024,{100 + row}.5,{'是' if row % 2 else '否'},,\n" for row in range(18))
    + "合计,,,,,\n"
)
NO_WORDS: Final = (
    r"“[^”]*”|“\S*”|\{\{.*?\}\}",  # what the user wrote
    r"[^\s，：；（）]*/[^\s，：；（）]*",  # paths
    r"[\w-]+\.(?:csv|toml|j2|xlsx|html|json|pdf|docx|md)\b",
    r"clusterreport(?: [a-z-]+)*",  # commands
    r"--[a-z-]+",
    r"\b[a-z]+(?:[._][a-z_]+)+\b",  # settings: tables.main.source, header_rows
    r"\b(?:title|document_title|language|sections|letterhead|source|audiences|desk|main|known|utf-8)\b",  # ditto, names
    r"\b(?:Word|PDF|KiB|MiB|Unicode|Python|LibreOffice|PostgreSQL|sign|postgresql|parquet|duckdb|dask)\b",
)
HALF_WIDTH: Final = re.compile(r"[一-鿿][,;:?!] |[,;:] [一-鿿]")


@pytest.fixture
def chinese() -> Iterator[None]:
    messages.speak("zh")
    yield
    messages.speak("en")


@pytest.fixture
def _desk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CLUSTERREPORT_MESSAGES", "zh")
    monkeypatch.chdir(tmp_path)
    (tmp_path / "收入.csv").write_text(TABLE, encoding="utf-8")


@pytest.mark.usefixtures("chinese", "_desk")
def test_every_line_that_is_printed_is_chinese(capfd: pytest.CaptureFixture[str]) -> None:
    printed = []
    for words in (
        ["init", "desk", "--from", "收入.csv"],
        ["new", "section", "经济运行", "--project", "desk"],
        ["new", "audience", "领导版", "--like", "desk", "--project", "desk"],
        ["new", "audience", "市长 版", "--like", "desk", "--project", "desk"],
        ["check", "desk"],
        ["build", "desk", "--verify-pair"],
        ["intake", "desk"],
        ["doctor", "desk"],
    ):
        main(words)
        out, err = capfd.readouterr()
        printed += [f"{words[0]}: {line}" for line in (out + err).splitlines()]
    assert len(printed) > 40
    assert "init:   收入（亿元）：数，单位为 亿元；18 行中 18 行有值；100.5、101.5、102.5" in printed
    assert "init:   城市：文字，属于主键；18 行中 18 行有值；市0、市1、市2" in printed
    left = []
    for line in printed:
        bare = line.partition(": ")[2]
        if re.match(r"^\s*(?:[+-] |>? *\d+ +\S+ \|)|^header_rows", bare):
            continue  # lines of settings, and of the user's table
        for pattern in NO_WORDS:
            bare = re.sub(pattern, "", bare)
        if re.search(r"[A-Za-z]{2,}", bare) or HALF_WIDTH.search(bare):
            left.append(line)
    assert left == []
