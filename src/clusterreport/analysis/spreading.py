"""How a whole is spread over groups: shares, concentration, specialisation; formulas in indices.py."""

from __future__ import annotations

from decimal import Decimal
from itertools import accumulate
from typing import TYPE_CHECKING

from clusterreport.analysis import aggregates, gaps, indices, membership
from clusterreport.analysis.measures import all_rows, amount_of, derived, label_of, measured, period_of_all
from clusterreport.analysis.rankings import Panel, PanelSeries
from clusterreport.locale import Label
from clusterreport.messages import message
from clusterreport.quantity import PERCENT, RATIO, Computed, Quantity, Unit

if TYPE_CHECKING:
    from collections.abc import Sequence

    from clusterreport.analysis.groups import Cells, Groups
    from clusterreport.locale import Words
    from clusterreport.quantity import Members

    Sizes = list[tuple[str, Quantity]]


def shares_within(groups: Groups, column: str, within: str) -> Cells:
    """Return the share of each pair of names in the rows that have its value of ``within``."""
    rows = groups.rows
    named = rows.column_called(within) if within else None
    if named not in groups.columns or named is None:
        titles = [rows.title_of(each) for each in groups.columns]
        problem = message(
            "{within} is not one of the two columns, within whose values the shares are taken",
            within=within or message("nothing"),
        )
        raise rows.refused(
            problem, message('Write within="{titles}" or within="{titles_2}".', titles=titles[0], titles_2=titles[1])
        )
    place = groups.columns.index(named)
    wholes = {name: aggregates.Whole.of(own, column) for name, own in rows.groups(named)}
    return {names: wholes[names[place]].share_of(own) for names, own in rows.cells(*groups.columns)}


def location_quotients(groups: Groups, cells: Cells) -> Cells:
    """Return LQ = (cell ÷ sum of its first name) ÷ (sum of its second name ÷ sum of all), of sums over the cells."""
    of_first, of_second = (_sums(cells, place) for place in (0, 1))
    whole = _sum(list(cells.values()))
    rows = groups.rows
    titles = [rows.title_of(column) for column in groups.columns]
    behind = all_rows(cells.values())
    found = {}
    for pair, cell in cells.items():
        first, second = of_first[pair[0]], of_second[pair[1]]
        scope = rows.scope(*(groups.said(place, name) for place, name in enumerate(pair)))
        basis = derived(
            Label.of("analysis.location_quotient", column=titles[1]),
            Label.of("analysis.location_quotient_how", first=titles[0], second=titles[1], source=rows.source()),
            cell, rows=behind, scope=scope,
        )  # fmt: skip
        amount = None
        if cell.amount is not None and first and second and whole is not None:
            amount = cell.amount * whole / (first * second)
        found[pair] = measured(amount, RATIO, basis).named(f"{groups.path_of(*pair)}.location_quotient")
    return found


def concentration(groups: Groups, column: str, top: int) -> Quantity:
    """Return CR_k, in per cent."""
    rows, sizes = groups.rows, groups.sizes(column)
    if type(top) is not int or top < 1:
        raise rows.refused(
            message("top is {top!r}, and counts the largest groups", top=top),
            message("Write a whole number, such as top=3."),
        )
    ratio = indices.concentration_ratio(_floats(sizes), top) if _all_known(sizes) else None
    label = Label.of("analysis.concentration", column=_label(sizes), count=top)
    return _index(groups, sizes, None if ratio is None else 100 * ratio, label, column, unit=PERCENT)


def herfindahl(groups: Groups, column: str) -> Quantity:
    """Return the Herfindahl-Hirschman index."""
    sizes = groups.sizes(column)
    amount = indices.herfindahl(_floats(sizes)) if _all_known(sizes) else None
    return _index(groups, sizes, amount, Label.of("analysis.herfindahl", column=_label(sizes)), column)


def gini(groups: Groups, column: str) -> Quantity:
    """Return the Gini coefficient."""
    sizes = groups.sizes(column)
    amount = indices.gini(_floats(sizes)) if _all_known(sizes) else None
    return _index(groups, sizes, amount, Label.of("analysis.gini", column=_label(sizes)), column)


