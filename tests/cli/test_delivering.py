"""The commands by which an operator sends, looks and mends: the whole way from an issue to a mailbox."""

from __future__ import annotations

import email
import email.policy
import json
import os
import re
import shlex
import stat
import urllib.request
from typing import TYPE_CHECKING

import pytest

from clusterreport.app.cycles import Cycle
from clusterreport.app.steps import Step
from clusterreport.cli import main
from clusterreport.cli.metrics import Metrics
from clusterreport.delivery.outbox import open_outbox
from clusterreport.settings.delivery import Delivery
from tests.cli.desks import ROOT, Desk
from tests.delivery.sample import AT
from tests.delivery.sink import Fault

if TYPE_CHECKING:
    from pathlib import Path

PAGE = ROOT / "docs" / "operations.md"


@pytest.mark.slow
def test_an_extra_goes_once_and_only_when_approved(desk: Desk) -> None:
    name = desk.extra()
    assert "deliveries: none due" in desk.run("send")
    review = desk.run(f"review {name}")
    assert "leaders: not approved" in review
    assert "附件是本期简报《" in review
    assert "will not go" not in review
    desk.run(f"approve {name} --by 王敏")
    assert "approved by 王敏" in desk.run(f"review {name}")
    assert "1 sent" in desk.run("send")
    assert "none due" in desk.run("send")
    (subject,) = desk.delivered()
    assert subject.endswith("（增刊第1期）")
    assert "1 records are whole" in desk.run("archive verify")


def test_an_audience_with_a_chinese_name_goes_the_whole_way(quick: Desk) -> None:
    """领导版 names the folder, the files, what is approved, the mail that would be sent, and the record."""
    quick.run("new audience 领导版 --like leaders --project .")
    quick.edit('audience = "leaders"', 'audience = "领导版"')
    quick.edit('audiences = ["leaders"]', 'audiences = ["领导版"]')
    name = quick.extra()
    assert "领导版: not approved" in quick.run(f"review {name}")
    quick.run(f"approve {name} --by 王敏 --audience 领导版")
    quick.run("send --dry-run letters")
    (letter,) = (quick.folder / "letters").iterdir()
    assert letter.name.endswith("-领导版.eml")
    letter.unlink()
    assert "1 sent" in quick.run("send")
    assert len(quick.delivered()) == 1
    assert "  领导版  " in quick.run("deliveries")
    files = {path.name for path in (quick.folder / "output" / name / "领导版").iterdir()}
    assert f"{name}-领导版.pdf" in files
    assert "1 records are whole" in quick.run("archive verify")
    assert "0 deliveries will be sent again" in quick.run(f"resend {name} --by 王敏")


def test_moments_are_told_in_the_zone_of_the_schedule_with_its_offset(quick: Desk) -> None:
    name = quick.extra()
    said = quick.run("issue list") + quick.run(f"review {name}")
    assert len(re.findall(r"due \d{4}-\d\d-\d\d \d\d:\d\d \+0800", said)) == 2
    (found,) = re.findall(r"due (\d{4}-\d\d-\d\d) ", quick.run("issue list"))
    assert name.startswith(found)


def test_a_review_says_who_now_reads_another_audience(quick: Desk) -> None:
    name = quick.extra()
    path = quick.folder / "clusterreport.toml"
    text = path.read_text(encoding="utf-8").replace('audience = "leaders"', 'audience = "public"')
    text = text.replace('audiences = ["leaders"]', 'audiences = ["public"]')
    path.write_text(text, encoding="utf-8")
    assert "will not go: no longer among the recipients of leaders" in quick.run(f"review {name}")


def test_a_dry_run_writes_what_would_be_sent_and_sends_nothing(quick: Desk) -> None:
    quick.run(f"approve {quick.extra()} --by 王敏")
    assert "nothing was sent" in quick.run("send --dry-run letters")
    (path,) = (quick.folder / "letters").iterdir()
    message = email.message_from_bytes(path.read_bytes(), policy=email.policy.default)
    assert str(message["To"]) == "我自己 <me@example.gov.cn>"
    assert quick.delivered() == []
    for mask in (0o000, 0o022):
        path.chmod(0o644)
        before = os.umask(mask)
        quick.run("send --dry-run letters")
        os.umask(before)
        assert stat.S_IMODE(path.stat().st_mode) == 0o600


