"""What every kind of chart promises, on the register's numbers and at the edges."""

from __future__ import annotations

import subprocess
import sys
from itertools import combinations
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest

from clusterreport import charts, fonts
from clusterreport.charts.layout.geometry import Box
from clusterreport.charts.painters.canvas import Canvas
from clusterreport.charts.painters.starting import start_matplotlib
from tests.charts.examples import EDGES, edge, register_charts, theme

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from clusterreport.document.model import Chart

start_matplotlib()
from clusterreport.charts.painters.marks import Shape, Words  # noqa: E402 -- matplotlib starts our way, in tests too
from clusterreport.charts.painters.raster import painted  # noqa: E402

WIDTHS = (156.0, 75.0)
INCH = 25.4
POINT = INCH / 72
PIXELS = 200  # to the inch
SLACK = 0.35  # millimetres: glyphs on a pixel grid are a little wider than in print

every_kind = pytest.mark.parametrize("kind", charts.kind_names())
every_width = pytest.mark.parametrize("width", WIDTHS)


def drawn(chart: Chart, width: float) -> Canvas:
    return charts.draw_canvas(chart, width, charts.natural_height(chart, width, theme()), theme())


def texts_of(canvas: Canvas) -> list[Words]:
    found = [mark for mark in canvas.drawing.marks if isinstance(mark, Words)]
    assert len(found) == len(canvas.texts) > 0
    return found


def pixel_renderer(canvas: Canvas, dpi: float) -> Any:  # noqa: ANN401 -- matplotlib does not say its types
    from matplotlib.backends.backend_agg import RendererAgg

    width, height = (side * dpi for side in canvas.inches)
    return RendererAgg(width, height, dpi)  # type: ignore[no-untyped-call]


def printed_boxes(canvas: Canvas) -> list[tuple[Box, str]]:
    """Return the box of the ink of every text, in millimetres, as matplotlib measures it in pixels."""
    renderer = pixel_renderer(canvas, PIXELS)
    found = []
    for words in texts_of(canvas):
        extent = renderer.get_text_width_height_descent(words.text, words.font, ismath=False)
        width, height, depth = (pixels / PIXELS * INCH for pixels in extent)
        if words.upright:  # its baseline runs up at x, and it ends at its baseline's height but for its share
            top = words.baseline - (1 - words.share) * width
            found.append((Box(words.x + depth - height, top, words.x + depth, top + width), words.text))
            continue
        bottom = words.baseline + depth
        left = words.x - words.share * width
        found.append((Box(left, bottom - height, left + width, bottom), words.text))
    return found


def outside(canvas: Canvas) -> list[str]:
    return [
        words
        for box, words in printed_boxes(canvas)
        if box.left < -SLACK
        or box.top < -SLACK
        or box.right > canvas.width + SLACK
        or box.bottom > canvas.height + SLACK
    ]


def colliding(canvas: Canvas) -> list[tuple[str, str]]:
    return [
        (one[1], other[1])
        for one, other in combinations(printed_boxes(canvas), 2)
        if min(one[0].right, other[0].right) - max(one[0].left, other[0].left) > SLACK
        and min(one[0].bottom, other[0].bottom) - max(one[0].top, other[0].top) > SLACK
    ]


def strayed(canvas: Canvas) -> list[str]:
    """Return the shapes that leave the canvas."""
    reach = Box(-SLACK, -SLACK, canvas.width + SLACK, canvas.height + SLACK)
    shapes = [mark for mark in canvas.drawing.marks if isinstance(mark, Shape)]
    extents = [(shape, shape.path.get_extents().padded(shape.width * POINT / 2)) for shape in shapes]
    return [
        f"{shape} {extent}"
        for shape, extent in extents
        if extent.x0 < reach.left or extent.y0 < reach.top or extent.x1 > reach.right or extent.y1 > reach.bottom
    ]


def picture(canvas: Canvas, dpi: int = 100) -> NDArray[np.uint8]:
    """Return the pixels of a chart: rows, columns, and red, green, blue."""
    return np.asarray(painted(canvas, dpi))


def test_every_kind_has_a_chart_of_the_register() -> None:
    assert tuple(sorted(register_charts())) == charts.kind_names()


@every_kind
@every_width
def test_the_register_is_drawn_within_the_sheet(kind: str, width: float) -> None:
    assert outside(drawn(register_charts()[kind], width)) == []


