"""The package holds together, and each planted defect is seen: by our own check, or by the Open XML SDK's validator."""

from __future__ import annotations

import io
import json
import subprocess
import zipfile
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from clusterreport import charts
from clusterreport.document.model import (
    Callout,
    Emphasis,
    Figure,
    Footnote,
    KeyFigure,
    KeyFigures,
    Link,
    Listing,
    Number,
    NumberedDocument,
    Paragraph,
    Reference,
    Strong,
    Text,
)
from clusterreport.render.docx import render
from clusterreport.theme import Theme, load_theme
from tests.charts.examples import EDGES, edge, register_charts
from tests.conftest import require_program
from tests.render.docx.defects import CHART, OWN, PAIRS, SDK, spoiled
from tests.render.docx.package_check import check
from tests.samples import english, paragraph, province_table, quantity, sample, small

NATIVE = [kind for kind in charts.kind_names() if charts.has_twin(kind)]
VALIDATOR = Path(__file__).parents[3] / "tools" / "ooxml-validator" / "node_modules" / ".bin" / "ooxml-validator"
THEMES = Path(__file__).parents[3] / "templates" / "themes"


def every_kind_of_block() -> NumberedDocument:
    """Return what the sample has not: pages on their side, links in footnotes, lists of both kinds in each other."""
    named = replace(quantity(80), name="nation.clusters")
    note = Footnote((Text("注"), Link("https://example.org/a b", (Text("链"),)), Number(named), Reference("one")))
    listing = Listing(
        ((paragraph("外"), Listing(((paragraph("里"),), (paragraph("又"), paragraph("续"))), ordered=True)),)
    )
    for _ in range(10):
        listing = Listing(((paragraph("层"), listing),), ordered=True)
    words = Strong((Link("https://example.org", (Strong((Text("重"),)), Emphasis((Number(named),)))), Text("粗")))
    figures = KeyFigures((KeyFigure(Number(named), (Text("个"), note)),) * 5)
    callouts = (Callout("一", (listing, paragraph("话"))), Callout("二", (listing,)))
    tables = tuple(replace(province_table(3), label=label, wide=True) for label in ("one", "two"))
    return small(figures, *callouts, Paragraph((words,)), listing, KeyFigures(()), *tables)


@pytest.mark.parametrize("defect", OWN, ids=lambda name: name.replace(" ", "-"))
def test_our_own_check_sees(chinese: bytes, defect: str) -> None:
    said, planted = OWN[defect]
    assert any(said in fault for fault in check(spoiled(chinese, planted)))


@pytest.mark.parametrize("defect", PAIRS, ids=lambda name: name.replace(" ", "-"))
def test_our_own_check_sees_in_a_dumbbell(paired: bytes, defect: str) -> None:
    said, planted = PAIRS[defect]
    assert any(said in fault for fault in check(spoiled(paired, planted)))


@pytest.mark.slow
@pytest.mark.parametrize("version", ["Office2013", "Microsoft365"])
@pytest.mark.parametrize("look", sorted(path.stem for path in THEMES.glob("*.toml")))
@pytest.mark.parametrize("document", [sample, english, every_kind_of_block, small])
def test_the_validator_finds_nothing(
    document: Callable[[], NumberedDocument], look: str, version: str, tmp_path: Path
) -> None:
    theme = load_theme(THEMES / f"{look}.toml", look)
    assert validated(render(document(), theme).content, tmp_path, version) == []


@pytest.mark.parametrize("look", sorted(path.stem for path in THEMES.glob("*.toml")))
@pytest.mark.parametrize("document", [sample, english, every_kind_of_block, small])
def test_our_own_check_finds_nothing(document: Callable[[], NumberedDocument], look: str) -> None:
    assert check(render(document(), load_theme(THEMES / f"{look}.toml", look)).content) == []


@pytest.mark.parametrize("kind", NATIVE)
def test_a_native_chart_of_the_register_is_sound(kind: str, theme: Theme) -> None:
    content = of_chart(kind, theme)
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        assert CHART in archive.namelist()
    assert check(content) == []


@pytest.mark.parametrize("kind", NATIVE)
@pytest.mark.parametrize("name", EDGES)
def test_a_native_chart_at_an_edge_is_sound(kind: str, name: str, theme: Theme) -> None:
    chart = edge(kind, name)
    if chart is not None:
        assert check(render(small(Figure("f", chart)), theme).content) == []


@pytest.mark.slow
def test_the_validator_finds_nothing_in_charts_at_their_edges(theme: Theme, tmp_path: Path) -> None:
    made = {f"{kind}-{name}": edge(kind, name) for kind in NATIVE for name in EDGES}
    figures = tuple(Figure(label, chart) for label, chart in made.items() if chart is not None)
    assert validated(render(small(*figures), theme).content, tmp_path, "Office2013") == []


@pytest.mark.slow
@pytest.mark.parametrize("kind", NATIVE)
def test_the_validator_finds_nothing_in_a_native_chart(kind: str, theme: Theme, tmp_path: Path) -> None:
    assert validated(of_chart(kind, theme), tmp_path) == []


@pytest.mark.slow
@pytest.mark.parametrize("defect", SDK, ids=lambda name: name.replace(" ", "-"))
def test_the_validator_sees(chinese: bytes, defect: str, tmp_path: Path) -> None:
    assert validated(spoiled(chinese, SDK[defect]), tmp_path) != []


def of_chart(kind: str, theme: Theme) -> bytes:
    return render(small(Figure("f", register_charts()[kind], "注", "名录")), theme).content


def validated(content: bytes, folder: Path, version: str = "Microsoft365") -> list[str]:
    """Return what the Open XML SDK's validator says of a file."""
    require_program("node")  # it starts the validator
    program = require_program(str(VALIDATOR))
    path = folder / "checked.docx"
    path.write_bytes(content)
    done = subprocess.run(
        [program, str(path), "--officeVersion", version], capture_output=True, text=True, timeout=60, check=False
    )
    assert done.returncode in {0, 1}, done.stderr
    return [error["description"] for error in json.loads(done.stdout)["errors"]]
