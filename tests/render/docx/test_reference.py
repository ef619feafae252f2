"""A Word file in a house's letterhead: its pages, heads, feet, logo and styles; our text, numbers and order."""

from __future__ import annotations

import hashlib
import io
import os
import subprocess
import sys
import zipfile
from collections.abc import Callable, Mapping
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from lxml import etree

from clusterreport.document.model import NumberedDocument, Section
from clusterreport.render import Rendered
from clusterreport.render.docx import render
from clusterreport.render.docx.reference import ReferenceDocument, load
from clusterreport.theme import Theme, load_theme
from tests.render.docx.conftest import BRIEFING, PAGES
from tests.render.docx.letterheads import REMOTE, TEMPLATE, changed, drawing, header, letterhead, logo
from tests.render.docx.package_check import A, R, W, check
from tests.render.docx.reading_back import paragraphs_of, part_of, text_of, values
from tests.render.docx.test_docx import printed
from tests.render.docx.test_package import every_kind_of_block, validated
from tests.samples import english, paragraph, province_table, sample, small

ROOT = Path(__file__).parents[3]
PLACE = "templates/audiences/bureau/letterhead.docx"
SCRIPT = """
import hashlib, sys
from pathlib import Path
sys.path.insert(0, sys.argv[1])
from clusterreport.render.docx import render
from clusterreport.render.docx.reference import load
from clusterreport.theme import load_theme
from tests.samples import sample
theme = load_theme(Path(sys.argv[1]) / "templates" / "themes" / "briefing.toml", "briefing.toml")
letterhead = load(Path(sys.argv[2]), "letterhead.docx")
print(hashlib.sha256(render(sample(), theme, {"overview": 2, "sources": 5}, letterhead).content).hexdigest())
"""
FACES = {"ascii", "hAnsi", "eastAsia", "cs"}


@pytest.fixture
def load_changed(tmp_path: Path) -> Callable[..., ReferenceDocument]:
    """Return a function that reads the letterhead with some of its parts changed."""

    def read(changes: Mapping[str, bytes | str | None] | None = None) -> ReferenceDocument:
        path = tmp_path / "letterhead.docx"
        path.write_bytes(letterhead(changes))
        return load(path, PLACE)

    return read


@pytest.fixture
def applied(load_changed: Callable[..., ReferenceDocument], theme: Theme) -> Callable[..., Rendered]:
    """Return a function that writes a document in the letterhead with some of its parts changed."""

    def write(
        changes: Mapping[str, bytes | str | None] | None = None, document: NumberedDocument | None = None
    ) -> Rendered:
        written = render(document or sample(), theme, PAGES, load_changed(changes))
        assert check(written.content) == []
        return written

    return write


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory) -> Rendered:
    """Return the sample in the letterhead, written once for all tests that only read it."""
    path = tmp_path_factory.mktemp("house") / "letterhead.docx"
    path.write_bytes(letterhead())
    return render(sample(), load_theme(BRIEFING, "briefing.toml"), PAGES, load(path, PLACE))


def tree_of(written: Rendered, name: str) -> Any:  # noqa: ANN401 -- lxml finds None or an element
    return etree.fromstring(part_of(written.content, f"word/{name}.xml"))


def names_in(written: Rendered) -> list[str]:
    with zipfile.ZipFile(io.BytesIO(written.content)) as archive:
        return archive.namelist()


def style_called(written: Rendered, name: str) -> Any:  # noqa: ANN401 -- as above
    styles = tree_of(written, "styles").iter(W + "style")
    return next(style for style in styles if style.find(W + "name").get(W + "val") == name)


def faces_of(style: Any) -> dict[str, str]:  # noqa: ANN401 -- as above
    return {key.removeprefix(W): face for key, face in style.find(f".//{W}rFonts").attrib.items()}


