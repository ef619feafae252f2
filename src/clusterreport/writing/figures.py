"""Charts as templates ask for them: findings in, a figure with its caption, note and source out."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import partial
from typing import TYPE_CHECKING, Any, Final

from clusterreport import charts
from clusterreport.analysis.rankings import Panel, Ranking
from clusterreport.analysis.records import TableRecord
from clusterreport.document.model import Chart, Figure, Number, Pair, Series, Text, Tie
from clusterreport.document.text import inlines_text
from clusterreport.document.wording import unit_name
from clusterreport.locale import phrase, said
from clusterreport.messages import message
from clusterreport.quantity import Quantity, unknown
from clusterreport.writing.faults import TemplateError, instead
from clusterreport.writing.foremost import check_takes_first, first_of_panel, foremost, largest
from clusterreport.writing.omissions import note_on, notes_on, unvalued
from clusterreport.writing.phrases import whole, words
from clusterreport.writing.printing import is_shown, kind_of
from clusterreport.writing.records import quantity_of, sequence, text_of
from clusterreport.writing.undrawn import Blank, check_draws, check_has_whole, notes_on_undrawn

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from clusterreport.document.model import Inline
    from clusterreport.locale import Language
    from clusterreport.writing.audience import Audience
    from clusterreport.writing.phrases import Phrases
    from clusterreport.writing.render_context import RenderContext

_DRAWN: Final = 20  # operations of a value, by time


@dataclass(frozen=True, slots=True)
class _Data:
    """What a chart is drawn from (fields as in document.model.Chart).

    ``withheld`` tells whether values were left out that the audience may not read; ``left_out`` are the categories
    that are not drawn, for this reason or because there are too many, and ``cut`` whether some that tie with the last
    one drawn are among them; ``blank`` the marks whose values nobody knows; ``rest`` are left out as others are larger,
    where that is to be said.
    """

    categories: tuple[str, ...]
    series: tuple[Series, ...]
    groups: tuple[str, ...] = ()
    ties: tuple[Tie, ...] = ()
    withheld: bool = False
    left_out: tuple[str, ...] = ()
    blank: tuple[Blank, ...] = ()
    rest: tuple[str, ...] = ()
    cut: bool = False


class Figures:
    """The charts of one briefing."""

    def __init__(self, rendering: RenderContext, phrases: Phrases) -> None:
        """Leave out what the audience of ``rendering`` may not read."""
        self._rendering = rendering
        self._phrases = phrases

    def kinds(self) -> Mapping[str, Callable[..., Figure]]:
        """Return the function behind chart.<kind> for every kind of chart there is."""
        return {kind: partial(self.chart, kind) for kind in charts.kind_names()}

    def chart(  # noqa: PLR0913 -- a figure has these sides, all but three of them optional
        self,
        kind: str,
        data: object,
        *,
        title: str,
        top: int | None = None,
        label: str = "",
        note: object = "",
        source: object = "",
        unit: str | None = None,
        emphasis: object = (),
        series: object = None,
        names: str = "name",
        values: object = None,
        groups: str | None = None,
    ) -> Figure:
        """Return a figure of ``data``: a ranking, a panel, or records with ``names`` and ``values`` taken from each."""
        if top is not None:
            check_takes_first(kind)
        check_has_whole(kind, data)
        drawn = self._data(kind, data, top, names=names, values=values, groups=groups)
        if series is not None:
            drawn = _chosen(drawn, _names(series, "series"))
        if not drawn.categories:
            raise _nothing_to_draw(kind, data)
        made = self._made(kind, drawn, self._phrases.title(title, "title"), unit, _names(emphasis, "emphasis"))
        check_draws(made)
        lines = self._notes(made, drawn, data)
        language, counts = self._rendering.language, [part for line in lines for part in line]
        told = (self._phrases.title(note, "note"), *(inlines_text(line, language) for line in lines))
        return Figure(
            self._rendering.claim(words(label, "label"), "figure"),
            replace(made, facts=(*made.facts, *(part for part in counts if isinstance(part, Number)))),
            phrase("between.sentences", language).join(filter(None, told)),
            self._phrases.title(source, "source"),
        )

    def pair(self, left: object, right: object) -> Pair:
        """Return two small figures side by side."""
        if not isinstance(left, Figure) or not isinstance(right, Figure):
            raise TemplateError(message("pair needs two charts"), message("Write pair(chart.…(…), chart.…(…))."))
        return Pair(left, right)

    def _notes(self, chart: Chart, drawn: _Data, data: object) -> tuple[tuple[Inline, ...], ...]:
        """Return what stands under a chart beside its own note: what the chart leaves out."""
        language = self._rendering.language
        values = (value for series in drawn.series for value in series.values)
        withheld = (Text(phrase("writing.withheld_some", language)),)
        return (
            *([withheld] if drawn.withheld else []),
            *([(Text(phrase("writing.tied_left", language)),)] if drawn.cut else []),
            *notes_on(data, values, language),
            *notes_on_undrawn(chart, drawn.blank, language),
            *note_on("not_shown", drawn.rest, language, title=chart.title, named=False),
        )

    def _made(self, kind: str, data: _Data, title: str, unit: str | None, emphasis: tuple[str, ...]) -> Chart:
        drawn = {*data.categories, *data.groups, *(series.name for series in data.series)}
        for name in emphasis:
            if name not in drawn and name not in data.left_out:
                known = (*drawn, *data.left_out)
                raise TemplateError(
                    message("{name!r} is to be emphasised and is not in the chart", name=name), instead(name, known)
                )
        return charts.make(
            kind,
            title=title,
            unit=self._unit(kind, data) if unit is None else words(unit, "unit"),
            categories=data.categories,
            series=data.series,
            groups=data.groups,
            ties=data.ties,
            emphasis=tuple(name for name in emphasis if name in drawn),
            language=self._rendering.language,
        )

    def _unit(self, kind: str, data: _Data) -> str:
        """Return the units of a chart's values, as its axes have them where it has two, or its labels."""
        language = self._rendering.language
        units = [value.unit for value in charts.as_labelled(kind, data.series)]
        names = dict.fromkeys(unit_name(unit, language) for unit in units)
        return phrase("writing.list", language, items=tuple(names))

    def _data(  # noqa: PLR0913 -- what a figure is asked for
        self, kind: str, data: object, top: int | None, *, names: str, values: object, groups: str | None
    ) -> _Data:
        count = None if top is None else whole(top, "top")
        if isinstance(data, Panel):
            return _panel(data, kind, count, self._rendering)
        columns, part = _columns(values, data, self._rendering.language), words(names, "names")
        records = list(sequence(data, message("a chart")))
        seen = [record for record in records if _all_shown(record, columns, self._rendering.audience)]
        first = partial(_first, data, count=count, part=columns[0][0])
        (leading, _), (drawn, cut) = first(records), first(seen)
        self._rendering.budget.spend(len(records) * len(columns) * _DRAWN)
        categories = tuple(text_of(record, part, self._rendering.language) for record in drawn)
        known = set(categories)
        series = tuple(Series(name, tuple(quantity_of(record, path) for record in drawn)) for path, name in columns)
        return _Data(
            categories,
            series,
            tuple(text_of(record, words(groups, "groups"), self._rendering.language) for record in drawn)
            if groups is not None
            else (),
            cut=cut,
            withheld=any(not _all_shown(record, columns, self._rendering.audience) for record in leading),
            blank=_blank(categories, series, self._rendering.language),
            left_out=tuple(
                name for record in records if (name := text_of(record, part, self._rendering.language)) not in known
            ),
            rest=("",) * (len(seen) - len(drawn)) if _is_of_file(data) else (),
        )


