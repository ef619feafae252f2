"""The structure of the PDF is sound and is read as the model has it; our own checks see what is planted."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

import pytest

from clusterreport.render.pdf import render
from clusterreport.theme import load_theme
from tests.render.pdf.conftest import BRIEFING
from tests.render.pdf.defects import DEFECTS, spoiled
from tests.render.pdf.every_kind import DOCUMENTS
from tests.render.pdf.reading_back import page_texts
from tests.render.pdf.structure_check import check
from tests.render.pdf.structure_text import fault_of_order, read_out
from tests.samples import province_table, sample, small

if TYPE_CHECKING:
    from pathlib import Path

    from clusterreport.render import Rendered
    from clusterreport.theme import Theme

THEMES = tuple(sorted(BRIEFING.parent.glob("*.toml")))
FEW = 5
OWN = {f"{name}, caught by {defect.caught_by}": defect for name, defect in DEFECTS.items() if defect.fault}


@cache
def printed(name: str, look: Path) -> bytes:
    """Return one of the documents in one of the looks."""
    return render(DOCUMENTS[name](), load_theme(look, look.name)).content


@pytest.mark.parametrize("look", THEMES, ids=lambda path: path.stem)
@pytest.mark.parametrize("name", DOCUMENTS)
def test_each_content_has_one_owner(name: str, look: Path) -> None:
    assert check(printed(name, look)) == []


@pytest.mark.parametrize(
    ("name", "look"),
    [pytest.param(name, look, id=f"{name}-{look.stem}") for name in DOCUMENTS for look in THEMES],
)
def test_all_is_read_in_the_order_of_the_model(name: str, look: Path) -> None:
    assert fault_of_order(printed(name, look), DOCUMENTS[name]()) == ""


def test_the_head_of_a_table_is_printed_on_each_page_and_read_once(theme: Theme) -> None:
    content = render(small(province_table(400)), theme).content
    pages, read = page_texts(content), "".join(read_out(content).text)
    assert len(pages) > FEW
    assert ["2022年底前2024年新增" in page for page in pages] == [True] * len(pages)
    assert read.count("2022年底前2024年新增") == 1
    assert ["（续表）" in page for page in pages] == [False] + [True] * (len(pages) - 1)
    assert "（续表）" not in read


def test_a_file_that_is_only_saved_again_has_no_fault(rendered: Rendered) -> None:
    content = spoiled(rendered.content, lambda _: None)
    assert [*check(content), fault_of_order(content, sample())] == [""]


@pytest.mark.parametrize("name", OWN)
def test_our_own_checks_see(name: str, rendered: Rendered) -> None:
    content = spoiled(rendered.content, OWN[name].spoil)
    faults = [*check(content), fault_of_order(content, sample())]
    assert any(OWN[name].fault in fault for fault in faults), faults
