"""clusterreport.toml is read with care: what is wrong is named with its place and a remedy."""

from __future__ import annotations

import datetime as dt
import subprocess
import sys
from pathlib import Path

import pytest

from clusterreport.errors import UsageError
from clusterreport.settings import load
from clusterreport.settings.layout import Layout
from tests.settings.projects import WHOLE, loaded, written


def test_a_whole_file_is_read(tmp_path: Path) -> None:
    settings = loaded(tmp_path, WHOLE)
    assert settings.data["clusters"] == tmp_path / "data/clusters.csv"
    assert settings.places["clusters"] == "data/clusters.csv"
    assert (settings.issue, settings.number, settings.total) == ("2025-09", 9, 33)
    assert settings.audiences == ("bureau", "leaders")
    assert settings.formats == ("docx", "pdf")
    assert settings.output == tmp_path / "output"


def test_a_byte_order_mark_does_no_harm(tmp_path: Path) -> None:
    assert load(written(tmp_path, WHOLE, "utf-8-sig")).focus == "广州"


def test_another_date_is_another_issue_and_takes_no_number_from_the_settings(tmp_path: Path) -> None:
    changed = loaded(tmp_path, WHOLE).overridden(as_of=dt.date(2025, 12, 1))
    assert (changed.issue, changed.number, changed.total) == ("2025-12", None, None)


def test_the_same_date_keeps_the_number(tmp_path: Path) -> None:
    assert loaded(tmp_path, WHOLE).overridden(as_of=dt.date(2025, 9, 22)).number == 9


def test_what_the_command_line_says_goes_first(tmp_path: Path) -> None:
    changed = loaded(tmp_path, WHOLE).overridden(focus="苏州", audiences=("public",), formats=("pdf",), output=tmp_path)
    assert (changed.focus, changed.audiences, changed.formats) == ("苏州", ("public",), ("pdf",))
    assert changed.output == tmp_path


@pytest.mark.parametrize(
    ("old", "new", "where", "problem", "remedy"),
    [
        ('focus = "广州"', "", "briefing.focus", "it is not set", 'Write focus = "…"'),
        ("as_of = 2025-09-22", "", "briefing.as_of", "it is not set", "Write as_of = 2025-09-22"),
        ("as_of = 2025-09-22", 'as_of = "2025-09-22"', "briefing.as_of", "of the wrong kind", "Write a date"),
        ("number = 9", "number = true", "briefing.number", "of the wrong kind", "Write a whole number"),
        ("number = 9", "nubmer = 9", "briefing.nubmer", "no such setting", "Write one of: focus"),
        ("[data]", "[date]", "date", "no such table", "Write one of: briefing, data, folders"),
        ('figures = "data/figures.csv"', "", "data", "no file is named for: figures", "Write figures = "),
        ('["bureau", "leaders"]', "[]", "briefing.audiences", "it is empty", "Write at least one name."),
        ('author = "某中心"', 'formats = ["odt"]', "briefing.formats", "'odt' is not known", "docx, pdf"),
        ("number = 9", "number = = 9", "clusterreport.toml", "not valid TOML", "Mend the line"),
    ],
)  # fmt: skip
def test_a_wrong_setting_is_named(tmp_path: Path, old: str, new: str, where: str, problem: str, remedy: str) -> None:
    with pytest.raises(UsageError) as raised:
        loaded(tmp_path, WHOLE.replace(old, new))
    assert where in raised.value.problem.where
    assert problem in raised.value.problem.problem
    assert remedy in raised.value.problem.remedy
    assert raised.value.exit_code == 2


def test_a_folder_without_settings_is_named(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match=r"there is no clusterreport\.toml in this folder"):
        load(tmp_path)


def test_a_file_in_another_encoding_is_named(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="it is not UTF-8 text"):
        load(written(tmp_path, WHOLE, "gb18030"))


def test_a_setting_outside_its_table_is_named(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="it is not a table"):
        loaded(tmp_path, 'data = "x"\n')


