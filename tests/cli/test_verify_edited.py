"""clusterreport verify of a Word file of ours that somebody edited: what is told, by itself and against another."""

from __future__ import annotations

import json
from pathlib import Path

import docx
import pytest
from lxml import etree

from clusterreport import settings
from clusterreport.app.build import build
from clusterreport.cli import main
from clusterreport.document.facts import facts_file
from clusterreport.publishing import as_json
from clusterreport.render.docx import render
from clusterreport.theme import load_theme
from tests.samples import sample
from tests.verify.word_edits import B, Part, exchange, in_body, paragraph, run
from tests.verify.word_spoiling import W, packed, parts_of

ROOT = Path(__file__).parents[2]
THEME = ROOT / "templates" / "themes" / "briefing.toml"


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    facts = as_json(facts_file(sample()))
    folder = tmp_path_factory.mktemp("built")
    (folder / "facts.json").write_bytes(facts)
    (folder / "built.docx").write_bytes(render(sample(), load_theme(THEME, "briefing"), facts=facts).content)
    return folder / "built.docx"


@pytest.fixture(scope="module")
def edition(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the leaders' edition of the shipped project."""
    chosen = settings.load(ROOT).overridden(audiences=("leaders",), output=tmp_path_factory.mktemp("output"))
    build(chosen)
    (word,) = chosen.output.glob("*/leaders/*.docx")
    return word


@pytest.fixture
def edited(built: Path, tmp_path: Path) -> Path:
    path = tmp_path / "改过.docx"
    path.write_bytes(exchange(B, "77.8%", "88.8%")(built.read_bytes()))
    return path


def told(capsys: pytest.CaptureFixture[str], *words: object) -> tuple[int, list[dict[str, str]]]:
    code = main(["verify", *map(str, words), "--json"])
    found = json.loads(capsys.readouterr().out)["judgements"]
    return code, [each for each in found if each["verdict"] != "backed"]


def test_a_file_as_built_is_in_order(capsys: pytest.CaptureFixture[str], built: Path) -> None:
    assert told(capsys, built) == (0, [])


def test_a_changed_number_is_told_with_place_fact_and_what_was_built(
    capsys: pytest.CaptureFixture[str], edited: Path
) -> None:
    code, (found,) = told(capsys, edited)
    assert code == 1
    assert (found["verdict"], found["kind"], found["words"]) == ("contradicted", "changed", "增加88.8%")
    assert found["place"] == "数量与批次, paragraph 1"
    assert "增加77.8%" in found["why"]
    assert main(["trace", str(edited), found["fact"]]) == 0


@pytest.mark.parametrize("ledger", ["built.docx", "facts.json"])
def test_it_is_told_against_another_file_of_the_edition(
    capsys: pytest.CaptureFixture[str], built: Path, edited: Path, ledger: str
) -> None:
    code, (found,) = told(capsys, edited, "--against", built.with_name(ledger))
    assert (code, found["kind"]) == (1, "changed")


def test_a_file_that_lost_its_ledger_is_known_by_its_words(
    capsys: pytest.CaptureFixture[str], built: Path, edited: Path
) -> None:
    parts = {name: part for name, part in parts_of(edited.read_bytes()).items() if "ustom" not in name}
    edited.write_bytes(packed(parts))
    assert main(["verify", str(edited)]) == 2
    capsys.readouterr()
    code, (found,) = told(capsys, edited, "--against", built)
    assert (code, found["kind"]) == (1, "changed")


def test_a_proposal_is_told_and_is_no_fault(capsys: pytest.CaptureFixture[str], built: Path, tmp_path: Path) -> None:
    def propose(tree: Part) -> None:
        made = etree.SubElement(paragraph(tree, "先说数量"), W + "ins", {W + "id": "9", W + "author": "王"})
        made.append(run("增长12%。"))

    path = tmp_path / "a.docx"
    path.write_bytes(in_body(propose)(built.read_bytes()))
    code, (found,) = told(capsys, path)
    assert (code, found["kind"], found["verdict"]) == (0, "proposed", "not checkable")


def test_a_number_that_is_said_of_another_is_held_against_the_ledger_anew(
    capsys: pytest.CaptureFixture[str], edition: Path, tmp_path: Path
) -> None:
    path = tmp_path / "a.docx"
    path.write_bytes(exchange("布局：", "江苏", "浙江")(edition.read_bytes()))
    code, (found,) = told(capsys, path)
    assert (code, found["kind"]) == (1, "reworded")
    path.write_bytes(exchange("跨区域：", "只看", "单看")(edition.read_bytes()))
    code, (found,) = told(capsys, path)
    assert (code, found["kind"], found["verdict"]) == (0, "reworded", "not checkable")


def test_comments_stand_at_the_places(capsys: pytest.CaptureFixture[str], edited: Path, tmp_path: Path) -> None:
    copy = tmp_path / "批注.docx"
    assert main(["verify", str(edited), "--comments", str(copy)]) == 1
    (comment,) = docx.Document(str(copy)).comments
    assert "增加77.8%" in comment.text
    capsys.readouterr()
    code, (found,) = told(capsys, copy)
    assert (code, found["words"]) == (1, "增加88.8%")
