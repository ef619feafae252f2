"""Files of every kind are read to their places; foreign, truncated and hostile ones are refused with a sentence."""

from __future__ import annotations

import io
import json
import time
import zipfile
from pathlib import Path
from typing import TYPE_CHECKING

import pikepdf
import pytest
from docx import Document
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen.canvas import Canvas

import clusterreport
from clusterreport.app.verification import commented, judged
from clusterreport.errors import UsageError
from clusterreport.factcheck.texts import pieces_of_text
from clusterreport.verify.verdicts import FactVerdict

if TYPE_CHECKING:
    from collections.abc import Callable

BODY = '<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body>{}</w:body></w:document>'
ENTITIES = '<!DOCTYPE a [<!ENTITY a "aaaaaaaaaa">' + "".join(
    f'<!ENTITY {chr(98 + n)} "{("&" + chr(97 + n) + ";") * 10}">' for n in range(9)
)


@pytest.fixture
def ledger(tmp_path: Path) -> Path:
    rows = [{"dataset": "things.csv", "where": "place = 甲地", "count": 14, "ranges": ["2-15"], "digest": ""}]
    basis = {"kind": "computed", "label": "各地方工厂数", "formula": "逐一计数", "inputs": [], "rows": rows}
    number = {
        "id": "n1",
        "name": "things[甲地]",
        "amount": "14",
        "unit": "家",
        "bound": "",
        "printed": ["14家"],
        "basis": basis,
    }
    path = tmp_path / "facts.json"
    path.write_text(json.dumps({"numbers": [number], "statements": [], "claims": []}), encoding="utf-8")
    return path


def word_file(path: Path) -> Path:
    document = Document()
    document.add_paragraph("甲地有工厂14家。")
    paragraph = document.add_paragraph("甲地有")
    paragraph.add_run("工厂1").bold = True
    paragraph.add_run("5家。")
    table = document.add_table(2, 2)
    for cell, words in zip(
        (*table.rows[0].cells, *table.rows[1].cells), ("地方", "工厂数", "甲地", "16家"), strict=True
    ):
        cell.text = words
    document.sections[0].header.paragraphs[0].text = "甲地有工厂17家。"
    document.save(str(path))
    return path


def test_a_word_file_is_read_to_its_places(tmp_path: Path, ledger: Path) -> None:
    found = judged(word_file(tmp_path / "draft.docx"), ledger)
    faults = [(each.place, each.words) for each in found if each.is_fault]
    assert faults == [
        ("paragraph 2", "15家"),
        ("table 1, row 2, column 2", "16家"),
        ("the header of the pages", "17家"),
    ]


def test_each_fault_gets_its_comment_at_its_words(tmp_path: Path, ledger: Path) -> None:
    file = word_file(tmp_path / "draft.docx")
    before = file.read_bytes()
    commented(file, judged(file, ledger), tmp_path / "out.docx")
    made = Document(str(tmp_path / "out.docx"))
    comments = list(made.comments)
    assert len(comments) == 3
    assert [comment.text for comment in comments if "14家" not in comment.text] == []
    assert [each.text for each in made.paragraphs] == [each.text for each in Document(str(file)).paragraphs]
    body = made.element.xml
    marked = body[body.index("commentRangeStart") : body.rindex("commentRangeEnd")]
    assert "5家" in marked
    assert file.read_bytes() == before


def test_comments_are_written_over_nothing(tmp_path: Path, ledger: Path) -> None:
    file = word_file(tmp_path / "draft.docx")
    with pytest.raises(UsageError, match="is there already"):
        commented(file, judged(file, ledger), file)
    (tmp_path / "a.txt").write_text("甲地有工厂15家。", encoding="utf-8")
    with pytest.raises(UsageError, match="only a Word file"):
        commented(tmp_path / "a.txt", (), tmp_path / "out.docx")


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
def test_a_text_is_read_in_each_encoding_to_its_line(tmp_path: Path, ledger: Path, encoding: str) -> None:
    (tmp_path / "a.txt").write_text("# 草稿\n\n甲地的情况：\n甲地有工厂15\n家。\n", encoding=encoding)
    (found,) = judged(tmp_path / "a.txt", ledger)
    assert (found.place, found.words, found.verdict) == ("line 4", "15家", FactVerdict.CONTRADICTED)


def test_a_cell_of_a_table_in_markdown_is_of_its_row_and_column() -> None:
    pieces = list(pieces_of_text("| 地方 | 工厂数 |\n|---|---|\n| 甲地 | 15家 |\n".encode(), "a.md"))
    assert (pieces[-1].place, pieces[-1].heads) == ("line 3, column 2", "甲地 工厂数 ")


