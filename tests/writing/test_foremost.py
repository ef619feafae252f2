"""A table or a chart that is cut holds what ties where it is cut, or says that it does not."""

from __future__ import annotations

import pytest

from clusterreport.document.model import Figure, Table
from clusterreport.document.text import inlines_text
from tests.writing.sample import ENGLISH, Project, count

NOTE = "还有与最后一项相同的，没有全部列出。"


def rows(*amounts: int) -> list[dict[str, object]]:
    return [{"name": f"{place}市", "year": count(2024), "value": count(amount)} for place, amount in enumerate(amounts)]


def table(project: Project, records: object, top: int) -> Table:
    columns = "[col('name', '市'), col('year', '年份'), col('value', '数')]"
    (made,) = project.blocks(f"{{{{ table(records, {columns}, title='各市', top={top}) }}}}", records=records)
    assert isinstance(made, Table)
    return made


@pytest.mark.parametrize(
    ("amounts", "top", "shown", "said"),
    [
        ((9, 8, 7, 7, 7, 6), 3, 5, False),
        ((9, 8, 7, 6), 3, 3, False),
        ((9, 7, 7, 7, 7, 6), 2, 2, True),  # three more tie, and two were asked for
        ((1, 2, 2, 3), 2, 3, False),  # by rising amounts
        ((5, 5, 5, 5), 2, 2, False),  # in no order: nothing is ranked
        ((5, 9, 5, 5), 2, 2, False),
    ],
)
def test_what_ties_with_the_last_row_is_in_or_said(
    project: Project, amounts: tuple[int, ...], top: int, shown: int, *, said: bool
) -> None:
    made = table(project, rows(*amounts), top)
    assert sum(len(group.rows) for group in made.groups) == shown
    assert (NOTE in [inlines_text(part.children, "zh") for part in made.notes]) == said


def test_a_chart_of_records_keeps_what_ties(project: Project) -> None:
    chart = "{{ chart.bar(records, names='name', values=[('value', '数')], title='各市', top=3) }}"
    (made,) = project.blocks(chart, records=rows(9, 8, 7, 7, 6))
    assert isinstance(made, Figure)
    assert made.chart.categories == ("0市", "1市", "2市", "3市")
    (cut,) = project.blocks(chart, records=rows(9, 7, 7, 7, 7, 7, 7, 6))
    assert isinstance(cut, Figure)
    assert cut.chart.categories == ("0市", "1市", "2市")
    assert NOTE in cut.note


def test_an_english_table_says_so_in_english(project: Project) -> None:
    columns = "[col('name', 'City'), col('value', 'Number')]"
    records = [{"name": f"City {place}", "value": count(2 if place else 3)} for place in range(9)]
    (made,) = project.blocks(f"{{{{ table(records, {columns}, title='Cities', top=2) }}}}", ENGLISH, records=records)
    assert isinstance(made, Table)
    assert [inlines_text(part.children, "en") for part in made.notes] == [
        "Others equal the last one, and are not all listed."
    ]
