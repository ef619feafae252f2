"""Writes on the pages: text, rules, links and places, as PDF operators, each marked as what it is in the structure.

The only module that knows reportlab's canvas. Lengths are in points from the lower left corner of the page; colours
are #RRGGBB. What belongs to no element of the structure is an artifact: a decoration, or something printed again.
"""

from __future__ import annotations

import io
from contextlib import contextmanager
from typing import TYPE_CHECKING, Final, NamedTuple
from urllib.parse import quote

from reportlab.pdfgen.canvas import Canvas

from clusterreport.locale import phrase
from clusterreport.render.pdf.structure import Annotated, Marked
from clusterreport.render.pdf.tagging import LinkAnnotation, TaggedPage, add_structure

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from reportlab.pdfbase.pdfdoc import Destination, PDFDocument, PDFObject

    from clusterreport.document.model import About
    from clusterreport.render.pdf.atoms import CharacterStyle
    from clusterreport.render.pdf.cid_font import Font
    from clusterreport.render.pdf.faces import PdfFaces
    from clusterreport.render.pdf.structure import Element
    from clusterreport.theme import PageSize

MM: Final = 72 / 25.4
_ALL_FONTS: Final = "BasicFonts"
_ADDRESS_SIGNS: Final = "%/:=&?~#+!$,;'@()*[]"


class Word(NamedTuple):
    """Characters that begin at ``x``."""

    x: float
    text: str
    look: CharacterStyle


class _Canvas(Canvas):
    """reportlab's canvas without the Helvetica that it otherwise sets up, unembedded, on every page."""

    def _make_preamble(self) -> None:
        self._preamble = ""


class Pen:
    """Writes one PDF file; ``page_of`` tells on which page each label stands."""

    def __init__(self, page: PageSize, faces: PdfFaces, about: About, page_of: Mapping[str, int]) -> None:
        """Begin an empty page of the size of ``page``."""
        self.faces = faces
        self.page_of = page_of
        self._buffer = io.BytesIO()
        self._size = (page.width * MM, page.height * MM)
        self._canvas = _Canvas(
            self._buffer,
            pagesize=self._size,
            pageCompression=0,  # pikepdf packs all streams at the end
            invariant=1,
            pdfVersion=(1, 7),
            lang=phrase("language.tag", about.language),
        )
        self._canvas.setTitle(about.title)
        self._canvas.setAuthor(about.author)
        self._canvas.setSubject(about.audience_title)
        self._canvas.setCreator("clusterreport")
        self._canvas.setProducer("clusterreport")
        moment = f"D:{about.as_of:%Y%m%d}000000+00'00'"
        self._canvas.setDateFormatter(lambda *_: moment)
        self._element: Element | None = None
        self._whole = False
        self._tagged_pages: list[TaggedPage] = []
        self._owners: list[Element] = []
        self._annotations: list[tuple[LinkAnnotation, Element, str]] = []
        self._fonts: dict[Font, str] = {}
        self._colours: dict[str, str] = {}

    @property
    def document(self) -> PDFDocument:
        """Return the document that the pages become; reportlab has no public way to it."""
        return self._canvas._doc  # type: ignore[attr-defined,no-any-return]  # noqa: SLF001

    @contextmanager
    def showing(self, element: Element | None) -> Iterator[None]:
        """Let the text that is printed meanwhile belong to ``element``; None: to nothing."""
        outer, self._element = self._element, element
        yield
        self._element = outer

    @contextmanager
    def drawing(self, box: tuple[float, float, float, float]) -> Iterator[None]:
        """Let everything that is written meanwhile be one figure, the current element's, within ``box``."""
        self._canvas.addLiteral(self._opening())
        if self._element is not None:
            self._element.box = box
        self._whole = True
        yield
        self._whole = False
        self._canvas.addLiteral("EMC")

    def write(self, operators: str) -> None:
        """Write PDF operators that belong to the figure being drawn, or to nothing."""
        self._canvas.addLiteral(operators if self._whole else f"/Artifact BMC\n{operators}\nEMC")

    def font_name(self, font: Font) -> str:
        """Return the name by which pages call ``font``."""
        return self._fonts.setdefault(font, f"F{len(self._fonts) + 1}")

    def text(self, baseline: float, words: Iterable[Word]) -> None:
        """Print words on one baseline, each at its own place."""
        line = _TextLine(self, baseline)
        for word in words:
            line.add(word)
        operators = line.finished()
        self._canvas.addLiteral(operators if self._whole else f"{self._opening()}\n{operators}\nEMC")

    def linked_text(self, baseline: float, words: Sequence[Word], look: CharacterStyle) -> None:
        """Print words that lead where ``look`` says."""
        shown = "".join(word.text for word in words).strip()
        link = self._element.child("Link", alternative=shown) if self._element is not None else None
        with self.showing(link):
            self.text(baseline, words)
            last = words[-1]
            end = last.x + self.faces.width(last.text.rstrip(" "), last.look.face) * last.look.size
            box = (words[0].x, baseline - 0.2 * look.size, end, baseline + 0.9 * look.size)
            if look.address:
                self._link(box, quote(look.address, safe=_ADDRESS_SIGNS))
            else:
                self.link_to(look.goal, box)

    def colour(self, value: str, operator: str = "rg") -> str:
        """Return the operator that chooses a colour: "rg" to fill (and print text), "RG" to draw lines."""
        shares = self._colours.get(value)
        if shares is None:
            parts = (int(value[place : place + 2], 16) / 255 for place in (1, 3, 5))
            shares = self._colours[value] = " ".join(f"{part:.3g}" for part in parts)
        return f"{shares} {operator}"

    def rule(self, x: float, y: float, end_x: float, end_y: float, thickness: float, colour: str) -> None:  # noqa: PLR0913, PLR0917 -- two points and a pen
        """Draw a straight line."""
        self.write(f"q {self.colour(colour, 'RG')} {thickness:.2f} w {x:.2f} {y:.2f} m {end_x:.2f} {end_y:.2f} l S Q")

    def dots(self, x: float, end_x: float, y: float, colour: str) -> None:
        """Draw a row of dots: the leader of a table of contents."""
        self.write(f"q {self.colour(colour, 'RG')} 1 J 0.9 w [0 4.5] 0 d {x:.2f} {y:.2f} m {end_x:.2f} {y:.2f} l S Q")

    def write_transparent(self, operators: str, stroke: float, fill: float) -> None:
        """Write PDF operators at an opacity from 0 to 1."""
        self._canvas.saveState()
        self._canvas.setStrokeAlpha(stroke)
        self._canvas.setFillAlpha(fill)
        self._canvas.addLiteral(operators)
        self._canvas.restoreState()

    def link_to(self, goal: str, box: tuple[float, float, float, float]) -> None:
        """Make an area lead to a place of the document."""
        self._link(box, "", self._canvas._bookmarkReference(goal))  # type: ignore[attr-defined]  # noqa: SLF001

    def place(self, name: str, top: float) -> None:
        """Give a place of this page a name that links can lead to."""
        self._canvas.bookmarkPage(name, fit="XYZ", left=0, top=top, zoom=0)

    def outline(self, title: str, place: str, level: int) -> None:
        """Add a line to the bookmarks; the highest ``level`` is 0."""
        self._canvas.addOutlineEntry(title, place, level, closed=False)

    def lay(self, *, wide: bool) -> None:
        """Begin a page upright, or laid on its side."""
        width, height = self._size
        self._canvas.setPageSize((height, width) if wide else (width, height))

    def next_sheet(self) -> None:
        """Finish this page."""
        self._tagged_pages.append(
            TaggedPage(self.document.thisPageName(), tuple(self._owners), tuple(self._annotations))
        )
        self._owners, self._annotations = [], []
        self._canvas.showPage()

    def finish(self, root: Element) -> bytes:
        """Return the file with its structure, the fonts cut down to what was printed, the pages numbered from 1."""
        for page in range(len(self._tagged_pages)):
            self._canvas.addPageLabel(page, "ARABIC", page + 1)
        add_structure(self.document, root, self._tagged_pages)
        named: dict[str, PDFObject] = self.document.idToObject[_ALL_FONTS].dict  # type: ignore[attr-defined]
        for font, name in self._fonts.items():
            named[name] = font.write(self.document, name)
        for page in self.document.Pages.pages:  # type: ignore[attr-defined]
            page.stream = page.stream.encode("ascii")  # as it is; reportlab's own codec looks each character up
        self._canvas.save()
        return self._buffer.getvalue()

    def _opening(self) -> str:
        """Return the operator that begins marked content of the current element, or an artifact."""
        if self._element is None:
            return "/Artifact BMC"
        number = len(self._owners)
        self._owners.append(self._element)
        self._element.own(Marked(len(self._tagged_pages), number))
        return f"/{self._element.tag} <</MCID {number}>> BDC"

    def _link(self, box: tuple[float, float, float, float], address: str, goal: Destination | None = None) -> None:
        """Add an annotation of the current element, a Link, which says in words where it leads."""
        if self._element is None:
            return
        annotation = LinkAnnotation(box, self._element.alternative, address, goal)
        self._element.own(Annotated(len(self._tagged_pages), len(self._annotations)))
        # reportlab's own links cannot be tagged.
        name = f"link{len(self._tagged_pages)}-{len(self._annotations)}"
        self._annotations.append((annotation, self._element, self.document.annotationName(name)))
        self._canvas._addAnnotation(annotation, name)  # type: ignore[attr-defined]  # noqa: SLF001


