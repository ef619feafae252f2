"""Writes plain workbooks: sheets of text and numbers under a header that stays in sight, the same bytes always.

Text is text whatever it begins with: a cell that holds =, +, - or @ of somebody else's is never read as a formula.
"""

from __future__ import annotations

import io
import re
import zipfile
from dataclasses import dataclass
from html import escape
from typing import TYPE_CHECKING, Final, TypeAlias

from clusterreport.data.dataset import letters_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from decimal import Decimal

    Cell: TypeAlias = "str | int | FormattedNumber | OneLine"

LONGEST_CELL: Final = 32_767  # characters, the limit of Excel
_LONGEST_NAME: Final = 31  # characters of the name of a sheet
_NO_NAME: Final = re.compile(r"[\\/?*\[\]:]")
_FORBIDDEN: Final = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_FORMULA: Final = ("=", "+", "-", "@", "\t", "\r")
_EPOCH: Final = (1980, 1, 1, 0, 0, 0)
_DECLARATION: Final = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_MAIN: Final = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_RELATIONS: Final = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE: Final = "http://schemas.openxmlformats.org/package/2006"
_TYPE: Final = "application/vnd.openxmlformats-officedocument.spreadsheetml"
_HEAD, _TEXT, _QUOTED, _TITLE, _LINE, _FIRST_NUMBER = 1, 2, 3, 4, 5, 6  # the formats of cells, as _STYLES lists them
_FIRST_CODE: Final = 164  # of number formats of one's own
_STYLES: Final = (
    f'<styleSheet xmlns="{_MAIN}">{{codes}}<fonts count="2"><font><sz val="11"/><name val="Calibri"/></font>'
    '<font><b/><sz val="11"/><name val="Calibri"/></font></fonts><fills count="3"><fill><patternFill '
    'patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill><fill><patternFill '
    'patternType="solid"><fgColor rgb="FFEFEDE8"/></patternFill></fill></fills><borders count="1"><border/></borders>'
    '<cellStyleXfs count="1"><xf/></cellStyleXfs><cellXfs count="{count}"><xf xfId="0"/>'
    '<xf fontId="1" fillId="2" xfId="0" applyFont="1" applyFill="1" applyAlignment="1"><alignment vertical="top" '
    'wrapText="1"/></xf><xf numFmtId="49" xfId="0" applyNumberFormat="1" applyAlignment="1"><alignment '
    'vertical="top" wrapText="1"/></xf><xf numFmtId="49" xfId="0" quotePrefix="1" applyNumberFormat="1" '
    'applyAlignment="1"><alignment vertical="top" wrapText="1"/></xf>'
    '<xf fontId="1" numFmtId="49" quotePrefix="1" xfId="0" applyFont="1" applyNumberFormat="1"/><xf numFmtId="49" '
    'quotePrefix="1" xfId="0" applyNumberFormat="1"/>{numbers}</cellXfs><cellStyles count="1">'
    '<cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles></styleSheet>'
)


@dataclass(frozen=True, slots=True)
class FormattedNumber:
    """A number and the format in which it is shown, as Excel writes formats: 0.0"%"."""

    value: Decimal
    code: str


@dataclass(frozen=True, slots=True)
class OneLine:
    """Text that runs on over the empty cells beside it: the title of a sheet, or a note."""

    text: str
    strong: bool = False


@dataclass(frozen=True, slots=True)
class PlainSheet:
    """A sheet: its name, how many characters wide its columns are, and its rows by their numbers, in order.

    The rows down to ``header`` are headings; 0 is none.
    """

    name: str
    widths: Sequence[int]
    rows: Iterable[tuple[int, Sequence[Cell]]]
    header: int = 1


def workbook(sheets: Sequence[PlainSheet], codes: Sequence[str] = ()) -> bytes:
    """Return an xlsx file of ``sheets``, of which there is at least one; ``codes`` are the formats of their numbers."""
    names = [*sheet_names(each.name for each in sheets)]
    styles = {code: _FIRST_NUMBER + place for place, code in enumerate(codes)}
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        for name, content in (*_frame(names), ("xl/styles.xml", _styles(codes))):
            _write(archive, name, [content])
        for number, sheet in enumerate(sheets, 1):
            _write(archive, f"xl/worksheets/sheet{number}.xml", _sheet(sheet, styles))
    return packed.getvalue()


def sheet_names(asked: Iterable[str]) -> Iterator[str]:
    """Yield names that sheets may have, each another one, in upper and lower case alike."""
    taken: set[str] = set()
    for name in asked:
        plain = _FORBIDDEN.sub("", _NO_NAME.sub(" ", name)).strip(" '")[:_LONGEST_NAME] or "Sheet"
        free, number = plain, 1
        while free.lower() in taken:
            number += 1
            free = f"{plain[: _LONGEST_NAME - len(str(number)) - 1]} {number}"
        taken.add(free.lower())
        yield free


