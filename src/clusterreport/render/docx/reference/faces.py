"""The faces of a letterhead: names instead of the roles of its Office theme, and all of them said on every style."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from clusterreport.render.docx.reference.trees import A, W, below, put

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from lxml.etree import _Element as Element

    from clusterreport.theme import Face

NAMED: Final = {"ascii": "asciiTheme", "hAnsi": "hAnsiTheme", "eastAsia": "eastAsiaTheme", "cs": "cstheme"}
_SCRIPT: Final = "Hans"  # what a face for Chinese is called in a theme that names one for each script


@dataclass(frozen=True, slots=True)
class ThemeFaces:
    """The faces of an Office theme, by the roles that w:rFonts knows ("minorHAnsi", "majorEastAsia")."""

    names: Mapping[str, str]

    @classmethod
    def of(cls, theme: Element | None) -> ThemeFaces:
        """Read them from the theme part; none where the letterhead has no theme."""
        names: dict[str, str] = {}
        for size in ("major", "minor"):
            found = None if theme is None else theme.find(f".//{A}fontScheme/{A}{size}Font")
            if found is None:
                continue
            latin, chinese, other = (_typeface(found, kind) for kind in ("latin", "ea", "cs"))
            chinese = chinese or next(
                (font.get("typeface", "") for font in found.iter(f"{A}font") if font.get("script") == _SCRIPT), ""
            )
            names |= {f"{size}HAnsi": latin, f"{size}Ascii": latin, f"{size}EastAsia": chinese, f"{size}Bidi": other}
        return cls(names)

    def said(self, fonts: Element, key: str) -> str:
        """Return the face that w:rFonts says for ``key``, "" where it says none.

        A Latin role for Chinese text, as pandoc writes it, says none: that face has no Chinese characters.
        """
        role = fonts.get(W + NAMED[key], "")
        if role and not (key == "eastAsia" and not role.endswith("EastAsia")):
            return self.names.get(role, "")
        return "" if role else fonts.get(W + key, "")


def name_faces(fonts: Element, themed: ThemeFaces) -> None:
    """Say the names instead of the roles of the Office theme."""
    names = {key: themed.said(fonts, key) for key in NAMED}
    for key, role in NAMED.items():
        fonts.attrib.pop(W + role, None)
        if names[key]:
            fonts.set(W + key, names[key])


def say_faces(holder: Element, chain: Iterable[Element], face: Face) -> dict[str, str]:
    """Say all faces in the w:rPr of ``holder``: as ``chain`` has them, nearest first, else as ``face`` has them.

    ``chain`` are w:rFonts whose roles were named before.
    """
    found = list(chain)
    said = {key: next((fonts.get(W + key, "") for fonts in found if fonts.get(W + key)), "") for key in NAMED}
    latin = said["ascii"] or said["hAnsi"] or face.word_latin
    names = {
        "ascii": said["ascii"] or latin,
        "hAnsi": said["hAnsi"] or latin,
        "eastAsia": said["eastAsia"] or face.word,
        "cs": said["cs"] or latin,
    }
    fonts = put(put(holder, "rPr"), "rFonts")
    for key, name in names.items():
        fonts.set(W + key, name)
    return names


def fonts_of(holder: Element) -> Element | None:
    """Return the w:rFonts of a style, of the defaults or of a run."""
    return below(holder, "rPr/rFonts")


def _typeface(fonts: Element, kind: str) -> str:
    found = fonts.find(A + kind)
    return "" if found is None else found.get("typeface", "")