def _columns(values: object, data: object, language: Language) -> tuple[tuple[str, str], ...]:
    if values is None:
        if isinstance(data, Ranking):
            return (("value", said(data.label, language)),)
        raise _no_values(data)
    columns: list[tuple[str, str]] = []
    for pair in sequence(values, "values"):
        match pair:
            case (str(part), str(name)):
                columns.append((part, name))
            case _:
                raise TemplateError(
                    message("values cannot take {what}", what=kind_of(pair)),
                    message('Write values=[("…", "…")]: a part, and its name.'),
                )
    if not columns:
        raise _no_values(data)
    return tuple(columns)


def _nothing_to_draw(kind: str, data: object) -> TemplateError:
    """Return the fault of a chart without a value, with those that are left out as nobody knows theirs."""
    remedy = message("Give it data, or stand it between if and endif.")
    if lost := unvalued(data):
        problem = message(
            "chart.{kind} has nothing to draw: no value is known of {names}", kind=kind, names=message(", ").join(lost)
        )
        return TemplateError(problem, remedy)
    return TemplateError(message("chart.{kind} has nothing to draw", kind=kind), remedy)


def _no_values(data: object) -> TemplateError:
    if not isinstance(data, list | tuple):
        remedy = message("Give it a ranking, as tables.….by(…).total(…), or records with values=[…].")
        return TemplateError(message("a chart draws several values, not {kind}", kind=kind_of(data)), remedy)
    if any(isinstance(each, Ranking | Panel) for each in data):
        remedy = message("Give it one of them, or a panel: tables.….by(…, …).total(…).")
        return TemplateError(message("a chart draws one ranking or panel, not a list of them"), remedy)
    return TemplateError(
        message("a chart of records has no values"),
        message('Write values=[("…", "…")]: a part of each record, and its name.'),
    )