def test_what_is_struck_out_is_not_read(tmp_path: Path, ledger: Path) -> None:
    run = "<w:r><w:t>{}</w:t></w:r>"
    changed = "<w:del>" + run.format("15家") + "</w:del><w:ins>" + run.format("14家。") + "</w:ins>"
    path = zipped(tmp_path, BODY.format("<w:p>" + run.format("甲地有工厂") + changed + "</w:p>"))
    assert [each.words for each in judged(path, ledger)] == ["14家"]


def test_a_pdf_without_a_structure_is_read_by_its_lines(tmp_path: Path, ledger: Path) -> None:
    face = Path(clusterreport.__file__).parent / "fonts" / "song.ttf"
    pdfmetrics.registerFont(TTFont("a", str(face)))
    canvas = Canvas(str(tmp_path / "a.pdf"))
    canvas.setFont("a", 12)
    canvas.drawString(72, 700, "甲地有工厂14家，乙地")
    canvas.drawString(72, 680, "没有。甲地有工厂15家。")
    canvas.showPage()
    canvas.setFont("Helvetica", 12)
    canvas.drawString(72, 700, "Nobody counts 77 boats.")
    canvas.save()
    found = [(each.place, each.words, each.verdict.value) for each in judged(tmp_path / "a.pdf", ledger)]
    assert found == [
        ("page 1", "14家", "backed"),
        ("page 1", "15家", "contradicted"),
        ("page 2", "77", "unbacked"),
    ]


def zipped(folder: Path, document: str) -> Path:
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("word/document.xml", document)
    path = folder / "made.docx"
    path.write_bytes(written.getvalue())
    return path


def truncated_word(folder: Path) -> Path:
    path = word_file(folder / "cut.docx")
    path.write_bytes(path.read_bytes()[:3000])
    return path


def plain_zip(folder: Path) -> Path:
    path = folder / "a.docx"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("readme.txt", "nothing")
    return path


def bomb(folder: Path) -> Path:
    return zipped(folder, BODY.format("<w:p/>" * 1_300_000))


def entities(folder: Path) -> Path:
    return zipped(folder, ENTITIES + "]>" + BODY.format("<w:p><w:r><w:t>&j;</w:t></w:r></w:p>"))


def encrypted_pdf(folder: Path) -> Path:
    with pikepdf.new() as pdf:
        pdf.add_blank_page()
        pdf.save(folder / "a.pdf", encryption=pikepdf.Encryption(owner="a", user="b"))
    return folder / "a.pdf"


def blank_pdf(folder: Path) -> Path:
    with pikepdf.new() as pdf:
        pdf.add_blank_page()
        pdf.save(folder / "a.pdf")
    return folder / "a.pdf"


def bytes_of(content: bytes) -> Callable[[Path], Path]:
    def written(folder: Path) -> Path:
        (folder / "a.bin").write_bytes(content)
        return folder / "a.bin"

    return written


HOSTILE = {
    "cut in half": truncated_word,
    "a zip of something else": plain_zip,
    "unpacks to too much": bomb,
    "entities within entities": entities,
    "a workbook of before 2007": bytes_of(bytes.fromhex("D0CF11E0A1B11AE1") + b"\0" * 999),
    "an encrypted PDF": encrypted_pdf,
    "a PDF without text": blank_pdf,
    "a PDF cut off": bytes_of(b"%PDF-1.7\n1 0 obj"),
    "no text": bytes_of(b"\x00\x01\x02\xff"),
    "no file": lambda folder: folder / "none.txt",
    "a folder": lambda folder: folder,
}


@pytest.mark.parametrize("make", HOSTILE.values(), ids=HOSTILE)
def test_what_cannot_be_read_is_told_at_once(tmp_path: Path, ledger: Path, make: Callable[[Path], Path]) -> None:
    path = make(tmp_path)
    begun = time.process_time()
    with pytest.raises(UsageError) as caught:
        judged(path, ledger)
    assert time.process_time() - begun < 2
    (problem,) = caught.value.problems
    assert problem.problem
    assert problem.remedy.endswith(".")


def test_a_text_full_of_digits_ends(tmp_path: Path, ledger: Path) -> None:
    (tmp_path / "a.txt").write_text("1" * 60_000 + "，9亿" * 2_000, encoding="utf-8")
    begun = time.process_time()
    judged(tmp_path / "a.txt", ledger)
    assert time.process_time() - begun < 2
