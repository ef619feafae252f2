"""Builds a changed project for every audience, and says what is false in what it prints."""

from __future__ import annotations

import csv
import re
import shutil
from dataclasses import dataclass, field
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING, Any

from clusterreport import settings
from clusterreport.app.build import numbered_documents
from clusterreport.app.drafting import drafted
from clusterreport.app.making import ignore_progress
from clusterreport.document.facts import facts_file
from clusterreport.document.text import lines_of
from clusterreport.inputs import Inputs
from tests.acceptance.truth import chinese, claims, english
from tests.acceptance.truth.alternatives import faults_of_alternatives
from tests.acceptance.truth.cells import faults_of_cells
from tests.acceptance.truth.checked import faults_of_checks
from tests.acceptance.truth.form import faults_of_form, said_twice
from tests.acceptance.truth.reading import NUMBER, READ, Reader, rounded
from tests.acceptance.truth.recount import Recount
from tests.acceptance.truth.tables import Tables

if TYPE_CHECKING:
    from collections.abc import Iterator

    from clusterreport.document.model import NumberedDocument
    from tests.acceptance.truth.edits import Change

ROOT = Path(__file__).resolve().parents[3]
AUDIENCES = ("bureau", "leaders", "public", "press", "international")
UNCOUNTED = ("checks.", "checks[")  # what the checks of published figures found: held together below, not recounted
SPOKEN = {"title", "paragraph", "item", "note", "footnote", "key_figure"}
SET = {"heading", "caption", "source"}  # no sentences, but words all the same
TWICE = {"paragraph", "item"}
AMOUNT = re.compile(
    r"第?[\d,.]+(?:%|个|位|st|nd|rd|th| clusters?)?(?:（待核）)?|首位"
)  # facts.json has it, under its name
HAN_DIGITS = {sign: place for place, sign in enumerate("一二三四五六七八九", 1)} | {"两": 2}


@dataclass
class Proof:
    """What was read of the editions of one project, and what is ``false`` in them."""

    false: list[str] = field(default_factory=list)
    editions: int = 0
    numbers: int = 0
    uncounted: int = 0
    sentences: int = 0
    claims: int = 0
    used: set[str] = field(default_factory=set)


def copied_project(parent: Path) -> Path:
    """Return a copy of the shipped project."""
    folder = parent / "project"
    shutil.copytree(ROOT / "data", folder / "data")
    shutil.copytree(ROOT / "templates", folder / "templates")
    shutil.copy(ROOT / "clusterreport.toml", folder)
    return folder


def documents_of(project: Path, change: Change, audiences: tuple[str, ...] = AUDIENCES) -> tuple[NumberedDocument, ...]:
    """Return what each audience of a changed project reads; a change that no text can bear is refused."""
    chosen = settings.load(project).overridden(audiences=audiences, focus=change.focus or None, as_of=change.as_of)
    return numbered_documents(chosen)


def proof_of(project: Path, change: Change, audiences: tuple[str, ...] = AUDIENCES) -> Proof:
    """Build a changed project, recompute its numbers and read its sentences."""
    proof = Proof()
    documents = documents_of(project, change, audiences)
    recount = Recount(Tables.of(project, change.as_of, change.focus))
    for document in documents:
        about = document.document.about
        facts = facts_file(document)
        lines = [(str(line.kind), line.text) for line in lines_of(document)]
        for fault in _edition(proof, recount, about.audience, about.language, facts, lines):
            proof.false.append(f"{about.audience}: {fault}")
        translated = Reader("en", about.audience, recount, [], (), ()).translated if about.language == "en" else {}
        otherwise = (
            *faults_of_cells(document, translated, recount.t.year_of("gdp")),
            *faults_of_alternatives(document, recount, translated),
            *faults_of_checks(document, recount.t, translated),
        )
        proof.false += [f"{about.audience}: {fault}" for fault in otherwise]
        proof.editions += 1
    return proof


