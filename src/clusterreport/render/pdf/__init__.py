"""Sets a numbered document as a PDF: galley, pages, print. One pass; every face embedded; the same bytes each time."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from clusterreport.errors import ProblemsError
from clusterreport.render import Rendered
from clusterreport.render.pdf.archiving import archived
from clusterreport.render.pdf.blocks import galley_of
from clusterreport.render.pdf.faces import PdfFaces
from clusterreport.render.pdf.letterhead import foot_slab
from clusterreport.render.pdf.pages import cut_into_pages, page_numbers
from clusterreport.render.pdf.paragraphs import Compositor
from clusterreport.render.pdf.pen import MM, Pen
from clusterreport.render.pdf.print_pages import print_pages
from clusterreport.render.pdf.printing import Printer
from clusterreport.render.pdf.structure import Element
from clusterreport.render.pdf.typesetting import Typesetter

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

    from clusterreport.document.model import NumberedDocument
    from clusterreport.inputs import Inputs
    from clusterreport.render import EmbeddedFile
    from clusterreport.theme import Theme


def render(  # noqa: PLR0913 -- what a file is made from, all but two of them optional
    numbered: NumberedDocument,
    theme: Theme,
    attachments: Sequence[EmbeddedFile] | Callable[[Rendered], Sequence[EmbeddedFile]] = (),
    *,
    conforming: bool = True,
    own_faces: Path | None = None,
    system_faces: Sequence[Path] = (),
    inputs: Inputs | None = None,
) -> Rendered:
    """Return ``numbered`` as a PDF; ProblemsError lists every character that no face has, and what fits on no page.

    ``conforming`` files keep to PDF/A-3a and PDF/UA-1 and hold ``attachments``; the others claim nothing. Faces that
    the theme wants are looked for in ``own_faces`` and ``system_faces``, and read by ``inputs``. ``attachments`` that
    name pages are made of what was set.
    """
    printed = _printed(numbered, theme, PdfFaces(theme, own_faces, system_faces, inputs))
    attached = attachments(printed) if callable(attachments) else attachments
    content = archived(printed.content, numbered.document.about, attached, conforming=conforming)
    return replace(printed, content=content)


def _printed(numbered: NumberedDocument, theme: Theme, faces: PdfFaces) -> Rendered:
    """Return the file as it is printed; what it was made from is given up before it is rewritten."""
    document = numbered.document
    language = document.about.language
    compositor = Compositor(faces, theme, language, theme.page.text_width * MM, Typesetter.of(faces.measures, language))
    root = Element("Document")
    galley = galley_of(compositor, document, root)
    foot = foot_slab(compositor, document.about, root)
    if faces.problems:
        raise ProblemsError(faces.problems)
    pages = cut_into_pages(galley, theme.page.text_height * MM, theme.page.text_width * MM, foot)
    page_of, printed_on = page_numbers(pages), print_pages(pages)
    pen = Pen(theme.page, faces, document.about, page_of)
    Printer(compositor, pen).print_all(pages)
    if faces.problems:  # in the texts of charts, which are drawn no earlier
        raise ProblemsError(faces.problems)
    return Rendered(pen.finish(root), len(pages), page_of, faces.substituted, printed_on=printed_on)