class _TextLine:
    """The operators of one line of text; positions are kept exact to a thousandth of an em."""

    __slots__ = ("_baseline", "_operators", "_pen", "_shown", "_state", "_x")

    def __init__(self, pen: Pen, baseline: float) -> None:
        self._pen, self._baseline = pen, baseline
        self._operators = ["BT"]
        self._shown: list[str] = []
        self._state: tuple[Font | None, float, str, float] = (None, 0.0, "", 0.0)
        self._x = 0.0

    def add(self, word: Word) -> None:
        x, text, look = word
        size = look.size
        for font, shown, width in self._pen.faces.runs(text, look.face):
            state = (font, size, look.colour, look.rise)
            if state != self._state:
                self._change(state, x)
            back = round((self._x - x) * 1000 / size)
            code = font.encode(shown)
            if back:
                self._shown.append(f"{back}<{code}>")
                self._x -= back * size / 1000
            elif self._shown:
                self._shown[-1] = f"{self._shown[-1][:-1]}{code}>"
            else:
                self._shown.append(f"<{code}>")
            self._x += width * size
            x += width * size

    def finished(self) -> str:
        self._flush()
        if self._state[3]:  # a rise outlives the text object it was set in
            self._operators.append("0 Ts")
        return "\n".join([*self._operators, "ET"])

    def _change(self, state: tuple[Font, float, str, float], x: float) -> None:
        self._flush()
        font, size, colour, rise = state
        if colour != self._state[2]:
            self._operators.append(self._pen.colour(colour))
        self._operators.append(f"/{self._pen.font_name(font)} {size:.2f} Tf 1 0 0 1 {x:.2f} {self._baseline:.2f} Tm")
        if rise != self._state[3]:
            self._operators.append(f"{rise:.2f} Ts")
        self._state, self._x = state, x

    def _flush(self) -> None:
        if self._shown:
            self._operators.append(f"[{''.join(self._shown)}] TJ")
            self._shown = []
