"""Reads clusterreport.toml: what a project's data, audiences and issue are. The only reader of the environment."""

from __future__ import annotations

import datetime as dt
import tomllib
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, Final

from clusterreport.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

FILE_NAME: Final = "clusterreport.toml"
REQUIRED_DATA: Final = ("clusters", "provinces", "cities", "figures")
OPTIONAL_DATA: Final = ("remarks",)
FORMATS: Final = ("docx", "pdf")
PDF_STANDARDS: Final = ("archive", "plain")

_KINDS: Final[Mapping[str, Mapping[str, type | tuple[type, ...]]]] = {
    "briefing": {
        "focus": str, "as_of": dt.date, "audiences": list, "formats": list, "author": str,
        "number": int, "total": int, "issue": str, "pdf_standard": str,
    },
    "data": dict.fromkeys((*REQUIRED_DATA, *OPTIONAL_DATA), str),
    "folders": {"templates": str, "output": str},
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Settings:
    """A project as its clusterreport.toml describes it; all paths are absolute.

    ``data`` maps the name of a table to its file, ``places`` the same names to how the user wrote the file.
    ``number`` and ``total`` are 第×期 and 总第×期, None where the issue is not numbered. ``issue`` names the output
    folder; it is the month of ``as_of`` unless set. ``pdf_standard`` "archive" is PDF/A-3a with PDF/UA-1, "plain"
    claims nothing and attaches nothing.
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
    pdf_standard: str = "archive"

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
    path = root / FILE_NAME
    content = _content(path)
    _check_names(content)
    briefing, data = content.get("briefing", {}), content.get("data", {})
    folders = content.get("folders", {})
    missing = [name for name in REQUIRED_DATA if name not in data]
    if missing:
        raise _wrong("data", f"no file is named for: {', '.join(missing)}", f'Write {missing[0]} = "data/….csv" there.')
    as_of = _needed(briefing, "as_of", "as_of = 2025-09-22")
    return Settings(
        root=root,
        data={name: root / place for name, place in data.items()},
        places=dict(data),
        templates=root / folders.get("templates", "templates"),
        output=root / folders.get("output", "output"),
        focus=_needed(briefing, "focus", 'focus = "广州"'),
        as_of=as_of,
        audiences=_words(briefing, "audiences", ("bureau",)),
        formats=_among("formats", FORMATS, _words(briefing, "formats", FORMATS)),
        pdf_standard=_among("pdf_standard", PDF_STANDARDS, (briefing.get("pdf_standard", PDF_STANDARDS[0]),))[0],
        author=briefing.get("author", ""),
        number=briefing.get("number"),
        total=briefing.get("total"),
        issue=briefing.get("issue", f"{as_of:%Y-%m}"),
    )


def _content(path: Path) -> dict[str, Any]:
    try:
        return tomllib.loads(path.read_text(encoding="utf-8-sig"))
    except FileNotFoundError:
        raise UsageError(
            str(path.parent), f"there is no {FILE_NAME} in this folder", "Name the folder of a project, or copy one."
        ) from None
    except tomllib.TOMLDecodeError as error:
        raise _wrong("", f"it is not valid TOML: {error}", "Mend the line it names.") from None
    except UnicodeDecodeError:
        raise _wrong("", "it is not UTF-8 text", "Save the file as UTF-8.") from None


def _check_names(content: dict[str, Any]) -> None:
    for table, values in content.items():
        known = _KINDS.get(table)
        if known is None:
            raise _wrong(table, "there is no such table", f"Write one of: {', '.join(_KINDS)}.")
        if not isinstance(values, dict):
            raise _wrong(table, "it is not a table", f"Write [{table}] on a line of its own.")
        for key, value in values.items():
            kind = known.get(key)
            if kind is None:
                raise _wrong(f"{table}.{key}", "there is no such setting", f"Write one of: {', '.join(known)}.")
            if not isinstance(value, kind) or isinstance(value, bool | dt.datetime):
                raise _wrong(f"{table}.{key}", f"{value!r} is of the wrong kind", f"Write {_EXAMPLES[kind]}.")


_EXAMPLES: Final[dict[Any, str]] = {
    str: 'words in quotes, "…"', int: "a whole number", list: 'a list, ["…", "…"]', dt.date: "a date, 2025-09-22",
}  # fmt: skip


def _needed(table: Mapping[str, Any], key: str, example: str) -> Any:  # noqa: ANN401 -- _check_names has checked the kind
    if key not in table:
        raise _wrong(f"briefing.{key}", "it is not set", f"Write {example} under [briefing].")
    return table[key]


def _words(table: Mapping[str, Any], key: str, default: tuple[str, ...]) -> tuple[str, ...]:
    words = tuple(table.get(key, default))
    if not words or not all(isinstance(word, str) and word for word in words):
        raise _wrong(f"briefing.{key}", "it is not a list of names", f'Write {key} = ["{default[0]}"].')
    return words


def _among(key: str, known: tuple[str, ...], words: tuple[str, ...]) -> tuple[str, ...]:
    unknown = [word for word in words if word not in known]
    if unknown:
        raise _wrong(f"briefing.{key}", f"{unknown[0]!r} is not known", f"Write one of: {', '.join(known)}.")
    return words


def _wrong(key: str, problem: str, remedy: str) -> UsageError:
    return UsageError(f"{FILE_NAME}, {key}" if key else FILE_NAME, problem, remedy)
