"""Reads clusterreport.toml: what a project's data, audiences and issue are. The only reader of the environment."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Final, Literal

from clusterreport.locale import BASE, phrase
from clusterreport.settings import delivery, mail, schedules, signing
from clusterreport.settings.reading import FILE_NAME, Kinds, among, check_tables, needed, tables_of, words, wrong

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from clusterreport.settings.delivery import Delivery
    from clusterreport.settings.mail import Mail, Recipient
    from clusterreport.settings.schedules import Schedule
    from clusterreport.settings.signing import Signing

__all__ = ["FILE_NAME", "FORMATS", "PDF_STANDARDS", "REQUIRED_DATA", "Settings", "load"]

REQUIRED_DATA: Final = ("clusters", "provinces", "cities", "figures")
OPTIONAL_DATA: Final = ("remarks",)
FORMATS: Final = ("docx", "pdf")
PDF_STANDARDS: Final = ("archive", "plain")

_KINDS: Final[Mapping[str, Kinds]] = {
    "briefing": {
        "focus": str, "as_of": dt.date, "audiences": list, "formats": list, "author": str,
        "number": int, "total": int, "issue": str, "pdf_standard": str,
    },
    "data": dict.fromkeys((*REQUIRED_DATA, *OPTIONAL_DATA), str),
    "folders": {"templates": str, "output": str},
    signing.TABLE: signing.KINDS,
    mail.TABLE: mail.KINDS,
    delivery.TABLE: delivery.KINDS,
}  # fmt: skip
_REPEATED: Final[Mapping[str, Kinds]] = {mail.RECIPIENTS: mail.RECIPIENT_KINDS, schedules.TABLE: schedules.KINDS}
_SILENT: Final = frozenset({signing.TABLE, mail.TABLE, delivery.TABLE})


@dataclass(frozen=True, slots=True)
class Settings:
    """A project as its clusterreport.toml describes it; all paths are absolute.

    ``data`` maps the name of a table to its file, ``places`` the same names to how the user wrote the file.
    ``number`` and ``total`` are 第×期 and 总第×期, None where the issue is not numbered. ``issue`` names the output
    folder; it is the month of ``as_of`` unless set. ``pdf_standard`` "archive" is PDF/A-3a with PDF/UA-1, "plain"
    claims nothing and attaches nothing. ``kind`` says whether the issue is one of the calendar's, an extra (增刊) or a
    correction (更正); ``issued`` is the day that its head bears, else that of the data; ``previous`` maps audiences to
    the facts.json that their readers had last. Without ``signing`` no PDF is signed; without ``mail`` none is sent.
    """

    root: Path
    data: Mapping[str, Path]
    places: Mapping[str, str]
    templates: Path
    output: Path
    focus: str
    as_of: dt.date
    audiences: tuple[str, ...]
    formats: tuple[str, ...]
    author: str
    number: int | None
    total: int | None
    issue: str
    delivery: Delivery
    pdf_standard: str = "archive"
    signing: Signing | None = None
    mail: Mail | None = None
    recipients: tuple[Recipient, ...] = ()
    schedules: tuple[Schedule, ...] = ()
    kind: Literal["regular", "extra", "correction"] = "regular"
    issued: dt.date | None = None
    previous: Mapping[str, Path] = field(default_factory=dict)

    def overridden(  # noqa: PLR0913 -- one for each option of the command line
        self,
        *,
        as_of: dt.date | None = None,
        focus: str | None = None,
        audiences: tuple[str, ...] = (),
        formats: tuple[str, ...] = (),
        output: Path | None = None,
        pdf_standard: str | None = None,
    ) -> Settings:
        """Return the settings with what the command line says instead; a new date names a new issue."""
        changed = replace(
            self,
            focus=focus or self.focus,
            audiences=audiences or self.audiences,
            formats=formats or self.formats,
            output=output or self.output,
            pdf_standard=pdf_standard or self.pdf_standard,
        )
        if as_of is None or as_of == self.as_of:
            return changed
        return replace(changed, as_of=as_of, issue=f"{as_of:%Y-%m}", number=None, total=None)


def load(root: Path) -> Settings:
    """Return the settings of the project in the folder ``root``; UsageError names the first thing that is wrong."""
    content = tables_of(root)
    check_tables(content, _KINDS, _REPEATED, _SILENT)
    briefing, data = content.get("briefing", {}), content.get("data", {})
    folders = content.get("folders", {})
    missing = [name for name in REQUIRED_DATA if name not in data]
    if missing:
        raise wrong("data", f"no file is named for: {', '.join(missing)}", f'Write {missing[0]} = "data/….csv" there.')
    as_of = needed("briefing", briefing, "as_of", "as_of = 2025-09-22")
    output = root / folders.get("output", "output")
    audiences = words("briefing", briefing, "audiences", ("bureau",))
    recipients = mail.recipients_in(root, content.get(mail.RECIPIENTS, []))
    standard = briefing.get("pdf_standard", PDF_STANDARDS[0])
    city = phrase("example.city", BASE)
    return Settings(
        root=root,
        data={name: root / place for name, place in data.items()},
        places=dict(data),
        templates=root / folders.get("templates", "templates"),
        output=output,
        focus=needed("briefing", briefing, "focus", f'focus = "{city}"'),
        as_of=as_of,
        audiences=audiences,
        formats=among("briefing.formats", FORMATS, words("briefing", briefing, "formats", FORMATS)),
        pdf_standard=among("briefing.pdf_standard", PDF_STANDARDS, (standard,))[0],
        author=briefing.get("author", ""),
        number=briefing.get("number"),
        total=briefing.get("total"),
        issue=briefing.get("issue", f"{as_of:%Y-%m}"),
        signing=signing.signing_in(root, content[signing.TABLE]) if signing.TABLE in content else None,
        mail=mail.mail_in(root, content[mail.TABLE]) if mail.TABLE in content else None,
        recipients=recipients,
        schedules=schedules.schedules_in(content.get(schedules.TABLE, []), audiences, recipients),
        delivery=delivery.delivery_in(root, output, content.get(delivery.TABLE, {})),
    )
