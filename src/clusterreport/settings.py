"""Reads clusterreport.toml: what a project's data, audiences and issue are. The only reader of the environment."""

from __future__ import annotations

import datetime as dt
import os
import stat
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
PASSPHRASE_KEYS: Final = ("passphrase_env", "passphrase_file")

_KINDS: Final[Mapping[str, Mapping[str, type | tuple[type, ...]]]] = {
    "briefing": {
        "focus": str, "as_of": dt.date, "audiences": list, "formats": list, "author": str,
        "number": int, "total": int, "issue": str, "pdf_standard": str,
    },
    "data": dict.fromkeys((*REQUIRED_DATA, *OPTIONAL_DATA), str),
    "folders": {"templates": str, "output": str},
    "signing": dict.fromkeys(("certificate", *PASSPHRASE_KEYS, "reason", "location"), str),
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Signing:
    """Whose signature the PDFs bear, and where its passphrase is kept; the passphrase itself is never held.

    ``certificate`` is a PKCS#12 file. The passphrase is in the environment variable ``passphrase_env`` or, where there
    is one, in ``passphrase_file``. ``reason`` and ``location`` are words in the signature, empty where none are wanted.
    """

    certificate: Path
    passphrase_env: str
    passphrase_file: Path | None
    reason: str
    location: str


@dataclass(frozen=True, slots=True)
class Settings:
    """A project as its clusterreport.toml describes it; all paths are absolute.

    ``data`` maps the name of a table to its file, ``places`` the same names to how the user wrote the file.
    ``number`` and ``total`` are 第×期 and 总第×期, None where the issue is not numbered. ``issue`` names the output
    folder; it is the month of ``as_of`` unless set. ``pdf_standard`` "archive" is PDF/A-3a with PDF/UA-1, "plain"
    claims nothing and attaches nothing. Without ``signing`` the PDFs are not signed.
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
    signing: Signing | None = None

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
        signing=_signing(root, content["signing"]) if "signing" in content else None,
    )


def passphrase_of(signing: Signing) -> str:
    """Return the passphrase of the certificate; UsageError, which never quotes it, says why it cannot be had."""
    if signing.passphrase_file is not None:
        return _kept_in(signing.passphrase_file)
    passphrase = os.environ.get(signing.passphrase_env, "")
    if not passphrase:
        raise _wrong(
            "signing.passphrase_env",
            "the environment variable that it names is not set",
            "Set the variable for this run, or keep the passphrase in a file and write passphrase_file.",
        )
    return passphrase


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
                shown = "it" if table == "signing" else repr(value)  # it may be the passphrase, put in the wrong place
                raise _wrong(f"{table}.{key}", f"{shown} is of the wrong kind", f"Write {_EXAMPLES[kind]}.")


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


_VARIABLE_REMEDY: Final = (
    'Write passphrase_env = "SIGNING_PASSPHRASE", and keep the passphrase itself in the variable so named.'
)


def _signing(root: Path, table: Mapping[str, str]) -> Signing:
    """Return the table as it is meant. No message quotes a value, lest a passphrase put in the wrong place be shown."""
    if "certificate" not in table:
        raise _wrong("signing.certificate", "it is not set", 'Write certificate = "….p12" under [signing].')
    chosen = [key for key in PASSPHRASE_KEYS if key in table]
    if len(chosen) != 1:
        which = "both passphrase_env and" if chosen else "neither passphrase_env nor"
        raise _wrong("signing", f"{which} passphrase_file are set", "Write one of the two under [signing].")
    variable = table.get("passphrase_env", "")
    if "passphrase_env" in table and not (variable.isascii() and variable.isidentifier()):
        raise _wrong("signing.passphrase_env", "it is not the name of an environment variable", _VARIABLE_REMEDY)
    return Signing(
        certificate=_existing(root, table, "certificate"),
        passphrase_env=variable,
        passphrase_file=_existing(root, table, "passphrase_file") if "passphrase_file" in table else None,
        reason=table.get("reason", ""),
        location=table.get("location", ""),
    )


def _existing(root: Path, table: Mapping[str, str], key: str) -> Path:
    path = root / table[key]
    if not path.is_file():
        raise _wrong(f"signing.{key}", "there is no such file", f"Write its path as seen from where {FILE_NAME} is.")
    return path


def _kept_in(path: Path) -> str:
    """Return what the file says, but for the end of its line; it must be one that only its owner can read."""
    where = "signing.passphrase_file"
    try:
        with path.open(encoding="utf-8-sig") as file:
            mode = stat.S_IMODE(os.fstat(file.fileno()).st_mode)
            if os.name == "posix" and mode & (stat.S_IRWXG | stat.S_IRWXO):
                raise _wrong(
                    where, f"others may use the file: its mode is {mode:04o}, not 0600", f"Run: chmod 600 {path}"
                )
            passphrase = file.read().rstrip("\r\n")
    except OSError as error:
        raise _wrong(
            where, f"the file cannot be read: {error.strerror}", "Make it yours, and readable to you."
        ) from None
    except UnicodeDecodeError:
        raise _wrong(where, "the file is not UTF-8 text", "Save it as UTF-8.") from None
    if not passphrase:
        raise _wrong(where, "the file is empty", "Write the passphrase into it, on one line.")
    return passphrase


def _wrong(key: str, problem: str, remedy: str) -> UsageError:
    return UsageError(f"{FILE_NAME}, {key}" if key else FILE_NAME, problem, remedy)
