"""A workbook that goes back has comments on the cells that are named, and is the sender's own in all else."""

from __future__ import annotations

import io
import re
import zipfile
from pathlib import Path

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl.chart import BarChart
from openpyxl.chart import Reference as ChartReference
from openpyxl.comments import Comment
from openpyxl.drawing.image import Image as PlacedPicture
from openpyxl.worksheet.table import Table
from openpyxl.worksheet.worksheet import Worksheet
from PIL import Image

from clusterreport.data.sources import annotating
from clusterreport.data.sources.annotating import annotated
from clusterreport.errors import ProblemsError
from tests.data.sources.packages import (
    by_libreoffice,
    comments_in,
    faults_by_sdk,
    other_parts,
    parts_of,
    values_by_libreoffice,
)
from tests.data.sources.workbooks import PLACE, book, clerk, saved, with_part

SHEET = "xl/worksheets/sheet1.xml"
RELATIONS = "xl/worksheets/_rels/sheet1.xml.rels"
TYPES = "[Content_Types].xml"
NEW = {"xl/comments1.xml", "xl/drawings/vmlDrawing1.vml", RELATIONS, SHEET, TYPES}
C7 = (7, 2)
THREADS = "http://schemas.microsoft.com/office/2017/10/relationships/threadedComment"


def marked(content: bytes, *cells: tuple[int, int], text: str = "写成数") -> bytes:
    return annotated(content, PLACE, {"名录": {cell: [text] for cell in cells}}, "收表核对").content


def rich(sheet: Worksheet) -> None:
    """Put on a sheet what stands around the reference to comments: a chart, a picture, a table with its range."""
    picture = io.BytesIO()
    Image.new("RGB", (8, 8), "red").save(picture, "PNG")
    sheet.add_image(PlacedPicture(picture), "H2")
    chart = BarChart()
    chart.add_data(ChartReference(sheet, min_col=3, min_row=5, max_row=7))
    sheet.add_chart(chart, "J2")
    for row in (("甲", "乙"), (1, 2)):
        sheet.append([*[None] * 7, *row])
    sheet.add_table(Table(displayName="T", ref=f"H{sheet.max_row - 1}:I{sheet.max_row}"))
    sheet.row_dimensions[6].hidden = True
    sheet["C7"] = "=C5+1"
    sheet.conditional_formatting.add("C5:C9", openpyxl.formatting.rule.CellIsRule("lessThan", ["0"]))
    sheet.protection.sheet = True


class Stream(io.RawIOBase):
    """A file that can only be written on, as a download is."""

    def __init__(self) -> None:
        """Begin empty."""
        super().__init__()
        self.written = bytearray()

    def writable(self) -> bool:
        return True

    def write(self, content: object) -> int:
        self.written += bytes(content)  # type: ignore[call-overload]
        return len(content)  # type: ignore[arg-type]


def commented(sheet: Worksheet) -> None:
    sheet["C7"].comment = Comment("问过统计局", "张三")
    sheet["A5"].comment = Comment("省会", "张三")


def test_the_cells_that_are_named_have_a_comment_and_no_others() -> None:
    assert comments_in(marked(clerk(), C7, (9, 0))) == {"名录!C7": "写成数", "名录!A9": "写成数"}


def test_every_other_part_is_the_same_to_the_byte() -> None:
    for content in (clerk(), clerk(rich)):
        assert other_parts(content, marked(content, C7)) == NEW


def test_of_the_sheet_only_the_reference_is_new() -> None:
    content = clerk(rich)
    before, after = (parts_of(each)[SHEET] for each in (content, marked(content, C7)))
    added = re.findall(rb"<legacyDrawing [^>]*/>", after)
    assert len(added) == 1
    assert after.replace(added[0], b"") == before


def test_the_reference_stands_before_what_has_to_follow_it() -> None:
    sheet = parts_of(marked(clerk(rich), C7))[SHEET]
    assert sheet.index(b"<drawing ") < sheet.index(b"<legacyDrawing ") < sheet.index(b"<tableParts ")


