"""Whose values went into a number of several rows, and the rows of those that have a value every time."""

from __future__ import annotations

from dataclasses import dataclass, replace
from decimal import Decimal
from functools import partial
from typing import TYPE_CHECKING, Final

from clusterreport.analysis.measures import period_of_all, rows_of
from clusterreport.analysis.row_names import names_at, names_of, naming_columns
from clusterreport.data.periods import period_of
from clusterreport.locale import BASE, Label, said
from clusterreport.messages import message
from clusterreport.quantity import Computed, LeftOut, Members, Quantity

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from clusterreport.analysis.coding import Places
    from clusterreport.analysis.rows import TableRows

_SHOWN: Final = 5  # names in a message; more are counted


@dataclass(frozen=True, slots=True, eq=False)
class Common:
    """How rows were limited to those that have a value every time: in ``columns``, by their titles, and ``over`` times.

    ``named`` are the same columns by their names.

    At ``lost`` are the rows of their table that were left out for that; ``path`` says it in facts.json.
    """

    columns: tuple[str, ...]
    named: tuple[str, ...]
    over: str
    path: str
    lost: Places

    @property
    def words(self) -> Label:
        """Return how the rows were limited, in words."""
        return Label.of("analysis.in_common", columns=self.columns)


def members_of(rows: TableRows, *columns: str) -> Members | None:
    """Return who has a value in each of ``columns``; None where rows of two times cannot be told to be of the same.

    Rows are of the same where their key is the same but for the time.
    """
    named = naming_columns(rows)
    if named is None:
        return None
    return Members(rows.place, columns, named, _time_of(rows), partial(_names_with, rows, named, columns))


def with_members(rows: TableRows, basis: Computed, columns: tuple[str, ...], left_out: tuple[LeftOut, ...]) -> Computed:
    """Return the basis of a number and whose values of ``columns`` it puts together, if any, and leaves out."""
    if not columns:
        return replace(basis, left_out=left_out)
    lost = (*left_in_common(rows), *left_out)
    return replace(basis, left_out=lost, members=members_of(rows, *columns))


def check_alike(rows: TableRows, after: Quantity, before: Quantity, remedy: str) -> None:
    """Refuse to say how far a value lies from an earlier one of other names."""
    if told := unlike(after, before):
        raise rows.refused(told, remedy)


def unlike(one: Quantity, other: Quantity) -> str:
    """Return in words whose values only one of two numbers holds; "" where they are of the same, or nothing says so."""
    mine, others = (value.basis if value.known else None for value in (one, other))
    if not isinstance(mine, Computed) or not isinstance(others, Computed):
        return ""
    first, second = mine.members, others.members
    if first is None or second is None or (first.table, first.named) != (second.table, second.named):
        return ""
    ours, theirs = first.find(), second.find()
    lacks = [
        message("{value} is without {names}", value=_called(basis), names=_some(sorted(lost)))
        for basis, lost in ((mine, theirs - ours), (others, ours - theirs))
        if lost
    ]
    if not lacks:
        return ""
    return message("two numbers of unlike rows are compared: {told}", told=message("; ").join(lacks))


def members_in(quantity: Quantity) -> Members | None:
    """Return whose values went into a number, None where that is not known."""
    return quantity.basis.members if isinstance(quantity.basis, Computed) else None


def in_common(rows: TableRows, columns: Sequence[str], over: str) -> TableRows:
    """Return the rows of those that have a value in each column, or with ``over`` in each of its periods.

    What is found of them says who of the rows was left out for that.
    """
    if not columns:
        raise rows.refused(
            message("common does not say of which column"), message('Write common("…", "…"), or common("…", over="…").')
        )
    named = [rows.column_called(column) for column in columns]
    over = rows.column_called(over) if over else ""
    both = _with_values(rows, named)
    kept = _every_time(rows, both, over) if over else both
    lost = _beside(rows.places, kept)
    titles = tuple(dict.fromkeys(rows.title_of(column) for column in named))
    common = Common(titles, tuple(named), over, f"[common={'+'.join(named)}]", lost)
    of_file = (*rows.of_file, "")  # no condition of the file's own words leads to them
    return replace(rows, places=kept, of_file=of_file, common=common)


def are_within(places: Places, whole: Places) -> bool:
    """Tell whether all of ``places`` are among those of a ``whole``."""
    import numpy as np

    return bool(np.isin(places, whole).all())


def narrowed(rows: TableRows, conditions: Iterable[tuple[str, Sequence[str]]]) -> Common | None:
    """Return how rows were limited, of those in which each column of ``conditions`` has one of its values.

    What was left out for one time is left out of every time.
    """
    import numpy as np

    common = rows.common
    if common is None:
        return None
    lost = common.lost
    for column, values in conditions:
        if column == common.over:
            continue
        coded = rows.coded(column)
        where, codes = coded.within(lost)
        wanted = [code for code, name in enumerate(coded.names) if name in values]
        lost = lost[np.unique(where[np.isin(codes, wanted)])]
    return replace(common, lost=lost)


def limits(rows: TableRows) -> tuple[Label, ...]:
    """Return in words how rows were limited to those that have a value every time; () where they were not."""
    return (rows.common.words,) if rows.common else ()


