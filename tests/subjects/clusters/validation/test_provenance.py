"""The page beside the data names every file, column and fixed word, so that it cannot fall behind them."""

from __future__ import annotations

from pathlib import Path

import pytest

from clusterreport.subjects.clusters.validation import known
from tests.subjects.clusters.validation.register import FILES, real

PAGE = (Path(__file__).parents[4] / "data" / "README.md").read_text(encoding="utf-8")


@pytest.mark.parametrize("name", FILES)
def test_the_page_names_each_file_with_its_number_of_rows(name: str) -> None:
    assert f"| `{FILES[name]}` | {len(real()[name].rows)} |" in PAGE


@pytest.mark.parametrize("name", FILES)
def test_the_page_explains_each_column(name: str) -> None:
    chapter = PAGE.partition(f"\n## {FILES[name]}\n")[2].partition("\n## ")[0]
    assert [column for column in real()[name].columns if f"`{column}`" not in chapter] == []


@pytest.mark.parametrize(
    "words",
    [
        known.UNITS,
        known.QUALIFIERS,
        known.TOPICS,
        known.REGIONS,
        known.CONFIDENCES,
        known.MEASURES,
        known.VALUE_SOURCES,
        known.FIGURE_SOURCES,
    ],
)
def test_the_page_names_each_word_that_a_cell_may_hold(words: tuple[str, ...]) -> None:
    assert [word for word in words if word not in PAGE] == []
