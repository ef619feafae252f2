"""Says how wide a text is in a style of a theme, for renderers that set no lines themselves."""

from __future__ import annotations

import unicodedata
from typing import TYPE_CHECKING

from clusterreport.fonts import face_path
from clusterreport.fonts.measure import measured_face

if TYPE_CHECKING:
    from clusterreport.theme import TextStyle, Theme


def ems(text: str, style: TextStyle, theme: Theme) -> float:
    """Return the width of ``text`` on one line, as a share of the size of ``style``.

    It is measured with the face that ships with the program; where a house's own stands in for it, that one may be a
    little wider or narrower. A character that the face lacks counts a whole em if it is wide, else half of one.
    """
    return ems_in_face(text, theme.faces[style.face].file)


def ems_in_face(text: str, file: str) -> float:
    """Return the same for a face by the name of its file in clusterreport.fonts."""
    face = measured_face(face_path(file))
    lacking = (character for character in text if face.glyph(character) is None)
    return face.width(text) + sum(
        1.0 if unicodedata.east_asian_width(character) in "WFA" else 0.5 for character in lacking
    )
