"""The desk's own judgement has its place in the leaders' edition: printed when written, marked, and else left out."""

from __future__ import annotations

from typing import TYPE_CHECKING

from clusterreport import settings
from clusterreport.app.build import numbered_documents
from clusterreport.document.text import lines_of

if TYPE_CHECKING:
    from pathlib import Path

HEADING = "研判与建议"


def said(project: Path) -> list[str]:
    (document,) = numbered_documents(settings.load(project).overridden(audiences=("leaders",)))
    return [line.text for line in lines_of(document)]


def test_a_judgement_that_nobody_has_written_is_left_out(project: Path) -> None:
    assert [text for text in said(project) if HEADING in text] == []


def test_a_judgement_is_printed_with_its_numbers_and_marked_as_the_desks_own(project: Path) -> None:
    file = project / "templates" / "audiences" / "leaders" / "judgement.md.j2"
    text = file.read_text(encoding="utf-8")
    written = "{% set judgement %}\n{{ city.name }}的{{ city.count }}集群可先从共同的伙伴做起。\n{% endset %}"
    filled = text.replace("{% set judgement -%}\n{%- endset %}", written)
    assert filled != text
    file.write_text(filled, encoding="utf-8")
    lines = said(project)
    place = next(place for place, line in enumerate(lines) if line.endswith(HEADING))
    assert lines[place + 1 : place + 3] == [
        "广州的4个集群可先从共同的伙伴做起。",
        "本节是编写单位的研判，不由数据得出。",
    ]
