"""Each of the ways to break a template is told with its file, its line and a remedy, all of a run at once."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from dataclasses import dataclass
from typing import TYPE_CHECKING

import pytest

from clusterreport.cli import main
from clusterreport.errors import Problem
from tests.acceptance.conftest import ROOT, copy_project
from tests.data.tables import RD, ROWS

if TYPE_CHECKING:
    from pathlib import Path

AUDIENCE = 'title = "试验版"\ndocument_title = "试验"\ntheme = "briefing"\nsections = {}\n'
SOUND = "# 标题\n\n全国共有{{ nation.clusters }}。\n"
HEAD = "# 标题\n\n"
"""What stands before the broken words, which are therefore on line 3."""

FEWEST = 40
LINE_3 = ", line 3"
DRAWN = ("a table is drawn with |", "Write {{ table(…) }}, which keeps the basis of its numbers.")
UNREADABLE = "Check that every {{, {% and {# is closed, and every if and for has its end."
BY_HAND = "Print a finding with {{ }}, say it with quoted(…), or name the words in "
CLAIMED = "Print a finding with {{ }}, or say it with claim(“…”, value)"
UNSEEN = "Delete the character and type it anew."
VALUES = "广州, 深圳, 佛山"

# by the name of the section: what is written below the heading, what is told, and how the remedy begins
ONE_FAULT = {
    # names that there are not
    "name": ("{{ natoin.clusters }}", "there is nothing called 'natoin'", "Did you mean nation? "),
    "python": ("{{ open('/etc/passwd').read() }}", "there is nothing called 'open'", "Write one of: "),
    "field": ("{{ nation.clusterz }}", "there is no 'clusterz' in a Nation", "Did you mean clusters? Write one of: "),
    "filter": (
        "{{ nation.clusters|decimls(1) }}",
        "there is no filter 'decimls'",
        "Did you mean decimals? Write one of: ",
    ),
    "question": (
        "{% if nation.clusters is showm %}甲{% endif %}",
        "there is no test 'showm'",
        "Did you mean shown? Write one of: ",
    ),
    "argument": (
        "{{ ranking(nation.by_field, topp=3) }}",
        "ranking has no argument 'topp'",
        "Did you mean top? Write one of: ",
    ),
    "item": (
        "{{ regions.by_province.of('广东省') }}",
        "there is no '广东省' among them",
        "Did you mean 广东? Write one of: ",
    ),
    "published": (
        "{{ published.of('nation', 'clusterz') }}",
        "there is no 'nation.clusterz' among them",
        "Did you mean nation.clusters_total? Write one of: nation.clusters_total, ",
    ),
    "label": ("见{{ ref('nichts') }}。", "no table, figure or section has the label 'nichts'", "Did you mean "),
    "private": (
        "{{ nation.__class__.__mro__ }}",
        "'__class__' of a Nation is out of a template's reach",
        "Write one of: ",
    ),
    "hidden": ("{{ nation._x }}", "there is no '_x' in a Nation", "Write one of: "),
    # files that there are not, or that go round in a circle
    "included": ("{% include 'sections/w.md.j2' %}", "there is no template 'sections/w.md.j2'", "Did you mean "),
    "extended": ("{% extends 'sections/w.md.j2' %}", "there is no template 'sections/w.md.j2'", "Did you mean "),
    "imported": ("{% from 'sections/w.md.j2' import m %}", "there is no template 'sections/w.md.j2'", "Did you mean "),
    "circle": (
        "{% include 'sections/circle.md.j2' %}",
        "a template takes itself in",
        "Take the line out, or name another file.",
    ),
    # braces and tags
    "brace": ("全国{{ nation.clusters }个。", "it cannot be read: unexpected '}'", UNREADABLE),
    "tag": (
        "{% if nation.clusters.known %}甲\n\n乙",
        "{% if %} is not closed",
        "Write {% endif %} behind what belongs to it.",
    ),
    "percent": ("{% if nation.clusters.known 甲", "it cannot be read: 甲 stands where %} is due", UNREADABLE),
    "call": (
        "{% call callout('提示') %}甲",
        "{% call %} is not closed",
        "Write {% endcall %} behind what belongs to it.",
    ),
    "comment": ("{# 甲", "a comment is not closed", "Close the comment with #}; a label "),
    "end": (
        "甲{% endfor %}",
        "{% endfor %} belongs to nothing that is open",
        "Take it out, or open what it belongs to",
    ),
    "crossed": (
        "{% for x in nation.years %}{% if x.clusters.known %}甲{% endfor %}",
        "{% endfor %} stands where {% if %} is not closed yet",
        "Write {% endif %} behind what belongs to it.",
    ),
    "no_tag": (
        "{% fro x in nation.years %}甲{% endfor %}",
        "there is no tag {% fro %}",
        "Did you mean from? Write one of: from, for, ",
    ),
    "blocks": (
        "{% block a %}甲{% endblock %}{% block a %}乙{% endblock %}",
        "there are two blocks called 'a'",
        "Give one of the two another name.",
    ),
    "single": (
        "全国{nation.clusters}。",
        "{nation.clusters} would be printed as it is",
        "Write two braces and no space between them",
    ),
    "wide": (
        "{{ ranking（regions.by_province） }}",
        "the full-width （ stands in an expression",
        "Write commas, brackets and quotes half-width",
    ),
    # the wrong kind of thing
    "kind_of_value": (
        "{{ ranking(regions.by_province, top='三') }}",
        "top needs a whole number from 1, not '三'",
        "Write",
    ),
    "object": ("{{ nation }}", "a Nation cannot be printed as it is", "Print one of its parts: clusters, "),
    "function": ("{{ ranking }}", "a function cannot be printed as it is", "Write brackets with its arguments"),
    "bare": ("{{ 80 }}", "80, a number without a basis, cannot be printed", "Print the finding that the number"),
    "sum": (
        "{{ nation.clusters + nation.provinces }}",
        "a Quantity cannot be computed with in a template",
        "Join words",
    ),
    "compared": (
        "{% if nation.clusters > 3 %}甲{% endif %}",
        "a number is compared as it is",
        "Write .amount behind its name",
    ),
    "unlike": (
        "{% if nation.clusters.amount > '三' %}甲{% endif %}",
        "what stands on the two sides of > cannot be compared",
        "Compare amounts with numbers, and words with == or !=.",
    ),
    "looped": (
        "{% for x in nation.clusters %}甲{% endfor %}",
        "a loop needs several items, not a Quantity",
        "Give it a list, or range(…).",
    ),
    "letters": (
        "{% for x in '甲乙' %}{{ x }}{% endfor %}",
        "a loop needs several items, not the words “甲乙”",
        "Give it a list, or range(…).",
    ),
    "words_between": (
        "{% call ranking(regions.by_province) %}甲{% endcall %}",
        "ranking takes no words between call and endcall",
        "Write it between {{ and }}.",
    ),
    # what has no end or no result
    "zero": ("{% if 1 / 0 %}甲{% endif %}", "a number is divided by zero", "Stand the division between {% if"),
    "itself": ("{% macro m() %}{{ m() }}{% endmacro %}{{ m() }}", "it calls itself without end", "Extend sections/"),
    "range": (
        "{% for x in range(1000000000) %}甲{% endfor %}",
        "range would count 1,000,000,000 numbers",
        "Count at most 1,000.",
    ),
    "turns": (
        "{% for x in range(1000) %}{% for y in range(1000) %}{% endfor %}{% endfor %}",
        "its loops turn more than 200,000 times",
        "Take fewer rows, or loops that are not nested.",
    ),
    # own tables
    "table": ("{{ tables.rdd.count() }}", "there is no 'rdd' among them", "Did you mean rd? Write one of: "),
    "verb": (
        "{{ tables.rd.where(year=2024).sum('spending') }}",
        "there is no 'sum' of the rows of a table",
        "Write one of: blank, by, change, ",
    ),
    "column": (
        "{{ tables.rd.where(year=2024).total('spendin') }}",
        "tables.rd: it has no column 'spendin'",
        "Did you mean spending? Write one of: 城市, 年份, 研发经费（亿元）, ",
    ),
    "year": (
        "{{ tables.rd.where(year=2019).total('spending') }}",
        "tables.rd: no row has 2019 in 年份",
        "Write one of: 2023, 2024.",
    ),
    "group": (
        "{{ ranking(tables.rd.where(city='东莞').by('year').total('spending')) }}",
        "tables.rd: no row has 东莞 in 城市",
        f"Write one of: {VALUES}.",
    ),
    "row": (
        "{{ tables.rd.where(city='东莞', year=2024).value('spending') }}",
        "tables.rd: no row has 东莞 in 城市",
        f"Write one of: {VALUES}.",
    ),
    "years": (
        "{{ tables.rd.total('spending') }}",
        "tables.rd: values of unlike years (2023, 2024) would be put together",
        "Choose a year with where(year=2024)",
    ),
    "shares": (
        "{{ tables.rd.where(year=2024).total('share') }}",
        "tables.rd: 占GDP比重 is measured in %, and such values cannot be added up",
        "Ask for the median, or the mean by a weight",
    ),
    "unnamed": (
        "{{ tables.rd.where(2024).count() }}",
        "where cannot be called so",
        'Write each with its name: where(column="…").',
    ),
    # charts and tables
    "chart": (
        "{{ chart.pie(regions.by_province, title='图') }}",
        "there is no 'pie' among them",
        "Write one of: line, ",
    ),
    "untitled": (
        "{{ chart.bar(regions.by_province) }}",
        "chart.bar cannot be called so: missing a required",
        "Its arguments are: ",
    ),
    "drawn": (
        "{{ chart.bar(nation.clusters, title='图') }}",
        "a chart draws several values, not a Quantity",
        "Give it a ranking, as ",
    ),
    "units": (
        (
            "{{ chart.column([tables.rd.where(year=2024).by('city').value('spending'),"
            " tables.rd.where(year=2024).by('city').value('share')], title='图') }}"
        ),
        "a chart draws one ranking or panel, not a list of them",
        "Give it one of them, or a panel",
    ),
    "series": (
        "{{ chart.scatter(regions.by_province, title='图') }}",
        "chart '图': a scatter chart takes 2 series, and it has 1",
        "Give it a series across and a series up.",
    ),
    "part": (
        "{{ table(regions.provinces, [col('nme', '省份')], title='表') }}",
        "there is no 'nme' in a ProvinceRecord",
        "Did you mean name? Write one of: ",
    ),
    "ragged": ("| 省份 | 数量 |\n|---|---|\n| 江苏 | 很多 | 多余 |\n| 广东 |", *DRAWN),
    # words that may not stand in a briefing
    "digits": ("全国共有80个集群。", "the number 80 is typed by hand", f"{BY_HAND}digits.allow.txt."),
    "html": ("全国<b>最全</b>。", "the tag <b> would be printed as it is", "Take it out, or write ** and empty lines."),
    "entity": ("一行&nbsp;两行。", "&nbsp; would be printed as it is", "Type the character itself."),
    "note": ("一句话[^1]。", "[^1] would be printed as it is", "Write {{ footnote('…') }} behind the words."),
    "empty_note": ("一句话{{ footnote() }}。", "the footnote is empty", "Write its words in the brackets"),
    "comma": ("全国一致,而且齐全。", "half-width , beside Chinese", "Write ，."),
    "language": (
        "There are many clusters in the country.",
        "the section is not written in the language of the audience (zh)",
        "Write it so, under the same name in the audience's own folder",
    ),
    # words that say of a number what it does not
    "spelled": ("共有三十七个集群。", "“三十七” is a number that is typed by hand", CLAIMED),
    "tenths": ("跨区域的占七成四。", "“七成四” is a number that is typed by hand", CLAIMED),
    "hundredths": ("跨区域的占百分之七十四。", "“百分之七十四” is a number that is typed by hand", CLAIMED),
    "thirds": ("跨区域的占三分之二。", "“三分之二” is a number that is typed by hand", CLAIMED),
    "doubling": ("数量翻一番。", "“翻一番” is a number that is typed by hand", CLAIMED),
    "unrivalled": ("广州居全国首位。", "“首位” is typed by hand", 'Write {{ claim("首位", ranking.of("…")) }}'),
    "far_ahead": (
        "广州遥遥领先。",
        "“遥遥领先” is typed by hand",
        'Write {{ claim("遥遥领先", ranking.of("…"), like="首位") }}',
    ),
    "nearly": (
        "{{ claim('近八成', integration.intake.share) }}。",
        "“近八成” is not true",
        "True would be: “近四分之三”, “超七成”.",
    ),
    "over_nine": (
        "{{ claim('超九成', integration.intake.share) }}。",
        "“超九成” is not true",
        "True would be: “近四分之三”",
    ),
    "redoubled": (
        "{{ claim('翻了两番', nation.clusters, nation.stock) }}。",
        "“翻了两番” is not true",
        "Print the number itself",
    ),
    "bound": ("近{{ integration.intake.share }}。", "“近” is typed beside a number", "Say it with claim(“…”, value)"),
    "twice": (
        '超{{ published.of("A19", "total_output") }}。',
        "“超” stands beside a number that says “超” itself",
        "Take the word out.",
    ),
    "dropped": (
        '产值{{ published.of("A19", "total_output")|plain }}。',
        "the number is printed without its “超”",
        "Write the word into the sentence",
    ),
    "scope": (
        "跨区域的{{ integration.stock.cross }}，占{{ integration.total.share }}。",
        "integration.total.share is the share of another count than integration.stock.cross",
        "Print the count and the share of one finding",
    ),
    "whole": (
        "新增{{ nation.intake }}，其中已有的{{ nation.stock }}。",
        "nation.stock is more than nation.intake",
        "Name a part of it",
    ),
    "fallen": ("比重{{ claim('下降', integration.change) }}。", "“下降” is not true", "True would be: “提高”"),
    "wrong_way": ("比重{{ integration.change|moved('下降', '提高') }}。", "“下降” does not say that", "Write one of: "),
    "shared_first": (
        "{{ claim('最多', regions.by_province.of('浙江')) }}。",
        "“最多” is not true of regions.by_province[浙江].value (8个)",
        "True would be: “并列第2位”.",
    ),
    "picture": ("![图](x.png)", "a picture cannot stand in a briefing", "Draw a chart from the data"),
    "link": ("[名录](ftp://x)", "a link leads to 'ftp://x'", "Let it begin with https://, http://, mailto:."),
    "deep": ("##### 太深\n\n一。", "a heading of level 5 is too deep", "Use at most 4 signs #."),
    "unseen": ("甲\u200b乙。", "words hold the character U+200B, which cannot be printed", UNSEEN),
    "null": ("甲\x00乙。", "words hold the character U+0000, which cannot be printed", UNSEEN),
}


@dataclass(frozen=True)
class Told:
    """What a run says of one file."""

    where: str
    problem: str
    remedy: str


# whole files: bytes, and what is told of them by line
Parts = tuple[str, str, str]
UNNAMED = (LINE_3, "there is nothing called 'natoin'", "Did you mean nation? ")
NO_TEXT = ("", "it is not UTF-8 text", "Save the file as UTF-8.")
SAME = ("the label 'same' is taken by templates/sections/anchors.md.j2, line 3", "Give one of the two another label.")
MATTER = ("the file begins with ---, as settings before a text do", "Take the lines out; title, language")
NO_HEADING = ("there is text before the section's heading", "Begin the file with # and a heading.")
FILES: dict[str, tuple[bytes, tuple[Parts, ...]]] = {
    "anchors": (f"{HEAD}## 甲 {{#same}}\n\n一。\n\n## 乙 {{#same}}\n\n二。\n".encode(), ((", line 7", *SAME),)),
    "mark": (f"\ufeff{HEAD}{{{{ natoin.x }}}}\n".encode(), (UNNAMED,)),
    "returns": (f"{HEAD}{{{{ natoin.x }}}}\n".replace("\n", "\r\n").encode(), (UNNAMED,)),
    "utf16": (SOUND.encode("utf-16"), (NO_TEXT,)),
    "gbk": (SOUND.encode("gbk"), (NO_TEXT,)),
    "matter": (f"---\ntitle: 甲\n---\n\n{SOUND}".encode(), ((", line 1", *MATTER), ("", *NO_HEADING))),
}
EXPECTED: dict[str, tuple[Parts, ...]] = {
    **{name: ((LINE_3, problem, remedy),) for name, (_, problem, remedy) in ONE_FAULT.items()},
    **{name: told for name, (_, told) in FILES.items()},
    "nowhere": (("", "there is no section 'nowhere', which audience.toml names", "Write one of: "),),
}


def write_audience(project: Path, text: str) -> None:
    folder = project / "templates" / "audiences" / "trial"
    folder.mkdir(exist_ok=True)
    (folder / "audience.toml").write_text(text, encoding="utf-8")


def run(project: Path, *words: str) -> subprocess.CompletedProcess[str]:
    """Run the program as a user does, in a process of its own."""
    command = [sys.executable, "-m", "clusterreport", *words, str(project), "--audience", "trial"]
    return subprocess.run(command, capture_output=True, text=True, check=False, cwd=ROOT)


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the shipped project with an own table and an audience of one sound section, built."""
    project = copy_project(tmp_path_factory.mktemp("desk"))
    (project / "data" / "tables.toml").write_text(RD, encoding="utf-8")
    (project / "data" / "rd.csv").write_text(ROWS, encoding="utf-8")
    (project / "templates" / "sections" / "sound.md.j2").write_text(SOUND, encoding="utf-8")
    write_audience(project, AUDIENCE.format('["sound"]'))
    built = run(project, "build", "--quiet")
    assert built.returncode == 0, built.stderr
    return project


