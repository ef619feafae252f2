"""A reference document: the .docx of a house whose page, heads, feet, logo and styles a Word file takes over."""

from __future__ import annotations

import re
from copy import deepcopy
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

from lxml import etree

from clusterreport.messages import message
from clusterreport.render.docx.markup import escaped
from clusterreport.render.docx.page_setup import EVEN, FIRST, ODD, Pages, pages_of, settings_part
from clusterreport.render.docx.reference import numbering, styling
from clusterreport.render.docx.reference.bounds import COMMON, TEXT, check_styles, damaged
from clusterreport.render.docx.reference.cleaning import StyleMap
from clusterreport.render.docx.reference.faces import ThemeFaces
from clusterreport.render.docx.reference.headers_footers import headers_footers_of, theme_of
from clusterreport.render.docx.reference.opening import Opened, opened
from clusterreport.render.docx.reference.setup import left_behind, page_of, set_up
from clusterreport.render.docx.reference.style_sheet import StyleSheet
from clusterreport.render.docx.reference.trees import W, below, switched_on, tag

if TYPE_CHECKING:
    from pathlib import Path

    from lxml.etree import _Element as Element

    from clusterreport.inputs import Inputs
    from clusterreport.render.docx.package_builder import PackagePart
    from clusterreport.render.docx.reference.headers_footers import HeadersFooters
    from clusterreport.theme import Theme

_STYLED: Final = re.compile(r'(<w:(?:pStyle|rStyle|tblStyle) w:val=")([^"]+)(?="/>)')
_BARE: Final = "<w:p><w:pPr>"
_BARE_PARAGRAPH: Final = re.compile(f"{_BARE}(?!<w:pStyle )")
_COUNTED: Final = re.compile(r'(<w:numId w:val=")([1-9]\d*)(?="/>)')

_ROOTS: Final = {"settings", "styles", "numbering"}
_FOOT: Final = '<w:footerReference w:type="{}" r:id="{}"/>'
_EDGE: Final = 400  # twips from the edge of the paper, which printers reach
# A sheet of A4 with little margin, to tell at once whether a letterhead leaves room for text.
_BARE_PAGES: Final = Pages("", 11906, 16838, 1000, 1000, 1000, 1000, head=700, foot=700, foot_wide=700, grid="")


@dataclass(frozen=True, slots=True)
class ReferenceDocument:
    """A reference document that was read and found sound. The trees are never changed; copies of them are.

    ``left`` is what it holds and no briefing takes over, in words for the user.
    """

    place: str
    section: Element | None
    settings: Element | None
    styles: Element
    lists: Element | None
    faces: ThemeFaces
    headers_footers: HeadersFooters
    theme: PackagePart | None
    left: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class AppliedReference:
    """A look in a letterhead: the look with the house's measures, its pages, and what the parts of the file need."""

    reference: ReferenceDocument
    pages: Pages
    styling: styling.Styling
    two_sided: bool

    @property
    def theme(self) -> Theme:
        """Return the look with the page and the measures of the house."""
        return self.styling.theme

    @property
    def left(self) -> tuple[str, ...]:
        """Return what the letterhead holds and the briefing did not take over."""
        return tuple(dict.fromkeys((*self.reference.left, *self.styling.left)))

    def parts(self) -> dict[str, PackagePart]:
        """Return the headers, footers and theme colours of the reference, by the ids of their relationships."""
        theme = self.reference.theme
        return {**self.reference.headers_footers.parts, **({"rIdLetterheadTheme": theme} if theme else {})}

    def translated(self, part: bytes) -> bytes:
        """Return a part of ours with the letterhead's ids of styles, and with the lists' new numbers."""
        ids, step = self.styling.ids, numbering.step_of(self.reference.lists)
        base = f'{_BARE}<w:pStyle w:val="{escaped(ids[styling.BASE])}"/>'
        text = _BARE_PARAGRAPH.sub(lambda _: base, part.decode())  # a house's id may hold a backslash
        text = _STYLED.sub(lambda found: found[1] + escaped(ids[found[2]]), text)
        return _COUNTED.sub(lambda found: f"{found[1]}{int(found[2]) + step}", text).encode()

    def numbering(self, ours: bytes) -> bytes:
        """Return the lists of both."""
        return numbering.joined(self.reference.lists, etree.fromstring(self.translated(ours)), self.styling.free)

    def settings(self, *, chinese: bool) -> bytes:
        """Return word/settings.xml."""
        settings, theme = self.reference.settings, self.reference.theme
        mapping = below(settings, "clrSchemeMapping") if settings is not None and theme else None
        said = "" if mapping is None else "".join(
            f' w:{str(key).removeprefix(W)}="{escaped(str(role))}"' for key, role in mapping.attrib.items()
        )  # fmt: skip
        return settings_part(
            chinese=chinese,
            two_sided=self.two_sided,
            mirrored=switched_on(settings, "mirrorMargins"),
            colours=f"<w:clrSchemeMapping{said}/>" if said else "",
        )


