"""What a template can say within a sentence."""

from __future__ import annotations

import pytest

from clusterreport.document.model import Footnote, Number, NumberStyle, Paragraph, Quoted, Reference, Text
from clusterreport.document.text import inlines_text
from clusterreport.quantity import PERCENT, exactly
from tests.writing.sample import ENGLISH, PUBLIC, UNCONFIRMED, Nation, Project, ranking_of


def test_a_ranking_says_ties_properly(project: Project) -> None:
    assert project.text("{{ ranking(regions.by_province) }}") == (
        "江苏14个，广东、浙江各8个（并列第2位），北京、河北、山东各6个（并列第4位）"
    )


def test_a_ranking_may_be_cut_to_its_first_places(project: Project) -> None:
    assert project.text("{{ ranking(regions.by_province, top=2) }}") == "江苏14个，广东、浙江各8个（并列第2位）"
    assert project.text("{{ ranking(regions.by_province.items, 1) }}") == "江苏14个"


def test_a_tie_for_the_first_place_is_said(project: Project) -> None:
    tied = ranking_of("数", ("甲", 3), ("乙", 3))
    assert project.text("{{ ranking(tied) }}", tied=tied) == "甲、乙各3个（并列第1位）"


def test_a_ranking_in_english(project: Project) -> None:
    ranking = ranking_of("number", ("Jiangsu", 14), ("Guangdong", 8), ("Zhejiang", 8))
    assert project.text("{{ ranking(r) }}", ENGLISH, r=ranking) == (
        "Jiangsu (14 clusters); Guangdong and Zhejiang (8 clusters each, joint 2nd)"
    )


def test_names_are_listed(project: Project) -> None:
    assert project.text("{{ names(regions.provinces) }}") == "江苏、湖北、广东"
    assert project.text("{{ names(regions.provinces, 'region') }}") == "东部、中部、东部"
    assert project.text("{{ names(regions.provinces[0].cities) }}") == "苏州、无锡"
    assert project.text("{{ names(regions.provinces) }}", ENGLISH) == "江苏, 湖北 and 广东"


def test_listed_keeps_numbers(project: Project) -> None:
    children = project.paragraph("{{ [nation.clusters, nation.provinces|bare, nation.label]|listed('和') }}").children
    assert [type(child) for child in children] == [Number, Text, Number, Text]
    assert project.text("{{ [nation.clusters, nation.provinces|bare, nation.label]|listed('和') }}") == "80个、25和全国"
    assert project.text("{{ regions.provinces|map(attribute='clusters')|listed }}") == "14个、4个、8个"


@pytest.mark.parametrize(
    ("expression", "printed"),
    [
        ("nation.growth|decimals(2)", "21.86个百分点"),
        ("nation.growth", "21.9个百分点"),
        ("nation.growth|signed", "+21.9个百分点"),
        ("nation.growth|decimals(0)|bare|signed", "+22"),
        ("nation.output", "超80亿元"),
        ("nation.provinces|chinese", "二十五个"),
        ("regions.by_province.of('浙江').place|ordinal", "第2位"),
        ("as_of|day", "2025年9月22日"),
        ("as_of|month", "2025年9月"),
        ("regions.provinces[0].since|year", "2024年"),
        ("regions.provinces[0].since", "2024年11月1日"),
        ("[nation.label, nation.label]|join('与')", "全国与全国"),
    ],
)
def test_styles_change_only_the_look(project: Project, expression: str, printed: str) -> None:
    assert project.text(f"{{{{ {expression} }}}}") == printed


def test_a_qualifier_may_be_said_by_the_sentence(project: Project) -> None:
    assert project.text("产值超{{ nation.output|plain }}") == "产值超80亿元"


def test_styles_add_up(project: Project) -> None:
    (child,) = project.paragraph("{{ nation.growth|decimals(2)|signed|bare|plain }}").children
    assert isinstance(child, Number)
    assert child.style == NumberStyle(decimals=2, unit=False, qualifier=False, sign=True)


def test_a_footnote_holds_words_or_a_passage(project: Project) -> None:
    short, long = project.paragraph(
        "{{ footnote('短*注') }}{% call footnote() %}共{{ nation.clusters }}。{% endcall %}"
    ).children
    assert short == Footnote((Text("短*注"),))
    assert isinstance(long, Footnote)
    assert [type(child) for child in long.children] == [Text, Number, Text]


