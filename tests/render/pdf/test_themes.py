"""Every shipped look sets the sample; the page of a 公文 holds 22 lines of 28 characters."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest

from clusterreport.document.model import Paragraph, Text
from clusterreport.render.pdf import render
from clusterreport.theme import Theme, load_theme
from tests.render.pdf.reading_back import boxes, page_texts
from tests.samples import english, sample, small

THEMES = Path(__file__).resolve().parents[3] / "templates" / "themes"
NAMES = sorted(path.stem for path in THEMES.glob("*.toml"))


def look(name: str) -> Theme:
    return load_theme(THEMES / f"{name}.toml", f"templates/themes/{name}.toml")


def test_three_looks_ship() -> None:
    assert NAMES == ["briefing", "official", "plain"]


@pytest.mark.parametrize("name", NAMES)
def test_each_look_sets_chinese_and_english(name: str) -> None:
    for document in (sample(), english()):
        rendered = render(document, look(name))
        title = document.document.about.title.replace(" ", "")
        assert any(title in text for text in page_texts(rendered.content))


def test_a_page_of_the_official_look_holds_22_lines_of_28_characters() -> None:
    text = small(Paragraph((Text("国" * 3000),)))
    content = render(text, look("official")).content
    lines = Counter(round(bottom, 1) for character, _, bottom in boxes(content, 1) if character == "国")
    assert len(lines) == 22
    assert set(lines.values()) == {28}
    lefts = [left for character, left, _ in boxes(content, 1) if character == "国"]
    assert min(lefts) == pytest.approx(28 * 72 / 25.4, abs=0.5)
    assert max(lefts) + 15.79 == pytest.approx((210 - 26) * 72 / 25.4, abs=0.5)


def test_a_face_that_is_wanted_and_not_found_is_named() -> None:
    rendered = render(sample(), look("official"))
    assert rendered.substituted == ("仿宋_GB2312 → song", "方正小标宋简体 → song_bold")
    assert render(sample(), look("briefing")).substituted == ()


def test_the_plain_look_counts_the_pages() -> None:
    texts = page_texts(render(sample(), look("plain")).content)
    assert [text[-len(f"第{place}页共{len(texts)}页") :] for place, text in enumerate(texts, 1)] == [
        f"第{place}页共{len(texts)}页" for place in range(1, len(texts) + 1)
    ]
    assert page_texts(render(english(), look("plain")).content)[-1].endswith("Page1of1")
