"""Reads a page back and holds it against the document: what it says, piece by piece, and the facts that it tags."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from decimal import Decimal, DecimalException
from typing import TYPE_CHECKING, Final

from clusterreport.document.model import Chart, Number
from clusterreport.document.walking import parts_of
from clusterreport.errors import Problem
from clusterreport.messages import message
from clusterreport.verify.expected import expected
from clusterreport.verify.passages import REMEDY, plain

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lxml.etree import _Element

    from clusterreport.document.model import NumberedDocument
    from clusterreport.quantity import Quantity

_HTML: Final = "{http://www.w3.org/1999/xhtml}"
_INLINE: Final = "{http://www.xbrl.org/2013/inlineXBRL}"
_CONTEXT: Final = "{http://www.xbrl.org/2003/instance}context"
_MEMBER: Final = "{http://xbrl.org/2006/xbrldi}typedMember"
_NIL: Final = "{http://www.w3.org/2001/XMLSchema-instance}nil"
_PIECES: Final = tuple(f"{_HTML}{tag}" for tag in ("h1", "h2", "h3", "h4", "h5", "h6", "p", "th", "td", "caption"))
_APART: Final = frozenset({"data", "to-data", "marker"})
"""What Word and PDF do not have, or have otherwise."""
_LARGER: Final = {
    "yuan_100m": 8,
    "yuan_billion": 9,
    "yuan_trillion": 12,
    "percent": -2,
    "vehicles_10k": 4,
    "people_10k": 4,
}
"""By which power of ten a unit is larger than that of its facts."""
_BLANKLESS: Final = "zh"
_EXCERPT: Final = 40  # characters

_Finding = tuple[str, str]  # a concept and a scope


@dataclass(frozen=True, slots=True)
class _TaggedFact:
    finding: _Finding
    value: Decimal | None
    decimals: str


def page_differences(numbered: NumberedDocument, page: bytes) -> Iterator[Problem]:
    """Yield a problem for each piece that only the document or only the page says, and for each fact that is not so."""
    from lxml import etree

    try:
        root = etree.fromstring(page, etree.XMLParser(resolve_entities=False, no_network=True))
        facts = [*_facts(root)]
    except (etree.XMLSyntaxError, DecimalException, ValueError, KeyError) as error:
        yield Problem(message("the page"), message("it cannot be read back: {error}", error=error), message(REMEDY))
        return
    yield from _unsaid(numbered, root)
    yield from _untrue(numbered, facts)


def _unsaid(numbered: NumberedDocument, root: _Element) -> Iterator[Problem]:
    said = Counter(filter(None, (plain(text, _BLANKLESS) for text in _texts(root))))
    for one in expected(numbered, {}):
        text = plain(one.passage.text, _BLANKLESS)
        if not text or one.origin.role == "contents":
            continue
        if said[text]:
            said[text] -= 1
        else:
            problem = message("the model says “{words}”, and the page does not", words=text[:_EXCERPT])
            yield Problem(one.where, problem, message(REMEDY))
    for text in said.elements():
        problem = message("the page says “{words}”, and the model does not", words=text[:_EXCERPT])
        yield Problem(message("the page"), problem, message(REMEDY))


def _texts(root: _Element) -> Iterator[str]:
    """Yield what a reader of the page meets: the texts of its pieces, and those that stand for its pictures."""
    for element in [*root.iter(f"{_HTML}div", f"{_HTML}p", f"{_HTML}span")]:
        if element.get("class") in _APART:
            for inner in [*element]:
                element.remove(inner)
            element.text = None
    for element in root.iter(*_PIECES, f"{_HTML}div", f"{_HTML}img"):
        if element.tag == f"{_HTML}img":
            yield str(element.get("alt", ""))
        elif element.tag != f"{_HTML}div" or _is_item(element):
            yield "".join(map(str, element.itertext()))


def _is_item(element: _Element) -> bool:
    parent = element.getparent()
    return parent is not None and parent.tag == f"{_HTML}li"


def _facts(root: _Element) -> Iterator[_TaggedFact]:
    scopes = {context.get("id"): _scope_of(context) for context in root.iter(_CONTEXT)}
    for fact in root.iter(f"{_INLINE}nonFraction"):
        finding = str(fact.get("name")).removeprefix("f:"), scopes[fact.get("contextRef")]
        if fact.get(_NIL) == "true":
            yield _TaggedFact(finding, None, "")
            continue
        amount = Decimal(str(fact.text or "").replace(",", "")).scaleb(int(fact.get("scale", "0")))
        yield _TaggedFact(finding, -amount if fact.get("sign") else amount, str(fact.get("decimals", "")))


def _scope_of(context: _Element) -> str:
    members = {str(member.get("dimension")): "".join(map(str, member.itertext())) for member in context.iter(_MEMBER)}
    return members.get("f:_scope", "")


def _untrue(numbered: NumberedDocument, facts: list[_TaggedFact]) -> Iterator[Problem]:
    """Yield a problem for each fact that no number of the document is, and for each number that is no fact."""
    known: dict[_Finding, list[Decimal | None]] = {}
    for quantity in _quantities(numbered):
        amount = None if quantity.amount is None else quantity.amount.scaleb(_LARGER.get(quantity.unit.name, 0))
        known.setdefault(_finding(quantity.name), []).append(amount)
    for fact in facts:
        if not any(_is(amount, fact) for amount in known.get(fact.finding, ())):
            where = message("{place}, {where}", place=message("the page"), where=" ".join(filter(None, fact.finding)))
            value = message("nothing") if fact.value is None else f"{fact.value:f}"
            problem = message("it tags {value}, and no number of the model is that", value=value)
            yield Problem(where, problem, message(REMEDY))
    tagged = {fact.finding for fact in facts}
    for finding in sorted(known.keys() - tagged):
        where = message("{place}, {where}", place=message("the page"), where=" ".join(filter(None, finding)))
        yield Problem(where, message("the model has this number, and the page tags none"), message(REMEDY))


def _quantities(numbered: NumberedDocument) -> Iterator[Quantity]:
    for part in parts_of(numbered):
        if isinstance(part, Number):
            yield part.quantity
        elif isinstance(part, Chart):
            yield from (value for series in part.series for value in series.values)
            yield from (tie.weight for tie in part.ties)


def _is(amount: Decimal | None, fact: _TaggedFact) -> bool:
    """Tell whether a fact says an amount, as exactly as it says that it does."""
    if amount is None or fact.value is None:
        return amount is fact.value
    if fact.decimals == "INF":
        return amount == fact.value
    return abs(amount - fact.value) <= Decimal(5).scaleb(-int(fact.decimals) - 1)


def _finding(name: str) -> _Finding:
    """Return the concept and the scope of a name: brackets, and steps that only count, are the scope."""
    concept, level = "", 0
    scope: list[str] = []
    for sign in name or "unnamed":
        level -= sign == "]"
        if level:
            scope[-1] += sign
        elif sign == "[":
            scope.append("")
        elif sign != "]":
            concept += sign
        level += sign == "["
    steps = concept.split(".")
    counts = [step for step in steps if step.isdecimal()]
    words = "".join(_in_names(sign) for sign in ".".join(step for step in steps if not step.isdecimal()))
    return words, "; ".join(filter(None, (*(" ".join(part.split()) for part in scope), *counts)))


def _in_names(sign: str) -> str:
    kept = sign in "._-" or (sign.isascii() and sign.isalnum()) or "\u4e00" <= sign <= "\u9fff"
    return sign if kept else f"_x{ord(sign):x}_"
