"""What a ledger says of its numbers, as texts are held against it: amount, unit, and what each speaks of."""

from __future__ import annotations

import csv
import io
import re
import tomllib
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import MAXYEAR
from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import clusterreport
from clusterreport.factcheck.number_tokens import WORDS
from clusterreport.quantity import Bound
from clusterreport.verify.ledger import label_of, title_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from clusterreport.verify.ledger import FactsLedger

    Entry = Mapping[str, Any]

_UNITS: Final[dict[str, Any]] = WORDS["units"]
_SCALES: Final[dict[str, int]] = WORDS["scales"]
_ENGLISH_SCALES: Final[dict[str, int]] = WORDS["en"]["scales"]
_CHANGES: Final = re.compile(WORDS["changes"], re.IGNORECASE)
_COUNTED: Final = re.compile(WORDS["counted"])
_STOCK: Final = re.compile("|".join((*WORDS["zh"]["stock"], *WORDS["en"]["stock"])))
_NEW: Final = re.compile("|".join((*WORDS["zh"]["new"], r"\bin the latest year\b", r"\bnew\b", r"\badded\b")))
_CONDITION: Final = re.compile(r'\b(?P<column>[\w ]+?) (?:has|=) (?:"(?P<quoted>[^"]+)"|(?P<plain>[^\s()"]+))')
_YEAR_IS: Final = re.compile(r'\byear = "?((?:19|20)\d{2})')
_YEAR_BEFORE: Final = re.compile(r'\byear < "?((?:19|20)\d{2})')
_YEAR: Final = re.compile(r"(?<!\d)(?:19|20)\d{2}(?!\d)")
_BRACKETS: Final = re.compile(r"\[([^\]]*)\]")
_BEHIND: Final = re.compile(r"[（(]([^（）()]*)[）)]")
_OF_EACH: Final = re.compile(WORDS["of_each"])
_SIGNS: Final = re.compile(r"[\d.,−+\-%*]+")
_BESIDES: Final = tuple(WORDS["besides"])
_MOST_KEYS: Final = 3  # a condition of more names is one of a ranking, and of none of them
_MOST_PRINTED: Final = 40
_TILES: Final = Path(clusterreport.__file__).parent / "charts" / "kinds" / "tiles.toml"


@dataclass(frozen=True, slots=True)
class LedgerFact:
    """A number of a ledger.

    ``amount`` is in what its unit counts. ``keys`` are whom it is of (empty: the whole), ``years`` of which years it
    is, ``before`` that it is of years before that one; ``timed`` that it would have changed with the years; ``new`` and
    ``stock`` that it is of what came in a year, or of all until then. ``guessed``: whom it is of is not certain;
    ``besides``: it is about figures, or drawn, and says nothing by itself. ``core`` is what is counted.
    """

    name: str
    fact: str
    label: str
    amount: Decimal
    kind: str
    unit: str
    shown: str
    direction: str = "exact"
    keys: frozenset[str] = frozenset()
    years: frozenset[int] = frozenset()
    before: int = 0
    timed: bool = False
    new: bool = False
    change: bool = False
    stock: bool = False
    guessed: bool = False
    besides: bool = False
    core: str = ""
    printed: frozenset[str] = frozenset()
    nouns: frozenset[str] = frozenset()
    words: str = ""


@dataclass(frozen=True, slots=True)
class FactBook:
    """All facts of a ledger; ``keys`` are the names that it knows, by how a text may write them."""

    facts: tuple[LedgerFact, ...]
    keys: Mapping[str, str]
    units: frozenset[str]
    known_years: frozenset[int]
    latest: int
    texts: tuple[str, ...]


def fact_book(ledger: FactsLedger) -> FactBook:
    """Return what the ledger says, each number once for each thing that it is of."""
    known = frozenset(_names_in_conditions(ledger))
    own = _own_key(ledger.numbers, known)
    facts = [fact for entry in ledger.numbers for fact in _facts_of(entry, known, own)]
    facts += _differences(facts)
    texts = tuple(_texts(ledger))
    years = {int(year) for text in texts for year in _YEAR.findall(text)}
    years |= {year for fact in facts for year in (*fact.years, *((fact.before - 1,) if fact.before else ()))}
    years |= {int(fact.amount) for fact in facts if fact.kind == "year"}
    timed = {year for fact in facts if fact.timed for year in fact.years}
    return FactBook(
        _once(facts),
        _spellings(known, ledger),
        frozenset(fact.unit for fact in facts if fact.unit),
        frozenset(years),
        max(timed, default=0),
        texts,
    )


