"""clusterreport schedule says what is due, and installs what starts it only when asked to."""

from __future__ import annotations

import datetime as dt
import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from clusterreport.cli import main
from tests.conftest import require_program
from tests.settings.projects import WHOLE, written

SCHEDULES = """
[[schedule]]
name = "monthly"
rule = "每月第一个工作日"
audiences = ["leaders", "bureau"]

[[schedule]]
name = "weekly"
rule = "every Monday"
time = "17:30"
approval = "none"

[[schedule]]
name = "berlin"
cron = "30 2 * * 7"
zone = "Europe/Berlin"
audiences = ["leaders"]
"""
OTHER = "0 1 * * * true # of somebody else"


@pytest.fixture
def project(tmp_path: Path) -> Path:
    folder = tmp_path / "project"
    folder.mkdir()
    return written(folder, WHOLE + SCHEDULES)


def said(capsys: pytest.CaptureFixture[str], *arguments: str | Path) -> tuple[int, str, str]:
    code = main([str(argument) for argument in arguments])
    out, err = capsys.readouterr()
    return code, out, err


def as_json(capsys: pytest.CaptureFixture[str], *arguments: str | Path) -> Any:  # noqa: ANN401 -- it is JSON
    code, out, _ = said(capsys, *arguments, "--json")
    assert code == 0
    return json.loads(out)


