"""Blank cells of a clerk's tables: told by column, refused in sentences, and said wherever something is left out."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import pytest

from clusterreport import messages, settings
from clusterreport.app.drafting import drafted
from clusterreport.data.dataset import rows_named
from clusterreport.document.text import lines_of
from clusterreport.errors import Level
from clusterreport.inputs import Inputs
from tests.app.desks import take
from tests.app.test_silent_faults import SECTION, project, refused, told

if TYPE_CHECKING:
    from pathlib import Path

ROWS: Final = """城市,年份,领域,投资（万元）
甲市,2023,电子,10
甲市,2024,电子,12
乙市,2023,医药,20
乙市,2024,医药,
丙市,2024,,30
"""
Y: Final = "{% set y = tables.main.where(年份=2024) %}\n"
LACKING: Final = "缺少投资、未计入的有乙市。"
BY_YEAR: Final = 'tables.main.by("城市", "年份").value("投资")'
CHANGE: Final = 'tables.main.by("城市").change("投资", over="年份", start=2023, end=2024)'
ENGLISH: Final = (
    "City,Year,Field,Spending (million yuan)\nAda,2023,Steel,10\nAda,2024,Steel,12\nBree,2024,Drugs,\nCork,2024,,30\n"
)


def printed(root: Path) -> str:
    """Return all that a project prints, line by line."""
    _, drafts, _ = drafted(settings.load(root), Inputs(), lambda *_: None)
    return "\n".join(line.text for draft in drafts for line in lines_of(draft.numbered))


def test_blank_cells_are_told_by_column_with_their_rows(tmp_path: Path) -> None:
    root = project(tmp_path, "各地情况。", rows=ROWS)
    found = told(root, Level.NOTE)
    assert [(problem.where, problem.problem) for problem in found] == [
        ("data/districts.csv, row 6, column 领域", "1 of 5 cells of this column is blank (row 6)"),
        ("data/districts.csv, row 5, column 投资（万元）", "1 of 5 cells of this column is blank (row 5)"),
    ]
    (taken,) = take(root).report.tables
    noted = [doubt.problem for doubt in taken.doubts if doubt.level is Level.NOTE]
    assert noted == [problem.problem for problem in found]


@pytest.mark.parametrize("sign", ["—", "…", "...", "-", "／", "N/A", "暂缺"])
def test_a_sign_for_what_is_not_known_is_a_blank_and_told_as_one(tmp_path: Path, sign: str) -> None:
    root = project(
        tmp_path, Y + '共{{ y.total("投资", known=true) }}。', rows=ROWS.replace("医药,\n", f"医药,{sign}\n")
    )
    assert [problem.problem for problem in told(root, Level.NOTE)][1:] == [
        f"1 of 5 cells of this column is blank (row 5); “{sign}” is taken for a blank"
    ]
    assert "共42万元（缺少乙市的投资" in printed(root)
    (taken,) = take(root).report.tables
    assert [column.filled for column in taken.columns if column.heading == "投资（万元）"] == [4]


@pytest.mark.parametrize("heading", ["备注", "情况说明", "备注（可不填）", "Remarks"])
def test_a_column_of_remarks_lacks_nothing_where_it_is_blank(tmp_path: Path, heading: str) -> None:
    root = project(tmp_path, "各地情况。", rows=ROWS.replace("领域", heading))
    tables = root / "data" / "tables.toml"
    tables.write_text(tables.read_text(encoding="utf-8").replace("领域", heading), encoding="utf-8")
    assert [problem.where for problem in told(root, Level.NOTE)] == ["data/districts.csv, row 5, column 投资（万元）"]


def test_many_rows_are_named_as_a_sentence_does() -> None:
    assert rows_named((5,), 3) == "row 5"
    assert rows_named((5, 7, 8, 9), 3) == "rows 5, 7, 8, …"
    messages.speak("zh")
    try:
        assert rows_named((5,), 3) == "第 5 行"
        assert rows_named((5, 7), 3) == "第 5、7 行"
        assert rows_named((5, 7, 8, 9), 3) == "第 5、7、8 等行"
    finally:
        messages.speak("en")


def test_full_columns_and_lists_are_not_told(tmp_path: Path) -> None:
    root = project(tmp_path, "各地情况。", rows=ROWS.replace("医药,\n", "医药,5\n").replace(",,30", ",电子,30"))
    assert not told(root, Level.NOTE)


def test_a_sum_over_a_blank_cell_is_refused_in_a_sentence_with_the_row_and_two_remedies(tmp_path: Path) -> None:
    (problem,) = refused(project(tmp_path, Y + '共{{ y.total("投资") }}。', rows=ROWS))
    assert problem.where == f"{SECTION}, line 4"
    assert "is not known, and a sentence cannot say it: a value is blank in districts.csv, row 5" in problem.problem
    assert "{% if … is known %}" in problem.remedy
    assert "known=true" in problem.remedy


@pytest.mark.parametrize("said", ['figure(y.total("投资"), "投资")', 'figure(y.count(), "共", y.total("投资"))'])
def test_a_key_figure_that_nobody_knows_is_refused(tmp_path: Path, said: str) -> None:
    (problem,) = refused(project(tmp_path, f"{Y}\n{{{{ key_figures({said}) }}}}", rows=ROWS))
    assert "is not known" in problem.problem


def test_a_sentence_that_asks_whether_the_sum_is_known_goes_on_without_it(tmp_path: Path) -> None:
    body = Y + '{% set sum = y.total("投资") %}\n情况如下{% if sum is known %}，共{{ sum }}{% endif %}。'
    assert "情况如下。" in printed(project(tmp_path, body, rows=ROWS))


@pytest.mark.parametrize(
    ("said", "words"),
    [
        ('{{ y.total("投资", known=true) }}', "42万元（缺少乙市的投资，未计入）"),
        ('{{ y.total("投资", known=true)|plain }}', "42万元。"),
        ('{{ y.mean("投资") }}', "21万元（缺少乙市的投资，未计入）"),
        ('{{ y.blank("投资") }}', "1行。"),
        ('{{ y.by("城市").value("投资").of("甲市").place }}', "第2位（缺少乙市的投资，未计入）"),
        ('{{ y.by("领域").total("投资", known=true).of("电子").share }}', "28.6%（缺少乙市的投资，未计入）"),
        ('{{ ranking(y.by("城市").value("投资"), top=1) }}', "丙市30万元（缺少乙市的投资，未计入）"),
        ('{{ ranking(y.by("领域").count(), top=3) }}', "电子、医药各1行（并列第1位）（缺少丙市的领域，未计入）"),
    ],
)
def test_a_sentence_says_what_its_number_leaves_out(tmp_path: Path, said: str, words: str) -> None:
    assert f"共有{words}" in printed(project(tmp_path, f"{Y}共有{said}。", rows=ROWS))


@pytest.mark.parametrize(
    ("body", "words"),
    [
        (
            '{{ m.of("丙市").place }}，{{ claim("首位", m.of("丙市")) }}，合计{{ y.total("投资", known=true) }}。',
            "第1位（缺少乙市的投资，未计入），首位，合计42万元。",
        ),
        (
            '{{ m.of("丙市").place }}。合计{{ y.total("投资", known=true) }}。',
            "第1位（缺少乙市的投资，未计入）。合计42万元（缺少乙市的投资，未计入）。",
        ),
        (
            '{{ m.of("丙市").place }}，**{{ y.mean("投资") }}**，有领域的{{ ranking(y.by("领域").count(), top=1) }}。',
            "第1位（缺少乙市的投资，未计入），21万元，有领域的电子、医药各1行（并列第1位）（缺少丙市的领域，未计入）。",
        ),
        (
            '{% set s %}{{ y.total("投资", known=true) }}{% endset %}{{ s }}，即{{ s }}，平均{{ y.mean("投资") }}。',
            "42万元（缺少乙市的投资，未计入），即42万元（缺少乙市的投资，未计入），平均21万元。",
        ),
    ],
)
def test_a_sentence_says_once_what_its_numbers_leave_out(tmp_path: Path, body: str, words: str) -> None:
    asked = f'{Y}{{% set m = y.by("城市").value("投资") %}}\n投资{body}'
    assert f"投资{words}" in printed(project(tmp_path, asked, rows=ROWS))


def test_more_than_three_names_are_counted_in_a_sentence(tmp_path: Path) -> None:
    for lacking, words in ((3, "（缺少101区、102区、103区的投资，未计入）"), (4, "（另有4行缺少投资，未计入）")):
        rows = "城市,年份,投资（万元）\n甲市,2024,1\n" + "".join(f"{101 + at}区,2024,\n" for at in range(lacking))
        root = project(
            tmp_path / str(lacking),
            '{{ tables.main.total("投资", known=true) }}，平均{{ tables.main.mean("投资") }}。',
            rows=rows,
        )
        assert f"1万元{words}，平均1万元。" in printed(root)


@pytest.mark.parametrize(
    ("shown", "note"),
    [
        ('chart.bar(y.by("城市").value("投资"), title="甲")', LACKING),
        ('chart.bar(y.by("城市").value("投资").top(1), values=[("value", "值")], title="甲")', LACKING),
        ('table(y.by("城市").value("投资"), [col("value", "值")], title="甲")', LACKING),
        ('table(y.by("城市").value("投资").items, [col("value", "值")], title="甲")', LACKING),
        ('chart.bar(y.by("领域").count(), title="甲")', "缺少领域、未计入的有1行。"),
        ('chart.bar(y.by("领域").total("投资", known=true), title="甲")', "缺少投资、未计入的有医药。"),
        ('chart.bar(y.by("领域").total("投资", known=true), title="甲")', "缺少领域、未计入的有1行。"),
        ('table([{"n": y.total("投资", known=true)}], [col("n", "值")], title="甲")', "缺少投资、未计入的有1行。"),
        (f'chart.column({BY_YEAR}, title="甲")', "没有画出的有丙市2023年、乙市2024年。"),
        (f'chart.column({BY_YEAR}, series="2024年", title="甲")', "没有画出的有乙市2024年。"),
        (f'chart.bar({CHANGE}, title="甲")', "缺少投资的变动、未计入的有乙市、丙市。"),
    ],
)
def test_a_note_says_what_a_chart_or_a_table_leaves_out(tmp_path: Path, shown: str, note: str) -> None:
    assert note in printed(project(tmp_path, f"{Y}{{{{ {shown} }}}}", rows=ROWS))


def test_a_note_says_why_there_are_no_shares(tmp_path: Path) -> None:
    columns = '[col("name", "城市"), col("value", "投资"), col("share", "占比")]'
    body = f'{Y}{{{{ table(y.by("城市").total("投资"), {columns}, title="甲") }}}}'
    assert "合计缺少乙市的投资，不计算占比。" in printed(project(tmp_path, body, rows=ROWS))
    full = ROWS.replace("医药,\n", "医药,8\n")
    assert "不计算占比" not in printed(project(tmp_path / "full", body, rows=full))


def test_many_names_are_counted_in_a_note(tmp_path: Path) -> None:
    rows = "城市,年份,投资（万元）\n甲市,2024,1\n" + "".join(f"{number}区,2024,\n" for number in range(101, 113))
    shown = 'chart.bar(tables.main.by("城市").value("投资"), title="甲")'
    assert "缺少投资、未计入的有12项。" in printed(project(tmp_path, f"{{{{ {shown} }}}}", rows=rows))


def test_an_english_edition_says_it_in_english(tmp_path: Path) -> None:
    body = (
        '{% set y = tables.main.where(Year=2024) %}\nSpending is {{ y.total("Spending", known=true) }} in all, '
        'and the first is {{ ranking(y.by("City").value("Spending"), top=1) }}.\n\n'
        '{{ chart.bar(y.by("City").value("Spending"), title="Spending") }}\n\n'
        '{{ chart.bar(y.by("Field").count(), title="Fields") }}'
    )
    text = printed(project(tmp_path, body, rows=ENGLISH, language="en"))
    assert "Spending is 42 million yuan (Bree left out for lack of Spending) in all" in text
    assert "the first is Cork (30 million yuan)." in text
    assert "Left out for lack of Spending: Bree." in text
    assert "Left out for lack of Field: 1 row." in text


def test_a_heat_map_prints_the_mark_itself_and_no_note(tmp_path: Path) -> None:
    assert "没有画出" not in printed(project(tmp_path, f'{Y}{{{{ chart.heatmap({BY_YEAR}, title="甲") }}}}', rows=ROWS))


EMPTY: Final = "城市,年份,投资（万元）\n甲市,2023,10\n甲市,2024,\n"


@pytest.mark.parametrize(
    ("said", "problem"),
    [
        (f'共{{{{ {CHANGE}.of("甲市").value }}}}。', "甲市 has no value, and no place among them"),
        (f'{{{{ chart.bar({CHANGE}, title="甲") }}}}', "chart.bar has nothing to draw: no value is known of 甲市"),
        (f"是{{{{ ranking({CHANGE}) }}}}。", "nobody is in the ranking: no value is known of 甲市"),
    ],
)
def test_what_has_no_value_at_all_is_told_by_name(tmp_path: Path, said: str, problem: str) -> None:
    (found,) = refused(project(tmp_path, said, rows=EMPTY))
    assert found.problem == problem


def test_an_intake_tells_later_and_missing_periods_as_a_check_does(tmp_path: Path) -> None:
    rows = "城市,年份,投资（万元）\n" + "".join(
        f"{city},{year},{amount}\n"
        for city, amount in (("甲市", 10), ("乙市", 20), ("丙市", 30))
        for year in (2023, 2024, 2090)
        if (city, year) != ("丙市", 2023)
    )
    root = project(tmp_path, "各地情况。", rows=rows)
    (taken,) = take(root).report.tables
    later, missing = (problem.problem for problem in taken.doubts)
    assert later.startswith("3 rows speak of 2090, which had not begun on ")
    assert missing == "1 of 3 has no row for a period that others have: 丙市 lacks 2023"
    assert [later, missing] == [problem.problem for problem in told(root, Level.WARN)][:2]