def test_what_reads_the_settings_is_not_loaded_before_they_are_read() -> None:
    asked = "import sys, clusterreport.cli as c; c.parser(); print(*sorted(sys.modules))"
    result = subprocess.run([sys.executable, "-c", asked], capture_output=True, text=True, check=True)
    assert {"pydantic", "pydantic_core", "email_validator", "clusterreport.settings.validation"}.isdisjoint(
        result.stdout.split()
    )


def test_a_key_without_a_name_and_a_date_are_quoted_as_toml_has_them(tmp_path: Path) -> None:
    with pytest.raises(UsageError) as raised:
        loaded(tmp_path, WHOLE.replace("number = 9", '"" = 1').replace('"某中心"', "2025-09-22"))
    assert [(problem.where, problem.problem) for problem in raised.value.problems] == [
        ('clusterreport.toml, briefing.""', "there is no such setting"),
        ("clusterreport.toml, briefing.author", "2025-09-22 is of the wrong kind"),
    ]


@pytest.mark.parametrize(
    ("old", "new", "remedy"),
    [
        ("number = 9", "nubmer = 9", "Did you mean number? Write one of: focus, as_of, audiences"),
        ("[data]", "[date]", "Did you mean data? Write one of: briefing, data, folders"),
        ("number = 9", "x = 9", "Write one of: focus, as_of, audiences"),
    ],
)
def test_an_unknown_setting_is_told_with_the_one_it_looks_like(tmp_path: Path, old: str, new: str, remedy: str) -> None:
    with pytest.raises(UsageError) as raised:
        loaded(tmp_path, WHOLE.replace(old, new))
    assert raised.value.problem.remedy.startswith(remedy)


def in_workbook(layout: str) -> str:
    return WHOLE.replace('clusters = "data/clusters.csv"', f"clusters = {layout}")


def test_a_table_may_stand_on_a_sheet_below_other_rows(tmp_path: Path) -> None:
    settings = loaded(tmp_path, in_workbook('{ path = "data/集群.xlsx", sheet = "名录", header_rows = [3, 4] }'))
    assert settings.data["clusters"] == tmp_path / "data/集群.xlsx"
    assert settings.places["clusters"] == "data/集群.xlsx"
    assert settings.layouts == {"clusters": Layout("名录", (3, 4))}


@pytest.mark.parametrize(
    ("layout", "where", "problem"),
    [
        ('{ sheet = "名录" }', "data.clusters.path", "it is not set"),
        ('{ path = "a.xlsx", sheet = 1 }', "data.clusters.sheet", "1 is of the wrong kind"),
        ('{ path = "a.xlsx", shet = "x" }', "data.clusters.shet", "there is no such setting"),
        ('{ path = "a.xlsx", header_rows = 3 }', "data.clusters.header_rows", "3 is no list of at most 5 rows"),
        ('{ path = "a.xlsx", header_rows = [0] }', "data.clusters.header_rows", "[0] is no list"),
        ('{ path = "a.xlsx", header_rows = [true] }', "data.clusters.header_rows", "[True] is no list"),
        ('{ path = "a.xlsx", header_rows = [4, 3] }', "data.clusters.header_rows", "not in the order of the rows"),
        ('{ path = "a.xlsx", header_rows = [3, 3] }', "data.clusters.header_rows", "not in the order of the rows"),
        ('{ path = "a.xlsx", hidden_rows = "drop" }', "data.clusters.hidden_rows", "'drop' is not known"),
        ("3", "data.clusters", "3 is of the wrong kind"),
    ],
)
def test_a_wrong_place_of_a_table_is_named(tmp_path: Path, layout: str, where: str, problem: str) -> None:
    with pytest.raises(UsageError) as raised:
        loaded(tmp_path, in_workbook(layout))
    assert raised.value.problem.where == f"clusterreport.toml, {where}"
    assert problem in raised.value.problem.problem