def cumulative(groups: Groups, column: str) -> Panel:
    """Return the shares of the groups, the largest first, and their running sums."""
    sizes = sorted(_all_of(groups, groups.sizes(column)), key=lambda item: -amount_of(item[1]))
    whole = aggregates.Whole.of(groups.rows, column)
    names = tuple(name for name, _ in sizes)
    own = tuple(whole.share_of_value(value, Label.of("analysis.scope", parts=(name,))) for name, value in sizes)
    sums = tuple(accumulate(amount_of(value) for _, value in sizes))
    label = Label.of("analysis.cumulative", column=_label(sizes))
    how = Label.of("analysis.cumulative_how", source=groups.rows.source())
    behind = all_rows(value for _, value in sizes)
    together = tuple(
        measured(
            100 * Decimal(part) / sums[-1] if sums[-1] else None,
            PERCENT,
            derived(label, how, rows=behind, scope=name),
        ).named(f"{groups.rows.path}.by.{groups.columns[0]}[{name}].cumulative")
        for name, part in zip(names, sums, strict=True)
    )
    shown = groups.rows.label_of
    share_label = label_of(own[0]) if own else ""
    series = PanelSeries(shown(share_label), own), PanelSeries(shown(label), together)
    lost = gaps.rows_in_no_group(groups.rows, groups.columns)
    return Panel(shown(label), names, series, left_out=lost, things="categories")


def lorenz(groups: Groups, column: str) -> Panel:
    """Return the points of the Lorenz curve: shares of groups and of the sum, from 0 to 100."""
    sizes = sorted(_all_of(groups, groups.sizes(column)), key=lambda item: amount_of(item[1]))
    points = indices.lorenz(_floats(sizes))
    if not any(amount_of(value) for _, value in sizes):
        problem = message("every value is 0, and 0 has no shares")
        raise groups.rows.refused(problem, message("Choose groups that have something, or leave the curve out."))
    title = groups.rows.title_of(groups.columns[0])
    across = Label.of("analysis.lorenz_groups", column=title)
    upward = Label.of("analysis.lorenz_sum", column=_label(sizes))
    how = Label.of("analysis.lorenz_how", source=groups.rows.source())
    behind, shown = all_rows(value for _, value in sizes), groups.rows.label_of
    series = tuple(
        PanelSeries(shown(label), _points([point[place] for point in points], derived(label, how, rows=behind)))
        for place, label in enumerate((across, upward))
    )
    names = ("", *(name for name, _ in sizes))[: len(points)]
    return Panel(shown(upward), names, series, left_out=gaps.rows_in_no_group(groups.rows, groups.columns))


def _points(shares: Sequence[float], basis: Computed) -> tuple[Quantity, ...]:
    return tuple(measured(100 * share, PERCENT, basis) for share in shares)


def _index(  # noqa: PLR0913 -- what it is of, what it is called, and what it measures
    groups: Groups, sizes: Sizes, amount: float | None, label: Label, column: str, *, unit: Unit = RATIO
) -> Quantity:
    """Return an index of the sizes; the text that says how it is found has the name of its label with _how."""
    rows, measure = groups.rows, label.name.rpartition(".")[2]
    counted = {name: value for name, value in label.arguments if name == "count"}
    how = Label.of(f"analysis.{measure}_how", source=rows.source(), **counted)
    by = Label.of("analysis.by", column=rows.title_of(groups.columns[0]))
    behind, lost = all_rows(value for _, value in sizes), gaps.rows_in_no_group(rows, groups.columns)
    basis = Computed(
        label, how, rows.confidence, rows=behind, scope=rows.scope(by), left_out=lost,
        spread=True, period=period_of_all(value for _, value in sizes), members=_members(groups, column),
    )  # fmt: skip
    return measured(amount, unit, basis).named(f"{rows.path}.by.{groups.columns[0]}.{measure}")


def _members(groups: Groups, column: str) -> Members | None:
    return membership.members_of(groups.rows, groups.rows.column_called(column)) if column else None


def _all_of(groups: Groups, sizes: Sizes) -> Sizes:
    """Return the sizes; ProblemsError where one is not known, so that there is no whole."""
    lost = [name for name, value in sizes if value.amount is None]
    if lost:
        problem = message("a value of {name} is not known, and without it there is no whole", name=lost[0])
        raise groups.rows.refused(problem, message("Choose the groups whose values are all known with where(…)."))
    return sizes


def _all_known(sizes: Sizes) -> bool:
    return all(value.amount is not None for _, value in sizes)


def _floats(sizes: Sizes) -> list[float]:
    return [float(amount_of(value)) for _, value in sizes]


def _label(sizes: Sizes) -> Words:
    return label_of(sizes[0][1]) if sizes else ""


def _sums(cells: Cells, place: int) -> dict[str, Decimal | None]:
    """Return the sum of the cells of each name at ``place`` of their pairs."""
    parts: dict[str, list[Quantity]] = {}
    for pair, cell in cells.items():
        parts.setdefault(pair[place], []).append(cell)
    return {name: _sum(own) for name, own in parts.items()}


def _sum(values: Sequence[Quantity]) -> Decimal | None:
    amounts = [value.amount for value in values]
    return None if None in amounts else sum((amount for amount in amounts if amount is not None), Decimal(0))
