"""The file clusterreport.toml as a pydantic model: each table, and what must agree between them."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping
from typing import TYPE_CHECKING, Annotated, ClassVar, Final, Literal

from pydantic import (
    AfterValidator,
    ConfigDict,
    Field,
    PlainValidator,
    Strict,
    create_model,
)

from clusterreport.errors import UsageError
from clusterreport.likeness import named_instead
from clusterreport.messages import Language, message
from clusterreport.settings import FORMATS, INTAKE, TABLES_FILE, Settings, tables, within
from clusterreport.settings.batches import BatchTable, named_alike
from clusterreport.settings.delivery import DeliveryTable
from clusterreport.settings.fields import HIGHEST, ONCE, InSchema, IssueNumber, Names, Text, refused
from clusterreport.settings.mail import MailTable
from clusterreport.settings.recipients import RecipientTable, named_twice
from clusterreport.settings.schedules import ScheduleTable, at_odds
from clusterreport.settings.signing import SigningTable
from clusterreport.settings.table_places import PlacedTable, TableFile
from clusterreport.settings.toml_file import quoted
from clusterreport.settings.validation import Fault, SettingsTable, TableContent

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from clusterreport.settings.layout import Layout

_ISSUE: Final = re.compile(r"\w(?:[\w .·（）()-]*[\w）)])?")
_LONGEST_ISSUE: Final = 60  # characters; in UTF-8 with the audience's name still less than the 255 bytes of a file name
_TAKEN: Final = frozenset({"archive", INTAKE})  # the folders of records and of intakes stand beside the issues


def _day(day: dt.date) -> dt.date:
    try:
        return within("", day)
    except UsageError as error:
        raise refused(error.problem.problem, error.problem.remedy) from None


def _issue(name: str) -> str:
    """Return the name of the issue, which is a folder's and begins the names of its files."""
    if not _ISSUE.fullmatch(name) or len(name) > _LONGEST_ISSUE or name in _TAKEN:
        remedy = message(
            "Write at most {longest_issue} letters, digits, hyphens, dots within, such as 2025-09.",
            longest_issue=_LONGEST_ISSUE,
        )
        raise refused(message("{name} cannot be the name of a folder", name=quoted(name)), remedy)
    return name


def _rows(rows: object) -> int:
    if not isinstance(rows, int) or isinstance(rows, bool) or not 0 <= rows <= HIGHEST:
        raise refused(
            message("{rows} is not a number of rows", rows=quoted(rows)), message("Write a whole number, such as 80.")
        )
    return rows


Rows = Annotated[
    int,
    PlainValidator(_rows, json_schema_input_type=Annotated[int, InSchema({"minimum": 0, "maximum": HIGHEST})]),
]


class Briefing(SettingsTable):
    """The table [briefing]: which issue it is, and for whom."""

    focus: Text = Field("", examples=["…"])
    as_of: Annotated[dt.date, Strict(), AfterValidator(_day)] = Field(examples=["2025-09-22"])
    audiences: Names = ("bureau",)
    formats: Annotated[tuple[Literal["docx", "pdf", "html", "xlsx"], ...], *ONCE] = FORMATS
    author: Text = ""
    number: IssueNumber | None = None
    total: IssueNumber | None = None
    issue: Annotated[Text, AfterValidator(_issue)] | None = None
    pdf_standard: Literal["archive", "plain"] = "archive"


class DataFiles(SettingsTable):
    """The table [data]: where the tables of the subject are; ``Data`` adds a setting for each of them."""

    model_config = ConfigDict(json_schema_extra={"anyOf": [{"maxProperties": 0}, {"required": [*tables.required()]}]})

    expected_rows: Mapping[str, Rows] = Field(default_factory=dict)

    @classmethod
    def contradictions(cls, table: TableContent) -> Iterator[Fault]:
        """Yield which tables are missing, and for which that are not there a number of rows is expected."""
        if not table.said and (table.context / TABLES_FILE).is_file():
            return
        if missing := [name for name in tables.required() if name not in table.said]:
            remedy = message('Write {missing} = "data/….csv" there.', missing=missing[0])
            yield Fault((), message("no file is named for: {missing}", missing=message(", ").join(missing)), remedy)
        places = [name for name in tables.named() if name in table.said]
        for name in table.sound.get("expected_rows", ()):
            if name not in places:
                yield Fault(("expected_rows", name), message("there is no such table"), named_instead(name, places))

    def places(self) -> dict[str, str]:
        """Return the file of each table, as the user wrote it."""
        named = ((name, getattr(self, name)) for name in tables.named())
        return {name: said if isinstance(said, str) else said.path for name, said in named if said is not None}

    def layouts(self) -> dict[str, Layout]:
        """Return where in their files the tables stand of which more is said than a path."""
        named = ((name, getattr(self, name)) for name in tables.named())
        return {name: said.layout for name, said in named if isinstance(said, PlacedTable)}


