"""Each command of an operator, on a small project: what it does, what it prints, and what it says where it cannot."""

from __future__ import annotations

import datetime as dt
import gc
import json
import os
import socket
import subprocess
import sys
import time
from dataclasses import replace
from pathlib import Path

import pytest

from clusterreport import cli
from clusterreport.app import build as building
from clusterreport.app.build import BuiltFile, Checked, Issue
from clusterreport.cli import main
from clusterreport.cli.progress import shown_progress
from clusterreport.delivery.confirming import Evidence, Mailbox
from clusterreport.errors import ClusterReportError, Level, Problem
from clusterreport.verify import Compared
from tests.cli.desks import Desk
from tests.delivery.sink import Fault

MONTHLY = 'rule = "first working day of the month"'
DAILY = 'cron = "0 8 * * *"'
MORNING = dt.datetime(2026, 3, 10, 0, 5, tzinfo=dt.UTC)  # 08:05 in Shanghai


def sent(quick: Desk) -> str:
    """Return the name of an extra that went out."""
    name = quick.extra()
    quick.run(f"approve {name} --by 王敏")
    assert "1 sent" in quick.run("send")
    return name


# ── review and approve ───────────────────────────────────────────────────────────────────────────────────────────────


def test_a_review_shows_everything_that_is_about_to_go(quick: Desk) -> None:
    name = quick.extra()
    lines = quick.run(f"review {name}").splitlines()
    assert lines[0].startswith(f"{name}: built, No. 1 of ")
    assert lines[0].endswith("(No. 1 overall), extra")
    assert "leaders: not approved" in lines
    assert "  subject: extra 1" in lines
    assert "  to 我自己 <me@example.gov.cn>: built" in lines
    assert "  | 附件为本期简报。" in lines
    assert any(line.startswith(f"  {name}-leaders.pdf  1 KiB  ") for line in lines)


def test_a_review_says_what_is_not_ready(quick: Desk) -> None:
    name = quick.extra()
    (quick.folder / "output" / name / "leaders" / "manifest.json").unlink()
    assert "  not ready: " in quick.run(f"review {name}")


def test_a_review_names_the_approval_and_what_would_stop_it_all_the_same(quick: Desk) -> None:
    name = quick.extra()
    assert f"approved: {name} leaders, digest " in quick.run(f"approve {name} --by 王敏 --audience leaders")
    quick.edit("stale_after_days = 3650", "stale_after_days = 1")
    said = quick.run(f"review {name}")
    assert "leaders: approved by 王敏, " in said
    assert "    will not go: the data are of " in said


def test_old_data_go_when_somebody_signs_for_them(quick: Desk) -> None:
    quick.edit("stale_after_days = 3650", "stale_after_days = 1")
    name = quick.extra()
    quick.run(f"approve {name} --by 王敏")
    assert "would not go: the data are of " in quick.run("send --dry-run letters", code=1)
    quick.run(f"issue rebuild {name} --by 王敏")
    quick.run(f"approve {name} --by 王敏 --accept-stale 本月没有新数据")
    assert "1 sent" in quick.run("send")


