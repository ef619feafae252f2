"""Characters that no shipped face has, and that stand for others, are written out wherever words are printed."""

from __future__ import annotations

from dataclasses import fields, is_dataclass
from pathlib import Path

import pytest
from fontTools.ttLib import TTFont

import clusterreport
from clusterreport import statement
from clusterreport.charts import make
from clusterreport.document import model
from clusterreport.document.composing import WORDS, composed, signs, written_out
from clusterreport.document.model import Figure, Footnote, Quoted, Strong, Text
from clusterreport.document.text import lines_of
from tests.charts.examples import series
from tests.samples import paragraph, sample, small

FACES = sorted((Path(clusterreport.__file__).parent / "fonts").glob("*.ttf"))
NOT_WORDS = {
    "Claimed": ("kind",),
    "About": {"issue", "audience", "language", "corrects"}, "BasisTable": {"by"}, "Chart": {"kind"},
    "ChartNumber": {"key", "how"}, "PlottedSeries": {"word"}, "Column": {"kind"}, "Figure": {"label"},
    "Link": {"target"}, "DateText": {"precision"}, "NumberStyle": {"numeral", "form", "mark"}, "Paragraph": {"role"},
    "Reference": {"label"}, "Footnote": {"source"}, "Stated": {"form"}, "Statement": {"id"},
    "Row": {"role"}, "Section": {"label", "numeral"}, "Table": {"label"},
}  # fmt: skip


@pytest.mark.parametrize(
    ("text", "printed"),
    [
        ("建筑面积120㎡", "建筑面积120m²"),
        ("㎢、㎥、㎜、㎝、㎞、㎏、㎎", "km²、m³、mm、cm、km、kg、mg"),
        ("㎧、㎨、㎾、㏄", "m/s、m/s²、kW、cc"),
        ("⾼新区、⼴州", "高新区、广州"),
        ("①、№、℃、（一）、m²", "①、№、℃、（一）、m²"),
    ],
)
def test_a_character_is_written_out(text: str, printed: str) -> None:
    assert written_out(text) == printed


def test_what_is_written_out_is_in_no_face_that_ships_and_what_it_becomes_is() -> None:
    known = {code for face in FACES for code in TTFont(face).getBestCmap()}
    assert not known & {ord(character) for character in signs()}
    lacking = {one for characters in signs().values() for one in characters if ord(one) not in known}
    assert {one for one in signs() if lacking & {*signs()[one]}} == set()


def test_a_radical_that_stands_for_a_traditional_character_is_left_to_be_refused_by_its_own_name() -> None:
    assert written_out("⾒⾙") == "⾒⾙"


def test_it_is_written_out_wherever_words_are_printed() -> None:
    chart = make(
        "bar", title="㎡图", unit="㎡", categories=["⾼新区㎡"], series=[series("㎡数", [1])], emphasis=["⾼新区㎡"]
    )
    numbered = small(
        paragraph("㎡", Strong((Text("㎡"),)), Quoted("㎡", "㎡"), Footnote((Text("㎡"),))),
        Figure("f", chart, "㎡注", "㎡出处"),
        title="㎡题",
    )
    read = "".join(line.text for line in lines_of(numbered)) + repr(numbered.document)
    assert "㎡" not in read
    assert "⾼" not in read
    assert "单位：m²。m²注" in read


def test_a_document_without_such_characters_is_kept_as_it_is() -> None:
    numbered = sample()
    assert composed(numbered) is numbered


def test_every_field_of_the_model_that_holds_words_is_known() -> None:
    held = {
        (kind.__name__, field.name)
        for module in (model, statement)
        for kind in vars(module).values()
        if isinstance(kind, type) and is_dataclass(kind) and kind.__module__ == module.__name__
        for field in fields(kind)
        if field.type in {"str", "tuple[str, ...]"} or str(field.type).startswith("Literal")
    }
    words = {(kind.__name__, name) for kind, names in WORDS.items() for name in names}
    others = {(kind, name) for kind, names in NOT_WORDS.items() for name in names}
    assert held == words | others
