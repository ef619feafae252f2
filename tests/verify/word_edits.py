"""What colleagues do to a Word file of ours: edits that change what its numbers say, and innocent ones."""

from __future__ import annotations

import copy
import io
import re
import zipfile
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from lxml import etree

from tests.verify.word_spoiling import W, packed, parts_of, spoiled_file

Part = Any
Edit = Callable[[bytes], bytes]
A, B = "截至2025年9月", "从批次看"
"""How the two paragraphs begin that hold most numbers."""
CHART = "{http://schemas.openxmlformats.org/drawingml/2006/chart}"


@dataclass(frozen=True, slots=True)
class PlantedEdit:
    """An edit, and what must be told of it: the kind, words of the place, and words of the number."""

    make: Edit
    kind: str
    place: str
    words: str


def text_of(element: Part) -> str:
    return "".join(text.text or "" for text in element.iter(W + "t"))


def paragraph(tree: Part, words: str) -> Part:
    found = [each for each in tree.iter(W + "p") if words in text_of(each)]
    return found[0]


def heading(tree: Part, words: str) -> Part:
    """Return the heading itself, behind its line in the contents."""
    return [each for each in tree.iter(W + "p") if text_of(each) == words][-1]


def row(tree: Part, name: str, nth: int = 0) -> Part:
    return [each for each in tree.iter(W + "tr") if text_of(each).startswith(name) and len(each.findall(W + "tc")) > 2][
        nth
    ]


def in_body(change: Callable[[Part], None]) -> Edit:
    return lambda content: spoiled_file(content, change)


def exchange(words: str, old: str, new: str, part: str = "word/document.xml") -> Edit:
    """Return an edit of the runs of the paragraph with ``words``: ``old`` gives way to ``new``, once."""

    def change(tree: Part) -> None:
        rewrite(paragraph(tree, words), old, new)

    return lambda content: spoiled_file(content, change, part)


def rewrite(holder: Part, old: str, new: str) -> None:
    """Put ``new`` for ``old`` in the words of ``holder``, over the ends of its runs."""
    texts = list(holder.iter(W + "t"))
    whole = "".join(text.text or "" for text in texts)
    start = whole.index(old)
    end, place, first = start + len(old), 0, True
    for text in texts:
        own = text.text or ""
        left, right = max(start - place, 0), min(end - place, len(own))
        if left < right or (left == right == len(own) and not old):
            text.text = own[:left] + (new if first else "") + own[right:]
            first = False
        place += len(own)


def in_row(name: str, cell: int, old: str, new: str) -> Edit:
    return in_body(lambda tree: rewrite(row(tree, name).findall(W + "tc")[cell], old, new))


def control(holder: Part, words: str) -> list[Part]:
    """Return the start of a bookmark, its control and the bookmark's end."""
    found = next(each for each in holder.iter(W + "sdt") if text_of(each) == words)
    return [found.getprevious(), found, found.getnext()]


def remove(element: Part) -> None:
    element.getparent().remove(element)


def run(words: str) -> Part:
    made = etree.Element(W + "r")
    etree.SubElement(made, W + "t").text = words
    return made


def typed(words: str, added: str) -> Edit:
    """Return an edit that types words behind a paragraph."""
    return in_body(lambda tree: paragraph(tree, words).append(run(added)))


def new_paragraph(after: str, words: str) -> Edit:
    def change(tree: Part) -> None:
        made = etree.Element(W + "p")
        made.append(run(words))
        paragraph(tree, after).addnext(made)

    return in_body(change)


def _remove_control(tree: Part) -> None:
    remove(control(paragraph(tree, B), "77.8%")[1])


def _move_control(tree: Part) -> None:
    target = paragraph(tree, "先说数量")
    for part in control(paragraph(tree, B), "77.8%"):
        target.append(part)


def _copy_control(tree: Part) -> None:
    target = paragraph(tree, "先说数量")
    target.append(copy.deepcopy(control(paragraph(tree, B), "77.8%")[1]))


def _copy_control_beside(tree: Part) -> None:
    paragraph(tree, B).append(copy.deepcopy(control(paragraph(tree, B), "77.8%")[1]))


def _swap_controls(tree: Part) -> None:
    holder = paragraph(tree, A)
    one, other = control(holder, "45个"), control(holder, "35个")
    place = etree.Element(W + "r")
    one[0].addprevious(place)
    for part in one:
        other[0].addprevious(part)
    for part in other:
        place.addprevious(part)


