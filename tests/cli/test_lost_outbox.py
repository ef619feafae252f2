"""Where the outbox is lost, every command that would use it stops and says what to do, and those that look say so."""

from __future__ import annotations

import shlex
import shutil
from pathlib import Path

import pytest

from clusterreport.cli import main

ROOT = Path(__file__).resolve().parents[2]
TABLES = """
[mail]
host = "127.0.0.1"
port = 9
security = "none"
sender = "研究中心 <briefing@example.gov.cn>"

[[recipients]]
name = "我自己"
address = "me@example.gov.cn"
audience = "leaders"

[[schedule]]
name = "monthly"
rule = "first working day of the month"
audiences = ["leaders"]
"""
USING = (
    "send", "send --dry-run letters", "schedule run-due", "issue extra monthly --by 王",
    "issue rebuild 2026-11-02-monthly --by 王", "issue correct 2026-11-02-monthly --by 王 --reason 错",
    "issue cancel 2026-11-02-monthly --by 王 --reason 错", "approve 2026-11-02-monthly --by 王",
    "resend 2026-11-02-monthly --by 王", "resolve 1 --sent --by 王", "reconcile --postfix-log clusterreport.toml",
    "hold --by 王 --reason 停", "backup copy.db",
)  # fmt: skip


@pytest.fixture
def lost(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return a project whose outbox was deleted."""
    for part in ("data", "templates"):
        shutil.copytree(ROOT / part, tmp_path / part)
    text = (ROOT / "clusterreport.toml").read_text(encoding="utf-8")
    (tmp_path / "clusterreport.toml").write_text(text + TABLES, encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    assert main(["schedule", "run-due"]) == 0
    (tmp_path / "output" / "outbox.db").unlink()
    return tmp_path


@pytest.mark.parametrize("line", USING)
def test_what_would_use_it_stops_and_says_how_to_restore(
    lost: Path, line: str, capsys: pytest.CaptureFixture[str]
) -> None:
    capsys.readouterr()
    assert main(shlex.split(line)) == 1
    said = capsys.readouterr().err
    assert "the outbox is lost or empty" in said
    assert "clusterreport restore COPY --by NAME" in said
    assert not (lost / "output" / "outbox.db").exists()


def test_a_service_says_so_in_every_round_and_does_nothing(lost: Path, capfd: pytest.CaptureFixture[str]) -> None:
    assert main(["serve", "--rounds", "1"]) == 0
    assert "the round failed: " in capfd.readouterr().err
    assert not (lost / "output" / "outbox.db").exists()


@pytest.mark.parametrize("line", ["issue list", "deliveries"])
def test_what_only_looks_says_so_and_looks(lost: Path, line: str, capsys: pytest.CaptureFixture[str]) -> None:
    capsys.readouterr()
    assert main(line.split()) == 0
    printed = capsys.readouterr()
    assert printed.err.startswith("note: ")
    assert "the outbox is lost or empty" in printed.err
    assert printed.out.startswith("0 ")
    assert not (lost / "output" / "outbox.db").exists()


@pytest.mark.slow
def test_a_build_by_hand_needs_no_outbox(lost: Path) -> None:
    assert main(["build", "--audience", "leaders", "--quiet"]) == 0
    assert not (lost / "output" / "outbox.db").exists()


@pytest.mark.usefixtures("lost")
def test_a_new_one_is_accepted_by_name_and_reason(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(shlex.split("accept --by 王敏 --reason 硬盘坏了，没有备份")) == 0
    assert "0 deliveries are uncertain now" in capsys.readouterr().out
    assert main(["send"]) == 0
    assert main(shlex.split("accept --by 王敏 --reason 再来一次")) == 1
    assert "it is the outbox that was seen last" in capsys.readouterr().err


@pytest.mark.parametrize("line", ["accept --by 王", "accept --reason 丢失", "accept --by 王 --reason ' '"])
def test_who_and_why_must_be_said(lost: Path, line: str) -> None:
    with pytest.raises(SystemExit):
        main(shlex.split(line))
    assert not (lost / "output" / "outbox.db").exists()
