"""Adds to a project what its templates can then use: a table from a file, a section, an audience like another."""

from __future__ import annotations

import re
import shutil
import tomllib
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from clusterreport.app.finding import found_in
from clusterreport.app.starting import dictionary_of
from clusterreport.data import schema
from clusterreport.errors import UsageError
from clusterreport.likeness import named_instead
from clusterreport.messages import message
from clusterreport.settings import FILE_NAME, NAME, TABLES_FILE, editing

if TYPE_CHECKING:
    from pathlib import Path

    from clusterreport.app.finding import FoundTable
    from clusterreport.locale import Language
    from clusterreport.settings import Settings

_OTHER_SIGNS: Final = re.compile(r"[^\w-]|_")
_LONGEST: Final = 20
_TITLE: Final = re.compile(r"(?m)^title[ \t]*=.*$")


def new_table(  # noqa: PLR0913 -- what the command line says
    project: Settings, name: str, file: Path, language: Language, sheet: str = "", *, header_rows: tuple[int, ...] = ()
) -> FoundTable:
    """Declare the table in ``file`` as ``name``, and put a copy of it into data/; return what was found in it.

    ProblemsError lists what is wrong with the file, UsageError a name that is taken or that no template can say.
    """
    known = schema.load(project.root / TABLES_FILE, TABLES_FILE)
    if not name.isidentifier() or name.startswith("_"):
        raise UsageError(
            name,
            message("a template cannot say this name"),
            message("Write letters, Chinese characters, digits and _."),
        )
    if name in known:
        raise UsageError(
            name,
            message("{file} has a table of this name", file=TABLES_FILE),
            message("Take another name, or change it there."),
        )
    copy = project.root / "data" / file.name
    if copy.exists() and copy.resolve() != file.resolve():
        raise UsageError(
            f"data/{file.name}", message("there is such a file already"), message("Give the new file another name.")
        )
    table = found_in(file, sheet, header_rows)
    declared = project.root / TABLES_FILE
    declared.parent.mkdir(exist_ok=True)
    before = declared.read_text(encoding="utf-8-sig").rstrip("\n") + "\n\n" if declared.exists() else ""
    text = dictionary_of(name, table, language)
    called = schema.TablesFile.written(tomllib.loads(before), "tables")
    if called != "tables":  # the file calls them by their Chinese name, and may not do both
        text = text.replace("[tables.", f'["{called}".')
    _declare(declared, before + text)
    if copy.resolve() != file.resolve():
        shutil.copyfile(file, copy)
    return table


def new_section(project: Settings, name: str) -> Path:
    """Write the template of a section that has a heading and nothing else; return where it lies."""
    _check_name(name)
    path = project.templates / "sections" / f"{name}.md.j2"
    if path.exists():
        raise UsageError(
            name, message("there is a section of this name"), message("Take another name, or change it there.")
        )
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(f"# {name}\n", encoding="utf-8")
    return path


@dataclass(frozen=True, slots=True)
class AddedAudience:
    """A new audience: its folder, and the lines of the settings that went and came, so that it is built.

    Both are empty where the settings could not be changed without changing more of them.
    """

    folder: Path
    went: tuple[str, ...] = ()
    came: tuple[str, ...] = ()


def new_audience(project: Settings, name: str, like: str) -> AddedAudience:
    """Copy the folder of the audience ``like``, its own templates included, as ``name``, and name it in the settings.

    Its title becomes its name, as no two readers should take one edition for the other.
    """
    _check_name(name)
    folders = project.templates / "audiences"
    if (folders / name).exists():
        raise UsageError(
            name, message("there is an audience of this name"), message("Take another name, or change it there.")
        )
    if not (folders / like / "audience.toml").is_file():
        others = sorted(path.parent.name for path in folders.glob("*/audience.toml"))
        raise UsageError(like, message("there is no audience of this name"), named_instead(like, others))
    shutil.copytree(folders / like, folders / name)
    settings = folders / name / "audience.toml"
    written = settings.read_text(encoding="utf-8")
    settings.write_text(_TITLE.sub(f'title = "{name}"', written, count=1), encoding="utf-8")
    return AddedAudience(folders / name, *_named(project, name))


def _named(project: Settings, name: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Name an audience in the settings; return the lines that went and came."""
    path = project.root / FILE_NAME
    before = path.read_bytes().decode("utf-8")  # bytes, as line ends stay what they are
    after = editing.with_item(before, "briefing", "audiences", name, project.audiences)
    if after is None:
        return (), ()
    path.write_bytes(after.encode("utf-8"))
    return editing.changed_lines(before, after)


def _declare(path: Path, text: str) -> None:
    """Write a dictionary and read it back; one that cannot be read is not left, but what stood there before."""
    before = path.read_bytes() if path.exists() else None
    path.write_text(text, encoding="utf-8")
    try:
        schema.load(path, TABLES_FILE)
    except BaseException:
        if before is None:
            path.unlink()
        else:
            path.write_bytes(before)
        raise


def _check_name(name: str) -> None:
    if NAME.fullmatch(name) and name == name.lower():
        return
    fitting = _OTHER_SIGNS.sub("", name.lower()).strip("-")[:_LONGEST]
    remedy = message(
        "Write small letters, Chinese characters, digits and hyphens, at most 60 letters or 20 characters{example}; "
        "what readers see is the title in the file, which may hold any sign.",
        example=message(", such as {name}", name=fitting) if NAME.fullmatch(fitting) else "",
    )
    raise UsageError(name, message("this cannot be the name of a file"), remedy)
