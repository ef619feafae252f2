"""Joins the styles of a letterhead and of a look: the letterhead's where it has one of that name, else the look's."""

from __future__ import annotations

import re
from copy import deepcopy
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

from lxml import etree

from clusterreport.messages import message, template
from clusterreport.render.docx.lists import HEADINGS, NONE
from clusterreport.render.docx.markup import faces, half_points, twips
from clusterreport.render.docx.reference.faces import fonts_of, name_faces, say_faces
from clusterreport.render.docx.reference.numbering import lists_of, step_of
from clusterreport.render.docx.reference.ordering import put_in_order
from clusterreport.render.docx.reference.trees import (
    VAL,
    W,
    below,
    lean_on_nothing,
    local,
    made,
    put,
    switched_on,
    take_out,
    value,
    written,
)
from clusterreport.render.docx.styles import KEPT_WITH_NEXT, LEVELS, indent, style_id, style_name, styles_part
from clusterreport.theme import ROLES

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

    from lxml.etree import _Element as Element

    from clusterreport.render.docx.reference.faces import ThemeFaces
    from clusterreport.render.docx.reference.style_sheet import StyleSheet
    from clusterreport.theme import TextStyle, Theme

BASE: Final = "BriefingBase"
_CHINESE: Final = "zh-CN"
_AUTO: Final = 1.3  # how high a line of one em is where Word reckons it
_LINE: Final = 240.0  # how Word counts a line that it reckons
_UNSIZED: Final = 10.0  # points, where nobody says a size
_LARGEST: Final = 100_000.0  # twips; Word's own largest sheet has 31,680
_NORMAL: Final = "Normal"
_NO_LEVEL: Final = "9"  # of an outline: text
_COLOUR: Final = re.compile("[0-9A-Fa-f]{6}")
_NO_NUMBERS: Final = template("the numbering of the style “{style}” (the briefing counts its own, as the PDF does)")
_OFF: Final = 'w:val="0"'
# What a letterhead's defaults may say and a style of the look never does: how it is unsaid.
_UNSAID: Final = {
    **dict.fromkeys(
        ((name, "pPr") for name in (
            "keepNext", "keepLines", "pageBreakBefore", "suppressLineNumbers", "suppressAutoHyphens",
            "contextualSpacing", "mirrorIndents", "bidi",
        )), _OFF,
    ),
    **dict.fromkeys(
        ((name, "rPr") for name in (
            "b", "bCs", "i", "iCs", "caps", "smallCaps", "strike", "dstrike", "outline", "shadow", "emboss", "imprint",
            "vanish", "kern", "spacing", "position",
        )), _OFF,
    ),
    ("ind", "pPr"): 'w:left="0" w:right="0" w:firstLine="0"',
    ("jc", "pPr"): 'w:val="left"',
    ("w", "rPr"): 'w:val="100"',
    ("u", "rPr"): 'w:val="none"',
    ("em", "rPr"): 'w:val="none"',
    ("effect", "rPr"): 'w:val="none"',
    ("highlight", "rPr"): 'w:val="none"',
    ("vertAlign", "rPr"): 'w:val="baseline"',
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Styling:
    """The joined styles: the part, which id of the letterhead stands for which of ours, and the look with its measures.

    ``free`` are the ids of paragraphs that the letterhead's own lists may count; ``left`` is what was left behind.
    """

    part: bytes
    ids: Mapping[str, str]
    theme: Theme
    free: frozenset[str]
    left: tuple[str, ...]


def joined(sheet: StyleSheet, themed: ThemeFaces, theme: Theme, lists: Element | None, *, chinese: bool) -> Styling:
    """Return ``sheet``, which is changed, and the styles of ``theme`` that it lacks; ``lists`` are the letterhead's."""
    step = step_of(lists)
    _drop_missing_lists(sheet, lists_of(lists))
    _body_of_normal(sheet, theme, chinese=chinese)
    taken = {role: style for role in ROLES if (style := sheet.named("paragraph", style_name(role))) is not None}
    _say_all_faces(sheet, taken, themed, theme)
    look = _measured(sheet, taken, theme)
    ids = _completed(sheet, look, step, chinese=chinese)
    if "body" in taken and "lead" not in taken:
        _lead_like_body(sheet, ids, look)
    left = [message(_NO_NUMBERS, style=value(style, "name")) for style in taken.values() if _is_numbered(sheet, style)]
    for role, style in taken.items():
        _fit(sheet, style, role, step)
    for language in sheet.root.iter(f"{W}lang"):
        if f"{W}eastAsia" in language.attrib:
            language.set(f"{W}eastAsia", _CHINESE)
    lean_on_nothing(sheet.root)
    put_in_order(sheet.root)
    headings = {ids[style_id(role)] for role in LEVELS}
    paragraphs = {style.get(f"{W}styleId", "") for style in sheet if style.get(f"{W}type") == "paragraph"}
    return Styling(written(sheet.root), ids, look, frozenset(paragraphs - headings), tuple(left))


def _body_of_normal(sheet: StyleSheet, theme: Theme, *, chinese: bool) -> None:
    """Let the text follow a Normal that the house has given a Chinese face, where there is no Body Text."""
    default = sheet.default("paragraph")
    normal = default if default is not None else sheet.named("paragraph", "Normal")
    if normal is None or sheet.named("paragraph", style_name("body")) is not None:
        return
    fonts = fonts_of(normal)
    if fonts is None or not fonts.get(f"{W}eastAsia"):
        return
    moved = ""
    if not sheet.settled(normal, "pPr/ind"):
        moved = indent(replace(theme.style("body"), size=_size(sheet, normal)), chinese=chinese)
    sheet.add(
        made(
            f'<w:style w:type="paragraph" w:styleId="{style_id("body")}"><w:name w:val="{style_name("body")}"/>'
            f'<w:basedOn w:val="{normal.get(W + "styleId")}"/><w:qFormat/><w:pPr>{moved}</w:pPr></w:style>'
        )
    )


def _say_all_faces(sheet: StyleSheet, taken: Mapping[str, Element], themed: ThemeFaces, theme: Theme) -> None:
    """Say all four faces on every paragraph style, and wherever a style says any."""
    for fonts in sheet.root.iter(f"{W}rFonts"):
        name_faces(fonts, themed)
    roles = {style.get(f"{W}styleId"): role for role, style in reversed(list(taken.items()))}
    defaults = sheet.defaults("rPr")
    # What each style itself says is kept before any is changed: a filled face would look like a said one.
    own = {
        link.get(f"{W}styleId"): deepcopy(said) for link in (*sheet, defaults) if (said := fonts_of(link)) is not None
    }
    body = theme.faces[theme.style("body").face]
    common = fonts_of(defaults)
    say_faces(defaults, [] if common is None else [common], body)
    for style in sheet:
        key = style.get(f"{W}styleId")
        kind = style.get(f"{W}type", "paragraph")
        face = theme.faces[theme.style(roles[key]).face] if key in roles else body
        chain = (link.get(f"{W}styleId") for link in (*sheet.chain(style), defaults))
        links = [own[link] for link in chain if link in own]
        if kind == "paragraph" or fonts_of(style) is not None:
            say_faces(style, links, face)
        for part in style.iter(f"{W}tblStylePr"):
            if (inner := fonts_of(part)) is not None:
                say_faces(part, [inner, *links], face)


def _measured(sheet: StyleSheet, taken: Mapping[str, Element], theme: Theme) -> Theme:
    """Return ``theme`` with the sizes, faces and colours that the letterhead's styles have."""
    faced, coloured, styles = dict(theme.faces), dict(theme.colours), dict(theme.styles)
    for role, style in taken.items():
        name = f"letterhead {role}"
        fonts = sheet.settled(style, "rPr/rFonts")
        own = theme.faces[theme.style(role).face]
        faced[name] = replace(own, word=fonts["eastAsia"], word_latin=fonts["ascii"], word_bold=_is_bold(sheet, style))
        said = sheet.settled(style, "rPr/color").get("val", "")
        coloured[name] = f"#{said}" if _COLOUR.fullmatch(said) else theme.colour("ink")
        styles[role] = _text_style(sheet, style, name, theme.style(role))
    if "body" not in taken:
        return replace(theme, faces=faced, colours=coloured, styles=styles)
    if "lead" not in taken:
        styles["lead"] = replace(styles["body"], after=theme.style("lead").after)
    share = styles["body"].size / theme.style("body").size
    for role in LEVELS.keys() - taken.keys():  # a heading of the look, beside text of the house
        heading = styles[role]
        styles[role] = replace(heading, size=heading.size * share, leading=heading.leading * share)
    strong = {"letterhead strong": replace(faced["letterhead body"], word_bold=True)}
    return replace(theme, faces=faced | strong, colours=coloured, styles=styles, strong_face="letterhead strong")


def _text_style(sheet: StyleSheet, style: Element, name: str, own: TextStyle) -> TextStyle:
    size = _size(sheet, style)
    spacing, moved = sheet.settled(style, "pPr/spacing"), sheet.settled(style, "pPr/ind")
    line = _number(spacing.get("line")) or _LINE
    reckoned = spacing.get("lineRule", "auto") == "auto"
    return replace(
        own,
        face=name,
        size=size,
        leading=line / _LINE * _AUTO * size if reckoned else line / 20,
        colour=name,
        indent=_number(moved.get("firstLineChars")) / 100 or _number(moved.get("firstLine")) / 20 / size,
        before=_number(spacing.get("before")) / 20,
        after=_number(spacing.get("after")) / 20,
        tracking=0.0,
    )


def _size(sheet: StyleSheet, style: Element) -> float:
    return _number(sheet.settled(style, "rPr/sz").get("val")) / 2 or _UNSIZED


def _is_bold(sheet: StyleSheet, style: Element) -> bool:
    said = (link for link in sheet.chain(style) if below(link, "rPr/b") is not None)
    return any(switched_on(below(link, "rPr"), "b") for link in list(said)[:1])


def _number(text: str | None) -> float:
    """Return a measure, 0 where it is none, or larger than any paper."""
    try:
        said = float(text or 0)
    except ValueError:
        return 0.0
    return said if abs(said) <= _LARGEST else 0.0


def _completed(sheet: StyleSheet, look: Theme, step: int, *, chinese: bool) -> dict[str, str]:
    """Add the look's styles that the letterhead lacks; return the id there of each of the look's."""
    ids: dict[str, str] = {}
    added: list[Element] = []
    for style in list(etree.fromstring(styles_part(look, chinese=chinese)).iter(f"{W}style")):
        identifier, kind, default = style.get(f"{W}styleId", ""), style.get(f"{W}type", ""), style.get(f"{W}default")
        found = sheet.default(kind) if default else None
        found = found if found is not None else sheet.named(kind, value(style, "name"))
        ids[identifier] = sheet.add(style) if found is None else found.get(f"{W}styleId", "")
        if found is None:
            added.append(style)
        elif default:
            found.set(f"{W}default", "1")
    ids[BASE] = sheet.add(_base(sheet, look))
    normal = ids[_NORMAL]
    for style in added:
        for leading in style.iter(f"{W}basedOn", f"{W}next"):
            leading.set(VAL, ids[value(leading)])
        for number in style.iter(f"{W}numId"):
            number.set(VAL, str(int(value(number)) + step))
        base = below(style, "basedOn")
        # A style of the look is whole by itself; what the house says of its Normal would spoil it.
        if base is not None and value(base) == normal and style.get(f"{W}type") == "paragraph":
            base.set(VAL, ids[BASE])
    return ids


def _base(sheet: StyleSheet, look: Theme) -> Element:
    """Return a style that unsays the letterhead's defaults; the look's styles, and bare paragraphs, stand on it."""
    unsaid = {
        kind: "".join(
            f"<w:{name} {_UNSAID[name, kind]}/>"
            for child in put(sheet.defaults(kind), kind)
            if (name := local(child), kind) in _UNSAID
        )
        for kind in ("pPr", "rPr")
    }
    style = look.style("body")
    size = half_points(style.size)
    return made(
        f'<w:style w:type="paragraph" w:customStyle="1" w:styleId="{BASE}"><w:name w:val="Briefing Base"/>'
        f"<w:semiHidden/><w:pPr><w:widowControl/><w:overflowPunct/>{unsaid['pPr']}"
        f'<w:spacing w:before="0" w:after="0" w:line="240" w:lineRule="auto"/></w:pPr>'
        f'<w:rPr>{faces(look.faces[style.face])}{unsaid["rPr"]}<w:sz w:val="{size}"/><w:szCs w:val="{size}"/></w:rPr>'
        "</w:style>"
    )


def _lead_like_body(sheet: StyleSheet, ids: Mapping[str, str], look: Theme) -> None:
    """Let the lead follow the house's text, as it does in every look, with some space below it."""
    lead = sheet.called(ids[style_id("lead")])
    for name in ("pPr", "rPr"):
        for part in lead.findall(W + name):
            lead.remove(part)
    put(lead, "basedOn").set(VAL, ids[style_id("body")])
    put(put(lead, "pPr"), "spacing").set(f"{W}after", str(twips(look.style("lead").after)))
    say_faces(lead, [], look.faces[look.style("body").face])


def _drop_missing_lists(sheet: StyleSheet, lists: Collection[str]) -> None:
    for number in list(sheet.root.iter(f"{W}numPr")):
        said = value(number, "numId")
        if said not in lists:
            level = below(number, "ilvl")
            if said != str(NONE):
                take_out(number)
            elif level is not None:
                number.remove(level)


def _is_numbered(sheet: StyleSheet, style: Element) -> bool:
    return any(value(link, "pPr/numPr/numId") not in {"", "0"} for link in sheet.chain(style))


def _fit(sheet: StyleSheet, style: Element, role: str, step: int) -> None:
    """Let a style of the letterhead do its work here: headings count and lead, nothing else does."""
    chain, level = sheet.chain(style), LEVELS.get(role)
    properties = put(style, "pPr")
    for old in properties.findall(f"{W}numPr"):
        properties.remove(old)
    if level is not None:
        properties.append(made(f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{HEADINGS + step}"/></w:numPr>'))
        put(properties, "outlineLvl").set(VAL, str(level))
    else:
        if _is_numbered(sheet, style):
            properties.append(made(f'<w:numPr><w:ilvl w:val="0"/><w:numId w:val="{NONE}"/></w:numPr>'))
        if any(value(link, "pPr/outlineLvl") for link in chain):
            put(properties, "outlineLvl").set(VAL, _NO_LEVEL)
    if role in KEPT_WITH_NEXT and not any(below(link, "pPr/keepNext") is not None for link in chain):
        put(properties, "keepNext")
