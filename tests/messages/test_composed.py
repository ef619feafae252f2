"""What messages are put together of is Chinese too: words of tables, of settings and of TOML, quotes and places."""

from __future__ import annotations

import ast
import tomllib
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

import clusterreport
from clusterreport import messages, settings
from clusterreport.characters import shown
from clusterreport.data.cells import value_of
from clusterreport.data.dataset import TableAddress
from clusterreport.data.faults import CellFault
from clusterreport.errors import UsageError
from clusterreport.settings.toml_file import UnreadableError, quoted, tables_in
from clusterreport.subjects.clusters.tables import schemas

if TYPE_CHECKING:
    from collections.abc import Iterator

PACKAGE = Path(clusterreport.__file__).parent
SPEAKING = {"message", "counted", "os_reason"}


@pytest.fixture
def chinese() -> Iterator[None]:
    messages.speak("zh")
    yield
    messages.speak("en")


def said_at_once(node: ast.AST) -> Iterator[int]:
    """Yield the lines of what is said when a module is imported: outside of every function."""
    for child in ast.iter_child_nodes(node):
        if isinstance(child, ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda):
            continue
        if isinstance(child, ast.Call) and isinstance(child.func, ast.Name) and child.func.id in SPEAKING:
            yield child.lineno
        yield from said_at_once(child)


def test_no_module_says_anything_before_the_language_is_known() -> None:
    found = {
        module.relative_to(PACKAGE).as_posix(): lines
        for module in sorted(PACKAGE.rglob("*.py"))
        if (lines := [*said_at_once(ast.parse(module.read_text(encoding="utf-8")))])
    }
    assert found == {}


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        ('A = message("a")', [1]),
        ('class A:\n    b = (message("a"), 1)', [2]),
        ('def a():\n    return message("a")', []),
        ('A = lambda: message("a")', []),
        ('A = template("a")', []),
    ],
)
def test_the_check_sees_what_is_said_at_once(text: str, lines: list[int]) -> None:
    assert [*said_at_once(ast.parse(text))] == lines


def problems_of(folder: Path, text: str) -> list[str]:
    (folder / "clusterreport.toml").write_text(text, encoding="utf-8")
    with pytest.raises(UsageError) as raised:
        settings.load(folder)
    return [str(problem) for problem in raised.value.problems]


@pytest.mark.usefixtures("chinese")
def test_the_bounds_of_a_setting_are_said_in_the_language_of_the_moment(tmp_path: Path) -> None:
    told = problems_of(tmp_path, "[delivery]\nbuild_minutes = 0\n")
    where = "clusterreport.toml，delivery.build_minutes"
    assert f"{where}：超出允许的范围\n  请写 1 到 1440 之间的数；不写则为 10。" in told


def fault_in(table: str, column: str, text: str) -> tuple[str, str]:
    fault = value_of(text, schemas()[table].columns[column])
    assert isinstance(fault, CellFault)
    return fault.filled(fault.problem), fault.filled(fault.remedy)


def test_the_words_of_a_subjects_tables_are_said_in_chinese_and_in_english() -> None:
    english = fault_in("clusters", "batch", "24x")
    messages.speak("zh")
    try:
        chinese_one = fault_in("clusters", "batch", "24x")
    finally:
        messages.speak("en")
    assert english == ('"24x" is not a batch', "Write the year, and its round if it had several: 2024, 2022-R3.")
    assert chinese_one == ("“24x”不是批次", "请写年份；一年有几轮的，再写轮次：2024、2022-R3。")


BROKEN = [
    ("a = = 1", "值的写法不对（第 1 行第 5 个字符）"),
    ("a 1", "设置项的名称之后应有 '='（第 1 行第 3 个字符）"),
    ("[a", "节的名称之后应有 ']'（在文件末尾）"),
    ("a = 1\na = 2\n", "同一项写了两次（第 2 行第 6 个字符）"),
    ("[a.b]\n[a.b]", "a.b 声明了两次（第 2 行第 5 个字符）"),
    ("a = {b = 1, b = 2}", "大括号中的 'b' 写了两次（第 1 行第 18 个字符）"),
]


@pytest.mark.parametrize(("text", "said"), BROKEN)
def test_what_is_no_toml_is_told_in_chinese_and_else_as_tomllib_tells_it(tmp_path: Path, text: str, said: str) -> None:
    (tmp_path / "a.toml").write_text(text, encoding="utf-8")
    with pytest.raises(tomllib.TOMLDecodeError) as own:
        tomllib.loads(text)
    with pytest.raises(UnreadableError) as plain:
        tables_in(tmp_path / "a.toml")
    messages.speak("zh")
    try:
        with pytest.raises(UnreadableError) as told:
            tables_in(tmp_path / "a.toml")
    finally:
        messages.speak("en")
    assert plain.value.problem == f"it is not valid TOML: {own.value}"
    assert told.value.problem == f"不是有效的 TOML：{said}"


def test_words_stand_between_the_quotes_of_the_language() -> None:
    assert (shown("苏洲"), quoted("a b"), quoted(3)) == ('"苏洲"', "'a b'", "3")
    messages.speak("zh")
    try:
        assert (shown("苏洲"), quoted("a b"), quoted(3)) == ("“苏洲”", "“a b”", "3")
    finally:
        messages.speak("en")


@pytest.mark.usefixtures("chinese")
def test_a_column_without_a_heading_is_told_by_its_number() -> None:
    assert TableAddress("data/a.csv").cell(3, 4) == "data/a.csv，第 3 行，第 5 列"
    assert TableAddress("data/a.csv").cell(3, 4, "城市") == "data/a.csv，第 3 行，“城市”列"
    assert TableAddress("集群.xlsx", "名录").cell(3, 4, "城市") == "集群.xlsx!名录!E3，“城市”列"
