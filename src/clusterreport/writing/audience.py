"""Reads an audience: whom a briefing is for, which sections it has, and how sure its numbers must be."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final, Literal

from clusterreport.document.model import Letterhead
from clusterreport.errors import Problem, ProblemsError
from clusterreport.inputs import Inputs
from clusterreport.locale import BASE, Language, languages
from clusterreport.quantity import Confidence
from clusterreport.settings.toml_file import UnreadableError, odd_parts, quoted, tables_in

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

FILE_NAME: Final = "audience.toml"
_NAME: Final = re.compile(r"[A-Za-z0-9][A-Za-z0-9_-]*")
_FLOORS: Final = {
    "unconfirmed": Confidence.UNNAMED,
    "likely": Confidence.LIKELY,
    "confirmed": Confidence.CONFIRMED,
}
_CHOICES: Final[Mapping[str, tuple[str, ...]]] = {
    "language": languages(),
    "confidence": tuple(_FLOORS),
    "approval": ("required", "none"),
}
_KINDS: Final[Mapping[str, type]] = {
    "title": str, "document_title": str, "language": str, "theme": str, "sections": list, "confidence": str,
    "contents": bool, "formats": list, "approval": str, "subject": str, "letterhead": dict, "reference": str,
}  # fmt: skip
_NEEDED: Final = ("title", "document_title", "theme", "sections")
_EXAMPLES: Final[Mapping[type, str]] = {
    str: 'words in quotes, "…"', bool: "true or false", list: 'a list of names, ["…", "…"]', dict: "a table",
}  # fmt: skip
LETTERHEAD: Final = ("masthead", "issuer", "marking", "report_to", "send_to", "distribute_to", "copies")


@dataclass(frozen=True, slots=True)
class Audience:
    """The readers of one version of the briefing.

    ``title`` is printed (领导参阅); ``document_title`` may hold expressions, as a line of a template may.
    ``confidence`` is the least that a value must have to be printed; "unconfirmed" prints all, with their mark.
    ``subject`` is that of the letter with the briefing, and may hold expressions too. ``approval`` "none" lets
    scheduled issues go to these readers without anybody's word.
    ``letterhead`` are words; ``reference`` is a .docx whose pages and styles the Word file takes over: its path as seen
    from the audience's folder, empty where there is none.
    """

    name: str
    title: str
    document_title: str
    theme: str
    sections: tuple[str, ...]
    language: Language = BASE
    confidence: Literal["unconfirmed", "likely", "confirmed"] = "unconfirmed"
    contents: bool = False
    formats: tuple[str, ...] = ("docx", "pdf")
    approval: Literal["required", "none"] = "required"
    subject: str = ""
    letterhead: Letterhead = field(default_factory=Letterhead)
    reference: str = ""

    @property
    def floor(self) -> Confidence:
        """Return the least confidence that a printed value may have."""
        return _FLOORS[self.confidence]


def load_audience(folder: Path, place: str, inputs: Inputs | None = None) -> Audience:
    """Return the audience of ``folder`` (``place`` is how the user calls it); ProblemsError lists all faults."""
    where = f"{place}/{FILE_NAME}"
    content = _content(folder / FILE_NAME, where, inputs or Inputs())
    problems = list(_problems(content, where))
    if problems:
        raise ProblemsError(problems)
    values: dict[str, Any] = {key: tuple(value) if isinstance(value, list) else value for key, value in content.items()}
    values["letterhead"] = Letterhead(**content.get("letterhead", {}))
    return Audience(name=folder.name, **values)


def _content(path: Path, where: str, inputs: Inputs) -> dict[str, Any]:
    try:
        return tables_in(path, inputs)
    except FileNotFoundError:
        problem = Problem(where, "there is no such audience", _remedy_missing(path))
    except UnreadableError as error:
        problem = Problem(where, error.problem, error.remedy)
    raise ProblemsError([problem])


def _remedy_missing(path: Path) -> str:
    others = sorted(found.parent.name for found in path.parent.parent.glob(f"*/{FILE_NAME}"))
    return f"Write one of: {', '.join(others)}." if others else f"Write {FILE_NAME} in that folder."


def _problems(content: Mapping[str, Any], where: str) -> Iterator[Problem]:
    for key in _NEEDED:
        if key not in content:
            yield Problem(f"{where}, {key}", "it is not set", f"Write {key} = {_example(_KINDS[key])}.")
    yield from (Problem(f"{where}, {key}", *said) for key, *said in odd_parts(_on_one_line(content)))
    for key, value in content.items():
        kind = _KINDS.get(key)
        if kind is None:
            yield Problem(
                f"{where}, {quoted(key)[1:-1]}", "there is no such setting", f"Write one of: {', '.join(_KINDS)}."
            )
        elif not isinstance(value, kind):
            remedy = f"Write {_example(kind)}."
            if key == "letterhead" and isinstance(value, str):
                remedy = (
                    f"Write reference = {quoted(value)} for a Word file; [letterhead] holds the words of head and foot."
                )
            yield Problem(f"{where}, {key}", f"{quoted(value)} is of the wrong kind", remedy)
        else:
            yield from _wrong_values(key, value, where)


def _on_one_line(content: Mapping[str, Any]) -> dict[str, Any]:
    """Return the settings without the line breaks of the letterhead, whose lines may have several."""
    head = content.get("letterhead")
    if not isinstance(head, dict):
        return dict(content)
    lines = {key: value.replace("\n", "") if isinstance(value, str) else value for key, value in head.items()}
    return {**content, "letterhead": lines}


def _wrong_values(key: str, value: Any, where: str) -> Iterator[Problem]:  # noqa: ANN401 -- the kind was checked above
    if key in _CHOICES and value not in _CHOICES[key]:
        yield Problem(f"{where}, {key}", f"{quoted(value)} is not known", f"Write one of: {', '.join(_CHOICES[key])}.")
    elif key in {"title", "document_title"} and not value.strip():
        yield Problem(f"{where}, {key}", "it is empty", "Write the words that are to be printed.")
    elif key == "reference" and not value.strip():
        yield Problem(f"{where}, {key}", "it is empty", "Write the name of a Word file (.docx), or leave the line out.")
    elif key == "theme":
        yield from _wrong_names(key, [value], where)
    elif key in {"sections", "formats"}:
        yield from _wrong_names(key, value, where)
    elif key == "letterhead":
        yield from _wrong_letterhead(value, where)


def _wrong_names(key: str, names: list[object], where: str) -> Iterator[Problem]:
    if not names:
        yield Problem(f"{where}, {key}", "it is empty", "Write at least one name.")
    for name in names:
        if not isinstance(name, str) or not _NAME.fullmatch(name):
            remedy = "Write a name of letters, digits and hyphens, without folder and ending."
            yield Problem(f"{where}, {key}", f"{quoted(name)} is not a name", remedy)
    counted = Counter(name for name in names if isinstance(name, str))
    for name in (name for name, times in counted.items() if times > 1):
        yield Problem(f"{where}, {key}", f"{quoted(name)} is named twice", "Name it once.")


def _wrong_letterhead(values: Mapping[str, object], where: str) -> Iterator[Problem]:
    for key, value in values.items():
        if key not in LETTERHEAD:
            remedy = f"Write one of: {', '.join(LETTERHEAD)}."
            yield Problem(f"{where}, letterhead.{quoted(key)[1:-1]}", "there is no such line", remedy)
        elif not isinstance(value, str):
            yield Problem(
                f"{where}, letterhead.{key}", f"{quoted(value)} is of the wrong kind", f"Write {_example(str)}."
            )


def _example(kind: type) -> str:
    return _EXAMPLES[kind]