def test_styles_are_found_by_their_names_and_used_by_their_ids(house: Rendered) -> None:
    assert check(house.content) == []
    text = tree_of(house, "document")
    assert paragraphs_of(text, "1") == ["总体情况", "区域分布", "数据来源与说明"]
    assert any(words.startswith("从批次看") for words in paragraphs_of(text, "a9"))
    assert "af" in values(text, "rPr/rStyle")
    assert not paragraphs_of(text, "BodyText") + paragraphs_of(text, "Heading1")


def test_a_name_is_found_in_any_case_and_as_another_name(applied: Callable[..., Rendered]) -> None:
    louder = changed("word/styles.xml", '<w:name w:val="heading 1"/>', '<w:name w:val="Heading  1"/>')
    assert paragraphs_of(tree_of(applied(louder), "document"), "1") != []
    other = changed(
        "word/styles.xml", '<w:name w:val="Body Text"/>', '<w:name w:val="公文正文"/><w:aliases w:val="x,body text"/>'
    )
    assert paragraphs_of(tree_of(applied(other), "document"), "a9") != []


def test_styles_that_are_missing_come_from_the_look(house: Rendered, theme: Theme) -> None:
    title = style_called(house, "Title")
    assert faces_of(title)["eastAsia"] == theme.faces[theme.style("title").face].word
    assert title.find(f"{W}basedOn").get(W + "val") == "BriefingBase"
    assert paragraphs_of(tree_of(house, "document"), title.get(W + "styleId")) == ["80个国家级先进制造业集群发展情况"]


def test_no_paragraph_of_ours_follows_the_normal_of_the_house(house: Rendered) -> None:
    for name in ("document", "footnotes"):
        paragraphs = list(tree_of(house, name).iter(W + "p"))
        styles = {part.find(f"{W}pPr/{W}pStyle").get(W + "val") for part in paragraphs}
        assert "a" not in styles
        assert "BriefingBase" in styles


def test_a_name_or_an_id_that_is_taken_by_another_kind_of_style_is_left_to_it(house: Rendered) -> None:
    assert style_called(house, "批示").get(W + "styleId") == "Note"
    assert style_called(house, "Lead").get(W + "type") == "character"
    ours = style_called(house, "Briefing Lead").get(W + "styleId")
    assert any(words.startswith("截至2025年9月") for words in paragraphs_of(tree_of(house, "document"), ours))
    assert style_called(house, "Note").get(W + "styleId") == "BriefingNote"


def test_the_lead_and_lower_headings_follow_the_text_of_the_house(house: Rendered) -> None:
    lead = style_called(house, "Briefing Lead")
    assert lead.find(f"{W}basedOn").get(W + "val") == "a9"
    assert values(style_called(house, "heading 3"), "rPr/sz") == ["28"]


def test_the_page_is_that_of_the_letterhead(house: Rendered) -> None:
    (section,) = tree_of(house, "document").iter(W + "sectPr")
    margins = {key.removeprefix(W): length for key, length in section.find(W + "pgMar").attrib.items()}
    assert margins == {
        "top": "2268", "right": "1531", "bottom": "1701", "left": "1644",
        "header": "851", "footer": "992", "gutter": "0",
    }  # fmt: skip
    assert section.find(W + "docGrid").get(W + "linePitch") == "312"
    assert b"<w:mirrorMargins/>" in part_of(house.content, "word/settings.xml")
    assert section.find(W + "pgNumType") is None  # the contents count from one


def test_tables_and_charts_fill_the_text_area_of_the_letterhead(house: Rendered) -> None:
    text = tree_of(house, "document")
    room = 11906 - 1531 - 1644
    widths = [int(table.find(f"{W}tblPr/{W}tblW").get(W + "w")) for table in text.iter(W + "tbl")]
    assert widths
    assert all(abs(width - room) < 12 for width in widths)


