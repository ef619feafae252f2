"""Writes plain workbooks: sheets of text and whole numbers under a header that stays in sight, the same bytes always.

Text is text whatever it begins with: a cell that holds =, +, - or @ of somebody else's is never read as a formula.
"""

from __future__ import annotations

import io
import re
import zipfile
from dataclasses import dataclass
from html import escape
from typing import TYPE_CHECKING, Final

from clusterreport.data.dataset import letters_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    Cell = str | int

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
_HEAD, _TEXT, _QUOTED = 1, 2, 3  # the formats of cells, as _STYLES lists them
_STYLES: Final = (
    f'<styleSheet xmlns="{_MAIN}"><fonts count="2"><font><sz val="11"/><name val="Calibri"/></font>'
    '<font><b/><sz val="11"/><name val="Calibri"/></font></fonts><fills count="3"><fill><patternFill '
    'patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill><fill><patternFill '
    'patternType="solid"><fgColor rgb="FFEFEDE8"/></patternFill></fill></fills><borders count="1"><border/></borders>'
    '<cellStyleXfs count="1"><xf/></cellStyleXfs><cellXfs count="4"><xf xfId="0"/><xf fontId="1" fillId="2" xfId="0" '
    'applyFont="1" applyFill="1" applyAlignment="1"><alignment vertical="top" wrapText="1"/></xf><xf numFmtId="49" '
    'xfId="0" applyNumberFormat="1" applyAlignment="1"><alignment vertical="top" wrapText="1"/></xf><xf numFmtId="49" '
    'xfId="0" quotePrefix="1" applyNumberFormat="1" applyAlignment="1"><alignment vertical="top" wrapText="1"/></xf>'
    '</cellXfs><cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles></styleSheet>'
)


@dataclass(frozen=True, slots=True)
class PlainSheet:
    """A sheet: its name, how many characters wide its columns are, and its rows by their numbers, in order.

    The rows down to ``header`` are headings; 0 is none.
    """

    name: str
    widths: Sequence[int]
    rows: Iterable[tuple[int, Sequence[Cell]]]
    header: int = 1


def workbook(sheets: Sequence[PlainSheet]) -> bytes:
    """Return an xlsx file of ``sheets``, of which there is at least one."""
    names = [*_names(each.name for each in sheets)]
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        for name, content in _frame(names):
            _write(archive, name, [content])
        for number, sheet in enumerate(sheets, 1):
            _write(archive, f"xl/worksheets/sheet{number}.xml", _sheet(sheet))
    return packed.getvalue()


def _write(archive: zipfile.ZipFile, name: str, pieces: Iterable[str]) -> None:
    info = zipfile.ZipInfo(name, _EPOCH)
    info.compress_type = zipfile.ZIP_DEFLATED
    with archive.open(info, "w") as part:
        part.write(_DECLARATION.encode())
        for piece in pieces:
            part.write(piece.encode())


def _names(asked: Iterable[str]) -> Iterator[str]:
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
    yield "xl/styles.xml", _STYLES


def _sheet(sheet: PlainSheet) -> Iterator[str]:
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
        texts = (_cell(f"{letters_of(place)}{number}", value, style) for place, value in enumerate(cells))
        yield f'<row r="{number}">{"".join(texts)}</row>'
    yield "</sheetData></worksheet>"


def _cell(place: str, value: Cell, style: int) -> str:
    if isinstance(value, int):
        return f'<c r="{place}"><v>{value}</v></c>'
    if not value:
        return ""
    quoted = _QUOTED if style == _TEXT and value.startswith(_FORMULA) else style
    safe = escape(_FORBIDDEN.sub("\N{REPLACEMENT CHARACTER}", value[:LONGEST_CELL]), quote=False)
    return f'<c r="{place}" s="{quoted}" t="inlineStr"><is><t xml:space="preserve">{safe}</t></is></c>'