def core_of(label: str) -> str:
    """Return what a label counts or measures: 跨区域集群 of 跨区域集群占比（截至2022年）."""
    core = _OF_EACH.sub("", _BEHIND.sub("", label)).replace(WORDS["zh"]["of"], "").strip()
    changed = True
    while changed:
        changed = False
        for end in WORDS["zh"]["label_ends"]:
            if core.endswith(end) and len(core) > len(end) + 1:
                core, changed = core.removesuffix(end), True
    return core


def unit_of(symbol: str) -> tuple[str, int, str]:
    """Return the kind of a unit of the ledger, how many of what it counts, and what that is called."""
    if symbol in _UNITS:
        kind, times = _UNITS[symbol]
        return str(kind), int(times), ""
    for word, times in _SCALES.items():
        if symbol.startswith(word) and "/" not in symbol:
            kind, _, unit = unit_of(symbol.removeprefix(word))
            return kind, times, unit
    first, _, rest = symbol.partition(" ")
    if rest and first.lower() in _ENGLISH_SCALES:
        return "count", int(_ENGLISH_SCALES[first.lower()]), rest
    return ("ratio" if "/" in symbol or not symbol else "count"), 1, symbol


def _differences(facts: Sequence[LedgerFact]) -> list[LedgerFact]:
    """Return by how many points each share differs from the same of earlier years: what a text may work out itself."""
    shares = [fact for fact in facts if fact.kind == "share" and fact.timed and not fact.new and not fact.besides]
    return [
        replace(
            later, amount=later.amount - earlier.amount, kind="points", unit="", change=True, years=frozenset(),
            shown=f"{later.shown} − {earlier.shown}", printed=frozenset(), nouns=frozenset(),
        )
        for later in shares
        for earlier in shares
        if later.core == earlier.core and later.keys == earlier.keys and earlier.years
        and max(earlier.years) < max(later.years, default=MAXYEAR)
    ]  # fmt: skip


def _once(facts: Sequence[LedgerFact]) -> tuple[LedgerFact, ...]:
    """Return the facts, each once that says the same of the same: a chart may draw what a sentence says."""
    kept: dict[LedgerFact, LedgerFact] = {}
    for fact in facts:
        alike = replace(
            fact, name="", fact="", shown="", printed=frozenset(), nouns=frozenset(), words="", besides=False
        )
        first = kept.get(alike, fact)
        kept[alike] = replace(first, printed=first.printed | fact.printed, nouns=first.nouns | fact.nouns)
    return tuple(kept.values())


def _facts_of(entry: Entry, known: frozenset[str], own: Mapping[str, str]) -> Iterator[LedgerFact]:
    basis = entry.get("basis") or {}
    made = _fact(entry, basis, known, own)
    if made is None:
        return
    yield made
    inputs, rows = basis.get("inputs") or [], basis.get("rows") or []
    if basis.get("kind") != "computed" or len(inputs) != len(rows):
        return
    for given, of in zip(inputs, rows, strict=True):
        label, count = label_of(given), of.get("count")
        if isinstance(count, int) and label and not given.get("inputs") and _COUNTED.search(str(given.get("formula"))):
            scope = _scope("", [str(of.get("where") or "")], label, known, own)
            yield replace(
                made, label=label, amount=Decimal(count), kind="count", unit="", shown=f"{count}", direction="exact",
                core=core_of(label), printed=frozenset(), nouns=frozenset(), change=False, words=label, **scope,
            )  # fmt: skip


def _fact(entry: Entry, basis: Entry, known: frozenset[str], own: Mapping[str, str]) -> LedgerFact | None:
    try:
        amount = Decimal(str(entry.get("amount")))
    except InvalidOperation:
        return None
    if not amount.is_finite():
        return None
    kind, times, unit = unit_of(str(entry.get("unit") or ""))
    printed = tuple(map(str, (entry.get("printed") or ())[:_MOST_PRINTED]))
    label = title_of(entry)
    computed = basis.get("kind") == "computed"
    where = [str(rows.get("where") or "") for rows in basis.get("rows") or () if isinstance(rows, dict)]
    scope = _scope(str(entry.get("name") or ""), where if computed else [], label, known, own)
    if not computed and (of := _YEAR.search(str(basis.get("year") or ""))):
        scope["years"] = frozenset({int(of[0])})
    with suppress(ValueError):
        direction = Bound(str(entry.get("bound") or "")).direction
        shown = max(printed, key=len, default=f"{amount}{entry.get('unit') or ''}")
        return LedgerFact(
            str(entry.get("name") or ""), str(entry.get("id") or ""), label, amount * times, kind, unit, shown,
            direction, timed=computed, core=core_of(label), printed=frozenset(printed),
            change=amount < 0 or kind == "points" or bool(_CHANGES.search(label)),
            nouns=frozenset(word for each in printed for word in re.findall(r"[a-z]{3,}", each.lower())),
            words=f"{label}{basis.get('quote') or ''}", **scope,
        )  # fmt: skip
    return None