def test_only_the_very_first_page_has_the_head_of_first_pages(applied: Callable[..., Rendered]) -> None:
    wide = replace(province_table(2), wide=True)
    written = applied(document=small(paragraph("前"), wide, paragraph("后")))
    sections = list(tree_of(written, "document").iter(W + "sectPr"))
    assert [section.find(W + "titlePg") is not None for section in sections] == [True, False, False]
    assert [section.find(W + "pgSz").get(W + "orient") for section in sections] == [None, "landscape", None]
    assert all(len(section.findall(W + "headerReference")) == 3 for section in sections)


def test_heads_and_feet_come_with_their_logo_which_lies_in_the_file_once(house: Rendered) -> None:
    stories = [name for name in names_in(house) if name.startswith(("word/header", "word/footer"))]
    assert len(stories) == 6
    (picture,) = [name for name in names_in(house) if name.startswith("word/media/letterhead")]
    assert part_of(house.content, picture) == logo()
    first = tree_of(house, "header1")
    assert text_of(first) == "广州市××研究中心 www.example.org"
    assert len(list(first.iter(W + "drawing"))) == 1
    assert b"<w:evenAndOddHeaders/>" in part_of(house.content, "word/settings.xml")


def test_a_page_number_that_shows_no_words_yet_is_a_whole_field(house: Rendered) -> None:
    foot = next(tree_of(house, name) for name in ("footer4", "footer5") if text_of(tree_of(house, name)))
    assert [mark.get(W + "fldCharType") for mark in foot.iter(W + "fldChar")] == ["begin", "separate", "end"]
    assert text_of(foot) == "第页内部"


def test_nothing_leads_out_of_the_file_but_our_own_links(house: Rendered) -> None:
    with zipfile.ZipFile(io.BytesIO(house.content)) as archive:
        parts = {name: archive.read(name).decode("utf-8", "replace") for name in archive.namelist()}
    for address in (REMOTE, TEMPLATE, "secret", "https://www.example.org/"):
        assert [name for name, part in parts.items() if address in part] == []
    outside = [name for name, part in parts.items() if 'TargetMode="External"' in part]
    assert outside == ["word/_rels/document.xml.rels"]


def test_what_was_left_behind_is_said(house: Rendered) -> None:
    numbering = "the numbering of the style “heading {}” (the briefing counts its own, as the PDF does)"
    assert set(house.left_out) == {
        "a link (its words stay), in the header of first pages",
        "a picture that lies outside of the file, in the header of default pages",
        *(f"a field that reads from elsewhere (its words stay), in the footer of {page} pages"
          for page in ("default", "first", "even")),
        "the template or the data outside of it to which it is attached",
        "its protection against changes",
        numbering.format(1),
        numbering.format(2),
    }  # fmt: skip


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        (changed("word/document.xml", '<w:cols w:space="425"/>', '<w:cols w:num="2"/>'), "its columns of text"),
        (changed("word/document.xml", "<w:cols ", '<w:lnNumType w:countBy="1"/><w:cols '), "the numbers of its lines"),
        (
            changed("word/document.xml", "<w:docGrid ", '<w:textDirection w:val="tbRl"/><w:docGrid '),
            "the direction of its lines",
        ),
        (
            changed("word/document.xml", "<w:body>", "<w:body><w:p>" + drawing("") + "</w:p>"),
            "the pictures in its text (only those in a header or footer are)",
        ),
        (
            changed("word/document.xml", "<w:body>", "<w:body><w:p><w:pPr><w:sectPr/></w:pPr></w:p>"),
            "the pages of its other sections than the first",
        ),
        (
            changed("word/document.xml", "<w:body>", '<w:background w:color="FFEEEE"/><w:body>'),
            "the colour behind its pages",
        ),
    ],
)  # fmt: skip
def test_what_no_briefing_takes_over_is_said(
    changes: dict[str, str], said: str, load_changed: Callable[..., ReferenceDocument]
) -> None:
    assert said in load_changed(changes).left
    assert said not in load_changed().left


