"""Bars of one length made of parts: what share of each category each part has, such as fields within each region.

``categories`` name the bars from top to bottom; each of several ``series`` is one part, in the order it is laid on;
``emphasis`` the categories whose name stands in the accent. Parts carry their values, the foot the shares; "—" stands
instead of a bar where a part is not known, or where there is nothing to divide.
"""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from typing import TYPE_CHECKING, Final

from clusterreport.charts.facts import share_of, sum_of
from clusterreport.charts.layout.scales import Scale
from clusterreport.charts.number_formats import formatted_series
from clusterreport.charts.numbers import share
from clusterreport.charts.painters.canvas import SMALL
from clusterreport.charts.painters.rows import lay_rows, print_names, rows_height
from clusterreport.charts.painters.stacks import GAP, draw_stack, key_height, length, name_parts, stack_faults, totals
from clusterreport.charts.sentences import closed, counted, joined, opening, sentence
from clusterreport.charts.statements import beside, each_value, sum_key, value_at
from clusterreport.charts.twins import Axis, Twin, as_parts, table
from clusterreport.document.model import ChartNumber
from clusterreport.document.wording import rounded, unknown_word
from clusterreport.locale import phrase
from clusterreport.quantity import Quantity, unknown

if TYPE_CHECKING:
    from clusterreport.charts.measuring import Faces
    from clusterreport.charts.painters.canvas import Canvas
    from clusterreport.charts.painters.look import Look
    from clusterreport.document.model import Chart, PlottedSeries, Series
    from clusterreport.document.wording import Language
    from clusterreport.errors import Problem

MIN_HEIGHT_RATIO: Final = 0.65
_MARGIN: Final = 1.0
_FOOT: Final = 5.0
_TOLD: Final = 5
_TICKS: Final = (0, 20, 40, 60, 80, 100)


def problems(chart: Chart) -> tuple[Problem, ...]:
    """Return problems of a chart without parts, or with negative ones."""
    return stack_faults(chart)


def describe(chart: Chart, language: Language) -> str:
    """Return the parts, of which shares some bars are made, and where each part has its largest share."""
    names = joined([series.name for series in chart.series], language)
    parts = phrase("composition.parts", language, names=names)
    first = sentence((counted(len(chart.categories), language), parts), language)
    told = _made_up(chart)
    rows = tuple(_made_of(chart, place, language) for place in told)
    made = sentence((phrase("chart.groups", language, items=rows),), language)
    rest = () if len(told) == len(chart.categories) else tuple(_largest(chart, part, language) for part in chart.series)
    return closed(opening(chart, language) + first + made + sentence(rest, language))


def numbers(chart: Chart, language: Language) -> tuple[ChartNumber, ...]:  # noqa: ARG001 -- the same in all
    """Return the shares at the foot, the parts, which need room, and one word for all that cannot be divided."""
    whole = undrawn(chart)
    ticks = (ChartNumber(_tick_key(tick), (), "percent", percent=tick) for tick in _TICKS)
    told = divisible(chart)
    parts = (number for number in each_value(told, optional=True) if value_at(told, number.of[0]).amount)
    series = range(len(chart.series))
    nothing = (
        ChartNumber(sum_key(place), tuple((index, place) for index in series), "unknown") for place in sorted(whole)
    )
    return (*ticks, *parts, *nothing)


def derived(chart: Chart) -> tuple[Quantity, ...]:
    """Return the shares of parts that the alternative text says."""
    told = {(series, place) for series in range(len(chart.series)) for place in _made_up(chart)}
    if len(_made_up(chart)) < len(chart.categories):
        told |= {(place, most) for place, part in enumerate(chart.series) if (most := _most(chart, part)) is not None}
    shares = (
        share_of(
            chart,
            chart.series[series].values[place],
            sum_of(chart, sum_key(place), tuple(part.values[place] for part in chart.series)),
        )
        for series, place in sorted(told)
    )
    return tuple(share for share in shares if share is not None)


def height(chart: Chart, width: float, faces: Faces) -> float:
    """Return room for one row for each category, a key above, and the shares below."""
    return rows_height(chart.categories, width, faces) + 2 * _MARGIN + key_height(chart, width, faces) + _FOOT


