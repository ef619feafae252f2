"""The PDFs of the shipped project are fit for the archive: valid, whole, with every face in them, the data beside."""

from __future__ import annotations

import io
import subprocess
from typing import TYPE_CHECKING

import pikepdf
import pytest

from tests.acceptance.conftest import ROOT
from tests.acceptance.test_one_document import unread
from tests.conftest import require_program
from tests.render.pdf.conformance import broken_rules
from tests.render.pdf.reading_back import reader, squeezed
from tests.render.pdf.structure_check import check
from tests.render.pdf.structure_text import fault_of_order

if TYPE_CHECKING:
    from tests.acceptance.conftest import Built

AUDIENCES = ("bureau", "leaders", "public")
DATA = (
    "cities.csv",
    "clusters.csv",
    "names.csv",
    "province_values.csv",
    "provinces.csv",
    "published_figures.csv",
    "remarks.csv",
    "statements.csv",
)


@pytest.mark.parametrize("audience", AUDIENCES)
def test_the_structure_is_sound_and_is_read_in_the_order_of_the_model(built: Built, audience: str) -> None:
    content = built.file(audience, ".pdf").read_bytes()
    assert check(content) == []
    assert fault_of_order(content, built.documents[audience]) == ""


@pytest.mark.parametrize(("audience", "tables"), [("bureau", DATA), ("leaders", ()), ("public", ())])
def test_facts_are_attached_and_data_only_where_all_may_be_seen(
    built: Built, audience: str, tables: tuple[str, ...]
) -> None:
    with pikepdf.open(built.file(audience, ".pdf")) as pdf:
        attached = {name: pdf.attachments[name].get_file().read_bytes() for name in pdf.attachments}
    facts = built.file(audience, ".pdf").parent / "facts.json"
    assert attached == {"facts.json": facts.read_bytes()} | {
        name: (ROOT / "data" / name).read_bytes() for name in tables
    }
    assert reader(built.file(audience, ".pdf").read_bytes()).attachments == {
        name: [content] for name, content in attached.items()
    }


@pytest.mark.slow
@pytest.mark.parametrize("audience", ["leaders"])  # pdfinfo takes half a minute over a long one
def test_poppler_reads_the_structure_in_the_order_of_the_model(built: Built, audience: str) -> None:
    command = [require_program("pdfinfo"), "-struct-text", str(built.file(audience, ".pdf"))]
    done = subprocess.run(command, check=True, capture_output=True, text=True, timeout=60)
    spoken = [line.strip()[1:-1] for line in done.stdout.splitlines() if line.strip().startswith('"')]
    assert unread(built.documents[audience], squeezed("".join(spoken))) == ""


@pytest.mark.slow
def test_verapdf_finds_every_audience_in_order(built: Built) -> None:
    found = broken_rules(*(built.file(audience, ".pdf") for audience in AUDIENCES))
    assert found == {f"2025-09-{audience}.pdf": {} for audience in AUDIENCES}


@pytest.mark.slow
@pytest.mark.parametrize("audience", AUDIENCES)
def test_qpdf_finds_no_fault(built: Built, audience: str) -> None:
    subprocess.run([require_program("qpdf"), "--check", built.file(audience, ".pdf")], check=True, capture_output=True)


@pytest.mark.slow
@pytest.mark.parametrize("audience", AUDIENCES)
def test_every_face_is_embedded_cut_down_and_readable_and_there_is_no_picture(built: Built, audience: str) -> None:
    path = built.file(audience, ".pdf")
    fonts = _lines("pdffonts", path)
    assert len(fonts) > 3
    for font in fonts:
        embedded, subset, unicode_map = font.split()[-5:-2]
        assert (embedded, subset, unicode_map) == ("yes", "yes", "yes"), font
    assert _lines("pdfimages", "-list", path) == []


def _lines(program: str, *arguments: object) -> list[str]:
    """Return what a program of poppler prints below its two lines of heading."""
    command = [require_program(program), *map(str, arguments)]
    done = subprocess.run(command, check=True, capture_output=True, text=True, timeout=60)
    return io.StringIO(done.stdout).read().splitlines()[2:]