def _swap_cells(tree: Part) -> None:
    first, second = row(tree, "江苏").findall(W + "tc")[1:3]
    first.addprevious(second)


def _swap_rows(tree: Part) -> None:
    rewrite(row(tree, "江苏").findall(W + "tc")[0], "江苏", "广东")


def _swap_names(tree: Part) -> None:
    holder = paragraph(tree, A)
    rewrite(holder, "广东、浙江各有", "××")
    rewrite(holder, "北京、河北、山东各有", "广东、浙江各有")
    rewrite(holder, "××", "北京、河北、山东各有")


def _copy_paragraph(tree: Part) -> None:
    paragraph(tree, "先说数量").addnext(copy.deepcopy(paragraph(tree, B)))


def _copy_row(tree: Part) -> None:
    row(tree, "江苏").addnext(copy.deepcopy(row(tree, "江苏")))


def _text_box(tree: Part) -> None:
    box = etree.fromstring(
        f'<w:r xmlns:w="{W[1:-1]}" xmlns:v="urn:schemas-microsoft-com:vml"><w:pict>'
        '<v:shape style="width:90pt;height:30pt">'
        "<v:textbox><w:txbxContent><w:p><w:r><w:t>另有7项</w:t></w:r></w:p></w:txbxContent></v:textbox></v:shape>"
        "</w:pict></w:r>"
    )
    paragraph(tree, "再说结构").append(box)


def _tracked(kind: str, words: str) -> Edit:
    def change(tree: Part) -> None:
        made = etree.Element(W + kind, {W + "id": "9001", W + "author": "王", W + "date": "2026-01-01T00:00:00Z"})
        made.append(run(words))
        paragraph(tree, "先说数量").append(made)

    return in_body(change)


def _tracked_deletion(tree: Part) -> None:
    start, held, _ = control(paragraph(tree, B), "77.8%")
    made = etree.Element(W + "del", {W + "id": "9002", W + "author": "王", W + "date": "2026-01-01T00:00:00Z"})
    start.addprevious(made)
    for one in list(held.iter(W + "r")):
        made.append(one)
    for text in made.iter(W + "t"):
        text.tag = W + "delText"
    remove(held)


def _comment(content: bytes) -> bytes:
    import docx

    document = docx.Document(io.BytesIO(content))
    document.add_comment(document.paragraphs[0].runs, text="应为88个", author="李", initials="L")
    saved = io.BytesIO()
    document.save(saved)
    return saved.getvalue()


def _in_chart(change: Callable[[Part], None]) -> Edit:
    return lambda content: spoiled_file(content, change, "word/charts/chart1")


def _raise_cache(tree: Part) -> None:
    value = next(tree.iter(CHART + "numCache")).find(f"{CHART}pt/{CHART}v")
    value.text = str(float(value.text) + 3)


def _workbook(content: bytes) -> bytes:
    parts = parts_of(content)
    inner = parts_of(parts["word/embeddings/workbook1.xlsx"])
    sheet = inner["xl/worksheets/sheet1.xml"]
    inner["xl/worksheets/sheet1.xml"] = re.sub(rb"<v>([0-9.]+)</v>", rb"<v>9\1</v>", sheet, count=1)
    return packed({**parts, "word/embeddings/workbook1.xlsx": packed(inner)})


