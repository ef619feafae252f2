"""The tables about mail, recipients and schedules are read with care."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

import pytest

from clusterreport.errors import UsageError
from clusterreport.settings.addresses import Address
from clusterreport.settings.mail import Mail
from clusterreport.settings.recipients import Recipient
from clusterreport.settings.schedules import Schedule
from clusterreport.settings.secrets import Secret, revealed
from tests.settings.projects import WHOLE, loaded

if TYPE_CHECKING:
    from pathlib import Path

MAIL = """
[mail]
host = "mail.example.gov.cn"
sender = "研究中心 <briefing@example.gov.cn>"
user = "briefing"
password_env = "MAIL_PASSWORD"

[[recipients]]
name = "张主任"
address = "zhang@example.gov.cn"
audience = "leaders"
lists = ["市领导"]

[[recipients]]
name = "共享盘"
folder = "share"
audience = "bureau"

[[schedule]]
name = "monthly"
rule = "first working day of the month"
audiences = ["leaders"]
recipients = ["市领导"]
"""


def test_server_recipients_and_schedules_are_read(tmp_path: Path) -> None:
    settings = loaded(tmp_path, WHOLE + MAIL)
    assert settings.mail == Mail(
        host="mail.example.gov.cn",
        port=587,
        security="starttls",
        sender=Address("briefing@example.gov.cn", "研究中心"),
        user="briefing",
        password=Secret("mail.password", "MAIL_PASSWORD"),
    )
    assert settings.recipients == (
        Recipient("张主任", "leaders", Address("zhang@example.gov.cn", "张主任"), lists=("市领导",)),
        Recipient("共享盘", "bureau", folder=tmp_path / "share"),
    )
    assert settings.schedules == (
        Schedule(
            name="monthly", cron="", rule="first working day of the month", time=dt.time(8),
            zone=ZoneInfo("Asia/Shanghai"), audiences=("leaders",), focus="", lists=("市领导",),
            approval=True, stale_after=None, first_number=1, first_total=1,
        ),
    )  # fmt: skip


@pytest.mark.parametrize(
    ("said", "focus", "cities"),
    [
        ("", "", ()),
        ('focus = ""', "", ()),
        ('focus = "苏州"', "苏州", ()),
        ('focus = ["苏州"]', "苏州", ()),
        ('focus = ["苏州", "无锡"]', "", ("苏州", "无锡")),
        ('focus = "all"', "", ("all",)),
        ('focus = ["all"]', "", ("all",)),
        ('focus = "recipients"', "", ("recipients",)),
    ],
)
def test_a_schedule_is_of_one_city_or_of_many(tmp_path: Path, said: str, focus: str, cities: tuple[str, ...]) -> None:
    (schedule,) = loaded(tmp_path, WHOLE + MAIL + said + "\n").schedules
    assert (schedule.focus, schedule.cities) == (focus, cities)


@pytest.mark.parametrize(
    ("said", "expected"), [("none", (False, False)), ("required", (True, False)), ("each", (True, True))]
)
def test_editions_are_approved_together_or_each_on_its_own(
    tmp_path: Path, said: str, expected: tuple[bool, bool]
) -> None:
    (schedule,) = loaded(tmp_path, WHOLE + MAIL + f'approval = "{said}"\n').schedules
    assert (schedule.approval, schedule.each) == expected


def test_an_internal_domain_is_read_as_the_domain_of_an_address_is(tmp_path: Path) -> None:
    settings = loaded(tmp_path, WHOLE + MAIL.replace("user =", 'internal_domains = ["Example.中国"]\nuser ='))
    assert settings.mail is not None
    assert settings.mail.internal_domains == ("example.xn--fiqs8s",)


def test_without_these_tables_there_is_no_mail(tmp_path: Path) -> None:
    settings = loaded(tmp_path, WHOLE)
    assert (settings.mail, settings.recipients, settings.schedules) == (None, (), ())
    assert settings.delivery is not None
    assert settings.delivery.outbox == tmp_path / "output/outbox.db"
    assert settings.delivery.archive == tmp_path / "output/archive"


def test_the_outbox_may_be_in_postgresql(tmp_path: Path) -> None:
    address = "postgresql://briefing@db.example.gov.cn/outbox"
    delivery = loaded(tmp_path, WHOLE + f'[delivery]\noutbox = "{address}"\n').delivery
    assert delivery is not None
    assert delivery.outbox == address


@pytest.mark.parametrize(
    ("old", "new", "where", "problem"),
    [
        ('host = "mail.example.gov.cn"', "", "mail.host", "it is not set"),
        ('[[recipients]]\nname = "张主任"', "[[recipients]]", "recipients (1).name", "it is not set"),
        ('user = "briefing"', 'security = "none"', "mail.security", "unprotected"),
        ('user = "briefing"', 'security = "ssl"', "mail.security", "not known"),
        ('user = "briefing"', "port = 70000", "mail.port", "70000 is no port"),
        ('user = "briefing"', 'internal_domains = ["@example.gov.cn"]', "mail.internal_domains", "is not a domain"),
        ('user = "briefing"', "megabytes = 0", "mail.megabytes", "0 is too little"),
        ('password_env = "MAIL_PASSWORD"', 'password = "sesame"', "mail.password", "no such setting"),
        ('password_env = "MAIL_PASSWORD"', "", "mail", "none of password_env, password_file, password_credential"),
        ('password_env = "MAIL_PASSWORD"', 'password_credential = "a/b"', "mail.password_credential", "not the name"),
        ("zhang@example.gov.cn", "zhang", "recipients (1).address", "is not an e-mail address"),
        ("zhang@example.gov.cn", "@example.gov.cn", "recipients (1).address", "is not an e-mail address"),
        ("zhang@", "zhang,li@", "recipients (1).address", "is more than one address"),
        ("zhang@", "a@example.cn；li@", "recipients (1).address", "is more than one address"),
        ("zhang@", "a@b@", "recipients (1).address", "mail servers do not take"),
        ("zhang@", "张@", "recipients (1).address", "mail servers do not take"),
        ("zhang@", "a..b@", "recipients (1).address", "mail servers do not take"),
        ("zhang@", "a b@", "recipients (1).address", "mail servers do not take"),
        ("zhang@", f"{65 * 'a'}@", "recipients (1).address", "mail servers do not take"),
        ("zhang@example.gov.cn", "zhang@localhost", "recipients (1).address", "is no domain"),
        ("zhang@example.gov.cn", "zhang@-a.cn", "recipients (1).address", "is no domain"),
        ("zhang@example.gov.cn", "zhang@a..cn", "recipients (1).address", "is no domain"),
        ("zhang@", "zhang\\n@", "recipients (1).address", "holds a line break"),
        ("zhang@", "zhang\\u0000@", "recipients (1).address", "holds a line break"),
        ('"张主任"', '"张\\r\\nBcc: a@b.cn"', "recipients (1).name", "the name"),
        ('folder = "share"', "", "recipients (2)", "either an address or a folder"),
        ('folder = "share"', 'folder = "share"\nfocus = []', "recipients (2).focus", "it is empty"),
        ('folder = "share"', 'folder = "share"\nfocus = ["a", "a"]', "recipients (2).focus", "'a' is named twice"),
        ('folder = "share"', 'folder = "share"\nfocus = 3', "recipients (2).focus", "wrong kind"),
        ('name = "monthly"', 'name = "monthly"\nfocus = []', "schedule (1).focus", "it is empty"),
        ('name = "monthly"', 'name = "monthly"\nfocus = ["a", 3]', "schedule (1).focus", "wrong kind"),
        ('folder = "share"', 'address = "ZHANG@example.gov.cn"', "recipients (2)", "is named already"),
        ('name = "monthly"', 'name = "每 月"', "schedule (1).name", "is not a name"),
        ('rule = "first working day of the month"', "", "schedule (1)", "either a rule or a cron line"),
        ('rule = "first working day of the month"', 'cron = "0 8 * * 1"\ntime = "08:00"', "schedule (1).time", "line"),
        ('name = "monthly"', 'name = "monthly"\ntime = "8 Uhr"', "schedule (1).time", "is not a time of day"),
        ('name = "monthly"', 'name = "monthly"\nzone = "Asia/Canton"', "schedule (1).zone", "is not a time zone"),
        ('name = "monthly"', 'name = "monthly"\nfirst_number = 0', "schedule (1).first_number", "0 is not a number"),
        ('name = "monthly"', 'name = "monthly"\napproval = "no"', "schedule (1).approval", "not known"),
        ('recipients = ["市领导"]', 'recipients = ["省级"]', "schedule (1).recipients", "nobody is on the list '省级'"),
    ],
)  # fmt: skip
def test_a_wrong_setting_is_named(tmp_path: Path, old: str, new: str, where: str, problem: str) -> None:
    assert old in MAIL
    with pytest.raises(UsageError) as raised:
        loaded(tmp_path, WHOLE + MAIL.replace(old, new))
    assert raised.value.problem.where == f"clusterreport.toml, {where}"
    assert problem in raised.value.problem.problem
    assert "sesame" not in str(raised.value)


def test_a_table_that_may_be_repeated_takes_two_brackets(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="recipients: it is not a list of tables"):
        loaded(tmp_path, WHOLE + '[recipients]\nname = "张主任"\n')


def test_two_schedules_have_two_names(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match=r"schedule \(2\)\.name: 'monthly' is another schedule's name"):
        loaded(tmp_path, WHOLE + MAIL + '[[schedule]]\nname = "monthly"\ncron = "0 8 * * 1"\n')


@pytest.mark.parametrize(
    ("outbox", "problem"),
    [("mysql://server/database", "neither a file nor"), ("postgresql://a:sesame@server/database", "holds a password")],
)  # fmt: skip
def test_a_wrong_outbox_is_named(tmp_path: Path, outbox: str, problem: str) -> None:
    with pytest.raises(UsageError) as raised:
        loaded(tmp_path, WHOLE + f'[delivery]\noutbox = "{outbox}"\n')
    assert raised.value.problem.where == "clusterreport.toml, delivery.outbox"
    assert problem in raised.value.problem.problem
    assert "sesame" not in str(raised.value)


def test_the_limits_of_a_build_are_read(tmp_path: Path) -> None:
    usual = loaded(tmp_path, WHOLE).delivery
    assert (usual.build_minutes, usual.build_megabytes) == (10, 4096)
    said = loaded(tmp_path, WHOLE + "[delivery]\nbuild_minutes = 30\nbuild_megabytes = 8192\n").delivery
    assert (said.build_minutes, said.build_megabytes) == (30, 8192)


@pytest.mark.parametrize(
    ("key", "value"),
    [("build_minutes", 0), ("build_minutes", 1441), ("build_megabytes", 511), ("build_megabytes", 1048577)],
)
def test_a_limit_that_would_stop_or_allow_everything_is_named(tmp_path: Path, key: str, value: int) -> None:
    with pytest.raises(UsageError, match=rf"delivery\.{key}: it is out of bounds"):
        loaded(tmp_path, WHOLE + f"[delivery]\n{key} = {value}\n")


@pytest.mark.parametrize(
    ("said", "mailbox", "name"),
    [
        ("li@example.gov.cn", "li@example.gov.cn", "李处长"),
        ("李 <li@Example.GOV.cn>", "li@example.gov.cn", "李"),
        (" li@example.中国 ", "li@example.xn--fiqs8s", "李处长"),
    ],
)  # fmt: skip
def test_an_address_may_be_written_in_several_ways(tmp_path: Path, said: str, mailbox: str, name: str) -> None:
    text = MAIL.replace("zhang@example.gov.cn", said).replace("张主任", "李处长")
    assert loaded(tmp_path, WHOLE + text).recipients[0].address == Address(mailbox, name)


def test_a_credential_of_systemd_is_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CREDENTIALS_DIRECTORY", str(tmp_path))
    (tmp_path / "mail").write_text("翠微\n", encoding="utf-8")
    assert revealed(Secret("mail.password", credential="mail")) == "翠微"


def test_a_credential_that_systemd_did_not_hand_over_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("CREDENTIALS_DIRECTORY", raising=False)
    with pytest.raises(UsageError, match=r"mail\.password_credential: systemd has handed over no credentials"):
        revealed(Secret("mail.password", credential="mail"))


def test_all_faults_of_the_mail_and_of_every_recipient_are_told_at_once(tmp_path: Path) -> None:
    spoiled = MAIL.replace('host = "mail.example.gov.cn"', 'host = "mail.example.gov.cn"\nport = 0\nmegabytes = 0')
    spoiled = spoiled.replace("zhang@", "zhang\\u0000@").replace('folder = "share"', "")
    with pytest.raises(UsageError) as raised:
        loaded(tmp_path, WHOLE + spoiled)
    told = str(raised.value)
    for place in ("mail.port", "mail.megabytes", "recipients (1).address", "recipients (2)"):
        assert f"clusterreport.toml, {place}" in told
