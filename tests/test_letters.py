"""A letter's subject, and the title that names its attachment, are fit for the head of a message."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from clusterreport.errors import ProblemsError
from clusterreport.letters import Letter, letter
from clusterreport.theme import load_theme
from clusterreport.writing.audience import Audience
from tests.samples import sample

THEME = Path(__file__).resolve().parents[1] / "templates" / "themes" / "briefing.toml"
READERS = Audience("leaders", "领导参阅", "简报", "briefing", ("overview",))
HIDDEN = "=?utf-8?q?=0d=0aX-Evil:_yes?="


def written(folder: Path, subject: str, title: str = "集群简报", city: str = "广州") -> Letter:
    (folder / "sections").mkdir()
    (folder / "sections" / "message.md.j2").write_text("附件为本期简报。\n", encoding="utf-8")
    numbered = sample()
    document = replace(numbered.document, about=replace(numbered.document.about, title=title))
    audience = replace(READERS, subject=subject)
    return letter(audience, {"city": city}, replace(numbered, document=document), folder, load_theme(THEME, "x"))


def test_a_subject_may_quote_data(tmp_path: Path) -> None:
    assert written(tmp_path, "{{ city }}集群简报").subject == "广州集群简报"


@pytest.mark.parametrize("unfit", [HIDDEN, "\u202e", "\u2028", "\x7f", "\x85"])
def test_data_that_hide_a_header_do_not_reach_the_subject(tmp_path: Path, unfit: str) -> None:
    with pytest.raises(ProblemsError) as raised:
        written(tmp_path, "{{ city }}集群简报", city=f"广州{unfit}")
    (problem,) = raised.value.problems
    assert problem.where == "templates/audiences/leaders/audience.toml, subject"
    assert "the head of a message cannot bear that" in problem.problem


def test_a_title_that_hides_a_header_does_not_name_an_attachment(tmp_path: Path) -> None:
    with pytest.raises(ProblemsError) as raised:
        written(tmp_path, "", title=f"集群简报{HIDDEN}")
    (problem,) = raised.value.problems
    assert problem.where == "templates/audiences/leaders/audience.toml, document_title"
