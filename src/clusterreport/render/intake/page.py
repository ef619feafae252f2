"""The report of an intake as one page of HTML: nothing from elsewhere, no script; it prints as it reads."""

from __future__ import annotations

from html import escape
from pathlib import Path
from typing import TYPE_CHECKING, Final

from clusterreport.locale import phrase
from clusterreport.render.intake.changed import changed
from clusterreport.render.intake.columns import alike, columns
from clusterreport.render.intake.faults import doubts, faults
from clusterreport.render.intake.markup import definitions, paragraph
from clusterreport.render.intake.naming import counted

if TYPE_CHECKING:
    from collections.abc import Collection

    from clusterreport.data.dataset import AsideRow
    from clusterreport.data.intake.report import IntakeReport, TableIntake
    from clusterreport.locale import Language

_STYLE: Final = Path(__file__).with_name("style.css").read_text(encoding="utf-8")
_SHOWN_ROWS: Final = 20  # rows left out that are named


def page(report: IntakeReport) -> bytes:
    """Return the page: UTF-8, the same bytes for the same report."""
    language, day = report.language, report.day.isoformat()
    title = escape(report.title)
    sections = "\n".join(_section(table, language) for table in report.tables)
    html = f"""<!DOCTYPE html>
<html lang="{phrase("language.tag", language)}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>{title} {day}</title>
<style>
{_STYLE}</style>
</head>
<body>
<a class="skip" href="#tables">{escape(phrase("intake.skip", language))}</a>
<header>
<h1>{title}</h1>
<p class="soft">{day}</p>
{_verdict(report.tables, language)}
{_contents(report)}
</header>
<main id="tables">
{sections}
</main>
</body>
</html>
"""
    return html.encode("utf-8", errors="replace")


def _verdict(tables: Collection[TableIntake], language: Language) -> str:
    """Return what is to be mended of tables; where that is nothing, whether something is to be looked at."""
    count = sum(table.fault_count for table in tables)
    if count:
        return paragraph(phrase("intake.some_wrong", language, count=count, number=counted(count)), "verdict bad")
    if any(table.doubts for table in tables):
        return paragraph(phrase("intake.doubts", language), "verdict")
    return paragraph(phrase("intake.none_wrong", language), "verdict good")


def _contents(report: IntakeReport) -> str:
    """Return links to the tables, where there are several."""
    if len(report.tables) == 1:
        return ""
    language = report.language
    items = "".join(
        f'<li><a href="#{escape(table.name)}">{escape(table.title)}</a> '
        f'<span class="{"bad" if table.problems else "good"}">{escape(_in_short(table, language))}</span></li>'
        for table in report.tables
    )
    return f'<nav aria-label="{escape(phrase("intake.contents", language))}"><ul>{items}</ul></nav>'


def _in_short(table: TableIntake, language: Language) -> str:
    if not table.problems:
        return phrase("intake.doubts" if table.doubts else "intake.none_wrong", language)
    return phrase("intake.some_wrong", language, count=table.fault_count, number=counted(table.fault_count))


def _section(table: TableIntake, language: Language) -> str:
    parts = [
        f"<h2>{escape(table.title)}</h2>",
        definitions(_facts(table, language)),
        _verdict((table,), language),
        faults(table, language),
        doubts(table, language),
        columns(table, language),
        alike(table, language),
        changed(table, language),
    ]
    body = "\n".join(filter(None, parts))
    return f'<section id="{escape(table.name)}">\n{body}\n</section>'


def _facts(table: TableIntake, language: Language) -> list[tuple[str, str]]:
    """Return what is said of the file as a whole: term and words."""
    found = [(phrase("intake.file", language), table.place), (phrase("intake.name", language), table.name)]
    if table.sheet:
        found.append((phrase("intake.sheet", language), table.sheet))
    if table.header_rows:
        rows = phrase("between.names", language).join(map(str, table.header_rows))
        found.append((phrase("intake.header_rows", language), rows))
        found.append((phrase("intake.rows", language), counted(table.rows)))
    kinds = ((what, [row for row in table.asides if row.what == what]) for what in ("total", "note"))
    if left := [_left_out(what, rows, language) for what, rows in kinds if rows]:
        found.append((phrase("intake.left_out", language), phrase("between.texts", language).join(left)))
    if table.sha256:
        found.append(("SHA-256", table.sha256))
    if table.commented:
        found.append((phrase("intake.commented", language), table.commented))
    return found


def _left_out(what: str, rows: list[AsideRow], language: Language) -> str:
    """Return which rows were left out, and why."""
    named = phrase("between.names", language).join(str(row.number) for row in rows[:_SHOWN_ROWS])
    more = "…" if len(rows) > _SHOWN_ROWS else ""
    words = phrase(f"intake.aside.{what}", language)
    return phrase("intake.rows_left_out", language, rows=named + more, number=counted(len(rows)), what=words)
