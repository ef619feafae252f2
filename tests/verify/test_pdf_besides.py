"""What a PDF holds beside its pages, read from files that are made here."""

from __future__ import annotations

import io
from collections.abc import Callable
from typing import Any

import pikepdf
import pytest
from pikepdf import Array, Dictionary, Name, String

from clusterreport.verify.pdf_besides import BOOKMARK, LINK, SIGNED, SPOKEN, pdf_properties, pdf_texts_beside
from clusterreport.verify.word_besides import TextBeside

RDF = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
PROPERTIES = "the PDF, its properties"


def made(change: Callable[[pikepdf.Pdf], object]) -> bytes:
    """Return a PDF of two pages after a change."""
    pdf, written = pikepdf.new(), io.BytesIO()
    pdf.add_blank_page()
    pdf.add_blank_page()
    change(pdf)
    pdf.save(written, fix_metadata_version=False)
    return written.getvalue()


# ── structure, bookmarks, links ──────────────────────────────────────────────────────────────────────────────────────


def test_what_elements_are_called_is_read_but_for_alternative_texts_of_figures() -> None:
    def told(pdf: pikepdf.Pdf) -> None:
        inner = Dictionary(S=Name.Span, E=String("全称3"), K=7)
        table = Dictionary(S=Name.Table, T=String("表4"), K=Array([1, inner, Dictionary(Type=Name.MCR, MCID=2)]))
        figure = Dictionary(S=Name.Figure, Alt=String("图5"), ActualText=String("读作6"))
        first = Dictionary(S=Name.P, Alt=String("说1"), ActualText=String("读作2"), K=table)
        pdf.Root.StructTreeRoot = Dictionary(Type=Name.StructTreeRoot, K=Array([first, figure]))

    found = pdf_texts_beside(made(told))
    assert {(one.where, one.tag) for one in found} == {("the PDF, its structure", SPOKEN)}
    assert sorted(one.text for one in found) == sorted(["说1", "读作2", "全称3", "表4", "读作6"])
    assert pdf_texts_beside(made(lambda _: None)) == ()


def test_bookmarks_and_links_are_read_in_their_order() -> None:
    def told(pdf: pikepdf.Pdf) -> None:
        with pdf.open_outline() as outline:
            first, second = pikepdf.OutlineItem("一", 0), pikepdf.OutlineItem("二", 1)
            first.children.append(pikepdf.OutlineItem("（一）", 0))
            outline.root.extend([first, second])
        notes = [Dictionary(Type=Name.Annot, Subtype=Name.Link, Contents=String("见图1")), Dictionary(Type=Name.Annot)]
        pdf.pages[1].Annots = Array([pdf.make_indirect(note) for note in notes])

    assert pdf_texts_beside(made(told)) == (
        *(TextBeside("the PDF, its bookmarks", title, BOOKMARK) for title in ("一", "（一）", "二")),
        TextBeside("page 2 of the PDF, a link", "见图1", LINK),
    )


# ── properties ───────────────────────────────────────────────────────────────────────────────────────────────────────


def metadata(content: str, before: str = "") -> Callable[[pikepdf.Pdf], object]:
    def told(pdf: pikepdf.Pdf) -> None:
        text = f"{before}<r:RDF xmlns:r='{RDF}' xmlns:d='urn:d/'><r:Description>{content}</r:Description></r:RDF>"
        pdf.Root.Metadata = pdf.make_stream(text.encode())

    return told


