"""Every verb's numbers in full: their path in facts.json, label, formula, scope, amount; worked out by hand."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from decimal import Decimal
from functools import cache

import pytest

from clusterreport.analysis.grouping import Grouping
from clusterreport.analysis.measures import amount_of, label_of
from clusterreport.analysis.rankings import Panel, Ranking, item_called
from clusterreport.analysis.selection import Selection
from clusterreport.analysis.units import quotient_unit
from clusterreport.errors import ProblemsError
from clusterreport.locale import Label, said
from clusterreport.quantity import KILOMETRES, PIECES, Computed, Confidence, Given, Quantity, Unit, unit_named, unknown
from tests.analysis.made import amount, amounts, asked, cells

ROWS = [
    ("广州", 2023, "珠三角", "东;西", 10, 2, "3.4", 1, 100), ("广州", 2024, "珠三角", "东", 12, 2, "3.6", 2, 110),
    ("深圳", 2023, "珠三角", "东", 20, 4, "6.4", 2, 200), ("深圳", 2024, "珠三角", "南", 30, 4, "6.8", 1, 220),
    ("韶关", 2023, "粤北", "", 5, 4, "1.0", 3, 20), ("韶关", 2024, "粤北", "", 8, 4, "1.2", 3, 20),
]  # fmt: skip
NETWORK = [("甲", 2024, "东", "a;b"), ("乙", 2024, "东", "c;b"), ("丙", 2024, "西", "d")]
GAPS = [("甲", 2023, "东", "", 4), ("甲", 2024, "东", "", 5), ("乙", 2024, "西", "", 7)]
POINTS = {
    "name": {"titles": "城市"},
    "year": {"type": "year"},
    "money": {"titles": "经度", "type": "number", "unit": "°"},
    "people": {"titles": "纬度", "type": "number", "unit": "°"},
    "share": {"type": "number", "unit": "家"},
}


def table(rows: Iterable[tuple[object, ...]] = ROWS) -> Selection:
    return asked(rows)


@cache
def register() -> Selection:
    return table()


def of_2024() -> Selection:
    return register().where(year=2024)


def places() -> Selection:
    """Return three places on the sphere: a quarter of a great circle lies between each two."""
    return asked(
        [("甲", 2024, "", "", 0, 0, 3), ("乙", 2024, "", "", 90, 0, 2), ("丙", 2024, "", "", 0, 90)], columns=POINTS
    )


def full(quantity: object) -> tuple[object, ...]:
    """Return path, label, formula, scope, amount and unit."""
    assert isinstance(quantity, Quantity)
    assert isinstance(quantity.basis, Computed)
    words = (said(each, "zh") for each in (quantity.basis.label, quantity.basis.formula, quantity.basis.scope))
    label, formula, scope = words
    return quantity.name, label, formula, scope, quantity.amount, quantity.unit.symbol


def told(ranking: Ranking) -> list[tuple[object, ...]]:
    """Return the items of a ranking: name, amount, path of the place."""
    return [(item.name, item.value.amount, item.place.name) for item in ranking.items]


def rows_of(quantity: Quantity) -> list[int]:
    assert isinstance(quantity.basis, Computed)
    return [row for reference in quantity.basis.rows for row in reference.rows]


def panel_of(found: object) -> Panel:
    assert isinstance(found, Panel)
    return found


def ranking_of(found: object) -> Ranking:
    assert isinstance(found, Ranking)
    return found


SINGLE: dict[str, tuple[Callable[[], object], tuple[str, str, str, str, object, str]]] = {
    "share of the rows of a year": (
        lambda: of_2024().where(name="广州").share("money", of=of_2024()),
        ("tables.t[name=广州][year=2024].total.money.share", "money合计的比重", "该项÷2024年的合计×100%，数据来自公报",
         "广州、2024年", 24, "%"),
    ),
    "share of all rows": (
        lambda: register().where(group="粤北").share(of=register()),
        ("tables.t[group=粤北].count.share", "表的行数的比重", "该项÷全部各行的合计×100%，数据来自公报", "粤北",
         Decimal("33.3333333333"), "%"),
    ),
    "weighted mean": (
        lambda: of_2024().mean("share", weight="money"),  # (3.6·12 + 6.8·30 + 1.2·8) ÷ 50
        ("tables.t[year=2024].mean.share.by.money", "按money加权的share平均",
         "两列都已知的各行，数值×权数之和÷权数之和，数据来自公报", "2024年", Decimal("5.136"), "%"),
    ),
    "change": (
        lambda: table().where(name="广州").change("money", over="year", start=2023, end=2024),
        ("tables.t[name=广州][year=2024].value.money.change[2023]", "money的变动", "后一时点的值减前一时点的值",
         "广州、2023年至2024年", 2, "亿元"),
    ),
    "growth": (
        lambda: table().where(name="广州").growth("money", over="year", start=2023, end=2024),
        ("tables.t[name=广州][year=2024].value.money.growth[2023]", "money的增长率",
         "（后一时点的值÷前一时点的值-1）×100%，前值不大于0的不计", "广州、2023年至2024年", 20, "%"),
    ),
    "growth of the year after": (
        lambda: table().where(name="广州").growth("money", over="year", start=2023, end=2024, annual=True),
        ("tables.t[name=广州][year=2024].value.money.annual_growth[2023]", "money的年均增长率",
         "（后一年的值÷前一年的值）开年数次方，减1，×100%，前值不大于0的不计", "广州、2023年至2024年", 20, "%"),
    ),
    "change of a number of rows": (
        lambda: table(GAPS).change(over="year", start=2023, end=2024, measure="count"),
        ("tables.t[year=2024].count.change[2023]", "表的行数的变动", "后一时点的值减前一时点的值", "2023年至2024年", 1,
         "个"),
    ),
    "difference": (
        lambda: of_2024().where(name="深圳").difference("money", minus=of_2024().where(name="广州")),
        ("tables.t[name=深圳][year=2024].value.money.minus[tables.t[name=广州][year=2024]]", "money之差",
         "前者减后者，比重之差为百分点", "深圳、2024年减广州、2024年", 18, "亿元"),
    ),
    "quotient": (
        lambda: of_2024().quotient("money", per="people"),
        ("tables.t[year=2024].total.money.per.people", "money合计与people合计之比", "前者÷后者，数据来自公报", "2024年",
         5, "亿元/万人"),
    ),
    "concentration of the first": (
        lambda: of_2024().by("name").concentration("money", top=1),
        ("tables.t[year=2024].by.name.concentration", "money合计的集中率（前1项）",
         "最大的1项之和÷合计×100%，数据来自公报", "2024年、按城市", 60, "%"),
    ),
    "herfindahl": (
        lambda: of_2024().by("name").herfindahl("money"),  # 0.24² + 0.6² + 0.16²
        ("tables.t[year=2024].by.name.herfindahl", "money合计的赫芬达尔指数",
         "各项比重（小数）的平方和，1表示全在一项，数据来自公报", "2024年、按城市", Decimal("0.4432"), ""),
    ),
    "gini of nothing": (
        lambda: table().where(name="广州", group="粤北").by("name").gini("money"),
        ("tables.t[name=广州][group=粤北].by.name.gini", "的基尼系数",
         "由小到大排列的各项，2×Σ（序号×数值）÷（项数×合计）-（项数+1）÷项数，0表示各项相等，数据来自公报",
         "广州、粤北、按城市", None, ""),
    ),
    "pearson": (
        lambda: of_2024().correlation("money", "money").coefficient,
        ("tables.t[year=2024].correlation.money.money.pearson", "money与money的相关系数",
         "皮尔逊积矩相关系数，取两项都已知的各行，数据来自公报", "2024年", 1, ""),
    ),
    "pairs": (
        lambda: of_2024().correlation("money", "people").count,
        ("tables.t[year=2024].correlation.money.people.count", "money与people都已知的行数",
         "两项都已知的各行计数，数据来自公报", "2024年", 3, "个"),
    ),
    "density": (
        lambda: table(NETWORK).network("names").density,
        ("tables.t.network[names].density", "names网络的密度", "有联系的对数÷所有可能的对数×100%，数据来自公报", "",
         Decimal("33.3333333333"), "%"),
    ),
    "isolated": (
        lambda: table(NETWORK).network("names").isolated,
        ("tables.t.network[names].isolated", "names网络的孤立节点数",
         "与其他名称都没有联系的名称计数，数据来自公报", "", 1, "个"),
    ),
    "ties of two columns": (
        lambda: table(NETWORK).network("name", "group").ties,
        ("tables.t.network[name, group].ties", "城市、group网络的联系对数",
         "至少在一行中同时出现的两个名称算一对，数据来自公报", "", 3, "对"),
    ),
    "shared rows": (
        lambda: table(NETWORK).network("names").panel.ties[1].weight,
        ("tables.t.network[names].shared[b—c]", "names的共有行数", "两个名称同时出现的各行计数，数据来自公报", "", 1,
         "个"),
    ),
    "partners": (
        lambda: table(NETWORK).network("names").partners.items[0].value,
        ("tables.t.network[names].partners[b]", "names的联系对象数",
         "与该名称至少在一行中同时出现的其他名称计数，数据来自公报", "", 2, "个"),
    ),
    "distance": (
        lambda: places().distances("name", longitude="money", latitude="people").between("甲", "乙"),  # 6371.0088π ÷ 2
        ("tables.t.distance[甲—乙]", "两地距离", "按经纬度计算的大圆距离，地球平均半径取6371.0088公里，数据来自公报",
         "甲、乙", Decimal("10007.5572210"), "公里"),
    ),
}  # fmt: skip


@pytest.mark.parametrize("case", SINGLE)
def test_a_number_says_what_it_is(case: str) -> None:
    question, expected = SINGLE[case]
    found = full(question())
    assert found[:4] + found[5:] == expected[:4] + expected[5:]
    assert found[4] == (
        None if expected[4] is None else pytest.approx(Decimal(str(expected[4])), abs=Decimal("0.0000001"))
    )


RANKED: dict[str, tuple[Callable[[Grouping], object], str]] = {
    "count": (lambda by: by.count(), "count[广州]"),
    "total": (lambda by: by.total("money"), "total.money[深圳]"),
    "mean": (lambda by: by.mean("money"), "mean.money[深圳]"),
    "median": (lambda by: by.median("money"), "median.money[深圳]"),
    "least": (lambda by: by.least("money"), "least.money[深圳]"),
    "most": (lambda by: by.most("money"), "most.money[深圳]"),
    "value": (lambda by: by.value("money"), "value.money[深圳]"),
    "distinct": (lambda by: by.distinct("names"), "distinct.names[广州]"),
    "share": (lambda by: by.share("money"), "share.money[深圳]"),
    "quotient": (lambda by: by.quotient("money", per="people"), "quotient.money[深圳]"),
}


@pytest.mark.parametrize("measure", RANKED)
def test_a_place_is_called_by_the_measure_that_it_is_of(measure: str) -> None:
    question, path = RANKED[measure]
    found = ranking_of(question(of_2024().by("name")))
    assert found.items[0].place.name == f"tables.t[year=2024].by.name.{path}.place"
    assert found.items[0].share.name == f"tables.t[year=2024].by.name.{path}.share"
    assert found.rising.items[-1].place.name.startswith("tables.t[year=2024].by.name.")
    assert found.rising.items[-1].place.name.endswith(".place.rising")


def test_a_place_without_a_name_has_none_from_below_either() -> None:
    network = table(NETWORK).network("names")
    assert {item.place.name for item in network.partners.items} == {""}
    assert {item.place.name for item in network.partners.rising.items} == {""}


def test_a_place_of_a_change_is_called_by_both_periods() -> None:
    found = ranking_of(table().by("name").change("money", over="year", start=2023, end=2024))
    assert found.label == "money的变动"
    assert told(found) == [
        ("深圳", 10, "tables.t.by.name.change[2023-2024].money[深圳].place"),
        ("韶关", 3, "tables.t.by.name.change[2023-2024].money[韶关].place"),
        ("广州", 2, "tables.t.by.name.change[2023-2024].money[广州].place"),
    ]


def test_an_item_is_found_by_its_name() -> None:
    ranking = ranking_of(of_2024().by("name").total("money"))
    found = item_called(ranking, "韶关")
    assert found is not None
    assert (found.name, int(amount_of(found.value))) == ("韶关", 8)
    assert item_called(ranking, "佛山") is None


def test_steps_of_rows_are_a_panel_of_one_series() -> None:
    found = panel_of(table().where(name="广州").change("money", over="year"))
    assert (found.label, found.categories, [series.name for series in found.series]) == (
        "money的变动", ("2024年",), ["money的变动"],
    )  # fmt: skip
    assert [value.name for value in found.series[0].values] == [
        "tables.t[name=广州][year=2024].value.money.change[2023]"
    ]


def test_a_group_that_lacks_a_period_has_no_step() -> None:
    found = panel_of(table(GAPS).by("name").change("money", over="year"))
    assert [series.name for series in found.series] == ["甲", "乙"]
    (known,), (lacking,) = (series.values for series in found.series)
    assert full(known)[:2] == ("tables.t[name=甲][year=2024].value.money.change[2023]", "money的变动")
    assert full(lacking)[:3] == ("tables.t[name=乙][year=2024].change", "money的变动", "没有符合条件的行")
    assert lacking.amount is None


def test_shares_of_groups_change_by_count_and_by_a_column() -> None:
    by_rows = ranking_of(table(GAPS).by("name").change(over="year", start=2023, end=2024, measure="share"))
    assert amounts(by_rows) == {"甲": -50}  # from the only one to one of two
    by_money = ranking_of(table().by("name").change("money", over="year", start=2023, end=2024, measure="share"))
    assert {name: value and round(value, 4) for name, value in amounts(by_money).items()} == {
        "深圳": Decimal("2.8571"), "韶关": Decimal("1.7143"), "广州": Decimal("-4.5714"),
    }  # fmt: skip


def test_running_sums_rest_on_the_rows_up_to_each_period() -> None:
    found = panel_of(table().by("year").running("money"))
    first, second = found.series[0].values
    assert full(first) == (
        "tables.t.by.year[2023].running", "money合计的累计", "从最早一期累加至该期，数据来自公报", "2023年", 35, "亿元",
    )  # fmt: skip
    assert full(second)[0] == "tables.t.by.year[2024].running"
    assert second.amount == 85
    assert (rows_of(first), rows_of(second)) == ([2, 4, 6], [2, 3, 4, 5, 6, 7])


def test_cells_of_a_panel_are_called_by_both_names() -> None:
    found = panel_of(table().by("name", "year").total("money"))
    assert [[value.name for value in series.values] for series in found.series] == [
        [f"tables.t[name={name}][year={year}].total.money" for name in ("广州", "深圳", "韶关")]
        for year in (2023, 2024)
    ]


def test_a_pair_of_names_in_no_row_counts_none() -> None:
    found = panel_of(table(GAPS).by("name", "year").count())
    assert full(found.series[0].values[1]) == (
        "tables.t[name=乙][year=2023].count", "表的行数", "符合条件的各行计数，数据来自公报", "", 0, "个",
    )  # fmt: skip


def test_cumulative_shares_say_what_they_are() -> None:
    found = panel_of(of_2024().by("name").cumulative("money"))
    own, together = found.series
    assert (found.label, own.name, together.name) == ("money合计的累计比重", "money合计的比重", "money合计的累计比重")
    assert [value.amount for value in own.values] == [60, 24, 16]
    assert [value.amount for value in together.values] == [60, 84, 100]
    assert full(together.values[1])[:4] == (
        "tables.t[year=2024].by.name[广州].cumulative", "money合计的累计比重",
        "由大到小累加至该项÷合计×100%，数据来自公报", "广州",
    )  # fmt: skip
    assert full(own.values[1])[3] == "广州"
    nothing = panel_of(table().where(name="广州", group="粤北").by("name").cumulative("money"))
    assert (nothing.categories, [str(series.name) for series in nothing.series]) == ((), ["", "的累计比重"])


def test_a_lorenz_curve_begins_with_nobody() -> None:
    found = panel_of(of_2024().by("name").lorenz("money"))
    assert (found.label, found.categories) == ("money合计的累计比重", ("", "韶关", "广州", "深圳"))
    across, upward = found.series
    assert (across.name, upward.name) == ("城市的累计比重", "money合计的累计比重")
    assert [value.amount for value in upward.values] == [0, 16, 40, 100]
    assert full(upward.values[1])[2] == "由小到大累加至该项÷合计×100%，数据来自公报"


def test_location_quotients_say_what_they_compare() -> None:
    found = panel_of(of_2024().by("name", "group").location_quotient("money"))
    assert full(found.series[1].values[2]) == (
        "tables.t[name=韶关][group=粤北].location_quotient".replace("tables.t", "tables.t[year=2024]"), "group的区位商",
        "（该城市中该group的份额）÷（全部中该group的份额），大于1即高于总体，数据来自公报", "2024年、韶关、粤北",
        Decimal("6.25"), "",
    )  # fmt: skip
    gap = asked([("甲", 2024, "东", "", 1), ("乙", 2024, "东"), ("丙", 2024, "西", "", 0)])
    assert set(cells(gap.by("name", "group").location_quotient("money")).values()) == {None}
    zero = asked([("甲", 2024, "东", "", 1), ("丙", 2024, "西", "", 0)])
    assert cells(zero.by("name", "group").location_quotient("money"))["丙", "西"] is None


def test_a_quotient_for_each_name_is_called_by_both_tables() -> None:
    other = asked([(name, 2023, "", "", 5) for name in ("广州", "深圳")], "other")
    found = table().where(year=2023).join(other, on="name").quotient("money", per="money")
    assert told(found) == [
        ("深圳", 4, "tables.t[year=2023].by.name.quotient.money[深圳].place"),
        ("广州", 2, "tables.t[year=2023].by.name.quotient.money[广州].place"),
    ]
    assert found.items[0].value.name == "tables.t[name=深圳][year=2023].total.money.per.money"


def test_the_sums_of_two_tables_are_divided() -> None:
    other = asked([(name, 2023, "", "", "", 5) for name in ("广州", "深圳", "韶关")], "other")
    found = table().where(year=2023).join(other, on="name").whole("money", "people")
    assert (str(amount_of(found)), found.unit.symbol) == ("2.3333333333", "亿元/万人")  # 35 ÷ 15


def test_years_may_be_joined_whatever_they_are() -> None:
    one = asked([("甲", 2023, "", "", 6), ("甲", 2024, "", "", 8)])
    other = asked([("乙", 2023, "", "", 3), ("乙", 2024, "", "", 2), ("乙", 2025, "", "", 1)], "other")
    assert amounts(one.join(other, on="year").quotient("money", per="money")) == {"2023年": 2, "2024年": 4}


def test_points_of_two_columns_are_called_by_both() -> None:
    found = of_2024().correlation("money", "people").points
    assert (found.label, [series.name for series in found.series]) == ("money与people", ["money", "people"])


def test_a_network_is_tied_as_its_rows_tie_it() -> None:
    found = table([*NETWORK, ("丁", 2024, "西", "b;a"), ("戊", 2024, "西", "c;a")]).network("names")
    assert [(tie.source, tie.target, int(amount_of(tie.weight))) for tie in found.panel.ties] == [
        ("a", "b", 2), ("a", "c", 1), ("b", "c", 1),
    ]  # fmt: skip
    assert found.panel.label == "names的网络"


def test_places_are_mapped_by_longitude_and_latitude() -> None:
    distances = places().distances("name", longitude="money", latitude="people")
    found = distances.map()
    assert (found.label, found.categories) == ("各地的位置", ("甲", "乙", "丙"))
    across, up, dots = found.series
    assert (across.name, up.name, dots.name) == ("经度", "纬度", "表的行数")
    assert [value.amount for value in across.values] == [0, 90, 0]
    assert [value.amount for value in up.values] == [0, 0, 90]
    assert [value.amount for value in dots.values] == [1, 1, 1]
    assert across.values[1].unit == Unit("degree", "ratio")
    assert across.values[1].name == "tables.t[name=乙].value.money"
    around = distances.around("甲")
    assert (around.label, {item.name for item in around.items}) == ("与甲的距离", {"乙", "丙"})


def test_dots_are_as_large_as_a_ranking_says() -> None:
    known = places().where(name=["甲", "乙"])
    sizes = ranking_of(known.by("name").total("share"))
    found = known.distances("name", longitude="money", latitude="people").map(sizes)
    assert [value.amount for value in found.series[2].values] == [3, 2]
    assert found.series[2].name == sizes.label


def test_a_place_of_which_half_is_known_is_none() -> None:
    half = asked([("甲", 2024, "", "", 1), ("乙", 2024, "", "", "", 1), ("丙", 2024, "", "", 1, 1)], columns=POINTS)
    assert half.distances("name", longitude="money", latitude="people").map().categories == ("丙",)


def test_the_ends_of_the_earth_lie_on_it() -> None:
    far = asked([("甲", 2024, "", "", 180, -90), ("乙", 2024, "", "", -180, 90)], columns=POINTS)
    assert far.distances("name", longitude="money", latitude="people").map().categories == ("甲", "乙")


def test_what_is_not_known_makes_no_share_and_no_mean() -> None:
    gap = asked([("甲", 2024, "", "", 10, 2), ("乙", 2024, "", "", "", 4), ("丙", 2024, "", "", 5)])
    assert gap.where(name="甲").share("money", of=gap).amount is None
    assert gap.mean("money", weight="people").amount == 10  # of the only row that has both
    none = asked([("甲", 2024, "", "", 10, 0), ("乙", 2024, "", "", 4, 0)])
    assert full(none.mean("money", weight="people"))[0] == "tables.t.mean.money.by.people"
    assert none.mean("money", weight="people").amount is None
    zero = asked([("甲", 2024, "", "", 0, 0), ("乙", 2024, "", "", 0, 0)])
    assert zero.where(name="甲").share("money", of=zero).amount is None
    assert zero.quotient("money", per="people").amount is None
    assert gap.quotient("money", per="people").amount is None
    below = asked([("甲", 2024, "", "", 10, 2), ("乙", 2024, "", "", 4)])
    assert below.quotient("money", per="people").amount is None


def test_what_falls_to_nothing_falls_by_all() -> None:
    fallen = asked([("甲", 2022, "", "", 100), ("甲", 2023, "", "", 0), ("甲", 2024, "", "", 121)])
    assert amount(fallen.growth("money", over="year", start=2022, end=2023)) == -100
    assert amount(fallen.growth("money", over="year", start=2023, end=2024)) is None
    assert amount(fallen.growth("money", over="year", start=2022, end=2024, annual=True)) == 10  # 1.21 = 1.1²


def test_sums_beyond_63_bits_are_exact() -> None:
    large = 90_000_000_000_000_000
    assert asked([("甲", 2024, "", "", large), ("乙", 2024, "", "", large)]).total("money").amount == 2 * large


def test_an_amount_that_is_not_known_is_not_taken_for_one() -> None:
    basis = Given(Label.of("measure.total"))
    assert amount_of(Quantity(Decimal(3), PIECES, basis)) == 3
    with pytest.raises(ValueError, match="n7"):
        amount_of(unknown(PIECES, basis).named("n7"))
    assert label_of(unknown(PIECES, basis)) == ""
    assert label_of(of_2024().count()) == Label.of("analysis.count", table="表")


@pytest.mark.parametrize(
    ("words", "sure"),
    [
        (("confirmed", "confirmed"), Confidence.CONFIRMED), (("confirmed", "likely"), Confidence.LIKELY),
        (("unnamed", "confirmed"), Confidence.LIKELY), (("confirmed", "hearsay"), Confidence.UNCONFIRMED),
        (("", ""), Confidence.CONFIRMED),
    ],
)  # fmt: skip
def test_rows_are_as_sure_as_the_least_sure_of_them(words: tuple[str, str], sure: Confidence) -> None:
    rows = [("甲", 2024, words[0], "", 1), ("乙", 2024, words[1], "", 2)]
    found = asked(rows, confidence_column="group", confidence="likely").count()
    assert found.confidence == sure


@pytest.mark.parametrize(
    ("settings", "called"),
    [
        ({"enum": ["confirmed", "likely"]}, {"已确认", "较可靠"}),
        ({"enum": ["confirmed", "likely", "rare"]}, {"confirmed", "likely"}),  # words of its own, and no codes
        ({}, {"confirmed", "likely"}),
    ],
)
def test_codes_of_confidence_have_a_word_where_a_column_holds_no_others(
    settings: dict[str, object], called: set[str]
) -> None:
    rows = [("甲", 2024, "confirmed"), ("乙", 2024, "likely")]
    found = asked(rows, columns={"name": {}, "year": {"type": "year"}, "group": settings}).by("group").count()
    assert set(amounts(found)) == called


def test_no_rows_are_as_sure_as_their_table() -> None:
    rows = asked([("甲", 2024, "confirmed", "东"), ("乙", 2024, "confirmed", "西")], confidence_column="group",
                 confidence="likely")  # fmt: skip
    assert rows.where(name="甲", names="西").count().confidence == Confidence.LIKELY


def test_a_record_gives_its_values_by_their_titles() -> None:
    record = of_2024().rows[0]
    assert record.of("城市") == "广州"
    assert record.of("money").amount == 12


FIVE = [
    ("甲", 2023, "东"), ("甲", 2024, "东"), ("甲", 2025, "东"), ("乙", 2024, "西"), ("乙", 2025, "西"),
    ("丙", 2024, "西"), ("丁", 2024, "西"),
]  # fmt: skip


def test_without_a_column_rows_are_counted() -> None:
    by_name = table(FIVE).by("name")
    concentration = by_name.concentration()  # (3 + 2 + 1) ÷ 7
    assert full(concentration)[1] == "表的行数的集中率（前3项）"
    assert amount_of(concentration) == pytest.approx(Decimal("85.7142857143"))
    assert amount_of(by_name.herfindahl()) == pytest.approx(Decimal(15) / 49)  # (9 + 4 + 1 + 1) ÷ 49
    assert amount_of(by_name.gini()) == pytest.approx(Decimal(7) / 28)  # 2 · (1 + 2 + 6 + 12) ÷ (4 · 7) - 5 ÷ 4
    assert [value.amount for value in by_name.cumulative().series[1].values][-1] == 100
    assert [value.amount for value in by_name.lorenz().series[0].values] == [0, 25, 50, 75, 100]
    running = panel_of(table(FIVE).by("year").running())
    assert [value.amount for value in running.series[0].values] == [1, 5, 7]
    growth = by_name.growth(over="year", start=2024, end=2025, measure="count")
    assert amounts(growth) == {"甲": 0, "乙": 0}
    assert amount(table(FIVE).where(name="甲").difference(minus=table(FIVE).where(name="乙"), measure="count")) == 1
    assert amount(table(FIVE).growth(over="year", start=2023, end=2024, measure="count")) == 300


def test_pairs_are_counted_in_pairs() -> None:
    assert table(NETWORK).network("names").ties.unit == Unit("pair", "count")


@pytest.mark.parametrize("unit", ["%", "个百分点", "位", "年", "人/平方公里"])
def test_what_is_a_quotient_or_a_place_itself_is_not_divided(unit: str) -> None:
    columns = {"name": {}, "year": {"type": "year"}, "money": {"type": "number", "unit": unit, "adds": True}}
    with pytest.raises(ProblemsError, match=f"values in {unit} are not divided"):
        asked([("甲", 2024, "", "", 1)], columns=columns).quotient("money", per="money")


def test_rows_in_a_unit_of_two_languages_are_counted_in_the_known_one() -> None:
    rows = asked([("甲", 2024)], language="en", unit={"zh": "公里", "en": "km"})
    assert rows.count().unit == KILOMETRES


def test_a_multiple_by_itself_is_a_unit_of_its_own() -> None:
    with pytest.raises(ProblemsError, match="亿/人 cannot be told in 万/人"):
        quotient_unit("tables.t", unit_named("亿"), unit_named("人"), "万/人")
