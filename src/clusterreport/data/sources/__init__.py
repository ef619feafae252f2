"""Reads a project's files into datasets; one module ``…_file`` = one kind of file, found by how its name ends."""

from __future__ import annotations

import importlib
import pkgutil
import stat
from dataclasses import replace
from typing import TYPE_CHECKING, Final, Protocol, cast

from clusterreport.data.sources.tabulating import UnsoundRowsError
from clusterreport.errors import Problem, ProblemsError, UsageError
from clusterreport.inputs import Inputs
from clusterreport.messages import message, os_reason, template
from clusterreport.settings import FILE_NAME

if TYPE_CHECKING:
    import datetime as dt
    import os
    from collections.abc import Mapping
    from pathlib import Path

    from clusterreport.data.dataset import Dataset
    from clusterreport.data.sources.answers import DatabaseQuery
    from clusterreport.data.sources.grid import CellGrid
    from clusterreport.data.sources.proposing import Proposal
    from clusterreport.settings.layout import Layout


class SourceKind(Protocol):
    """What a module of this folder offers.

    ``ENDINGS`` are the endings it reads, in lower case with their dot (".csv"), ``LARGEST`` is how many bytes a file
    may have, ``MEDIA_TYPE`` what it is called where it is attached. ``tabulate`` makes the dataset out of a file's
    bytes, or raises ProblemsError with every row that cannot be read; it opens nothing itself.
    """

    ENDINGS: tuple[str, ...]
    LARGEST: int
    MEDIA_TYPE: str

    def tabulate(self, content: bytes, name: str, place: str, layout: Layout | None = None) -> Dataset:
        """Return the table that stands in ``content`` where ``layout`` says; ``name`` and ``place`` are the file's."""


class HasGrid(SourceKind, Protocol):
    """A kind of file in which a header may stand anywhere, in one of several sheets perhaps."""

    def grid_of(self, content: bytes, place: str, sheet: str = "") -> CellGrid:
        """Return all cells of a file or a sheet: what a header is proposed from."""


def read_all(
    files: Mapping[str, Path],
    places: Mapping[str, str],
    inputs: Inputs | None = None,
    layouts: Mapping[str, Layout] | None = None,
) -> dict[str, Dataset]:
    """Return every file of a project under its name; ProblemsError lists what is wrong with all of them.

    ``layouts`` say of some where in the file the table stands. UsageError comes at once, as it is the settings that
    are wrong.
    """
    datasets: dict[str, Dataset] = {}
    problems: list[Problem] = []
    for name, path in files.items():
        try:
            datasets[name] = read(path, places[name], inputs, (layouts or {}).get(name))
        except ProblemsError as error:
            problems.extend(error.problems)
    if problems:
        raise ProblemsError(problems)
    return datasets


def read(
    path: Path, place: str, inputs: Inputs | None = None, layout: Layout | None = None, *, named_in: str = FILE_NAME
) -> Dataset:
    """Return the table of the file ``path``, which the user calls ``place``; ``layout`` says where in it.

    ``named_in`` is the file of settings that names it.

    ProblemsError lists what is wrong with the file, UnsoundRowsError where the rest of it can be read nevertheless;
    UsageError says that no module reads such files.
    """
    source = _source_of(path, place)
    content = _content(path, place, inputs or Inputs(), source.LARGEST, named_in)
    try:
        dataset = source.tabulate(content, path.name, place, layout)
    except UnsoundRowsError as error:
        found = replace(error.dataset, media_type=source.MEDIA_TYPE, content=content)
        raise UnsoundRowsError(error.problems, found) from None
    return replace(dataset, media_type=source.MEDIA_TYPE, content=content)


def answer_of(source: DatabaseQuery, root: Path, now: dt.datetime, *, is_file: bool) -> Dataset:
    """Return what a database, or a file too large to be read whole, answers ``now``; files stand below ``root``.

    ProblemsError says why there is no answer.
    """
    if is_file:
        from clusterreport.data.sources import asked_files

        return asked_files.read(source, root)
    from clusterreport.data.sources import database  # most projects ask none, and need not wait for its library

    return database.read(source, root, now)


