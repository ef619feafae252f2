"""Tells values whose decimal point seems to stand elsewhere: ten times as large as what is around them, or a tenth."""

from __future__ import annotations

from collections import defaultdict
from decimal import Decimal
from statistics import median
from typing import TYPE_CHECKING, Final

from clusterreport.data.magnitudes import FEWEST, is_out_of_scale
from clusterreport.errors import Level, Problem
from clusterreport.messages import message, template
from clusterreport.reconcile.quotes import in_units
from clusterreport.subjects.clusters.statistics.metrics import is_output
from clusterreport.subjects.clusters.validation.known import NATION

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from clusterreport.data.dataset import Dataset
    from clusterreport.subjects.clusters.records import ProvinceValue, PublishedFigure


def odd_values(values: Iterable[ProvinceValue], dataset: Dataset) -> Iterator[Problem]:
    """Yield what is out of scale beside the same province's other years, or by head beside the other provinces."""
    known = {(each.province, each.measure, each.year): each for each in values if each.value}
    told = set()
    for (province, measure, year), each in known.items():
        others = [
            other.value
            for (name, same, when), other in known.items()
            if (name, same) == (province, measure) and when != year and other.value
        ]
        if others and is_out_of_scale(_of(each), median(others)):
            told.add((province, year))
            problem = message(
                "{value} {unit} is out of scale with the {measure} of other years of {province}",
                value=each.value,
                unit=each.unit,
                measure=measure,
                province=province,
            )
            yield _doubt(dataset, each.row, problem)
    for year in sorted({year for _, _, year in known}):
        yield from _by_head(known, year, dataset, told)


def odd_outputs(figures: Iterable[PublishedFigure], dataset: Dataset) -> Iterator[Problem]:
    """Yield what is out of scale beside the outputs of the same cluster, or by far beside those of all clusters."""
    outputs = [(each, in_units(each.value, each.unit)) for each in figures if _is_of_one_cluster(each) and each.value]
    by_subject = defaultdict(list)
    for each, amount in outputs:
        by_subject[each.subject].append((each, amount))
    for each, amount in outputs:
        beside = [other for one, other in by_subject[each.subject] if one is not each]
        others = [other for one, other in outputs if one.subject != each.subject]
        if beside and not any(amount / _OF_ONE <= other <= amount * _OF_ONE for other in beside):
            problem = message(
                "{value} {unit} is out of scale with the other outputs of {subject}",
                value=each.value,
                unit=each.unit,
                subject=each.subject,
            )
        elif len(others) >= FEWEST and is_out_of_scale(amount, median(others), _OF_ALL):
            problem = message(
                "{value} {unit} is out of all scale with what most clusters make", value=each.value, unit=each.unit
            )
        else:
            continue
        yield _doubt(dataset, each.row, problem)


def _by_head(
    known: Mapping[tuple[str, str, int], ProvinceValue], year: int, dataset: Dataset, told: set[tuple[str, int]]
) -> Iterator[Problem]:
    pairs = {
        province: (each, known[province, _HEADS, year])
        for (province, measure, when), each in known.items()
        if (measure, when) == (_GDP, year) and (province, _HEADS, year) in known
    }
    by_head = {province: _of(gdp) / _of(heads) for province, (gdp, heads) in pairs.items()}
    for province, amount in by_head.items():
        others = [other for name, other in by_head.items() if name != province]
        if len(others) < FEWEST or (province, year) in told or not is_out_of_scale(amount, median(others)):
            continue
        gdp, heads = pairs[province]
        problem = message(
            "{gdp} for {heads} (row {row}) is a head {times} what it is in the middle of the provinces",
            gdp=f"{gdp.value} {gdp.unit}",
            heads=f"{heads.value} {heads.unit}",
            row=heads.row,
            times=_times(amount / median(others)),
        )
        yield _doubt(dataset, gdp.row, problem)


def _times(ratio: Decimal) -> str:
    if ratio > 1:
        return message("{times:.0f} times", times=ratio)
    return message("1/{times:.0f} of", times=1 / ratio)


def _is_of_one_cluster(figure: PublishedFigure) -> bool:
    return ":" not in figure.subject and figure.subject != NATION and is_output(figure.metric)


def _of(value: ProvinceValue) -> Decimal:
    return value.value or Decimal(0)


def _doubt(dataset: Dataset, row: int, problem: str) -> Problem:
    return Problem(dataset.at(row, "value"), problem, message(_REMEDY), level=Level.WARN)


_GDP: Final = "gdp"
_HEADS: Final = "population"
_OF_ONE: Final = Decimal(10)
"""How many times one output of a cluster may be another: its core industry, all of it, the industry around it."""
_OF_ALL: Final = Decimal(100)
"""How many times the output of most clusters one may be, or be less: those that are known differ fortyfold."""
_REMEDY: Final = template(
    "Look whether the decimal point and the unit are right; if they are, nothing needs to be done."
)
