"""clusterreport build --verify-pair: both finished files are read back and compared before anything is published."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from clusterreport.cli import main
from clusterreport.render import Rendered, docx
from tests.acceptance.conftest import Built
from tests.verify.differences import DIFFERENCES
from tests.verify.pairs import Pair
from tests.verify.word_spoiling import changed_digit, spoiled_file
from tests.verify.wordings import MUTATIONS

pytestmark = pytest.mark.slow

HAVE = {
    "bureau": ("text", "cell", "captions", "footnote", "chart"),
    "leaders": ("text", "footnote"),
    "public": ("text", "cell", "captions", "footnote", "chart"),
}


def pair_of(built: Built, audience: str) -> Pair:
    word, pdf, facts = (built.file(audience, ending).read_bytes() for ending in (".docx", ".pdf", ".json"))
    return Pair(built.documents[audience], word, pdf, facts)


@pytest.mark.parametrize("audience", HAVE)
def test_the_files_of_an_audience_say_what_its_document_says(built: Built, audience: str) -> None:
    assert pair_of(built, audience).problems() == ()


@pytest.mark.parametrize(
    ("audience", "difference"),
    [
        (audience, difference)
        for audience, has in HAVE.items()
        for difference, (needs, _, _) in DIFFERENCES.items()
        if needs in has
    ],
)
def test_a_difference_in_one_file_is_told(built: Built, audience: str, difference: str) -> None:
    _, plant, said = DIFFERENCES[difference]
    problems = plant(pair_of(built, audience)).problems()
    assert any(re.search(said, problem.problem) for problem in problems), problems
    assert all(problem.where.startswith(f"audience {audience}, ") for problem in problems)


def test_the_command_says_in_one_line_what_was_compared(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["build", str(project), "--audience", "leaders", "--verify-pair"]) == 0
    (line,) = [line for line in capsys.readouterr().out.splitlines() if "texts" in line]
    pattern = r"the Word file and the PDF both say what the text says: leaders \d+ texts, \d+ numbers, \d+ table cells, \d+ chart values"  # noqa: E501 -- the line as it is
    assert re.fullmatch(pattern, line)


def test_json_has_what_was_compared(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["build", str(project), "--audience", "press", "--verify-pair", "--json"]) == 0
    (compared,) = json.loads(capsys.readouterr().out)["compared"]
    assert compared["audience"] == "press"
    assert min(compared[name] for name in ("texts", "numbers", "chart_values")) > 10
    assert compared["cells"] == 0


@pytest.mark.slow
def test_without_the_option_nothing_is_read_back(project: Path) -> None:
    program = (
        "import json, sys; from clusterreport.cli import main; "
        "main(['build', sys.argv[1], '--audience', 'leaders', '--quiet']); "
        "print(json.dumps([name for name in sys.modules if 'proofreading' in name]))"
    )
    done = subprocess.run([sys.executable, "-c", program, str(project)], capture_output=True, check=True, text=True)
    assert json.loads(done.stdout) == []


@pytest.mark.slow
def test_a_difference_stops_the_build_before_anything_is_written(
    project: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    write = docx.render

    def miswrite(*arguments: Any) -> Rendered:  # noqa: ANN401 -- those of the writer
        rendered = write(*arguments)
        return replace(rendered, content=spoiled_file(rendered.content, changed_digit("Lead", "BodyText")))

    monkeypatch.setattr(docx, "render", miswrite)
    assert main(["build", str(project), "--verify-pair"]) == 1
    told = capsys.readouterr().err
    for audience in HAVE:
        assert re.search(rf"audience {audience}, .+: the model says “.+”, the Word file “.+”, the PDF “", told)
    assert not (project / "output").exists()


@pytest.mark.parametrize("name", ["个 printed as 家", "qualifiers dropped", "百分点 printed as %"])
def test_a_unit_or_a_bound_that_both_files_print_wrong_stops_the_build(
    project: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], name: str
) -> None:
    MUTATIONS[name].spoil(monkeypatch)
    assert main(["build", str(project), "--audience", "bureau", "--verify-pair"]) == 1
    told = capsys.readouterr().err
    assert re.search(
        r"audience bureau, .+, paragraph \d+: the model says “.+”, the Word file “(.+)”, the PDF “\1”", told
    )
    assert not (project / "output").exists()


@pytest.mark.parametrize("only", ["docx", "pdf"])
def test_one_format_alone_is_no_pair(project: Path, capsys: pytest.CaptureFixture[str], only: str) -> None:
    assert main(["build", str(project), "--verify-pair", "--format", only]) == 2
    assert f"only {only} is written" in capsys.readouterr().err
