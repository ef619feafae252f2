"""The differences that are planted into one file of a pair, and the words in which each must be told."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal
from typing import NamedTuple

from clusterreport.publishing import as_json
from tests.verify import pdf_spoiling as pdf
from tests.verify import word_spoiling as word
from tests.verify.pairs import Pair

IN_WORD = r"the model says (.+), the Word file (?!\1,).+, the PDF \1$"
IN_PDF = r"the model says (.+), the Word file \1, the PDF (?!\1$).+"
NOT_IN_WORD = r"the model says (.+), the Word file nothing, the PDF \1$"
NOT_IN_PDF = r"the model says (.+), the Word file \1, the PDF nothing$"
BESIDES = "the model says nothing more, the Word file “.+”, the PDF nothing"
MISNAMED = "the model has the number “.+” as .+, the Word file “.+” as .+; the PDF"
DRAWN = r"the model has (“.+”); the Word file draws (?!\1).+, its workbook holds \1"
KEPT = r"the model has (“.+”); the Word file draws \1, its workbook holds (?!\1)"
PRINTED = r"the model has (“.+”); the Word file (?:has a picture|draws \1, .+ holds \1); the PDF prints (?!\1)"
LABELLED = r"the Word file labels it “余(.+)”; the PDF prints “\1”"
UNLABELLED = "the Word file labels it with nothing; the PDF prints “.+”"
UNPRINTED = r"the model has (“.+”); the Word file (?:has a picture|draws \1, .+ holds \1); the PDF prints nothing"
STRANGE = "the PDF prints “.+” on the chart, which the model does not have"
DIGIT = re.compile(r"\d")
NUMBER = re.compile(r"^\d+(\.\d+)?%?$")
CHART, NOTES = "word/charts/chart", "word/footnotes.xml"


class Difference(NamedTuple):
    """What a document must have for it, how it is planted, and a pattern of what is then said."""

    needs: str
    plant: Callable[[Pair], Pair]
    said: str


def other_amount(pair: Pair) -> Pair:
    """Give the first number that the text says another amount in facts.json."""
    facts = json.loads(pair.facts)
    (tag,) = re.findall(r'<w:tag w:val="(n[0-9]+)"', word.parts_of(pair.word)[word.DOCUMENT].decode())[:1]
    for fact in facts["numbers"]:
        if fact["id"] == tag:
            fact["amount"] = str(Decimal(fact["amount"]) + 1)
    return replace(pair, facts=as_json(facts))


DIFFERENCES: dict[str, Difference] = {
    "Word: a digit of a paragraph": Difference("text", word.spoiled(word.changed_digit("Lead", "BodyText")), IN_WORD),
    "Word: a digit of a cell": Difference(
        "cell", word.spoiled(word.changed_digit("TableCell", "DenseTableCell")), IN_WORD
    ),
    "Word: a paragraph missing": Difference("text", word.spoiled(word.drop_paragraph), NOT_IN_WORD),
    "Word: a paragraph twice": Difference("text", word.spoiled(word.double_paragraph), BESIDES),
    "Word: a heading out of order": Difference("text", word.spoiled(word.move_heading), NOT_IN_WORD),
    "Word: a heading of another level": Difference(
        "text", word.spoiled(word.demote_heading), "as a heading of level 2"
    ),
    "Word: a heading without its numeral": Difference("text", word.spoiled(word.uncount_heading), IN_WORD),
    "Word: captions swapped": Difference("captions", word.spoiled(word.swap_captions), IN_WORD),
    "Word: names of numbers swapped": Difference("text", word.spoiled(word.swap_tags), MISNAMED),
    "Word: a number that leads to no fact": Difference(
        "text", word.spoiled(word.lose_tag), "the Word file “.+” as n0, which facts.json lacks"
    ),
    "Word: a footnote not marked": Difference("footnote", word.spoiled(word.unmark_note), NOT_IN_WORD),
    "Word: a footnote emptied": Difference("footnote", word.spoiled(word.empty_note, NOTES), IN_WORD),
    "Word: a cell missing": Difference("cell", word.spoiled(word.drop_cell), NOT_IN_WORD),
    "Word: a row missing": Difference("cell", word.spoiled(word.drop_row), NOT_IN_WORD),
    "Word: a table called otherwise": Difference("cell", word.spoiled(word.rename_table), "the Word file “另一张表”"),
    "Word: another alternative text": Difference("chart", word.spoiled(word.redescribe), IN_WORD),
    "Word: a value drawn": Difference("chart", word.spoiled(word.raise_value, CHART), DRAWN),
    "Word: another word at a value": Difference("chart", word.spoiled(word.reword_label, CHART), LABELLED),
    "Word: no values at the bars": Difference("chart", word.spoiled(word.unlabel, CHART), UNLABELLED),
    "Word: a name drawn": Difference("chart", word.spoiled(word.rename, CHART), DRAWN),
    "Word: a value in a workbook": Difference("chart", word.spoil_workbook, KEPT),
    "PDF: a digit of a paragraph": Difference("text", pdf.spoiled(pdf.changed_digit("P", DIGIT)), IN_PDF),
    "PDF: a digit of a cell": Difference("cell", pdf.spoiled(pdf.changed_digit("TD", NUMBER)), IN_PDF),
    "PDF: a number on a chart": Difference("chart", pdf.spoiled(pdf.changed_digit("Figure", NUMBER)), PRINTED),
    "PDF: two numbers of a chart swapped": Difference("chart", pdf.spoiled(pdf.respelt(pdf.swap_numbers)), PRINTED),
    "PDF: two keys of a chart swapped": Difference("chart", pdf.spoiled(pdf.respelt(pdf.swap_keys)), PRINTED),
    "PDF: a number of a chart at another's key": Difference(
        "chart", pdf.spoiled(pdf.respelt(pdf.rename_key("0.1"))), PRINTED
    ),
    "PDF: a number of a chart at a key that it lacks": Difference(
        "chart", pdf.spoiled(pdf.respelt(pdf.rename_key("7.7"))), STRANGE
    ),
    "PDF: a number of a chart missing": Difference("chart", pdf.spoiled(pdf.respelt(pdf.drop_number)), UNPRINTED),
    "PDF: a number of a chart twice": Difference("chart", pdf.spoiled(pdf.respelt(pdf.double_number)), PRINTED),
    "PDF: a number of a chart without a key": Difference("chart", pdf.spoiled(pdf.respelt(pdf.unmark_number)), STRANGE),
    "PDF: a paragraph missing": Difference("text", pdf.spoiled(pdf.dropped("P", -1)), NOT_IN_PDF),
    "PDF: words of no element": Difference(
        "text", pdf.spoiled(pdf.dropped("P", -1)), "the PDF prints “.+” as part of nothing"
    ),
    "PDF: a heading out of order": Difference("text", pdf.spoiled(pdf.move_heading), NOT_IN_PDF),
    "PDF: captions swapped": Difference("captions", pdf.spoiled(pdf.swap_captions), IN_PDF),
    "PDF: a footnote missing": Difference("footnote", pdf.spoiled(pdf.dropped("Note")), NOT_IN_PDF),
    "facts.json: another amount": Difference(
        "text", other_amount, "the document has .+ printed “.+”, and facts.json has .+ printed “.+”"
    ),
}
