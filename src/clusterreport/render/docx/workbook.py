"""The workbook behind a native chart: one sheet with the real numbers, the same bytes every time."""

from __future__ import annotations

import datetime as dt
import io
import zipfile
from decimal import Decimal
from string import ascii_uppercase
from typing import Final

from clusterreport.charts.twins import Cell, Formula, Rows, column_name
from clusterreport.errors import Problem, ProblemsError
from clusterreport.messages import message
from clusterreport.render.docx.markup import DECLARATION, escaped

SHEET: Final = "Sheet1"


_LONGEST_CELL: Final = 32_767  # characters, the limit of Excel
_FIRST_DAY: Final = dt.date(1899, 12, 30)
_DATE: Final = 14
"""The built-in number format of a day."""

_EPOCH: Final = (1980, 1, 1, 0, 0, 0)
_MAIN: Final = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_RELATIONS: Final = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE: Final = "http://schemas.openxmlformats.org/package/2006"
_TYPE: Final = "application/vnd.openxmlformats-officedocument.spreadsheetml"
_PARTS: Final = {
    "[Content_Types].xml": (
        f'<Types xmlns="{_PACKAGE}/content-types"><Default Extension="rels" '
        'ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        f'<Override PartName="/xl/workbook.xml" ContentType="{_TYPE}.sheet.main+xml"/>'
        f'<Override PartName="/xl/worksheets/sheet1.xml" ContentType="{_TYPE}.worksheet+xml"/>'
        f'<Override PartName="/xl/styles.xml" ContentType="{_TYPE}.styles+xml"/></Types>'
    ),
    "_rels/.rels": (
        f'<Relationships xmlns="{_PACKAGE}/relationships"><Relationship Id="rId1" Type="{_RELATIONS}/officeDocument" '
        'Target="xl/workbook.xml"/></Relationships>'
    ),
    "xl/workbook.xml": (
        f'<workbook xmlns="{_MAIN}" xmlns:r="{_RELATIONS}"><sheets><sheet name="{SHEET}" sheetId="1" r:id="rId1"/>'
        "</sheets></workbook>"
    ),
    "xl/_rels/workbook.xml.rels": (
        f'<Relationships xmlns="{_PACKAGE}/relationships"><Relationship Id="rId1" Type="{_RELATIONS}/worksheet" '
        f'Target="worksheets/sheet1.xml"/><Relationship Id="rId2" Type="{_RELATIONS}/styles" Target="styles.xml"/>'
        "</Relationships>"
    ),
    "xl/styles.xml": (
        f'<styleSheet xmlns="{_MAIN}"><fonts count="1"><font><sz val="11"/><name val="Calibri"/></font></fonts>'
        '<fills count="2"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/>'
        '</fill></fills><borders count="1"><border/></borders><cellStyleXfs count="1"><xf/></cellStyleXfs>'
        f'<cellXfs count="2"><xf xfId="0"/><xf numFmtId="{_DATE}" xfId="0" applyNumberFormat="1"/></cellXfs>'
        '<cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles></styleSheet>'
    ),
}


def workbook(rows: Rows) -> bytes:
    """Return an xlsx file of one sheet; text is text even where it begins with "=", None leaves its cell empty."""
    sheet = "".join(_row(place, row) for place, row in enumerate(rows, 1))
    parts = {
        **_PARTS,
        "xl/worksheets/sheet1.xml": f'<worksheet xmlns="{_MAIN}"><sheetData>{sheet}</sheetData></worksheet>',
    }
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w") as archive:
        for name, content in parts.items():
            archive.writestr(zipfile.ZipInfo(name, _EPOCH), DECLARATION + content, zipfile.ZIP_DEFLATED)
    return written.getvalue()


def serial(day: dt.date) -> Decimal:
    """Return the number by which a workbook holds a day."""
    return Decimal((day - _FIRST_DAY).days)


def _row(place: int, row: tuple[Cell, ...]) -> str:
    cells = "".join(_cell(f"{column_name(index)}{place}", value) for index, value in enumerate(row))
    return f'<row r="{place}">{cells}</row>'


def _cell(place: str, value: Cell) -> str:
    match value:
        case None | "":
            return ""
        case str():
            if len(value) > _LONGEST_CELL:
                problem = message(
                    "it has {count} characters, and a cell of a workbook holds {longest_cell}",
                    count=len(value),
                    longest_cell=_LONGEST_CELL,
                )
                raise ProblemsError(
                    [
                        Problem(
                            message("the name {value!r}…", value=value[:20]),
                            problem,
                            message("Shorten the name."),
                            value,
                        )
                    ]
                )
            return f'<c r="{place}" t="inlineStr"><is><t>{escaped(value)}</t></is></c>'
        case dt.date():
            return f'<c r="{place}" s="1"><v>{serial(value)}</v></c>'
        case Decimal():
            return f'<c r="{place}"><v>{value}</v></c>'
        case Formula(formula, amount):
            row = place.lstrip(ascii_uppercase)
            return f'<c r="{place}"><f>{formula.replace("@", row)}</f><v>{amount}</v></c>'
