"""Numbers of a document that nothing answers for are told with the words around them, before a file is made."""

from __future__ import annotations

from typing import TYPE_CHECKING

from clusterreport.document.facts import facts_file
from clusterreport.document.model import Number
from clusterreport.publishing import as_json
from clusterreport.verify.digit_ledger import KnownData
from clusterreport.verify.unanswered import unanswered
from tests.samples import paragraph, small
from tests.verify.pairs import described, with_names
from tests.verify.test_digit_accounts import COUNT

if TYPE_CHECKING:
    from clusterreport.document.model import Inline
    from clusterreport.errors import Problem


def told(*inlines: Inline | str, known: KnownData | None = None) -> list[Problem]:
    named = described(with_names(small(paragraph(*inlines))))
    return list(unanswered(named, as_json(facts_file(named)), known or KnownData()))


def test_what_the_document_itself_answers_for_is_not_told() -> None:
    assert told("有", Number(COUNT), "。") == []
    assert told("沿G60走", known=KnownData(names=frozenset({"G60"}))) == []


def test_a_typed_number_is_told_with_its_words_and_a_remedy() -> None:
    (problem,) = told("有", Number(COUNT), "，另有37个。")
    assert "the number “37” in “" in problem.problem
    assert "另有37个" in problem.problem
    assert "is typed by hand, and nothing answers for it" in problem.problem
    assert ".allow.txt" in problem.remedy
    assert problem.where


def test_each_typed_number_is_told_and_each_word_once() -> None:
    said = [problem.problem for problem in told("37个、38个，又是37个，x42y，x42y。")]
    assert [words for words in ("37", "38", "42") if any(f"the number “{words}”" in each for each in said)] == [
        "37", "38", "42",
    ]  # fmt: skip
    assert sum("“42”" in each for each in said) == 1
