"""Says how wide a text is in a style of a theme, for renderers that set no lines themselves."""

from __future__ import annotations

from typing import TYPE_CHECKING

from clusterreport import fonts
from clusterreport.fonts import measure

if TYPE_CHECKING:
    from clusterreport.theme import TextStyle, Theme


def ems(text: str, style: TextStyle, theme: Theme) -> float:
    """Return the width of ``text`` on one line, as a share of the size of ``style``."""
    return measure.ems(text, fonts.face_path(theme.faces[style.face].file))
