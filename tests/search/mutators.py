"""Mutates texts, bytes and cells: every case is made from its number alone, so that a finding can be made again."""

from __future__ import annotations

import csv
import io
import os
import random
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Callable

    Rows = list[list[str]]

VALUES: Final = (
    "nan", "-inf", "1e999", "0", "-1", "1", "2147483648", "99999999999999999999", "-99999999999999999999",
    "9" * 5_000, "0x" + "f" * 4_000, "1_000", "0.1", "true", "false", "[]", "{}", "[[]]", '[["a"], "a"]',
    '["", "a"]', "[1, true]", '["bureau", "bureau"]', '["a\\u200Bb"]', "{ a = 1 }", "{ a = { b = [nan] } }",
    "[" * 400 + "]" * 400, '"""a\nb"""', "0001-01-01", "9999-12-31", "2025-02-29", "2024-02-29", "07:32:00",
    "00:00:00.999999", "1979-05-27T07:32:00Z", "9999-12-31T23:59:60-23:59", '""', '" "', '"\\u0000"',
    '"a\\u0000b"', '"\\uFEFF"', '"\\u202E"', '"\\u3164"', '"\\U0010FFFF"', '"\\r\\nBcc: a@b.cn"', '"."', '".."',
    '"../../etc/passwd"', '"/"', '"/dev/zero"', '"/dev/null"', '"a/b"', '"CON"', '"%s %d {0} {x}"',
    '"{{ 1/0 }}"', '"{% for %}"', '"广州"', '"⼴州"', '"广\\u00A0州"', '"😀"', '"postgresql://["',
    '"postgresql://a:b@c/d"', '"://"', '"x@y"', '"<<>>"', '"=?utf-8?q?=0d=0a?="', '"a@[::1"', '"Asia/Shanghai"',
    '"Etc/GMT+14"', '"America"', '"posixrules"', '"../UTC"', '"24:00"', '"23:59"', '"0 8 * * 1"',
    '"0 8 31 2 *"', '"* * * * *"', '"@daily"', '"0 8 L * *"', '"0 ² * * *"', '"0 8 * * 99999999999999999999"',
    '"*/0 8 * * *"', '"first working day of the month"', '"每月第一百个工作日"', '"every 2 weeks on Monday"',
    '"every 2 weeks on Monday, from 9999-12-27"', '"every 52 weeks on Monday, from 1949-10-03"',
    '"' + "x" * 5_000 + '"', '"' + "长" * 300 + '"', "'''" + "\\" * 50 + "'''",
)  # fmt: skip
CELLS: Final = (
    "0001-01-01", "9999-12-31", "0000", "9999", "2027年", "上班", "全年", "rest",
    "", " ", "0", "-1", "+1", "1", "1e999", "NaN", "inf", "-0", "0.0", "00000000000001", "999999999999999",
    "0" * 15, "9" * 16, "1.000000000000001", "１２", "1,234", "٣", "true", "TRUE", "false", "是", "2021",
    "1900", "2099", "2021-R1", "2022-R9", "2024-13", "2024Q1", "2022H1", "2024 (11 months)", "2099-12-31",
    "2024-02-30", "confirmed", "likely", "unconfirmed", "unnamed", "nation", "region:东部", "province:",
    "city:广州", "city:", ":", "A01", "a01", "广东", "⼴东", "广东;湖南", "广东;广东", ";", "广州;深圳;佛山",
    "长三角", "⻓三角", "个", "家", "%", "万亿", "名次", "亿元", "exact", "超", "余", "约", "计划", "力争",
    "doubtful", "cities_incomplete", "not_comparable", "直辖市", "计划单列市", "73", "136", "53.9", "新材料",
    "新 材料", "新材料\u200b", "新材料\u200d", "\ufeffA01", "\u202e", "\x00", "\x1b[0m", "\n", "\r", "\u2028",
    "\ud7ff", "\ue000", "\ufffd", "\U0010ffff", "=1+1", "{{ 1/0 }}", "{% raw %}", "<b>", "]]>", "&amp;", "**",
    "|", "`", "[^1]", "{#x}", "# 甲", "1. 甲", "- 甲", "“", '"', "'", "\\", "...", "——", "（）", "x" * 300,
    "长" * 3_000, "x" * 40_000, "😀", "👨\u200d👩\u200d👧", "e\u0301" * 40, "@RID@", "并列第三", "并列第九十九",
    "数量最多", "《》", "《a》（2025-99）", "http://x.gov.cn/t20259999_1.htm", "press ; press",
    "public repository file", "clusters_total", "clusters", "cross_regional_share_2024", "field45:新材料",
    "field80:", "region45:东部", "output", "total_output", "rank",
)  # fmt: skip
BYTES: Final = (
    b"\x00", b"\xff", b"\xef\xbb\xbf", b"\xe5", b'"', b",", b"\n", b"\r", b"\r\n", b";", b"\t", b"\x80\x80",
    b"\xed\xa0\x80", b"\xf4\x90\x80\x80", b"=", b"[", b"]", b"#", b"'", b"\\", b'""', b"'''", b".",
)  # fmt: skip


