"""Reads the sentences of an edition: what each says is recomputed, and what no rule has read may say nothing of weight.

A rule is a pattern in which {a.name} stands for a number that the recount must have under this name, {place of} for a
place among others with its tie, and {names of} for a list of names.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from decimal import ROUND_HALF_UP, Decimal
from functools import cached_property
from typing import TYPE_CHECKING

from tests.acceptance.truth.tables import Tables, held, places, read

if TYPE_CHECKING:
    from tests.acceptance.truth.recount import Recount

READ = "◇"  # what stands for words that were read
NUMBER = r"(−?[\d,]+(?:\.\d+)?)"
TOKEN = re.compile(r"\{(?:(place|names|city|home) )?([^{}]*[^\d,{}][^{}]*|)\}")


@dataclass(frozen=True)
class Rule:
    """A pattern with its tokens; ``when`` must hold of the recount, ``also`` of the match."""

    pattern: str
    when: Callable[[Reader], bool] | None = None
    also: Callable[[Reader, re.Match[str]], bool] | None = None


@dataclass
class Reader:
    """Reads one edition: ``lines`` are its kinds and texts, ``facts`` the numbers of its facts.json."""

    language: str
    audience: str
    recount: Recount
    facts: list[dict[str, object]]
    rules: tuple[Rule, ...]
    fixed: tuple[str, ...]
    used: set[str] = field(default_factory=set)
    sentences: int = 0

    @property
    def t(self) -> Tables:
        return self.recount.t

    def number(self, name: str) -> float:
        """Return what a number must be."""
        return self.recount.number(name)

    def printed(self, name: str, decimals: int = 1) -> Decimal:
        """Return what a number must be as it is printed."""
        return rounded(self.number(name), decimals)

    # ── what lists and places must be ────────────────────────────────────────────────────────────────────────────────

    @cached_property
    def ranks(self) -> dict[str, tuple[int, bool] | None]:
        """Return the places of the focus city and its province, with their ties."""
        t, focus = self.t, self.t.focus
        home = t.cities[focus]["province"]
        return {
            "city": places(t.by_city(t.clusters)).get(focus),
            "before": places(t.by_city(t.stock)).get(focus),
            "gain": places(held(t.by_province(t.intake))).get(home),
            "partners": places({name: len(each) for name, each in t.partners.items()}).get(focus),
        }

    @cached_property
    def counts(self) -> dict[str, dict[str, int]]:
        """Return the rankings that sentences speak of."""
        t = self.t
        return {
            "provinces": held(t.by_province(t.clusters)), "fields": dict(t.by_field(t.clusters)),
            "gains": held(t.by_province(t.intake)), "cities": dict(t.by_city(t.clusters)),
            "partners": {name: len(each) for name, each in t.partners.items()},
        }  # fmt: skip

    @cached_property
    def lists(self) -> dict[str, set[str]]:
        """Return the lists of names that sentences hold."""
        t, focus = self.t, self.t.focus
        home = t.cities[focus]["province"]
        before, after, now = t.by_province(t.stock), t.by_province(t.clusters), t.by_city(t.clusters)
        was, three = t.by_city(t.stock), places(held(after))
        partners = set(t.partners.get(focus, {}))
        return {
            "without": {name for name, count in after.items() if not count},
            "newcomers": {name for name in after if after[name] and not before[name]},
            "first three": {name for name, (place, _) in three.items() if place <= 3},
            "partners": partners,
            "beyond": {name for name in partners if t.cities[name]["province"] != home},
            "passed": {name for name in now if was[name] <= was[focus] and now[name] > now[focus]},
            "behind": {name for name in now if was[name] > was[focus] and now[name] < now[focus]},
            "assumed": {each.provinces[0] for each in t.clusters if not each.named and t.cities_of(each)},
        }

    @cached_property
    def unsure(self) -> set[str]:
        """Return the cities whose numbers only the bureau prints."""
        found = {name for each in self.t.clusters if each.confidence == "unconfirmed" for name in each.named}
        return set() if self.audience == "bureau" else found

    @cached_property
    def translated(self) -> dict[str, str]:
        """Return the Chinese name behind each English one."""
        rows = [("province", read(self.t.folder, "provinces")), ("city", [*self.t.cities.values()])]
        names = {row["name_en"]: row[key] for key, table in rows for row in table}
        return names | {row["name_en"]: row["name"] for row in read(self.t.folder, "names")}

    def names_in(self, text: str) -> list[str]:
        """Return the names of a list in words."""
        if self.language == "zh":
            return text.split("、")
        found, rest = [], text
        while rest:
            name = next((name for name in self._english if rest.casefold().startswith(name.casefold())), rest)
            found.append(self.translated.get(name, name))
            rest = re.sub(r"^(?:, | and )", "", rest[len(name) :])
        return found

    @cached_property
    def _english(self) -> list[str]:
        return sorted(self.translated, key=len, reverse=True)

    def is_list(self, text: str, which: str) -> bool:
        """Tell whether a list in words is what it must be; an edition may leave out what it may not print."""
        found, expected = self.names_in(text), self.lists[which]
        return len(found) == len(set(found)) and set(found) | (self.unsure & expected) == expected

    # ── reading ──────────────────────────────────────────────────────────────────────────────────────────────────────

    def faults_of(self, text: str) -> Iterator[str]:
        """Yield what is wrong in a sentence, and what of it no rule has read."""
        rest = text
        for pattern, rule, tokens in self._compiled:
            position = 0
            while found := pattern.search(rest, position):
                wrong = list(self._wrong(found, rule, tokens))
                yield from (f"{fault} in: {found[0]}" for fault in wrong)
                self.used.add(rule.pattern)
                rest = rest[: found.start()] + READ + rest[found.end() :]
                position = found.start() + 1
        rest = self._without_published(rest)
        for words in self.fixed:
            rest = re.sub(words, READ, rest)
        if unread := self.weight.findall(rest):
            yield f"nobody has read {unread} in: {rest}"

    @property
    def weight(self) -> re.Pattern[str]:
        """Return what may not be left unread."""
        return WEIGHT[self.language]

    @cached_property
    def _compiled(self) -> list[tuple[re.Pattern[str], Rule, list[tuple[str, str]]]]:
        return [self._compile(rule) for rule in self.rules]

    def _compile(self, rule: Rule) -> tuple[re.Pattern[str], Rule, list[tuple[str, str]]]:
        t, tokens = self.t, []
        home = t.cities[t.focus]["province"]
        own = (t.focus, home)
        if self.language == "en":
            english = {zh: en for en, zh in self.translated.items()}
            own = (t.cities[t.focus]["name_en"], english.get(home, home))
        place = r"(首位|第\d+位)(（并列）)?" if self.language == "zh" else r"(first|\d+(?:st|nd|rd|th))( \(jointly\))?"

        def fill(found: re.Match[str]) -> str:
            kind, name = found[1] or "number", found[2]
            if kind in {"city", "home"}:
                return re.escape(own[kind == "home"])
            tokens.append((kind, name))
            return {"number": NUMBER, "place": place, "names": r"([^。；;.]+?)"}[kind]

        return re.compile(TOKEN.sub(fill, rule.pattern)), rule, tokens

    def _wrong(self, found: re.Match[str], rule: Rule, tokens: list[tuple[str, str]]) -> Iterator[str]:
        groups = iter(value for name, value in zip(self._groups(found), found.groups(), strict=True) if not name)
        for kind, name in tokens:
            if kind == "place":
                number, tied = next(groups), next(groups)
                expected = self.ranks[name]
                place = 1 if number in {"首位", "first"} else int(re.sub(r"\D", "", number))
                if expected != (place, bool(tied)):
                    yield f"{name} is at {expected}, not {number}{tied or ''}"
            elif kind == "names":
                if not self.is_list(listed := next(groups), name):
                    yield f"{name} are {sorted(self.lists[name])}, not {listed}"
            elif not self.is_amount(printed := next(groups), name):
                yield f"{name} is {self.recount.expected.get(name)}, not {printed}"
        if rule.when and not rule.when(self):
            yield "what is said is not so"
        if rule.also and not rule.also(self, found):
            yield "what is said is not what the tables say"

    @staticmethod
    def _groups(found: re.Match[str]) -> Iterable[str]:
        """Return the name of each group, "" where it has none."""
        named = {place: name for name, place in found.re.groupindex.items()}
        return (named.get(place, "") for place in range(1, found.re.groups + 1))

    def is_amount(self, printed: str, name: str) -> bool:
        """Tell whether a number is printed as the recount has it, as far as its decimals go."""
        expected = self.recount.expected.get(name)
        if expected is None:
            return False
        text = printed.replace(",", "").replace("−", "-")
        return Decimal(text) == rounded(expected, len(text.partition(".")[2]))

    def _without_published(self, text: str) -> str:
        """Return a sentence without what facts.json has as published: those numbers are held against their table."""
        said: set[str] = set()
        for fact in self.facts:
            if str(fact["name"]).startswith("published.") or ".figures[" in str(fact["name"]):
                printed = fact["printed"]
                assert isinstance(printed, list)
                said |= set(printed)
        for words in sorted(said, key=len, reverse=True):
            text = text.replace(words, READ)
        return text


WEIGHT = {
    "zh": re.compile(
        r"[\d.]+|提高|下降|上升|降到|增加|增至|仍为|持平|高于|低于|相同|(?<!成)都(?!市)|没有|全部|最|首|并列|趋于|大体|明显|前移|后移"
        r"|未变|超过|只|其中|不变|更|零的突破|居|一致|认定|联合|尚待|从无到有|不全"
    ),
    "en": re.compile(
        r"[\d.]*\d|\b(?:up|down|rose|fell|unchanged|none|all|only|first|most|largest|leaders?|leading|jointly|joint|more|fewer"
        r"|higher|dispersed|concentrated|highest|nearest|farthest|no|each|grown|incomplete|only part)\b"
    ),
}


def rounded(amount: float, decimals: int) -> Decimal:
    """Return an amount rounded half away from zero, after the noise of division is gone."""
    exact = Decimal(repr(round(float(amount), 9)))
    return exact.quantize(Decimal(1).scaleb(-decimals), rounding=ROUND_HALF_UP)


def is_ranking(reader: Reader, text: str, which: str) -> bool:
    """Tell whether a ranking in words has the first places of ``which``, with all that share each."""
    counts = reader.counts[which]
    ordered = sorted(set(counts.values()), reverse=True)
    parts = text.split("，") if reader.language == "zh" else text.split("; ")
    for part, count in zip(parts, ordered, strict=False):
        names = {name for name, number in counts.items() if number == count}
        place = 1 + sum(number > count for number in counts.values())
        if reader.language == "zh":
            found = re.fullmatch(r"(.+?)(各)?(\d+)个(?:（并列第(\d+)位）)?", part)
            groups = found.groups() if found else ("", None, "0", None)
        else:
            found = re.fullmatch(r"(.+) \((\d+)(?: clusters?)?( each)?(?:, joint (\d+)(?:st|nd|rd|th))?\)", part)
            groups = (found[1], found[3], found[2], found[4]) if found else ("", None, "0", None)
        said, each, number, tied = groups
        told = reader.names_in(said or "")
        alone = len(names) == 1
        if set(told) != names or len(told) != len(names) or int(number or 0) != count or bool(each) is alone:
            return False
        if tied != (None if alone else str(place)):
            return False
    return 1 <= len(parts) <= len(ordered)
