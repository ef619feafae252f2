"""Sets figures: a caption above, the chart as vectors, its unit, note and source below; alone or two side by side."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

from clusterreport.document.text import caption_text
from clusterreport.errors import Problem, ProblemsError
from clusterreport.messages import message
from clusterreport.render.pdf.captions import caption, foot_lines
from clusterreport.render.pdf.galley import Item, Slab, stacked
from clusterreport.render.pdf.pen import MM

if TYPE_CHECKING:
    from collections.abc import Sequence

    from clusterreport.document.model import Figure, Pair
    from clusterreport.document.wording import Language
    from clusterreport.render.pdf.paragraphs import Compositor
    from clusterreport.render.pdf.pen import Pen
    from clusterreport.render.pdf.structure import Element
    from clusterreport.theme import Theme

_GUTTER: Final = 14.0
_TALLEST: Final = 0.82  # of the text area
_SOURCE_SPACE: Final = 3.0


@dataclass(frozen=True, slots=True)
class DeferredChart:
    """A chart that is drawn when its page is printed, at the height that the page leaves it; ``width`` in points."""

    figure: Figure
    width: float
    theme: Theme
    language: Language

    def draw(self, pen: Pen, x: float, top: float, height: float) -> None:
        """Draw the chart as vectors; the pen's faces note the characters of it that they lack."""
        # matplotlib is loaded only where a chart is drawn.
        from clusterreport.charts import draw_canvas
        from clusterreport.render.pdf.chart_painting import paint

        place = caption_text(self.figure, self.language)
        canvas = draw_canvas(self.figure.chart, self.width / MM, height / MM, self.theme, self.language)
        with pen.drawing((x, top - height, x + self.width, top)):
            paint(canvas, pen, (x, top - height), self.theme.chart_face, place)


@dataclass(frozen=True, slots=True)
class Beside:
    """Two figures side by side, ``natural`` points high; pressed lower, the drawings give way and ``feet`` move up.

    ``feet`` is how far down the lines below the drawings begin.
    """

    items: tuple[Item, ...]
    natural: float
    feet: float

    def draw(self, pen: Pen, x: float, top: float, height: float) -> None:
        """Print each item in its place, the whole of one figure before the other."""
        lost = self.natural - height
        for item in self.items:
            moved = lost if item.y >= self.feet else 0.0
            pressed = lost if isinstance(item.content, DeferredChart) else 0.0
            replace(item, y=item.y - moved, height=item.height - pressed).draw(pen, x, top)


def figure_slabs(compositor: Compositor, figure: Figure, parent: Element) -> list[Slab]:
    """Return a figure as slabs that stay together."""
    element = parent.child("Figure", alternative=figure.chart.description)
    height, least = _heights(compositor, figure, compositor.text_width)
    content = DeferredChart(figure, compositor.text_width, compositor.theme, compositor.language)
    below = foot_lines(compositor, figure, parent)
    after = compositor.theme.style("source").after
    drawing = Slab(content, height, element, least=least, keep=bool(below), after=0.0 if below else after)
    return [*caption(compositor, figure, element), drawing, *_spaced(below)]


def pair_slabs(compositor: Compositor, pair: Pair, parent: Element) -> list[Slab]:
    """Return two figures side by side as one slab."""
    width = (compositor.text_width - _GUTTER) / 2
    heights = [_heights(compositor, figure, width) for figure in (pair.left, pair.right)]
    height, low = (max(sides) for sides in zip(*heights, strict=True))
    items: list[Item] = []
    sides = [(figure, parent.child("Div")) for figure in (pair.left, pair.right)]
    elements = [holder.child("Figure", alternative=figure.chart.description) for figure, holder in sides]
    captions = [
        caption(compositor, figure, element, width=width) for (figure, _), element in zip(sides, elements, strict=True)
    ]
    below_captions = max(sum(slab.height for slab in slabs) for slabs in captions)
    style = compositor.theme.style("caption")
    full = 0.0
    for place, ((figure, holder), element, heads) in enumerate(zip(sides, elements, captions, strict=True)):
        x = place * (width + _GUTTER)
        start = below_captions - sum(slab.height for slab in heads)
        placed, _ = stacked(heads, x, start)
        top = below_captions + style.after
        drawing = Item(x, top, height, DeferredChart(figure, width, compositor.theme, compositor.language), element)
        foot, end = stacked(foot_lines(compositor, figure, holder, width=width), x, top + height + _SOURCE_SPACE)
        items += (*placed, drawing, *foot)
        full = max(full, end)
    after = compositor.theme.style("source").after
    anchors = (pair.left.label, pair.right.label)
    feet = below_captions + style.after + height
    content, least = Beside(tuple(items), full, feet), full - (height - low)
    return [Slab(content, full, before=style.before, after=after, least=least, anchors=anchors)]


def _heights(compositor: Compositor, figure: Figure, width: float) -> tuple[float, float]:
    """Return the height that suits a chart, and how low it may be drawn to fit the rest of a page."""
    from clusterreport.charts import kind_names, least_height, natural_height

    if figure.chart.kind not in kind_names():
        problem = message("there is no chart of the kind {kind!r}", kind=figure.chart.kind)
        remedy = message("Write one of: {names}.", names=message(", ").join(kind_names()))
        raise ProblemsError([Problem(caption_text(figure, compositor.language), problem, remedy)])
    tallest = compositor.theme.page.text_height * MM * _TALLEST
    natural = natural_height(figure.chart, width / MM, compositor.theme) * MM
    least = least_height(figure.chart, width / MM, compositor.theme) * MM
    return min(natural, tallest), min(least, tallest)


def _spaced(slabs: Sequence[Slab]) -> list[Slab]:
    return [replace(slab, before=_SOURCE_SPACE) if place == 0 else slab for place, slab in enumerate(slabs)]