def test_a_rebuilt_issue_needs_a_new_word(quick: Desk) -> None:
    name = quick.extra()
    quick.run(f"approve {name} --by 王敏")
    assert f"built: {name}" in quick.run(f"issue rebuild {name} --by 李")
    assert "none due" in quick.run("send")
    assert quick.delivered() == []


def test_what_the_server_refused_is_sent_again_to_him_alone(quick: Desk) -> None:
    name = quick.extra()
    quick.run(f"approve {name} --by 王敏")
    quick.sink.told(Fault("recipient", "550 no such user"))
    assert "1 failed" in quick.run("send", code=1)
    assert "550 no such user" in quick.run("deliveries --failed")
    assert "1 deliveries will be sent again" in quick.run(f"resend {name} --by 王敏")
    quick.sink.told(None)
    quick.run("send")
    assert len(quick.delivered()) == 1
    assert "0 deliveries will be sent again" in quick.run(f"resend {name} --by 王敏")


def test_a_doubt_is_ended_by_evidence_and_by_a_name(quick: Desk) -> None:
    name = quick.extra()
    quick.run(f"approve {name} --by 王敏")
    quick.sink.told(Fault("after storing"))
    assert "1 uncertain" in quick.run("send", code=1)
    quick.sink.told(None)
    listed = quick.run("deliveries --uncertain")
    (message_id,) = re.findall(r"Message-ID: <(.*)>", listed)
    log = quick.folder / "mail.log"
    log.write_text("Nov 2 08:00 mail postfix/smtp[1]: A: nothing of ours\n", encoding="utf-8")
    assert "nothing was found" in quick.run("reconcile --postfix-log mail.log --by 王敏")
    lines = [
        f"Nov 2 08:00 mail postfix/cleanup[1]: A1: message-id=<{message_id}>",
        "Nov 2 08:00 mail postfix/smtp[1]: A1: to=<me@example.gov.cn>, relay=x, status=sent (250 ok)",
    ]
    log.write_text("\n".join(lines), encoding="utf-8")
    assert "recorded as sent" not in quick.run("reconcile --postfix-log mail.log")
    assert "recorded as sent" in quick.run("reconcile --postfix-log mail.log --by 王敏")
    assert len(quick.delivered()) == 1  # it had been stored, and was not sent again
    assert json.loads(quick.run("deliveries --json"))["deliveries"][0]["state"] == "sent"


@pytest.mark.slow
def test_a_correction_follows_and_a_cancelled_issue_does_not_go(desk: Desk) -> None:
    name = desk.extra()
    desk.run(f"approve {name} --by 王敏")
    desk.run("send")
    assert "built:" in desk.run(f"issue correct {name} --by 王敏 --reason 表2单位有误")
    correction = desk.issue()
    desk.run(f"approve {correction} --by 王敏")
    desk.run("send")
    assert desk.delivered()[-1].endswith("（更正第1期）")
    given_up = desk.extra()
    desk.run(f"approve {given_up} --by 王敏")
    assert "1 deliveries will not go" in desk.run(f"issue cancel {given_up} --by 王敏 --reason 不发了")
    desk.run("send")
    assert len(desk.delivered()) == 2


def test_a_service_tells_prometheus_and_its_journal(quick: Desk) -> None:
    printed = quick.run("serve --rounds 1")
    entries = [json.loads(line) for line in printed.splitlines()]
    assert {entry["level"] for entry in entries} == {"info"}
    assert any("monthly: begun" in entry["message"] for entry in entries)


def test_metrics_are_told_on_this_machine_alone() -> None:
    with Metrics(0) as metrics:
        metrics.cycle_failed()
        assert metrics.address.startswith("http://127.0.0.1:")
        with urllib.request.urlopen(metrics.address) as answer:  # noqa: S310 -- on loopback, as asserted
            text = answer.read().decode()
        assert answer.headers["Content-Type"].startswith("text/plain; version=0.0.4")
    assert 'clusterreport_rounds_total{outcome="failed"} 1' in text.splitlines()


def test_a_service_outlives_a_round_that_fails(desk: Desk) -> None:
    (desk.folder / "clusterreport.toml").write_text("[briefing", encoding="utf-8")
    assert "the round failed" in desk.run("serve --rounds 1")


def test_a_service_outlives_a_defect(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_: object) -> None:
        raise RecursionError("maximum recursion depth exceeded")

    monkeypatch.setattr("clusterreport.app.cycles.run_cycle", broken)
    printed = desk.run("serve --rounds 2 --every 0")
    entries = [json.loads(line) for line in printed.splitlines()]
    assert [entry["message"] for entry in entries] == ["the round failed: a defect of the program"] * 2
    assert all("RecursionError" in entry["trace"] for entry in entries)


