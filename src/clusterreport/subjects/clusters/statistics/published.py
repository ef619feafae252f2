"""The figures that sources printed, as quantities with their own measure, year, qualifier and confidence."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from clusterreport.data.periods import is_same_period, newest
from clusterreport.locale import BASE, Label, said
from clusterreport.messages import message
from clusterreport.quantity import Bound, Confidence, Published, Quantity, RowRef
from clusterreport.subjects.clusters.statistics.chinese import period_words, source_words, title_of, widened
from clusterreport.subjects.clusters.statistics.metrics import label_of, unit_of
from clusterreport.subjects.clusters.statistics.named_numbers import NamedNumbers

if TYPE_CHECKING:
    from collections.abc import Mapping

    from clusterreport.locale import Words
    from clusterreport.subjects.clusters.records import PublishedFigure, Remark
    from clusterreport.subjects.clusters.statistics.register import Register


@dataclass(frozen=True, slots=True)
class FigureFinding:
    """One published figure.

    ``subject`` as in the file ("A19", "province:江苏"), ``subject_name`` in words ("全国", "江苏", a cluster's name).
    ``metric`` as in the file, ``label`` the measure in words ("集群总产值"). ``period`` is "2024年", "2022年上半年"
    or "未注明年份". ``remark`` is what the desk knows about it, "" if nothing; ``doubtful`` figures are unconfirmed,
    ``comparable`` is False where a remark says that the figure cannot be held against others.
    """

    name: str
    subject: str
    subject_name: Words
    metric: str
    label: Words
    value: Quantity
    year: str
    period: Words
    quote: str
    source: Words
    remark: str
    doubtful: bool
    comparable: bool


@dataclass(frozen=True, slots=True)
class PublishedFigures:
    """All published figures, in the order of their file; ``as_of`` is the day that the briefing speaks of."""

    items: tuple[FigureFinding, ...]
    as_of: dt.date

    def of(self, subject: str, metric: str, year: str | int = "") -> Quantity:
        """Return the figure of ``metric`` for ``subject``, the newest if ``year`` is not given; KeyError if none."""
        return self.figure(subject, metric, year).value

    def figure(self, subject: str, metric: str, year: str | int = "") -> FigureFinding:
        """Return the same with everything known about it."""
        same = [item for item in self.items if (item.subject, item.metric) == (subject, metric)]
        same.sort(key=lambda item: (said(item.source, BASE), item.quote))  # two sources may say the same of one period
        if year:
            same = [item for item in same if is_same_period(item.year, str(year))]
        # A year that is asked for may lie ahead; what is newest must be known by the day the briefing speaks of.
        found = newest(same, _year, dt.date.max if year else self.as_of, of_plans=_is_plan)
        if found is None:
            until = message(" (up to {as_of})", as_of=self.as_of) if same else ""
            raise KeyError(".".join(filter(None, (subject, metric, str(year)))) + until)
        return found

    def has(self, subject: str, metric: str, year: str | int = "") -> bool:
        """Tell whether there is a figure that ``of`` would return."""
        try:
            self.figure(subject, metric, year)
        except KeyError:
            return False
        return True

    def about(self, subject: str) -> tuple[FigureFinding, ...]:
        """Return all figures of ``subject``; none is no error."""
        return tuple(item for item in self.items if item.subject == subject)


def published_figures(register: Register) -> PublishedFigures:
    """Return every row of the published figures."""
    remarks = {
        (remark.subject, remark.metric): remark
        for remark in register.data.remarks
        if remark.topic != "cities_incomplete"
    }
    figures = register.data.figures
    count: dict[tuple[str, str], int] = {}
    for figure in figures:
        count[figure.subject, figure.metric] = count.get((figure.subject, figure.metric), 0) + 1
    numbers = NamedNumbers(register)
    subjects = {figure.subject for figure in figures}
    titles = {cluster.id: title_of(cluster) for cluster in register.clusters if cluster.id in subjects}
    items = tuple(
        _figure(
            figure,
            register.files["figures"],
            (_subject_name(figure.subject, titles), label_of(figure.metric, numbers, figure.year)),
            remarks.get((figure.subject, figure.metric)),
            repeated=count[figure.subject, figure.metric] > 1,
        )
        for figure in figures
    )
    return PublishedFigures(items, register.data.as_of)


def _year(figure: FigureFinding) -> str:
    return figure.year


def _is_plan(figure: FigureFinding) -> bool:
    return figure.value.bound.direction == "planned"


_REPOSITORY: Final = "repository"


def _figure(
    figure: PublishedFigure, file: str, names: tuple[Words, Words], remark: Remark | None, *, repeated: bool
) -> FigureFinding:
    """Return a row as a figure; ``names`` are what its subject and its metric are called."""
    doubtful = remark is not None and remark.topic == "doubtful"
    source, quote = source_words(figure), widened(figure.quote)
    basis = Published(
        source=source,
        quote=quote,
        year=figure.year,
        confidence=_confidence(figure, doubtful=doubtful),
        rows=(RowRef(file, (figure.row,)),),
        note=remark.remark if remark else "",
        wording=Label.of("number.worded", zh=figure.wording, en=figure.wording_en) if figure.wording else "",
        label=names[1],
    )
    bound = Bound.EXACT if figure.qualifier == "exact" else Bound(figure.qualifier)
    name = f"{figure.subject}.{figure.metric}" + (f".{figure.year}" if repeated else "")
    return FigureFinding(
        name=name,
        subject=figure.subject,
        subject_name=names[0],
        metric=figure.metric,
        label=names[1],
        value=Quantity(figure.value, unit_of(figure.metric, figure.unit), basis, bound),
        year=figure.year,
        period=period_words(figure.year),
        quote=quote,
        source=source,
        remark=remark.remark if remark else "",
        doubtful=doubtful,
        comparable=remark is None or remark.topic != "not_comparable",
    )


def _confidence(figure: PublishedFigure, *, doubtful: bool) -> Confidence:
    """Return how far a printed figure can be trusted: as printed, unless the desk doubts it or only a file has it."""
    if doubtful:
        return Confidence.UNCONFIRMED
    return Confidence.LIKELY if figure.source_kind == _REPOSITORY else Confidence.CONFIRMED


def _subject_name(subject: str, titles: Mapping[str, Words]) -> Words:
    kind, _, name = subject.partition(":")
    return Label.of("said.nation") if subject == "nation" else name or titles.get(kind, kind)
