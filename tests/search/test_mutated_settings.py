"""Thirty thousand mutated settings are read or refused with a place, each in time; never with a traceback.

A small part runs with the suite; HYPOTHESIS_PROFILE=search runs all of them.
"""

from __future__ import annotations

import datetime as dt
import random
import time
from pathlib import Path

import pytest

from clusterreport.data import sources
from clusterreport.errors import ClusterReportError
from clusterreport.schedule import occurrences, working_days
from clusterreport.settings import load
from clusterreport.theme import load_theme
from clusterreport.writing.audience import load_audience
from tests.search.mutators import of_table, of_toml, size
from tests.settings.projects import WHOLE

ROOT = Path(__file__).resolve().parents[2]
NOW = dt.datetime(2026, 11, 27, 1, tzinfo=dt.UTC)
REST = """expected_rows = { clusters = 80 }

[folders]
output = "output"
templates = "templates"

[signing]
certificate = "keys/signer.p12"
passphrase_env = "SIGNING_PASSPHRASE"
reason = "正式发布"

[mail]
host = "mail.example.gov.cn"
port = 587
security = "starttls"
sender = "研究中心 <briefing@example.gov.cn>"
user = "briefing"
password_env = "MAIL_PASSWORD"
internal_domains = ["example.gov.cn"]
megabytes = 5
word = true

[delivery]
outbox = "output/outbox.db"
archive = "output/archive"
working_days = "working_days.csv"
must_agree = ["nation.clusters_total"]

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
time = "08:00"
zone = "Asia/Shanghai"
audiences = ["leaders"]
recipients = ["市领导"]
approval = "required"
stale_after_days = 30
first_number = 1
first_total = 1

[[schedule]]
name = "weekly"
cron = "0 8 * * 1"
focus = "苏州"
"""
DAYS = "date,kind,source\n2026-11-23,休息,通知\n2026年11月28日,上班,通知\n2027,全年,通知\n2027/2/5,work,通知\n"
SLOWEST = 2.0  # seconds of one case; most take a few thousandths


@pytest.fixture
def project(tmp_path: Path) -> Path:
    (tmp_path / "keys").mkdir()
    (tmp_path / "keys" / "signer.p12").touch()
    (tmp_path / "working_days.csv").write_text("date,kind,source\n2026-11-23,休息,本单位通知\n", encoding="utf-8")
    return tmp_path


def used(project: Path) -> None:
    """Read the settings as the commands do, and look when each schedule is due."""
    settings = load(project)
    settings.overridden(as_of=dt.date(2026, 1, 1), audiences=("leaders",))
    calendar = working_days.of_project(settings)
    for schedule in settings.schedules:
        occurrences.check(schedule)
        occurrences.next_due(schedule, NOW, calendar)


def days_read(project: Path, draw: random.Random) -> bool:
    """Tell whether a mutated table of working days was read; False if it was refused."""
    path = project / "days.csv"
    path.write_bytes(of_table(DAYS.encode(), draw))
    try:
        calendar = working_days.changed(working_days.published(), sources.read(path, "days.csv"))
    except ClusterReportError:
        return False
    for day in (dt.date.min, NOW.date(), dt.date.max):
        calendar.works(day)
        calendar.warning(day)
    return True


def tried(number: int, project: Path) -> bool:
    """Tell whether case ``number`` was read; False if it was refused."""
    draw = random.Random(number)  # noqa: S311 -- a case is made again from its number
    kind = draw.choice((*["settings"] * 6, "audience", "audience", "look", "look", "days"))
    if kind == "days":
        return days_read(project, draw)
    source = {
        "settings": WHOLE + REST,
        "audience": (ROOT / "templates/audiences/leaders/audience.toml").read_text(encoding="utf-8"),
        "look": (ROOT / "templates/themes/briefing.toml").read_text(encoding="utf-8"),
    }[kind]
    names = {"settings": "clusterreport.toml", "audience": "audience.toml", "look": "house.toml"}
    (project / names[kind]).write_bytes(of_toml(source, draw))
    try:
        if kind == "settings":
            used(project)
        elif kind == "audience":
            load_audience(project, "templates/audiences/leaders")
        else:
            load_theme(project / names[kind], "templates/themes/house.toml")
    except ClusterReportError:
        return False
    return True


def test_mutated_settings_are_read_or_refused(project: Path) -> None:
    read = 0
    for number in range(size(400, 30_000)):
        start = time.process_time()
        try:
            read += tried(number, project)
        except Exception as error:
            message = f"case {number} ends in {type(error).__name__}"
            raise AssertionError(message) from error
        assert time.process_time() - start < SLOWEST, f"case {number} is slow"
    assert read > 20  # not everything is refused
