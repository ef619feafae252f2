"""Templates reach findings and nothing else, run within bounds, and every fault is told with its place and remedy."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from pathlib import Path

import pytest

from clusterreport.document.model import Text
from clusterreport.errors import Problem
from clusterreport.quantity import Confidence
from clusterreport.writing.loading import TemplateLoader
from tests.writing.sample import BUREAU, PUBLIC, Nation, Project

ALL_KINDS = {
    "bar", "column", "composition", "doughnut", "dumbbell", "heatmap", "line", "lorenz", "network", "places", "scatter",
    "slope", "stacked", "tiles",
}  # fmt: skip
HERE = "templates/sections/overview.md.j2, line 2"


@dataclass
class Frame:
    """Stands for a data frame: it can write a file."""

    written: list[str] = field(default_factory=list)

    def to_csv(self, path: str) -> str:
        self.written.append(path)
        return "written"

    def __getitem__(self, key: str) -> str:  # noqa: D105 -- the name says it
        return key


@dataclass(frozen=True)
class Named:
    """A city."""

    name: str


@dataclass(frozen=True)
class Held:
    """Cities."""

    cities: tuple[Named, ...]


@dataclass(frozen=True)
class PublishedFigure:
    """A figure that is asked for by its subject and metric."""

    subject: str = "nation"
    metric: str = "clusters"
    name: str = "published.nation.clusters"


@dataclass(frozen=True)
class PublishedFigures:
    """Stands for the published figures."""

    items: tuple[PublishedFigure, ...] = (PublishedFigure(),)

    def of(self, subject: str, metric: str) -> PublishedFigure:
        raise KeyError(f"{subject}.{metric}")


@dataclass
class Changeable:
    """Stands for an object that is no finding, as it can be changed."""

    name: str = "甲"


# ── unknown names ────────────────────────────────────────────────────────────────────────────────────────────────────


def near(name: str) -> str:
    """Return how a remedy begins where ``name`` is the nearest."""
    return f"Did you mean {name}? Write one of: {name}"


@pytest.mark.parametrize(
    ("body", "problem", "remedy"),
    [
        ("{{ nations.clusters }}", "there is nothing called 'nations'", near("nation")),
        ("{{ nation.cluster }}", "there is no 'cluster' in a Nation", near("clusters")),
        (
            "{{ nation.clusters.unit.symbl }}",
            "there is no 'symbl' in a Unit",
            near("symbol"),
        ),
        (
            "{{ regions.by_province.of('江苏').valu }}",
            "there is no 'valu' in a Ranked",
            near("value"),
        ),
        ("{{ regions.by_province.of('江西') }}", "there is no '江西' among them", "Write one of: 江苏, 浙江, 上海"),
        (
            "{{ chart.baar(regions.by_province, title='图') }}",
            "there is no 'baar' among them",
            near("bar"),
        ),
        ("{{ regions.provinces['江西'].clusters }}", "there is no '江西' among them", "Write one of: 江苏, 广东"),
        ("{{ regions.provinces['gdp'] }}", "there is no 'gdp' among them", "Write one of: 广东, 江苏, 湖北."),
        (
            "{{ regions.by_year['2023年'].values[0] }}",
            "there is no '2023年' among",
            "Did you mean 2024年? Write one of: 2022年, 2024年.",
        ),
        (
            "{{ regions.by_province['江苏省'].value }}",
            "there is no '江苏省' among them",
            near("江苏"),
        ),
        (
            "{{ regions.provinces['江苏'].gpd }}",
            "there is no 'gpd' in a Province",
            near("gdp"),
        ),
        ("{{ regions.provinces.江苏.gdp }}", "there is no '江苏' in a tuple of 3 items", "Take it out."),
        (
            "{{ nation.clusters|decimal(1) }}",
            "there is no filter 'decimal'",
            near("decimals"),
        ),
        (
            "{% if nation.clusters is showm %}{% endif %}",
            "there is no test 'showm'",
            near("shown"),
        ),
        ("{{ nation.clusters|safe }}", "there is no filter 'safe'", "Write one of: "),
        (
            "{% include 'sections/sorces.md.j2' %}",
            "there is no template 'sections/sorces.md.j2'",
            near("sections/sources.md.j2"),
        ),
        ("{% include nation.label %}", "a template is not named by its file", "Write the name in quotes: "),
        (
            "{% for p in regions.provinces %}{{ p.gpd }}{% endfor %}",
            "there is no 'gpd' in a Province",
            near("gdp"),
        ),
        (
            "{{ ranking(nation.by_province) }}",
            "there is no 'by_province' in a Nation",
            near("provinces"),
        ),
        (
            "{{ published.of('nation', 'cluster') }}",
            "there is no 'nation.cluster' among them",
            near("nation.clusters"),
        ),
        (
            "{% for p in regions.provinces %}{{ p.gpd ~ '甲' }}{% endfor %}",
            "there is no 'gpd' in",
            near("gdp"),
        ),
        (
            "{% if regions.provinces[0].gpd + 1 %}{% endif %}",
            "there is no 'gpd' in a Province",
            near("gdp"),
        ),
        ("{% if regions.provinces[9].gdp %}{% endif %}", "there is no '9' in a tuple of 3 items", "Take it out."),
    ],
)
def test_an_unknown_name_is_told_with_what_there_is(project: Project, body: str, problem: str, remedy: str) -> None:
    project.file("sections/sources.md.j2", "# 来源\n")
    found = project.problem(body, published=PublishedFigures())
    assert found.where == HERE
    assert found.problem.startswith(problem)
    assert found.remedy.startswith(remedy)


def test_all_problems_of_all_sections_are_told_in_order(project: Project) -> None:
    project.file("sections/overview.md.j2", "# 一\n{{ nashun }}\n{{ nation.cluster }}{{ nation.clusters|foo }}\n")
    project.file("sections/second.md.j2", "# 二\n{{ 5 }}{{ none }}\n\n{{ chart.bar(nation) }}\n")
    project.file("sections/broken.md.j2", "# 三\n\n{% if %}\n")
    audience = replace(BUREAU, sections=("overview", "second", "broken", "sorces"))
    assert [problem.where.removeprefix("templates/sections/") for problem in project.problems("", audience)] == [
        "overview.md.j2, line 2", "overview.md.j2, line 3", "overview.md.j2, line 3",
        "second.md.j2, line 2", "second.md.j2, line 2", "second.md.j2, line 4",
        "broken.md.j2, line 3", "sorces.md.j2",
    ]  # fmt: skip


def test_a_missing_section_is_told_with_those_that_there_are(project: Project) -> None:
    project.file("sections/overview.md.j2", "# 一\n")
    (found,) = project.problems("", replace(BUREAU, sections=("overvew",)))
    assert found == Problem(
        "templates/sections/overvew.md.j2",
        "there is no section 'overvew', which audience.toml names",
        "Did you mean overview? Write one of: overview.",
    )


def test_what_a_template_provides_for_is_no_problem(project: Project) -> None:
    assert project.text("甲{{ nation.nothing|default('无') }}{% if nothing is defined %}有{% endif %}") == "甲无"
    assert project.text("甲{{ '乙' if nation.clusters.known }}{{ '丙' if not nation.clusters.known }}") == "甲乙"


def test_an_unfinished_expression_is_told_with_its_line(project: Project) -> None:
    found = project.problem("\n{{ nation.clusters")
    assert found.where == "templates/sections/overview.md.j2, line 3"
    assert found.problem.startswith("it cannot be read: ")
    assert found.remedy == "Check that every {{, {% and {# is closed, and every if and for has its end."


@pytest.mark.parametrize(
    "body", ["{{ ref(“bars”) }}", "{{ names(regions.provinces， 'name') }}", "{{ ref（'bars'） }}"]
)
def test_a_full_width_sign_in_an_expression_is_named(project: Project, body: str) -> None:
    found = project.problem(body)
    assert found.where == HERE
    sign = next(character for character in body if character in "“，（")
    assert found.problem == f"the full-width {sign} stands in an expression"
    assert found.remedy.startswith("Write commas, brackets and quotes half-width between {{ and }}")


@pytest.mark.parametrize(
    ("body", "line", "opening", "closing"),
    [
        ("共{{ nation.clusters 。", 2, "{{", "}}"),
        ("共{{ nation.clusters 。\n共{{ nation.clusters }}。", 2, "{{", "}}"),
        ("共{{ nation.clusters }}。\n{# {{ #}\n又{{ nation.clusters，有{% if true %}无{% endif %}。", 4, "{{", "}}"),
        ("{% set a = nation.clusters，\n共{{ a }}。", 2, "{%", "%}"),
    ],
)
def test_an_expression_that_nothing_closes_is_told_by_what_is_missing(
    project: Project, body: str, line: int, opening: str, closing: str
) -> None:
    found = project.problem(body)
    assert found.problem == f"{opening} has no {closing} behind it"
    assert found.where == f"templates/sections/overview.md.j2, line {line}"
    assert found.remedy == f"Write {closing} behind the expression, before the words."


def test_a_label_out_of_place_is_told_as_such(project: Project) -> None:
    found = project.problem("甲 {#label}")
    assert found.remedy == "Close the comment with #}; a label {#…} stands only at the end of a heading."


# ── what cannot be printed ───────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("expression", "problem"),
    [
        ("5", "5, a number without a basis, cannot be printed"),
        ("5.5", "5.5, a number without a basis, cannot be printed"),
        ("true", "True, a number without a basis, cannot be printed"),
        ("nation.clusters.amount", "80, a number without a basis, cannot be printed"),
        ("regions.provinces|length", "3, a number without a basis, cannot be printed"),
        ("none", "nothing (none) is neither words nor a number with a basis"),
        ("[1]", "a list of 1 items is neither words nor a number with a basis"),
        ("{'a': 1}", "a dict of 1 items is neither words nor a number with a basis"),
        ("regions.provinces", "a tuple of 3 items is neither words nor a number with a basis"),
        ("regions.by_province.of('江苏')", "a Ranked cannot be printed as it is"),
        ("regions.by_province.of", "a function cannot be printed as it is"),
        ("nation", "a Nation cannot be printed as it is"),
        ("frame", "a Frame cannot be printed as it is"),
        ("nation.clusters.confidence", "a Confidence cannot be printed as it is"),
    ],
)
def test_what_is_no_finding_is_not_printed(project: Project, expression: str, problem: str) -> None:
    found = project.problem(f"{{{{ {expression} }}}}", frame=Frame())
    # An IntEnum is a number without a basis, too.
    expected = (
        problem
        if "Confidence" not in problem
        else f"{Confidence.CONFIRMED}, a number without a basis, cannot be printed"
    )
    assert (found.where, found.problem) == (HERE, expected)
    assert found.remedy.endswith(".")


@pytest.mark.parametrize(
    ("body", "problem"),
    [
        ("{{ nation.clusters ~ '个' }}", "a Quantity cannot be joined to text with ~"),
        ("{{ 5 ~ '个' }}", "5, a number without a basis cannot be joined to text with ~"),
        ("{{ '%s' % nation.clusters }}", "the words “%s” cannot be computed with in a template"),
        ("{{ [nation.clusters]|join('、') }}", "join cannot join a Quantity"),
        ("{{ '共' + nation.label }}", "the words “共” cannot be computed with in a template"),
        ("{{ nation.clusters + 1 }}", "a Quantity cannot be computed with in a template"),
        ("{{ 'x' * 100000000 }}", "the words “x” cannot be computed with in a template"),
        ("{{ [1] * 100000000 }}", "a list of 1 items cannot be computed with in a template"),
        ("{{ 9 ** 99999999 }}", "powers are not computed in a template"),
        ("{% if nation.clusters > 3 %}{% endif %}", "a number is compared as it is"),
        ("{% if 3 <= nation.clusters %}{% endif %}", "a number is compared as it is"),
        ("{% for p in regions.provinces|sort(attribute='clusters') %}{% endfor %}", "a number is compared as it is"),
        ("{% if 'a' > 3 %}{% endif %}", "what stands on the two sides of > cannot be compared"),
        ("{% set x = 'a' %}{% set x.y = 'b' %}", "a part is set of something that is no namespace"),
        ("{% if 1 / 0 %}{% endif %}", "a number is divided by zero"),
    ],
)
def test_a_number_is_not_turned_into_characters(project: Project, body: str, problem: str) -> None:
    found = project.problem(body)
    assert found.where == HERE
    assert found.problem.startswith(problem)


def test_amounts_can_be_compared(project: Project) -> None:
    assert project.text("{% if nation.clusters.amount - nation.provinces.amount > 50 %}多{% endif %}") == "多"


def test_loops_and_their_counters_serve_conditions(project: Project) -> None:
    body = (
        "{% for p in regions.provinces %}{{ p.name }}"
        "{{ '。' if loop.last else '、' if loop.first else '与' }}{% endfor %}"
        "{% for key, name in {'a': '甲'}.items() %}{{ name }}{% endfor %}"
    )
    assert project.text(body) == "江苏、湖北与广东。甲"


def test_what_is_spoiled_can_be_called_without_a_second_problem(project: Project) -> None:
    body = "{% set spoiled = names(5) %}{{ spoiled('x') }}{{ spoiled }}"
    assert project.problem(body).problem == "names needs several items, not 5, a number without a basis"


def test_lists_can_be_put_together(project: Project) -> None:
    body = "{% for r in regions.provinces[:1] + regions.provinces %}{{ r.name }}{% endfor %}"
    assert project.text(body) == "江苏江苏湖北广东"


def test_words_can_be_joined_for_a_title(project: Project) -> None:
    assert project.text("{{ nation.label ~ '、' ~ nation.label }}") == "全国、全国"


# ── the sandbox ──────────────────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    "expression",
    [
        "''.__class__.__mro__[1].__subclasses__()",
        "nation.__class__",
        "nation['__class__']",
        "ranking.__globals__",
        "ranking.__wrapped__",
        "chart.bar.func",
        "cycler.__init__.__globals__",
        "self.__init__.__globals__",
        "self._TemplateReference__context",
        "namespace.__init__",
        "'{0.__class__}'.format(nation)",
        "'{:>1000000000}'.format('x')",
        "nation.label.encode()",
        "nation|attr('__class__')",
        "[nation]|map(attribute='__class__')|list",
        "frame.to_csv('/x.csv')",
        "frame['to_csv']('/x.csv')",
        "frame['x']",
        "nation.secret.to_csv('/x.csv')",
        "changeable.name",
        "regions.by_province.items.count",
        "chart.pop('bar')",
        "chart.update({})",
        "lipsum",
        "loop.__class__",
        "nation.clusters.unit.__init__",
    ],
)
def test_an_escape_is_a_problem(project: Project, expression: str) -> None:
    frame = Frame()
    problems = project.problems(
        f"# 一\n{{{{ {expression} }}}}\n", nation=Nation(secret=frame), frame=frame, changeable=Changeable()
    )
    assert problems
    assert all(problem.where == HERE for problem in problems)
    assert frame.written == []


def test_a_hidden_name_is_told_as_out_of_reach(project: Project) -> None:
    found = project.problem("{{ nation.label.__class__ }}")
    assert found.problem == "'__class__' of the words “全国” is out of a template's reach"


@pytest.mark.parametrize(
    "body",
    ["{% autoescape false %}{{ nation.label }}{% endautoescape %}", "{% filter join %}甲{% endfilter %}"],
)
def test_escaping_cannot_be_switched_off(project: Project, body: str) -> None:
    found = project.problem(body)
    assert found.problem in {"autoescape cannot be changed", "a filter cannot change a whole passage"}


@pytest.mark.parametrize("name", ["../secret.md.j2", "/etc/passwd", "sections/../../x.md.j2", "overview.txt"])
def test_a_template_takes_in_no_file_outside_its_folder(project: Project, name: str) -> None:
    (project.root.parent / "secret.md.j2").write_text("机密", encoding="utf-8")
    assert project.problem(f"{{% include '{name}' %}}").problem == f"there is no template {name!r}"


# ── bounds ───────────────────────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("body", "problem"),
    [
        (
            "{% for a in range(1000) %}{% for b in range(1000) %}{% endfor %}{% endfor %}",
            "its loops turn more than 200,000",
        ),
        ("{% for a in range(1001) %}{% endfor %}", "range would count 1,001 numbers"),
        ("{% macro m(n) %}{{ m(n) }}{% endmacro %}{{ m(1) }}", "it calls itself without end"),
        (
            "{% macro m(n) %}{% if n %}{{ m(n - 1) }}{{ m(n - 1) }}{% endif %}{% endmacro %}{{ m(30) }}",
            "it takes more than 2,000,000 operations",
        ),
        (
            "{% set ns = namespace(s='字') %}{% for i in range(40) %}{% set ns.s = ns.s ~ ns.s %}{% endfor %}",
            "it makes more than 5,000,000 characters of text",
        ),
        (
            (
                "{% set ns = namespace(s='') %}{% for i in range(40) %}"
                "{% set x %}{{ ns.s }}{{ ns.s }}字{% endset %}{% set ns.s = x %}{% endfor %}"
            ),
            "it makes more than 5,000,000 characters of text",
        ),
        (f"{{{{ {'(' * 3000}1{')' * 3000} }}}}", "it calls itself without end"),
        (
            "{% set ns = namespace(l=[1]) %}{% for i in range(40) %}{% set ns.l = ns.l + ns.l %}{% endfor %}",
            "it takes more than 2,000,000 operations",
        ),
        ("{{ self.b() }}{% block b %}{{ self.b() }}{% endblock %}", "it calls itself without end"),
    ],
)
def test_a_template_cannot_run_without_end(project: Project, body: str, problem: str) -> None:
    found = project.problem(body)
    assert found.where == HERE if "((" not in body else "templates/sections/overview.md.j2"
    assert found.problem.startswith(problem)


@pytest.mark.parametrize(
    ("expression", "problem"),
    [
        ("x[:1]", "captured text cannot be cut"),
        ("x|reverse", "captured text cannot be given to reverse"),
        ("x|first", "captured text cannot be given to first"),
        ("x|list|first", "captured text cannot be given to list"),
        ("'共' in x", "captured text cannot be searched"),
        ("nation[:1]", "a Nation cannot be cut with [:]"),
        ("regions.provinces[:'a']", "a list cannot be cut at the words “a”"),
    ],
)
def test_captured_text_is_never_torn_from_its_numbers(project: Project, expression: str, problem: str) -> None:
    found = project.problem("{% set x %}共{{ nation.clusters }}{% endset %}{{ x }}{{ 'x' if " + expression + " }}")
    assert (found.where, found.problem) == (HERE, problem)
    (looped,) = project.problems("# 一\n{% set x %}甲{% endset %}{% for c in x %}{{ c }}{% endfor %}\n")
    assert looped.problem == "captured text cannot be looped over"


# ── what an audience may read ────────────────────────────────────────────────────────────────────────────────────────


def test_a_value_below_the_audience_is_told_by_its_name(project: Project) -> None:
    found = project.problem("人口{{ nation.population }}", PUBLIC)
    assert found.where == HERE
    assert found.problem == "nation.population is unconfirmed, and the audience public prints only likely values"
    assert found.remedy == "Put the sentence between {% if shown(…) %} and {% endif %}, or take it out."


def test_the_same_value_is_printed_with_its_mark_for_those_who_may_read_it(project: Project) -> None:
    assert project.text("人口{{ nation.population }}") == "人口140000万人（待核）"


@pytest.mark.parametrize("condition", ["shown(nation.population)", "nation.population is shown"])
def test_a_sentence_can_ask_whether_it_may_be_said(project: Project, condition: str) -> None:
    body = f"甲{{% if {condition} %}}人口{{{{ nation.population }}}}{{% endif %}}"
    assert project.text(body, PUBLIC) == "甲"
    assert project.text(body) == "甲人口140000万人（待核）"


def test_a_value_that_nobody_knows_is_refused_in_a_sentence_and_may_be_asked_for(project: Project) -> None:
    (problem,) = project.problems("有{{ nation.missing }}", PUBLIC)
    assert problem.where == "templates/sections/overview.md.j2, line 1"
    assert problem.problem.endswith("is not known, and a sentence cannot say it")
    assert problem.remedy == "Put the sentence between {% if … is known %} and {% endif %}."
    asked = "有{% if nation.missing is known %}{{ nation.missing }}{% else %}无{% endif %}"
    assert project.text(asked, PUBLIC) == "有无"


# ── one audience's own words ─────────────────────────────────────────────────────────────────────────────────────────


def test_an_audience_overrides_one_block_of_a_section(project: Project) -> None:
    project.file("sections/overview.md.j2", "# 一\n甲{% block b %}乙{% endblock %}丙\n")
    project.file(
        "audiences/bureau/overview.md.j2",
        '{% extends "sections/overview.md.j2" %}\n{% block b %}{{ super() }}丁{{ nation.clusters }}{% endblock %}\n',
    )
    (section,) = project.write().sections
    assert [type(block).__name__ for block in section.blocks] == ["Paragraph"]
    assert project.write("", PUBLIC).sections[0].blocks != section.blocks


def test_a_fault_in_a_base_is_told_with_the_file_it_stands_in(project: Project) -> None:
    project.file("sections/overview.md.j2", "# 一\n\n{{ nation.cluster }}{% block b %}{% endblock %}\n")
    project.file(
        "audiences/bureau/overview.md.j2", '{% extends "sections/overview.md.j2" %}\n{% block b %}{{ 5 }}{% endblock %}'
    )
    assert {found.where for found in project.problems()} == {
        "templates/sections/overview.md.j2, line 3", "templates/audiences/bureau/overview.md.j2, line 2",
    }  # fmt: skip
    project.file("sections/overview.md.j2", "# 一\n{% block b %}{% endblock %}\n")
    (found,) = project.problems()
    assert found.where == "templates/audiences/bureau/overview.md.j2, line 2"


def test_an_audience_can_have_a_section_of_its_own(project: Project) -> None:
    project.file("audiences/bureau/own.md.j2", "# 自有\n")
    assert project.write("", replace(BUREAU, sections=("own",))).sections[0].title == "自有"
    assert project.problems("", replace(PUBLIC, sections=("own",)))[0].problem.startswith("there is no section 'own'")


def test_a_template_that_takes_itself_in_is_told_how_to_reach_the_common_one(project: Project) -> None:
    project.file("sections/overview.md.j2", "# 一\n")
    project.file("audiences/bureau/overview.md.j2", '{% extends "overview.md.j2" %}\n')
    (found,) = project.problems()
    assert found.problem == "a template takes itself in"
    assert found.remedy == 'Write "sections/overview.md.j2" to take the common one.'


def test_macros_are_imported_from_a_file(project: Project) -> None:
    project.file("sections/macros.md.j2", "{% macro together(x) %}共{{ x }}{% endmacro %}\n")
    assert project.text('{% import "macros.md.j2" as m %}{{ m.together(nation.clusters) }}') == "共80个"
    assert project.text('{% from "macros.md.j2" import together %}{{ together(nation.clusters) }}') == "共80个"


def test_a_template_in_another_encoding_is_refused(project: Project) -> None:
    (project.root / "sections/overview.md.j2").write_bytes("# 总体情况".encode("gbk"))
    (found,) = project.problems()
    assert found == Problem("templates/sections/overview.md.j2", "it is not UTF-8 text", "Save the file as UTF-8.")


def test_line_ends_of_windows_and_a_byte_order_mark_are_read(project: Project) -> None:
    (project.root / "sections/overview.md.j2").write_bytes("\ufeff# 一\r\n甲\r\n乙\r\n".encode())
    (section,) = project.write().sections
    assert section.title == "一"
    assert getattr(section.blocks[0], "children", None) == (Text("甲乙"),)


# ── what a template is told of the issue ─────────────────────────────────────────────────────────────────────────────


def test_a_template_knows_the_issue_and_its_readers(project: Project) -> None:
    body = "{{ as_of }}，{{ as_of|day }}，{{ issue }}，{{ audience.title }}，{{ about.author }}"
    assert project.text(body) == "2025年9月，2025年9月22日，2025-09，部门版，研究中心"


def test_the_title_is_written_like_a_line_of_a_template(project: Project) -> None:
    title = "{{ nation.clusters }}集群简报（{{ as_of|year }}）"
    assert project.write("# 一\n", title=title).about.title == "80个集群简报（2025年）"


def test_a_fault_in_the_title_is_told_with_its_place(project: Project) -> None:
    place = "templates/audiences/bureau/audience.toml, document_title"
    project.file("sections/overview.md.j2", "# 一\n")
    for title, problem in (
        ("{{ nashun }}", "there is nothing called 'nashun'"),
        ("{{ ref('overview') }}简报", "a Reference cannot stand in a title, where its basis would be lost"),
        ("# 一\n\n甲", "only one paragraph of words can stand here"),
        ("80个集群", "the number 80 is typed by hand"),
        ("{{ names(items=1, items=2) }}", "the argument 'items' is given twice"),
        ("甲\x07乙", "words hold the character U\\+0007"),
    ):
        with pytest.raises(Exception, match=problem) as raised:
            project.write("", title=title)
        assert str(raised.value).startswith(place)


def test_a_defect_of_ours_is_not_shown_as_a_fault_of_the_template(
    project: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_: object) -> str:
        message = "ours"
        raise TypeError(message)

    broken.__globals__["__name__"] = "clusterreport.writing.broken"
    monkeypatch.setattr("clusterreport.writing.templating.printed", broken)
    try:
        with pytest.raises(TypeError, match="ours"):
            project.write("# 一\n{{ nation.label }}\n")
    finally:
        broken.__globals__["__name__"] = __name__


def test_the_same_templates_and_findings_give_the_same_document(project: Project, tmp_path: Path) -> None:
    body = "# 一\n{{ ranking(regions.by_province) }}{{ nation.clusters }}\n\n{{ page_break() }}\n"
    assert project.write(body) == Project(tmp_path / "again" / "templates").write(body)


@pytest.mark.parametrize(
    ("expression", "problem"),
    [
        ("range('a')", "range counts whole numbers, not the words “a”"),
        ("range(1, 2, 0)", "range needs an end to count to"),
        ("range(end=2)", "range counts whole numbers, not 2"),
        ("as_of|length", "this cannot be worked out: object of type 'DateText' has no len()"),
        ("[1]|last(2)", "last cannot be called so: too many positional arguments"),
        ("[1]|length(value=2)", "length has no argument 'value'"),
        ("1 is eq", "eq cannot be called so: missing a required argument: 'other'"),
        ("1 is defined(2)", "defined cannot be called so: too many positional arguments"),
        ("'a' in quoted('甲', source='乙')", "a Quoted holds nothing to look for"),
        ("{[]: 1}|length", "this cannot be worked out: unhashable type: 'list'"),
        ("names(*[1])", "arguments are handed over with *"),
        ("names(**{})", "arguments are handed over with *"),
    ],
)
def test_what_a_search_through_broken_expressions_found_is_told(
    project: Project, expression: str, problem: str
) -> None:
    found = project.problem(f"{{{{ 'x' if {expression} }}}}")
    assert (found.where, found.problem[: len(problem)]) == (HERE, problem)


def test_a_slip_within_a_condition_is_told_with_its_line(project: Project) -> None:
    assert project.problem("{{ 1 if ('').keys }}").where == HERE
    found = project.problem(
        "{% if 1 %}{% extends 'x.md.j2' %}{% for a in [1] %}{% extends 'x.md.j2' %}{% endfor %}{% endif %}"
    )
    assert found.where == HERE


def test_a_list_in_a_message_names_everything_and_the_nearest_first(project: Project) -> None:
    found = project.problem("{{ chart.pie(regions.by_province, title='图') }}")
    listed = (
        found.remedy.removeprefix("Did you mean line? ").removeprefix("Write one of: ").removesuffix(".").split(", ")
    )
    assert set(listed) == ALL_KINDS
    assert len(listed) == len(ALL_KINDS)
    assert listed.index("line") < listed.index("bar")  # both share i and e with pie, or nothing


def test_a_list_of_a_hundred_names_is_not_cut(project: Project) -> None:
    names = [f"第{number}市" for number in range(100)]
    found = project.problem("{{ regions.cities['甲'] }}", regions=Held(tuple(Named(name) for name in names)))
    assert set(found.remedy.removeprefix("Write one of: ").removesuffix(".").split(", ")) == set(names)


@pytest.mark.parametrize(
    ("body", "printed"),
    [
        ("{{ regions.provinces['江苏'].clusters }}", "14个"),
        ("{% set name = '广东' %}\n{{ regions.provinces[name].clusters }}", "8个"),
        ("{{ regions.by_province['浙江'].value }}", "8个"),
        ("{{ (regions.provinces|list)['湖北'].clusters }}", "4个"),
        ("{{ regions.by_year['2024年'].values[0] }}", "14个"),
        ("{{ regions.provinces[0].clusters }}", "14个"),
        ("{{ regions['provinces']['江苏'].clusters }}", "14个"),
        ("{{ regions.provinces['江西']|default('无') }}", "无"),
        ("{% if regions.provinces['江西'] is undefined %}无{% endif %}", "无"),
    ],
)
def test_an_item_is_found_by_its_name(project: Project, body: str, printed: str) -> None:
    assert project.text(body) == printed


def test_of_two_items_of_one_name_neither_is_taken(project: Project) -> None:
    found = project.problem("{{ regions.cities['甲'].name }}", regions=Held((Named("甲"), Named("甲"))))
    assert found.problem == "2 of them are called '甲'"
    assert found.remedy == "Choose among them in a loop."


def test_words_that_several_sections_share_are_imported_from_the_folder_of_macros(project: Project) -> None:
    project.file("macros/words.md.j2", "{% macro told(count) %}共{{ count }}{% endmacro %}\n")
    said = project.text('{% from "macros/words.md.j2" import told %}{{ told(nation.clusters) }}。')
    assert said == "共80个。"


def test_a_file_of_macros_is_no_section(project: Project) -> None:
    project.file("macros/words.md.j2", "{% macro told(count) %}共{{ count }}{% endmacro %}\n")
    loader = TemplateLoader(project.root, "bureau")
    assert loader.has("macros/words.md.j2")
    assert not loader.has("words.md.j2")
    assert "words" not in loader.names()


# ── all faults at once ───────────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("body", "problems"),
    [
        (
            "甲{{ nation.clusters.nope }}。\n\n乙{{ nope }}。\n\n丙{{ 5 }}。",
            ["there is no 'nope' in a Quantity", "there is nothing called 'nope'",
             "5, a number without a basis, cannot be printed"],
        ),
        (
            "{% for each in regions.provinces %}{{ each.nope }}{% endfor %}\n\n{{ regions.provinces[0].nix }}",
            ["there is no 'nope' in a Province", "there is no 'nix' in a Province"],
        ),
        (
            '{{ regions.by_province.of("甲") }}\n\n{{ regions.by_province.of("乙").value }}',
            ["there is no '甲' among them", "there is no '乙' among them"],
        ),
    ],
)  # fmt: skip
def test_all_faults_of_a_template_are_told_at_once(project: Project, body: str, problems: list[str]) -> None:
    assert sorted({found.problem for found in project.problems(f"# 一\n\n{body}")}) == sorted(problems)


def test_what_is_made_of_a_fault_is_no_second_fault(project: Project) -> None:
    body = (
        '# 一\n\n{% set lost = regions.by_province.of("甲") %}\n{{ lost.value.nope }}{{ "甲" ~ lost }}{{ lost|listed }}'
        "{% for each in lost.items %}{{ each }}{% endfor %}{{ range(lost)|length }}"
        "{% if lost > 1 %}{{ lost }}{% endif %}"
    )
    (found,) = project.problems(body)
    assert found.problem == "there is no '甲' among them"


def test_a_budget_that_is_spent_ends_the_rendering(project: Project) -> None:
    body = "# 一\n{% for a in range(1000) %}{% for b in range(1000) %}{{ nation.clusters }}{% endfor %}{% endfor %}"
    assert "more than" in project.problems(body)[-1].problem


# ── several faults of one line ───────────────────────────────────────────────────────────────────────────────────────


def test_all_that_is_wrong_with_one_line_is_told(project: Project) -> None:
    body = "{{ nonsense }}，{{ nation.nowhere }}，{{ nation.clusters|moved }}，{{ nation.clusters|roughly }}。"
    found = project.problems(f"# 总体情况\n\n{body}\n")
    assert {problem.where for problem in found} == {"templates/sections/overview.md.j2, line 3"}
    assert [problem.problem.partition(",")[0] for problem in found] == [
        "there is nothing called 'nonsense'", "there is no 'nowhere' in a Nation", "80个 is no change",
        "80个 is not near any fraction",
    ]  # fmt: skip


def test_what_follows_from_a_name_that_there_is_not_is_not_told(project: Project) -> None:
    body = "{{ ranking(nonsense.by_province, top=3) }}{{ nonsense.part.of('甲')|moved }}{{ nonsense(1)|decimals(2) }}"
    assert {problem.problem for problem in project.problems(f"# 总体情况\n\n{body}\n")} == {
        "there is nothing called 'nonsense'"
    }


def test_a_value_without_quotes_is_told_how_it_is_written(project: Project) -> None:
    told = project.problem("{{ regions.by_province.of(新材料).value }}")
    assert told.problem == "there is nothing called '新材料'"
    assert told.remedy.startswith("A value of the data stands between quotes: “新材料”. Write one of: ")
