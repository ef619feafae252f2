"""The head and the foot of a 简报: masthead, issue, issuer and date over a rule; 报, 送, 发 and the copies between two.

GB/T 9704—2012 does not define this head; it follows custom (see templates/themes).
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final, assert_never

from clusterreport.document.text import addressed, imprint_date
from clusterreport.messages import message, template
from clusterreport.render.pdf.galley import Board, Item, Slab, Stroke

if TYPE_CHECKING:
    from clusterreport.document.model import About
    from clusterreport.render.pdf.paragraphs import Compositor, TextLine
    from clusterreport.render.pdf.structure import Element
    from clusterreport.theme import TextStyle

_PLACE: Final = template("the letterhead (clusterreport.toml)")
_WIDE_GAP: Final = 1.0
_RULE_SPACE: Final = 3.0
_AFTER_MARKING: Final = 12.0
_AFTER_MASTHEAD: Final = 8.0
_AFTER_ISSUE: Final = 8.0
_FOOT_PADDING: Final = 2.0
_FOOT_BEFORE: Final = 18.0


def head_slabs(compositor: Compositor, about: About, root: Element) -> list[Slab]:
    """Return the head and the title, kept together; an empty line of the letterhead is left out."""
    match compositor.theme.head:
        case "redhead":
            head = _red_head(compositor, about, root)
        case "plain":
            head = _plain_head(compositor, about, root)
        case _:
            assert_never(compositor.theme.head)
    style = compositor.theme.style("title")
    title = compositor.paragraph(
        compositor.plain(about.title, style, message("the title")), style, root.child("H1"), keep=True
    )
    return [*(replace(slab, keep=True) for slab in head), *title]


def foot_slab(compositor: Compositor, about: About, root: Element) -> Slab | None:
    """Return the foot of the last page, None where the letterhead names no reader and no copies."""
    letterhead = about.letterhead
    style = compositor.theme.style("foot")
    lines = [
        (x, line, element)
        for word, text in addressed(about)
        for element in [root.child("P")]
        for x, line in _addressed(compositor, word, text, style)
    ]
    copies = _line(compositor, letterhead.copies, replace(style, align="right"))
    if not lines and copies is None:
        return None
    items = [
        Item(x, number * style.leading, style.leading, line, element) for number, (x, line, element) in enumerate(lines)
    ]
    rows = len(lines)
    if copies is not None:
        beside = bool(lines) and lines[-1][0] + lines[-1][1].x + lines[-1][1].width + style.size < copies.x
        rows += 0 if beside else 1
        items.append(Item(0.0, (rows - 1) * style.leading, style.leading, copies, root.child("P")))
    height = rows * style.leading + 2 * _FOOT_PADDING
    rule = Stroke(compositor.text_width, compositor.theme.rules.foot, compositor.theme.colour("ink"))
    moved = (replace(item, y=item.y + _FOOT_PADDING) for item in items)
    board = Board((Item(0.0, 0.0, 0.0, rule), *moved, Item(0.0, height, 0.0, rule)))
    return Slab(board, height, before=_FOOT_BEFORE)


def _red_head(compositor: Compositor, about: About, root: Element) -> list[Slab]:
    letterhead, theme = about.letterhead, compositor.theme
    slabs: list[Slab] = []
    marking = _line(compositor, letterhead.marking, theme.style("marking"))
    if marking is not None:
        slabs.append(_slab(marking, theme.style("marking"), root, _AFTER_MARKING))
    if letterhead.masthead:
        style = theme.style("masthead")
        slabs.append(
            _slab(compositor.spaced_out(letterhead.masthead, style, message(_PLACE)), style, root, _AFTER_MASTHEAD)
        )
    issue = _issue(compositor, about, root)
    if issue is not None:
        slabs.append(issue)
    rule = Stroke(compositor.text_width, theme.rules.masthead, theme.colour("masthead"))
    return [*slabs, *_imprint(compositor, about, root, rule)]


def _plain_head(compositor: Compositor, about: About, root: Element) -> list[Slab]:
    """Return a head for a report: the same texts in the ink of the page, over a fine rule."""
    letterhead, theme = about.letterhead, compositor.theme
    slabs: list[Slab] = []
    for text, role in ((letterhead.marking, "marking"), (letterhead.masthead, "masthead")):
        if text:
            style = theme.style(role)
            slabs += compositor.paragraph(compositor.plain(text, style, message(_PLACE)), style, root.child("P"))
    issue = _issue(compositor, about, root)
    if issue is not None:
        slabs.append(issue)
    rule = Stroke(compositor.text_width, theme.rules.table_inner, theme.colour("rule"))
    return [*slabs, *_imprint(compositor, about, root, rule)]


def _issue(compositor: Compositor, about: About, root: Element) -> Slab | None:
    """Return the issue's number and, on the same line, the number since the first issue."""
    theme, letterhead = compositor.theme, about.letterhead
    style = theme.style("issue")
    parts = [
        (compositor.plain(text, theme.style(role), message(_PLACE)))
        for text, role in ((letterhead.issue_line, "issue"), (letterhead.total_line, "total"))
        if text
    ]
    if not parts:
        return None
    lines = [line for part in parts for line in compositor.unbroken(part)]
    gap = _WIDE_GAP * style.size
    width = sum(line.width for line in lines) + gap * (len(lines) - 1)
    x = {"center": (compositor.text_width - width) / 2, "right": compositor.text_width - width}.get(style.align, 0.0)
    items: list[Item] = []
    for line in lines:
        items.append(Item(x, 0.0, style.leading, replace(line, size=style.size)))
        x += line.width + gap
    return Slab(Board(tuple(items)), style.leading, root.child("P"), after=_AFTER_ISSUE)


