"""clusterreport new adds to a project what its next build can use, and leaves alone what is there."""

from __future__ import annotations

import json
import tomllib
from typing import TYPE_CHECKING

import pytest

from clusterreport import settings
from clusterreport.app.build import build
from clusterreport.cli import main
from tests.acceptance.test_own_tables import words_of
from tests.cli.test_init import ENGLISH, started

if TYPE_CHECKING:
    from pathlib import Path

FIRMS = "城市,企业（家）\n广州,13800\n深圳,25000\n"


@pytest.fixture
def desk(tmp_path: Path) -> Path:
    return started(tmp_path, "firms.csv", FIRMS)


def new(desk: Path, *words: str) -> int:
    return main(["new", *words, "--project", str(desk)])


def test_a_table_a_section_and_an_audience_make_another_briefing(
    desk: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "经费.csv").write_text("城市,经费（亿元）\n广州,1120.05\n", encoding="utf-8")
    assert new(desk, "table", "spending", "--from", str(tmp_path / "经费.csv")) == 0
    assert "经费（亿元）: number in 亿元" in capsys.readouterr().out
    assert new(desk, "section", "spending") == 0
    assert new(desk, "audience", "mayor", "--like", "desk") == 0
    section = desk / "templates" / "sections" / "spending.md.j2"
    section.write_text('# 经费\n\n广州{{ tables.spending.where(城市="广州").value("经费") }}。\n', encoding="utf-8")
    audience = desk / "templates" / "audiences" / "mayor" / "audience.toml"
    assert 'title = "mayor"' in audience.read_text(encoding="utf-8")
    audience.write_text(audience.read_text(encoding="utf-8").replace('["overview"]', '["overview", "spending"]'))
    issue = build(settings.load(desk).overridden(audiences=("mayor",)), verify_pair=True)
    text = words_of(next(file.path for file in issue.files if file.path.suffix == ".pdf"))
    assert "广州1120.05亿元。" in text
    assert "深圳25000家" in text


