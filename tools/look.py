"""Draws every kind of chart on awkward data as PDF and Word have it, side by side: contact sheets in output/look/."""

from __future__ import annotations

import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from PIL import Image, ImageDraw  # noqa: E402 -- after the path of the tests

from clusterreport import charts  # noqa: E402
from clusterreport.charts.painters.raster import painted  # noqa: E402
from clusterreport.document.model import Chart, Figure, PageBreak  # noqa: E402
from clusterreport.render.docx import render  # noqa: E402
from tests.charts.examples import theme  # noqa: E402
from tests.pages.awkward import SETS, all_awkward  # noqa: E402
from tests.samples import small  # noqa: E402

_DPI = 72
_WIDTH = 156.0  # millimetres
_CELL = (450, 330)


def main(kinds: list[str]) -> None:
    """Draw a sheet for each kind named, or for all."""
    found = [each for each in all_awkward() if not kinds or each[0] in kinds]
    target = ROOT / "output" / "look"
    target.mkdir(parents=True, exist_ok=True)
    words = _in_word([chart for _, _, chart in found])
    for kind in dict.fromkeys(kind for kind, _, _ in found):
        own = [(name, chart, word) for (of, name, chart), word in zip(found, words, strict=True) if of == kind]
        sheet = Image.new("RGB", (_CELL[0] * 4, _CELL[1] * ((len(own) + 1) // 2)), "#888888")
        for place, (name, chart, word) in enumerate(own):
            x, y = place % 2 * 2 * _CELL[0], place // 2 * _CELL[1]
            for column, picture in enumerate((_in_pdf(chart), word)):
                picture.thumbnail((_CELL[0] - 8, _CELL[1] - 20))
                sheet.paste(picture, (x + column * _CELL[0] + 4, y + 16))
            ImageDraw.Draw(sheet).text((x + 4, y + 2), f"{kind}: {name}", "white")
        sheet.save(target / f"{kind}.png")
        sys.stdout.write(f"{target / kind}.png: {len(own)} of {len(SETS)}\n")


def _in_pdf(chart: Chart) -> Image.Image:
    height = charts.natural_height(chart, _WIDTH, theme())
    return painted(charts.draw_canvas(chart, _WIDTH, height, theme()), _DPI)


def _in_word(all_charts: list[Chart]) -> list[Image.Image]:
    """Return what LibreOffice makes of each chart, without its margins."""
    blocks = [block for place, chart in enumerate(all_charts) for block in (Figure(f"f{place}", chart), PageBreak())]
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "look.docx"
        path.write_bytes(render(small(*blocks), theme()).content)
        office = ["soffice", "--headless", f"-env:UserInstallation=file://{folder}/office", "--convert-to", "pdf"]
        subprocess.run([*office, "--outdir", folder, str(path)], check=True, capture_output=True)
        subprocess.run(["pdftoppm", "-r", str(_DPI), "-png", f"{folder}/look.pdf", f"{folder}/page"], check=True)
        pages = [Image.open(page).convert("RGB") for page in sorted(Path(folder).glob("page-*.png"))]
    return [_plot(page) for page in pages if _drawn(page)][: len(all_charts)]


def _drawn(page: Image.Image) -> bool:
    return len(page.getcolors(1 << 24) or ()) > 1


def _plot(page: Image.Image) -> Image.Image:
    from PIL import ImageChops

    page = page.crop((0, int(page.height * 0.08), page.width, int(page.height * 0.88)))
    return page.crop(ImageChops.difference(page, Image.new("RGB", page.size, "white")).getbbox())


if __name__ == "__main__":
    main(sys.argv[1:])