if TYPE_CHECKING:
    Data = DataFiles
else:
    Data = create_model("Data", __base__=DataFiles, **dict.fromkeys(tables.named(), (TableFile | None, None)))


class Messages(SettingsTable):
    """The table [messages]: in which language the program speaks; the command line has asked for it by then."""

    language: Language | None = None


class Folders(SettingsTable):
    """The table [folders]: where the templates are, and where the briefings go."""

    templates: Text = "templates"
    output: Text = "output"


class Project(SettingsTable):
    """The file clusterreport.toml."""

    unquoted: ClassVar = frozenset({"signing", "mail", "delivery"})

    briefing: Briefing = Field({}, validate_default=True)
    data: Data = Field({}, validate_default=True)
    folders: Folders = Folders()
    messages: Messages = Messages()
    signing: SigningTable | None = None
    mail: MailTable | None = None
    delivery: DeliveryTable = DeliveryTable()
    recipients: tuple[RecipientTable, ...] = ()
    schedule: tuple[ScheduleTable, ...] = ()
    batch: tuple[BatchTable, ...] = ()

    @classmethod
    def contradictions(cls, table: TableContent) -> Iterator[Fault]:
        """Yield what is wrong with the focus, and between the recipients, the schedules, both, and the batches."""
        yield from _focus(table)
        recipients = table.sound.get("recipients", ())
        for fault in named_twice(recipients, table.context):
            yield fault.within("recipients")
        for fault in at_odds(table.sound.get("schedule", ()), _lists(table)):
            yield fault.within("schedule")
        for fault in named_alike(table.sound.get("batch", ())):
            yield fault.within("batch")

    def resolved(self, root: Path) -> Settings:
        """Return the settings of the project in the folder ``root``."""
        briefing, places, output = self.briefing, self.data.places(), root / self.folders.output
        return Settings(
            root=root,
            data={name: root / place for name, place in places.items()},
            places=places,
            layouts=self.data.layouts(),
            templates=root / self.folders.templates,
            output=output,
            focus=briefing.focus,
            as_of=briefing.as_of,
            audiences=briefing.audiences,
            formats=briefing.formats,
            author=briefing.author,
            number=briefing.number,
            total=briefing.total,
            issue=briefing.issue or f"{briefing.as_of:%Y-%m}",
            delivery=self.delivery.resolved(root, output),
            pdf_standard=briefing.pdf_standard,
            signing=self.signing.resolved() if self.signing else None,
            mail=self.mail.resolved() if self.mail else None,
            recipients=tuple(each.resolved(root) for each in self.recipients),
            schedules=tuple(each.resolved(briefing.audiences) for each in self.schedule),
            batches=tuple(each.resolved() for each in self.batch),
            expected_rows=self.data.expected_rows,
        )


def _focus(table: TableContent) -> Iterator[Fault]:
    """Yield that a register has no city as its focus, or that a city is named and no register."""
    briefing, place = table.said.get("briefing", {}), ("briefing", "focus")
    named, register = isinstance(briefing, dict) and "focus" in briefing, bool(table.said.get("data"))
    if register and not named:
        yield Fault(place, message("it is not set"), message('Write focus = "…" under [briefing].'))
    elif named and not register and (table.context / TABLES_FILE).is_file():
        remedy = message("Take it out, or name the tables of the register under [data].")
        yield Fault(place, message("there is no register to look it up in"), remedy)


def _lists(table: TableContent) -> frozenset[str] | None:
    """Return the lists that recipients are on, None where one of them cannot be read, or stands in a table."""
    delivery = table.said.get("delivery", {})
    if isinstance(delivery, dict) and "recipients" in delivery:
        return None
    said, sound = table.said.get("recipients", ()), table.sound.get("recipients")
    if sound is None and said:
        return None
    known = [each.get("lists", ()) for each in sound or ()]
    if any("lists" in each and "lists" not in right for each, right in zip(said, sound or (), strict=True)):
        return None
    return frozenset(name for names in known for name in names)
