"""Says in words what the tables hold in codes or English: batches, confidence, periods, kinds of sources, marks."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING, Final

from clusterreport.data.periods import period_of
from clusterreport.locale import Label
from clusterreport.quantity import Confidence

if TYPE_CHECKING:
    from clusterreport.locale import Words
    from clusterreport.subjects.clusters.records import Cluster

_KEPT: Final = 1024
"""How many labels are kept that many rows share."""

NO_FIELD: Final = Label.of("said.not_traced")
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


def source_words(source: str) -> Words:
    """Return the kind of source, who it was and its date where they are known; never the address of a page."""
    parts = tuple(dict.fromkeys(_one_source(part.strip()) for part in _BETWEEN_SOURCES.split(source) if part.strip()))
    return parts[0] if len(parts) == 1 else Label.of("source.several", parts=parts) if parts else ""


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
_BETWEEN_SOURCES: Final = re.compile(r" ; |; (?=press report|public)")
_DATE: Final = re.compile(r"(20[0-9]{2})-([0-9]{2})(?:-([0-9]{2}))?|/t?(20[0-9]{2})/?([0-9]{2})-?([0-9]{2})[/_]")
_OUTLETS: Final = (
    ("MIIT public notice", Label.of("outlet.ministry_notice")),
    ("speech of MIIT chief engineer", Label.of("outlet.ministry_speech")),
    ("chinanews", Label.of("outlet.chinanews")),
    ("The Paper", Label.of("outlet.the_paper")),
    ("Henan Daily", Label.of("outlet.henan_daily")),
    ("people.com.cn", Label.of("outlet.people")),
    ("ifeng.com", Label.of("outlet.ifeng")),
    (".gov.cn", Label.of("outlet.local_government")),
)


def _one_source(source: str) -> Words:
    if source.startswith("《"):
        title, _, _ = source.rpartition("》")
        named, dated = f"{widened(title)}》", _date_in(source)
        return Label.of("source.detailed", kind=named, details=(dated,)) if dated else named
    if source.startswith("public repository file"):
        return Label.of("source.repository")
    outlet: Words = next((name for sign, name in _OUTLETS if sign in source), "")
    stored: Words = Label.of("source.stored") if "stored" in source else ""
    details = tuple(part for part in (outlet, _date_in(source), stored) if part)
    kind = Label.of("source.online") if source.startswith("http") else Label.of("source.press")
    return Label.of("source.detailed", kind=kind, details=details) if details else kind


def _date_in(source: str) -> Words:
    found = _DATE.search(source)
    if not found:
        return ""
    year, month, day = (found[place] or found[place + 3] for place in (1, 2, 3))
    if not day:
        return Label.of("period.month", year=year, month=int(month))
    return Label.of("period.day", year=year, month=int(month), day=int(day))