def _all_shown(record: object, columns: tuple[tuple[str, str], ...], audience: Audience) -> bool:
    return all(is_shown(quantity_of(record, part), audience) for part, _ in columns)


def _is_of_file(data: object) -> bool:
    """Tell whether records are the rows of a table as they come: in no order that was meant, as a sorted list is."""
    return isinstance(data, tuple) and all(isinstance(record, TableRecord) for record in data)


def _first(data: object, records: list[Any], count: int | None, part: str) -> tuple[list[Any], bool]:
    """Return the first ``count`` records, of rows the largest, and whether some that tie with the last are left out.

    Of a ranking all that ties is in, however much it is.
    """
    if count is None or count >= len(records):
        return records, False
    if _is_of_file(data):
        return [records[place] for place in largest([quantity_of(record, part) for record in records], count)], False
    if not isinstance(data, Ranking):
        chosen, cut = foremost(records, count, (part,))
        return list(chosen), cut
    last = quantity_of(records[count - 1], part).amount
    tied = (record for record in records[count:] if quantity_of(record, part).amount == last)
    return [*records[:count], *tied], False


def _panel(panel: Panel, kind: str, count: int | None, rendering: RenderContext) -> _Data:
    """Return a panel's data; values that the audience may not read become unknown, and such ties drop out."""
    audience, language = rendering.audience, rendering.language
    shown = [
        Series(said(part.name, language), tuple(_or_unknown(value, audience) for value in part.values))
        for part in panel.series
    ]
    places: Sequence[int] = range(len(panel.categories))
    lines: Sequence[int] = range(len(shown))
    if count is not None:
        places, lines = first_of_panel(panel, kind, shown, count)
    kept = tuple(said(panel.categories[place], language) for place in places)
    groups = tuple(said(panel.groups[place], language) for place in places) if panel.groups else ()
    ends = [tie for tie in panel.ties if count is None or {tie.source, tie.target} <= set(kept)]
    ties = tuple(tie for tie in ends if is_shown(tie.weight, audience))
    known = tuple(_at(Series(shown[line].name, panel.series[line].values), places) for line in lines)
    hidden = any(not is_shown(value, audience) for part in known for value in part.values)
    rest = [said(name, language) for place, name in enumerate(panel.categories) if place not in set(places)]
    lost = [each.name for line, each in enumerate(shown) if line not in set(lines)]
    return _Data(
        kept, tuple(_at(shown[line], places) for line in lines), groups, ties, hidden or len(ties) < len(ends),
        (*rest, *lost), _blank(kept, known, language), (*rest, *lost) if panel.things else tuple(lost),
    )  # fmt: skip


def _at(series: Series, places: Sequence[int]) -> Series:
    return Series(series.name, tuple(series.values[place] for place in places))


def _blank(categories: tuple[str, ...], series: tuple[Series, ...], language: Language) -> tuple[Blank, ...]:
    """Return what each value is called that nobody knows: by its category, and its series where there are several."""
    of_several = len(series) > 1
    return tuple(
        Blank(
            one.name,
            category,
            phrase("writing.of_series", language, category=category, series=one.name) if of_several else category,
        )
        for one in series
        for category, value in zip(categories, one.values, strict=True)
        if not value.known
    )


def _or_unknown(value: Quantity, audience: Audience) -> Quantity:
    return value if is_shown(value, audience) else unknown(value.unit, value.basis).named(value.name)


def _chosen(data: _Data, names: tuple[str, ...]) -> _Data:
    known = {series.name: series for series in data.series}
    for name in names:
        if name not in known:
            raise TemplateError(message("there is no series {name!r}", name=name), instead(name, known))
    blank = tuple(each for each in data.blank if each.series in names)
    return replace(data, series=tuple(known[name] for name in names), blank=blank)


def _names(value: object, use: str) -> tuple[str, ...]:
    if isinstance(value, str):
        return (words(value, use),)
    return tuple(words(item, use) for item in sequence(value, use))