@pytest.fixture(scope="module")
def broken(desk: Path) -> Path:
    """Return the project with all broken templates in one audience."""
    sections = desk / "templates" / "sections"
    for name, (body, _, _) in ONE_FAULT.items():
        (sections / f"{name}.md.j2").write_text(f"{HEAD}{body}\n", encoding="utf-8")
    for name, (content, _) in FILES.items():
        (sections / f"{name}.md.j2").write_bytes(content)
    write_audience(desk, AUDIENCE.format(json.dumps(list(EXPECTED))))
    return desk


@pytest.fixture(scope="module")
def told(broken: Path) -> dict[str, list[Told]]:
    """Return what one run says of all broken templates, by section."""
    checked = run(broken, "check", "--json")
    assert checked.returncode == 1, checked.stderr
    by_section: dict[str, list[Told]] = {}
    for problem in json.loads(checked.stdout)["problems"]:
        place = re.fullmatch(r"templates/sections/(\w+)\.md\.j2(.*)", problem["where"])
        assert place, problem
        by_section.setdefault(place[1], []).append(Told(place[2], problem["problem"], problem["remedy"]))
    return by_section


def test_there_are_enough_of_them() -> None:
    assert len(EXPECTED) >= FEWEST


@pytest.mark.slow
@pytest.mark.parametrize("section", EXPECTED)
def test_a_broken_template_is_told_with_line_and_remedy(told: dict[str, list[Told]], section: str) -> None:
    said = told.get(section, [])
    assert len(said) == len(EXPECTED[section]), said
    for one, (where, problem, remedy) in zip(said, EXPECTED[section], strict=True):
        assert one.where == where
        assert one.problem.startswith(problem), one
        assert one.remedy.startswith(remedy), one
        assert one.remedy.endswith(".")


