"""Looks for a face by the names of its family, in the project's own folder and among the system's fonts."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Final

from clusterreport.errors import Problem, ProblemsError

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

_FAMILY_NAMES: Final = (1, 4, 16)  # name identifiers of OpenType: family, full name, typographic family
_OUTLINES: Final = "glyf"


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


def find_face(families: Sequence[str], own: Path | None, system: Iterable[Path]) -> Path | None:
    """Return the TrueType file of the first of ``families`` that there is, in ``own`` before ``system``; or None.

    A file in ``own`` that is no TrueType face raises ProblemsError: whoever put it there believes it is used.
    """
    named = _families(own, strict=True) if own is not None else {}
    for family in families:
        if family in named:
            return named[family]
    for folder in system:
        found = _families(folder, strict=False)
        for family in families:
            if family in found:
                return found[family]
    return None


def _families(folder: Path, *, strict: bool) -> dict[str, Path]:
    """Return the TrueType files of a folder by every name of their family."""
    named: dict[str, Path] = {}
    for path in sorted(folder.rglob("*")) if folder.is_dir() else ():
        if path.suffix.lower() not in {".ttf", ".otf"}:
            continue
        names = _names(path)
        if names is None and strict:
            problem = "it is no face with TrueType outlines"
            raise ProblemsError(
                [Problem(f"fonts/{path.name}", problem, "Put a TrueType file (.ttf) there, or remove it.")]
            )
        for name in names or ():
            named.setdefault(name, path)
    return named


def _names(path: Path) -> tuple[str, ...] | None:
    """Return the names of a face's family in all languages; None if the file is broken or has no TrueType outlines."""
    import uharfbuzz as hb

    face = hb.Face(hb.Blob.from_file_path(str(path)))
    if _OUTLINES not in face.table_tags or not face.glyph_count:
        return None
    entries = [entry for entry in face.list_names() if int(entry.name_id) in _FAMILY_NAMES]
    return tuple(dict.fromkeys(face.get_name(entry.name_id, entry.language) or "" for entry in entries))