def faults_of_letters(project: Path, change: Change, audiences: tuple[str, ...]) -> list[str]:
    """Return what is false in the letters that go with the editions of a changed project."""
    file = project / "clusterreport.toml"
    someone = '\n[[recipients]]\nname = "甲"\naddress = "a@example.org"\naudience = "bureau"\n'
    file.write_text(file.read_text(encoding="utf-8") + someone, encoding="utf-8")
    chosen = settings.load(project).overridden(audiences=audiences, focus=change.focus or None, as_of=change.as_of)
    recount = Recount(Tables.of(project, change.as_of, change.focus))
    false = []
    for draft in drafted(chosen, Inputs(), ignore_progress)[1]:
        assert draft.letter is not None
        language, name = draft.audience.language, draft.audience.name
        read = chinese if language == "zh" else english
        reader = Reader(language, name, recount, [], read.RULES, read.FIXED)
        plain = _Plain(recount.t, language)
        parts = re.split(r"\n+|　|  ", draft.letter.text.decode())
        spoken = [part for part in parts if part and not AMOUNT.fullmatch(part)]
        false += [
            fault for part in spoken for fault in (*faults_of_form(part, language), *reader.faults_of(plain.of(part)))
        ]
    return false


def _edition(
    proof: Proof, recount: Recount, audience: str, language: str, facts: dict[str, Any], lines: list[tuple[str, str]]
) -> Iterator[str]:
    for fact in facts["numbers"]:
        if fact["name"].endswith("].not_drawn"):
            yield from _not_drawn(recount.t, int(fact["amount"]))
        else:
            yield from _number(proof, recount, fact, language)
    yield from _checks({fact["name"]: fact["amount"] for fact in facts["numbers"]})
    for claim in facts.get("claims", ()):
        proof.claims += 1
        yield from claims.faults_of(claim, recount)
    yield from _statements(recount.t, facts["statements"], language)
    read = chinese if language == "zh" else english
    reader = Reader(language, audience, recount, facts["numbers"], read.RULES, read.FIXED)
    plain = _Plain(recount.t, language)
    for kind, text in lines:
        if kind in SET:
            yield from faults_of_form(text, language)
        if kind in SPOKEN and not (kind == "key_figure" and AMOUNT.fullmatch(text)):
            yield from faults_of_form(text, language)
            proof.sentences += max(1, text.count("。") if language == "zh" else text.count(". "))
            yield from reader.faults_of(plain.of(text))
    yield from said_twice([text for kind, text in lines if kind in TWICE], language)
    proof.used |= reader.used


def _checks(amounts: dict[str, str | None]) -> Iterator[str]:
    """Yield counts of the checks of published figures that do not hold together."""
    found = {
        name.removeprefix("checks."): int(amount or 0) for name, amount in amounts.items() if "checks." in name[:7]
    }
    if "compared" in found and found["compared"] != found.get("agreeing", 0) + found.get("differs", 0):
        yield f"what agrees and what differs is not all that was compared: {found}"
    for part, whole in (("rounding", "agreeing"), ("carried", "agreeing"), ("claims_failing", "claims")):
        if found.get(part, 0) > found.get(whole, 0):
            yield f"{part} is more than {whole}: {found}"


def _not_drawn(t: Tables, told: int) -> Iterator[str]:
    """Yield that a note does not say of how many provinces or cities a chart lacks what it needs."""
    no_place = sum(not t.cities[city]["lon"] for city in t.by_city(t.clusters))
    no_value = sum(value is None for value, _ in t.values("gdp").values())
    if told not in {no_place, no_value}:
        yield f"{told} are not drawn, and {no_place} cities have no coordinates, {no_value} provinces no GDP"


def _number(proof: Proof, recount: Recount, fact: dict[str, Any], language: str) -> Iterator[str]:
    """Yield what is wrong of a number: its amount, its bound, or how it is printed."""
    name, amount = fact["name"], fact["amount"]
    if name.startswith(UNCOUNTED):
        proof.uncounted += 1
        return
    proof.numbers += 1
    if name.startswith("published.") or ".figures[" in name:
        row = _published(recount.t, name)
        if row is None or Decimal(row["value"]) != Decimal(amount) or _bound(row) != fact["bound"]:
            yield f"{name} is {row and (row['value'], row['qualifier'])} in the table, not {amount} {fact['bound']}"
        elif language == "zh" and any(_bound(row) not in printed for printed in fact["printed"]):
            yield f"{name} is published as {_bound(row)}, and is printed as {fact['printed']}"
        return
    if name not in recount.expected and not name.endswith("].correlation"):
        yield f"nobody has counted {name}"
        return
    expected = recount.expected[name] if name in recount.expected else _nearest_rho(recount, amount)
    if amount is None:  # not known, or not printed for these readers
        if expected is not None and fact["confidence"] != "unconfirmed":
            yield f"{name} is {expected}, and is printed as not known"
    elif expected is None or abs(expected - float(amount)) > 1e-6 * max(1.0, abs(expected)):
        yield f"{name} is {expected}, not {amount}"
    else:
        for printed in fact["printed"]:
            yield from _print(name, expected, printed)


