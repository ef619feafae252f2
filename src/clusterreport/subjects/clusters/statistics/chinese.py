"""Says in words what the tables hold in codes or English: batches, confidence, periods, kinds of sources, marks."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING, Final

from clusterreport.characters import holds_han
from clusterreport.data.periods import period_of
from clusterreport.locale import Label, known
from clusterreport.quantity import Confidence

if TYPE_CHECKING:
    from clusterreport.locale import Words
    from clusterreport.subjects.clusters.records import Cluster, PublishedFigure

_KEPT: Final = 1024
"""How many labels are kept that many rows share."""

NOT_TRACED: Final = Label.of("said.not_traced")
CONFIDENCE: Final = {
    Confidence.CONFIRMED: Label.of("confidence.confirmed"),
    Confidence.LIKELY: Label.of("confidence.likely"),
    Confidence.UNCONFIRMED: Label.of("confidence.unconfirmed"),
    Confidence.UNNAMED: Label.of("confidence.unnamed"),
}


def title_of(cluster: Cluster) -> Words:
    """Return the cluster's name as printed: marked where it is unconfirmed, and said to be unknown where it is."""
    if not cluster.name:
        return Label.of("said.unnamed")
    name = widened(cluster.name)
    return marked(name) if cluster.confidence is Confidence.UNCONFIRMED else name


def marked(name: str) -> Label:
    """Return ``name`` with the mark of what is unconfirmed."""
    return Label.of("said.unconfirmed", name=name)


def pair_words(first: str, second: str) -> Label:
    """Return 北京 and 天津 as 北京—天津."""
    return Label.of("said.pair", first=first, second=second)


def year_words(year: int | str) -> Label:
    """Return 2024 as 2024年."""
    return Label.of("period.year", year=str(year))


@lru_cache(maxsize=_KEPT)
def batch_words(batch: str) -> Label:
    """Return "2021-R1" as 2021年第一轮 and "2024" as 2024年."""
    year, _, round_ = batch.partition("-R")
    return Label.of("period.round", year=year, round=int(round_)) if round_ else year_words(year)


def period_words(period: str) -> Label:
    """Return "2024" as 2024年, "2022H1" as 2022年上半年, "2024 (11 months)" as 2024年前11个月, "" as 未注明年份."""
    found = period_of(period)
    return found.words if found else Label.of("period.unknown")


def is_own_words(source: str) -> bool:
    """Tell whether a source is named in words that may be printed: in Chinese, and not by an address."""
    return holds_han(source) and "://" not in source


def source_words(figure: PublishedFigure) -> Words:
    """Return the source in the desk's own words, who and when, where that is known.

    Only an address, or a note in another language than the data's, is called by its kind instead.
    """
    outlet: Words = Label.of(f"outlet.{figure.outlet}") if known(f"outlet.{figure.outlet}") else widened(figure.outlet)
    dated: Words = period_words(figure.source_date) if figure.source_date else ""
    stored: Words = Label.of("source.stored") if figure.stored else ""
    details = tuple(part for part in (outlet, dated, stored) if part)
    own = widened(figure.source)
    kind = own if is_own_words(figure.source) else _KINDS.get(figure.source_kind, own)
    return Label.of("source.detailed", kind=kind, details=details) if details else kind


def widened(text: str) -> str:
    """Return ``text`` with the half-width marks that touch Chinese made full-width; all others stay as they are."""
    if not _NARROW.search(text):
        return text
    bracketed = _BRACKETS.sub(lambda found: f"（{found[0][1:-1]}）", text)
    if bracketed != text:  # what stands around a bracket that has become Chinese now touches Chinese itself
        return widened(bracketed)
    return _HALF_WIDTH.sub(lambda mark: _FULL_WIDTH[mark[0]], text)


_FULL_WIDTH: Final = {",": "，", ";": "；", ":": "：", "!": "！", "?": "？"}
_HAN: Final = "[\u3400-\u9fff“”《》（）]"
_HALF_WIDTH: Final = re.compile(f"(?<={_HAN})[,;:!?]|[,;:!?](?={_HAN})")
_BRACKETS: Final = re.compile(rf"(?<={_HAN})\([^()]*\)|\((?:(?={_HAN})[^()]*|[^()]*(?<={_HAN}))\)")
_NARROW: Final = re.compile(r"[,;:!?(]")
_KINDS: Final = {
    "press": Label.of("source.press"),
    "online": Label.of("source.online"),
    "repository": Label.of("source.repository"),
}
