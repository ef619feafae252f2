"""Holds the statements and the claims of facts.json against the document: words, quotes and sources, and values."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, Final

from clusterreport.document.model import Claimed, Stated
from clusterreport.document.walking import parts_of
from clusterreport.errors import Problem
from clusterreport.locale import said
from clusterreport.messages import message
from clusterreport.verify.model_text import inline_text
from clusterreport.verify.passages import REMEDY

if TYPE_CHECKING:
    from collections.abc import Iterator

    from clusterreport.document.model import NumberedDocument
    from clusterreport.locale import Language
    from clusterreport.quantity import Quantity

_FILE: Final = "facts.json"


def statement_differences(numbered: NumberedDocument, facts: bytes) -> Iterator[Problem]:
    """Yield a problem for each statement that facts.json lacks or tells otherwise, and for each that nothing prints."""
    listed = {entry["id"]: entry for entry in json.loads(facts)["statements"]}
    for name, own in _statements(numbered).items():
        entry = listed.pop(name, {})
        for key, value in own.items():
            if entry.get(key) != value:
                problem = message(
                    "the document has {ours}, and facts.json has {other}",
                    ours=_shown(value),
                    other=_shown(entry.get(key)),
                )
                yield Problem(
                    message("{place}, {where}", place=f"{_FILE}, {name}", where=key), problem, message(REMEDY)
                )
    for name, entry in listed.items():
        problem = message("the document has nothing, and facts.json has {other}", other=_shown(entry.get("words")))
        yield Problem(message("{place}, {where}", place=_FILE, where=name), problem, message(REMEDY))


def claim_differences(numbered: NumberedDocument, facts: bytes) -> Iterator[Problem]:
    """Yield a problem for each claim that facts.json lacks or tells otherwise, and for each that nothing prints."""
    claimed = dict.fromkeys(part for part in parts_of(numbered) if isinstance(part, Claimed))
    ours = [(claim.text, claim.kind, [_value(value) for value in claim.values]) for claim in claimed]
    listed = [
        (entry["words"], entry["kind"], [_listed(value) for value in entry["values"]]) for entry in _claims(facts)
    ]
    for claim in (claim for claim in ours if claim not in listed):
        problem = message("the document claims {ours}, and facts.json does not", ours=_said(*claim))
        yield Problem(message("{place}, {where}", place=_FILE, where="claims"), problem, message(REMEDY))
    for claim in (claim for claim in listed if claim not in ours):
        problem = message("facts.json claims {other}, and the document does not", other=_said(*claim))
        yield Problem(message("{place}, {where}", place=_FILE, where="claims"), problem, message(REMEDY))


def _claims(facts: bytes) -> list[dict[str, Any]]:
    return list(json.loads(facts).get("claims", ()))


def _value(value: Quantity) -> tuple[str, str | None, str, str]:
    amount = None if value.amount is None else str(value.amount)
    return value.name, amount, value.unit.symbol, value.bound.value


def _listed(value: dict[str, Any]) -> tuple[str, str | None, str, str]:
    return value["name"], value["amount"], value["unit"], value["bound"]


def _said(words: str, kind: str, values: list[tuple[str, str | None, str, str]]) -> str:
    told = message(", ").join(f"{name} {bound}{amount}{unit}" for name, amount, unit, bound in values)
    return message("“{words}” ({kind}) of {values}", words=words, kind=kind, values=told)


def _statements(numbered: NumberedDocument) -> dict[str, dict[str, Any]]:
    """Return what facts.json must hold of each statement, by id."""
    language = numbered.document.about.language
    found: dict[str, dict[str, Any]] = {}
    for part in parts_of(numbered):
        if isinstance(part, Stated):
            entry = found.setdefault(part.statement.id, _entry(part, language))
            text = inline_text(part, language)
            if text not in entry["printed"]:
                entry["printed"].append(text)
    return found


def _entry(stated: Stated, language: Language) -> dict[str, Any]:
    basis = stated.statement.basis
    words = {name: said(getattr(basis, name), language) for name in ("quote", "speaker", "source", "date")}
    return {"words": stated.statement.words, **words, "printed": []}


def _shown(value: object) -> str:
    texts = value if isinstance(value, list) else [value]
    return message(", ").join(f"“{text}”" for text in texts if text is not None) or message("nothing")
