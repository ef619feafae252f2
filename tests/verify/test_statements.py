"""Each statement is held against both files and facts.json: its words, its quote, its id, its note and its line."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from clusterreport.document.model import BasisTable, Stated
from clusterreport.publishing import as_json
from tests.samples import paragraph, say, small, statement
from tests.verify.pairs import Pair, pair_of
from tests.verify.word_spoiling import Part, W, spoiled

if TYPE_CHECKING:
    from collections.abc import Callable

TASKS, ASKED = statement(), statement("S2", "意见提出了要求", quote="提出要求", speaker="某部门")
DOCUMENT = small(
    paragraph(say(80), "：", Stated(TASKS), "；", Stated(ASKED), "（", Stated(ASKED, "quoted"), "）。"), BasisTable()
)


@pytest.fixture(scope="module")
def pair() -> Pair:
    return pair_of(DOCUMENT)


def told(pair: Pair) -> list[str]:
    return [f"{problem.where.removeprefix('audience bureau, ')}: {problem.problem}" for problem in pair.problems()]


def reworded(old: str, new: str, part: str = "word/document.xml") -> Callable[[Pair], Pair]:
    def spoil(tree: Part) -> None:
        text = next(text for text in tree.iter(W + "t") if old in (text.text or ""))
        text.text = text.text.replace(old, new)

    return spoiled(spoil, part)


def changed(pair: Pair, place: int, **values: object) -> Pair:
    facts = json.loads(pair.facts)
    facts["statements"][place].update(values)
    return replace(pair, facts=as_json(facts))


def test_a_pair_with_statements_agrees_and_each_is_counted_among_what_bears_a_name(pair: Pair) -> None:
    assert told(pair) == []
    assert pair.compared().numbers == 4


def test_one_word_of_a_statement_that_was_changed_in_word_is_told(pair: Pair) -> None:
    first, *_ = told(reworded("七项任务", "八项任务")(pair))
    assert first.startswith("一、一节, paragraph 1: the model says “80个：会议部署了七项任务")
    assert "the Word file “80个：会议部署了八项任务" in first


def test_a_quote_and_a_note_that_were_changed_in_word_are_told(pair: Pair) -> None:
    assert "“提出请求”" in "".join(told(reworded("“提出要求”", "“提出请求”")(pair)))
    (note,) = told(reworded("一家报纸", "两家报纸", "word/footnotes.xml")(pair))
    assert note.startswith("一、一节, paragraph 1, footnote ①: the model says “①来源：一家报纸，2025年。”")


def test_a_statement_that_bears_another_id_is_told(pair: Pair) -> None:
    def swap(tree: Part) -> None:
        next(tag for tag in tree.iter(W + "tag") if tag.get(W + "val") == "S1").set(W + "val", "S2")

    (problem,) = told(spoiled(swap)(pair))
    assert "“会议部署了七项任务” as S1, the Word file “会议部署了七项任务” as S2 (S2, not printed so)" in problem


@pytest.mark.parametrize(
    ("values", "problem"),
    [
        ({"words": "别的"}, "S1, words: the document has “会议部署了七项任务”, and facts.json has “别的”"),
        ({"quote": "别的"}, "S1, quote: the document has “部署任务”, and facts.json has “别的”"),
        ({"speaker": "别人"}, "S1, speaker: the document has “”, and facts.json has “别人”"),
        ({"source": "别处"}, "S1, source: the document has “一家报纸，2025年”, and facts.json has “别处”"),
        ({"date": "2024年"}, "S1, date: the document has “2025年7月”, and facts.json has “2024年”"),
    ],
)
def test_each_part_of_an_entry_is_compared(pair: Pair, values: dict[str, str], problem: str) -> None:
    assert f"facts.json, {problem}" in told(changed(pair, 0, **values))


def test_an_entry_with_other_wordings_is_told(pair: Pair) -> None:
    (problem,) = (one for one in told(changed(pair, 1, printed=["意见提出了要求"])) if one.startswith("facts.json"))
    assert problem == (
        "facts.json, S2, printed: the document has “意见提出了要求”, ““提出要求””, and facts.json has “意见提出了要求”"
    )


def test_a_statement_that_facts_lack_and_one_that_nothing_prints_are_told(pair: Pair) -> None:
    facts = json.loads(pair.facts)
    first = facts["statements"].pop(0)
    problems = told(replace(pair, facts=as_json(facts)))
    assert "facts.json, S1, words: the document has “会议部署了七项任务”, and facts.json has nothing" in problems
    facts["statements"] += [first, {**first, "id": "S7"}]
    other = "facts.json, S7: the document has nothing, and facts.json has “会议部署了七项任务”"
    assert other in told(replace(pair, facts=as_json(facts)))


def test_a_line_of_the_table_of_bases_without_its_id_is_told(pair: Pair) -> None:
    def rename(tree: Part) -> None:
        next(text for text in tree.iter(W + "t") if text.text == "S2").text = "S3"

    (problem,) = told(spoiled(rename)(pair))
    assert "the model says “S2”, the Word file “S3”" in problem
