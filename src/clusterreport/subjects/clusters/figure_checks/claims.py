"""Claims that sources make with their figures: a rank that is said to be shared, a rise between two shares."""

from __future__ import annotations

from contextlib import suppress
from decimal import Decimal
from typing import TYPE_CHECKING, Final

from clusterreport.characters import folded
from clusterreport.document.model import NumberStyle
from clusterreport.document.wording import QuantityArgument
from clusterreport.locale import Label
from clusterreport.locale.numerals import chinese_numeral
from clusterreport.quantity import PLACE, Quantity
from clusterreport.reconcile.checks import Check, Verdict, sentences
from clusterreport.subjects.clusters.figure_checks.rulebook import RANK, RANK_SAID, RISE
from clusterreport.subjects.clusters.statistics.patterns import NAME, YEAR, parts_of
from clusterreport.subjects.clusters.units import PROVINCES

if TYPE_CHECKING:
    from collections.abc import Iterator

    from clusterreport.analysis.rankings import Ranked
    from clusterreport.locale import Words
    from clusterreport.subjects.clusters.statistics import Findings, PartsOfFindings
    from clusterreport.subjects.clusters.statistics.named_numbers import NamedNumbers
    from clusterreport.subjects.clusters.statistics.published import FigureFinding


def claims(findings: Findings | PartsOfFindings, numbers: NamedNumbers) -> Iterator[Check]:
    """Yield a check for each claim that the published figures' quotes make."""
    yield from _ranks(findings)
    yield from _rise(findings, numbers.register.years)


_PLACES: Final = {spelled(place): place for place in range(1, 100) for spelled in (str, chinese_numeral)}


def _ranks(findings: Findings | PartsOfFindings) -> Iterator[Check]:
    """Check the place that a quote gives to provinces; provinces that share a quote share a check."""
    by_quote: dict[str, list[FigureFinding]] = {}
    for figure in findings.published.items:
        if figure.metric == RANK.metric and parts_of(RANK.subject, figure.subject) and RANK_SAID.search(figure.quote):
            by_quote.setdefault(folded(figure.quote), []).append(figure)
    for figures in by_quote.values():
        found = RANK_SAID.search(figures[0].quote)
        claimed = _PLACES.get(found[1] or "1") if found else None
        if claimed:
            yield from _rank(findings, figures, claimed)


def _rank(findings: Findings | PartsOfFindings, figures: list[FigureFinding], claimed: int) -> Iterator[Check]:
    subjects = [parts_of(RANK.subject, figure.subject) or {} for figure in figures]
    names = tuple(subject[NAME] for subject in subjects)
    ranked = [item for item in findings.regions.all_provinces.items if item.name in names]
    if not ranked:
        return
    wrong = [item for item in ranked if item.place.amount != claimed]
    verdict = Verdict.DIFFERS if wrong else Verdict.AGREES
    name, published = f"claims.rank[{'、'.join(names)}]", Quantity(Decimal(claimed), PLACE, figures[0].value.basis)
    yield Check(
        name=name,
        subject=Label.of("claim.rank", names=names),
        period=figures[0].period,
        published=published,
        computed=(wrong or ranked)[0].place,
        verdict=verdict,
        verdict_name=verdict.label,
        explanation=(
            _wrong_rank(findings.regions.all_provinces.items, ranked, published, f"checks[{name}]")
            if wrong
            else _RIGHT_RANK
        ),
        kind="claim",
    )


_RIGHT_RANK: Final = Label.of("claim.right_rank")


def _wrong_rank(provinces: tuple[Ranked, ...], ranked: list[Ranked], published: Quantity, name: str) -> Label:
    """Return why the place is another: the source counted provinces of equal number as one, or the numbers differ."""
    claimed, said = published.amount, _place(published, f"{name}.published")
    places = {int(item.place.amount or 0) for item in ranked}
    larger = {item.value.amount for item in provinces if (item.value.amount or 0) > (ranked[0].value.amount or 0)}
    if len(places) == 1 and len(larger) + 1 == claimed:
        ours = ranked[0].place
        more = Quantity(Decimal(min(places) - 1), PROVINCES, ours.basis, name=f"{name}.before")
        return Label.of(
            "claim.tied_as_one", claimed=said, more=QuantityArgument(more, _SPELLED),
            ours=_place(ours, f"{name}.place"),
        )  # fmt: skip
    ours_all = tuple(
        Label.of("claim.place", name=item.name, place=_place(item.place, f"{name}.place[{item.name}]"))
        for item in ranked
    )
    return Label.of("claim.wrong_rank", claimed=said, places=ours_all)


_SPELLED: Final = NumberStyle(numeral="chinese")
_IN_ORDER: Final = NumberStyle(unit=False, numeral="chinese", form="ordinal")


def _place(place: Quantity, name: str) -> QuantityArgument:
    """Return a place as a sentence says it: 第四, 4th."""
    return QuantityArgument(place if place.name else place.named(name), _IN_ORDER)


def _rise(findings: Findings | PartsOfFindings, years: tuple[int, ...]) -> Iterator[Check]:
    """Say that a share of the stock and a share of the intake make no rise; the total's share is like for like."""
    shares = _shares(findings)
    after = shares.get(years[-1]) if years else None
    if after is None:
        return
    stock_year = years[-2:-1]
    earlier = [figure for year, figure in shares.items() if (year in stock_year if stock_year else year < years[-1])]
    before = next((figure for figure in earlier if folded(figure.quote) == folded(after.quote)), None)
    if before is None:
        return
    stock, total = findings.integration.stock.share, findings.integration.total.share
    verdict = Verdict.NOT_COMPARABLE
    yield Check(
        name="claims.cross_regional_rise",
        subject=Label.of("claim.rise"),
        period=after.period,
        published=after.value,
        computed=total,
        verdict=verdict,
        verdict_name=verdict.label,
        explanation=sentences(Label.of("claim.no_rise"), _like_for_like(stock, total)),
        kind="claim",
    )


def _shares(findings: Findings | PartsOfFindings) -> dict[int, FigureFinding]:
    """Return the newest figure of the share of each year that a metric names."""
    found = {}
    for each in findings.published.about(RISE.subject):
        parts = parts_of(RISE.metric, each.metric)
        if parts is not None:
            with suppress(KeyError):  # all of them may speak of a day that is still to come
                found[int(parts[YEAR])] = findings.published.figure(RISE.subject, each.metric)
    return found


def _like_for_like(before: Quantity, after: Quantity) -> Words:
    if not (before.known and after.known):
        return ""
    return Label.of("claim.like_for_like", before=_share(before, "before"), after=_share(after, "after"))


def _share(share: Quantity, when: str) -> QuantityArgument:
    return QuantityArgument(share if share.name else share.named(f"checks[claims.cross_regional_rise].{when}"))