def _scope(
    name: str, where: Sequence[str], label: str, known: frozenset[str], own: Mapping[str, str]
) -> dict[str, Any]:
    told = [part.rpartition(":")[2].partition(".")[0] for each in _BRACKETS.findall(name) for part in each.split("—")]
    keys = {part for part in told if part in known}
    if not keys:
        keys = {key for each in where for key in _keys_in(each)}
        keys = keys if len(keys) <= _MOST_KEYS else set()
    root, guessed = name.partition(".")[0], False
    if not keys and root in own and "[" not in name:
        keys, guessed = {own[root]}, True
    joined, behind = " ".join(where), " ".join(_BEHIND.findall(label))
    labelled = {int(year) for year in _YEAR.findall(behind)}
    years = labelled or {int(year) for year in _YEAR_IS.findall(joined)}
    earlier = _YEAR_BEFORE.search(joined)
    return {
        "keys": frozenset(keys),
        "years": frozenset(years),
        "before": int(earlier[1]) if earlier and not years else 0,
        "new": bool(_NEW.search(label)),
        "stock": bool(_STOCK.search(label)),
        "guessed": guessed,
        "besides": name.startswith(_BESIDES),
    }


def _keys_in(condition: str) -> Iterator[str]:
    for found in _CONDITION.finditer(condition):
        word = found["quoted"] or found["plain"]
        if not word.isdecimal() and not (word.isascii() and word == word.lower()) and not _SIGNS.match(word):
            yield word


def _names_in_conditions(ledger: FactsLedger) -> Iterator[str]:
    for entry in ledger.numbers:
        for rows in (entry.get("basis") or {}).get("rows") or ():
            yield from _keys_in(str(rows.get("where") or ""))


def _own_key(numbers: Sequence[Entry], known: frozenset[str]) -> dict[str, str]:
    """Return the one thing that all numbers of a name are of (city.count: the city), by the first part of the name."""
    found: dict[str, list[str]] = {}
    for entry in numbers:
        name = str(entry.get("name") or "")
        if "[" in name or "." not in name:
            continue
        for rows in (entry.get("basis") or {}).get("rows") or ():
            keys = set(_keys_in(str(rows.get("where") or ""))) & known
            if len(keys) == 1:
                found.setdefault(name.partition(".")[0], []).extend(keys)
    return {root: keys[0] for root, keys in found.items()}


def _spellings(known: frozenset[str], ledger: FactsLedger) -> dict[str, str]:
    """Return the names that a text may use, by how it writes them: in both languages, as far as anybody says so."""
    names = tomllib.loads(_TILES.read_text(encoding="utf-8"))["names"]["en"]
    spelled = {name: name for name in (*known, *names) if len(name) > 1}
    spelled |= {english: name for name, english in names.items()}
    for content in ledger.tables.values():
        with suppress(csv.Error):
            spelled |= dict(_translated(content, known))
    return spelled


def _translated(content: bytes, known: frozenset[str]) -> Iterator[tuple[str, str]]:
    reader = csv.DictReader(io.StringIO(content.decode("utf-8-sig", errors="replace"), newline=""))
    columns = [column for column in reader.fieldnames or () if column and f"{column}_en" in (reader.fieldnames or ())]
    for row in reader if columns else ():
        for column in columns:
            name, english = row.get(column) or "", row.get(f"{column}_en") or ""
            if name in known and english:
                yield english, name


def _texts(ledger: FactsLedger) -> Iterator[str]:
    """Yield all that the ledger says in words: statements, claims, quotes, sources, notes."""
    for entry in ledger.statements:
        yield " ".join(str(entry.get(part) or "") for part in ("words", "quote", "date", "source"))
        yield from map(str, entry.get("printed") or ())
    for entry in ledger.claims:
        yield str(entry.get("words") or "")
    for entry in ledger.numbers:
        basis = entry.get("basis") or {}
        yield " ".join(str(basis.get(part) or "") for part in ("label", "quote", "source", "note", "year", "setting"))
