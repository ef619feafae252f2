"""A PDF is read along its structure: files of a few elements, put together by hand."""

from __future__ import annotations

import io
from typing import Any

import pikepdf
import pytest
from pikepdf import Array, Dictionary, Name

from clusterreport.errors import ProblemsError
from clusterreport.verify.passages import Passage
from clusterreport.verify.pdf_file import PdfFile, read_pdf_file
from clusterreport.verify.pdf_pages import UNTAGGED, texts_of

SIGNS = [*map(chr, range(0x20, 0x100)), *"甲乙丙前后注题无主饰①—"]
CODES = [sign.encode("utf-16-be").hex() for sign in SIGNS]  # every code is its own sign
MAP = f"{len(CODES)} beginbfchar {' '.join(f'<{code}> <{code}>' for code in CODES)} endbfchar".encode()


def shown(words: str) -> str:
    """Return one text object that shows ``words``."""
    return f"BT /F1 9 Tf <{words.encode('utf-16-be').hex()}> Tj ET"


def words_of(page: pikepdf.Page, fonts: dict[tuple[int, int], dict[bytes, str]]) -> dict[int, list[str]]:
    """Return the words of each mark of a page, without the keys of numbers."""
    return {number: [one.text for one in texts] for number, texts in texts_of(page, fonts).items()}


def mark(number: int, words: str) -> str:
    return f"/P <</MCID {number}>> BDC {shown(words)} EMC"


class Draft:
    """A PDF of pages with contents, and a structure tree that is built from the inside."""

    def __init__(self, *pages: str) -> None:
        """Begin with pages that have these contents."""
        self.pdf = pikepdf.new()
        codes = self.pdf.make_indirect(Dictionary(Type=Name.Font, ToUnicode=self.pdf.make_stream(MAP)))
        self.pages = []
        for content in pages:
            page = self.pdf.add_blank_page()
            page.Resources = Dictionary(Font=Dictionary(F1=codes))
            page.Contents = self.pdf.make_stream(content.encode())
            self.pages.append(page.obj)

    def element(self, tag: str, *kids: Any, page: int | None = 0, **more: Any) -> Any:  # noqa: ANN401 -- pikepdf's objects
        made = Dictionary(S=Name(f"/{tag}"), K=Array(list(kids)), **more)
        if page is not None:
            made.Pg = self.pages[page]
        return self.pdf.make_indirect(made)

    def read(self, *kids: Any) -> PdfFile:  # noqa: ANN401 -- as above
        if kids:
            self.pdf.Root.StructTreeRoot = self.pdf.make_indirect(Dictionary(K=Array(list(kids))))
        self.pdf.save(written := io.BytesIO())
        return read_pdf_file(written.getvalue())


@pytest.mark.parametrize(
    ("tag", "kind", "level"),
    [
        ("P", "text", 0), ("H1", "heading", 0), ("H2", "heading", 1), ("H4", "heading", 3), ("H5", "heading", 4),
        ("H6", "heading", 4), ("Caption", "caption", 0), ("TD", "cell", 0), ("TH", "cell", 0), ("Note", "footnote", 0),
        ("TOCI", "contents", 0), ("Lbl", "text", 0),
    ],
)  # fmt: skip
def test_an_element_is_what_its_tag_says(tag: str, kind: Any, level: int) -> None:  # noqa: ANN401 -- one of the kinds
    draft = Draft(mark(0, "甲"))
    assert draft.read(draft.element(tag, 0)).passages == (Passage(kind, "甲", level, page=1),)


def test_there_are_six_levels_of_headings() -> None:
    draft = Draft(mark(0, "甲"))
    assert draft.read(draft.element("H7", 0)).passages == ()


def test_a_piece_begins_on_the_page_of_its_first_words_and_goes_on() -> None:
    draft = Draft("", mark(0, "前"), mark(3, "后"))
    on = Dictionary(Type=Name.MCR, MCID=3, Pg=draft.pages[2])
    read = draft.read(draft.element("P", 0, on, page=1))
    assert read.passages == (Passage("text", "前后", page=2),)


def test_several_text_objects_of_one_mark_are_one_piece_and_soft_hyphens_are_nothing() -> None:
    draft = Draft("/P <</MCID 0>> BDC " + shown("ab\u00ad") + shown("cd") + " EMC")
    assert draft.read(draft.element("P", 0)).passages == (Passage("text", "abcd", page=1),)


def test_what_stands_within_others_is_read_where_it_stands() -> None:
    draft = Draft(mark(0, "甲") + mark(1, "乙") + mark(2, "丙"))
    span = draft.element("Span", 1)
    read = draft.read(draft.element("Document", draft.element("Sect", draft.element("P", 0, span, 2))))
    assert read.passages == (Passage("text", "甲乙丙", page=1),)


def test_a_footnote_is_read_behind_the_piece_that_marks_it() -> None:
    draft = Draft(mark(0, "甲") + mark(1, "①注") + mark(2, "乙"))
    read = draft.read(draft.element("P", 0, draft.element("Note", 1), 2))
    assert read.passages == (Passage("text", "甲乙", page=1), Passage("footnote", "①注", page=1))


def test_empty_pieces_say_nothing_but_empty_cells_are_cells() -> None:
    draft = Draft(mark(0, " "))
    row = draft.element("TR", draft.element("TD"), draft.element("TH", 0))
    read = draft.read(draft.element("P", 0), draft.element("Table", row))
    assert read.passages == (Passage("cell", "", 1), Passage("cell", " ", 2, page=1))


