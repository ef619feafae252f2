"""The PDF keeps to the machine-checkable rules of PDF/A-3a and PDF/UA-1, and veraPDF sees the defects planted in it."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING

import pikepdf
import pytest

from clusterreport.render import EmbeddedFile
from clusterreport.render.pdf import render
from clusterreport.theme import load_theme
from tests.render.pdf.conformance import broken_rules, run_driver
from tests.render.pdf.conftest import BRIEFING
from tests.render.pdf.defects import DEFECTS, Defect, spoiled
from tests.render.pdf.every_kind import DOCUMENTS
from tests.samples import sample

if TYPE_CHECKING:
    from pathlib import Path

    from clusterreport.theme import Theme

THEMES = tuple(sorted(BRIEFING.parent.glob("*.toml")))
DATA = EmbeddedFile("data.csv", "text/csv", "a table", "Source", "甲,1\n".encode())
PLANTED = {
    "nothing, only saved again": Defect(lambda _: None),
    **{f"{name}, caught by {defect.caught_by}": defect for name, defect in DEFECTS.items()},
}


@pytest.fixture(scope="session")
def with_data(theme: Theme) -> bytes:
    """Return the sample with a file attached."""
    return render(sample(), theme, (DATA,)).content


@pytest.fixture(scope="session")
def verdicts(with_data: bytes, tmp_path_factory: pytest.TempPathFactory) -> dict[str, dict[str, str]]:
    """Return what veraPDF says of each spoiled file; one run for all, since its start is what takes long."""
    folder = tmp_path_factory.mktemp("spoiled")
    paths = {name: folder / f"{place}.pdf" for place, name in enumerate(PLANTED)}
    for name, path in paths.items():
        path.write_bytes(spoiled(with_data, PLANTED[name].spoil))
    found = broken_rules(*paths.values())
    return {name: found[path.name] for name, path in paths.items()}


def test_attachments_come_out_as_they_went_in(with_data: bytes) -> None:
    with pikepdf.open(io.BytesIO(with_data)) as pdf:
        assert {name: pdf.attachments[name].get_file().read_bytes() for name in pdf.attachments} == {
            "data.csv": DATA.content
        }


def test_a_plain_file_claims_nothing_and_carries_nothing(theme: Theme) -> None:
    with pikepdf.open(io.BytesIO(render(sample(), theme, (DATA,), conforming=False).content)) as pdf:
        assert b"pdfaid:part" not in pdf.Root.Metadata.read_bytes()
        assert "/OutputIntents" not in pdf.Root
        assert not list(pdf.attachments)


@pytest.mark.slow
def test_verapdf_finds_every_look_and_language_in_order(tmp_path: Path) -> None:
    paths = []
    for look in THEMES:
        for name, document in DOCUMENTS.items():
            path = tmp_path / f"{look.stem} {name}.pdf"
            path.write_bytes(render(document(), load_theme(look, look.name), (DATA,)).content)
            paths.append(path)
    assert broken_rules(*paths) == {path.name: {} for path in paths}


@pytest.mark.slow
@pytest.mark.parametrize("name", PLANTED)
def test_verapdf_says_what_is_planted(name: str, verdicts: dict[str, dict[str, str]]) -> None:
    rule = PLANTED[name].rule
    assert rule in verdicts[name] if rule else verdicts[name] == {}


@pytest.mark.slow
def test_the_driver_tells_a_file_that_it_cannot_read_from_a_broken_one(tmp_path: Path) -> None:
    path = tmp_path / "words.pdf"
    path.write_text("no PDF", encoding="utf-8")
    done = run_driver("UA-1", path)
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.startswith("words.pdf cannot be read: ")


@pytest.mark.slow
@pytest.mark.parametrize(
    ("arguments", "words"), [(("UA-1",), "usage: "), (("UA-9", "a.pdf"), "there is no profile UA-9")]
)
def test_the_driver_refuses_a_wrong_command(arguments: tuple[str, ...], words: str) -> None:
    done = run_driver(*arguments)
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.startswith(words)
