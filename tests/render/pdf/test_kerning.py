"""Latin letters stand as near each other as their face wants, and figures below each other all the same."""

from __future__ import annotations

import re

import pytest
import uharfbuzz as hb

from clusterreport.fonts import face_path
from clusterreport.render.pdf import render
from clusterreport.render.pdf.atoms import CharacterStyle, Cutter, Span
from clusterreport.render.pdf.faces import FaceSet, PdfFaces
from clusterreport.theme import Theme
from tests.render.pdf.reading_back import page_texts, reader
from tests.samples import paragraph, small

WORDS = ("AVATAR", "Tokyo", "Wuhan", "Yangtze", "P.", "T.", "office", "1.35", "2024", "GDP", "Top-11", "r,", "中Ta")


@pytest.fixture
def faces(theme: Theme) -> FaceSet:
    return PdfFaces(theme).measures


@pytest.mark.parametrize("face", ["song", "hei"])
@pytest.mark.parametrize("word", WORDS)
def test_a_word_is_as_broad_as_harfbuzz_sets_it(faces: FaceSet, theme: Theme, face: str, word: str) -> None:
    font = hb.Font(hb.Face(hb.Blob.from_file_path(str(face_path(theme.faces[face].file)))))
    line = hb.Buffer()
    line.add_str(word)
    line.guess_segment_properties()
    hb.shape(font, line, {"kern": True, "liga": False})
    assert faces.width(word, face) == pytest.approx(sum(p.x_advance for p in line.glyph_positions) / 1000, abs=0.001)


def test_figures_of_tables_are_all_of_one_width(faces: FaceSet) -> None:
    assert len({round(faces.width(f"{figure}{other}", "hei"), 6) for figure in "0123456789" for other in "147,."}) == 2


def test_letters_stand_nearer_on_the_page_and_are_read_as_they_were(theme: Theme) -> None:
    content = render(small(paragraph("AVATAR Tokyo P."), language="en"), theme).content
    assert "AVATARTokyoP." in page_texts(content)[0]
    drawn = (page.get_contents() for page in reader(content).pages)
    operators = b"".join(one.get_data() for one in drawn if one is not None).decode("latin-1")
    assert re.search(r"<[0-9A-F]{4}>\d+<[0-9A-F]{4}>", operators)


def test_syllables_of_a_word_stand_as_near_as_if_it_could_not_be_broken(faces: FaceSet) -> None:
    style = CharacterStyle("song", 10.0, "#000000")
    atoms, gaps = Cutter(faces, "en").cut([Span("Warranty Vacation avocado Yttrium", style)])
    placed = sum(atom.width for atom in atoms) + sum(gap.natural for gap in gaps)
    whole = sum(faces.width(word, "song") * 10 for word in ("Warranty", "Vacation", "avocado", "Yttrium")) + 3 * 2.5
    assert len(atoms) > 6
    assert placed == pytest.approx(whole, abs=0.001)
