"""Checks what no cell of the register shows by itself: columns of a row against each other, and against the cities."""

from __future__ import annotations

from typing import TYPE_CHECKING

from clusterreport.characters import shown
from clusterreport.data.faults import CellFault
from clusterreport.messages import message

if TYPE_CHECKING:
    from collections.abc import Mapping

    import numpy as np
    from numpy.typing import NDArray

    from clusterreport.data.faults import Mask
    from clusterreport.data.reading import Reading

    Readings = Mapping[str, Reading]


def check_clusters(readings: Readings) -> None:
    """Note what does not fit together within each cluster, and between the clusters and the cities."""
    reading = readings["clusters"]
    if reading.faults.silent:
        return
    no_province = CellFault(
        message("no province is named"), message("Name each province the cluster touches, with ; between them.")
    )
    reading.note("provinces", _empty(reading, "provinces"), no_province)
    good = ~reading.faults.wrong
    unnamed = _is(reading, "confidence", "unnamed")
    _check_batches(reading, good)
    _check_names(reading, good, unnamed)
    _check_provinces(reading, good, readings["cities"])
    _check_extent(reading, good, unnamed, _incomplete(readings))


def _check_batches(reading: Reading, good: Mask) -> None:
    import numpy as np

    batches, years = reading.columns["batch"], reading.columns["year"]
    begins = np.array([text[:4] for text in (*batches.texts, "")])[batches.codes]
    year = np.array([text[:4] for text in (*years.texts, "")])[years.codes]

    def fault_of(place: int) -> CellFault:
        words = shown(batches.texts[batches.codes[place]]), str(year[place]), str(begins[place])
        return CellFault(
            message("{0} is not a batch of {1}"), message("Write a batch that begins with {1}, or the year {2}."), words
        )

    reading.note("batch", good & (begins != year), fault_of)


def _check_names(reading: Reading, good: Mask, unnamed: Mask) -> None:
    remedy = message("Write unconfirmed, likely or confirmed, or take the name away.")
    named = good & unnamed & ~_empty(reading, "name_zh")
    reading.note("confidence", named, CellFault(message('it is "unnamed", but there is a name'), remedy))
    for column in ("name_zh", "field"):
        fault = CellFault(
            message("the cell is empty, but the cluster is not unnamed"),
            message("Write what belongs there, or the confidence unnamed."),
        )
        reading.note(column, good & ~unnamed & _empty(reading, column), fault)


def _check_provinces(reading: Reading, good: Mask, cities: Reading) -> None:
    """Note cities of a province that is not among the cluster's; each pair of cells is looked at once."""
    import numpy as np

    right = ~cities.faults.wrong
    pairs = zip(cities.values("city"), cities.values("province"), right.tolist(), strict=True)
    province_of = {city: province for city, province, is_right in pairs if is_right}
    named, among = reading.columns["cities"], reading.columns["provinces"]
    both = named.codes * max(1, len(among.says)) + among.codes
    lost: dict[tuple[str, str], list[int]] = {}
    for pair in np.unique(both[good]).tolist():
        members, touched = (
            column.says[place]
            for column, place in zip((named, among), divmod(pair, max(1, len(among.says))), strict=True)
        )
        for city in members if isinstance(members, tuple) else ():
            province = province_of.get(city)
            if isinstance(province, str) and isinstance(touched, tuple) and province not in touched:
                lost.setdefault((city, province), []).append(pair)
    for (city, province), where in lost.items():
        problem = message("{0} lies in {1}, which is not among the cluster's provinces")
        remedy = message(
            "Add {province} to the provinces, or mend {place}.", province=province, place=cities.dataset.place
        )
        fault = CellFault(problem, remedy, (shown(city), shown(province)))
        reading.note("cities", good & np.isin(both, where), fault)


def _check_extent(reading: Reading, good: Mask, unnamed: Mask, incomplete: frozenset[str]) -> None:
    """Check cross_regional against the cities: where the others are not known, a remark says so."""
    ids = reading.columns["id"]
    gaps = ids.rows_with([place for place, text in enumerate(ids.texts) if text in incomplete])
    cities, provinces, crosses = _size(reading, "cities"), _size(reading, "provinces"), _is_true(reading)
    one_place = ~crosses & ((cities > 1) | (provinces > 1))
    few = crosses & (cities <= 1) & ~gaps
    none = (cities == 0) & ~gaps & ~unnamed & ~one_place & ~few

    def remarked(problem: str, remedy: str, bad: Mask, column: str) -> None:
        def fault_of(place: int) -> CellFault:
            return CellFault(problem, remedy, (ids.texts[ids.codes[place]],))

        reading.note(column, good & bad, fault_of)

    remedy = message("Write true, or name one city and its province only.")
    reading.note(
        "cross_regional",
        good & one_place,
        CellFault(message("it is false, but the cluster lies in several cities or provinces"), remedy),
    )
    mend = message("Name the other cities, write a remark cities_incomplete on {0}, or write false.")
    remarked(message("it is true, but no city is named"), mend, few & (cities == 0), "cross_regional")
    remarked(message("it is true, but only one city is named"), mend, few & (cities == 1), "cross_regional")
    remarked(
        message("no city is named"),
        message("Name its city, or write a remark cities_incomplete on {0}."),
        none,
        "cities",
    )


def _incomplete(readings: Readings) -> frozenset[str]:
    """Return the clusters whose list of cities a remark calls incomplete, whatever else is wrong with its row."""
    if "remarks" not in readings:
        return frozenset()
    remarks = readings["remarks"]
    pairs = zip(remarks.values("subject"), remarks.values("topic"), strict=True)
    return frozenset(str(subject) for subject, topic in pairs if topic == "cities_incomplete")


def _empty(reading: Reading, column: str) -> Mask:
    return _is(reading, column, "")


def _is(reading: Reading, column: str, word: str) -> Mask:
    found = reading.columns[column]
    return found.rows_with([place for place, text in enumerate(found.texts) if text == word])


def _is_true(reading: Reading) -> Mask:
    found = reading.columns["cross_regional"]
    return found.rows_with([place for place, value in enumerate(found.says) if value is True])


def _size(reading: Reading, column: str) -> NDArray[np.int64]:
    """Return how many names the list of each row has."""
    import numpy as np

    found = reading.columns[column]
    sizes = [len(value) if isinstance(value, tuple) else 0 for value in (*found.says, ())]
    return np.array(sizes, dtype=np.int64)[found.codes]
