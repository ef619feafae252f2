"""The units and the crontab line start the right command, whatever the folders are called."""

from __future__ import annotations

import os
import shlex
import subprocess
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from clusterreport.app.timers import EVERY, Starter, crontab_line, service, timer, with_line
from clusterreport.errors import UsageError
from tests.conftest import require_program

PROGRAM = ("/usr/bin/clusterreport",)
AWKWARD = ("简报 2026", "100% 完成", "$HOME", 'a"b', "it's", "back\\slash", "a;b & c", "%h", "~", "-x", "tab\there")
names = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="/\0"), min_size=1, max_size=12).filter(
    lambda name: name not in {".", ".."}
)


def starter(project: str = "/srv/briefing", program: tuple[str, ...] = PROGRAM, minutes: int = 5) -> Starter:
    return Starter(program, Path(project), minutes)


def test_the_service_runs_what_is_due_in_the_project() -> None:
    assert 'ExecStart="/usr/bin/clusterreport" "schedule" "run-due" "/srv/briefing"\n' in service(starter())


def test_what_was_missed_while_the_machine_was_off_is_made_up_for() -> None:
    assert "Persistent=true\n" in timer(starter())


def test_a_credential_of_the_settings_is_handed_over() -> None:
    text = service(Starter(PROGRAM, Path("/srv/briefing"), credentials=("mail", "sign%1")))
    assert "\nLoadCredential=mail:%h/.config/clusterreport/mail\n" in text
    assert "\nLoadCredential=sign%%1:%h/.config/clusterreport/sign%%1\n" in text
    assert "\nLoadCredential=" not in service(starter())


def test_two_folders_of_the_same_name_have_units_of_their_own() -> None:
    first, second = starter("/srv/a/briefing").name, starter("/srv/b/briefing").name
    assert first != second
    assert first.startswith("clusterreport-briefing-")


@given(names)
def test_the_name_of_the_units_is_plain(name: str) -> None:
    found = starter(f"/srv/{name}").name
    assert found.isascii()
    assert found.replace("-", "").isalnum()


@pytest.mark.slow
@pytest.mark.parametrize("minutes", EVERY)
def test_systemd_starts_it_so_many_times_an_hour(minutes: int) -> None:
    analyse = require_program("systemd-analyze")
    (calendar,) = (line.partition("=")[2] for line in timer(starter(minutes=minutes)).splitlines() if "OnCal" in line)
    command = [analyse, "calendar", "--iterations=3", "--base-time=2026-11-02 00:00:00 UTC", calendar]
    result = subprocess.run(command, capture_output=True, text=True, check=True, env={**os.environ, "TZ": "UTC"})
    expected = [f"00:{minutes * step:02d}:00" for step in (1, 2) if minutes * step < 60]
    assert [time for time in expected if time not in result.stdout] == []


@pytest.mark.slow
@pytest.mark.parametrize("folder", AWKWARD)
def test_systemd_finds_nothing_wrong_with_the_units(tmp_path: Path, folder: str) -> None:
    analyse = require_program("systemd-analyze")
    fit = folder.replace('"', "”").replace("'", "’").replace("\\", "／").replace("\t", " ")
    program = tmp_path / fit / "clusterreport"
    program.parent.mkdir()
    program.write_text("#!/bin/sh\n")
    program.chmod(0o755)
    one = Starter((str(program),), tmp_path / folder, credentials=("mail",))
    files = {tmp_path / f"{one.name}.service": service(one), tmp_path / f"{one.name}.timer": timer(one)}
    for path, text in files.items():
        path.write_text(text, encoding="utf-8")
    result = subprocess.run(
        [analyse, "--user", "verify", *files], capture_output=True, text=True, check=False,
        env={**os.environ, "XDG_RUNTIME_DIR": str(tmp_path)},
    )  # fmt: skip
    assert (result.returncode, result.stderr) == (0, "")


@pytest.mark.slow
def test_a_unit_with_a_slip_is_seen_by_that_check(tmp_path: Path) -> None:
    analyse = require_program("systemd-analyze")
    path = tmp_path / "clusterreport-slip.service"
    path.write_text(service(starter("/srv", ("/bin/sh",))).replace("NoNewPrivileges", "NoNewPriviledges"))
    result = subprocess.run(
        [analyse, "--user", "verify", path], capture_output=True, text=True, check=False,
        env={**os.environ, "XDG_RUNTIME_DIR": str(tmp_path)},
    )  # fmt: skip
    assert "NoNewPriviledges" in result.stderr


