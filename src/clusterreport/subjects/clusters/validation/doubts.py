"""Gathers what seems to be wrong with checked tables, and holds back nothing."""

from __future__ import annotations

from typing import TYPE_CHECKING

from clusterreport.subjects.clusters.validation import coordinates, magnitudes, quoting, twice

if TYPE_CHECKING:
    from collections.abc import Iterator

    from clusterreport.errors import Problem
    from clusterreport.subjects.clusters.records import CheckedData


def doubts_of(data: CheckedData) -> Iterator[Problem]:
    """Yield warnings and notes on the rows of ``data``, table by table."""
    files = data.datasets
    yield from twice.alike(data.clusters, files["clusters"])
    yield from coordinates.misplaced(data.cities, files["cities"])
    if "province_values" in files:
        yield from magnitudes.odd_values(data.values, files["province_values"])
    figures = files["figures"]
    yield from quoting.doubtful_years((*data.figures, *data.later), figures)
    yield from magnitudes.odd_outputs(data.figures, figures)
    yield from twice.repeated(data.figures, figures)
    yield from quoting.unquoted(data.figures, figures)
