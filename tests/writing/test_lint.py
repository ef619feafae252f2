"""No digit is typed by hand, and Chinese takes full-width punctuation; both are told with file, line and remedy."""

from __future__ import annotations

import pytest

from tests.writing.sample import ENGLISH, Project

REMEDY = "Print a finding with {{ }}, say it with quoted(…), or name the words in overview.allow.txt."


@pytest.mark.parametrize(
    ("body", "number"),
    [
        ("全国有80个集群", "80"),
        ("占24.4%", "24.4%"),
        ("占２４％", "２４％"),
        ("截至2025年", "2025"),
        ("共1,000家", "1,000"),
        ("- 第3项", "3"),
        ("{{ nation.label }}有5个", "5"),
        ("{% if true %}有5个{% endif %}", "5"),
        ("**5G**", "5"),
        ("{{ table(regions.provinces, [col('name', '前3位')], title='表') }}", "3"),
        ("{{ chart.bar(regions.by_province, title='80个集群') }}", "80"),
        ("{{ chart.bar(regions.provinces, values=[('clusters', '前3位')], title='图') }}", "3"),
    ],
)
def test_a_digit_typed_by_hand_is_told(project: Project, body: str, number: str) -> None:
    found = project.problem(body)
    assert found.where == "templates/sections/overview.md.j2, line 2"
    assert found.problem == f"the number {number} is typed by hand"
    assert found.remedy == REMEDY


@pytest.mark.parametrize(
    "body",
    [
        "1. 甲\n2. 乙",
        "集中度CR3与编号A19",
        "{# 见第3页 #}甲",
        "[见](https://example.org/2025/09)",
        "<https://example.org/2025>",
        "## 小节 {#fig-2}",
        "{{ quoted('共80个', source='2025年文章') }}",
        "{{ table(regions.provinces, [col('name', '省')], title='2022—2024年变化', source='2024年公报第3页') }}",
        "{{ ranking(regions.by_province, top=3) }}",
        "{% set wide = none %}{% if wide %}{{ wide.growth('经费2024', since='经费2023', measure='total') }}{% endif %}",
        "{% set wide = none %}{% if wide %}{{ wide.by('城市').series('经费2023', '经费2024') }}{% endif %}",
        "{% set wide = none %}{% if wide %}{{ table(wide.rows, [col('经费2024', '经费')], title='表') }}{% endif %}",
        "{% set wide = none %}{% if wide %}{{ chart.bar(wide, values=[('经费2024', '经费')], title='图') }}{% endif %}",
        "{% raw %}甲{% endraw %}",
    ],
)
def test_a_digit_that_is_no_number_is_let_pass(project: Project, body: str) -> None:
    project.write(f"# 总体情况\n{body}\n")


def test_words_may_be_allowed_beside_the_template(project: Project) -> None:
    project.file("sections/overview.allow.txt", "GB/T 15834—2011\n\n5G\n")
    assert project.text("参照GB/T 15834—2011，5G") == "参照GB/T 15834—2011，5G"
    assert project.problem("参照GB/T 15835").problem == "the number 15835 is typed by hand"


def test_a_list_of_one_template_does_not_serve_another(project: Project) -> None:
    project.file("sections/other.allow.txt", "5G\n")
    assert project.problem("5G").problem == "the number 5 is typed by hand"


def test_a_template_that_is_taken_in_is_looked_at_too(project: Project) -> None:
    project.file("sections/part.md.j2", "有7个\n")
    found = project.problem("{% include 'part.md.j2' %}")
    assert (found.where, found.problem) == ("templates/sections/part.md.j2, line 1", "the number 7 is typed by hand")


@pytest.mark.parametrize(
    ("body", "problem", "remedy"),
    [
        ("甲,乙", "half-width , beside Chinese (甲,乙)", "Write ，."),
        ("甲.", "half-width . beside Chinese (甲.)", "Write 。."),
        ("甲;乙", "half-width ; beside Chinese (甲;乙)", "Write ；."),
        ("甲:乙", "half-width : beside Chinese (甲:乙)", "Write ：."),
        ("甲?", "half-width ? beside Chinese (甲?)", "Write ？."),
        ("{{ as_of }},甲", "half-width , beside Chinese (…,甲)", "Write ，."),
        ("甲**,**", "half-width , beside Chinese (甲,)", "Write ，."),
        ("甲 乙", "a space between Chinese words (甲 乙)", "Take the space out."),
        ("GDP  of", "there are two spaces in a row", "Write one space, or none between Chinese words."),
        (
            "甲｛｛ nation.clusters ｝｝",
            "full-width braces are printed as they are",
            "Write {{ and }}, or {% and %}, half-width.",
        ),
        ("　　甲", "a line begins with full-width spaces", "Take them out; the theme indents paragraphs."),
        ("## 甲。", "a heading ends with 。", "Take the full stop out."),
        ("{{ note('甲,乙') }}", "half-width , beside Chinese (甲,乙)", "Write ，."),
    ],
)
def test_punctuation_and_spaces_are_told(project: Project, body: str, problem: str, remedy: str) -> None:
    found = project.problem(body)
    assert found.where == "templates/sections/overview.md.j2, line 2"
    assert (found.problem, found.remedy) == (problem, remedy)


TAKEN_OUT = "Take it out, or write ** and empty lines."
NOT_PRINTED = "Write {# … #}, which is not printed."