def test_every_schedule_is_listed_with_when_it_is_due_next(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    code, out, err = said(capsys, "schedule", "list", project, "--from", "2026-10-01")
    assert (code, err) == (0, "")
    assert out == (
        "name     when                     audiences        recipients  approval  next\n"
        "monthly  每月第一个工作日, 08:00  leaders, bureau  all         required  Thu 2026-10-08 08:00 +0800\n"
        "weekly   every Monday, 17:30      bureau, leaders  all         none      Mon 2026-10-05 17:30 +0800\n"
        "berlin   cron 30 2 * * 7          leaders          all         required  Sun 2026-10-04 02:30 +0200\n"
    )


def test_the_next_moments_come_in_their_order_and_by_their_own_clocks(
    project: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    code, out, err = said(capsys, "schedule", "next", "5", project, "--from", "2026-10-05")
    assert (code, err) == (0, "")
    assert out == (
        "name     next                        zone\n"
        "weekly   Mon 2026-10-05 17:30 +0800  Asia/Shanghai\n"
        "monthly  Thu 2026-10-08 08:00 +0800  Asia/Shanghai\n"
        "berlin   Sun 2026-10-11 02:30 +0200  Europe/Berlin\n"
        "weekly   Mon 2026-10-12 17:30 +0800  Asia/Shanghai\n"
        "berlin   Sun 2026-10-18 02:30 +0200  Europe/Berlin\n"
    )


def test_without_a_date_the_moments_come_after_now(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    before = dt.datetime.now(dt.UTC)
    dues = [dt.datetime.fromisoformat(due["due"]) for due in as_json(capsys, "schedule", "next", "3", project)["due"]]
    assert len(dues) == 3
    assert before < dues[0] <= before + dt.timedelta(days=8)


def test_what_is_held_and_the_end_of_the_calendar_are_said(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    _with_days(project, "2090,year,made up\n")
    code, out, err = said(capsys, "schedule", "list", project, "--from", "2090-12-25")
    assert code == 0
    assert "required  held from Mon 2091-01-01 08:00 +0800\n" in out
    assert "note: clusterreport.toml, schedule (monthly).rule: held: the calendar of working days does not tell" in err
    assert "note: clusterreport.toml, delivery.working_days: the calendar of working days ends in 6 days" in err


def test_where_no_schedule_asks_for_working_days_the_end_of_the_calendar_is_not_said(
    project: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    written(project, WHOLE + SCHEDULES.replace("每月第一个工作日", "每月5日"))
    _, _, err = said(capsys, "schedule", "next", "5", project, "--from", "2090-12-25")
    assert err == ""


def test_a_program_reads_the_same_as_json(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    _with_days(project, "2090,year,made up\n")
    content = as_json(capsys, "schedule", "next", "2", project, "--from", "2090-12-31")
    assert content["due"][0] == {
        "schedule": "berlin", "due": "2090-12-31T01:30:00+00:00", "local": "2090-12-31T02:30:00+01:00",
        "zone": "Europe/Berlin", "weekday": "Sun", "held": None,
    }  # fmt: skip
    assert content["due"][1]["held"]["where"] == "clusterreport.toml, schedule (monthly).rule"
    assert content["working_days"]["covered_until"] == "2090-12-31"
    assert content["working_days"]["table"]["place"] == "days.csv"
    assert len(content["working_days"]["table"]["sha256"]) == 64
    assert content["warnings"][0]["problem"].endswith("ends today, on 2090-12-31")
    listed = as_json(capsys, "schedule", "list", project, "--from", "2026-10-01")["schedules"]
    assert [(entry["name"], entry["rule"], entry["cron"], entry["time"]) for entry in listed] == [
        ("monthly", "每月第一个工作日", "", "08:00"), ("weekly", "every Monday", "", "17:30"),
        ("berlin", "", "30 2 * * 7", None),
    ]  # fmt: skip
    assert listed[0]["next"]["local"] == "2026-10-08T08:00:00+08:00"


@pytest.mark.parametrize("command", [["list"], ["next", "5"], ["install", "--systemd"], ["install", "--cron"]])
@pytest.mark.parametrize(
    ("text", "problem"),
    [
        (WHOLE, "clusterreport.toml: there is no schedule in it"),
        (WHOLE + SCHEDULES.replace("every Monday", "mondays"), "schedule (weekly).rule: 'mondays': it is not a rule"),
        (WHOLE + SCHEDULES.replace("30 2", "61 2"), "schedule (berlin).cron: '61 2 * * 7': bad minute"),
    ],
)
def test_what_cannot_be_followed_is_refused_by_every_command(
    project: Path, capsys: pytest.CaptureFixture[str], command: list[str], text: str, problem: str
) -> None:
    written(project, text)
    code, out, err = said(capsys, "schedule", *command, project)
    assert (code, out) == (2, "")
    assert problem in err


def test_a_wrong_table_of_working_days_is_named(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    _with_days(project, "2090,休息,made up\n")
    code, _, err = said(capsys, "schedule", "list", project)
    assert code == 1
    assert 'days.csv, row 2, column date: "2090" is not a date' in err


@pytest.mark.parametrize("count", ["0", "-1", "x", "1001"])
def test_a_number_that_is_none_is_refused(project: Path, capsys: pytest.CaptureFixture[str], count: str) -> None:
    with pytest.raises(SystemExit, match="2"):
        main(["schedule", "next", count, str(project)])
    assert "error" in capsys.readouterr().err


@pytest.fixture
def units(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return the folder of the user's units, which is not there yet."""
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "config"))
    return tmp_path / "config" / "systemd" / "user"


def test_the_units_are_only_shown_unless_they_are_to_be_written(
    project: Path, units: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    code, out, _ = said(capsys, "schedule", "install", project, "--systemd", "--every", "10")
    assert code == 0
    assert not units.exists()
    assert f'"schedule" "run-due" "{project}"' in out
    assert "OnCalendar=*:0/10" in out
    assert "Add --write" in out


def test_the_units_are_written_where_the_users_systemd_looks(
    project: Path, units: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    shown = as_json(capsys, "schedule", "install", project, "--systemd")
    content = as_json(capsys, "schedule", "install", project, "--systemd", "--write")
    again = as_json(capsys, "schedule", "install", project, "--systemd", "--write")
    assert (shown["written"], content["written"]) == (False, True)
    assert shown["files"] == content["files"] == again["files"]
    assert {str(path): path.read_text(encoding="utf-8") for path in units.iterdir()} == {
        file["path"]: file["text"] for file in content["files"]
    }
    assert content["commands"][1].startswith("systemctl --user enable --now clusterreport-project-")


def test_a_folder_that_cannot_be_written_to_is_named(
    project: Path, units: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    units.parent.mkdir(parents=True)
    units.write_text("a file in the way")
    code, _, err = said(capsys, "schedule", "install", project, "--systemd", "--write")
    assert code == 2
    assert "it cannot be written" in err


def test_the_credentials_that_the_settings_ask_for_are_handed_over(
    project: Path, units: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    mail = '\n[mail]\nhost = "a.cn"\nsender = "a@a.cn"\nuser = "a"\npassword_credential = "mail"\n'
    written(project, WHOLE + mail + SCHEDULES)
    service = as_json(capsys, "schedule", "install", project, "--systemd")["files"][0]["text"]
    assert "\nLoadCredential=mail:" in service
    assert not units.exists()


def test_a_crontab_line_is_only_shown_unless_it_is_to_be_written(
    project: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", "")
    line = as_json(capsys, "schedule", "install", project, "--cron")["line"]
    assert line.startswith("*/5 * * * * ")
    assert f"schedule run-due {project} # clusterreport-project-" in line


def test_without_cron_its_crontab_cannot_be_written(
    project: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", "")
    code, _, err = said(capsys, "schedule", "install", project, "--cron", "--write")
    assert code == 2
    assert "crontab: there is no such program" in err


def test_where_the_crontab_cannot_be_read_nothing_is_written(
    project: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    program = tmp_path / "crontab"
    program.write_text(f'#!/bin/sh\n[ "$1" = - ] && : >"{tmp_path}/written"\necho "you are not allowed" >&2\nexit 1\n')
    program.chmod(0o755)
    monkeypatch.setenv("PATH", str(tmp_path))
    code, _, err = said(capsys, "schedule", "install", project, "--cron", "--write")
    assert code == 2
    assert "crontab: it refused: you are not allowed\n  Add the line" in err
    assert not (tmp_path / "written").exists()


@pytest.mark.slow
@pytest.mark.parametrize("before", ["", f"# of mine\n{OTHER}\n"])
def test_a_real_crontab_keeps_its_lines_and_gets_the_line_once(project: Path, before: str) -> None:
    require_program("crontab")
    install = f'"{sys.executable}" -m clusterreport schedule install --cron --write "{project}" >&2'
    entries = (f"printf '{before}' | crontab -", install, install, "crontab -l") if before else (install, "crontab -l")
    result = in_a_spool_of_its_own(" && ".join(entries))
    assert result.returncode == 0, result.stderr
    mine = [line for line in result.stdout.splitlines(keepends=True) if "run-due" not in line]
    added = [line for line in result.stdout.splitlines() if "run-due" in line]
    assert "".join(mine) == before
    assert len(added) == 1
    assert added[0].startswith("*/5 * * * * ")


def in_a_spool_of_its_own(entries: str) -> subprocess.CompletedProcess[str]:
    """Run a shell to which /var/spool is an empty folder, so that no crontab of this machine is touched."""
    unshare = [require_program("unshare"), "--mount", "--map-root-user"]
    spool = "mount -t tmpfs spool /var/spool && mkdir -p /var/spool/cron/crontabs"
    if subprocess.run([*unshare, "sh", "-c", spool], capture_output=True, check=False).returncode:
        message = "NOT VALIDATED: a mount of its own is not allowed here, so the crontab is not touched"
        if os.environ.get("CLUSTERREPORT_REQUIRE_TOOLS") == "1":
            pytest.fail(message)
        pytest.skip(message)
    return subprocess.run([*unshare, "sh", "-c", f"{spool} && {entries}"], capture_output=True, text=True, check=False)


def test_what_scheduling_needs_is_not_loaded_by_the_other_commands() -> None:
    asked = "import sys, clusterreport.cli as c; c.parser(); print(*sorted(sys.modules))"
    result = subprocess.run([sys.executable, "-c", asked], capture_output=True, text=True, check=True)
    assert {"cronsim", "chinese_calendar"} & set(result.stdout.split()) == set()
    assert "clusterreport.schedule.occurrences" not in result.stdout.split()


def _with_days(project: Path, rows: str) -> None:
    (project / "days.csv").write_text(f"date,kind,source\n{rows}", encoding="utf-8")
    written(project, f'{WHOLE}\n[delivery]\nworking_days = "days.csv"\n{SCHEDULES}')
