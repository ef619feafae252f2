"""The PDF keeps to the machine-checkable rules of PDF/A-3a and PDF/UA-1, and every planted defect is caught."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pikepdf
import pytest
from pikepdf import Dictionary, Name, Stream

from clusterreport.document.model import Callout, Footnote, Listing, NumberedDocument, Paragraph, Section, Table, Text
from clusterreport.document.reading import inlines_text
from clusterreport.document.walking import parts_of
from clusterreport.renderers import Attachment
from clusterreport.renderers.pdf import render
from clusterreport.theme import Theme, load_theme
from tests.renderers.pdf.conformance import broken_rules
from tests.renderers.pdf.structure_check import check
from tests.renderers.pdf.test_extremes import wide
from tests.samples import english, paragraph, province_table, sample, small

THEMES = Path(__file__).parents[3] / "templates" / "themes"
DATA = Attachment("data.csv", "text/csv", "a table", "Source", "甲,1\n".encode())


def every_kind_of_block() -> NumberedDocument:
    note = Footnote((Text("注"),), 1)
    nested = Listing(((paragraph("外"), Listing(((paragraph("里"),), (paragraph("又里"),)), ordered=True)),))
    return small(Callout("提示", (Paragraph((Text("话"), note)), nested)), wide(14, 40, laid=True), paragraph("后文。"))


DOCUMENTS: dict[str, Callable[[], NumberedDocument]] = {
    "sample": sample,
    "english": english,
    "blocks": every_kind_of_block,
    "empty": small,
    "long": lambda: small(province_table(400)),
}


def elements(pdf: pikepdf.Pdf, tag: str) -> Iterator[Any]:
    def walk(element: Any) -> Iterator[Any]:  # noqa: ANN401 -- pikepdf's objects
        yield element
        children = element.get("/K", [])
        for child in children if isinstance(children, pikepdf.Array) else [children]:
            if isinstance(child, Dictionary) and "/S" in child:
                yield from walk(child)

    return (element for element in walk(pdf.Root.StructTreeRoot.K) if str(element.S) == f"/{tag}")


def first(pdf: pikepdf.Pdf, tag: str) -> Any:  # noqa: ANN401 -- as above
    return next(elements(pdf, tag))


def link(pdf: pikepdf.Pdf) -> Any:  # noqa: ANN401 -- as above
    return next(annotation for page in pdf.pages for annotation in page.obj.get("/Annots", []))


def in_metadata(old: bytes, new: bytes) -> Callable[[pikepdf.Pdf], None]:
    def spoil(pdf: pikepdf.Pdf) -> None:
        content = pdf.Root.Metadata.read_bytes()
        assert old in content
        stream = Stream(pdf, content.replace(old, new))
        stream.Type, stream.Subtype = Name.Metadata, Name.XML
        pdf.Root.Metadata = stream

    return spoil


def in_page(old: bytes, new: bytes) -> Callable[[pikepdf.Pdf], None]:
    def spoil(pdf: pikepdf.Pdf) -> None:
        content = pdf.pages[1].Contents.read_bytes()
        assert old in content
        pdf.pages[1].Contents.write(content.replace(old, new, 1))

    return spoil


def without_unicode(pdf: pikepdf.Pdf) -> None:
    for font in pdf.pages[1].Resources.Font.values():
        if "/ToUnicode" in font:
            del font["/ToUnicode"]


def swapped_owners(pdf: pikepdf.Pdf) -> None:
    numbers = pdf.Root.StructTreeRoot.ParentTree.Nums
    numbers[1][0], numbers[3][0] = numbers[3][0], numbers[1][0]


def owned_twice(pdf: pikepdf.Pdf) -> None:
    one, other = list(elements(pdf, "P"))[:2]
    other.K.append(one.K[0])


DEFECTS: dict[str, Callable[[pikepdf.Pdf], None]] = {
    "a figure without words": lambda pdf: first(pdf, "Figure").__delitem__("/Alt"),
    "no language": lambda pdf: pdf.Root.__delitem__("/Lang"),
    "a link without words": lambda pdf: link(pdf).__delitem__("/Contents"),
    "a link without its element": lambda pdf: link(pdf).__delitem__("/StructParent"),
    "no claim of PDF/UA": in_metadata(b"<pdfuaid:part>1</pdfuaid:part>", b""),
    "a heading level skipped": lambda pdf: first(pdf, "H2").__setitem__("/S", Name.H5),
    "a list that is a paragraph": lambda pdf: first(pdf, "L").__setitem__("/S", Name.P),
    "a heading cell without scope": lambda pdf: first(pdf, "TH").__delitem__("/A"),
    "a footnote without a name": lambda pdf: first(pdf, "Note").__delitem__("/ID"),
    "a decoration that is content": in_page(b"/Artifact BMC", b"q"),
    "an attachment without relation": lambda pdf: pdf.Root.AF[0].__delitem__("/AFRelationship"),
    "no colour profile": lambda pdf: pdf.Root.__delitem__("/OutputIntents"),
    "no way back to characters": without_unicode,
    "a title that is not shown": lambda pdf: pdf.Root.__delitem__("/ViewerPreferences"),
    "a tag of one's own": lambda pdf: first(pdf, "H1").__setitem__("/S", Name("/标题")),
    "not marked as tagged": lambda pdf: pdf.Root.__delitem__("/MarkInfo"),
}
UNSEEN_BY_VERAPDF: dict[str, Callable[[pikepdf.Pdf], None]] = {
    "owners swapped": swapped_owners,
    "content owned twice": owned_twice,
    "content that nothing owns": in_page(b"/MCID 0>>", b"/MCID 4711>>"),
    "a row with a cell less": lambda pdf: first(pdf, "TR").K.__delitem__(0),
    "a level skipped": lambda pdf: first(pdf, "H2").__setitem__("/S", Name.H4),
    "paint without a mark": in_page(b"/Artifact BMC", b"q"),
}


@pytest.fixture(scope="module")
def with_data(theme: Theme) -> bytes:
    return render(sample(), theme, (DATA,)).content


def spoiled(content: bytes, defect: Callable[[pikepdf.Pdf], None]) -> bytes:
    written = io.BytesIO()
    with pikepdf.open(io.BytesIO(content)) as pdf:
        defect(pdf)
        pdf.save(written)
    return written.getvalue()


@pytest.mark.parametrize("name", DOCUMENTS)
def test_each_content_has_one_owner_and_is_read_in_order(name: str, theme: Theme) -> None:
    assert check(render(DOCUMENTS[name](), theme).content) == []


@pytest.mark.parametrize("defect", UNSEEN_BY_VERAPDF, ids=lambda name: name.replace(" ", "-"))
def test_our_own_check_sees(with_data: bytes, defect: str) -> None:
    assert check(spoiled(with_data, UNSEEN_BY_VERAPDF[defect])) != []


def test_the_tree_is_read_in_the_order_of_the_model(theme: Theme) -> None:
    document = sample()
    with pikepdf.open(io.BytesIO(render(document, theme).content)) as pdf:
        figures = [str(figure.Alt) for figure in elements(pdf, "Figure")]
        tables = len(list(elements(pdf, "Table")))
        notes = len(list(elements(pdf, "Note")))
    parts = list(parts_of(document))
    assert figures == [part.description for part in parts if hasattr(part, "description")]
    assert tables == sum(isinstance(part, Table) for part in parts)
    assert notes == sum(isinstance(part, Footnote) for part in parts)
    assert all(inlines_text(part.children, "zh") for part in parts if isinstance(part, Footnote))
    assert sum(isinstance(part, Section) for part in parts) > 1


def test_attachments_come_out_as_they_went_in(with_data: bytes) -> None:
    with pikepdf.open(io.BytesIO(with_data)) as pdf:
        assert {name: pdf.attachments[name].get_file().read_bytes() for name in pdf.attachments} == {
            "data.csv": DATA.content
        }


def test_a_plain_file_claims_nothing_and_carries_nothing(theme: Theme) -> None:
    with pikepdf.open(io.BytesIO(render(sample(), theme, (DATA,), conforming=False).content)) as pdf:
        assert b"pdfaid:part" not in pdf.Root.Metadata.read_bytes()
        assert "/OutputIntents" not in pdf.Root
        assert not list(pdf.attachments)


@pytest.mark.slow
def test_verapdf_finds_every_look_and_language_in_order(tmp_path: Path) -> None:
    paths = []
    for theme in sorted(THEMES.glob("*.toml")):
        look = load_theme(theme, theme.name)
        for name, document in DOCUMENTS.items():
            path = tmp_path / f"{theme.stem}-{name}.pdf"
            path.write_bytes(render(document(), look, (DATA,)).content)
            paths.append(path)
    found = broken_rules(*paths)
    assert {name: rules for name, rules in found.items() if rules} == {}
    assert len(found) == len(paths)


@pytest.mark.slow
def test_verapdf_sees_every_planted_defect(with_data: bytes, tmp_path: Path) -> None:
    paths = []
    for place, defect in enumerate(DEFECTS.values()):
        path = tmp_path / f"{place}.pdf"
        path.write_bytes(spoiled(with_data, defect))
        paths.append(path)
    found = broken_rules(*paths)
    assert [name for place, name in enumerate(DEFECTS) if not found.get(f"{place}.pdf")] == []