def test_the_words_are_the_same_with_a_letterhead_and_without(house: Rendered, chinese: bytes) -> None:
    with_it, without = (
        [text_of(one) for one in etree.fromstring(part_of(content, "word/document.xml")).iter(W + "p")]
        for content in (house.content, chinese)
    )
    assert with_it == without


def test_headings_and_lists_count_with_our_numbers_beside_those_of_the_house(house: Rendered) -> None:
    numbering = tree_of(house, "numbering")
    kinds = {
        number.get(W + "numId"): number.find(W + "abstractNumId").get(W + "val") for number in numbering.iter(W + "num")
    }
    abstract = {kind.get(W + "abstractNumId"): kind for kind in numbering.iter(W + "abstractNum")}
    assert values(abstract[kinds["1"]], "lvl/lvlText") == ["第%1章"]
    heading = style_called(house, "heading 1").find(f"{W}pPr/{W}numPr")
    ours = abstract[kinds[heading.find(W + "numId").get(W + "val")]]
    assert values(ours, "lvl/lvlText")[:2] == ["%1、", "（%2）"]
    third = style_called(house, "heading 3").get(W + "styleId")
    assert values(ours, "lvl/pStyle")[:3] == ["1", "2", third]
    assert list(abstract[kinds["1"]].iter(W + "pStyle")) == []
    used = {number for number in values(tree_of(house, "document"), "numPr/numId") if number != "0"}
    assert used
    assert all(values(abstract[kinds[number]], "lvl/lvlText")[0] in {"•", "%1."} for number in used)


def test_the_faces_of_the_house_win_and_roles_of_the_office_theme_become_names(house: Rendered) -> None:
    assert faces_of(tree_of(house, "styles").find(f"{W}docDefaults")) == {
        "ascii": "Calibri", "hAnsi": "Calibri", "eastAsia": "等线", "cs": "Calibri",
    }  # fmt: skip
    assert faces_of(style_called(house, "heading 1"))["eastAsia"] == "微软雅黑"
    assert faces_of(style_called(house, "heading 2")) == faces_of(style_called(house, "heading 1"))
    body = faces_of(style_called(house, "Body Text"))
    assert (body["ascii"], body["eastAsia"]) == ("Calibri", "仿宋")
    assert faces_of(style_called(house, "标题 1 字符"))["ascii"] == "Cambria"


def test_no_face_comes_from_the_office_theme_whose_colours_stay(house: Rendered) -> None:
    for name in names_in(house):
        if name.endswith(".xml") and name != "word/theme/theme1.xml":
            tree = etree.fromstring(part_of(house.content, name))
            roles = [key for fonts in tree.iter(W + "rFonts") for key in fonts.attrib if "heme" in str(key)]
            assert roles == [], name
    theme = tree_of(house, "theme/theme1")
    assert theme.find(f".//{A}accent1/{A}srgbClr").get("val") == "C8161D"
    assert b"<w:clrSchemeMapping " in part_of(house.content, "word/settings.xml")


def test_a_latin_face_for_chinese_words_gives_way_to_the_look(applied: Callable[..., Rendered]) -> None:
    latin = changed("word/styles.xml", 'w:eastAsiaTheme="minorEastAsia"', 'w:eastAsiaTheme="minorHAnsi"')
    written = applied(latin)
    assert faces_of(tree_of(written, "styles").find(f"{W}docDefaults"))["eastAsia"] == "宋体"
    assert faces_of(style_called(written, "footer"))["eastAsia"] == "宋体"


def test_strong_words_take_the_face_of_the_houses_text(house: Rendered) -> None:
    strong = [
        run.find(f"{W}rPr/{W}rFonts").get(W + "eastAsia")
        for run in tree_of(house, "document").iter(W + "r")
        if run.find(f"{W}rPr/{W}b") is not None and run.find(f"{W}rPr/{W}rFonts") is not None
    ]
    assert set(strong) == {"仿宋"}


