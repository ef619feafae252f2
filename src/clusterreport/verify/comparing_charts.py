"""Lays the charts of both files beside the model's: drawn values, the workbook behind them, and printed numbers."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import zip_longest
from typing import TYPE_CHECKING

from clusterreport.errors import Problem
from clusterreport.messages import message, template
from clusterreport.verify.chart_values import must_be_told
from clusterreport.verify.chart_words import false_unit, in_full, must_be_described, own_unit
from clusterreport.verify.comparing_labels import label_differences
from clusterreport.verify.drawn_numbers import Drawn, drawn_numbers
from clusterreport.verify.passages import REMEDY
from clusterreport.verify.plotted_series import plotted
from clusterreport.verify.word_charts import Range, WordSeries

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from clusterreport.document.model import Chart
    from clusterreport.locale import Language
    from clusterreport.verify.chart_values import Key
    from clusterreport.verify.pdf_pages import Shown
    from clusterreport.verify.plotted_series import Plotted, Point
    from clusterreport.verify.word_charts import Value, WordChart

_UNIT_REMEDY = template("Correct unit=… of the chart in its template, or leave it out. Nothing was published.")
_NO_SERIES = WordSeries(Range(), Range(), Range(), Range())


@dataclass(frozen=True, slots=True)
class _Statement:
    """One thing that a Word chart says: where, what the model has, what is drawn, what its workbook keeps."""

    where: str
    meant: Value
    drawn: Value
    kept: Value
    key: Key | None = None

    @property
    def right(self) -> bool:
        return self.meant == self.drawn == self.kept


def chart_differences(
    where: str, chart: Chart, language: Language, word: WordChart | None, texts: Sequence[Shown]
) -> tuple[list[Problem], int]:
    """Return what differs, and how many values could be compared; ``word`` None: the Word file has a picture."""
    meant = plotted(chart, language)
    statements = [] if word is None else list(_statements(meant, word))
    drawn = drawn_numbers(chart, texts, language)
    read = {statement.key: statement for statement in statements if statement.key}
    problems = [
        Problem(message("{place}, {where}", place=where, where=one.where), _in_words(one, drawn), message(REMEDY))
        for one in statements
        if not one.right or (one.key in drawn.wrong and read.get(one.key) is one)
    ]
    if word is not None:
        problems += label_differences(where, chart, meant, word, drawn, language)
    for key in sorted(drawn.wrong - set(read)):
        series = chart.series[key.series]
        amount = series.values[key.place].amount
        only = _Statement(
            message("{place}, {where}", place=series.name, where=chart.categories[key.place]), amount, None, None, key
        )
        problems.append(
            Problem(
                message("{place}, {where}", place=where, where=only.where),
                _in_words(only, drawn, pictured=True),
                message(REMEDY),
            )
        )
    problems += [
        Problem(
            where,
            message(
                "the PDF prints “{text}” on the chart, which the model does not have, nor the Word file", text=text
            ),
            message(REMEDY),
        )
        for text in drawn.others
    ]
    problems += [
        Problem(
            where,
            message("the PDF does not print “{words}” on the chart, which is a sum of its values", words=words),
            message(REMEDY),
        )
        for words in drawn.lacking
    ]
    problems += _untold(where, chart, word is not None)
    return [*problems, *_misnamed(where, chart, language, texts)], len(set(read) | set(drawn.printed))


def _untold(where: str, chart: Chart, native: bool) -> Iterator[Problem]:  # noqa: FBT001 -- whether Word draws it
    """Yield a problem for each value that the chart's kind would print, or have drawn, nowhere."""
    printed = {place for number in chart.numbers for place in number.of}
    points = (point for series in chart.plotted for point in series.points)
    drawn = {
        place for point in points for part in (point.up, point.across) if part for place in (*part.plus, *part.minus)
    }
    for key in sorted(must_be_told(chart)):
        told = (not chart.numbers or key in printed) and (not native or key in drawn)
        if not told:
            name = message(", ").join((chart.series[key.series].name, chart.categories[key.place]))
            yield Problem(
                message("{place}, {where}", place=where, where=name),
                message("a {kind} chart leaves this value out", kind=chart.kind),
                message(REMEDY),
            )