N, H1 = "先说数量", "数量与批次"
PLANTED: dict[str, PlantedEdit] = {
    # changed
    "a digit": PlantedEdit(exchange(B, "77.8", "78.8"), "changed", H1, "78.8%"),
    "a count": PlantedEdit(exchange(A, "80个", "81个"), "changed", "paragraph", "81"),
    "the point": PlantedEdit(exchange(B, "77.8", "7.78"), "changed", H1, "7.78"),
    "rounded": PlantedEdit(exchange(B, "77.8", "78"), "changed", H1, "78%"),
    "digits turned": PlantedEdit(exchange(B, "1.35万", "1.53万"), "changed", H1, "1.53万亿元"),
    "a typed number": PlantedEdit(exchange(B, "认定20个", "认定21个"), "changed", H1, "21个"),
    "a year": PlantedEdit(exchange(A, "截至2025年", "截至2024年"), "changed", "paragraph", "2024年"),
    "a fraction in signs": PlantedEdit(exchange(A, "三分之一", "四分之一"), "changed", "paragraph", "四分之一"),
    "a rank in signs": PlantedEdit(exchange(A, "并列第二", "并列第三"), "changed", "paragraph", "三"),
    "a rank": PlantedEdit(exchange(B, "第4位", "第3位"), "changed", H1, "第3位"),
    "a cell": PlantedEdit(in_row("江苏", 1, "14", "15"), "changed", "row “江苏”, column “集群”", "15"),
    "a share in a cell": PlantedEdit(in_row("江苏", 4, "17.5", "18.5"), "changed", "column “占比（%）”", "18.5"),
    "a footnote": PlantedEdit(
        exchange("按不重复数值", "“并列第三”", "“并列第二”", "word/footnotes.xml"), "changed", "a footnote", "二"
    ),
    "the title": PlantedEdit(exchange("80个国家级先进制造业集群发展情况", "80", "81"), "changed", "heading", "81个"),
    "a key figure": PlantedEdit(exchange("46.3%", "46.3", "64.3"), "changed", "row", "64.3"),
    "full width": PlantedEdit(exchange(B, "77.8", "７８.８"), "changed", H1, "７８.８"),
    "a caption": PlantedEdit(exchange("前10位", "前10位", "前8位"), "changed", "省际分布", "前8位"),
    "a source": PlantedEdit(exchange("单位：个", "（80条）", "（90条）"), "changed", "省际分布", "90条"),
    "the date": PlantedEdit(exchange("9月22日", "22日", "23日"), "changed", "paragraph", "23日"),
    "the copies": PlantedEdit(exchange("共印60份", "60", "600"), "changed", "", "600"),
    "two at once": PlantedEdit(exchange(B, "比重提高21.9", "比重提高22.9"), "changed", H1, "22.9"),
    "a sign": PlantedEdit(exchange(B, "77.8", "-77.8"), "changed", H1, "-77.8"),
    # deleted
    "a control": PlantedEdit(in_body(_remove_control), "deleted", H1, "77.8%"),
    "a clause": PlantedEdit(exchange(A, "，2024年新增35个", ""), "deleted", "paragraph", "35个"),
    "a cell's words": PlantedEdit(in_row("江苏", 4, "17.5", ""), "deleted", "row “江苏”", "17.5"),
    "a paragraph": PlantedEdit(in_body(lambda tree: remove(paragraph(tree, B))), "deleted", H1, "77.8%"),
    "a row": PlantedEdit(in_body(lambda tree: remove(row(tree, "江苏"))), "deleted", "row “江苏”", "17.5"),
    "a sentence": PlantedEdit(exchange(B, "产值超1.35万亿元，", ""), "deleted", H1, "超1.35万亿元"),
    # moved
    "two controls": PlantedEdit(in_body(_swap_controls), "moved", "paragraph", "5个"),
    "to another paragraph": PlantedEdit(in_body(_move_control), "moved", "数量, paragraph", "77.8%"),
    "two cells": PlantedEdit(in_body(_swap_cells), "moved", "row “江苏”", "1"),
    "another row's name": PlantedEdit(in_body(_swap_rows), "moved", "row “广东”", "14"),
    "two subjects": PlantedEdit(in_body(_swap_names), "moved", "paragraph", "个"),
    # doubled
    "a control elsewhere": PlantedEdit(in_body(_copy_control), "doubled", "数量, paragraph", "77.8%"),
    "a control beside": PlantedEdit(in_body(_copy_control_beside), "doubled", H1, "77.8%"),
    "a whole paragraph": PlantedEdit(in_body(_copy_paragraph), "doubled", "数量, paragraph", "77.8%"),
    "a whole row": PlantedEdit(in_body(_copy_row), "doubled", "row “江苏”", "17.5"),
    "by hand": PlantedEdit(typed(N, "增加77.8%。"), "doubled", "数量, paragraph", "77.8%"),
    # added
    "a share": PlantedEdit(typed(N, "增长12%。"), "added", "数量, paragraph", "12%"),
    "half": PlantedEdit(typed(N, "占比近半。"), "added", "数量, paragraph", "近半"),
    "twofold": PlantedEdit(typed(N, "产值翻一番。"), "added", "数量, paragraph", "翻一番"),
    "one half": PlantedEdit(typed(N, "占一半。"), "added", "数量, paragraph", "一半"),
    "dozens": PlantedEdit(typed(N, "有数十家。"), "added", "数量, paragraph", "数十"),
    "doubled in English": PlantedEdit(typed(N, "Output doubled."), "added", "数量, paragraph", "doubled"),
    "two thirds": PlantedEdit(typed(N, "Some two thirds of them."), "added", "数量, paragraph", "two"),
    "tenths": PlantedEdit(typed(N, "占三成。"), "added", "数量, paragraph", "三成"),
    "in a heading": PlantedEdit(
        in_body(lambda tree: rewrite(heading(tree, "区域分布"), "分布", "分布（31省）")), "added", "heading", "31"
    ),
    "in the foot": PlantedEdit(exchange("—", "—", "第7稿 —", "word/footer1.xml"), "added", "head or foot", "第7"),
    "in a box": PlantedEdit(in_body(_text_box), "added", "a text box", "7项"),
    "in a note": PlantedEdit(
        exchange("存量与增量", "分开计算", "分开计算，另有9项", "word/footnotes.xml"), "added", "a footnote", "9项"
    ),
    "a new paragraph": PlantedEdit(new_paragraph(N, "另有产值350亿元。"), "added", "数量, paragraph", "350亿元"),
    "in an empty cell": PlantedEdit(
        in_body(lambda tree: row(tree, "江苏")[-1].find(W + "p").append(run("5倍"))), "added", "row “江苏”", "5倍"
    ),
    "in a callout": PlantedEdit(exchange("混用会夸大变化", "夸大变化", "夸大变化3倍"), "added", "", "3倍"),
    "a sign of its own": PlantedEdit(typed(N, "约½。"), "added", "数量, paragraph", "½"),
    "a number in signs": PlantedEdit(typed(N, "共一百二十家。"), "added", "数量, paragraph", "一百二十家"),
    # units
    "of money": PlantedEdit(exchange(B, "1.35万亿元", "1.35亿元"), "unit", H1, "1.35亿元"),
    "points to percent": PlantedEdit(exchange(B, "21.9个百分点", "21.9%"), "unit", H1, "21.9%"),
    "per mille": PlantedEdit(exchange(B, "77.8%", "77.8‰"), "unit", H1, "77.8‰"),
    "what is counted": PlantedEdit(exchange(A, "80个", "80家"), "unit", "paragraph", "80家"),
    "of a column": PlantedEdit(exchange("占比（%）", "（%）", "（‰）"), "unit", "row “省份”", "占比（‰）"),
    "of a chart": PlantedEdit(exchange("单位：个", "单位：个", "单位：万个"), "unit", "省际分布", "万个"),
    # qualifiers and directions
    "nearly for over": PlantedEdit(exchange(B, "超1.35", "近1.35"), "qualifier", H1, "近1.35万亿元"),
    "no more over": PlantedEdit(exchange(B, "超1.35", "1.35"), "qualifier", H1, "1.35万亿元"),
    "nearly": PlantedEdit(exchange(A, "有14个", "有近14个"), "qualifier", "paragraph", "近14个"),
    "or so": PlantedEdit(exchange(B, "增加77.8%", "增加77.8%左右"), "qualifier", H1, "77.8%左右"),
    "fewer for more": PlantedEdit(exchange(B, "底增加", "底减少"), "qualifier", H1, "77.8%"),
    "the other way": PlantedEdit(exchange(A, "三分之一以上", "三分之一以下"), "qualifier", "paragraph", "三分之一以下"),
    # charts
    "a cache": PlantedEdit(_in_chart(_raise_cache), "changed", "the chart of", "17"),
    "a workbook": PlantedEdit(_workbook, "changed", "the chart of", "9"),
    # proposals
    "an insertion": PlantedEdit(_tracked("ins", "增长12%。"), "proposed", "数量, paragraph", "12%"),
    "a deletion": PlantedEdit(in_body(_tracked_deletion), "proposed", H1, "77.8%"),
    "a comment": PlantedEdit(_comment, "proposed", "a comment of 李", "88个"),
}  # fmt: skip


