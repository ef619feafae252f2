"""An English edition speaks English throughout: no word of the program's own is Chinese."""

from __future__ import annotations

import io
import json
import re
import zipfile
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from clusterreport import charts
from clusterreport.document.facts import facts_file, facts_of
from clusterreport.document.model import Chart, Number
from clusterreport.document.text import lines_of
from clusterreport.document.walking import parts_of
from clusterreport.publishing import as_json
from clusterreport.render import docx, html, pdf, text
from clusterreport.theme import load_theme
from clusterreport.verify import proofread
from tests.acceptance.english import english_issue
from tests.render.pdf.reading_back import page_texts

if TYPE_CHECKING:
    from clusterreport.document.model import NumberedDocument
    from clusterreport.theme import Theme

ROOT = Path(__file__).resolve().parents[2]
CHINESE = re.compile("[\u3001-\u303f\u3400-\u9fff\uff00-\uffef]+")
CODES = {"name", "unit", "bound"}


@pytest.fixture(scope="module")
def numbered(tmp_path_factory: pytest.TempPathFactory) -> NumberedDocument:
    return english_issue(tmp_path_factory.mktemp("english"))


@pytest.fixture(scope="module")
def theme() -> Theme:
    return load_theme(ROOT / "templates" / "themes" / "plain.toml", "plain.toml")


def charts_of(numbered: NumberedDocument) -> list[Chart]:
    return [part for part in parts_of(numbered) if isinstance(part, Chart)]


def chinese_in(words: object) -> list[str]:
    return CHINESE.findall(words if isinstance(words, str) else json.dumps(words, ensure_ascii=False))


def test_every_kind_of_chart_and_basis_is_among_what_is_looked_at(numbered: NumberedDocument) -> None:
    assert {chart.kind for chart in charts_of(numbered)} == set(charts.kind_names())
    kinds = {type(part.quantity.basis).__name__ for part in parts_of(numbered) if isinstance(part, Number)}
    assert kinds == {"Published", "Computed"}


def test_no_line_of_it_is_chinese(numbered: NumberedDocument) -> None:
    assert [line.text for line in lines_of(numbered) if chinese_in(line.text)] == []


def test_no_alternative_text_and_no_name_of_a_series_is_chinese(numbered: NumberedDocument) -> None:
    for chart in charts_of(numbered):
        names = (chart.unit, *chart.categories, *chart.groups, *(series.name for series in chart.series))
        assert chinese_in(" ".join((chart.description, *names))) == [], chart.title


def test_no_word_drawn_on_a_chart_is_chinese(numbered: NumberedDocument, theme: Theme) -> None:
    for chart in charts_of(numbered):
        canvas = charts.draw_canvas(chart, 156.0, charts.natural_height(chart, 156.0, theme), theme, "en")
        assert [words for _, words in canvas.texts if chinese_in(words)] == [], chart.title


def test_no_fact_is_said_in_chinese_but_for_the_codes_of_the_data(numbered: NumberedDocument) -> None:
    facts = [{key: value for key, value in fact.items() if key not in CODES} for fact in facts_of(numbered)]
    assert [fact for fact in facts if chinese_in(fact)] == []
    assert {fact["bound"] for fact in facts_of(numbered)} == {"", "近", "超", "约", "计划"}


def test_no_character_of_its_files_is_chinese(numbered: NumberedDocument, theme: Theme) -> None:
    printed = pdf.render(numbered, theme)
    assert [page for page in page_texts(printed.content) if chinese_in(page)] == []
    with zipfile.ZipFile(io.BytesIO(docx.render(numbered, theme, printed.page_of).content)) as package:
        for name in package.namelist():
            if name.endswith(".xml") and not name.startswith(("word/styles", "word/fontTable", "word/theme")):
                told = re.findall(r">([^<]+)<|(?:descr|name|title)=\"([^\"]*)\"", package.read(name).decode("utf-8"))
                assert chinese_in(" ".join(map("".join, told))) == [], name
    assert chinese_in(text.render(numbered).content.decode("utf-8")) == []


def test_its_two_files_say_the_same(numbered: NumberedDocument, theme: Theme) -> None:
    facts = as_json(facts_file(numbered))
    printed = pdf.render(numbered, theme)
    word = docx.render(numbered, theme, printed.page_of)
    proofread(numbered, word.content, printed.content, facts)


def test_its_letter_in_html_is_english(numbered: NumberedDocument, theme: Theme) -> None:
    page = html.render(numbered, theme).content.decode("utf-8")
    assert chinese_in(" ".join(re.findall(r">([^<]+)<", page.partition("</style>")[2] or page))) == []
