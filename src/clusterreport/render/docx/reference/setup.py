"""The page of a letterhead: size, margins, grid and borders, each from the look where it does not say it."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING, Final

from clusterreport.messages import message
from clusterreport.render.docx.markup import TWIPS_PER_MM, escaped
from clusterreport.render.docx.reference.bounds import damaged, refused
from clusterreport.render.docx.reference.trees import W, below, local, switched_on

if TYPE_CHECKING:
    from collections.abc import Mapping

    from lxml.etree import _Element as Element

    from clusterreport.render.docx.page_setup import Pages
    from clusterreport.theme import PageSize

_LEAST: Final = 60.0  # millimetres of text, across and down; a table needs about as much
_LENGTH: Final = re.compile(r"(-?\d{1,9}(?:\.\d{1,9})?)(mm|cm|in|pt|pc|pi)?", re.ASCII)
_UNITS: Final = {
    "": 1.0,
    "mm": TWIPS_PER_MM,
    "cm": TWIPS_PER_MM * 10,
    "in": 1440.0,
    "pt": 20.0,
    "pc": 240.0,
    "pi": 240.0,
}
_GRIDS: Final = ("default", "lines", "linesAndChars", "snapToChars")
_SMALL: Final = re.compile(r"-?\d{1,9}")
_BORDER: Final = ("val", "sz", "space", "color", "shadow", "frame")
_SIDES: Final = ("top", "left", "bottom", "right")  # in the order of the schema


def set_up(pages: Pages, section: Element | None, settings: Element | None, place: str) -> Pages:
    """Return ``pages`` with what ``section`` says instead; ProblemsError where it leaves no room for a text."""
    if section is None:
        return pages
    size, margin = (_lengths(section, name, place) for name in ("pgSz", "pgMar"))
    grid = below(section, "docGrid")
    top, right, bottom, left = (abs(margin.get(side, own)) for side, own in _margins(pages).items())
    gutter = margin.get("gutter", 0)
    above = switched_on(settings, "gutterAtTop")
    return _checked(
        replace(
            pages,
            width=size.get("w", pages.width),
            height=size.get("h", pages.height),
            top=top + (gutter if above else 0),
            right=right,
            bottom=bottom,
            left=left + (0 if above else gutter),
            head=margin.get("header", pages.head),
            foot=margin.get("footer", pages.foot),
            foot_wide=margin.get("footer", pages.foot_wide),
            grid="" if grid is None else _grid(grid),
            borders=_borders(section),
            numbers=_numbers(section),
        ),
        place,
    )


def page_of(pages: Pages, page: PageSize) -> PageSize:
    """Return ``page`` in millimetres with the measures of ``pages``."""
    measures = {name: getattr(pages, name) / TWIPS_PER_MM for name in ("width", "height", *_SIDES)}
    return replace(page, **measures)


def left_behind(section: Element | None) -> list[str]:
    """Return what the section says and the briefing does not follow, as its tables and charts fill one column."""
    if section is None:
        return []
    columns = below(section, "cols")
    left = [message("its columns of text")] if columns is not None and columns.get(f"{W}num", "1") != "1" else []
    left += [message("the numbers of its lines")] if below(section, "lnNumType") is not None else []
    turned = below(section, "textDirection")
    if turned is not None and turned.get(f"{W}val", "lrTb") not in {"lrTb", "tb", "lrTbV"}:
        left.append(message("the direction of its lines"))
    return left


def _margins(pages: Pages) -> dict[str, int]:
    return {"top": pages.top, "right": pages.right, "bottom": pages.bottom, "left": pages.left}


def _checked(pages: Pages, place: str) -> Pages:
    across, down = pages.width - pages.left - pages.right, pages.height - pages.top - pages.bottom
    if min(across, down) < _LEAST * TWIPS_PER_MM:
        left = message("{across:.0f} × {down:.0f} mm", across=across / TWIPS_PER_MM, down=down / TWIPS_PER_MM)
        raise refused(
            place,
            message("its margins leave {left} for the text", left=left),
            message("Leave {least:.0f} mm at least, across and down.", least=_LEAST),
        )
    return pages


def _lengths(section: Element, name: str, place: str) -> Mapping[str, int]:
    """Return the lengths of w:pgSz or w:pgMar in twips."""
    element = below(section, name)
    lengths: dict[str, int] = {}
    for key, said in () if element is None else element.attrib.items():
        which = str(key).removeprefix(W)
        if which in {"w", "h", "header", "footer", "gutter", *_SIDES}:
            found = _LENGTH.fullmatch(str(said))
            if found is None:
                raise damaged(place, message("{said!r} is not a length of a page", said=str(said)[:20]))
            lengths[which] = round(float(found[1]) * _UNITS[found[2] or ""])
    return lengths


def _grid(grid: Element) -> str:
    """Return the grid; LibreOffice writes a negative space between characters as a large one, which Word refuses."""
    kind, pitch, space = (grid.get(f"{W}{name}", "") for name in ("type", "linePitch", "charSpace"))
    said = f' w:type="{kind}"' if kind in _GRIDS else ""
    said += f' w:linePitch="{pitch}"' if _SMALL.fullmatch(pitch) else ""
    said += f' w:charSpace="{space}"' if _SMALL.fullmatch(space) else ""
    return f"<w:docGrid{said}/>"


def _borders(section: Element) -> str:
    borders = below(section, "pgBorders")
    if borders is None:
        return ""
    sides = "".join(
        f"<w:{side}{_attributes(found, _BORDER)}/>"
        for side in _SIDES
        if (found := next((one for one in borders if local(one) == side), None)) is not None
    )
    return f"<w:pgBorders{_attributes(borders, ('display', 'offsetFrom', 'zOrder'))}>{sides}</w:pgBorders>"


def _numbers(section: Element) -> str:
    """Return how pages are numbered; not from which number on, as the contents count from one."""
    numbers = below(section, "pgNumType")
    said = "" if numbers is None else _attributes(numbers, ("fmt",))
    return f"<w:pgNumType{said}/>" if said else ""


def _attributes(element: Element, names: tuple[str, ...]) -> str:
    return "".join(f' w:{name}="{escaped(said)}"' for name in names if (said := element.get(f"{W}{name}")) is not None)
