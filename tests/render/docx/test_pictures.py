"""A chart that Word cannot draw is an SVG with a PNG behind it; both show the same, and each planted defect is seen."""

from __future__ import annotations

import struct
import zipfile
from io import BytesIO
from typing import TYPE_CHECKING

import numpy as np
import pytest
from lxml import etree
from PIL import Image

from clusterreport import charts
from clusterreport.charts.painters.marks import Shape
from clusterreport.document.model import Figure
from clusterreport.render.docx import render
from clusterreport.render.docx.pictures import picture
from clusterreport.theme import Theme
from tests.charts.examples import EDGES, edge, register_charts, series
from tests.render.docx.defects import PICTURES, spoiled
from tests.render.docx.package_check import check
from tests.render.docx.test_package import validated
from tests.samples import small

if TYPE_CHECKING:
    from pathlib import Path

SVG = "{http://www.w3.org/2000/svg}"
LONG_HEADS = ("Semiconductors", "Photovoltaics", "Shipbuilding", "Aerospaceparts", "Biotechnology", "Electronics")
TWINLESS = [kind for kind in charts.kind_names() if not charts.has_twin(kind)]


@pytest.fixture(scope="module")
def heatmap(theme: Theme) -> bytes:
    return render(small(Figure("f", register_charts()["heatmap"])), theme).content


@pytest.mark.parametrize("kind", TWINLESS)
def test_the_svg_says_the_words_of_the_chart_and_draws_all_its_shapes(kind: str, theme: Theme) -> None:
    chart = register_charts()[kind]
    height = charts.natural_height(chart, 156.0)
    canvas = charts.draw_canvas(chart, 156.0, height, theme)
    root = etree.fromstring(picture(chart, 156.0, height, theme, "zh").svg)
    assert [text.text for text in root.iter(SVG + "text")] == [words for _, words in canvas.texts]
    shapes = [mark for mark in canvas.drawing.marks if isinstance(mark, Shape)]
    assert len(list(root.iter(SVG + "path"))) == len(shapes)


@pytest.mark.parametrize("kind", TWINLESS)
@pytest.mark.parametrize("name", EDGES)
def test_any_chart_becomes_a_sound_picture(kind: str, name: str, theme: Theme) -> None:
    chart = edge(kind, name)
    if chart is not None:
        assert check(render(small(Figure("f", chart)), theme).content) == []


def test_words_that_read_upwards_do_so_in_both_forms(theme: Theme) -> None:
    rows = tuple(series(name, [1, 2, 3, 4, 5, 6]) for name in ("甲", "乙"))
    chart = charts.make("heatmap", title="集群", unit="个", categories=LONG_HEADS, series=rows)
    made = picture(chart, 70.0, 90.0, theme, "zh")
    turned = [text for text in etree.fromstring(made.svg).iter(SVG + "text") if text.get("transform")]
    assert {text.text for text in turned} == {*LONG_HEADS}
    for text in turned:
        assert text.get("transform") == f"rotate(-90 {text.get('x')} {text.get('y')})"
    pixels = np.asarray(Image.open(BytesIO(made.png)).convert("L"))
    for text in turned:
        x, y = (round(float(text.get(side, "")) / 25.4 * 150) for side in "xy")
        above, below = pixels[y - 60 : y - 4, x - 15 : x + 3], pixels[y + 2 : y + 8, x - 15 : x + 3]
        assert (above < 128).sum() > 100, text.text
        assert (below < 128).sum() < 20, text.text


def test_both_forms_have_the_same_shape(theme: Theme) -> None:
    made = picture(register_charts()["tiles"], 100.0, 80.0, theme, "zh")
    width, height = struct.unpack(">II", made.png[16:24])
    assert width / height == pytest.approx(100 / 80, rel=0.01)
    assert etree.fromstring(made.svg).get("viewBox") == "0 0 100 80"


def test_they_are_the_same_every_time(theme: Theme) -> None:
    chart = register_charts()["places"]
    assert picture(chart, 156.0, 90.0, theme, "zh") == picture(chart, 156.0, 90.0, theme, "zh")


def test_a_word_of_the_data_is_never_markup(theme: Theme) -> None:
    chart = edge("heatmap", "strange")
    assert chart is not None
    words = [text.text for text in etree.fromstring(picture(chart, 156.0, 90.0, theme, "zh").svg).iter(SVG + "text")]
    assert any("<" in (word or "") or "&" in (word or "") or "$" in (word or "") for word in words)


@pytest.mark.parametrize("defect", PICTURES, ids=lambda name: name.replace(" ", "-"))
def test_our_own_check_sees(heatmap: bytes, defect: str) -> None:
    said, planted = PICTURES[defect]
    assert any(said in fault for fault in check(spoiled(heatmap, planted)))


@pytest.mark.slow
@pytest.mark.parametrize("version", ["Office2013", "Microsoft365"])
@pytest.mark.parametrize("kind", TWINLESS)
def test_the_validator_finds_nothing(kind: str, version: str, theme: Theme, tmp_path: Path) -> None:
    content = render(small(Figure("f", register_charts()[kind], "注", "名录")), theme).content
    assert validated(content, tmp_path, version) == []


def test_the_file_stays_small(theme: Theme) -> None:
    content = render(small(Figure("f", register_charts()["network"])), theme).content
    with zipfile.ZipFile(BytesIO(content)) as archive:
        packed = sum(entry.compress_size for entry in archive.infolist() if "media/" in entry.filename)
    assert packed < 150_000
