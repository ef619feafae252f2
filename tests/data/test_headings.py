"""A heading is parted from its unit, wherever its brackets stand; no two columns are called alike."""

from __future__ import annotations

import pytest

from clusterreport.data.headings import column_called, parted, titles_in
from clusterreport.data.schema import TableSchema


@pytest.mark.parametrize(
    ("heading", "title", "unit"),
    [
        ("研发经费（亿元） 2023年", "研发经费2023年", "亿元"),
        ("研发经费（亿元）2023年", "研发经费2023年", "亿元"),
        ("研发经费 2023年（亿元）", "研发经费2023年", "亿元"),
        ("研发经费 2023年", "研发经费2023年", ""),
        ("2024年研发经费（亿元） 其中：企业", "2024年研发经费其中：企业", "亿元"),
        ("投入（亿元） 占比（%）", "投入占比", "%"),
        ("产量（只） 2023年", "产量2023年", "只"),
        ("经费(含R&D)（亿元）", "经费(含R&D)", "亿元"),
        ("经费（规上）", "经费（规上）", ""),
        ("经费（2024年）", "经费（2024年）", ""),
        ("经费（2024年）（亿元）", "经费（2024年）", "亿元"),
        ("经费（亿元，2024年）", "经费（2024年）", "亿元"),
        ("经费（现价，万元） 2024年", "经费（现价）2024年", "万元"),
        ("人口（单位：万人） 2024年", "人口2024年", "万人"),
        ("（一）研发经费", "（一）研发经费", ""),
        ("企业[规上]数", "企业[规上]数", ""),
        ("Spending (million yuan)", "Spending", "million yuan"),
        ("GDP（万亿元） total", "GDP total", "万亿元"),
        ("（亿元）", "（亿元）", "亿元"),
    ],
)
def test_a_heading_loses_its_unit_and_nothing_else(heading: str, title: str, unit: str) -> None:
    assert parted(heading)[:2] == (title, unit)


@pytest.mark.parametrize(
    ("heading", "at_odds"),
    [
        ("合同额（万元） 2023年（亿元）", True), ("合同额（亿元） 2023年（亿元）", False),
        ("投入（亿元） 占比（%）", False),
        ("用电量（万千瓦时）（亿千瓦时）", True),
    ],
)  # fmt: skip
def test_multiples_of_one_unit_contradict_each_other(heading: str, at_odds: bool) -> None:  # noqa: FBT001
    assert parted(heading).at_odds is at_odds


def table(**titles: str | list[str]) -> TableSchema:
    columns = {name: {"titles": said, "type": "number", "unit": "亿元"} for name, said in titles.items()}
    return TableSchema.model_validate({"path": "t.csv", "title": "表", "source": "公报", "columns": columns})


def test_no_two_columns_are_called_alike() -> None:
    both = table(
        a="研发经费（亿元） 2023年", b="研发经费（亿元） 2024年", c="产值（亿元）", d="产值（万元）", e="占比（%）"
    )
    assert list(titles_in(both).values()) == [
        "研发经费2023年",
        "研发经费2024年",
        "产值（亿元）",
        "产值（万元）",
        "占比",
    ]


@pytest.mark.parametrize(
    ("word", "column"),
    [
        ("a", "a"),
        ("研发经费（亿元） 2024年", "b"),
        ("研发经费（亿元）2024年", "b"),
        ("研发经费(亿元)2024年", "b"),
        ("研发经费2024年", "b"),
        ("研发经费 2024年", "b"),
        ("研发经费2024年（亿元）", "b"),
        ("研发经费2024年（万元）", None),
        ("研发经费", None),
        ("产值", None),
        ("产值（万元）", "d"),
        ("旧称2023年", "a"),
    ],
)
def test_a_column_is_called_with_its_unit_or_without(word: str, column: str | None) -> None:
    both = table(
        a=["研发经费（亿元） 2023年", "旧称（亿元） 2023年"],
        b="研发经费（亿元） 2024年",
        c="产值（亿元）",
        d="产值（万元）",
    )
    assert column_called(both, word) == column