def _write(archive: zipfile.ZipFile, name: str, pieces: Iterable[str]) -> None:
    info = zipfile.ZipInfo(name, _EPOCH)
    info.compress_type = zipfile.ZIP_DEFLATED
    with archive.open(info, "w") as part:
        part.write(_DECLARATION.encode())
        for piece in pieces:
            part.write(piece.encode())


def _frame(names: Sequence[str]) -> Iterator[tuple[str, str]]:
    """Yield the parts around the sheets."""
    numbers = range(1, len(names) + 1)
    sheets = "".join(
        f'<sheet name="{escape(name)}" sheetId="{number}" r:id="rId{number}"/>'
        for number, name in zip(numbers, names, strict=True)
    )
    overrides = "".join(
        f'<Override PartName="/xl/worksheets/sheet{number}.xml" ContentType="{_TYPE}.worksheet+xml"/>'
        for number in numbers
    )
    relations = "".join(
        f'<Relationship Id="rId{number}" Type="{_RELATIONS}/worksheet" Target="worksheets/sheet{number}.xml"/>'
        for number in numbers
    )
    yield (
        "[Content_Types].xml",
        (
            f'<Types xmlns="{_PACKAGE}/content-types"><Default Extension="rels" '
            'ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
            f'<Override PartName="/xl/workbook.xml" ContentType="{_TYPE}.sheet.main+xml"/>'
            f'<Override PartName="/xl/styles.xml" ContentType="{_TYPE}.styles+xml"/>{overrides}</Types>'
        ),
    )
    yield (
        "_rels/.rels",
        (
            f'<Relationships xmlns="{_PACKAGE}/relationships"><Relationship Id="rId1" '
            f'Type="{_RELATIONS}/officeDocument" Target="xl/workbook.xml"/></Relationships>'
        ),
    )
    yield "xl/workbook.xml", (f'<workbook xmlns="{_MAIN}" xmlns:r="{_RELATIONS}"><sheets>{sheets}</sheets></workbook>')
    yield (
        "xl/_rels/workbook.xml.rels",
        (
            f'<Relationships xmlns="{_PACKAGE}/relationships">{relations}<Relationship Id="rId{len(names) + 1}" '
            f'Type="{_RELATIONS}/styles" Target="styles.xml"/></Relationships>'
        ),
    )


def _styles(codes: Sequence[str]) -> str:
    """Return the formats of cells: those that all workbooks have, and one for each number format."""
    numbers = range(_FIRST_CODE, _FIRST_CODE + len(codes))
    listed = "".join(
        f'<numFmt numFmtId="{number}" formatCode="{escape(code)}"/>'
        for number, code in zip(numbers, codes, strict=True)
    )
    cells = "".join(
        f'<xf numFmtId="{number}" xfId="0" applyNumberFormat="1" applyAlignment="1"><alignment vertical="top"/></xf>'
        for number in numbers
    )
    named = f'<numFmts count="{len(codes)}">{listed}</numFmts>' if codes else ""
    return _STYLES.format(codes=named, count=_FIRST_NUMBER + len(codes), numbers=cells)


def _sheet(sheet: PlainSheet, styles: Mapping[str, int]) -> Iterator[str]:
    yield f'<worksheet xmlns="{_MAIN}"><sheetViews><sheetView workbookViewId="0">'
    if sheet.header:
        below = f'topLeftCell="A{sheet.header + 1}" activePane="bottomLeft"'
        yield f'<pane ySplit="{sheet.header}" {below} state="frozen"/>'
    yield "</sheetView></sheetViews>"
    if sheet.widths:
        columns = (
            f'<col min="{place}" max="{place}" width="{width}" customWidth="1"/>'
            for place, width in enumerate(sheet.widths, 1)
        )
        yield f"<cols>{''.join(columns)}</cols>"
    yield "<sheetData>"
    for number, cells in sheet.rows:
        style = _HEAD if number <= sheet.header else _TEXT
        texts = (_cell(f"{letters_of(place)}{number}", value, style, styles) for place, value in enumerate(cells))
        yield f'<row r="{number}">{"".join(texts)}</row>'
    yield "</sheetData></worksheet>"


def _cell(place: str, value: Cell, style: int, styles: Mapping[str, int]) -> str:
    match value:
        case int():
            return f'<c r="{place}"><v>{value}</v></c>'
        case FormattedNumber(amount, code):
            return f'<c r="{place}" s="{styles[code]}"><v>{amount:f}</v></c>'
        case OneLine(text, strong):
            return _text(place, text, _TITLE if strong else _LINE)
        case str():
            return _text(place, value, _QUOTED if style == _TEXT and value.startswith(_FORMULA) else style)


def _text(place: str, text: str, style: int) -> str:
    if not text:
        return ""
    safe = escape(_FORBIDDEN.sub("\N{REPLACEMENT CHARACTER}", text[:LONGEST_CELL]), quote=False)
    return f'<c r="{place}" s="{style}" t="inlineStr"><is><t xml:space="preserve">{safe}</t></is></c>'
