"""Says in Chinese what the tables hold in codes or English: batches, confidence, periods, kinds of sources, marks."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from clusterreport.document.wording import chinese_numeral
from clusterreport.quantities import Confidence
from clusterreport.validation.periods import period_of

if TYPE_CHECKING:
    from clusterreport.datasets import Cluster

UNNAMED_TITLE: Final = "（名称未查明）"
UNCONFIRMED_MARK: Final = "（待核）"
NO_FIELD: Final = "未查明"
CONFIDENCE: Final = {
    Confidence.CONFIRMED: "已确认",
    Confidence.LIKELY: "较可靠",
    Confidence.UNCONFIRMED: "待核",
    Confidence.UNNAMED: "名称未查明",
}


def title_of(cluster: Cluster) -> str:
    """Return the cluster's name as printed: marked where it is unconfirmed, and said to be unknown where it is."""
    if not cluster.name:
        return UNNAMED_TITLE
    mark = UNCONFIRMED_MARK if cluster.confidence is Confidence.UNCONFIRMED else ""
    return widened(cluster.name) + mark


def batch_words(batch: str) -> str:
    """Return "2021-R1" as 2021年第一轮 and "2024" as 2024年."""
    year, _, round_ = batch.partition("-R")
    return f"{year}年第{chinese_numeral(int(round_))}轮" if round_ else f"{year}年"


def period_words(period: str) -> str:
    """Return "2024" as 2024年, "2022H1" as 2022年上半年, "2024 (11 months)" as 2024年前11个月, "" as 未注明年份."""
    found = period_of(period)
    return found.words if found else "未注明年份"


def source_words(source: str) -> str:
    """Return the kind of source, who it was and its date where they are known; never the address of a page."""
    return "；".join(
        dict.fromkeys(_one_source(part.strip()) for part in _BETWEEN_SOURCES.split(source) if part.strip())
    )


def widened(text: str) -> str:
    """Return ``text`` with the half-width marks that touch Chinese made full-width; all others stay as they are."""
    bracketed = _BRACKETS.sub(lambda found: f"（{found[0][1:-1]}）", text)
    if bracketed != text:  # what stands around a bracket that has become Chinese now touches Chinese itself
        return widened(bracketed)
    return _HALF_WIDTH.sub(lambda mark: _FULL_WIDTH[mark[0]], text)


_FULL_WIDTH: Final = {",": "，", ";": "；", ":": "：", "!": "！", "?": "？"}
_HAN: Final = "[\u3400-\u9fff“”《》（）]"
_HALF_WIDTH: Final = re.compile(f"(?<={_HAN})[,;:!?]|[,;:!?](?={_HAN})")
_BRACKETS: Final = re.compile(rf"(?<={_HAN})\([^()]*\)|\((?:(?={_HAN})[^()]*|[^()]*(?<={_HAN}))\)")
_BETWEEN_SOURCES: Final = re.compile(r" ; |; (?=press report|public)")
_DATE: Final = re.compile(r"(20[0-9]{2})-([0-9]{2})(?:-([0-9]{2}))?|/t?(20[0-9]{2})/?([0-9]{2})-?([0-9]{2})[/_]")
_OUTLETS: Final = (
    ("MIIT public notice", "工业和信息化部公示"),
    ("speech of MIIT chief engineer", "工业和信息化部总工程师讲话"),
    ("chinanews", "中国新闻网"),
    ("The Paper", "澎湃新闻"),
    ("Henan Daily", "河南日报"),
    ("people.com.cn", "人民网"),
    ("ifeng.com", "凤凰网"),
    (".gov.cn", "地方政府网站"),
)


def _one_source(source: str) -> str:
    if source.startswith("《"):
        title, _, _ = source.rpartition("》")
        return f"{widened(title)}》{_date_in(source, '（{}）')}"
    outlet = next((name for sign, name in _OUTLETS if sign in source), "")
    stored = "存档副本" if "stored" in source else ""
    if source.startswith("public repository file"):
        return "公开资料库文件"
    details = "，".join(filter(None, (outlet, _date_in(source, "{}"), stored)))
    kind = "网络报道" if source.startswith("http") else "媒体报道"
    return f"{kind}（{details}）" if details else kind


def _date_in(source: str, frame: str) -> str:
    found = _DATE.search(source)
    if not found:
        return ""
    year, month, day = (found[place] or found[place + 3] for place in (1, 2, 3))
    return frame.format(f"{year}年{int(month)}月" + (f"{int(day)}日" if day else ""))