@every_kind
@every_width
def test_every_mark_of_the_register_lies_on_the_sheet(kind: str, width: float) -> None:
    assert strayed(drawn(register_charts()[kind], width)) == []


@every_kind
@every_width
def test_no_two_texts_collide_on_the_register(kind: str, width: float) -> None:
    assert colliding(drawn(register_charts()[kind], width)) == []


@every_kind
@pytest.mark.parametrize("name", EDGES)
@every_width
def test_edges_are_drawn_within_the_sheet_and_without_collision(kind: str, name: str, width: float) -> None:
    chart = edge(kind, name)
    if chart is None:
        return
    canvas = drawn(chart, width)
    assert outside(canvas) == []
    assert colliding(canvas) == []
    assert strayed(canvas) == []


@every_kind
def test_the_chart_has_exactly_the_size_asked_for(kind: str) -> None:
    canvas = charts.draw_canvas(register_charts()[kind], 127.0, 88.9, theme())
    assert [side * INCH for side in canvas.inches] == pytest.approx([127.0, 88.9])
    assert picture(canvas).shape == (350, 500, 3)


@every_kind
def test_a_chart_lies_on_paper_that_covers_the_whole_of_it(kind: str) -> None:
    canvas = charts.draw_canvas(register_charts()[kind], 127.0, 88.9, theme())
    pixels = picture(canvas)
    assert {tuple(pixels[row, column]) for row in (0, -1) for column in (0, -1)} == {(255, 255, 255)}


@every_kind
def test_texts_are_set_in_faces_of_the_package_and_in_legible_sizes(kind: str) -> None:
    faces = {str(fonts.face_path(name)) for name in ("hei", "hei_medium")}
    for text in texts_of(drawn(register_charts()[kind], 156.0)):
        assert text.font.get_file() in faces
        assert float(text.font.get_size_in_points()) >= 7.5


@every_kind
def test_the_same_chart_gives_the_same_pixels(kind: str) -> None:
    chart = register_charts()[kind]
    assert np.array_equal(picture(drawn(chart, 156.0)), picture(drawn(chart, 156.0)))


@every_kind
def test_a_unit_that_is_not_known_is_said_with_a_dash_or_left_out(kind: str) -> None:
    chart = edge(kind, "unknown")
    assert chart is not None
    words = [text for _, text in drawn(chart, 156.0).texts]
    assert "0" not in words or kind in {"lorenz", "scatter"}  # these print a zero on their axes


@every_kind
def test_dollar_signs_are_printed_as_they_are(kind: str) -> None:
    chart = edge(kind, "strange")
    assert chart is not None
    if kind not in {"tiles", "lorenz", "line"}:  # their names are provinces or periods, or are not printed
        printed = "".join(text for _, text in drawn(chart, 156.0).texts)
        assert "$x_1$" in printed


@every_kind
def test_an_english_chart_has_an_english_description(kind: str) -> None:
    chart = register_charts()[kind]
    english = charts.make(
        kind, title="Clusters", unit="", categories=chart.categories, series=chart.series, groups=chart.groups,
        ties=chart.ties, emphasis=chart.emphasis, language="en",
    )  # fmt: skip
    assert "：" not in english.description
    assert "。" not in english.description
    assert english.description.endswith(".")


_DRAW = """
import hashlib
from clusterreport import charts
from tests.charts.examples import register_charts, theme
from tests.charts.test_every_kind import picture
for kind, chart in sorted(register_charts().items()):
    pixels = picture(charts.draw_canvas(chart, 120, 90, theme()), 60)
    print(kind, hashlib.sha256(pixels.tobytes()).hexdigest())
"""


@pytest.mark.slow
def test_charts_are_the_same_in_every_process_and_for_every_hash_seed() -> None:
    runs = [
        subprocess.run(
            [sys.executable, "-c", _DRAW],
            env={"PYTHONHASHSEED": seed, "PYTHONPATH": "src:."},
            capture_output=True,
            check=True,
        ).stdout
        for seed in ("0", "77")
    ]
    assert runs[0] == runs[1]
    assert runs[0]


@every_kind
@every_width
@pytest.mark.parametrize("share", [0.8, 1.4])
def test_a_chart_bears_a_height_that_is_not_its_own(kind: str, width: float, share: float) -> None:
    chart = register_charts()[kind]
    canvas = charts.draw_canvas(chart, width, share * charts.natural_height(chart, width, theme()), theme())
    assert outside(canvas) == []
    assert colliding(canvas) == []
    assert strayed(canvas) == []
