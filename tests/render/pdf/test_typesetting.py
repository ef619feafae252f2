"""What was found for one file is the same for the next: a typesetter that has set much sets as a fresh one does."""

from __future__ import annotations

from dataclasses import replace

import pytest

from clusterreport.render.pdf.atoms import CharacterStyle, Span
from clusterreport.render.pdf.breaking import Setting
from clusterreport.render.pdf.faces import FaceSet, PdfFaces
from clusterreport.render.pdf.typesetting import Typesetter
from clusterreport.theme import Theme

TEXT = "截至2022年，全国共有国家级先进制造业集群80个，其中45个由工业和信息化部公布。" * 2
LOOK = CharacterStyle("song", 16.0, "#000000")
SPANS = [
    (Span(TEXT, LOOK),),
    (Span(TEXT, replace(LOOK, size=12.0)),),
    (Span(TEXT, replace(LOOK, face="hei")),),
    (Span(TEXT[:30], LOOK), Span(TEXT[30:], replace(LOOK, goal="part-a"))),
    (Span(TEXT[:30], LOOK, whole=True), Span(TEXT[30:], LOOK)),
]
SETTINGS = [Setting(442.0, 32.0), Setting(442.0), Setting(300.0, 32.0), Setting(442.0, 32.0, justified=False)]


@pytest.fixture(scope="module")
def faces(theme: Theme) -> FaceSet:
    return PdfFaces(theme).measures


def lines(typesetter: Typesetter) -> list[object]:
    """Return where all lines end, how far they are stretched, and what every text is measured as."""
    broken = [
        typesetter.broken(spans, setting, even=even).lines
        for even in (False, True)
        for setting in SETTINGS
        for spans in SPANS
    ]
    return [broken, *((typesetter.natural_width(spans), typesetter.least_width(spans)) for spans in SPANS)]


def test_what_is_kept_is_told_apart_by_all_that_it_depends_on(faces: FaceSet) -> None:
    once = Typesetter(faces, "zh")
    assert lines(once) == lines(once)
    fresh = [
        Typesetter(faces, "zh").broken(spans, setting, even=even).lines
        for even in (False, True)
        for setting in SETTINGS
        for spans in SPANS
    ]
    assert lines(once)[0] == fresh


def test_files_of_the_same_faces_share_what_is_measured(theme: Theme) -> None:
    one, other = PdfFaces(theme), PdfFaces(theme)
    assert one.measures is other.measures
    assert Typesetter.of(one.measures, "zh") is Typesetter.of(other.measures, "zh")
    assert Typesetter.of(one.measures, "zh") is not Typesetter.of(one.measures, "en")


def test_other_faces_share_nothing(theme: Theme) -> None:
    swapped = {name: theme.faces["hei" if name == "song" else name] for name in theme.faces}
    assert PdfFaces(replace(theme, faces=swapped)).measures is not PdfFaces(theme).measures


def test_a_font_belongs_to_one_file(theme: Theme) -> None:
    one, other = PdfFaces(theme), PdfFaces(theme)
    (first,), (second,) = one.runs("全国", "song"), other.runs("全国", "song")
    assert first.font is not second.font
    first.font.encode("全")
    assert second.font.encode("国") == "0001"