def size(few: int, many: int) -> int:
    """Return how many cases are tried: ``many`` in a search run (HYPOTHESIS_PROFILE=search), else ``few``."""
    return many if os.environ.get("HYPOTHESIS_PROFILE") == "search" else few


def of_toml(text: str, draw: random.Random) -> bytes:
    """Return settings with one to four things changed: values, lines, or bytes."""
    lines = text.splitlines()
    for _ in range(draw.choice((1, 1, 1, 2, 2, 4))):
        draw.choice((_value, _value, _value, _value, _line_twice, _line_gone, _new_setting))(lines, draw)
    content = "\n".join(lines).encode(errors="surrogatepass")
    return of_bytes(content, draw) if draw.random() < 0.2 else content


def of_bytes(content: bytes, draw: random.Random) -> bytes:
    """Return bytes with some of them changed, put in, taken away, moved, or cut off."""
    for _ in range(draw.choice((1, 1, 2, 5))):
        at = draw.randrange(len(content) + 1)
        end = min(len(content), at + draw.choice((0, 1, 1, 2, 30)))
        match draw.randrange(5):
            case 0:
                content = content[:at] + draw.choice(BYTES) + content[end:]
            case 1:
                content = content[:at] + content[end:]
            case 2:
                content = content[:at] + content[at:end] * 2 + content[end:]
            case 3:
                content = content[:at] + bytes(draw.randrange(256) for _ in range(3)) + content[at:]
            case _:
                content = content[:at] if draw.random() < 0.2 else content
    return content


def of_table(content: bytes, draw: random.Random) -> bytes:
    """Return a CSV file with one to four things changed: cells, rows, columns, bytes, or its encoding."""
    rows = list(csv.reader(io.StringIO(content.decode("utf-8-sig"), newline="")))
    for _ in range(draw.choice((1, 1, 1, 2, 2, 4))):
        if rows and rows[0]:
            draw.choice(_CHANGES)(rows, draw)
    text = _written(rows, draw.choice(("\n", "\n", "\r\n")))
    changed = text.encode(draw.choice((*["utf-8"] * 12, "utf-8-sig", "utf-16")), errors="surrogatepass")
    return of_bytes(changed, draw) if draw.random() < 0.15 else changed