def _misnamed(where: str, chart: Chart, language: Language, texts: Sequence[Shown]) -> Iterator[Problem]:
    """Yield a problem where both files say the chart's values in words in another unit, or not at all."""
    own, told = own_unit(chart, language), "".join(shown.text for shown in texts)
    if own and own not in told:
        yield Problem(
            where,
            message("the PDF does not say on the chart that its numbers are in “{own}”", own=own),
            message(REMEDY),
        )
    if false := false_unit(chart, language):
        problem = message(
            "both files say “{false}” below the chart, and none of its values is in that unit", false=false
        )
        yield Problem(message("{where}, its unit", where=where), problem, message(_UNIT_REMEDY))
    for value in must_be_described(chart):
        if (words := in_full(value, language)) not in chart.description:
            problem = message(
                "the alternative text in both files does not say “{words}”: “{description}…”",
                words=words,
                description=chart.description[:60],
            )
            yield Problem(message("{where}, alternative text", where=where), problem, message(REMEDY))
            return


def _in_words(one: _Statement, drawn: Drawn, *, pictured: bool = False) -> str:
    in_word = (
        message("the Word file has a picture")
        if pictured
        else message(
            "the Word file draws {drawn}, its workbook holds {kept}", drawn=_shown(one.drawn), kept=_shown(one.kept)
        )
    )
    printed = drawn.printed.get(one.key) if one.key else None
    return message(
        "the model has {meant}; {in_word}; the PDF prints {printed}",
        meant=_shown(one.meant),
        in_word=in_word,
        printed=_shown(printed),
    )


def _shown(value: Value) -> str:
    return message("nothing") if value is None else f"“{value}”"


def _statements(meant: Sequence[Plotted], word: WordChart) -> Iterator[_Statement]:
    for place, (series, read) in enumerate(zip_longest(meant, word), 1):
        if series is None:
            name = _at(read.name.drawn, 0)
            yield _Statement(message("series {place}", place=place), None, name, _at(read.name.kept, 0))
            continue
        yield from _of_series(series, read or _NO_SERIES, place)


def _of_series(meant: Plotted, read: WordSeries, place: int) -> Iterator[_Statement]:
    yield _Statement(
        message("name of series {place}", place=place), meant.name, _at(read.name.drawn, 0), _at(read.name.kept, 0)
    )
    for index, point in enumerate(meant.points):
        where = message(", ").join(filter(None, (meant.name, point.label)))
        yield from _of_point(point, read, index, where, flat=meant.flat)
    count = len(meant.points)
    for name, values in (
        (message("labels"), read.labels),
        (message("values across"), read.across),
        (message("values"), read.up),
    ):
        extra, kept = values.drawn[count:], values.kept[count:]
        if any(value is not None for value in (*extra, *kept)):
            yield _Statement(
                message("{series}, {what} after the last", series=meant.name, what=name),
                None,
                _at(extra, 0),
                _at(kept, 0),
            )


def _of_point(point: Point, read: WordSeries, index: int, where: str, *, flat: bool) -> Iterator[_Statement]:
    """Yield what is said of one point; on two axes a chart labels only some points, and the workbook names all."""
    label, kept = _at(read.labels.drawn, index), _at(read.labels.kept, index)
    if flat or label is not None:
        named = point.label or None if point.day is None else point.day
        yield _Statement(message("{where}, label", where=where), named, label, kept)
    else:
        yield _Statement(
            message("{where}, name in the workbook", where=where), point.label or None, point.label or None, kept
        )
    across_key, up_key = point.keys
    if not flat:
        across = _at(read.across.drawn, index), _at(read.across.kept, index)
        yield _Statement(message("{where}, across", where=where), point.across, *across, across_key)
    yield _Statement(where, point.up, _at(read.up.drawn, index), _at(read.up.kept, index), up_key)


def _at(values: Sequence[Value], place: int) -> Value:
    return values[place] if place < len(values) else None