def test_metadata_are_read_by_the_names_of_their_properties_and_of_lists_by_that_of_the_list() -> None:
    listed = "".join(
        f"<d:{name}><r:{kind}><r:li>{text}</r:li></r:{kind}></d:{name}>"
        for name, kind, text in (("title", "Alt", "题目"), ("subject", "Bag", "词"), ("creator", "Seq", "某局"))
    )
    explained = "<s:part xmlns:s='http://www.aiim.org/pdfa/ns/schema#'>9</s:part>"
    found = pdf_properties(made(metadata(f"{listed}<d:part>3</d:part><d:none/><d:blank> </d:blank>{explained}")))
    assert found == tuple(
        TextBeside(PROPERTIES, text, tag)
        for text, tag in (("题目", "title"), ("词", "subject"), ("某局", "creator"), ("3", "part"))
    )

    def alone(pdf: pikepdf.Pdf) -> None:
        pdf.Root.Metadata = pdf.make_stream(f"<r:li xmlns:r='{RDF}'>5</r:li>".encode())

    assert pdf_properties(made(alone)) == (TextBeside(PROPERTIES, "5", "li"),)


def test_no_entity_of_the_metadata_is_followed() -> None:
    assert pdf_properties(made(metadata("<d:title>&e;</d:title>", "<!DOCTYPE x [<!ENTITY e '37'>]>"))) == ()


SIGNATURE: dict[str, Any] = {"Type": Name.Sig, "M": String("D:20250922100000Z")}


def signed(*fields: dict[str, Any], form: bool = True, **properties: str) -> bytes:
    """Return a PDF with the fields of a form, and with properties."""

    def told(pdf: pikepdf.Pdf) -> None:
        for name, value in properties.items():
            pdf.docinfo[f"/{name}"] = value
        if form:
            pdf.Root.AcroForm = Dictionary(Fields=Array([pdf.make_indirect(Dictionary(**one)) for one in fields]))

    return made(told)


FIELD = {"FT": Name.Sig, "V": Dictionary(**SIGNATURE)}
SIGNER = "clusterreport 0.1.0; pyHanko 0.25.1"


@pytest.mark.parametrize(
    ("fields", "name", "value", "tag"),
    [
        ([FIELD], "ModDate", "D:20250922100059Z", SIGNED),
        ([FIELD], "ModDate", "D:20250922095901Z", SIGNED),
        ([FIELD], "ModDate", "D:20250922100100Z", "ModDate"),  # a minute later
        ([FIELD], "ModDate", "D:20250922095900Z", "ModDate"),
        ([FIELD], "CreationDate", "D:20250922100000Z", "CreationDate"),
        ([FIELD], "Producer", SIGNER, SIGNED),
        ([FIELD], "Producer", f"{SIGNER} 7", "Producer"),
        ([FIELD], "Creator", SIGNER, "Creator"),
        ([{"FT": Name.Sig, "V": Dictionary(Type=Name.Sig)}], "ModDate", "D:20250922100000Z", "ModDate"),
        ([{"FT": Name.Sig, "V": Dictionary(Type=Name.Sig)}], "Producer", SIGNER, SIGNED),
        ([{"FT": Name.Sig}], "Producer", SIGNER, "Producer"),  # not signed yet
        ([{"FT": Name.Tx, "V": Dictionary(**SIGNATURE)}], "ModDate", "D:20250922100000Z", "ModDate"),
        ([{"FT": Name.Tx, "V": String("甲")}], "Producer", SIGNER, "Producer"),
        ([], "Producer", SIGNER, "Producer"),
    ],
)
def test_signing_leaves_its_time_and_its_name_among_the_properties(
    fields: list[dict[str, Any]], name: str, value: str, tag: str
) -> None:
    assert pdf_properties(signed(*fields, **{name: value})) == (TextBeside(PROPERTIES, value, tag),)  # type: ignore[arg-type]


def test_a_file_without_a_form_or_with_one_without_fields_is_not_signed() -> None:
    plain = (TextBeside(PROPERTIES, SIGNER, "Producer"),)
    assert pdf_properties(signed(form=False, Producer=SIGNER)) == plain

    def empty(pdf: pikepdf.Pdf) -> None:
        pdf.docinfo["/Producer"] = SIGNER
        pdf.Root.AcroForm = Dictionary()

    assert pdf_properties(made(empty)) == plain
