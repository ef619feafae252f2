"""Small editions in an output folder, as a build leaves them, and the project around them."""

from __future__ import annotations

import datetime as dt
import io
from dataclasses import replace
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

import docx
import pikepdf

from clusterreport import publishing
from clusterreport.delivery import outbox as box
from clusterreport.delivery.editions import edition_in
from clusterreport.delivery.outbox import IssueRow, Outbox, PlannedIssue
from clusterreport.publishing import FACTS, MESSAGE_HTML, MESSAGE_TEXT, MadeFrom
from clusterreport.settings import Settings
from clusterreport.settings.addresses import Address
from clusterreport.settings.delivery import Delivery
from clusterreport.settings.mail import Mail
from clusterreport.settings.recipients import Recipient
from clusterreport.settings.schedules import Schedule
from tests.delivery.sample import AT, LI, NAME, PLANNED, WANG, ZHANG, entry

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence
    from pathlib import Path

MONTHLY = Schedule(
    name="monthly", cron="", rule="first working day of the month", time=dt.time(8), zone=ZoneInfo("Asia/Shanghai"),
    audiences=("leaders", "bureau"), focus="", lists=(), approval=True, stale_after=None, first_number=1, first_total=1,
)  # fmt: skip
FACT = {
    "name": "nation.clusters", "amount": "80", "unit": "个", "bound": "", "confidence": "confirmed", "line": 1,
    "basis": {"kind": "given", "setting": "x"}, "printed": ["80个"],
}  # fmt: skip
MADE_FROM = MadeFrom(subject="集群发展情况简报（第9期）", confidence="likely")


def project(root: Path, **changes: object) -> Settings:
    """Return the settings of a project with three readers and one schedule."""
    values: dict[str, Any] = {
        "root": root, "data": {}, "places": {}, "templates": root / "templates", "output": root / "output",
        "focus": "广州", "as_of": AT.date(), "audiences": ("leaders", "bureau"), "formats": ("docx", "pdf"),
        "author": "", "number": None, "total": None, "issue": NAME,
        "delivery": Delivery(root / "outbox.db", root / "archive"),
        "mail": Mail("127.0.0.1", 25, "none", Address("briefing@example.gov.cn", "研究中心")),
        "recipients": (ZHANG, LI, WANG), "schedules": (MONTHLY,),
    }  # fmt: skip
    return Settings(**(values | changes))


def pdf(text: str = "") -> bytes:
    written = io.BytesIO()
    document = pikepdf.new()
    document.add_blank_page()
    document.docinfo["/Title"] = text
    document.save(written, deterministic_id=True)
    return written.getvalue()


def word() -> bytes:
    written = io.BytesIO()
    docx.Document().save(written)
    return written.getvalue()


def publish(
    settings: Settings, audience: str, *, manifest: dict[str, Any] | None = None, facts: Sequence[object] = (FACT,),
    files: dict[str, bytes] | None = None, name: str = NAME, without: Collection[str] = (),
) -> None:  # fmt: skip
    """Write an edition; ``manifest`` and ``files`` are laid over what is usual, ``without`` names what is left out."""
    contents = {
        f"{name}-{audience}.pdf": pdf(audience), f"{name}-{audience}.docx": word(),
        FACTS: publishing.as_json(list(facts)), MESSAGE_TEXT: "各位领导：\n附件为本期简报。\n".encode(),
        MESSAGE_HTML: "<p>附件为本期简报。</p>".encode(), **(files or {}),
    }  # fmt: skip
    contents = {file: content for file, content in contents.items() if file not in without}
    edition = publishing.Edition(name, audience, contents, replace(MADE_FROM, **(manifest or {})))
    publishing.publish((edition,), settings.output)


def published_issue(settings: Settings, outbox: Outbox, planned: PlannedIssue = PLANNED) -> IssueRow:
    """Return an issue whose editions lie in the output folder and are recorded as built."""
    issue = box.plan_issue(outbox, planned, entry("planner"))
    assert issue is not None
    audiences = sorted({recipient.audience for recipient in planned.recipients})
    for audience in audiences:
        if not (settings.output / NAME / audience).exists():
            publish(settings, audience)
    record(settings, outbox, issue)
    return box.issue_named(outbox, NAME)


def record(settings: Settings, outbox: Outbox, issue: IssueRow) -> None:
    audiences = sorted(path.name for path in (settings.output / NAME).iterdir())
    rows = [row for audience in audiences for row in edition_in(settings.output / NAME / audience, audience).rows]
    box.record_built(outbox, issue.id, rows, entry("builder"))


def reader(address: str, audience: str = "leaders") -> Recipient:
    return Recipient(address, audience, Address(address, "某人"))