def test_an_item_bears_its_label_and_only_its_first_piece() -> None:
    draft = Draft(mark(0, " 1. ") + mark(1, "甲") + mark(2, "乙"))
    body = draft.element("LBody", draft.element("P", 1), draft.element("P", 2))
    item = draft.element("LI", draft.element("Lbl", 0), body)
    assert draft.read(draft.element("L", item)).passages == (
        Passage("text", "甲", marker="1.", page=1), Passage("text", "乙", page=1),
    )  # fmt: skip
    inner = draft.element("LBody", draft.element("H2", 1), draft.element("P", 2))
    (first, second) = draft.read(draft.element("LI", draft.element("Lbl", 0), inner)).passages
    assert (first.marker, second.marker) == ("1.", "")


def test_a_figure_has_its_description_its_drawing_and_the_pieces_within() -> None:
    draft = Draft(
        mark(0, "14") + mark(1, "题") + mark(2, "8") + f"/Figure <</MCID 3>> BDC {shown('3')} {shown('5')} EMC"
    )
    first = draft.element("Figure", 0, draft.element("Caption", 1), 2, Alt="第一图")
    second = draft.element("Figure", 3)
    read = draft.read(first, second)
    assert read.passages == (
        Passage("caption", "题", page=1), Passage("picture", "第一图", page=1, picture=0),
        Passage("picture", "", page=1, picture=1),
    )  # fmt: skip
    assert [tuple(one.text for one in drawing) for drawing in read.drawings] == [("14", "8"), ("3", "5")]


def test_what_no_element_owns_is_told_by_page() -> None:
    draft = Draft(mark(0, "甲") + mark(1, "无主") + f"/Artifact BMC {shown('— 1 —')} EMC", shown("饰"), "")
    read = draft.read(draft.element("P", 0))
    assert [sorted(page) for page in read.untagged] == [["— 1 —", "无主"], ["饰"], []]


def test_a_file_without_a_structure_says_nothing_and_all_its_words_belong_to_nothing() -> None:
    read = Draft(mark(0, "甲")).read()
    assert (read.passages, read.drawings, read.untagged, read.attached) == ((), (), (("甲",),), {})


def test_attachments_are_read() -> None:
    draft = Draft("")
    draft.pdf.attachments["facts.json"] = b"[]"
    assert draft.read().attached == {"facts.json": b"[]"}


def test_other_kids_of_an_element_are_passed_by() -> None:
    draft = Draft(mark(0, "甲"))
    reference = Dictionary(Type=Name.OBJR, Obj=draft.pages[0])
    link = draft.element("Link", 0, reference)
    assert draft.read(draft.element("Sect", reference, draft.element("P", link))).passages == (
        Passage("text", "甲", page=1),
    )  # fmt: skip


def test_the_only_kid_of_an_element_may_stand_without_a_list() -> None:
    draft = Draft(mark(7, "甲"))
    only = draft.pdf.make_indirect(Dictionary(S=Name.P, K=7, Pg=draft.pages[0]))
    assert draft.read(only).passages == (Passage("text", "甲", page=1),)


@pytest.mark.parametrize("content", [b"", b"%PDF-1.7", b"no PDF at all"])
def test_what_is_no_pdf_is_told(content: bytes) -> None:
    with pytest.raises(ProblemsError) as raised:
        read_pdf_file(content)
    (problem,) = raised.value.problems
    assert problem.where == "the PDF"
    assert problem.problem.startswith("it cannot be read back: ")


def test_pieces_of_a_page_are_told_apart_by_text_objects() -> None:
    draft = Draft(
        "BT /F1 9 Tf <0041> Tj [<0042> -9 <0043>] TJ ET BT <0044> ' ET /P <</MCID 2>> BDC BT <0045> Tj EMC <0046> Tj ET"
    )
    assert words_of(draft.pdf.pages[0], {}) == {UNTAGGED: ["ABC", "DF"], 2: ["E"]}


def test_a_mark_with_a_name_for_its_properties_belongs_to_the_content_around_it() -> None:
    draft = Draft(
        f"/P <</MCID 4>> BDC /Span /Names BDC {shown('甲')} EMC /Span <</Lang (en)>> BDC {shown('乙')} EMC EMC"
    )
    assert words_of(draft.pdf.pages[0], {}) == {4: ["甲", "乙"]}


def test_a_font_without_a_map_is_not_readable_and_a_page_may_have_no_font() -> None:
    with pikepdf.new() as pdf:
        page = pdf.add_blank_page()
        page.Resources = Dictionary(Font=Dictionary(F1=pdf.make_indirect(Dictionary(Type=Name.Font))))
        page.Contents = pdf.make_stream(shown("甲乙").encode())
        assert words_of(page, {}) == {UNTAGGED: ["\ufffd\ufffd"]}
        bare = pdf.add_blank_page()
        assert words_of(bare, {}) == {}


def test_a_map_is_read_once_for_all_pages() -> None:
    draft = Draft(shown("甲"), shown("乙"))
    fonts: dict[tuple[int, int], dict[bytes, str]] = {}
    words_of(draft.pdf.pages[0], fonts)
    (key,) = fonts
    fonts[key] = {"乙".encode("utf-16-be"): "known"}
    assert words_of(draft.pdf.pages[1], fonts) == {UNTAGGED: ["known"]}


def test_ranges_begin_anew_behind_each_list() -> None:
    section = b"2 beginbfrange <0001> <0002> [<0041> <0042>] <0003> <0004> <0058> <0005> <0005> <d867de3d> endbfrange"
    with pikepdf.new() as pdf:
        page = pdf.add_blank_page()
        font = pdf.make_indirect(Dictionary(Type=Name.Font, ToUnicode=pdf.make_stream(section)))
        page.Resources = Dictionary(Font=Dictionary(F1=font))
        page.Contents = pdf.make_stream(b"BT /F1 9 Tf <00010002000300040005> Tj ET")
        assert words_of(page, {}) == {UNTAGGED: ["ABXY\U00029e3d"]}
