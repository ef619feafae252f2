"""The page is read back: it says and tags what the document says, and every planted difference is told."""

from __future__ import annotations

import re

import pytest

from clusterreport.document.model import NumberedDocument
from clusterreport.render.html.page import render
from clusterreport.verify.page_file import page_differences
from tests.render.html.tagged import EVERY, theme
from tests.samples import english, sample, small
from tests.verify.pairs import described, with_names

FACTS = small(*EVERY)
SAMPLE = described(with_names(sample()))


def told(numbered: NumberedDocument, page: str) -> list[str]:
    return [f"{problem.where}: {problem.problem}" for problem in page_differences(numbered, page.encode())]


def page_of(numbered: NumberedDocument) -> str:
    return render(numbered, theme()).content.decode()


@pytest.mark.parametrize("document", [FACTS, SAMPLE, described(with_names(english()))], ids=["facts", "zh", "en"])
def test_a_page_that_is_right_is_in_order(document: NumberedDocument) -> None:
    assert told(document, page_of(document)) == []


@pytest.mark.parametrize(
    ("pattern", "other", "said"),
    [
        (r"(<h1>)", r"\1改", "the model says “题目”, and the page does not"),
        (r"(<h1>)", r"\1改", "the page says “改题目”, and the model does not"),
        (r"(<p class=\"body\">)", r"<p>多一段</p>\1", "the page says “多一段”, and the model does not"),
        (r"(scope=\"col\" class=\"number\">)数", r"\1值", "the model says “数”, and the page does not"),
        (r"个</span>，即", "家</span>，即", "and the page does not"),
        (
            r"(nation.clusters\"[^>]*>)80",
            r"\g<1>81",
            "the page, nation.clusters: it tags 81, and no number of the model",
        ),
        (r'(f:share"[^>]*scale=")-2', r"\g<1>-1", "it tags 4.63, and no number"),
        (r' sign="-"', "", "it tags 123450000000, and no number"),
        (r'(f:share"[^>]*decimals=")3', r"\g<1>INF", "it tags 0.463, and no number"),
        (r'xsi:nil="true">', ">", "it cannot be read back"),
        (r'(name="f:)fall', r"\1rise", "it tags -123450000000, and no number"),
        (
            r"广州; 智能装备",
            "深圳; 智能装备",
            "output 广州; 智能装备: the model has this number, and the page tags none",
        ),
        ("</body>", "", "the page: it cannot be read back"),
    ],
)
def test_a_difference_is_told(pattern: str, other: str, said: str) -> None:
    page, count = re.subn(pattern, other, page_of(FACTS), count=1)
    assert count, pattern
    problems = told(FACTS, page)
    assert any(said in one for one in problems), problems


def test_an_alternative_text_that_differs_is_told() -> None:
    problems = told(SAMPLE, re.sub(r'alt="', 'alt="另', page_of(SAMPLE), count=1))
    assert len(problems) == 2