def test_the_documents_of_a_review_are_opened_and_nothing_that_was_put_aside(
    quick: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    name = quick.extra()
    aside = quick.folder / "output" / name / "leaders.kept-1"
    aside.mkdir()
    (aside / "edited.docx").write_bytes(b"")
    opened: list[list[str]] = []
    monkeypatch.setattr(subprocess, "run", lambda command, **_: opened.append(command))
    for platform, opener in (("linux", "xdg-open"), ("darwin", "open"), ("win32", "explorer")):
        opened.clear()
        monkeypatch.setattr(sys, "platform", platform)
        quick.run(f"review {name} --open")
        folder = quick.folder / "output" / name / "leaders"
        assert opened == [[opener, str(folder / f"{name}-leaders.{ending}")] for ending in ("docx", "pdf")]


def test_what_was_changed_after_the_build_is_not_approved(quick: Desk) -> None:
    name = quick.extra()
    path = quick.folder / "output" / name / "leaders" / f"{name}-leaders.pdf"
    path.write_bytes(path.read_bytes() + b" ")
    said = quick.run(f"approve {name} --by 王敏", code=2)
    assert "clusterreport issue rebuild" in said


# ── issues ───────────────────────────────────────────────────────────────────────────────────────────────────────────


def test_issues_are_listed_with_numbers_and_states(quick: Desk) -> None:
    assert quick.run("issue list") == "0 issues\n"
    name = quick.extra()
    first, second, *_ = quick.run("issue list").splitlines()
    assert first.startswith(f"{name}  extra  built  No. 1 of ")
    assert second == "1 issues"
    (row,) = json.loads(quick.run("issue list --json"))["issues"]
    assert (row["name"], row["kind"], row["state"], row["number"]) == (name, "extra", "built", "1")


def test_an_issue_that_nobody_has_to_approve_is_approved_at_once(quick: Desk) -> None:
    quick.edit(MONTHLY, f'{MONTHLY}\napproval = "none"')
    path = quick.folder / "templates" / "audiences" / "leaders" / "audience.toml"
    text = path.read_text(encoding="utf-8").replace('approval = "required"', 'approval = "none"')
    path.write_text(text, encoding="utf-8")
    said = quick.run("issue extra monthly --by 王敏")
    name = quick.issue()
    assert said == f"entered: {name}\nbuilt: {name}\napproved: {name} (leaders)\n"


def test_what_has_gone_is_neither_built_again_nor_cancelled(quick: Desk) -> None:
    name = sent(quick)
    quick.run(f"issue rebuild {name} --by 王敏", code=1)
    quick.run(f"issue cancel {name} --by 王敏 --reason 不发了", code=1)
    assert len(quick.delivered()) == 1


def test_a_cancelled_issue_does_not_go(quick: Desk) -> None:
    name = quick.extra()
    quick.run(f"approve {name} --by 王敏")
    said = quick.run(f"issue cancel {name} --by 王敏 --reason 不发了")
    assert said == f"cancelled: {name}, 1 deliveries will not go\n"
    assert "none due" in quick.run("send")
    assert quick.delivered() == []


def test_a_correction_goes_to_those_whom_the_issue_reached(quick: Desk) -> None:
    name = quick.extra()
    assert "it has reached nobody" in quick.run(f"issue correct {name} --by 王敏 --reason 错", code=2)
    quick.run(f"approve {name} --by 王敏")
    assert "still waiting to go" in quick.run(f"issue correct {name} --by 王敏 --reason 错", code=2)
    quick.run("send")
    assert f"built: {name.partition('-monthly')[0][:10]}" in quick.run(f"issue correct {name} --by 王敏 --reason 错")
    quick.run(f"approve {quick.issue()} --by 王敏")
    quick.run("send")
    assert quick.delivered() == ["extra 1", "correction 1"]


def test_a_correction_names_those_who_are_no_recipients_any_more(quick: Desk) -> None:
    another = '[[recipients]]\nname = "他"\naddress = "he@example.gov.cn"\naudience = "leaders"\n'
    quick.edit("[[schedule]]", f"{another}[[schedule]]")
    name = quick.extra()
    quick.run(f"approve {name} --by 王敏")
    assert "2 sent" in quick.run("send")
    quick.edit(another, "")
    said = quick.run(f"issue correct {name} --by 王敏 --reason 错 --everybody")
    assert "left out: 他 <he@example.gov.cn> got it and is no recipient any more" in said


def changed(quick: Desk) -> None:
    """Let an issue be made by a daily schedule, and ask for a second one of the same day by another hour."""
    quick.edit(MONTHLY, DAILY)
    quick.clock.at = MORNING - dt.timedelta(hours=1)
    assert "begun" in quick.run("schedule run-due")
    quick.clock.at = MORNING
    assert "monthly: built: 2026-03-10-monthly" in quick.run("schedule run-due")
    quick.edit(DAILY, 'cron = "0 9 * * *"')
    quick.clock.at = MORNING + dt.timedelta(hours=1)
    assert "held" in quick.run("schedule run-due", code=1)


def test_what_is_held_is_released_by_a_person(quick: Desk) -> None:
    changed(quick)
    said = quick.run("issue release monthly --by 王敏")
    assert said.splitlines()[:2] == ["entered: 2026-03-10-monthly-2", "built: 2026-03-10-monthly-2"]
    assert "no issue of it waits for a person" in quick.run("issue release monthly --by 王敏", code=2)


def test_what_is_held_is_left_out_by_a_person(quick: Desk) -> None:
    changed(quick)
    assert quick.run("issue skip monthly --by 王敏 --reason 已出") == "left out: monthly, 2026-03-10 09:00 +0800\n"
    listed = quick.run("issue list")
    assert "(none)  monthly  skipped  due 2026-03-10 09:00 +0800" in listed
    assert "no issue of it waits for a person" in quick.run("issue skip monthly --by 王敏 --reason 已出", code=2)


# ── send, serve, archive ─────────────────────────────────────────────────────────────────────────────────────────────


def test_a_dry_run_needs_a_mail_server_in_the_settings(quick: Desk) -> None:
    path = quick.folder / "clusterreport.toml"
    text = path.read_text(encoding="utf-8")
    path.write_text(text[: text.index("[mail]")], encoding="utf-8")
    assert "clusterreport.toml, mail: it is not set" in quick.run("send --dry-run letters", code=2)


def test_a_timer_makes_what_is_due_and_asks_for_nobody(quick: Desk) -> None:
    quick.edit(MONTHLY, DAILY)
    quick.clock.at = MORNING - dt.timedelta(hours=1)
    assert "monthly: begun: issues due after 2026-03-10 07:05 will be made" in quick.run("schedule run-due")
    quick.clock.at = MORNING
    said = quick.run("schedule run-due").splitlines()
    assert said == [
        "monthly: planned: 2026-03-10-monthly",
        "monthly: built: 2026-03-10-monthly",
        "deliveries: none due",
    ]


def test_a_refusal_is_an_error_of_the_command(quick: Desk) -> None:
    quick.run(f"approve {quick.extra()} --by 王敏")
    quick.sink.told(Fault("sender", "451 try later"))
    assert "1 again later" in quick.run("send")
    quick.sink.told(Fault("recipient", "550 no such user"))
    quick.clock.at += dt.timedelta(hours=1)
    assert "1 failed" in quick.run("schedule run-due", code=1)


def test_a_service_rests_between_its_rounds(quick: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    rests: list[float] = []
    monkeypatch.setattr(time, "sleep", rests.append)
    quick.run("serve --rounds 3 --every 7")
    assert rests == [7, 7]


def test_a_port_that_is_taken_is_said(quick: Desk) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        said = quick.run(f"serve --rounds 1 --metrics {port}", code=2)
    assert said.startswith(f"--metrics: nobody can listen on port {port}: ")


def test_records_are_checked_one_by_one_or_all(quick: Desk) -> None:
    name = sent(quick)
    record = quick.folder / "output" / "archive" / name
    assert quick.run("archive verify") == "1 records are whole\n"
    assert quick.run(f"archive verify {record}") == "1 records are whole\n"
    damaged = next(path for path in sorted(record.rglob("*.pdf")))
    damaged.chmod(0o600)
    damaged.write_bytes(b"other")
    assert damaged.name in quick.run("archive verify", code=1)


# ── deliveries, resend, resolve, reconcile ───────────────────────────────────────────────────────────────────────────


def test_deliveries_are_listed_by_state_and_issue(quick: Desk) -> None:
    first = sent(quick)
    quick.extra()
    assert quick.run("deliveries").splitlines()[-1] == "2 deliveries"
    assert quick.run(f"deliveries --issue {first} --sent").splitlines()[-1] == "1 deliveries"
    assert quick.run("deliveries --failed") == "0 deliveries\n"
    assert "there is no issue 2020-01" in quick.run("deliveries --issue 2020-01", code=1)
    listed = json.loads(quick.run("deliveries --json"))["deliveries"]
    assert [row["state"] for row in listed] == ["sent", "built"]


def test_a_doubt_is_ended_by_a_persons_word(quick: Desk) -> None:
    sent(quick)
    quick.make_uncertain()
    assert "ask the server's keeper, then: clusterreport resolve 1" in quick.run("deliveries --uncertain")
    said = quick.run("resolve 1 --resend --by 王敏 --reason 对方没有收到")
    assert said.splitlines()[0].endswith("<me@example.gov.cn>: approved")
    assert "1 sent" in quick.run("send")
    assert len(quick.delivered()) == 2


def test_a_doubt_is_ended_by_what_lies_in_a_mailbox(quick: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    sent(quick)
    quick.make_uncertain()
    asked: list[Mailbox] = []

    def in_mailbox(mailbox: Mailbox, wanted: dict[str, str]) -> list[Evidence]:
        asked.append(mailbox)
        return [Evidence(message_id, "arrived", "in INBOX") for message_id in wanted]

    monkeypatch.setattr("clusterreport.delivery.confirming.in_mailbox", in_mailbox)
    monkeypatch.setenv("IMAP_PASSWORD", "x")
    line = "reconcile --imap copies@mail.example.gov.cn:1993 --password-env IMAP_PASSWORD --by 王敏"
    said = quick.run(line)
    assert "me@example.gov.cn: arrived: in INBOX\n  recorded as sent\n" in said
    assert (asked[0].host, asked[0].user, asked[0].port) == ("mail.example.gov.cn", "copies", 1993)
    assert quick.run("deliveries --uncertain") == "0 deliveries\n"


# ── backup, restore, accept, hold ────────────────────────────────────────────────────────────────────────────────────


def test_a_copy_is_put_back_and_what_it_would_send_is_held(quick: Desk) -> None:
    name = quick.extra()
    quick.run(f"approve {name} --by 王敏")
    assert quick.run("backup copy.db") == "copied to copy.db\n"
    assert "copy.db: the file is there already" in quick.run("backup copy.db", code=1)
    quick.run("send")
    (quick.folder / "output" / "outbox.db").unlink()
    said = quick.run("restore copy.db --by 王敏")
    assert said.startswith("1 deliveries are uncertain now; see `clusterreport deliveries --uncertain`\n")
    assert "none due" in quick.run("send")
    assert len(quick.delivered()) == 1


def test_everything_that_waits_is_held(quick: Desk) -> None:
    quick.run(f"approve {quick.extra()} --by 王敏")
    assert quick.run("hold --by 王敏 --reason 名单有误").startswith("1 deliveries are uncertain now")
    assert "none due" in quick.run("send")


# ── build and check ──────────────────────────────────────────────────────────────────────────────────────────────────


@pytest.fixture
def issue(quick: Desk, monkeypatch: pytest.MonkeyPatch) -> Issue:
    """Return what a build that takes no time makes."""
    files = (
        BuiltFile("leaders", quick.folder / "output" / "a.pdf", 2_048_000, 9, "ab"),
        BuiltFile("leaders", Path("/elsewhere/a.docx"), 1024, 0, "cd"),
    )
    made = Issue(files, ("one remark",), (Compared("leaders", 1200, 80, 30, 4),))

    def build(_settings: object, report: object, *, now: object, verify_pair: bool, tell: object) -> Issue:
        assert callable(report)
        assert callable(tell)
        assert isinstance(now, dt.datetime)
        report("data")
        tell("work of people lies elsewhere")
        return made if verify_pair else replace(made, compared=())

    monkeypatch.setattr(building, "build", build)
    return made


@pytest.mark.usefixtures("issue")
def test_a_build_says_what_it_wrote(quick: Desk) -> None:
    quick.capture.readouterr()
    assert main(["build", "--verify-pair"]) == 0
    printed = quick.capture.readouterr()
    assert printed.out.splitlines()[:-1] == [
        "audience  file               pages       size",
        "leaders   output/a.pdf           9  2,000 KiB",
        "leaders   /elsewhere/a.docx             1 KiB",
        "note: one remark",
        (
            "the Word file and the PDF both say what the text says: leaders 1,200 texts, 80 numbers, 30 table cells, "
            "4 chart values"
        ),
    ]
    assert printed.out.splitlines()[-1].startswith("2 files in ")
    assert printed.err == "reading and checking the data …\nnote: work of people lies elsewhere\n"


@pytest.mark.usefixtures("issue")
def test_a_build_is_quiet_where_that_is_asked_for(quick: Desk) -> None:
    assert quick.run("build --quiet") == "note: work of people lies elsewhere\n"


@pytest.mark.usefixtures("issue")
def test_a_build_is_told_to_a_program(quick: Desk) -> None:
    quick.capture.readouterr()
    assert main(["build", "--json"]) == 0
    told = json.loads(quick.capture.readouterr().out)
    assert told["files"][1] == {
        "audience": "leaders", "path": "/elsewhere/a.docx", "bytes": 1024, "pages": 0, "sha256": "cd",
    }  # fmt: skip
    assert told["remarks"] == ["one remark", "work of people lies elsewhere"]
    assert told["compared"] == []


TOLD = (
    Problem("data/x.csv", "it is so", "Do nothing.", level=Level.NOTE),
    Problem("data/x.csv, row 2", "it is odd", "Look.", level=Level.WARN),
)


def test_a_build_tells_how_many_notes_there_are_and_who_lists_them(
    quick: Desk, issue: Issue, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(building, "build", lambda *_, **__: replace(issue, told=TOLD))
    printed = quick.run("build")
    assert "warning: data/x.csv, row 2: it is odd\n  Look.\n" in printed
    assert "note: there is 1 note on the data and on what goes out; to read it: clusterreport check\n" in printed
    assert "it is so" not in printed
    assert "it is so" in quick.run("build --json")


def test_a_check_says_for_whom_all_is_in_order(quick: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(building, "check", lambda *_: Checked(("leaders", "bureau"), ("one remark",), TOLD))
    assert quick.run("check").splitlines() == [
        "data and templates are in order for: leaders, bureau",
        "note: one remark",
        "warning: data/x.csv, row 2: it is odd",
        "  Look.",
        "note: data/x.csv: it is so",
        "  Do nothing.",
    ]
    assert quick.run("check --quiet") == ""
    assert json.loads(quick.run("check --json")) == {
        "problems": [], "audiences": ["leaders", "bureau"], "remarks": ["one remark"],
        "findings": [
            {"level": "note", "where": "data/x.csv", "problem": "it is so", "remedy": "Do nothing."},
            {"level": "warn", "where": "data/x.csv, row 2", "problem": "it is odd", "remedy": "Look."},
        ],
    }  # fmt: skip


def test_on_a_terminal_one_line_moves(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.setattr(sys.stderr, "isatty", lambda: True)
    with shown_progress(quiet=False) as report:
        report("pdf")
    assert " …\n" not in capsys.readouterr().err


# ── what all commands share ──────────────────────────────────────────────────────────────────────────────────────────


def test_problems_are_told_one_a_line_and_counted(quick: Desk) -> None:
    quick.edit("[mail]", "[mail]\nunknown = 1")
    quick.edit(MONTHLY, "rule = 7")
    said = quick.run("issue list", code=2).splitlines()
    assert said[-1] == "2 problems; nothing was written"
    told = json.loads(quick.run("issue list --json", code=2))["problems"]
    assert len(told) == 2


def test_who_stops_a_command_is_told_that_nothing_was_lost(quick: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupted(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(building, "check", interrupted)
    assert quick.run("check", code=130) == "stopped; what stood in output/ before still stands\n"


def test_an_error_of_no_kind_that_is_known_is_not_hidden(quick: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_: object) -> None:
        raise ClusterReportError("a defect")

    monkeypatch.setattr(building, "check", broken)
    with pytest.raises(ClusterReportError, match="a defect"):
        quick.run("check")


def test_the_installed_program_ends_with_the_code_of_its_command(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "argv", ["clusterreport", "archive", "verify", "/nowhere"])
    monkeypatch.setattr(gc, "set_threshold", lambda *_: None)
    monkeypatch.setattr(gc, "freeze", lambda: None)
    monkeypatch.setenv("PYDANTIC_DISABLE_PLUGINS", "__all__")
    with pytest.raises(SystemExit) as ended:
        cli.entry()
    assert ended.value.code == 2


@pytest.mark.parametrize("arguments", [("archive", "verify", "/nowhere"), ("--version",)])
def test_objects_that_end_with_the_program_are_not_looked_through_again(arguments: tuple[str, ...]) -> None:
    program = (
        "import atexit, gc, sys\n"
        "atexit.register(lambda: print('kept:', gc.get_freeze_count() > 1_000))\n"
        "from clusterreport.cli import entry\n"
        "entry()\n"
    )
    ended = subprocess.run(
        [sys.executable, "-c", program, *arguments], capture_output=True, check=False, text=True
    )  # fmt: skip
    assert ended.stdout.endswith("kept: True\n")


def test_no_package_of_the_machine_watches_the_settings_being_read(tmp_path: Path) -> None:
    (tmp_path / "watching.py").write_text("print('watching')\n", encoding="utf-8")
    (tmp_path / "watching-1.dist-info").mkdir()
    entry_points = tmp_path / "watching-1.dist-info" / "entry_points.txt"
    entry_points.write_text("[pydantic]\nwatching = watching\n", encoding="utf-8")
    (tmp_path / "clusterreport.toml").write_text("unknown = 1\n", encoding="utf-8")
    before = os.environ.get("PYTHONPATH")
    ended = subprocess.run(
        [sys.executable, "-m", "clusterreport", "check", str(tmp_path)],
        env={**os.environ, "PYTHONPATH": os.pathsep.join([str(tmp_path), *([before] if before else [])])},
        capture_output=True, check=False, text=True,
    )  # fmt: skip
    assert "unknown" in ended.stderr
    assert "watching" not in ended.stdout


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("check --as-of 22.9.2025", "'22.9.2025' is not a date; write it as 2025-09-22"),
        ("accept --by 王 --reason ' '", "say why"),
        ("approve x --by ' '", "say who you are"),
        ("approve x --by 'a\tb'", "say who you are"),
        ("deliver", "invalid choice: 'deliver'"),
    ],
)
def test_an_argument_that_is_none_is_said(quick: Desk, line: str, said: str) -> None:
    with pytest.raises(SystemExit) as ended:
        quick.run(line)
    assert ended.value.code == 2
    assert said in quick.capture.readouterr().err