def _property(words: str, xml: str) -> Edit:
    def change(tree: Part) -> None:
        for one in paragraph(tree, words).iter(W + "r"):
            own = one.find(W + "rPr")
            own = own if own is not None else etree.Element(W + "rPr")
            own.append(etree.fromstring(xml.replace("<w:", "<w:", 1).replace(" ", f' xmlns:w="{W[1:-1]}" ', 1)))
            one.insert(0, own)

    return in_body(change)


def _of_paragraph(words: str, xml: str) -> Edit:
    def change(tree: Part) -> None:
        own = paragraph(tree, words).find(W + "pPr")
        own.append(etree.fromstring(xml.replace(" ", f' xmlns:w="{W[1:-1]}" ', 1)))

    return in_body(change)


def _restyled(tree: Part) -> None:
    heading(tree, "区域分布").find(f"{W}pPr/{W}pStyle").set(W + "val", "Body")


def _moved_whole(tree: Part) -> None:
    paragraph(tree, "先说数量").addnext(paragraph(tree, B))


def _row_moved(tree: Part) -> None:
    row(tree, "天津").addnext(row(tree, "江苏"))


def _parted(tree: Part) -> None:
    """Part a paragraph behind its first number."""
    holder = paragraph(tree, B)
    made = etree.Element(W + "p")
    end = control(holder, "77.8%")[2]
    for part in list(end.itersiblings()):
        made.append(part)
    holder.addnext(made)


