"""The faces that ship with the program: subsets of free Chinese faces, so that no system font is ever needed.

tools/build_fonts.py makes the files; FONTS.md beside them says where they come from.
"""

from __future__ import annotations

from pathlib import Path
from typing import Final

_FOLDER: Final = Path(__file__).parent

FACES: Final = ("song", "song_bold", "hei", "hei_medium", "hei_bold", "kai")
_FILES: Final = {name: _FOLDER / f"{name}.ttf" for name in FACES}  # each one object, whose hash is worked out once


def face_path(name: str) -> Path:
    """Return the TrueType file of a face in ``FACES``; KeyError if there is none such."""
    return _FILES[name]
