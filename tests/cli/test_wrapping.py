"""A long list in a message is broken into the lines of the terminal, and left whole for files and programs."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from clusterreport.cli import main
from clusterreport.cli.wrapping import columns, wrapped

ROOT = Path(__file__).resolve().parents[2]
NAMES = [f"audience-{number}" for number in range(30)]


def test_a_line_ends_behind_a_space_and_keeps_its_indent() -> None:
    text = "a: it is not known\n  Write one of: alpha, beta, gamma, delta, epsilon, zeta."
    assert wrapped(text, 40) == "a: it is not known\n  Write one of: alpha, beta, gamma,\n  delta, epsilon, zeta."


def test_chinese_is_two_columns_wide_and_breaks_behind_its_comma() -> None:
    text = "  " + "、".join(["高端装备"] * 10)
    lines = wrapped(text, 42).split("\n")
    assert lines == [
        "  高端装备、高端装备、高端装备、高端装备、",
        "  高端装备、高端装备、高端装备、高端装备、",
        "  高端装备、高端装备",
    ]
    assert max(map(columns, lines)) == 42


def test_a_word_longer_than_a_line_stays_whole() -> None:
    assert wrapped("see " + "x" * 60 + " there", 40) == "see\n" + "x" * 60 + "\nthere"


@pytest.mark.parametrize("width", [0, 39, 1000])
def test_nothing_is_broken_without_a_terminal_or_where_it_fits(width: int) -> None:
    text = "  Write one of: " + ", ".join(NAMES)
    assert wrapped(text, width) == text


def test_problems_are_broken_at_the_width_of_the_terminal(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(shutil, "get_terminal_size", lambda: os.terminal_size((60, 24)))
    monkeypatch.setattr(sys.stderr, "isatty", lambda: True, raising=False)
    assert main(["vocabulary", "decimls", str(ROOT)]) == 2
    lines = capsys.readouterr().err.splitlines()
    assert lines[0] == "vocabulary: there is nothing called 'decimls'"
    assert len(lines) > 2
    assert max(map(columns, lines)) <= 60


@pytest.mark.skipif(os.name != "posix", reason="it asks a shell for a pipe")
def test_a_reader_who_has_read_enough_is_no_fault() -> None:
    shell = f'"{sys.executable}" -m clusterreport vocabulary | head -n 1'
    done = subprocess.run(["sh", "-c", shell], cwd=ROOT, capture_output=True, check=False)
    assert done.stdout.count(b"\n") == 1
    assert done.stderr == b""