@pytest.mark.slow
def test_no_sound_template_is_told(told: dict[str, list[Told]]) -> None:
    assert set(told) == set(EXPECTED)


@pytest.mark.slow
def test_they_are_printed_section_by_section_and_what_was_built_before_still_stands(broken: Path) -> None:
    output = broken / "output"
    before = {path: path.read_bytes() for path in output.rglob("*") if path.is_file()}
    assert before
    built = run(broken, "build", "--quiet")
    assert built.returncode == 1
    assert "Traceback" not in built.stdout + built.stderr
    places = re.findall(r"^templates/sections/(\w+)\.md\.j2", built.stderr, re.MULTILINE)
    last = "label"  # which labels there are is known when all sections have been read
    assert list(dict.fromkeys(places)) == [*(name for name in EXPECTED if name != last), last]
    assert built.stderr.endswith(f"{len(places)} problems; nothing was written\n")
    assert {path: path.read_bytes() for path in output.rglob("*") if path.is_file()} == before


@pytest.mark.parametrize(
    ("before", "after", "where", "problem", "remedy"),
    [
        ("theme =", "them =", ", them", "there is no such setting", "Did you mean theme? "),
        ('"briefing"', '"brifing"', ", theme", "there is no theme 'brifing'", "Did you mean briefing? "),
        (
            'title = "试验版"', 'title = "试验版', "",
            "it is not valid TOML: Illegal character '\\n' (at line 1, column 13)", "Mend the line it names.",
        ),
        ("theme =", 'language = "de"\ntheme =', ", language", "'de' is not known", "Write one of: zh, en."),
        ('["sound"]', '"sound"', ", sections", "'sound' is of the wrong kind", "Write a list of words, "),
        (
            "theme =", 'confidence = "certain"\ntheme =', ", confidence", "'certain' is not known",
            "Write one of: unconfirmed, likely, confirmed.",
        ),
        ('"试验"', '"共80个"', ", document_title", "the number 80 is typed by hand", "Print a finding with"),
        ('"试验"', '"共{{ natoin.x }}"', ", document_title", "there is nothing called 'natoin'", "Did you mean nation"),
    ],
)  # fmt: skip
def test_a_broken_audience_is_told_with_its_key_and_remedy(
    project: Path, capsys: pytest.CaptureFixture[str], before: str, after: str, where: str, problem: str, remedy: str
) -> None:
    (project / "templates" / "sections" / "sound.md.j2").write_text(SOUND, encoding="utf-8")
    text = AUDIENCE.format('["sound"]')
    assert before in text
    write_audience(project, text.replace(before, after, 1))
    assert main(["check", str(project), "--audience", "trial", "--json"]) in {1, 2}
    problems = json.loads(capsys.readouterr().out)["problems"]
    found = Problem(**problems[0])
    assert found.where.startswith(f"templates/audiences/trial/audience.toml{where}")
    assert found.problem.startswith(problem)
    assert found.remedy.startswith(remedy)