def test_a_second_sheet_gets_boxes_of_its_own() -> None:
    made = book()
    made.create_sheet("说明")["A1"] = "x"
    cells = {"名录": {C7: ["甲"]}, "说明": {(1, 0): ["乙", "丙", "乙"]}}
    content = annotated(saved(made), PLACE, cells, "desk").content
    assert comments_in(content) == {"名录!C7": "甲", "说明!A1": "乙\n丙"}
    assert {"xl/comments2.xml", "xl/drawings/vmlDrawing2.vml"} <= parts_of(content).keys()


def test_comments_that_stand_there_survive_and_what_is_added_follows_them() -> None:
    content = clerk(commented)
    after = marked(content, C7, (9, 0))
    assert comments_in(after) == {
        "名录!C7": "问过统计局\n收表核对: 写成数", "名录!A5": "省会", "名录!A9": "写成数",
    }  # fmt: skip
    changed = other_parts(content, after)
    assert changed == {"xl/comments/comment1.xml", "xl/drawings/commentsDrawing1.vml", TYPES}
    old, new = (parts_of(each)["xl/drawings/commentsDrawing1.vml"] for each in (content, after))
    assert new.startswith(old.rpartition(b"</")[0])
    assert len(re.findall(rb"<x:Row>", new)) == 1  # of A9: the others have their boxes


def test_no_two_boxes_have_one_number() -> None:
    drawing = parts_of(marked(clerk(commented), (9, 0), (9, 1)))["xl/drawings/commentsDrawing1.vml"]
    numbers = re.findall(rb'id="(_x0000_s[0-9]+)"', drawing)
    assert len(numbers) == len(set(numbers)) == 4


def test_a_box_stands_at_its_cell() -> None:
    drawing = parts_of(marked(clerk(), (9, 4)))["xl/drawings/vmlDrawing1.vml"].decode()
    assert "<x:Row>8</x:Row><x:Column>4</x:Column>" in drawing
    assert re.search(r"<x:Anchor>5, 12, 7, 8, 9, 12, [0-9]+, 8</x:Anchor>", drawing)