def _imprint(compositor: Compositor, about: About, root: Element, rule: Stroke) -> list[Slab]:
    """Return the issuer on the left and the date on the right over a rule; the rule alone if only a masthead is set."""
    letterhead = about.letterhead
    if not letterhead.issuer and not letterhead.masthead:
        return []
    end = Slab(rule, rule.thickness, before=_RULE_SPACE)
    style = compositor.theme.style("imprint")
    issuer = _line(compositor, letterhead.issuer, style)
    date = _line(compositor, imprint_date(about), replace(style, align="right"))
    if issuer is None or date is None:
        return [end]
    below = issuer.x + issuer.width + style.size > date.x
    items = tuple(
        Item(0.0, place * style.leading if below else 0.0, style.leading, line, root.child("P"))
        for place, line in enumerate((issuer, date))
    )
    return [Slab(Board(items), style.leading * (2 if below else 1)), end]


def _addressed(compositor: Compositor, word: str, text: str, style: TextStyle) -> list[tuple[float, TextLine]]:
    """Return "报：…" in lines that hang under the text after the colon, each with its x."""
    inset = style.inset * style.size
    flush = replace(style, inset=0.0)
    hang = compositor.natural_width(compositor.plain(word + "　", flush, message(_PLACE))) - style.size / 2
    room = compositor.text_width - 2 * inset
    first = compositor.lines(compositor.plain(word + text, flush, message(_PLACE)), flush, room)
    if len(first) == 1:
        return [(inset, first[0])]
    hung = compositor.lines(
        compositor.plain(word + text, flush, message(_PLACE)), replace(flush, indent=-hang / style.size), room - hang
    )
    return [(inset + hang, line) for line in hung]


def _line(compositor: Compositor, text: str, style: TextStyle) -> TextLine | None:
    """Return a text that is known to be short as one line, smaller if need be; None if there is none."""
    if not text:
        return None
    spans = compositor.plain(text, style, message(_PLACE))
    room = compositor.text_width - 2 * style.inset * style.size
    share = min(1.0, room / max(compositor.natural_width(spans), 1.0))
    line = compositor.unbroken(compositor.resized(spans, share))[0]
    x = style.inset * style.size
    if style.align == "right":
        x = compositor.text_width - style.inset * style.size - line.width
    return replace(line, x=x, size=style.size)


def _slab(line: TextLine, style: TextStyle, root: Element, after: float) -> Slab:
    return Slab(line, style.leading, root.child("P"), after=after)