@pytest.mark.parametrize(
    ("body", "problem", "remedy"),
    [
        ("甲<!-- 待核 -->乙", "a remark stands between <!-- and -->", NOT_PRINTED),
        ("<!-- 待核", "a remark stands between <!-- and -->", NOT_PRINTED),
        ("甲<br>乙", "the tag <br> would be printed as it is", TAKEN_OUT),
        (
            "<div class='x'>甲",
            "the tag <div class='x'> would be printed as it is",
            TAKEN_OUT,
        ),
        ("甲<br/>", "the tag <br/> would be printed as it is", TAKEN_OUT),
        ("甲&nbsp;乙", "&nbsp; would be printed as it is", "Type the character itself."),
        ("甲_x000D_", "_x000D_ would be printed as it is", "Take it out."),
        ("__甲__", "__甲__ would be printed as it is", "Write **, or take the signs out."),
        ("~~甲~~", "~~甲~~ would be printed as it is", "Write **, or take the signs out."),
        ("甲[^注]", "[^注] would be printed as it is", "Write {{ footnote('…') }} behind the words."),
        (
            "[甲]: https://example.org",
            "[甲]: would be printed as it is",
            "Write [words](https://…) where the link stands.",
        ),
        ("题\n===", "a line of = would be printed as it is", "Write # and a space before a heading."),
        (
            "甲 | 乙\n--- | ---",
            "a table is drawn with |",
            "Write {{ table(…) }}, which keeps the basis of its numbers.",
        ),
    ],
)
def test_markup_of_other_programs_is_not_printed(project: Project, body: str, problem: str, remedy: str) -> None:
    found = {(one.problem, one.remedy) for one in project.problems(f"# 总体情况\n{body}\n")}
    assert (problem, remedy) in found


@pytest.mark.parametrize(
    "body", ["签名：____", "a_b_c与__init", "甲~乙~丙", "甲<乙，乙>丙", "R&D与AT&T", "<https://a.b/c>", "甲=乙"]
)
def test_signs_that_are_no_markup_are_printed(project: Project, body: str) -> None:
    assert project.text(body).replace(" ", "") == body.strip("<>").replace(" ", "")


def test_a_heading_needs_its_space(project: Project) -> None:
    assert project.problem("##甲").problem == "a heading has no space behind #"


def test_a_table_is_not_drawn_by_hand(project: Project) -> None:
    found = project.problems("# 总体情况\n|省|数|\n|-|-|\n")[0]
    assert (found.problem, found.remedy) == (
        "a table is drawn with |", "Write {{ table(…) }}, which keeps the basis of its numbers.",
    )  # fmt: skip


def test_brackets_around_latin_words_are_half_width_in_english_only(project: Project) -> None:
    assert project.text("as of (2) no, (a) yes"[:5], ENGLISH) == "as of"
    assert project.text("R&D (a), b. c", ENGLISH) == "R&D (a), b. c"


def test_lint_and_unknown_names_are_told_together(project: Project) -> None:
    problems = project.problems("# 总体情况\n有5个{{ nashun }}\n")
    assert [problem.problem for problem in problems] == [
        "the number 5 is typed by hand",
        "there is nothing called 'nashun'",
    ]


BRACES = "Write two braces and no space between them: {{ … }}; or \\{ to print the sign itself."


@pytest.mark.parametrize(
    ("body", "shown"),
    [
        ("共{nation.clusters}", "{nation.clusters}"),
        ("共{ {nation.clusters} }", "{ {nation.clusters} }"),
        ("共{ { nation.clusters }}", "{ { nation.clusters }}"),
        ("共{nation.clusters", "{nation.clusters"),
        ("共nation.clusters}", "}"),
        ("共{{ nation.clusters }}}", "}"),
    ],
)
def test_a_brace_left_in_the_text_is_told(project: Project, body: str, shown: str) -> None:
    found = project.problems(f"# 总体情况\n\n{body}\n")
    assert [(one.where, one.problem, one.remedy) for one in found] == [
        ("templates/sections/overview.md.j2, line 3", f"{shown} would be printed as it is", BRACES)
    ]


def test_a_brace_that_is_meant_is_printed(project: Project) -> None:
    assert project.text("集合\\{甲\\}") == "集合{甲}"


@pytest.mark.parametrize(
    ("words", "shown"),
    [("甲<br>乙", "the tag <br>"), ("甲&nbsp;乙", "&nbsp;"), ("甲_x000D_", "_x000D_"), ("甲{nation}", "{nation}")],
)
def test_markup_left_in_words_within_code_is_told(project: Project, words: str, shown: str) -> None:
    found = project.problems(f"# 总体情况\n{{{{ note('{words}') }}}}\n")[0]
    assert found.where == "templates/sections/overview.md.j2, line 2"
    assert found.problem == f"{shown} would be printed as it is"


@pytest.mark.parametrize(
    "body",
    [
        "{{ published.of('province:江苏', 'clusters').value }}",
        "{% set key = 'province:江苏' %}\n甲",
        "{% if nation.label == '全国(含港澳)' %}{% endif %}甲",
        "{{ regions.provinces['江苏(省)']|default('无') }}",
        "{{ regions.by_province.of('江苏:3')|default('无') if false else '甲' }}",
    ],
)
def test_a_key_within_code_is_no_punctuation(project: Project, body: str) -> None:
    assert not [one for one in project.problems(f"# 总体情况\n\n{body}\n") if "half-width" in one.problem]


@pytest.mark.parametrize(
    "body",
    [
        "{{ note('甲:乙') }}",
        "{{ ['甲:乙', '丙']|listed }}",
        "{{ chart.bar(regions.by_province, title='甲:乙') }}",
        "{% macro say(words) %}{{ words }}{% endmacro %}{{ say('甲:乙') }}",
        "{% set m = namespace(of='甲:乙') %}{{ m.of }}",
    ],
)
def test_words_within_code_that_are_printed_are_looked_at(project: Project, body: str) -> None:
    found = project.problem(body)
    assert found.problem == "half-width : beside Chinese (甲:乙)"