@pytest.mark.parametrize(
    ("call", "said"),
    [
        ("nation.growth|moved", "提高21.9个百分点"),
        ("nation.loss|moved", "下降4.1个百分点"),
        ("nation.standstill|moved", "持平"),
        ("nation.growth|moved('增加', '减少', '没有变化')", "增加21.9个百分点"),
        ("nation.loss|moved('增加', '减少', '没有变化')", "减少4.1个百分点"),
        ("nation.standstill|moved('增加', '减少', '没有变化')", "没有变化"),
        ("nation.loss|decimals(2)|moved", "下降4.10个百分点"),
        ("nation.standstill|decimals(2)|moved", "下降0.04个百分点"),
    ],
)
def test_the_words_of_a_change_turn_with_its_sign_as_printed(project: Project, call: str, said: str) -> None:
    assert inlines_text(project.paragraph(f"比重{{{{ {call} }}}}。").children, "zh") == f"比重{said}。"


def test_the_words_of_a_change_are_english_in_english(project: Project) -> None:
    (block,) = project.blocks("It is {{ nation.loss|moved }}.", ENGLISH)
    assert isinstance(block, Paragraph)
    assert inlines_text(block.children, "en") == "It is down 4.1 percentage points."


def test_a_change_turns_as_it_is_printed_in_the_unit_of_the_language(project: Project) -> None:
    body = "{{ nation.slump|decimals(1)|moved }}{% if nation.slump|decimals(1) is falling %} fell{% endif %}"
    assert inlines_text(project.paragraph(body).children, "zh") == "下降0.3亿元 fell"
    (block,) = project.blocks(body, ENGLISH)
    assert isinstance(block, Paragraph)
    assert inlines_text(block.children, "en") == "unchanged"


def test_a_change_that_nobody_knows_has_no_words(project: Project) -> None:
    assert project.problem("{{ nation.missing|moved }}").problem.startswith("nobody knows this change")


@pytest.mark.parametrize(
    ("change", "said"), [("growth", "往东"), ("loss", "往西"), ("standstill", "不动"), ("missing", "不动")]
)
def test_a_sentence_can_turn_on_a_change_as_printed(project: Project, change: str, said: str) -> None:
    value = f"nation.{change}"
    body = f"趋于{{% if {value} is rising %}}往东{{% elif {value} is falling %}}往西{{% else %}}不动{{% endif %}}"
    assert project.paragraph(body).children == (Text(f"趋于{said}"),)


@pytest.mark.parametrize(
    ("one", "other", "said"),
    [
        ("growth", "growth", "一样"),
        ("growth", "loss", "不一样"),
        ("slump|decimals(0)", "standstill", "一样"),  # it prints as 0
        ("slump|decimals(1)", "standstill", "不一样"),
    ],
)
def test_a_sentence_can_turn_on_two_numbers_that_print_the_same(
    project: Project, one: str, other: str, said: str
) -> None:
    body = f"{{% if nation.{one} is printed_like(nation.{other}) %}}一样{{% else %}}不一样{{% endif %}}"
    assert project.paragraph(body).children == (Text(said),)


def test_a_note_is_a_small_paragraph(project: Project) -> None:
    (block,) = project.blocks("{% call note() %}共{{ nation.clusters }}{% endcall %}")
    assert isinstance(block, Paragraph)
    assert (block.role, len(block.children)) == ("note", 2)
    assert project.blocks("{{ note('注') }}") == (Paragraph((Text("注"),), "note"),)


def test_a_reference_waits_for_its_number(project: Project) -> None:
    assert project.paragraph("见{{ ref('overview') }}").children[1] == Reference("overview")


def test_a_dangling_reference_is_told_with_its_place(project: Project) -> None:
    found = project.problem("见{{ ref('overvew') }}")
    assert found.where == "templates/sections/overview.md.j2, line 2"
    assert found.problem == "no table, figure or section has the label 'overvew'"
    assert found.remedy == "Did you mean overview? Write one of: overview."


