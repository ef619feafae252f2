"""Looks for a face by the names of its family, in the project's own folder and among the system's fonts."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Final

from clusterreport.errors import Problem, ProblemsError
from clusterreport.inputs import Inputs
from clusterreport.messages import message, os_reason, template

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

_FAMILY_NAMES: Final = (1, 4, 16)  # name identifiers of OpenType: family, full name, typographic family
_OUTLINES: Final = "glyf"
_PUT_ANOTHER: Final = template("Put a TrueType file (.ttf) there, or remove it.")


def system_folders() -> tuple[Path, ...]:
    """Return where this system keeps its fonts; folders that are missing are harmless."""
    home = Path.home()
    match sys.platform:
        case "win32":
            return (Path("C:/Windows/Fonts"), home / "AppData/Local/Microsoft/Windows/Fonts")
        case "darwin":
            return (home / "Library/Fonts", Path("/Library/Fonts"), Path("/System/Library/Fonts"))
        case _:
            return (
                home / ".fonts",
                home / ".local/share/fonts",
                Path("/usr/local/share/fonts"),
                Path("/usr/share/fonts"),
            )


def find_face(
    families: Sequence[str], own: Path | None, system: Iterable[Path], inputs: Inputs | None = None
) -> Path | None:
    """Return the TrueType file of the first of ``families`` that there is, in ``own`` before ``system``; or None.

    ``inputs`` then holds its bytes. A file in ``own`` that is no TrueType face raises ProblemsError: whoever put it
    there believes it is used.
    """
    inputs = inputs or Inputs()
    named = _own_families(own, inputs) if own is not None else {}
    for family in families:
        if family in named:
            return named[family]
    for folder in system:
        found = _system_families(folder)
        for family in families:
            path = found.get(family)
            if path is not None and _is_still(path, family, inputs):
                return path
    return None


def _own_families(folder: Path, inputs: Inputs) -> dict[str, Path]:
    """Return the TrueType files of the project's folder by every name of their family."""
    named: dict[str, Path] = {}
    for path in _faces_in(folder, inputs):
        try:
            names = _names(inputs.read(path))
        except OSError as error:
            remedy = message("Close it in other programs, or ask for the right to read it.")
            problem = Problem(
                f"fonts/{path.name}", message("the file cannot be opened ({reason})", reason=os_reason(error)), remedy
            )
            raise ProblemsError([problem]) from None
        if names is None:
            problem = Problem(
                f"fonts/{path.name}", message("it is no face with TrueType outlines"), message(_PUT_ANOTHER)
            )
            raise ProblemsError([problem])
        for name in names:
            named.setdefault(name, path)
    return named


def _system_families(folder: Path) -> dict[str, Path]:
    """Return the TrueType files of a folder of the system; of these thousands only what tells their names is read."""
    named: dict[str, Path] = {}
    for path in _faces_in(folder, Inputs()):
        for name in _names(path) or ():
            named.setdefault(name, path)
    return named


def _is_still(path: Path, family: str, inputs: Inputs) -> bool:
    """Tell whether the bytes that are going to be used are still those of the family."""
    try:
        return family in (_names(inputs.read(path)) or ())
    except OSError:
        return False


def _faces_in(folder: Path, inputs: Inputs) -> list[Path]:
    return [path for path in inputs.paths_below(folder) if path.suffix.lower() in {".ttf", ".otf"}]


def _names(file: Path | bytes) -> tuple[str, ...] | None:
    """Return the names of a face's family in all languages; None if the file is broken or has no TrueType outlines."""
    import uharfbuzz as hb

    try:
        face = hb.Face(hb.Blob(file) if isinstance(file, bytes) else hb.Blob.from_file_path(str(file)))
    except hb.HarfBuzzError:  # a link that leads nowhere, a folder, a file that was taken away
        return None
    if _OUTLINES not in face.table_tags or not face.glyph_count:
        return None
    entries = [entry for entry in face.list_names() if int(entry.name_id) in _FAMILY_NAMES]
    return tuple(dict.fromkeys(face.get_name(entry.name_id, entry.language) or "" for entry in entries))
