"""The page beside the data names every file, column and fixed word, so that it cannot fall behind them."""

from __future__ import annotations

from pathlib import Path

import pytest

from clusterreport.subjects.clusters.tables import MEASURES, schemas
from tests.subjects.clusters.validation.register import FILES, real

PAGE = (Path(__file__).parents[4] / "data" / "README.md").read_text(encoding="utf-8")


@pytest.mark.parametrize("name", FILES)
def test_the_page_names_each_file_with_its_number_of_rows(name: str) -> None:
    assert f"| `{FILES[name]}` | {len(real()[name].rows)} |" in PAGE


@pytest.mark.parametrize("name", FILES)
def test_the_page_explains_each_column(name: str) -> None:
    chapter = PAGE.partition(f"\n## {FILES[name]}\n")[2].partition("\n## ")[0]
    assert [column for column in real()[name].columns if f"`{column}`" not in chapter] == []


WORDS = {word for table in schemas().values() for column in table.columns.values() for word in column.enum}


@pytest.mark.parametrize("word", sorted(WORDS | set(MEASURES.values())))
def test_the_page_names_each_word_that_a_cell_may_hold(word: str) -> None:
    assert word in PAGE