def left_in_common(rows: TableRows) -> tuple[LeftOut, ...]:
    """Return whom rows leave out that are limited to those that have a value every time; () where there are none.

    Who has a row at several times counts once, by the last.
    """
    common = rows.common
    if common is None or not len(common.lost):
        return ()
    parted = [(common.columns, common.lost)] if common.over else _by_what_they_lack(rows, common)
    return tuple(_left_out(rows, replace(common, columns=columns, lost=lost)) for columns, lost in parted)


def are_over_time(one: Quantity, other: Quantity) -> bool:
    """Tell whether two numbers are of two times, or of one selection of rows, of which each has a column of its own.

    Numbers of two places at one time are of unlike rows, as they should be.
    """
    times = [period_of(period_of_all((value,))) for value in (one, other)]
    if times[0] and times[1] and times[0].last != times[1].last:
        return True
    return rows_of(one) == rows_of(other)


def remedy_for(one: Quantity, other: Quantity) -> str:
    """Return how a template limits two numbers to the rows that both have."""
    first, second = members_in(one), members_in(other)
    if first is None or second is None:
        return ""
    columns = '", "'.join(dict.fromkeys((*second.columns, *first.columns)))
    if first.over:
        times = ", ".join(filter(None, (period_of_all((value,)) for value in (other, one))))
        example = f'{first.table}.where({first.over}=[{times}]).common("{columns}", over="{first.over}")'
    else:
        example = f'{first.table}.common("{columns}")'
    return message(
        "Limit both to the rows that both have: choose them of {example}. Where the sentence itself says that they "
        "differ, write |plain behind both.",
        example=example,
    )


def _by_what_they_lack(rows: TableRows, common: Common) -> list[tuple[tuple[str, ...], Places]]:
    """Return those that were left out, by the titles of the columns in which they have no value."""
    import numpy as np

    lost = replace(rows, places=common.lost, common=None)
    blank = {name: _beside(common.lost, _with_values(lost, [name])) for name in common.named}
    parted: dict[tuple[str, ...], list[int]] = {}
    for place in common.lost:
        lacking = [name for name in common.named if place in blank[name]]
        parted.setdefault(tuple(dict.fromkeys(map(rows.title_of, lacking))), []).append(place)
    return [(columns, np.array(places)) for columns, places in parted.items()]


def _left_out(rows: TableRows, common: Common) -> LeftOut:
    """Return what is said of those that were left out, all for the same columns."""
    names = names_at(rows, common.lost)
    lost = _last_of_each(rows, common)
    lacking = Label.of("analysis.scope", parts=common.columns)
    basis = rows.basis("without", column=lacking)
    reference = replace(rows.reference(), rows=rows.table.rows_at(lost), condition="")
    count = Quantity(Decimal(len(lost)), rows.unit, replace(basis, rows=(reference,)), name=rows.name("without"))
    return LeftOut(lacking, count, row_names=names)


def _time_of(rows: TableRows) -> str:
    return next(filter(rows.is_time, rows.table.schema.key), "")


def _with_values(rows: TableRows, columns: Iterable[str]) -> Places:
    """Return the places of the rows that have a value in each column."""
    places = rows.places
    for column in columns:
        if rows.column(column).is_number:
            places = places[rows.table.numbers(column)[1][places]]
        else:
            starts = rows.coded(column).starts
            places = places[starts[places + 1] > starts[places]]
    return places


def _every_time(rows: TableRows, places: Places, over: str) -> Places:
    """Return those of ``places`` whose names have a value in each period of the rows."""
    import numpy as np

    named = naming_columns(rows)
    if not rows.is_time(over) or over not in rows.table.schema.key or named is None:
        problem = message("nothing says which rows are of the same in each {column}", column=rows.title_of(over))
        raise rows.refused(
            problem, message("Name the column of years or other periods that stands in the key beside a name.")
        )
    times = list(map(str, rows.table.frame[over].iloc[places]))
    names = names_of(rows, named, places)
    found: dict[str, set[str]] = {}
    for name, time in zip(names, times, strict=True):
        found.setdefault(name, set()).add(time)
    every = set(rows.values_of(over))
    kept: Places = places[np.array([found[name] == every for name in names], dtype=bool)]
    return kept


def _last_of_each(rows: TableRows, common: Common) -> Places:
    """Return the places of those that were left out, of whom several rows are of unlike times the last."""
    if not common.over:
        return common.lost
    named = [name for name in rows.table.schema.key if name != common.over]
    again = rows.table.frame[named].iloc[common.lost].duplicated(keep="last")
    last: Places = common.lost[~again.to_numpy()]
    return last


def _beside(places: Places, kept: Places) -> Places:
    import numpy as np

    beside: Places = places[~np.isin(places, kept)]
    return beside


def _names_with(rows: TableRows, named: tuple[str, ...], columns: tuple[str, ...]) -> frozenset[str]:
    return frozenset(names_of(rows, named, _with_values(rows, columns)))


def _called(basis: Computed) -> str:
    """Return what a message calls a number: with its time, which the title of a column may not say."""
    called, time = said(basis.scoped, BASE), period_of(basis.period)
    when = said(time.words, BASE) if time else ""
    return called if when in called else message("{name} ({value})", name=called, value=when)


def _some(names: Sequence[str]) -> str:
    told = message(", ").join(names[:_SHOWN])
    if len(names) <= _SHOWN:
        return told
    return message("{names} and {count} more", names=told, count=len(names) - _SHOWN)