def load(path: Path, place: str, inputs: Inputs | None = None) -> ReferenceDocument:
    """Return the letterhead in ``path``, which the user calls ``place``; ProblemsError says why it cannot be used."""
    file = opened(path, place, inputs)
    document = file.tree(file.main, TEXT)
    body = below(document, "body")
    if body is None:
        raise damaged(place, message("it has no text"))
    sections = list(body.iter(f"{W}sectPr"))
    section = deepcopy(sections[0]) if sections else None  # a copy, so that nothing holds the whole text
    settings, styles, lists, theme = (_related(file, kind) for kind in ("settings", "styles", "numbering", "theme"))
    styles = styles if styles is not None else etree.fromstring(f'<w:styles xmlns:w="{W[1:-1]}"/>')
    check_styles(styles, place)
    lists = numbering.mended(lists, place)
    faces = ThemeFaces.of(theme)
    style_map = StyleMap(StyleSheet(deepcopy(styles)), numbering.lists_of(lists), faces)
    headers_footers, left = headers_footers_of(file, section, settings, style_map)
    set_up(_BARE_PAGES, section, settings, place)
    left += [*left_behind(section), *_left_in(file, document, settings, several=len(sections) > 1)]
    return ReferenceDocument(
        place, section, settings, styles, lists, faces, headers_footers, theme_of(file), tuple(left)
    )


def apply_reference(reference: ReferenceDocument, theme: Theme, *, chinese: bool) -> AppliedReference:
    """Return ``theme`` in the letterhead."""
    headers_footers = reference.headers_footers
    own = pages_of(theme)
    references, two_sided = headers_footers.references, headers_footers.two_sided
    if not references:
        references, two_sided = own.references, True
    elif not headers_footers.feet:  # pages need their numbers, which the contents name
        references += _FOOT.format("default", ODD)
        references += _FOOT.format("even", EVEN) if two_sided else ""
        references += _FOOT.format("first", FIRST) if headers_footers.titled else ""
    pages = set_up(own, reference.section, reference.settings, reference.place)
    pages = replace(pages, references=references, titled=headers_footers.titled)
    if not headers_footers.feet:  # where it stands in the look, above the edge that a letterhead without feet may name
        drop = own.bottom - own.foot
        pages = replace(pages, foot=max(_EDGE, pages.bottom - drop), foot_wide=max(_EDGE, pages.left - drop))
    look = replace(theme, page=page_of(pages, theme.page))
    sheet = StyleSheet(deepcopy(reference.styles))
    return AppliedReference(
        reference, pages, styling.joined(sheet, reference.faces, look, reference.lists, chinese=chinese), two_sided
    )


def _related(file: Opened, kind: str) -> Element | None:
    name = file.related(file.main, kind)
    tree = file.tree(name, COMMON) if name else None
    if tree is not None and kind in _ROOTS and tag(tree) != W + kind:
        raise damaged(file.place, message("{name} does not hold {kind}", name=name, kind=kind))
    return tree


def _left_in(file: Opened, document: Element, settings: Element | None, *, several: bool) -> list[str]:
    """Return what else a letterhead may hold, and no briefing takes over."""
    outside = any(relation.outside for relation in file.relations(file.related(file.main, "settings")).values())
    fonts = file.relations(file.related(file.main, "fontTable")).values()
    held = {
        message("the pages of its other sections than the first"): several,
        message("the pictures in its text (only those in a header or footer are)"): any(
            True for _ in document.iter(f"{W}drawing", f"{W}pict")
        ),
        message("the colour behind its pages"): below(document, "background") is not None,
        message("the template or the data outside of it to which it is attached"): outside,
        message("its protection against changes"): switched_on(settings, "documentProtection"),
        message("the faces embedded in it"): any(relation.kind == "font" for relation in fonts),
    }
    return [what for what, is_held in held.items() if is_held]
