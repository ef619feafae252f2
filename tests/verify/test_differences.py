"""Whatever differs between the two files and the text is seen, and told with its place and the words of both."""

from __future__ import annotations

import io
import re
from collections.abc import Callable
from dataclasses import replace
from functools import cache
from typing import Any

import pikepdf
import pytest

from clusterreport.charts import kind_names
from clusterreport.document.model import Chart
from clusterreport.document.walking import rebuilt
from clusterreport.errors import Problem
from clusterreport.verify.expected import expected
from tests.charts.examples import register_charts
from tests.samples import english, sample
from tests.verify.differences import CHART, DIFFERENCES
from tests.verify.pairs import Pair, pair_of, pair_of_chart
from tests.verify.pdf_spoiling import (
    double_number,
    drop_key,
    rename_key,
    respelt,
    swap_keys,
    swap_numbers,
    unmark_number,
)
from tests.verify.pdf_spoiling import spoiled as spoiled_pdf
from tests.verify.word_spoiling import Part, W, lengthen_joint, spoiled, styled

SAMPLES = {"sample": (sample, ("text", "cell", "captions", "footnote", "chart")),
           "english": (english, ("text", "footnote", "chart"))}  # fmt: skip
THEMES = ("briefing", "official", "plain")


@cache
def sample_pair(name: str, theme: str) -> Pair:
    return pair_of(SAMPLES[name][0](), theme)


@pytest.mark.parametrize(
    ("name", "theme", "difference"),
    [
        (name, theme, difference)
        for name, (_, has) in SAMPLES.items()
        for theme in THEMES
        for difference, (needs, _, _) in DIFFERENCES.items()
        if needs in has
    ],
)
def test_a_planted_difference_is_told(name: str, theme: str, difference: str) -> None:
    _, plant, said = DIFFERENCES[difference]
    pair = sample_pair(name, theme)
    problems = plant(pair).problems()
    assert any(re.search(said, problem.problem) for problem in problems), problems
    audience = pair.numbered.document.about.audience
    assert all(problem.where.startswith(f"audience {audience}, ") for problem in problems)


def test_the_samples_have_all_that_is_spoiled() -> None:
    kinds = {one.passage.kind for one in expected(sample(), {})}
    assert kinds >= {"text", "cell", "caption", "footnote", "picture", "heading", "contents"}


def problems_of(difference: str) -> tuple[Problem, ...]:
    return DIFFERENCES[difference].plant(sample_pair("sample", "briefing")).problems()


def test_a_cell_is_told_by_section_table_row_and_column() -> None:
    (problem,) = problems_of("Word: a digit of a cell")
    assert problem.where == "audience bureau, （二）省份一览, 表1, row 1 (江苏), column 集群"
    assert problem.problem == "the model says “14”, the Word file “24”, the PDF “14”"
    assert problem.remedy.startswith("Nothing was published.")


def test_a_chart_value_is_told_by_figure_series_and_category() -> None:
    (problem,) = problems_of("Word: a value in a workbook")
    assert problem.where == "audience bureau, （一）省际分布, 图1, 集群, 江苏"
    assert problem.problem == (
        "the model has “14”; the Word file draws “14”, its workbook holds “15”; the PDF prints “14”"
    )


def test_a_label_is_told_by_figure_series_and_category() -> None:
    first, *_ = problems_of("Word: another word at a value")
    assert first.where == "audience bureau, （一）省际分布, 图1, 集群, 广东, label"
    assert first.problem == "the Word file labels it “余8”; the PDF prints “8”"
    first, *_ = problems_of("Word: no values at the bars")
    assert first.problem == "the Word file labels it with nothing; the PDF prints “8”"


def test_a_joint_that_ends_elsewhere_is_told() -> None:
    pair = pair_of_chart(register_charts()["dumbbell"], "zh")
    (problem,) = spoiled(lengthen_joint, CHART)(pair).problems()
    assert problem.where.endswith("增加, 江苏")
    assert problem.problem == (
        "the model has “4”; the Word file draws “5”, its workbook holds “4”; the PDF prints nothing"
    )