def unquoted_as_systemd(line: str) -> list[str]:
    """Read a command line as systemd.service(5) says: words in quotes, then specifiers and variables."""
    words, word, rest = [], "", line
    while rest:
        assert rest[0] == '"'
        word, rest = "", rest[1:]
        while rest[0] != '"':
            if rest[:2] == "\\x":
                word, rest = word + chr(int(rest[2:4], 16)), rest[4:]
            elif rest[0] == "\\":
                word, rest = word + rest[1], rest[2:]
            elif rest[:2] in {"%%", "$$"}:
                word, rest = word + rest[0], rest[2:]
            else:
                assert rest[0] not in "%$"
                word, rest = word + rest[0], rest[1:]
        words.append(word)
        rest = rest[1:].lstrip(" ")
    return words


@given(names | st.sampled_from(AWKWARD))
def test_systemd_hands_over_the_folder_to_the_letter(name: str) -> None:
    one = starter(f"/srv/{name}")
    (line,) = (line for line in service(one).split("\n") if line.startswith("ExecStart="))
    assert unquoted_as_systemd(line.removeprefix("ExecStart=")) == list(one.command)


@pytest.mark.parametrize("folder", ["it's", 'a"b', "a\\b", "a\nb"])
def test_systemd_starts_no_program_with_a_quote_in_its_path(folder: str) -> None:
    with pytest.raises(UsageError, match="systemd starts no program with a quote") as raised:
        service(starter(program=(f"/usr/{folder}/clusterreport",)))
    assert "--cron" in raised.value.problem.remedy


def handed_to_the_shell(line: str) -> str:
    r"""Return what cron hands to the shell: five fields off, and the first part up to a % that no \ precedes."""
    command = line.split(" ", 5)[5]
    assert "%" not in command.replace(r"\%", "")
    return command.replace(r"\%", "%")


@pytest.mark.parametrize("folder", [folder for folder in AWKWARD if "\\" not in folder])
def test_cron_hands_over_the_folder_to_the_letter(tmp_path: Path, folder: str) -> None:
    program = tmp_path / folder / "clusterreport"
    program.parent.mkdir()
    program.write_text('#!/bin/sh\nprintf "%s\\n" "$@"\n')
    program.chmod(0o755)
    line = crontab_line(Starter((str(program),), tmp_path / folder))
    result = subprocess.run(["sh", "-c", handed_to_the_shell(line)], capture_output=True, text=True, check=True)
    assert result.stdout == f"schedule\nrun-due\n{tmp_path / folder}\n"


@given(names | st.sampled_from(AWKWARD))
def test_a_crontab_line_is_one_line_that_a_shell_reads_back_or_is_refused(name: str) -> None:
    one = starter(f"/srv/{name}")
    try:
        line = crontab_line(one)
    except UsageError:
        assert set("\\\n\r") & set(name)
        return
    assert "\n" not in line
    assert shlex.split(handed_to_the_shell(line), comments=True) == list(one.command)


@pytest.mark.parametrize("folder", ["back\\slash", "two\nlines"])
def test_a_path_that_cron_would_misread_is_refused(folder: str) -> None:
    with pytest.raises(UsageError, match="cannot be written into a crontab") as raised:
        crontab_line(starter(f"/srv/{folder}"))
    assert "--systemd" in raised.value.problem.remedy


lines = st.lists(st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\n\0")), max_size=6)


@given(lines, st.sampled_from(EVERY))
def test_a_crontab_keeps_its_other_lines_and_gets_the_line_once(others: list[str], minutes: int) -> None:
    before = "".join(f"{line}\n" for line in others)
    one, later = starter(), starter(minutes=minutes)
    once = with_line(before, one)
    assert once == f"{before}{crontab_line(one)}\n"
    assert with_line(once, one) == once
    assert with_line(once, later) == f"{before}{crontab_line(later)}\n"


def test_the_line_keeps_its_place_and_is_left_once() -> None:
    line = crontab_line(starter())
    old = line.replace("*/5", "*/30")
    assert with_line(f"# a\n{old}\n0 1 * * * b\n{old}\n", starter()) == f"# a\n{line}\n0 1 * * * b\n"


def test_a_last_line_without_an_end_stays_a_line() -> None:
    assert with_line("0 1 * * * b", starter()) == f"0 1 * * * b\n{crontab_line(starter())}\n"


def test_another_project_keeps_its_line() -> None:
    other = f"{crontab_line(starter('/srv/other'))}\n"
    assert with_line(other, starter()) == f"{other}{crontab_line(starter())}\n"
