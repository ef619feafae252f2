"""The note on the first page of a correction names the issue, the reason, each number and its place, and who got it."""

from __future__ import annotations

import datetime as dt
import json
from dataclasses import replace
from decimal import Decimal

from clusterreport.document.correcting import CorrectionNote, corrected
from clusterreport.document.facts import facts_file
from clusterreport.document.model import (
    About,
    Block,
    Callout,
    Document,
    Letterhead,
    Number,
    NumberedDocument,
    Paragraph,
    Section,
)
from clusterreport.document.numbering import number
from clusterreport.document.since import Since, nothing_before, since
from clusterreport.document.text import lines_of
from clusterreport.document.vintages import EditionFacts, read_facts
from clusterreport.quantity import Computed, Confidence, Quantity
from clusterreport.subjects.clusters.units import CLUSTERS

NOTE = CorrectionNote("2025-08-monthly", "漏列1个集群", ("王敏", "李强"))


def quantity(name: str, amount: int) -> Quantity:
    return Quantity(Decimal(amount), CLUSTERS, Computed(f"{name}数", "计数", Confidence.CONFIRMED), name=name)


def saying(total: int, own: int, *more: Section) -> Document:
    about = About("题", "2025-09", "leaders", "", "zh", dt.date(2025, 9, 22), "", Letterhead(), corrects=NOTE.issue)
    lead: Block = Paragraph((Number(quantity("总", total)),), "lead")
    body = Section("s", "广州的位置", (Paragraph((Number(quantity("城市", own)),)),))
    return Document(about, (lead,), (*more, body))


def facts(document: Document, issue: str) -> EditionFacts:
    about = replace(document.about, issue=issue)
    return read_facts(json.dumps(facts_file(NumberedDocument(replace(document, about=about)))).encode())


def lines(document: Document, found: Since, places: Document) -> list[str]:
    first, *_ = corrected(document, NOTE, found, places).lead
    assert isinstance(first, Callout)
    whole = number(replace(document, lead=(first,), sections=()))
    return [line.text for line in lines_of(whole) if line.text.endswith("。")]


def changed(document: Document) -> Since:
    wrong = facts(saying(79, 3), NOTE.issue)
    return since(wrong, facts(document, "2025-09"), NumberedDocument(document))


def test_each_wrong_number_is_said_with_its_place_and_the_right_one() -> None:
    right = saying(80, 4)
    found = changed(right)
    assert (found.count.amount, found.correction.amount) == (Decimal(2), Decimal(2))
    told = lines(right, found, right)
    assert told[:2] == ["本期更正2025-08-monthly。请以本期为准，原来的一期不再使用。", "错在哪里：漏列1个集群。"]
    assert "“广州的位置”：城市数误为3个，应为4个。" in told
    assert "“导语”：总数误为79个，应为80个。" in told
    assert "收到过原来一期的：王敏、李强。" in told


def test_neither_the_note_itself_nor_the_section_on_changes_is_a_place() -> None:
    tells = Section(
        "c", "较上期变化", (Paragraph((Number(quantity("since.changed", 2)), Number(quantity("城市", 4)))),)
    )
    right = saying(80, 4, tells)
    found = changed(right)
    printed = corrected(right, NOTE, found, right)  # as the letter is given it
    assert "“广州的位置”：城市数误为3个，应为4个。" in lines(right, found, printed)


def test_where_no_number_changed_it_says_so_and_where_nothing_can_be_compared_nothing() -> None:
    same = saying(79, 3)
    assert "各个数字没有变动。" in lines(same, changed(same), same)
    assert "各个数字没有变动。" not in lines(same, nothing_before(), same)