def thinned(tables: dict[str, bytes], draw: random.Random) -> dict[str, bytes]:
    """Return the tables of a register of a few clusters, with what refers to the others taken away, and some gaps."""
    read = {name: list(csv.reader(io.StringIO(text.decode("utf-8-sig"), newline=""))) for name, text in tables.items()}
    head, *body = read["clusters"]
    kept = draw.sample(body, draw.choice((1, 1, 2, 3, 5, 8, 20, 60)))
    if draw.random() < 0.5:  # of one batch
        place = head.index("batch")
        kept = [row for row in kept if row[place] == kept[0][place]]
    ids, gone = {row[0] for row in kept}, {row[0] for row in body} - {row[0] for row in kept}
    read["clusters"] = [head, *kept]
    for name in ("figures", "remarks"):
        read[name] = [row for row in read[name] if row[0] not in gone]
    if draw.random() < 0.4:
        del read["figures"][1:]
        read["remarks"] = [
            row for row in read["remarks"][:1] + read["remarks"] if row[0] in {"subject", *ids} and not row[1]
        ]
        read["remarks"] = read["remarks"][1:]
    for name, columns in (("province_values", ("value",)), ("cities", ("lon", "lat"))):
        share = draw.choice((0, 0, 0.5, 1))
        places = [read[name][0].index(column) for column in columns]
        for row in read[name][1:]:
            if draw.random() < share:
                for place in places:
                    row[place] = ""
    return {name: _written(rows, "\n").encode() for name, rows in read.items()}


def _written(rows: Rows, end: str) -> str:
    text = io.StringIO(newline="")
    csv.writer(text, lineterminator=end).writerows(rows)
    return text.getvalue()


def _value(lines: list[str], draw: random.Random) -> None:
    settings = [place for place, line in enumerate(lines) if " = " in line]
    if settings:
        place = draw.choice(settings)
        lines[place] = f"{lines[place].partition(' = ')[0]} = {draw.choice(VALUES)}"


def _line_twice(lines: list[str], draw: random.Random) -> None:
    place = draw.randrange(len(lines)) if lines else 0
    lines[place:place] = lines[place : place + draw.choice((1, 1, 6))]


def _line_gone(lines: list[str], draw: random.Random) -> None:
    place = draw.randrange(len(lines)) if lines else 0
    del lines[place : place + draw.choice((1, 1, 6))]


def _new_setting(lines: list[str], draw: random.Random) -> None:
    key = draw.choice(
        ("x", '""', '"\\u200B"', "a.b.c", "focus", "letterhead", "expected_rows.clusters", '"a.b"', "name")
    )
    lines.insert(draw.randrange(len(lines) + 1), f"{key} = {draw.choice(VALUES)}")


def _cell(rows: Rows, draw: random.Random) -> None:
    row = draw.choice(rows)
    if row:
        row[draw.randrange(len(row))] = draw.choice(CELLS)


def _cell_of_another_row(rows: Rows, draw: random.Random) -> None:
    one, other = draw.choice(rows[1:] or rows), draw.choice(rows[1:] or rows)
    if one and len(one) == len(other):
        column = draw.randrange(len(one))
        one[column], other[column] = other[column], one[column]


def _cells_of_one_column(rows: Rows, draw: random.Random) -> None:
    column, cell = draw.randrange(len(rows[0]) or 1), draw.choice(CELLS)
    for row in rows[1:]:
        if column < len(row) and draw.random() < 0.5:
            row[column] = cell


def _sign_in_a_cell(rows: Rows, draw: random.Random) -> None:
    row = draw.choice(rows)
    if row:
        column = draw.randrange(len(row))
        at = draw.randrange(len(row[column]) + 1)
        row[column] = row[column][:at] + draw.choice(CELLS)[:3] + row[column][at:]


def _rows_gone(rows: Rows, draw: random.Random) -> None:
    first = draw.randrange(len(rows))
    del rows[max(1, first) : first + draw.choice((1, 4, 40, 1_000))]


def _row_twice(rows: Rows, draw: random.Random) -> None:
    rows.append(list(draw.choice(rows)))


def _rows_shuffled(rows: Rows, draw: random.Random) -> None:
    body = rows[1:]
    draw.shuffle(body)
    rows[1:] = body


def _column_gone(rows: Rows, draw: random.Random) -> None:
    column = draw.randrange(len(rows[0]) or 1)
    for row in rows:
        del row[column : column + 1]


_CHANGES: Final[tuple[Callable[[Rows, random.Random], None], ...]] = (
    *[_cell] * 4, *[_cell_of_another_row] * 4, *[_rows_gone] * 3, _cells_of_one_column, _cells_of_one_column,
    _row_twice, _sign_in_a_cell, _rows_shuffled, _column_gone,
)  # fmt: skip
