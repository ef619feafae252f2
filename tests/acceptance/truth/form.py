"""What no finished sentence may hold, whatever it says: gaps, doubled words, wrong numbers of nouns, open lists."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from decimal import Decimal

EVERYWHERE = (
    r"\bNone\b(?! of)|\bnan\b|Undefined|\{\{|\{%|Decimal\(",
    r"(?<![一-鿿])—|—(?![一-鿿])|—(?=[个项对家位年底省次公亿万])",  # unknown, and no pair of cities
    r"…(?! 为未经确认|\s?Not confirmed)",
    r"（\s*）|\(\s*\)",
    r"[，。；：、,;:]\s*[，。；：、,;]|、(?:$|[和）])|, ?[.)]|\s[,;.](?:\s|$)",
    r"(\d{4}年)\1|([一-鿿]{2,4})\2|\b([A-Za-z]{2,}) \3\b",
    r"未查明领域|取自未查明|from not traced",
)
CHINESE = (
    r"(?:提高|下降|上升|增加|降到|提高到|增加到)[^，。；]{0,4}[−-]",
    r"(?<![\d.,])0(?:个|项|对|家)|占0\.0%|(?<![\d.])[比由]0\.0%",
    r"比[^，。；]{2,12}持平",
    r"(?<!\d)1个[^，。；]{0,6}都|1个，都",
    r"超超|近近|约约|计划[^，。；]{0,14}计划",
)
SEVERAL = "clusters|provinces|cities|pairs|parts|province-places|are|were|have|lie|agree|differ|rest|contradict|depend"
ONE = "cluster|province|city|pair|part|province-place|is|was|has|lies|agrees|differs|rests"
ENGLISH = (
    r"\b(?:up|down|rose|fell|by) [−-]",
    rf"(?<![\d.,(])\b1 (?:{SEVERAL})\b",
    rf"(?<![\d.,])\b(?:0|[2-9]|\d{{2,}}) (?:{ONE})\b(?!-)",
    r"\b0 (?:clusters|were|are|lie)\b",
    r"\ban? (?:[aeiou]\w+ )?(?:clusters|provinces|cities)\b",
)
DIRECTIONS = (
    (r"由(?:◇|约|近|超)?([\d.]+)(?:%|个)?(?:提高到|增加到|升至|增至)([\d.]+)", 1),
    (r"(?<=（)([\d.]+)增至([\d.]+)", 1),
    (r"由([\d.]+)(?:%|个)?(?:降到|降至|减少到)([\d.]+)", -1),
    (r"rose from ([\d.]+)%? to ([\d.]+)", 1),
    (r"fell from ([\d.]+)%? to ([\d.]+)", -1),
    (r"\(from ([\d.]+) to ([\d.]+)\)", 1),
)


def faults_of_form(text: str, language: str) -> Iterator[str]:
    """Yield what is wrong in the words of a sentence, whatever it says."""
    for pattern in (*EVERYWHERE, *(CHINESE if language == "zh" else ENGLISH)):
        if found := re.search(pattern, text):
            yield f"{found[0]!r} stands in: {text}"
    for pattern, sign in DIRECTIONS:
        for found in re.finditer(pattern, text):
            before, after = Decimal(found[1].rstrip(".")), Decimal(found[2].rstrip("."))
            if (after > before) - (after < before) != sign:
                yield f"{found[0]!r} does not go that way in: {text}"


def sentences_of(text: str, language: str) -> list[str]:
    """Return the sentences of a paragraph."""
    return [part.strip() for part in re.split(r"(?<=。)" if language == "zh" else r"(?<=\.) (?=[A-Z“])", text) if part]


def said_twice(texts: Sequence[str], language: str) -> Iterator[str]:
    """Yield the sentences that stand in an edition twice."""
    told = Counter(re.sub(r"[①-⑳]", "", sentence) for text in texts for sentence in sentences_of(text, language))
    yield from (f"it is said {count} times: {sentence}" for sentence, count in told.items() if count > 1)