def test_quoted_words_may_hold_digits(project: Project) -> None:
    assert project.paragraph("参照{{ quoted('GB/T 15834—2011', source='国家标准') }}").children[1] == Quoted(
        "GB/T 15834—2011", "国家标准"
    )


@pytest.mark.parametrize(
    ("body", "problem"),
    [
        ("{{ ranking(regions.provinces) }}", "ranking needs a ranking of the findings"),
        ("{{ ranking(5) }}", "ranking needs several items, not 5, a number without a basis"),
        ("{{ ranking(regions.by_province, top=0) }}", "top needs a whole number from 1, not 0"),
        ("{{ names(regions.provinces, 'nmae') }}", "there is no 'nmae' in a Province"),
        ("{{ names(regions.provinces, 'clusters') }}", "clusters is a Quantity, not words"),
        ("{{ 'x'|decimals(1) }}", "decimals needs a number of the findings, not the words “x”"),
        ("{{ nation.clusters|decimals('1') }}", "decimals needs a whole number from 0 to 6, not '1'"),
        ("{{ nation.clusters|decimals(99) }}", "decimals needs a whole number from 0 to 6, not 99"),
        ("{{ nation.clusters|day }}", "day needs a date, not a Quantity"),
        ("{{ nation|listed }}", "listed needs several items, not a Nation"),
        ("{{ [nation]|listed }}", "a Nation cannot be printed as it is"),
        ("{{ footnote() }}", "the footnote is empty"),
        ("{% call footnote() %}甲**{{ footnote('乙') }}**{% endcall %}", "a footnote stands in another footnote"),
        ("{{ note(nation.clusters) }}", "note needs words in quotes, not a Quantity"),
        ("{% call footnote() %}- 甲{% endcall %}", "only one paragraph of words can stand here"),
        ("{{ ref(5) }}", "ref needs words in quotes, not 5, a number without a basis"),
        ("{{ quoted('x') }}", "quoted cannot be called so: missing a required argument: 'source'"),
        ("{{ quoted('x', sorce='y') }}", "quoted has no argument 'sorce'"),
        ("{{ shown('x') }}", "shown needs a number of the findings, not the words “x”"),
        ("{{ names(regions.nothing) }}", "there is no 'nothing' in a Regions"),
        ("{{ basis_table() }}\n\n{{ basis_table() }}", "the label 'bases' is taken by"),
    ],
)
def test_a_wrong_use_is_told(project: Project, body: str, problem: str) -> None:
    found = project.problem(body)
    assert found.where.startswith("templates/sections/overview.md.j2, line ")
    assert found.problem.startswith(problem)
    assert found.remedy.endswith(".")


def test_an_undefined_argument_is_told_by_its_name(project: Project) -> None:
    body = "{% for p in regions.provinces %}{{ names(p.nothing) }}{% endfor %}"
    assert project.problem(body).problem == "there is no 'nothing' in a Province"


def test_a_spoiled_part_is_told_once(project: Project) -> None:
    body = "{{ pair(chart.bar(regions.by_province, titel='x'), chart.bar(regions.by_province, title='图')) }}"
    assert project.problem(body).problem == "chart.bar has no argument 'titel'"


def test_a_ranking_does_not_say_what_its_readers_may_not_know(project: Project) -> None:
    ranking = ranking_of("数", ("甲", 3))
    items = tuple(
        type(item)(item.name, exactly(3, PERCENT, UNCONFIRMED), item.place, item.tied, item.share)
        for item in ranking.items
    )
    found = project.problem("{{ ranking(r) }}", PUBLIC, r=items)
    assert found.problem.startswith("人口 is unconfirmed, and the audience public prints only likely values")


def test_functions_among_the_findings_can_be_called(project: Project) -> None:
    assert project.text("{{ published('nation') }}", published=Nation().clusters.named) == "80个"


def test_what_titles_headings_and_captions_quote_is_kept_with_its_source(project: Project) -> None:
    document = project.write(
        "# {{ quoted('第15条', source='某法') }}\n\n"
        "{% set title %}{{ quoted('2024版', source='目录') }}各省份{% endset %}\n\n"
        "{{ table(regions.provinces, [col('name', '省份')], title=title) }}\n"
    )
    assert set(document.about.title_quotes) == {Quoted("第15条", "某法"), Quoted("2024版", "目录")}