def test_without_body_text_a_normal_with_a_chinese_face_is_the_text(applied: Callable[..., Rendered]) -> None:
    styles = changed("word/styles.xml", '<w:name w:val="Body Text"/>', '<w:name w:val="别的"/>')["word/styles.xml"]
    written = applied({"word/styles.xml": styles})
    assert style_called(written, "Body Text").find(f"{W}basedOn").get(W + "val") == "BriefingBase"
    faced = styles.replace(
        '<w:jc w:val="both"/></w:pPr></w:style>',
        '<w:jc w:val="both"/></w:pPr><w:rPr><w:rFonts w:eastAsia="方正仿宋"/></w:rPr></w:style>',
        1,
    )
    written = applied({"word/styles.xml": faced})
    body = style_called(written, "Body Text")
    assert body.find(f"{W}basedOn").get(W + "val") == "a"
    assert faces_of(body)["eastAsia"] == "方正仿宋"
    assert body.find(f"{W}pPr/{W}ind").get(W + "firstLineChars") == "200"


def test_a_letterhead_without_feet_gets_page_numbers_where_printers_reach(
    applied: Callable[..., Rendered],
) -> None:
    text = changed("word/document.xml", 'w:footer="992"', 'w:footer="0"')["word/document.xml"]
    for kind, name in (("default", "footer1"), ("first", "footer1"), ("even", "footer2")):
        text = text.replace(f'<w:footerReference w:type="{kind}" r:id="rId{name}"/>', "")
    written = applied({"word/document.xml": text})
    (section,) = tree_of(written, "document").iter(W + "sectPr")
    feet = {foot.get(W + "type"): foot.get(R + "id") for foot in section.findall(W + "footerReference")}
    assert feet == {"default": "rIdFooterOdd", "even": "rIdFooterEven", "first": "rIdFooterFirst"}
    assert int(section.find(W + "pgMar").get(W + "footer")) >= 400


def test_a_letterhead_without_heads_and_feet_has_those_of_the_look(applied: Callable[..., Rendered]) -> None:
    bare = "<w:p/>"
    text = changed("word/document.xml", "<w:p><w:r><w:t>此处为正文。</w:t></w:r></w:p>", bare)["word/document.xml"]
    written = applied({"word/document.xml": text[: text.index("<w:sectPr>")] + "</w:body></w:document>"})
    (section,) = tree_of(written, "document").iter(W + "sectPr")
    assert section.find(W + "titlePg") is None
    assert len(section.findall(W + "footerReference")) == 2
    assert section.find(W + "pgSz").get(W + "w") == "11906"


def run(words: str) -> str:
    return f"<w:r><w:t>{words}</w:t></w:r>"


