"""What the years and counts in a metric's name stand for: provinces_of_the_45 speaks of the first 45 clusters."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Final

from clusterreport.characters import folded
from clusterreport.subjects.clusters.statistics.chinese import widened
from clusterreport.subjects.clusters.statistics.metrics import name_of
from clusterreport.subjects.clusters.statistics.patterns import NAME, YEAR, parts_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from clusterreport.subjects.clusters.statistics.register import Register

NATION: Final = "nation"
ANY_NUMBER: Final = "clusters"
"""The placeholder of a number of clusters that may be any."""

MEANINGS: Final = ("stock_year", "intake_year", "stock", "intake", "total", "winners", "named")
"""The other placeholders of numbers: the year of the stock and of the intake, and how many clusters there were.

``stock`` were named before the latest year, ``intake`` in it; ``winners`` in some one year, ``named`` by the end of
some year before the latest; ``total`` are all.
"""


@dataclass(frozen=True)
class NamedNumbers:
    """The years and counts of a register by which the names of metrics can speak of its clusters."""

    register: Register

    def read(self, pattern: str, metric: str, stated: str = "") -> Mapping[str, str] | None:
        """Return what the placeholders of ``pattern`` are in ``metric``; None where it does not speak of them.

        A count or a year that names clusters adds the ``year`` by which they were named. Where several years had
        the same number of winners, it is the year that the figure has ``stated``, and without one it is none.
        """
        parts = parts_of(pattern, metric)
        if parts is None:
            return None
        years = []
        for placeholder, text in parts.items():
            if placeholder in {NAME, YEAR, ANY_NUMBER}:
                continue
            year = self._year(placeholder, int(text), stated)
            if year is None:
                return None
            years.append(str(year))
        return {YEAR: years[0], **parts} if years else parts

    def quotes(self, subject: str, pattern: str) -> frozenset[str]:
        """Return the quotes, folded, of the figures of ``subject`` whose metric is like ``pattern``."""
        if (subject, pattern) not in self._quotes:
            self._quotes[subject, pattern] = frozenset(
                folded(widened(figure.quote))
                for figure in self.register.data.figures
                if figure.subject == subject and self.read(pattern, figure.metric, figure.year) is not None
            )
        return self._quotes[subject, pattern]

    @cached_property
    def _quotes(self) -> dict[tuple[str, str], frozenset[str]]:
        return {}

    def _year(self, placeholder: str, number: int, stated: str) -> int | None:
        years = sorted({year for meant, year in self._meanings[placeholder] if meant == number})
        if len(years) > 1:
            return next((year for year in years if str(year) == stated), None)
        return years[0] if years else None

    @cached_property
    def _meanings(self) -> Mapping[str, frozenset[tuple[int, int]]]:
        """Return the numbers that each placeholder may be, each with its year."""
        found: dict[str, set[tuple[int, int]]] = {placeholder: set() for placeholder in MEANINGS}
        for placeholder, number, year in self._numbers():
            found[placeholder].add((number, year))
        return {placeholder: frozenset(numbers) for placeholder, numbers in found.items()}

    def _numbers(self) -> Iterator[tuple[str, int, int]]:
        register = self.register
        for year in register.years:
            named = sum(1 for cluster in register.clusters if cluster.year == year)
            yield from self._counts("winners", named, "clusters_winning", year)
        for year in register.years[:-1]:
            upto = sum(1 for cluster in register.clusters if cluster.year <= year)
            yield from self._counts("named", upto, "clusters_named", year)
        for latest in register.years[-1:]:
            yield "intake_year", latest, latest
            yield from self._counts("total", len(register.clusters), "clusters_total", latest)
            yield from self._counts("intake", len(register.intake), "clusters_winning", latest)
        for before in register.years[-2:-1]:
            yield "stock_year", before, before
            yield from self._counts("stock", len(register.stock), "clusters_named", before)

    def _counts(self, placeholder: str, rows: int, metric: str, year: int) -> Iterator[tuple[str, int, int]]:
        """Yield a count by the rows, and the one that a source printed: rows may lack a cluster."""
        yield placeholder, rows, year
        printed = self.register.printed(NATION, name_of(metric, year=year))
        if printed is not None and printed == int(printed):
            yield placeholder, int(printed), year
