"""A chart of a Word file is read as it is drawn and as its workbook keeps it; the parts are written by hand."""

from __future__ import annotations

import io
import zipfile
from decimal import Decimal

from clusterreport.verify.package import Package
from clusterreport.verify.word_charts import Range, WordSeries, read_chart

C = "http://schemas.openxmlformats.org/drawingml/2006/chart"
A = "http://schemas.openxmlformats.org/drawingml/2006/main"
S = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
P = "http://schemas.openxmlformats.org/package/2006/relationships"
CHART = "word/charts/chart1.xml"


def zipped(parts: dict[str, str | bytes]) -> bytes:
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w") as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return written.getvalue()


def links(**targets: str) -> str:
    listed = "".join(f'<Relationship Id="{name}" Target="{target}"/>' for name, target in targets.items())
    return f'<Relationships xmlns="{P}">{listed}</Relationships>'


def cell(place: str, words: str) -> str:
    return f'<c r="{place}" t="inlineStr"><is><t>{words[:1]}</t><t/><t>{words[1:]}</t></is></c>'


def book(cells: str, sheet: str = "数据") -> bytes:
    """Return a workbook of two sheets, of which the second holds ``cells``."""
    sheets = f'<sheet name="空" r:id="r1"/><sheet name="{sheet}" r:id="r2"/>'
    return zipped(
        {
            "xl/workbook.xml": f'<workbook xmlns="{S}" xmlns:r="{R}"><sheets>{sheets}</sheets></workbook>',
            "xl/_rels/workbook.xml.rels": links(r1="worksheets/sheet1.xml", r2="worksheets/sheet2.xml"),
            "xl/worksheets/sheet1.xml": f'<worksheet xmlns="{S}"><sheetData/></worksheet>',
            "xl/worksheets/sheet2.xml": f'<worksheet xmlns="{S}"><row>{cells}</row></worksheet>',
        }
    )


CELLS = (
    cell("A2", "甲市")
    + cell("A3", "乙市")
    + cell("B1", "数目")
    + '<c r="B2"><v>3</v></c><c r="B3" t="n"><v>4.50</v></c>'
    '<c r="C1" t="str"><v>上</v></c><c r="C2"><v>7</v></c><c r="C3" t="s"><v>8</v></c><c r="B10"><v>x</v></c>'
)


def points(*values: str, kind: str = "num", count: int | None = None) -> str:
    listed = "".join(f'<c:pt idx="{place}"><c:v>{value}</c:v></c:pt>' for place, value in enumerate(values) if value)
    return f'<c:{kind}Cache><c:ptCount val="{len(values) if count is None else count}"/>{listed}</c:{kind}Cache>'


def numbers(formula: str, *values: str, count: int | None = None) -> str:
    return f"<c:numRef><c:f>{formula}</c:f>{points(*values, count=count)}</c:numRef>"


def words(formula: str, *values: str) -> str:
    return f"<c:strRef><c:f>{formula}</c:f>{points(*values, kind='str')}</c:strRef>"


def read(series: str, *, external: str = '<c:externalData r:id="r1"/>') -> tuple[WordSeries, ...]:
    """Return what is read of a chart with ``series`` and a workbook."""
    space = (
        f'<c:chartSpace xmlns:c="{C}" xmlns:a="{A}" xmlns:r="{R}"><c:chart>{series}</c:chart>{external}</c:chartSpace>'
    )
    parts: dict[str, str | bytes] = {
        CHART: space,
        "word/charts/_rels/chart1.xml.rels": links(r1="../embeddings/book.xlsx", r2="../embeddings/none.xlsx"),
        "word/embeddings/book.xlsx": book(CELLS),
    }
    return read_chart(Package.of(zipped(parts)), CHART)


NAME = f"<c:tx>{words('数据!$B$1', '数目')}</c:tx>"
CATEGORIES = f"<c:cat>{words('数据!$A$2:$A$3', '甲市', '乙市')}</c:cat>"
UP = f"<c:val>{numbers('数据!$B$2:$B$3', '3', '4.5')}</c:val>"
PLAIN = f"<c:ser>{NAME}{CATEGORIES}{UP}</c:ser>"
FIRST, SECOND = Decimal(3), Decimal("4.5")


def test_a_series_is_read_as_drawn_and_as_kept() -> None:
    (found,) = read(PLAIN)
    assert found == WordSeries(
        Range(("数目",), ("数目",)), Range(("甲市", "乙市"), ("甲市", "乙市")), Range(),
        Range((FIRST, SECOND), (FIRST, SECOND)), ("", ""),
    )  # fmt: skip


def test_what_the_cache_and_the_cells_say_is_kept_apart() -> None:
    (found,) = read(PLAIN.replace("<c:v>4.5</c:v>", "<c:v>9</c:v>").replace("<c:v>甲市</c:v>", "<c:v>丙市</c:v>"))
    assert found.up == Range((FIRST, Decimal(9)), (FIRST, SECOND))
    assert found.labels == Range(("丙市", "乙市"), ("甲市", "乙市"))