def test_of_a_long_paragraph_the_words_that_differ_are_told() -> None:
    (problem,) = problems_of("Word: a digit of a paragraph")
    assert problem.where == "audience bureau, the lead, paragraph 1"
    assert problem.problem.startswith("the model says “截至2025年9月，")
    assert "the Word file “截至3025年9月，" in problem.problem


def test_a_footnote_is_told_by_its_mark() -> None:
    (problem,) = problems_of("Word: a footnote emptied")
    assert problem.where == "audience bureau, the lead, paragraph 1, footnote ①"


def test_a_number_is_told_by_its_names() -> None:
    first, second = problems_of("Word: names of numbers swapped")
    assert "“80个” as sample.number[1], the Word file “80个” as sample.number[2]" in first.problem
    assert "“14个” as sample.number[2], the Word file “14个” as sample.number[1]" in second.problem


def test_a_page_in_the_contents_is_compared() -> None:
    pair = sample_pair("sample", "briefing")
    turned = spoiled(change_page)(pair)
    (problem,) = turned.problems()
    assert problem.where == "audience bureau, the contents, 一、总体情况"


def change_page(tree: Part) -> None:
    (page, *_) = [text for text in styled(tree, "TOC1")[0].iter(W + "t") if text.text.isdigit()]
    page.text = "9"


def test_a_broken_file_is_told_and_no_traceback() -> None:
    pair = sample_pair("sample", "briefing")
    (word,) = replace(pair, word=pair.word[:1000]).problems()
    (pdf,) = replace(pair, pdf=b"%PDF-1.7").problems()
    assert word.where == "audience bureau, the Word file"
    assert pdf.where == "audience bureau, the PDF"


def test_of_very_many_differences_the_first_twenty_are_told() -> None:
    pair = sample_pair("sample", "briefing")
    problems = replace(pair, word=sample_pair("english", "briefing").word).problems()
    assert len(problems) == 21
    assert re.fullmatch(r"\d+ more places differ", problems[-1].problem)
    assert problems[-1].where == "audience bureau"


def test_the_wrong_facts_in_the_pdf_are_told() -> None:
    pair = sample_pair("sample", "briefing")
    with pikepdf.open(io.BytesIO(pair.pdf)) as file:
        file.attachments["facts.json"] = b"[]"
        file.save(written := io.BytesIO())
    (problem,) = replace(pair, pdf=written.getvalue()).problems()
    assert problem.where == "audience bureau, the attachments of the PDF"
    assert problem.problem == "facts.json is not the one that stands beside the files"


def test_a_table_that_is_called_otherwise_is_told_by_its_number() -> None:
    (problem,) = problems_of("Word: a table called otherwise")
    assert problem.where == "audience bureau, 表1, its name among the properties"


PRINTING = [kind for kind in kind_names() if register_charts()[kind].numbers]


@cache
def printing_pair(kind: str) -> Pair:
    return pair_of_chart(register_charts()[kind], "zh")


@pytest.mark.parametrize("change", [swap_numbers, swap_keys, double_number, unmark_number, rename_key("strange")])
@pytest.mark.parametrize("kind", PRINTING)
def test_of_every_kind_a_number_that_stands_elsewhere_is_told(kind: str, change: Callable[[Any], Any]) -> None:
    pair = printing_pair(kind)
    assert pair.problems() == ()
    assert spoiled_pdf(respelt(change))(pair).problems()


@pytest.mark.parametrize("kind", [kind for kind in PRINTING if kind != "column"])
def test_of_every_kind_a_number_that_must_stand_there_and_does_not_is_told(kind: str) -> None:
    required = [number.key for number in register_charts()[kind].numbers if not number.optional]
    for key in {required[0], required[-1]}:
        problems = spoiled_pdf(respelt(drop_key(key)))(printing_pair(kind)).problems()
        assert any("prints nothing" in one.problem or "does not print" in one.problem for one in problems), key


def test_a_kind_that_keeps_a_value_to_itself_is_told() -> None:
    pair = printing_pair("bar")
    numbered = rebuilt(pair.numbered, without_first_number)
    problems = replace(pair, numbered=numbered).problems()
    assert any(one.problem == "a bar chart leaves this value out" for one in problems), problems


def without_first_number(part: object) -> object:
    return replace(part, numbers=part.numbers[1:]) if isinstance(part, Chart) else part
