"""Says what a chart has no mark for and why, and refuses one without any."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

from clusterreport import charts
from clusterreport.analysis.rankings import Ranking
from clusterreport.messages import message
from clusterreport.writing.faults import TemplateError
from clusterreport.writing.omissions import is_no_part, is_share, note_on

if TYPE_CHECKING:
    from collections.abc import Sequence

    from clusterreport.document.model import Chart, Inline
    from clusterreport.locale import Language

_MARKING: Final = frozenset({"heatmap"})  # kinds that print — for each value that nobody knows
_MOST_NAMED: Final = 8


class Blank(NamedTuple):
    """A value that nobody knows: of which series and category it is, and what it is called."""

    series: str
    category: str
    words: str


def check_draws(chart: Chart) -> None:
    """Raise TemplateError where ``chart`` would have no mark at all."""
    if len(charts.undrawn(chart)) < len(chart.categories):
        return
    lacking = [name for place, name in enumerate(chart.categories) if _lacks(chart, place)]
    zero = [name for place, name in enumerate(chart.categories) if not _lacks(chart, place)]
    told = []
    if lacking:
        told.append(message("a value of {names} is not known", names=_named(lacking)))
    if zero:
        told.append(message("all that {names} is made of is 0", names=_named(zero)))
    problem = message("chart.{kind} has nothing to draw: {why}", kind=chart.kind, why=message("; ").join(told))
    raise TemplateError(problem, message("Give it data, or stand it between if and endif."))


def check_has_whole(kind: str, data: object) -> None:
    """Raise TemplateError where parts of a whole are to be drawn of values that are never added up, such as rates."""
    if kind != "doughnut" or not isinstance(data, Ranking):
        return
    if any(is_no_part(item.share) and not is_share(item.value) for item in data.items):
        problem = message("chart.{kind} shows the parts of a sum, and these values cannot be added up", kind=kind)
        raise TemplateError(problem, message("Use chart.bar, which compares them."))


def notes_on_undrawn(chart: Chart, blank: Sequence[Blank], language: Language) -> tuple[tuple[Inline, ...], ...]:
    """Return the notes on what ``chart`` has no mark for, where the audience may read that.

    Where one value that is not known takes the others of its category with it, this is named as a whole.
    """
    if chart.kind in _MARKING:
        return ()
    if not charts.leaves_whole_out(chart.kind):
        return note_on("not_drawn", (each.words for each in blank), language, title=chart.title)
    gone = {chart.categories[place]: place for place in sorted(charts.undrawn(chart))}
    whole = {each.category for each in blank if each.category in gone}
    others = [each.words for each in blank if each.category not in gone]
    lacking = [*(name for name in gone if name in whole), *others]
    nothing = [name for name, place in gone.items() if not _lacks(chart, place)]
    return (
        *note_on("not_drawn", lacking, language, title=chart.title),
        *note_on("nothing_drawn", nothing, language, title=chart.title),
    )


def _lacks(chart: Chart, place: int) -> bool:
    return any(not series.values[place].known for series in chart.series)


def _named(names: Sequence[str]) -> str:
    shown = message(", ").join(names[:_MOST_NAMED])
    return shown if len(names) <= _MOST_NAMED else message("{names}, …", names=shown)