@pytest.mark.slow
def test_what_is_approved_goes_though_another_issue_cannot_be_built(desk: Desk) -> None:
    desk.run(f"approve {desk.extra()} --by 王敏")
    section = desk.folder / "templates" / "audiences" / "leaders" / "conclusions.md.j2"
    section.write_text("{{ chart.bar(data=1, data=2) }}", encoding="utf-8")
    desk.run("issue extra monthly --by 王敏", code=1)
    broken = desk.issue()
    printed = desk.run("serve --rounds 1")
    assert len(desk.delivered()) == 1
    errors = [json.loads(line)["message"] for line in printed.splitlines() if json.loads(line)["level"] == "error"]
    assert any(message.startswith(f"monthly: failed {broken}: ") for message in errors)
    assert "failed" in desk.run("schedule run-due", code=1)


def test_steps_that_failed_are_counted(tmp_path: Path) -> None:
    steps = (Step("failed", "monthly", "x"), Step("failed", "weekly", "x"), Step("built", "monthly", "x"))
    with open_outbox(Delivery(tmp_path / "outbox.db", tmp_path)) as outbox, Metrics(None) as metrics:
        metrics.cycle_done(Cycle(steps, {"sent": 1}), outbox, AT)
    lines = metrics.text().splitlines()
    assert 'clusterreport_steps_total{step="failed"} 2' in lines
    assert 'clusterreport_rounds_total{outcome="troubled"} 1' in lines


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("issue release monthly --by 王", "no issue of it waits for a person"),
        ("issue skip monthly --by 王 --reason 已出", "no issue of it waits for a person"),
        ("review 2026-11", "there is no issue 2026-11"),
        ("approve 2026-11 --by 王", "there is no issue 2026-11"),
        ("resolve 7 --sent --by 王", "there is no delivery 7"),
        ("issue extra weekly --by 王", "there is no schedule weekly"),
        ("issue extra monthyl --by 王", "Did you mean monthly? Write one of: monthly"),
        ("reconcile --postfix-log gone.log", "the file cannot be read"),
        ("reconcile --imap nobody", "is not a mailbox"),
        ("reconcile --imap a@localhost", "--password-env: it is not given"),
        ("archive verify", "there is no record in it"),
        ("restore gone.db --by 王", "there is no such file"),
    ],
)
def test_what_cannot_be_done_is_said_with_a_remedy(desk: Desk, line: str, said: str) -> None:
    desk.capture.readouterr()
    assert main(shlex.split(line)) in {1, 2}
    assert said in desk.capture.readouterr().err
    assert desk.delivered() == []


@pytest.mark.parametrize("line", ["approve x", "approve x --by ''", "resolve 7 --by 王", "issue cancel x --by 王"])
def test_who_and_why_must_be_said(desk: Desk, line: str) -> None:
    with pytest.raises(SystemExit):
        main(shlex.split(line))
    assert desk.delivered() == []


def commands() -> list[str]:
    """Return the commands of the operators' page, in their order, as they are written there."""
    blocks = re.findall(r"```sh\n(.*?)```", PAGE.read_text(encoding="utf-8"), re.DOTALL)
    return [line.strip() for block in blocks for line in block.splitlines() if line.strip()]


@pytest.mark.slow
def test_the_operators_page_can_be_followed_to_the_letter(desk: Desk) -> None:
    log = desk.folder / "mail.log"
    log.touch()
    asked = [line for line in commands() if line != "make"]  # what make makes, the tests run in
    assert len(asked) >= 15
    issue = ""
    for line in asked:
        assert line.startswith("clusterreport "), line
        # The page's numbers, files and ports stand for those of the reader.
        words = line.removeprefix("clusterreport ").replace("/var/log/mail.log", str(log))
        words = re.sub(r"resolve \d+", "resolve 1", re.sub(r"--metrics \d+", "--metrics 0", words))
        if words.startswith("resolve"):
            desk.make_uncertain()
        desk.run(words.replace("ISSUE", desk.extra() if "--accept-stale" in words else issue))
        if words.startswith("issue extra"):
            issue = desk.issue()
        if "--resend" in words:
            desk.run("send")
    assert len(desk.delivered()) == 3  # the first, the one with old data, and the one that was sent again
