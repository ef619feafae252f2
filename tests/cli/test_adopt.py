"""Words that a colleague changed in a Word file of ours come back into the templates, and are in the next build."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from docx import Document
from docx.oxml.ns import qn

from clusterreport import settings
from clusterreport.app.adopting import adopted
from clusterreport.app.build import build
from clusterreport.cli import main
from clusterreport.errors import UsageError
from clusterreport.ledger.word_text import unmarked
from clusterreport.verify.ledger import read_ledger

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from clusterreport.ledger.word_text import TextPlace

ROOT = Path(__file__).parents[2]
OWN = "templates/audiences/leaders/conclusions.md.j2"


def built(project: Path) -> Path:
    chosen = settings.load(project).overridden(audiences=("leaders",), output=project / "output")
    build(chosen)
    (file,) = chosen.output.glob("20*/leaders/*.docx")
    return file


@pytest.fixture(scope="module")
def shipped(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a copy of the shipped project, with the leaders' edition built."""
    folder = tmp_path_factory.mktemp("project")
    for name in ("data", "templates"):
        shutil.copytree(ROOT / name, folder / name)
    shutil.copy(ROOT / "clusterreport.toml", folder)
    built(folder)
    return folder


@pytest.fixture
def project(shipped: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(shipped, tmp_path / "project"))


def edited(project: Path, words: Mapping[str, str]) -> Path:
    """Return the Word file with words replaced within its runs, as somebody would type them."""
    (file,) = (project / "output").glob("20*/leaders/*.docx")
    document = Document(str(file))
    left = dict(words)
    for text in document.element.iter(qn("w:t")):  # python-docx does not count those within numbers
        for old, new in words.items():
            if old in (text.text or "") and old in left:
                text.text = text.text.replace(old, new, 1)
                del left[old]
    assert not left
    copy = project / "改过的.docx"
    document.save(str(copy))
    return copy


def test_changed_words_are_shown_and_nothing_is_written(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    before = (project / OWN).read_bytes()
    file = edited(project, {"之后，全国": "以后，我国", "格局变化": "格局的新变化"})
    assert main(["adopt", str(file), str(project)]) == 0, capsys.readouterr().out
    out = capsys.readouterr().out
    assert f"+++ b/{OWN}" in out
    assert "+# 格局的新变化" in out
    assert "{{ nation.intake }}以后，我国{{ nation.clusters }}" in out
    assert (project / OWN).read_bytes() == before


def test_what_was_adopted_is_in_the_next_build_with_our_numbers(project: Path) -> None:
    file = edited(project, {"之后，全国": "以后，我国", "格局变化": "格局的新变化"})
    wanted = [unmarked(place.text) for place in adopted_places(file)]
    assert main(["adopt", str(file), str(project), "--apply"]) == 0
    again = built(project)
    places = read_ledger(again).carried.places  # type: ignore[union-attr]
    assert [unmarked(place.text) for place in places] == wanted
    (first,) = [place.text for place in places if "以后，我国" in place.text]
    assert "\x0235个\x03以后，我国\x01" in first
    assert not adopted(again, project / "templates").texts


def adopted_places(file: Path) -> tuple[TextPlace, ...]:
    from clusterreport.ledger.opening import BoundedPackage
    from clusterreport.ledger.word_text import WordStories, read_text

    return read_text(WordStories.of(BoundedPackage.of(file.read_bytes()))).places


UNPLACED = {
    "a number typed by hand": ({"之后，全国": "之后3年，全国"}, "typed by hand"),
    "a number in words": ({"之后，全国": "之后三年，全国"}, "typed by hand"),
    "signs of templates": ({"之后，全国": "之后{{，全国"}, "reads otherwise"),
    "a number changed": ({"35个": "36个"}, "a number or a statement"),
    "words of a claim": ({"更分散": "更为分散"}, "no template says"),
    "words of a statement": ({"全国先进制造业基地": "全国的先进制造业基地"}, "a number or a statement"),
    "words of the masthead": ({"先进制造业集群简报": "制造业集群简报"}, "no template says"),
}


@pytest.mark.parametrize(("words", "why"), UNPLACED.values(), ids=UNPLACED)
def test_what_cannot_be_placed_is_told_with_its_reason(
    project: Path, capsys: pytest.CaptureFixture[str], words: dict[str, str], why: str
) -> None:
    before = {path: path.read_bytes() for path in (project / "templates").rglob("*") if path.is_file()}
    assert main(["adopt", str(edited(project, words)), str(project), "--apply", "--json"]) == 1
    said = json.loads(capsys.readouterr().out)
    (unplaced,) = said["unplaced"]
    assert why in unplaced["why"]
    assert said["diff"] == ""
    assert {path: path.read_bytes() for path in before} == before


def with_a_new_paragraph(project: Path) -> Path:
    (file,) = (project / "output").glob("20*/leaders/*.docx")
    document = Document(str(file))
    document.add_paragraph("另有情况说明如下。")
    document.save(str(project / "改过的.docx"))
    return project / "改过的.docx"


def test_a_new_paragraph_is_listed(project: Path) -> None:
    (unplaced,) = adopted(with_a_new_paragraph(project), project / "templates").unplaced
    assert unplaced.words == "另有情况说明如下。"


def test_a_template_that_says_it_no_more_is_left(project: Path) -> None:
    file = edited(project, {"之后，全国": "以后，我国"})
    path = project / OWN
    path.write_text(path.read_text(encoding="utf-8").replace("之后，全国", "后，全中国"), encoding="utf-8")
    adoption = adopted(file, project / "templates")
    assert (len(adoption.unplaced), adoption.texts) == (1, {})


def test_a_template_that_changes_meanwhile_is_not_overwritten(project: Path) -> None:
    adoption = adopted(edited(project, {"之后，全国": "以后，我国"}), project / "templates")
    path = project / OWN
    path.write_text(path.read_text(encoding="utf-8") + "\n更多。\n", encoding="utf-8")
    with pytest.raises(UsageError, match="changed while"):
        adoption.apply()
    assert path.read_text(encoding="utf-8").endswith("更多。\n")


def test_a_file_that_nobody_changed_has_nothing_to_adopt(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (file,) = (project / "output").glob("20*/leaders/*.docx")
    assert main(["adopt", str(file), str(project)]) == 0
    assert capsys.readouterr().out == "0 templates would change\n"


@pytest.mark.parametrize(
    "make", [lambda path: path.write_bytes(b"PK\x03\x04"), lambda path: Document().save(str(path))]
)
def test_a_word_file_of_others_is_refused(tmp_path: Path, make: Callable[[Path], object]) -> None:
    make(tmp_path / "a.docx")
    with pytest.raises(UsageError):
        adopted(tmp_path / "a.docx", ROOT / "templates")
