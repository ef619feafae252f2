"""What sources say of the nation, of places, fields and clusters in words, as far as it was said by the day at hand."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Final

from clusterreport.analysis.statements import StatementFinding, Statements, StatementSubjects
from clusterreport.data.periods import period_of
from clusterreport.locale import Label
from clusterreport.quantity import RowRef
from clusterreport.statement import Reported, Statement
from clusterreport.subjects.clusters.statistics.chinese import period_words, title_of, widened
from clusterreport.subjects.clusters.tables import AGGLOMERATIONS, schemas

if TYPE_CHECKING:
    from collections.abc import Iterator

    from clusterreport.locale import Words
    from clusterreport.subjects.clusters.records import PublishedStatement
    from clusterreport.subjects.clusters.statistics.register import Register

_FORMS: Final = ("nation", "province:…", "region:…", "city:…", "field:…", "the id of a cluster")


def statements_of(register: Register) -> Statements:
    """Return every statement that begins by the day that the briefing speaks of, those without a date first."""
    subjects = _subjects(register)
    names = dict(subjects.named) | {cluster.id: title_of(cluster) for cluster in register.clusters}
    used, later = [], []
    for row in register.data.statements:
        period = period_of(row.date)
        if period is not None and period.first > register.data.as_of:
            later.append((row.id, row.date))
        else:
            used.append((period, row))
    used.sort(key=lambda each: (each[0].last, each[0].days) if each[0] else (dt.date.min, 0))
    items = tuple(_finding(row, register.files["statements"], names[row.subject]) for _, row in used)
    return Statements(items, subjects, tuple(later))


def _finding(row: PublishedStatement, file: str, subject: Words) -> StatementFinding:
    basis = Reported(
        source=widened(row.source),
        quote=widened(row.quote),
        speaker=widened(row.speaker),
        date=period_words(row.date) if row.date else "",
        rows=(RowRef(file, (row.row,), f"id = {row.id}"),),
    )
    return StatementFinding.of(Statement(row.id, widened(row.words), basis), row.subject, subject, row.topic)


def _subjects(register: Register) -> StatementSubjects:
    topics = schemas()["statements"].columns["topic"].enum
    ids = frozenset(cluster.id for cluster in register.clusters)
    return StatementSubjects(tuple(dict(_named(register)).items()), ids, _FORMS, topics)


def _named(register: Register) -> Iterator[tuple[str, Words]]:
    """Yield the code and the name of each subject but the clusters."""
    yield "nation", Label.of("said.nation")
    areas = (*register.regions, *AGGLOMERATIONS, *(city.agglomeration for city in register.data.cities))
    for kind, names in (
        ("province", register.province), ("city", register.city), ("region", filter(None, areas)),
        ("field", (cluster.field for cluster in register.clusters if cluster.field)),
    ):  # fmt: skip
        yield from ((f"{kind}:{name}", name) for name in names)