def test_points_that_the_cache_lacks_are_nothing_and_so_are_cells() -> None:
    (found,) = read(f"<c:ser><c:val>{numbers('数据!$B$2:$B$4', '', '4.5', count=3)}</c:val></c:ser>")
    assert found.up == Range((None, SECOND, None), (FIRST, SECOND, None))
    (unnumbered,) = read("<c:ser><c:val><c:numRef><c:f>数据!$B$2</c:f><c:numCache><c:pt><c:v>3</c:v></c:pt>"
                         "</c:numCache></c:numRef></c:val></c:ser>")  # fmt: skip
    assert unnumbered.up == Range((), (FIRST,))
    first = "<c:numCache><c:ptCount val='1'/><c:pt><c:v>3</c:v></c:pt></c:numCache>"
    (of_place_none,) = read(f"<c:ser><c:val><c:numRef><c:f>数据!$B$2</c:f>{first}</c:numRef></c:val></c:ser>")
    assert of_place_none.up == Range((FIRST,), (FIRST,))
    bare = "<c:numCache><c:ptCount/><c:pt idx='0'><c:v>3</c:v></c:pt></c:numCache>"
    (uncounted,) = read(f"<c:ser><c:val><c:numRef><c:f>数据!$B$2</c:f>{bare}</c:numRef></c:val></c:ser>")
    assert uncounted.up.drawn == ()


def test_numbers_are_numbers_and_whatever_else_stands_there_is_told_as_it_is() -> None:
    (found,) = read(f"<c:ser><c:val>{numbers('数据!$C$1:$C$3', '3', '#N/A', '1')}</c:val></c:ser>")
    assert found.up == Range((FIRST, "#N/A", Decimal(1)), ("上", Decimal(7), "8"))
    (wrong,) = read(f"<c:ser><c:val>{numbers('数据!$B$10', '3')}</c:val></c:ser>")
    assert wrong.up.kept == ("x",)
    (text,) = read(f"<c:ser><c:cat>{words('数据!$B$2', '3')}</c:cat></c:ser>")
    assert text.labels == Range(("3",), (FIRST,))


def test_words_without_cells_stand_alone() -> None:
    (found,) = read("<c:ser><c:tx><c:v>独</c:v></c:tx></c:ser>")
    assert found.name == Range(("独",), ("独",))
    assert (found.labels, found.across, found.up) == (Range(), Range(), Range())


def test_on_two_axes_points_are_named_by_their_labels_and_by_the_rows_of_the_workbook() -> None:
    labels = (
        '<c:dLbls><c:dLbl><c:idx val="1"/><c:tx><c:rich>'
        '<a:p><a:r><a:t>乙</a:t></a:r><a:r><a:t/></a:r><a:r><a:t>市</a:t></a:r></a:p>'
        '</c:rich></c:tx></c:dLbl><c:dLbl><c:idx/><c:tx/></c:dLbl></c:dLbls>'
    )  # fmt: skip
    across = f"<c:xVal>{numbers('数据!$C$2:$C$3', '7', '8')}</c:xVal>"
    up = f"<c:yVal>{numbers('数据!$B$2:$B$3', '3', '4.5')}</c:yVal>"
    (found,) = read(f"<c:ser>{labels}{across}{up}</c:ser>")
    assert found.labels == Range((None, "乙市"), ("甲市", "乙市"))
    assert found.across == Range((Decimal(7), Decimal(8)), (Decimal(7), "8"))
    assert found.up == Range((FIRST, SECOND), (FIRST, SECOND))
    (unlabelled,) = read(f"<c:ser>{across}{up}</c:ser>")
    assert unlabelled.labels == Range((), ("甲市", "乙市"))
    (empty,) = read("<c:ser/>")
    assert empty == WordSeries(Range(), Range(), Range(), Range(), ())


def test_bars_on_points_are_series_of_their_own_named_by_the_head_of_their_cells() -> None:
    plus = f"<c:plus>{numbers('数据!$C$2:$C$3', '7', '8')}</c:plus>"
    minus = f"<c:minus>{numbers('数据!$B$2:$B$3', '3', '4.5')}</c:minus>"
    _, upwards, downwards = read(f"<c:ser>{NAME}{CATEGORIES}{UP}<c:errBars>{plus}{minus}</c:errBars></c:ser>")
    assert upwards.name == Range(("上",), ("上",))
    assert upwards.labels == Range(("甲市", "乙市"), ("甲市", "乙市"))
    assert (upwards.across, upwards.up) == (Range(), Range((Decimal(7), Decimal(8)), (Decimal(7), "8")))
    assert downwards.name == Range(("数目",), ("数目",))
    (_, only) = read(f"<c:ser>{UP}<c:errBars><c:plus/></c:errBars></c:ser>")
    assert only == WordSeries(Range(), Range(), Range(), Range())


def test_series_come_in_the_order_in_which_they_are_drawn_with_what_labels_them() -> None:
    shown = '<c:dLbls><c:showVal val="1"/></c:dLbls>'
    first, second = read(f"<c:ser>{shown}{UP}</c:ser><c:ser>{CATEGORIES}</c:ser>")
    assert (first.printed, second.printed) == (("3", "4.5"), ())


def test_a_sheet_may_stand_in_quotes_and_others_hold_nothing() -> None:
    quoted = PLAIN.replace("数据!", "'数据'!")
    assert read(quoted) == read(PLAIN)
    (elsewhere,) = read(PLAIN.replace("数据!", "别的!"))
    assert elsewhere.up == Range((FIRST, SECOND), (None, None))
    (no_cells,) = read(PLAIN.replace("数据!$B$2:$B$3", "SUM(1)"))
    assert no_cells.up == Range((FIRST, SECOND), ())
    (no_formula,) = read(PLAIN.replace("数据!$B$2:$B$3", ""))
    assert no_formula.up == Range((FIRST, SECOND), ())


def test_without_a_workbook_a_chart_is_only_drawn() -> None:
    for external in ("", '<c:externalData r:id="r2"/>', '<c:externalData r:id="r9"/>', "<c:externalData/>"):
        (found,) = read(PLAIN, external=external)
        assert found.up == Range((FIRST, SECOND), (None, None))
