"""Every command that a page or a message names is one, with the options that it is given there."""

from __future__ import annotations

from pathlib import Path

import pytest

from clusterreport.cli import parser
from tests.architecture.commands_named import (
    all_options,
    codes_of,
    commands_in,
    fault_of,
    options_in,
    spoken_in,
    strings_of,
)

ROOT = Path(__file__).resolve().parents[2]
PAGES = [*ROOT.glob("*.md"), *(ROOT / "docs").glob("*.md"), ROOT / "data" / "README.md", ROOT / "output" / "README.md"]
MODULES = sorted((ROOT / "src").rglob("*.py"))
SCRIPTS = [ROOT / "Makefile", ROOT / ".ci" / "run"]
OTHER_PROGRAMS = (
    "arelleCmdLine",
    "mypy",
    "npm",
    "soffice",
    "systemctl",
    "make ",
    "dask worker",
    "dask scheduler",
    "dask, ",
    "docker",
    "pip install --",
    "uv pip",
)
PROSE = ("echo", "sys.exit")
USAGE = "[-h]"  # lines of docs/commands.md that argparse itself has written


@pytest.mark.parametrize("page", sorted(PAGES), ids=lambda page: page.name)
def test_a_page_names_only_commands_that_there_are(page: Path) -> None:
    command_line = parser()
    codes = [code for code in codes_of(page) if USAGE not in code]
    commands = [words for code in codes for words in (*commands_in(code), spoken_in(code, command_line)) if words]
    assert [fault for words in commands if (fault := fault_of(words, command_line))] == []


@pytest.mark.parametrize("page", sorted(PAGES), ids=lambda page: page.name)
def test_a_page_names_only_options_that_there_are(page: Path) -> None:
    known = all_options(parser())
    ours = (code for code in codes_of(page) if not any(program in code for program in OTHER_PROGRAMS))
    assert {option for code in ours for option in options_in(code)} - known == set()


def test_messages_name_only_commands_and_options_that_there_are() -> None:
    command_line = parser()
    known, faults, count = all_options(command_line), [], 0
    for module in MODULES:
        for text in strings_of(module):
            commands = tuple(commands_in(text))
            count += len(commands)
            faults += [f"{module.name}: {fault}" for words in commands if (fault := fault_of(words, command_line))]
            if not any(program in text for program in OTHER_PROGRAMS):
                faults += [f"{module.name}: no option {option}" for option in options_in(text) if option not in known]
    assert faults == []
    assert count > 10


@pytest.mark.parametrize("script", SCRIPTS, ids=lambda script: script.name)
def test_scripts_give_only_commands_that_there_are(script: Path) -> None:
    command_line = parser()
    lines = [line.partition("#")[0] for line in script.read_text(encoding="utf-8").splitlines()]
    commands = [words for line in lines if not any(say in line for say in PROSE) for words in commands_in(line)]
    assert [fault for words in commands if (fault := fault_of(words, command_line))] == []


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        (
            "Build the issue again (clusterreport schedule rebuild), look at it.",
            "clusterreport schedule has no command",
        ),
        ("Run `clusterreport build --formats pdf`.", "clusterreport build has no option --formats"),
        ("Use clusterreport publish.", "clusterreport has no command 'publish'"),
        ("clusterreport build --format odt", "clusterreport build --format takes no 'odt'"),
        ("clusterreport hold one two", "clusterreport hold takes no 'two'"),
    ],
)
def test_a_command_that_there_is_not_is_told(text: str, fault: str) -> None:
    (words,) = commands_in(text)
    assert fault_of(words, parser()).startswith(fault)


@pytest.mark.parametrize(
    "text",
    [
        "Look at it: clusterreport schedule list.",
        "see `clusterreport deliveries --uncertain`",
        "clusterreport build --focus 苏州 --as-of 2025-12-01    # another city",
        "run clusterreport issue, then look",
        "then: clusterreport resolve X",
    ],
)
def test_a_command_that_there_is_is_found_and_known(text: str) -> None:
    (words,) = commands_in(text)
    assert fault_of(words, parser()) == ""
