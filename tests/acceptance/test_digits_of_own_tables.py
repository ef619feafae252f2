"""Every number of a project that has only tables of its own is accounted for too, and what is typed is told."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from clusterreport.cli import main

pytestmark = pytest.mark.slow

LINES = """线路,年份,客流（万人次）
1号线,2023,120
1号线,2024,130
G4,2023,90
G4,2024,110
3号线,2023,60
3号线,2024,80
"""
FOUND = 'tables.main.where(年份=2024).by("线路").value("客流")'
MORE = f"""
# 另一段

各线有：{{{{ names({FOUND}.items) }}}}。{{% for item in {FOUND}.items %}}{{{{ item.name }}}}的客流为{{{{ item.value }}}}；{{% endfor %}}其中客流最多的是{{{{ {FOUND}.items[0].name }}}}。

{{{{ chart.bar({FOUND}, title="2024年客流") }}}}
"""  # noqa: E501 -- one paragraph
SOURCE = "地铁公司《年报2024》表3-9"


@pytest.fixture
def desk(tmp_path: Path) -> Path:
    """Make a project of a table, as init does, with names that hold digits, a source that does, and a section more."""
    (tmp_path / "lines.csv").write_text(LINES, encoding="utf-8")
    assert main(["init", str(tmp_path / "desk"), "--from", str(tmp_path / "lines.csv"), "--language", "zh"]) == 0
    for file in ("data/tables.toml", "templates/sections/overview.md.j2"):
        path = tmp_path / "desk" / file
        path.write_text(path.read_text(encoding="utf-8").replace("未注明来源的文件lines.csv", SOURCE), encoding="utf-8")
    typed(tmp_path / "desk", MORE)
    return tmp_path / "desk"


def typed(desk: Path, words: str) -> None:
    template = desk / "templates" / "sections" / "overview.md.j2"
    template.write_text(template.read_text(encoding="utf-8") + f"\n{words}\n", encoding="utf-8")


def test_names_titles_and_sources_of_the_data_are_accounted_for(desk: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["build", str(desk), "--verify-pair", "--json"]) == 0
    (compared,) = json.loads(capsys.readouterr().out)["compared"]
    for file in compared["digits"].values():
        assert file["fact"] > 20
        assert file["data"] + file["named"] > 6


@pytest.mark.parametrize(
    ("words", "numeral"),
    [
        ("另有第七批项目在建。", "七"),
        ("另有一条线延至六期工程。", "六"),
        (f'{{{{ chart.bar({FOUND}, title="2022年客流", label="b") }}}}', "2022"),
        (f'{{{{ table({FOUND}.items, [col("name", "2021年线路"), col("value", "客流")], title="客流") }}}}', "2021"),
    ],
)
def test_a_number_typed_into_a_template_stops_the_build(
    desk: Path, capsys: pytest.CaptureFixture[str], words: str, numeral: str
) -> None:
    typed(desk, words)
    assert main(["build", str(desk), "--verify-pair"]) == 1
    told = [line for line in capsys.readouterr().err.splitlines() if f"the number “{numeral}” in “" in line]
    assert any("the Word file, " in line for line in told)
    assert any("the PDF, page " in line for line in told)
    assert not (desk / "output").exists()


def test_quotes_and_lists_let_numbers_stand(desk: Path, capsys: pytest.CaptureFixture[str]) -> None:
    typed(desk, '{{ quoted("全长37公里", source="报道") }}；另有37个项目在建。')
    beside = desk / "templates" / "sections" / "overview.allow.txt"
    beside.write_text("另有37个项目\n", encoding="utf-8")
    assert main(["build", str(desk), "--verify-pair", "--json"]) == 0
    (compared,) = json.loads(capsys.readouterr().out)["compared"]
    assert [file["allowed"] for file in compared["digits"].values()] == [1, 1]


def test_a_project_that_init_writes_names_its_files(tmp_path: Path) -> None:
    assert main(["init", str(tmp_path / "example"), "--language", "zh"]) == 0
    assert main(["build", str(tmp_path / "example"), "--verify-pair"]) == 0
