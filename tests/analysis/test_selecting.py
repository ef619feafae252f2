"""Conditions lead to rows of a file, in the words of docs/facts.md; rows that were chosen keep theirs."""

from __future__ import annotations

from dataclasses import dataclass

import pytest

from clusterreport.analysis.selecting import (
    ALL,
    Chosen,
    both,
    either,
    equals,
    from_file,
    has,
    has_any,
    one_of,
    word,
)


@dataclass(frozen=True, slots=True)
class Record:
    row: int
    name: str


RECORDS = (Record(2, "甲"), Record(3, "乙"), Record(7, "丙"))


@pytest.mark.parametrize("plain", ["广州", "A股", "a-1", "总计_2"])
def test_a_plain_word_stands_bare(plain: str) -> None:
    assert word(plain) == plain


@pytest.mark.parametrize(
    "quoted",
    [
        "",
        "2024",
        "-a",
        "a b",
        "a、b",
        "all",
        "and",
        "any",
        "count",
        "has",
        "in",
        "not",
        "of",
        "or",
        "true",
        "false",
        "where",
    ],
)
def test_what_could_be_taken_for_something_else_stands_in_quotation_marks(quoted: str) -> None:
    assert word(quoted) == f'"{quoted}"'


def test_quotation_marks_within_are_escaped_and_characters_stay() -> None:
    assert word('“广”"州"') == '"“广”\\"州\\""'


def test_a_condition_names_column_and_value() -> None:
    assert equals("城市", "广州") == "城市 = 广州"
    assert has("重点领域", "not") == '重点领域 has "not"'
    assert one_of("城市", ["广州"]) == "城市 = 广州"
    assert one_of("城市", ["广州", "佛山", "广州"]) == "城市 in (广州, 佛山)"
    assert has_any("领域", ["汽车"]) == "领域 has 汽车"
    assert has_any("领域", ["汽车", "医药"]) == "领域 has any of (汽车, 医药)"


def test_a_condition_may_look_into_another_file() -> None:
    said = from_file("城市", "cities.csv", equals("省份", "广东"))
    assert said == '(城市 of "cities.csv" where 省份 = 广东)'


@pytest.mark.parametrize(
    ("conditions", "together"),
    [
        ((), ALL), ((ALL,), ALL), ((ALL, ALL), ALL), (("a = b", ALL), "a = b"), (("a = b", "c = d"), "a = b and c = d"),
        (("a = b", "c = d", "a = b"), "a = b and c = d"), (("a = b", ""), ""), (("",), ""),
    ],
)  # fmt: skip
def test_all_of_several_conditions(conditions: tuple[str, ...], together: str) -> None:
    assert both(*conditions) == together


@pytest.mark.parametrize(
    ("conditions", "one"),
    [
        ((), ""), (("a = b",), "a = b"), (("a = b and c = d",), "a = b and c = d"), (("a = b", "a = b"), "a = b"),
        (("a = b", "c = d"), "(a = b or c = d)"), (("a = b and c = d", "e = f"), "((a = b and c = d) or e = f)"),
        (("a = b", ALL), ALL), (("", ALL), ALL), (("a = b", ""), ""), (("",), ""),
    ],
)  # fmt: skip
def test_one_of_several_conditions(conditions: tuple[str, ...], one: str) -> None:
    assert either(conditions) == one


def test_rows_that_were_chosen_keep_condition_and_numbers() -> None:
    chosen = Chosen.of(RECORDS, equals("a", "b"))
    assert (tuple(chosen), chosen.condition, chosen.numbers) == (RECORDS, "a = b", (2, 3, 7))


def test_rows_of_which_nobody_said_a_condition_have_none() -> None:
    known = Chosen.known(RECORDS)
    assert (tuple(known), known.condition) == (RECORDS, "")
    chosen = Chosen.of(RECORDS, ALL)
    assert Chosen.known(chosen) is chosen


def test_rows_are_narrowed_down_once_for_a_condition() -> None:
    chosen = Chosen.of(RECORDS, "a = b")
    last = chosen.where(lambda record: record.row > 2, "c = d")
    assert (last.numbers, last.condition) == ((3, 7), "a = b and c = d")
    assert chosen.where(lambda _: False, "c = d") is last
    assert chosen.where(lambda _: False, "e = f").numbers == ()


def test_rows_are_grouped_once_by_a_name() -> None:
    chosen = Chosen.of(RECORDS, ALL)
    groups = {"甲": Chosen.of(RECORDS[:1], equals("name", "甲"))}
    assert chosen.grouped("name", lambda: groups) == groups
    assert chosen.grouped("name", dict) == groups
    assert chosen.grouped("row", dict) == {}
