"""Reads an audience: whom a briefing is for, which sections it has, and how sure its numbers must be."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Annotated, Final, Literal

from pydantic import AfterValidator, BeforeValidator, StrictBool

from clusterreport.characters import shown
from clusterreport.document.model import Letterhead
from clusterreport.errors import Problem, ProblemsError
from clusterreport.locale import BASE, Language, languages
from clusterreport.messages import message
from clusterreport.quantity import Confidence
from clusterreport.settings.fields import InSchema, Lines, Name, Names, Printed, Text, refused
from clusterreport.settings.toml_file import quoted
from clusterreport.settings.validation import SettingsTable, read
from clusterreport.writing.faults import instead

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from clusterreport.inputs import Inputs

FILE_NAME: Final = "audience.toml"
Floor = Literal["unconfirmed", "likely", "confirmed"]
Approval = Literal["required", "none"]
_FLOORS: Final[Mapping[Floor, Confidence]] = {
    "unconfirmed": Confidence.UNNAMED,
    "likely": Confidence.LIKELY,
    "confirmed": Confidence.CONFIRMED,
}


def load_audience(folder: Path, place: str, inputs: Inputs | None = None) -> Audience:
    """Return the audience of ``folder`` (``place`` is how the user calls it); ProblemsError lists all faults."""
    try:
        file = read(AudienceFile, folder / FILE_NAME, f"{place}/{FILE_NAME}", inputs)
    except FileNotFoundError:
        asked = message("there is no such audience; clusterreport.toml or --audience asks for it")
        raise ProblemsError([Problem(f"{place}/{FILE_NAME}", asked, _remedy_missing(folder))]) from None
    letterhead = Letterhead(**dict(file.letterhead))
    return Audience(folder.name, **{**dict(file), "letterhead": letterhead, "author": file.author or ""})


def _known_language(word: object) -> Language:
    if word not in languages():
        raise refused(
            message("{word} is not known", word=quoted(word)),
            message("Write one of: {names}.", names=message(", ").join(languages())),
        )
    return str(word)


def _named_file(path: str) -> str:
    if not path.strip():
        raise refused(message("it is empty"), message("Write the name of a Word file (.docx), or leave the line out."))
    return path


def _no_file(value: object) -> object:
    """Refuse a file in the place of the words of head and foot, where it stood once."""
    if isinstance(value, str):
        remedy = message(
            "Write reference = '{value}' for a Word file; [letterhead] holds the words of head and foot.",
            value=shown(value)[1:-1],
        )
        raise refused(message("{value} is of the wrong kind", value=quoted(value)), remedy)
    return value


@dataclass(frozen=True, slots=True)
class Audience:
    """The readers of one version of the briefing.

    ``title`` is printed (领导参阅); ``document_title`` may hold expressions, as a line of a template may.
    ``confidence`` is the least that a value must have to be printed; "unconfirmed" prints all, with their mark.
    ``subject`` is that of the letter with the briefing, and may hold expressions too. ``approval`` "none" lets
    scheduled issues go to these readers without anybody's word.
    ``letterhead`` are words; ``reference`` is a .docx whose pages and styles the Word file takes over: its path as seen
    from the audience's folder, empty where there is none. ``author`` is the issuer in the language of these readers,
    empty where the project's own is meant.
    """

    name: str
    title: str
    document_title: str
    theme: str
    sections: tuple[str, ...]
    language: Language = BASE
    confidence: Floor = "unconfirmed"
    contents: bool = False
    formats: tuple[str, ...] = ("docx", "pdf")
    approval: Approval = "required"
    subject: str = ""
    letterhead: Letterhead = field(default_factory=Letterhead)
    reference: str = ""
    author: str = ""

    @property
    def floor(self) -> Confidence:
        """Return the least confidence that a printed value may have."""
        return _FLOORS[self.confidence]


class LetterheadLines(SettingsTable):
    """The table [letterhead]: the words of head and foot, each empty where it is not wanted."""

    masthead: Lines = ""
    issuer: Lines = ""
    marking: Lines = ""
    report_to: Lines = ""
    send_to: Lines = ""
    distribute_to: Lines = ""
    copies: Lines = ""


class AudienceFile(SettingsTable):
    """The file audience.toml."""

    title: Printed
    document_title: Printed
    language: Annotated[Language, BeforeValidator(_known_language), InSchema({"enum": languages()})] = BASE
    theme: Name
    sections: Names
    confidence: Floor = "unconfirmed"
    contents: StrictBool = False
    formats: Names = ("docx", "pdf")
    approval: Approval = "required"
    subject: Text = ""
    letterhead: Annotated[LetterheadLines, BeforeValidator(_no_file)] = LetterheadLines()
    reference: Annotated[Text, AfterValidator(_named_file)] = ""
    author: Printed | None = None


def _remedy_missing(folder: Path) -> str:
    others = sorted(found.parent.name for found in folder.parent.glob(f"*/{FILE_NAME}"))
    return instead(folder.name, others) if others else message("Write {file} in that folder.", file=FILE_NAME)