# what a head holds: (its XML, the words that stay, what is said)
HEADS = {
    "changes under review": (
        f"<w:p><w:ins>{run('新')}</w:ins><w:del><w:r><w:delText>旧</w:delText></w:r></w:del></w:p>", "新", "",
    ),
    "a bookmark of ours": (
        f'<w:p><w:bookmarkStart w:id="101" w:name="_Ref_x"/>{run("字")}<w:bookmarkEnd w:id="101"/></w:p>', "字", "",
    ),
    "a field of another file": (
        f'<w:p><w:fldSimple w:instr=" INCLUDETEXT c:/x.docx ">{run("旧文")}</w:fldSimple></w:p>', "旧文", "a field",
    ),
    "a field within a field of another file": (
        ('<w:p><w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText>LINK </w:instrText></w:r>'
        f'<w:r><w:fldChar w:fldCharType="begin"/><w:instrText>PAGE</w:instrText><w:fldChar w:fldCharType="separate"/>'
        f'</w:r>{run("9")}<w:r><w:fldChar w:fldCharType="end"/></w:r><w:r><w:fldChar w:fldCharType="separate"/></w:r>'
        f'{run("旧文")}<w:r><w:fldChar w:fldCharType="end"/></w:r></w:p>'), "旧文", "a field",
    ),
    "a page number": (f'<w:p><w:fldSimple w:instr=" PAGE ">{run("1")}</w:fldSimple></w:p>', "1", ""),
    "an object": (
        ('<w:p><w:r><w:object><o:OLEObject xmlns:o="urn:schemas-microsoft-com:office:office" r:id="rId9"/></w:object>'
        "</w:r></w:p>"), "", "an object",
    ),
    "another file": ('<w:altChunk r:id="rId9"/><w:p/>', "", "an object"),
    "a style and a list that are not there": (
        '<w:p><w:pPr><w:pStyle w:val="gone"/><w:numPr><w:ilvl w:val="0"/><w:numId w:val="77"/></w:numPr></w:pPr></w:p>',
        "", "",
    ),
    "a picture here and elsewhere": ("<w:p>" + drawing('r:embed="rId1" r:link="rId2"') + "</w:p>", "", "a picture"),
    "a field without end": (f'<w:p><w:r><w:fldChar w:fldCharType="begin"/></w:r>{run("无尾")}</w:p>', "", ""),
    "a blank": (f"<w:p>{run(' ')}</w:p>", "", ""),
    "a cell without a paragraph": (
        ('<w:tbl><w:tblPr><w:jc w:val="start"/></w:tblPr><w:tblGrid><w:gridCol w:w="9"/></w:tblGrid>'
        "<w:tr><w:tc/></w:tr></w:tbl>"), "", "",
    ),
}  # fmt: skip


@pytest.mark.parametrize("holds", HEADS, ids=lambda name: name.replace(" ", "-"))
def test_a_head_is_cleaned_of_what_belongs_to_its_letterhead(holds: str, applied: Callable[..., Rendered]) -> None:
    content, stays, said = HEADS[holds]
    written = applied({"word/header2.xml": header(content)})
    assert text_of(tree_of(written, "header2")) == stays
    told = [what for what in written.left_out if what.endswith("in the header of default pages")]
    assert [what.startswith(said) for what in told] == ([True] if said else [])


def test_the_bytes_are_the_same_in_another_process(house: Rendered, tmp_path: Path) -> None:
    path = tmp_path / "letterhead.docx"
    path.write_bytes(letterhead())
    command = [sys.executable, "-c", SCRIPT, str(ROOT), str(path)]
    environment = os.environ | {"PYTHONHASHSEED": "4711"}
    done = subprocess.run(command, capture_output=True, text=True, timeout=60, env=environment, check=True)
    assert done.stdout.strip() == hashlib.sha256(house.content).hexdigest()


@cache
def deep() -> NumberedDocument:
    """Return headings on five levels, of which a letterhead has two."""
    from clusterreport.document.numbering import number

    section = Section("level-6", "层", (paragraph("底"),))
    for level in range(5, 0, -1):
        section = Section(f"level-{level}", "层", (), (section,))
    return number(replace(small().document, sections=(section,)))


@pytest.mark.slow
@pytest.mark.parametrize("document", [sample, english, every_kind_of_block, deep])
def test_the_validator_finds_nothing_in_a_letterhead(
    document: Callable[[], NumberedDocument], applied: Callable[..., Rendered], tmp_path: Path
) -> None:
    assert validated(applied(document=document()).content, tmp_path) == []


@pytest.mark.slow
def test_libreoffice_prints_the_heads_of_the_house_and_the_numbers_of_the_model(
    house: Rendered, applied: Callable[..., Rendered], tmp_path: Path
) -> None:
    pages = printed(house.content, tmp_path)
    assert "广州市××研究中心" in pages[0]
    assert "第1页内部" in pages[0]
    assert "双页页眉" in pages[1]
    assert "单页页眉" in pages[2]
    assert "一、总体情况" in "".join(pages)
    assert "一、层（一）层1.层（1）层（1）层" in "".join(printed(applied(document=deep()).content, tmp_path))