def test_parts_that_were_written_as_a_stream_have_their_sizes_before_them() -> None:
    streamed = Stream()
    with zipfile.ZipFile(streamed, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, part in parts_of(clerk()).items():
            archive.writestr(name, part)
    content = bytes(streamed.written)
    after = marked(content, C7)
    assert other_parts(content, after) == NEW
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(io.BytesIO(after)) as new:
        assert all(info.flag_bits & 8 for info in old.infolist())
        assert not any(info.flag_bits & 8 for info in new.infolist())


def test_threads_of_comments_are_left_untouched() -> None:
    one = '<threadedComment ref="C7" id="{1}"><text>?</text></threadedComment>'
    thread = f'<ThreadedComments xmlns="x">{one}</ThreadedComments>'
    content = with_part(clerk(commented), "xl/threadedComments/threadedComment1.xml", lambda _: thread.encode())
    relation = f'<Relationship Type="{THREADS}" Target="/xl/threadedComments/threadedComment1.xml" Id="t"/>'.encode()
    content = with_part(
        content, RELATIONS, lambda part: part.replace(b"</Relationships>", relation + b"</Relationships>")
    )
    found = annotated(content, PLACE, {"名录": {C7: ["写成数"], (9, 0): ["写上"]}}, "desk")
    assert found.threads == ("名录!C7",)
    assert comments_in(found.content)["名录!C7"] == "问过统计局"
    assert comments_in(found.content)["名录!A9"] == "写上"


def test_a_comment_that_stands_in_for_a_thread_is_known_by_its_author() -> None:
    def change(sheet: Worksheet) -> None:
        sheet["C7"].comment = Comment("[Threaded comment]", "tc={0A1B}")

    content = clerk(change)
    found = annotated(content, PLACE, {"": {C7: ["写成数"]}}, "desk")
    assert (found.threads, found.commented) == (("名录!C7",), 0)
    assert found.content == content


def test_a_cell_within_merged_ones_is_spoken_of_by_the_first() -> None:
    assert comments_in(marked(clerk(), (6, 0), text="写上城市")) == {"名录!A5": "写上城市"}


def test_macros_and_the_name_of_their_kind_are_kept() -> None:
    content = with_part(clerk(), "xl/vbaProject.bin", lambda _: b"\xd0\xcf\x11\xe0macro")
    assert parts_of(marked(content, C7))["xl/vbaProject.bin"] == b"\xd0\xcf\x11\xe0macro"


def test_a_sheet_whose_names_have_a_prefix_is_commented_too() -> None:
    def change(part: bytes) -> bytes:
        return re.sub(rb"<(/?)(?=[a-zA-Z])", rb"<\1x:", part).replace(b"xmlns=", b"xmlns:x=")

    after = marked(with_part(clerk(), SHEET, change), C7)
    assert b'<x:legacyDrawing xmlns:r="' in parts_of(after)[SHEET]
    assert comments_in(after) == {"名录!C7": "写成数"}


def test_characters_that_no_workbook_may_hold_do_not_spoil_it() -> None:
    assert comments_in(marked(clerk(), C7, text="a\x01<b>&\ud800")) == {"名录!C7": "a\ufffd<b>&\ufffd"}


def test_a_sheet_is_given_so_many_comments_and_no_more(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(annotating, "MOST_COMMENTS", 2)
    found = annotated(clerk(), PLACE, {"": {cell: ["x"] for cell in [(9, 0), C7, (5, 0)]}}, "desk")
    assert (found.commented, found.left_out) == (2, 1)
    assert comments_in(found.content).keys() == {"名录!A5", "名录!C7"}


def test_parts_are_not_unpacked_to_be_taken_over() -> None:
    bomb = with_part(clerk(), "xl/media/image1.png", lambda _: bytes(200 * 1024 * 1024))
    after = marked(bomb, C7)
    assert len(after) < len(bomb) + 10_000
    with zipfile.ZipFile(io.BytesIO(after)) as archive:
        assert archive.getinfo("xl/media/image1.png").file_size == 200 * 1024 * 1024


def test_a_part_that_lies_outside_of_the_file_is_told() -> None:
    content = bytearray(clerk())
    place = content.rindex(b"PK\x01\x02")
    content[place + 20 : place + 24] = (10_000_000).to_bytes(4, "little")
    with pytest.raises(ProblemsError, match=r"its parts do not lie within it|cannot be unpacked"):
        marked(bytes(content), C7)


def test_the_same_workbook_has_the_same_bytes() -> None:
    content = clerk(rich)
    assert marked(content, C7, (9, 0)) == marked(content, (9, 0), C7)


@pytest.mark.slow
@pytest.mark.parametrize("change", [lambda _sheet: None, rich, commented], ids=["plain", "rich", "commented"])
def test_the_open_xml_sdk_finds_nothing_that_it_did_not_find_before(change: object, tmp_path: Path) -> None:
    content = clerk(change)  # type: ignore[arg-type]
    assert faults_by_sdk(marked(content, C7, (9, 0)), tmp_path) == faults_by_sdk(content, tmp_path)


@pytest.mark.slow
def test_libreoffice_shows_the_same_values_and_keeps_the_comments(tmp_path: Path) -> None:
    content = clerk(commented)
    after = marked(content, C7, (9, 0))
    assert values_by_libreoffice(after, tmp_path) == values_by_libreoffice(content, tmp_path)
    saved_again = by_libreoffice(after, "xlsx", tmp_path, "xlsm")
    assert comments_in(saved_again) == comments_in(after)


COMMENTED = clerk(commented)
PARTS = (SHEET, RELATIONS, TYPES, "xl/comments/comment1.xml", "xl/drawings/commentsDrawing1.vml", "xl/workbook.xml")


@pytest.mark.slow
@given(st.sampled_from(PARTS), st.integers(0, 10_000), st.binary(max_size=8), st.integers(0, 8))
def test_any_damage_within_a_part_is_told_or_does_none(part: str, place: int, new: bytes, length: int) -> None:
    def change(content: bytes) -> bytes:
        start = place % len(content)
        return content[:start] + new + content[start + length :]

    told = ""
    try:
        assert parts_of(marked(with_part(COMMENTED, part, change), C7, (9, 0)))
    except ProblemsError as error:
        told = str(error)
    assert not told or told.startswith(PLACE)
