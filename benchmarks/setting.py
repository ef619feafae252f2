"""The PDF stage alone, without imports: ``python -m benchmarks.setting PROJECT [TIMES]`` prints its figures as JSON.

Without TIMES: the stage of bureau against drawing the same figures to 200-dpi PNG, paragraphs a second, milliseconds a
chart. With TIMES: one document that repeats the register so often; its pages and seconds.
"""

from __future__ import annotations

import json
import sys
import time
from dataclasses import replace
from typing import TYPE_CHECKING

from benchmarks.measuring import bureau, least, pictures
from clusterreport.document.model import Chart, Figure, NumberedDocument, Paragraph, Section, Table
from clusterreport.document.walking import parts_of
from clusterreport.render import pdf
from clusterreport.render.pdf import typesetting
from clusterreport.render.pdf.faces import PdfFaces
from clusterreport.render.pdf.paragraphs import Compositor
from clusterreport.render.pdf.pen import MM
from clusterreport.render.pdf.typesetting import Typesetter

if TYPE_CHECKING:
    from clusterreport.theme import Theme


def main(project: str, times: str = "") -> None:
    """Print what was measured."""
    numbered, theme = bureau(project)
    measured = _repeated(numbered, theme, int(times)) if times else _stage(numbered, theme)
    sys.stdout.write(json.dumps(measured) + "\n")


def _stage(numbered: NumberedDocument, theme: Theme) -> dict[str, float]:
    parts = tuple(parts_of(numbered))
    charts = sum(isinstance(part, Chart) for part in parts)
    paragraphs = [part for part in parts if isinstance(part, Paragraph)]
    figures = tuple(replace(part, number=place) for place, part in enumerate(_figures(parts), 1))
    album = replace(numbered.document, lead=figures, sections=())
    bare = replace(numbered.document, lead=(), sections=())
    whole = least(lambda: _render(numbered, theme))
    charted = least(lambda: _render(NumberedDocument(album), theme)) - least(
        lambda: _render(NumberedDocument(bare), theme)
    )
    return {
        "png": pictures(numbered, theme),
        "pdf": whole,
        "paragraphs_per_second": len(paragraphs) / least(lambda: _set(paragraphs, theme)),
        "ms_per_chart": 1000 * charted / charts,
    }


def _render(numbered: NumberedDocument, theme: Theme) -> None:
    """Set a file as the first of a process: no chart is drawn yet, and no text broken into lines."""
    typesetting._TYPESETTERS._kept.clear()  # noqa: SLF001
    pdf.render(numbered, replace(theme))


def _repeated(numbered: NumberedDocument, theme: Theme, times: int) -> dict[str, float]:
    register = next(part for part in parts_of(numbered) if isinstance(part, Table) and part.label == "register")
    sections = tuple(
        Section(f"again{place}", "集群名录", (replace(register, label=f"register{place}", number=place),), (), "一、")
        for place in range(1, times + 1)
    )
    document = replace(numbered.document, lead=(), sections=sections)
    started = time.perf_counter()
    rendered = pdf.render(NumberedDocument(document), theme)
    return {"pages": rendered.pages, "seconds": time.perf_counter() - started}


def _figures(parts: tuple[object, ...]) -> list[Figure]:
    return [part for part in parts if isinstance(part, Figure)]


def _set(paragraphs: list[Paragraph], theme: Theme) -> None:
    faces = PdfFaces(theme)
    compositor = Compositor(faces, theme, "zh", theme.page.text_width * MM, Typesetter(faces.measures, "zh"))
    style = theme.style("body")
    for paragraph in paragraphs:
        compositor.paragraph(compositor.spans(paragraph.children, style, "a paragraph"), style, None)


if __name__ == "__main__":
    main(*sys.argv[1:])