def _joined(tree: Part) -> None:
    holder, other = paragraph(tree, "先说数量"), paragraph(tree, "再说结构")
    for part in list(other.iter(W + "r")):
        holder.append(part)


def _widths(tree: Part) -> None:
    for column in tree.iter(W + "gridCol", W + "tcW"):
        column.set(W + "w", "900")


def _unwrapped(tree: Part) -> None:
    for held in list(tree.iter(W + "sdt")):
        for part in list(held.find(W + "sdtContent")):
            held.addprevious(part)
        remove(held)


def _without_bookmarks(tree: Part) -> None:
    for mark in list(tree.iter(W + "bookmarkStart", W + "bookmarkEnd")):
        if not mark.get(W + "name", "_cr").startswith("_Ref"):
            remove(mark)


def _runs_parted(tree: Part) -> None:
    for one in list(tree.iter(W + "r")):
        text = one.find(W + "t")
        if text is not None and len(text.text or "") > 1:
            twin = copy.deepcopy(one)
            twin.find(W + "t").text, text.text = text.text[1:], text.text[:1]
            one.addnext(twin)


def _margins(tree: Part) -> None:
    for margins in tree.iter(W + "pgMar"):
        margins.set(W + "left", "1000")


def _alignments(tree: Part) -> None:
    for words in list(tree.iter(W + "jc")):
        words.set(W + "val", "center")


def _undescribed(tree: Part) -> None:
    for drawn in tree.iter("{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}docPr"):
        drawn.attrib.pop("descr", None)


def _plain_comment(content: bytes) -> bytes:
    import docx

    document = docx.Document(io.BytesIO(content))
    document.add_comment(document.paragraphs[0].runs, text="请再核对", author="李", initials="L")
    saved = io.BytesIO()
    document.save(saved)
    return saved.getvalue()


def _stored(content: bytes) -> bytes:
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w", zipfile.ZIP_STORED) as archive:
        for name, part in reversed(parts_of(content).items()):
            archive.writestr(name, part)
    return written.getvalue()


INNOCENT: dict[str, Edit] = {
    "bold": _property(B, "<w:b />"),
    "a larger size": _property(B, '<w:sz w:val="40"/>'),
    "red": _property(A, '<w:color w:val="FF0000"/>'),
    "marked": _property(A, '<w:highlight w:val="yellow"/>'),
    "a page break": _of_paragraph(B, "<w:pageBreakBefore />"),
    "wider lines": _of_paragraph(A, '<w:spacing w:line="600"/>'),
    "a heading restyled": in_body(_restyled),
    "a paragraph moved whole": in_body(_moved_whole),
    "a row moved whole": in_body(_row_moved),
    "words reworded": exchange("来源看附表", "来源看附表", "有关的出处都列在后面的附表里"),
    "more words": typed("先说数量", "以下分别说明，一般情况从略，进一步的分析另行安排。"),
    "a new paragraph of words": new_paragraph("先说数量", "总的看，布局进一步优化，统一规划逐步形成。"),
    "a paragraph parted": in_body(_parted),
    "paragraphs joined": in_body(_joined),
    "narrower columns": in_body(_widths),
    "margins": in_body(_margins),
    "all in the middle": in_body(_alignments),
    "controls unwrapped": in_body(_unwrapped),
    "bookmarks gone": in_body(_without_bookmarks),
    "runs parted": in_body(_runs_parted),
    "pictures without descriptions": in_body(_undescribed),
    "a comment of words": _plain_comment,
    "another zip": _stored,
    "empty lines": new_paragraph("先说数量", ""),
}
