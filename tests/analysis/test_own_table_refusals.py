"""What makes no sense is not computed: each refusal says what is wrong and what to write, and lists are not cut."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal

import pytest

from clusterreport.analysis import units
from clusterreport.analysis.rankings import Panel, Ranking
from clusterreport.analysis.selection import Selection
from clusterreport.errors import ProblemsError
from clusterreport.likeness import named_instead
from clusterreport.quantity import PERCENT, RATIO, YUAN_100M, unit_named
from tests.analysis.made import amount, amounts, asked, cells

ROWS = [
    ("广州", 2023, "珠三角", "东;西", 10, 2, "3.4", 1, 100), ("广州", 2024, "珠三角", "东", 12, 2, "3.6", 2, 110),
    ("深圳", 2023, "珠三角", "东", 20, 4, "6.4", 2, 200), ("深圳", 2024, "珠三角", "南", 30, 4, "6.8", 1, 220),
    ("韶关", 2023, "粤北", "", 5, 4, "1.0", 3, 20), ("韶关", 2024, "粤北", "", 8, 4, "1.2", 3, 20),
]  # fmt: skip
T = asked(ROWS)
Y = T.where(year=2024)
OTHER = asked([(name, 2023, "", "", 7) for name in ("广州", "深圳", "佛山")], "other")
Question = Callable[[], object]

REFUSED: dict[str, tuple[Question, str, str]] = {
    "years added": (
        lambda: T.total("money"), "values of unlike years (2023, 2024) would be put together",
        "Choose a year with where(year=2024), name those that belong together with where(year=[2023, 2024]), or group",
    ),
    "three years added": (
        lambda: asked([("广州", year, "", "", 1) for year in (2021, 2022, 2023)]).total("money"),
        "values of unlike years (2021, 2022, 2023) would be put together", "Choose a year with where(year=2023)",
    ),
    "four years added": (
        lambda: asked([("广州", year, "", "", 1) for year in (2021, 2022, 2023, 2024)]).total("money"),
        "values of unlike years (2021, 2022, 2023, 2024) would be put together", "Choose a year with where(year=2024)",
    ),
    "years added in groups": (lambda: T.by("group").total("money"), "unlike years", "or group by year"),
    "years shared": (lambda: T.by("group").share("money"), "unlike years", "or group by year"),
    "years spread": (lambda: T.by("name").gini("money"), "unlike years", "or group by year"),
    "years divided": (lambda: T.quotient("money", per="people"), "unlike years", "or group by year"),
    "years correlated": (lambda: T.correlation("money", "people"), "unlike years", "or group by year"),
    "years ranked": (
        lambda: asked([ROWS[0], ROWS[3]]).by("name").value("money"), "unlike years (2023, 2024)", "or group by year",
    ),
    "years joined": (
        lambda: Y.join(OTHER, on="name"), "its rows are of 2024, and those of tables.other of 2023",
        "Choose the same year in both",
    ),
    "shares added": (lambda: Y.total("share"), "share is measured in %, and such values cannot be added up", "mean by"),
    "ranks added": (lambda: Y.total("place"), "measured in 位, and such values cannot be added up", "adds = true"),
    "quotients added": (lambda: Y.by("group").total("density"), "cannot be added up", "Ask for the median"),
    "mean of shares": (lambda: Y.mean("share"), "depends on what they are weighed by", 'weight="…"'),
    "mean of quotients": (lambda: Y.by("group").mean("density"), "depends on what they are weighed by", "equally=true"),
    "mean of ranks": (lambda: Y.mean("place", equally=True), "measured in 位, which has no mean", "the median"),
    "growth of shares": (
        lambda: T.by("name").growth("share", over="year", start=2023, end=2024), "values in % do not grow by per cent",
        "percentage points",
    ),
    "difference of ranks": (
        lambda: T.by("name").change("place", over="year", start=2023, end=2024), "values in 位 are not subtracted",
        "Say both",
    ),
    "part not within": (
        lambda: Y.share("money", of=Y.where(group="粤北")), "the part is not within the whole", "fewer conditions",
    ),
    "share of another table": (lambda: Y.share("money", of=OTHER), "the part is not within the whole", "same table"),
    "share of no table": (lambda: Y.share("money", of="合计"), "of is given what is no table", "Write tables.…"),
    "within neither": (
        lambda: T.by("name", "year").share("money", within="group"), "group is not one of the two columns",
        'Write within="城市" or within="year".',
    ),
    "unit made up": (
        lambda: Y.quotient("money", per="people", unit="元/平方公里"), "亿元/万人 cannot be told in 元/平方公里",
        "Leave the unit out for 亿元/万人",
    ),
    "per cent of unlike": (lambda: Y.quotient("money", per="people", unit="%"), "cannot be told in %", "Leave"),
    "share divided": (lambda: Y.quotient("money", per="share"), "cannot be added up", "median"),
    "period unknown": (
        lambda: T.by("name").change("money", over="year", start=2020, end=2024), "no row has 2020 in year",
        "Write one of: 2023, 2024.",
    ),
    "one period only": (
        lambda: T.by("name").change("money", over="year", start=2023), "one of the two periods is not said",
        "Write start=… and end=…, or neither.",
    ),
    "no step": (lambda: Y.by("name").growth("money", over="year"), "year has one period only", "two periods or more"),
    "no periods": (lambda: T.growth("money", over="group", measure="mean"), "'珠三角', which is no period", "quarters"),
    "over nothing": (lambda: T.by("name").growth("money"), "over which column of periods", 'Write over="…".'),
    "growth backwards": (
        lambda: T.growth("money", over="year", start=2024, end=2023, measure="total"),
        "2023 does not come after 2024", "the earlier period as start",
    ),
    "change backwards": (
        lambda: T.by("name").change("money", over="year", start=2024, end=2023),
        "2023 does not come after 2024", "the earlier period as start",
    ),
    "no time between": (
        lambda: T.by("name").change("money", over="year", start=2024, end=2024),
        "2024 does not come after 2024", "the earlier period as start",
    ),
    "difference backwards": (
        lambda: T.where(year=2023).difference("money", minus=T.where(year=2024), measure="total"),
        "the values of 2024 would be taken from those of 2023, which come before", "the earlier in minus=",
    ),
    "annual backwards": (
        lambda: T.by("name").growth("money", over="year", start=2024, end=2023, annual=True),
        "2023 does not come after 2024", "the earlier period as start",
    ),
    "measure unknown": (
        lambda: T.change("money", over="year", measure="totl"), "there is no measure 'totl'",
        "Did you mean total? Write one of: value, total, mean, median, least, most, count, distinct.",
    ),
    "column missing": (lambda: T.change(over="year", measure="total"), "total does not say of which column", "Name"),
    "two columns spread": (
        lambda: T.by("name", "year").gini("money"), "a whole is spread is found over one column", "with one column",
    ),
    "one column located": (lambda: Y.by("name").location_quotient(), "between two columns", "with two columns"),
    "top nothing": (lambda: Y.by("name").concentration("money", top=0), "top is 0", "top=3"),
    "method unknown": (
        lambda: Y.correlation("money", "people", method="kendall"), "there is no correlation 'kendall'",
        "Write one of: pearson, spearman.",
    ),
    "too few pairs": (
        lambda: Y.where(group="珠三角").correlation("money", "people"), "2 rows have both values", "Choose more rows",
    ),
    "several in a join": (lambda: T.join(T, on="name"), "广州 has 2 rows, and one is wanted for each 城市", "one year"),
    "nothing joined": (
        lambda: asked([("广州市", 2023)]).join(OTHER, on="name"), "no value of 城市 stands in tables.other as well",
        "Did you mean 广州?",
    ),
    "words as numbers": (
        lambda: Y.total("group"), "group holds string, not numbers",
        "Name a column of numbers: money, people, share, place, density.",
    ),
    "column misspelt": (
        lambda: Y.total("mony"), "it has no column 'mony'",
        "Did you mean money? Write one of: 城市, year, group, names, money, people, share, place, density.",
    ),
    "one name a row": (lambda: T.network("group"), "has one name in a row, which ties nobody", "second column"),
    "numbers tied": (lambda: T.network("names", "money"), "money is measured, and ties are between names", "words"),
    "nobody tied": (lambda: T.where(group="粤北").network("names"), "no row has a name in names", "other rows"),
    "not in degrees": (
        lambda: Y.distances("name", longitude="money", latitude="people"),
        "money is measured in 亿元, and a longitude in °", 'Write unit = "°"',
    ),
}  # fmt: skip


@pytest.mark.parametrize("case", REFUSED)
def test_what_makes_no_sense_is_refused(case: str) -> None:
    question, problem, remedy = REFUSED[case]
    with pytest.raises(ProblemsError) as raised:
        question()
    (found,) = raised.value.problems
    assert problem in found.problem
    assert remedy in found.remedy


def test_negative_parts_have_no_shares() -> None:
    table = asked([*((*row[:4], -3) for row in ROWS[1:2]), ROWS[3]])
    for question in (
        lambda: table.by("name").share("money"), lambda: table.where(name="深圳").share("money", of=table),
        lambda: table.by("name").herfindahl("money"), lambda: table.by("group", "name").location_quotient("money"),
    ):  # fmt: skip
        with pytest.raises(ProblemsError, match="money has values below 0, of which there are no shares"):
            question()
    ranking = table.by("name").total("money")
    assert isinstance(ranking, Ranking)
    assert [item.share.amount for item in ranking.items] == [None, None]


def test_years_that_are_named_or_that_the_key_does_not_tell_apart_are_added() -> None:
    assert amount(T.where(year=[2023, 2024]).total("money")) == 85
    assert amount(asked(ROWS, key="name").total("money")) == 85
    assert amounts(T.by("year").total("money")) == {"2023年": 35, "2024年": 50}


def test_a_place_has_ties_and_counts_from_either_end() -> None:
    tied = asked([("甲", 2024, "", "", 5), ("乙", 2024, "", "", 5), ("丙", 2024, "", "", 1)]).by("name").total("money")
    assert isinstance(tied, Ranking)
    assert [(item.name, str(item.place.amount), item.tied) for item in tied.items] == [
        ("甲", "1", True), ("乙", "1", True), ("丙", "3", False),
    ]  # fmt: skip
    rising = [(item.name, str(item.place.amount)) for item in tied.rising.items]
    assert rising == [
        ("丙", "1"),
        ("甲", "2"),
        ("乙", "2"),
    ]


def test_what_is_not_known_stays_unknown() -> None:
    gap = asked([("甲", 2023, "", "", 0), ("甲", 2024, "", "", 5), ("乙", 2023), ("乙", 2024, "", "", 1)])
    assert amounts(gap.by("name").growth("money", over="year", start=2023, end=2024)) == {}
    assert amounts(gap.by("name").change("money", over="year", start=2023, end=2024)) == {"甲": 5}
    assert amount(gap.where(year=2023).by("name").herfindahl("money")) is None
    assert cells(gap.by("year").running("money")) == {
        ("2023年", "money合计的累计"): None,
        ("2024年", "money合计的累计"): None,
    }
    with pytest.raises(ProblemsError, match="a value of 乙 is not known"):
        gap.where(year=2023).by("name").lorenz("money")


def test_shares_within_a_group_make_a_whole_in_it() -> None:
    within = cells(T.by("name", "year").share("money", within="year"))
    assert within["深圳", "2024年"] == 60
    assert sum(value for (_, year), value in within.items() if year == "2024年" and value is not None) == 100


def test_a_difference_says_of_whom_and_in_points() -> None:
    found = Y.where(name="深圳").difference("share", minus=Y.where(name="广州"))
    assert (found.amount, found.unit.symbol) == (Decimal("3.2"), "个百分点")
    assert found.basis.scope.in_language("zh") == "深圳、2024年减广州、2024年"  # type: ignore[union-attr]


def test_a_join_tells_whom_it_lacks_and_keeps_to_its_pairs() -> None:
    pairs = T.where(year=2023).join(OTHER, on="name")
    assert pairs.unmatched == ("韶关", "佛山")
    assert amounts(pairs.quotient("money", per="money")) == {
        "深圳": Decimal("2.8571428571"), "广州": Decimal("1.4285714286"),
    }  # fmt: skip


def test_a_panel_is_turned_without_loss() -> None:
    panel = T.by("name", "year").value("money")
    assert isinstance(panel, Panel)
    assert panel.turned.categories == ("2023年", "2024年")
    assert cells(panel.turned) == {(year, name): value for (name, year), value in cells(panel).items()}
    assert panel.turned.turned == panel


@pytest.mark.parametrize(
    ("above", "below", "wanted", "unit", "times"),
    [
        ("亿元", "亿元", "", RATIO, 1),
        ("亿元", "亿元", "%", PERCENT, 100),
        ("万元", "亿元", "%", PERCENT, Decimal("0.01")),
        ("亿元", "万人", "", unit_named("亿元/万人"), 1),
        ("亿元", "万人", "元/人", unit_named("元/人"), 10_000),
        ("亿元", "万人", "万元/人", unit_named("万元/人"), 1),
        ("人", "平方公里", "万人/平方公里", unit_named("万人/平方公里"), Decimal("0.0001")),
    ],
)
def test_a_quotient_is_measured_in_the_quotient_of_its_units(
    above: str, below: str, wanted: str, unit: object, times: Decimal
) -> None:
    assert units.quotient_unit("", unit_named(above), unit_named(below), wanted) == (unit, times)


@pytest.mark.parametrize("unit", ["°", "℃", "倍", "%", "位", "年", "个百分点", "元/人", "‰"])
def test_no_sum_is_made_of(unit: str) -> None:
    assert not units.makes_sums(unit)
    assert units.makes_sums(unit, adds=True)
    assert units.makes_sums(YUAN_100M.symbol)


def test_lists_are_not_cut() -> None:
    names = [f"列{place}" for place in range(60)]
    assert named_instead("别的", names) == f"Write one of: {', '.join(names)}."
    assert named_instead("列59号", names).startswith("Did you mean 列59? Write one of: 列0, ")


def test_a_column_may_be_called_without_its_unit() -> None:
    columns = {
        "name": {},
        "year": {"type": "year"},
        "money": {"titles": "经费（亿元）", "type": "number", "unit": "亿元"},
    }
    table: Selection = asked(ROWS, columns=columns).where(year=2024)
    assert amount(table.total("经费")) == amount(table.total("经费（亿元）")) == amount(table.total("money")) == 50