def proposed(path: Path, place: str, inputs: Inputs, sheet: str = "") -> Proposal | None:
    """Return which rows look like the header, to be shown and written down; None for files that have their own.

    ProblemsError lists what is wrong with the file.
    """
    from clusterreport.data.sources.proposing import propose

    source = _source_of(path, place)
    if not hasattr(source, "grid_of"):
        return None
    return propose(cast("HasGrid", source).grid_of(_content(path, place, inputs, source.LARGEST), place, sheet))


def endings() -> dict[str, SourceKind]:
    """Return every ending that can be read, with the module that reads it."""
    modules = map(_module, _module_names())
    return {ending: module for module in modules for ending in module.ENDINGS}


_KIND: Final = "_file"
"""How the name of a module ends that reads a kind of file; it begins with an ending that the module reads."""


def _module_names() -> list[str]:
    return [found.name for found in pkgutil.iter_modules(__path__) if found.name.endswith(_KIND)]


def _module(name: str) -> SourceKind:
    return cast("SourceKind", importlib.import_module(f"{__name__}.{name}"))


def _source_of(path: Path, place: str) -> SourceKind:
    ending = path.suffix.lower()
    likely = f"{ending[1:]}{_KIND}"
    if likely in _module_names():  # those that read other kinds need not be loaded
        return _module(likely)
    known = endings()
    if ending in _FOREIGN:
        problem = message("it is {what} ({ending}), which is not read", what=message(_FOREIGN[ending]), ending=ending)
        raise UsageError(place, problem, message(_SAVE))
    if ending not in known:
        problem = (
            message("files that end in {ending} cannot be read", ending=ending)
            if ending
            else message("the file's name has no ending")
        )
        raise UsageError(
            place,
            problem,
            message("Name a file that ends in one of: {known}.", known=message(", ").join(sorted(known))),
        )
    return known[ending]


_FOREIGN: Final = {
    ".xls": template("a workbook of Excel 97"), ".xlt": template("a template of Excel 97"),
    ".xlsb": template("a binary workbook of Excel"), ".et": template("a spreadsheet of WPS"),
    ".ett": template("a template of WPS"), ".ods": template("an OpenDocument spreadsheet"),
    ".fods": template("an OpenDocument spreadsheet"), ".numbers": template("a spreadsheet of Numbers"),
}  # fmt: skip
"""Spreadsheets of other programs, by how their names end."""
_SAVE: Final = template("Open it in Excel or WPS, save it as an Excel workbook (.xlsx), and name that.")


def _content(path: Path, place: str, inputs: Inputs, largest: int, named_in: str = FILE_NAME) -> bytes:
    try:
        if problem := _unreadable(path.stat(), place, largest, named_in):
            raise ProblemsError([problem])
        return inputs.read(path)
    except (FileNotFoundError, ValueError):  # a NUL in a name is no name
        problem = Problem(
            place,
            message("there is no such file"),
            message("Put the file there, or mend its name in {file}.", file=named_in),
        )
    except OSError as error:
        reason = os_reason(error)
        problem = Problem(
            place,
            message("the file cannot be opened ({reason})", reason=reason),
            message("Close it in other programs, or ask for the right to read it."),
        )
    raise ProblemsError([problem])


def _unreadable(found: os.stat_result, place: str, largest: int, named_in: str) -> Problem | None:
    """Return why something is not to be opened: it is no file, would never end, or is too large."""
    if stat.S_ISDIR(found.st_mode):
        return Problem(place, message("it is a folder"), message("Name the file within it in {file}.", file=named_in))
    if not stat.S_ISREG(found.st_mode):
        return Problem(place, message("it is a device or a pipe"), message("Name a file."))
    if found.st_size > largest:
        problem = message(
            "the file has {size:,} bytes, and {largest:,} is the most", size=found.st_size, largest=largest
        )
        return Problem(place, problem, message("Take away what no row needs, or divide the file."))
    return None