def test_an_audience_and_a_section_may_have_chinese_names(desk: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert new(desk, "section", "经济运行") == 0
    assert new(desk, "audience", "领导版", "--like", "desk") == 0
    assert '+ audiences = ["desk", "领导版"]' in capsys.readouterr().out
    section = desk / "templates" / "sections" / "经济运行.md.j2"
    table = (
        'table(tables.main.by("城市").value("企业"), title="企业", columns=[col("name", "城市"), col("value", "企业")])'
    )
    section.write_text(f'# 经济运行\n\n见{{{{ ref("经济运行-table-1") }}}}。\n\n{{{{ {table} }}}}\n', encoding="utf-8")
    audience = desk / "templates" / "audiences" / "领导版" / "audience.toml"
    audience.write_text(
        audience.read_text(encoding="utf-8").replace('["overview"]', '["overview", "经济运行"]'), "utf-8"
    )
    issue = build(settings.load(desk), verify_pair=True)
    made = {file.path.name for file in issue.files if file.audience == "领导版"}
    name = settings.load(desk).issue
    assert {f"{name}-领导版.docx", f"{name}-领导版.pdf", "facts.json"} <= made
    folder = desk / "output" / name / "领导版"
    assert json.loads((folder / "manifest.json").read_text(encoding="utf-8"))["audience"] == "领导版"
    assert "经济运行" in words_of(folder / f"{name}-领导版.pdf")
    again = build(settings.load(desk).overridden(audiences=("领导版",)), verify_pair=True)
    assert {file.audience for file in again.files} == {"领导版"}


def test_the_longest_names_fit_a_disk(desk: Path) -> None:
    """A file's name has 255 bytes at most; an issue's name may have 60 signs, an audience's 20."""
    assert new(desk, "audience", "领" * 20, "--like", "desk") == 0
    file = desk / "clusterreport.toml"
    file.write_text(
        file.read_text(encoding="utf-8").replace("[briefing]\n", f'[briefing]\nissue = "{"期" * 60}"\n'), "utf-8"
    )
    issue = build(settings.load(desk), verify_pair=False)
    assert max(len(each.path.name.encode()) for each in issue.files) == 60 * 3 + 1 + 20 * 3 + len(".docx")


def test_a_dictionary_in_chinese_words_goes_on_in_them(desk: Path, tmp_path: Path) -> None:
    tables = desk / "data" / "tables.toml"
    tables.write_text(tables.read_text(encoding="utf-8").replace("[tables.", '["表".'), encoding="utf-8")
    (tmp_path / "other.csv").write_text(ENGLISH, encoding="utf-8")
    assert new(desk, "table", "other", "--from", str(tmp_path / "other.csv")) == 0
    assert main(["check", str(desk)]) == 0


def test_a_table_with_a_chinese_name_can_be_said_in_templates(
    desk: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "other.csv").write_text("城市,经费（亿元）\n广州,1120.05\n", encoding="utf-8")
    assert new(desk, "table", "各区", "--from", str(tmp_path / "other.csv")) == 0
    section = desk / "templates" / "sections" / "overview.md.j2"
    text = section.read_text(encoding="utf-8") + '\n广州{{ tables.各区.where(城市="广州").value("经费") }}。\n'
    section.write_text(text, encoding="utf-8")
    assert main(["check", str(desk)]) == 0, capsys.readouterr().err


def test_a_dictionary_that_the_new_table_would_spoil_stays_as_it_was(desk: Path, tmp_path: Path) -> None:
    tables = desk / "data" / "tables.toml"
    columns = '{ "城市" = { type = "string" }, "企业" = { titles = "企业（家）", type = "integer", unit = "家" } }'
    main_table = f'path = "data/firms.csv", title = "企业", unit = "行", source = "甲", columns = {columns}'
    before = f"tables = {{ main = {{ {main_table} }} }}\n"
    tables.write_text(before, encoding="utf-8")
    assert main(["check", str(desk)]) == 0
    (tmp_path / "other.csv").write_text("a,b\n1,2\n", encoding="utf-8")
    assert new(desk, "table", "other", "--from", str(tmp_path / "other.csv")) == 1
    assert tables.read_text(encoding="utf-8") == before
    assert not (desk / "data" / "other.csv").exists()


def test_a_new_audience_is_named_in_the_settings_and_what_changed_is_told(
    desk: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = desk / "clusterreport.toml"
    before = file.read_text(encoding="utf-8").replace('audiences = ["desk"]', 'audiences = ["desk"]  # 谁看')
    file.write_text(before, encoding="utf-8")
    assert new(desk, "audience", "mayor", "--like", "desk") == 0
    told = capsys.readouterr().out
    assert "its title is now mayor, and all else is that of desk; set for its readers: title, document_title" in told
    assert told.endswith('- audiences = ["desk"]  # 谁看\n+ audiences = ["desk", "mayor"]  # 谁看\n')
    assert file.read_text(encoding="utf-8") == before.replace('["desk"]', '["desk", "mayor"]')
    assert settings.load(desk).audiences == ("desk", "mayor")


@pytest.mark.parametrize("written", ["title = '部门版'", 'title="部门版"  # 给谁', 'title   = "部门版"'])
def test_a_new_audience_has_its_name_for_a_title_however_the_old_was_written(desk: Path, written: str) -> None:
    audience = desk / "templates" / "audiences" / "desk" / "audience.toml"
    text = audience.read_text(encoding="utf-8")
    line = next(line for line in text.splitlines() if line.startswith("title = "))
    audience.write_text(text.replace(line, written), encoding="utf-8")
    assert new(desk, "audience", "mayor", "--like", "desk") == 0
    copy = (desk / "templates" / "audiences" / "mayor" / "audience.toml").read_text(encoding="utf-8")
    assert tomllib.loads(copy)["title"] == "mayor"


def test_settings_that_cannot_be_changed_alone_are_left_and_the_very_line_is_told(
    desk: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = desk / "clusterreport.toml"
    file.write_text('briefing = { as_of = 2025-09-22, audiences = ["desk"], author = "甲" }\n', encoding="utf-8")
    assert new(desk, "audience", "mayor", "--like", "desk") == 0
    told = capsys.readouterr().out
    assert told.endswith('below [briefing], in place of the line of audiences:\naudiences = ["desk", "mayor"]\n')
    assert settings.load(desk).audiences == ("desk",)


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (("table", "main", "--from", "FILE"), "data/tables.toml has a table of this name"),
        (("table", "2024", "--from", "FILE"), "a template cannot say this name"),
        (("table", "other"), "it is not said in which file the table other stands"),
        (("table", "other"), "new table other --from FILE.xlsx, or .csv."),
        (("table", "other", "--from", "missing.csv"), "there is no such file"),
        (("section", "overview"), "there is a section of this name"),
        (("section", "../x"), "this cannot be the name of a file"),
        (("audience", "desk", "--like", "desk"), "there is an audience of this name"),
        (("audience", "mayor", "--like", "nobody"), "there is no audience of this name"),
        (("audience", "mayor", "--like", "dest"), "Did you mean desk? Write one of: desk."),
        (
            ("audience", "市长 版（内部）", "--like", "desk"),
            "20 characters, such as 市长版内部; what readers see is the title",
        ),
        (("audience", "Mayor", "--like", "desk"), "such as mayor; what readers see is the title in the file"),
        (("audience", "-", "--like", "desk"), "at most 60 letters or 20 characters; what readers see is the title"),
        (("audience", "领" * 21, "--like", "desk"), f"such as {'领' * 20}; what"),
        (("audience", "\uf9b4導版", "--like", "desk"), "this cannot be the name of a file"),
    ],
)
def test_what_cannot_be_added_is_told_and_nothing_changes(
    desk: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], words: tuple[str, ...], told: str
) -> None:
    (tmp_path / "other.csv").write_text(ENGLISH, encoding="utf-8")
    before = {path: path.read_bytes() for path in desk.rglob("*") if path.is_file()}
    assert new(desk, *(str(tmp_path / "other.csv") if word == "FILE" else word for word in words)) in {1, 2}
    assert told in capsys.readouterr().err
    assert {path: path.read_bytes() for path in desk.rglob("*") if path.is_file()} == before


def test_a_file_of_the_same_name_is_not_overwritten(desk: Path, tmp_path: Path) -> None:
    (tmp_path / "more").mkdir()
    (tmp_path / "more" / "firms.csv").write_text(ENGLISH, encoding="utf-8")
    assert new(desk, "table", "more", "--from", str(tmp_path / "more" / "firms.csv")) == 2
    assert (desk / "data" / "firms.csv").read_text(encoding="utf-8") == FIRMS
