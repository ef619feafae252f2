"""The readers know the formats, not only what our own writers make of them."""

from __future__ import annotations

import pikepdf
import pytest
from lxml import etree

from clusterreport.verify.pdf_pages import UNTAGGED, Shown, Texts, texts_of
from clusterreport.verify.word_lists import Numbering

WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"


def numbering(form: str, text: str, restart: str = "") -> Numbering:
    level = (
        f'<w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="{form}"/><w:suff w:val="nothing"/>'
        f'<w:lvlText w:val="{text}"/></w:lvl><w:lvl w:ilvl="1"><w:start w:val="1"/><w:numFmt w:val="decimal"/>'
        '<w:lvlText w:val="%1.%2"/></w:lvl>'
    )
    numbers = "".join(f'<w:num w:numId="{number}"><w:abstractNumId w:val="0"/>{restart}</w:num>' for number in (1, 2))
    return Numbering(
        etree.fromstring(
            f'<w:numbering xmlns:w="{WORD}"><w:abstractNum w:abstractNumId="0">{level}</w:abstractNum>{numbers}'
            "</w:numbering>"
        )
    )


@pytest.mark.parametrize(
    ("form", "text", "labels"),
    [
        ("decimal", "%1.", ["1.", "2.", "3."]),
        ("chineseCountingThousand", "（%1）", ["（一）", "（二）", "（三）"]),
        ("bullet", "•", ["•", "•", "•"]),
    ],
)
def test_a_list_counts_on(form: str, text: str, labels: list[str]) -> None:
    lists = numbering(form, text)
    assert [lists.next_label("1", 0)[0] for _ in labels] == labels


def test_tens_are_counted_as_word_counts_them() -> None:
    lists = numbering("chineseCountingThousand", "%1")
    labels = [lists.next_label("1", 0)[0] for _ in range(31)]
    assert (labels[9], labels[10], labels[19], labels[20], labels[30]) == ("十", "十一", "二十", "二十一", "三十一")


def test_a_deeper_level_begins_anew_under_each_higher_one() -> None:
    lists = numbering("decimal", "%1.")
    labels = [lists.next_label("1", level)[0] for level in (0, 1, 1, 0, 1)]
    assert labels == ["1.", "1.1", "1.2", "2.", "2.1"]


def test_two_lists_of_a_kind_count_on_unless_the_second_restarts() -> None:
    on, anew = numbering("decimal", "%1."), numbering("decimal", "%1.", '<w:lvlOverride w:ilvl="0"><w:startOverride w:val="1"/></w:lvlOverride>')  # fmt: skip # noqa: E501 -- the shape of the part
    assert [lists.next_label(number, 0)[0] for lists in (on, anew) for number in ("1", "2")] == ["1.", "2.", "1.", "1."]


def test_no_list_gives_no_label() -> None:
    assert Numbering(None).next_label("0", 0) == ("", "")


@pytest.mark.parametrize(
    ("section", "read"),
    [
        ("2 beginbfchar\n<0001> <6C5F>\n<0002> <82CF>\nendbfchar", "江苏"),
        ("1 beginbfrange\n<0001> <0002> <0041>\nendbfrange", "AB"),
        ("1 beginbfrange\n<0001> <0002> [<6C5F> <82CF>]\nendbfrange", "江苏"),
        ("1 beginbfchar\n<0001> <D867DE3D>\nendbfchar\n1 beginbfchar\n<0002> <2014 2014>\nendbfchar", "\U00029e3d——"),
        ("1 beginbfchar\n<0001> <6C5F>\nendbfchar", "江\ufffd"),
        ("1 beginbfrange\n<0001> <0001> <0041>\nendbfrange", "A\ufffd"),
    ],
)
def test_glyph_codes_are_read_by_every_kind_of_unicode_map(section: str, read: str) -> None:
    assert read_page(section, "BT /F1 9 Tf [<0001> -120 <0002>] TJ ET") == {UNTAGGED: [Shown(read)]}


def test_text_belongs_to_the_innermost_mark_that_has_a_number() -> None:
    content = "/P <</MCID 4>> BDC /Span BMC BT /F1 9 Tf <0001> Tj ET EMC EMC BT /F1 9 Tf <0002> Tj ET"
    section = "2 beginbfchar\n<0001> <6C5F>\n<0002> <82CF>\nendbfchar"
    assert read_page(section, content) == {4: [Shown("江")], UNTAGGED: [Shown("苏")]}


def test_what_says_a_number_of_a_chart_bears_its_key() -> None:
    content = (
        "/Figure <</MCID 4>> BDC BT /F1 9 Tf <0001> Tj ET /Span <</XXNumber (0.3)>> BDC BT /F1 9 Tf <0002> Tj ET EMC "
        "BT /F1 9 Tf <0001> Tj ET EMC"
    )
    section = "2 beginbfchar\n<0001> <6C5F>\n<0002> <0038>\nendbfchar"
    assert read_page(section, content) == {4: [Shown("江"), Shown("8", "0.3"), Shown("江")]}


def read_page(section: str, content: str) -> Texts:
    """Return the texts of a page with ``content``, whose font has a Unicode map of one section."""
    with pikepdf.new() as pdf:
        page = pdf.add_blank_page()
        codes = pdf.make_stream(section.encode())
        font = pdf.make_indirect(pikepdf.Dictionary(Type=pikepdf.Name.Font, ToUnicode=codes))
        page.Resources = pikepdf.Dictionary(Font=pikepdf.Dictionary(F1=font))
        page.Contents = pdf.make_stream(content.encode())
        return texts_of(page, {})
