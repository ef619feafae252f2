"""The program speaks the language of the variable, of the project's settings, or of the locale, in this order."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from clusterreport import messages
from clusterreport.cli import language
from clusterreport.cli.wrapping import columns, wrapped
from clusterreport.settings import messages_language

if TYPE_CHECKING:
    from collections.abc import Iterator

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture
def chinese() -> Iterator[None]:
    messages.speak("zh")
    yield
    messages.speak("en")


def run(*arguments: str, cwd: Path = ROOT, **environment: str) -> subprocess.CompletedProcess[str]:
    kept = {name: value for name, value in os.environ.items() if name in {"PATH", "PYTHONPATH", "HOME", "SYSTEMROOT"}}
    command = [sys.executable, "-m", "clusterreport", *arguments]
    return subprocess.run(
        command, cwd=cwd, env={**kept, "PYTHONUTF8": "1", **environment},
        capture_output=True, text=True, encoding="utf-8", check=False,
    )  # fmt: skip


@pytest.mark.parametrize(
    ("environment", "spoken"),
    [
        ({}, "en"),
        ({"LANG": "C"}, "en"),
        ({"LANG": "POSIX"}, "en"),
        ({"LANG": "C.UTF-8"}, "en"),
        ({"LANG": "zh_CN.UTF-8"}, "zh"),
        ({"LANG": "zh_TW"}, "zh"),
        ({"LANG": "de_DE.UTF-8"}, "en"),
        ({"LANG": "zh_CN.UTF-8", "LC_MESSAGES": "en_GB.UTF-8"}, "en"),
        ({"LANG": "en_GB.UTF-8", "LC_MESSAGES": "zh_CN.UTF-8"}, "zh"),
        ({"LC_ALL": "C", "LC_MESSAGES": "zh_CN.UTF-8", "LANG": "zh_CN.UTF-8"}, "en"),
        ({"LC_ALL": "", "LANG": "zh_CN.UTF-8"}, "zh"),
        ({"CLUSTERREPORT_MESSAGES": "zh", "LC_ALL": "C"}, "zh"),
        ({"CLUSTERREPORT_MESSAGES": "en", "LANG": "zh_CN.UTF-8"}, "en"),
        ({"CLUSTERREPORT_MESSAGES": "fr", "LANG": "zh_CN.UTF-8"}, "zh"),
    ],
)
def test_the_locale_decides_unless_the_variable_does(environment: dict[str, str], spoken: str) -> None:
    assert language.of_environment(environment) == spoken


@pytest.mark.parametrize(
    ("environment", "wanted", "spoken"),
    [
        ({"LANG": "C"}, "zh", "zh"),
        ({"LANG": "zh_CN.UTF-8"}, "en", "en"),
        ({"CLUSTERREPORT_MESSAGES": "en"}, "zh", "en"),
        ({"LANG": "zh_CN.UTF-8"}, None, "zh"),
    ],
)
def test_the_settings_win_over_the_locale_and_not_over_the_variable(
    tmp_path: Path, environment: dict[str, str], wanted: str | None, spoken: str
) -> None:
    text = f'[messages]\nlanguage = "{wanted}"\n' if wanted else ""
    (tmp_path / "clusterreport.toml").write_text(text, encoding="utf-8")
    assert language.of_project(environment, tmp_path) == spoken


@pytest.mark.parametrize("text", ["", "messages = 1", '[messages]\nlanguage = "fr"', "[messages", "\x00"])
def test_settings_that_say_nothing_known_of_it_decide_nothing(tmp_path: Path, text: str) -> None:
    (tmp_path / "clusterreport.toml").write_text(text, encoding="utf-8")
    assert messages_language(tmp_path) is None


def test_a_folder_without_settings_decides_nothing(tmp_path: Path) -> None:
    assert messages_language(tmp_path) is None


def test_english_is_the_template_itself_and_reads_no_catalogue() -> None:
    program = (
        "import sys\nfrom clusterreport.messages import message\n"
        "print(message('{n} rows', n=3), 'clusterreport.messages.catalogue' in sys.modules)"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert done.stdout == "3 rows False\n"


def test_what_has_no_values_is_said_to_the_letter() -> None:
    assert messages.message("a table, { … }") == "a table, { … }"
    assert messages.message("{{0}} is {word}", word="bad") == "{0} is bad"


@pytest.mark.usefixtures("chinese")
def test_chinese_is_said_for_its_template_and_english_for_what_has_no_text() -> None:
    assert messages.message("issue {name}", name="2025-09") == "期次 2025-09"
    assert messages.message("no such template as {this}", this="one") == "no such template as one"


def test_english_tells_one_from_several_and_chinese_does_not() -> None:
    assert messages.counted(1, "1 row", "{count:,} rows") == "1 row"
    assert messages.counted(1200, "1 row", "{count:,} rows") == "1,200 rows"
    messages.speak("zh")
    try:
        assert messages.counted(1, "1 thing", "{count} things") == "1 things"
    finally:
        messages.speak("en")


# ── the program as it is started ─────────────────────────────────────────────────────────────────────────────────────

FAULTS = [
    (("build", "nowhere"), "there is no clusterreport.toml in this folder", None),
    (
        ("build", "--as-of", "yesterday"),
        "argument --as-of: 'yesterday' is not a date",
        "参数 --as-of：'yesterday' 不是日期",
    ),
    (("build", "--format", "odt"), "invalid choice: 'odt'", "'odt' 不在可选范围内"),
    (("approve",), "the following arguments are required: ISSUE", "缺少下列参数：ISSUE"),
    (("frobnicate",), "invalid choice: 'frobnicate'", "'frobnicate' 不在可选范围内"),
]


@pytest.mark.parametrize(("arguments", "english", "other"), FAULTS)
def test_a_fault_is_told_in_the_language_of_the_locale(
    arguments: tuple[str, ...], english: str, other: str | None
) -> None:
    plain, said = run(*arguments, LANG="C"), run(*arguments, LANG="zh_CN.UTF-8")
    assert plain.returncode == said.returncode == 2
    assert english in plain.stderr
    if other is not None:
        assert other in said.stderr
        assert english not in said.stderr


def test_help_is_in_the_language_of_the_locale() -> None:
    plain, said = run("build", "--help", LANG="C"), run("build", "--help", LANG="zh_CN.UTF-8")
    for words in ("usage: clusterreport build", "options:", "show this help message and exit", "only this audience"):
        assert words in plain.stdout
        assert words not in said.stdout
    for words in ("用法：clusterreport build", "选项：", "显示本帮助后退出", "只制作这个版本，"):
        assert words in said.stdout
    assert said.returncode == 0


def test_every_line_of_chinese_help_fits_the_terminal() -> None:
    for command in ("", "build", "issue", "deliveries", "schedule", "backup", "doctor"):
        said = run(*filter(None, [command]), "--help", LANG="zh_CN.UTF-8", COLUMNS="70").stdout
        lines = [line for line in said.splitlines() if "用法" not in line and "{" not in line and "[" not in line]
        assert max(map(columns, lines)) <= 70, command


def test_the_settings_of_the_project_say_the_language(tmp_path: Path) -> None:
    (tmp_path / "clusterreport.toml").write_text(
        '[messages]\nlanguage = "zh"\n[briefing]\nas_of = 1\n', encoding="utf-8"
    )
    done = run("check", ".", "--json", cwd=tmp_path, LANG="C")
    assert done.returncode == 2
    problems = json.loads(done.stdout)["problems"]
    assert problems
    assert set(problems[0]) == {"level", "where", "problem", "remedy"}
    assert problems[0]["where"].startswith("clusterreport.toml")


def test_a_wrong_language_in_the_settings_is_told(tmp_path: Path) -> None:
    shutil.copy(ROOT / "clusterreport.toml", tmp_path)
    with (tmp_path / "clusterreport.toml").open("a", encoding="utf-8") as file:
        file.write('\n[messages]\nlanguage = "fr"\n')
    done = run("check", ".", cwd=tmp_path, LANG="C")
    assert "clusterreport.toml, messages.language: 'fr' is not known" in done.stderr
    assert "Write one of: en, zh." in done.stderr


# ── lines of Chinese ─────────────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.usefixtures("chinese")
def test_a_line_of_chinese_ends_behind_any_sign_and_begins_with_no_closing_one() -> None:
    text = "数据和模板没有问题，" * 8 + "（见下文）。"
    lines = wrapped(text, 40).split("\n")
    assert "".join(lines) == text
    assert all(columns(line) <= 40 for line in lines)
    assert all(line[0] not in "，。、；：？！）》”" for line in lines)
    assert all(line[-1] not in "（《“" for line in lines)
    assert sum(columns(line) >= 38 for line in lines) >= len(lines) - 1


@pytest.mark.usefixtures("chinese")
def test_a_word_of_letters_stays_whole_among_chinese() -> None:
    lines = wrapped("请把名称写入 clusterreport.toml 的 audiences，然后运行 clusterreport check。", 40).split("\n")
    assert any("clusterreport.toml" in line for line in lines)
    assert max(map(columns, lines)) <= 40


@pytest.mark.parametrize(
    ("error", "english", "said"),
    [
        (ConnectionRefusedError(111, "Connection refused"), "[Errno 111] Connection refused", "[Errno 111] 连接被拒绝"),
        (TimeoutError("timed out"), "timed out", "等待超时"),
        (OSError(11111, "never heard of"), "[Errno 11111] never heard of", "[Errno 11111] never heard of"),
        (TimeoutError(), "TimeoutError", "TimeoutError"),
    ],
)
def test_what_a_library_says_is_told_with_its_reason_in_chinese(error: Exception, english: str, said: str) -> None:
    assert messages.words_of(error) == english
    messages.speak("zh")
    try:
        assert messages.words_of(error) == said
    finally:
        messages.speak("en")