def draw(canvas: Canvas, chart: Chart) -> None:
    """Draw the parts' names above, categories at the left, bars of one length, and the shares at the foot."""
    look, chart = canvas.look, divisible(chart)
    top = key_height(chart, canvas.width, look.faces) + _MARGIN
    rows = lay_rows(chart.categories, canvas.width, top, canvas.height - _MARGIN - _FOOT, look.faces)
    print_names(canvas, rows, chart.categories, chart.emphasis)
    left, right = rows.names_end + GAP, canvas.width - look.faces.width("100%", SMALL) / 2
    _draw_shares(canvas, Scale(0.0, 100.0, left, right), top)
    for place, y in enumerate(rows.middles):
        whole = length(chart, place)
        if whole:
            draw_stack(canvas, chart, rows, Scale(0.0, whole, left, right), place)
        else:
            canvas.text(left, y, unknown_word(look.language), ground=look.paper, key=sum_key(place))
    name_parts(canvas, chart, rows, Scale(0.0, length(chart, 0) or 1.0, left, right))


def plotted(chart: Chart, language: Language) -> tuple[PlottedSeries, ...]:  # noqa: ARG001 -- no word of its own
    """Return the series, without the categories of which no shares can be told."""
    return beside(chart, withheld=undrawn(chart))


def twin(chart: Chart, look: Look, width: float) -> Twin:  # noqa: ARG001 -- Word breaks its names itself
    """Return bars of one length over an axis of shares; a bar whose whole is not known stays empty."""
    parts = formatted_series(divisible(chart), look.language)
    shares = Axis(code="0%", step=Decimal("0.2"))
    rows = table(chart.categories, parts)
    return Twin("bar", chart.categories, as_parts(parts, look), rows, (shares,), grouping="percentStacked", legend="t")


def undrawn(chart: Chart) -> frozenset[int]:
    """Return the places of the categories of which no shares can be told: a part is not known, or all are nothing."""
    return frozenset(place for place, whole in enumerate(totals(chart)) if not whole.amount)


def divisible(chart: Chart) -> Chart:
    """Return the chart without the values of categories of which no shares can be told."""
    whole = undrawn(chart)
    series = tuple(
        replace(part, values=tuple(
            unknown(value.unit, value.basis) if place in whole else value for place, value in enumerate(part.values)
        ))
        for part in chart.series
    )  # fmt: skip
    return replace(chart, series=series)


def _tick_key(tick: int) -> str:
    return f"share.{tick}"


def _draw_shares(canvas: Canvas, scale: Scale, top: float) -> None:
    look, bottom = canvas.look, canvas.height - _MARGIN - _FOOT
    for tick in _TICKS:
        canvas.line(((scale(tick), top), (scale(tick), bottom + 0.9)), look.rule, 0.4, layer=1)
        canvas.text(
            scale(tick), bottom + 2.9, f"{tick}%", size=SMALL, align="center", colour=look.soft, key=_tick_key(tick)
        )


def _made_of(chart: Chart, place: int, language: Language) -> str:
    """Return one category with the share of each of its parts."""
    name = chart.categories[place]
    shares = [_share_of(chart, series, place) for series in chart.series]
    if not any(shares):
        return phrase("composition.nothing", language, name=name)
    parts = [
        phrase("chart.item", language, name=series.name, value=words)
        for series, words in zip(chart.series, shares, strict=True)
    ]
    return phrase("chart.row", language, name=name, values=joined(parts, language))


def _largest(chart: Chart, series: Series, language: Language) -> str:
    """Return where a part has its largest share, nothing where no share can be told."""
    place = _most(chart, series)
    if place is None:
        return ""
    name, words = chart.categories[place], _share_of(chart, series, place)
    return phrase("composition.largest", language, part=series.name, name=name, share=words)


def _made_up(chart: Chart) -> list[int]:
    """Return the places of the categories of which all shares are said."""
    return [place for place, name in enumerate(chart.categories) if name in chart.emphasis or place < _TOLD]


def _most(chart: Chart, series: Series) -> int | None:
    """Return the place at which a part has its largest share, None where no share can be told."""
    wholes = totals(chart)
    shares = {
        place: ratio for place, whole in enumerate(wholes) if (ratio := share(series.values[place], whole)) is not None
    }
    return max(shares, key=lambda candidate: shares[candidate]) if shares else None


def _share_of(chart: Chart, series: Series, place: int) -> str:
    ratio = share(series.values[place], totals(chart)[place])
    return "" if ratio is None else f"{rounded(ratio, 1)}%"