def _nearest_rho(recount: Recount, amount: str) -> float | None:
    """Return the correlation of a chart, which leaves out what its readers may not read: of all, or of what is sure."""
    rhos = [recount.expected[f"regions.gdp_correlation{which}.rho"] for which in ("", "_sure")]
    return min((rho for rho in rhos if rho is not None), key=lambda rho: abs(rho - float(amount)), default=None)


def _print(name: str, expected: float, printed: str) -> Iterator[str]:
    """Yield a number that is printed with other digits than it has."""
    text = printed.replace(",", "").replace("−", "-").strip("…")
    text = re.sub("[一二两三四五六七八九十]+", lambda signs: str(_below_a_hundred(signs[0])), text)
    found = re.search(r"-?\d+(?:\.\d+)?", text)
    if found is None:
        if printed not in {"首位", "first", "…"}:
            yield f"{name} is printed as {printed}"
        return
    digits = found[0]
    decimals = len(digits.partition(".")[2])
    scales = (1.0, 0.1, 1e-4) if "regions.scatter[" in name else (1.0,)
    if all(abs(Decimal(digits)) != abs(rounded(expected * scale, decimals)) for scale in scales):
        yield f"{name} is {expected}, and is printed as {printed}"


def _below_a_hundred(signs: str) -> int:
    """Return 第三十一 as 31, as explanations of checks say places."""
    tens, ten, ones = signs.rpartition("十")
    return (10 * HAN_DIGITS.get(tens, 1) if ten else 0) + HAN_DIGITS.get(ones, 0)


def _published(tables: Tables, name: str) -> dict[str, str] | None:
    """Return the row of a published figure by its name, which may end with the year."""
    key = name.removeprefix("published.").removesuffix(".value")
    key = key.partition(".figures[")[2].removesuffix("]") or key.partition("figures[")[2].removesuffix("]") or key
    for row in tables.figures:
        own = f"{row['subject']}.{row['metric']}"
        if key in {own, f"{own}.{row['year']}"} and (key != own or _single(tables, row)):
            return row
    return None


def _single(tables: Tables, row: dict[str, str]) -> bool:
    same = [each for each in tables.figures if (each["subject"], each["metric"]) == (row["subject"], row["metric"])]
    return len(same) == 1


def _bound(row: dict[str, str]) -> str:
    return "" if row["qualifier"] == "exact" else row["qualifier"]


def _statements(tables: Tables, printed: list[dict[str, Any]], language: str) -> Iterator[str]:
    """Yield the statements that are printed otherwise than the table has them, or before they were made."""
    rows = {row["id"]: row for row in tables.statements}
    for entry in printed:
        row = rows.get(entry["id"])
        if row is None or entry["words"] != row["words" if language == "zh" else "words_en"]:
            yield f"the table has no statement {entry['id']} in these words: {entry['words']}"
        elif row["date"][:7] > tables.as_of.isoformat()[:7]:
            yield f"{entry['id']} is of {row['date']}, later than the data"


class _Plain:
    """Sentences without what is quoted: statements with their dates, marks of notes and of doubt."""

    def __init__(self, tables: Tables, language: str) -> None:
        column = "words" if language == "zh" else "words_en"
        self.said = sorted((row[column] for row in tables.statements if row[column]), key=len, reverse=True)
        self.speakers = {row["speaker"] for row in tables.statements} - {""}
        self.dated = (
            rf"\d{{4}}年(?:\d+月)?(?:\d+日)?，(?={READ}|{'|'.join(map(re.escape, self.speakers)) or READ})"
            if language == "zh"
            else rf"(?<={READ}) \((?:\d+ )?(?:[A-Z][a-z]+ )?\d{{4}}\)"
        )

    def of(self, text: str) -> str:
        text = re.sub(r"[①-⑳]|（待核）|\*", "", text)
        for words in self.said:
            text = text.replace(words, READ)
        return re.sub(self.dated, "", text)


__all__ = ["AUDIENCES", "NUMBER", "Proof", "copied_project", "csv", "documents_of", "proof_of"]
