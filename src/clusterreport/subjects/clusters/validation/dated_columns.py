"""Tells tables of before that carry a year in the name of a column, and where their values stand now."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from clusterreport.characters import plain
from clusterreport.messages import counted, message, template
from clusterreport.subjects.clusters.newest_year import newest_year_of
from clusterreport.subjects.clusters.tables import MEASURES

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterator, Mapping

    from clusterreport.data.dataset import Dataset
    from clusterreport.data.reading import Reading

_DATED: Final = re.compile(rf"(?:{'|'.join(MEASURES)})_[0-9]{{4}}(?:_.*)?")
_REMEDY: Final = template(
    "Move each value to a table of its own (data/province_values.csv, with the columns province, "
    "measure, year, value, unit, confidence, source_kind, source, checked_against), name that "
    "file as province_values under [data] in clusterreport.toml, and take the columns away here."
)


def note_dated(provinces: Reading) -> None:
    """Note once all columns of the provinces that hold the values of a year."""
    found = [column for column in map(plain, provinces.dataset.columns) if _DATED.fullmatch(column)]
    if found:
        problem = counted(
            len(found),
            "the column {names} carries a year in the name, and would be out of date in the next",
            "the columns {names} carry a year in the name, and would be out of date in the next",
            names=message(", ").join(found),
        )
        provinces.faults.note_table(problem, message(_REMEDY), row=1)


def awaited(datasets: Mapping[str, Dataset], as_of: dt.date) -> Iterator[str]:
    """Yield a remark on each measure of the checked ``datasets`` that has newer values which are not whole yet."""
    dataset = datasets.get("province_values")
    if dataset is None:
        return
    columns = tuple(map(plain, dataset.columns))
    places = [columns.index(name) for name in ("province", "measure", "year")]
    rows = [tuple(plain(cells[place]) for place in places) for cells in dataset.rows]
    for measure in dict.fromkeys(measure for _, measure, _ in rows):
        years = ((province, int(year)) for province, each, year in rows if each == measure)
        newest = newest_year_of(years, as_of.year)
        for year, lacking in newest.awaited.items():
            named = ", ".join(lacking[:_MOST_NAMED]) + (", …" if len(lacking) > _MOST_NAMED else "")
            yield (
                message(
                    "{place} has no {measure} of {year} for {count} of the provinces ({named}); that of "
                    "{newest_year} is used until it stands there, empty where it is not known",
                    place=dataset.place,
                    measure=measure,
                    year=year,
                    count=len(lacking),
                    named=named,
                    newest_year=newest.year,
                )
            )


_MOST_NAMED: Final = 5  # provinces
