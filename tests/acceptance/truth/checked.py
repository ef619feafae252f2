# ruff: noqa: E501 -- a pattern and what is read with it stand together
"""Recounts the table of published figures and claims: what the register has, the verdict, and each number of the words."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from decimal import Decimal
from typing import TYPE_CHECKING

from clusterreport.document.model import Number, Table
from clusterreport.document.text import inlines_text
from clusterreport.document.walking import parts_of
from tests.acceptance.truth.reading import READ, rounded
from tests.acceptance.truth.tables import Cluster, Tables, percent, places, read

if TYPE_CHECKING:
    from clusterreport.document.model import NumberedDocument, Row

REGIONS = {
    "京津冀": ("北京", "天津", "河北"), "长三角": ("上海", "江苏", "浙江", "安徽"), "珠三角": ("广东",), "成渝": ("四川", "重庆"),
}  # fmt: skip
DIGITS = {sign: place for place, sign in enumerate("一二三四五六七八九", 1)} | {"两": 2}
VERDICTS = {
    "不一致": "differs", "口径不同": "otherwise", "与另一来源相矛盾": "rival", "无法核对": "unchecked", "不能成立": "fails",
    "一致": "agrees", "取整后一致": "agrees",
    "differs": "differs", "not comparable": "otherwise", "contradicts another source": "rival", "not checked": "unchecked",
    "cannot be checked": "unchecked", "does not stand": "fails", "agrees": "agrees", "agrees when rounded": "agrees",
}  # fmt: skip
LEFT = re.compile(r"\d+|(?<!不止)[一二两三四五六七八九十]+(?=个)|第[一二三四五六七八九十]+")


def faults_of_checks(document: NumberedDocument, t: Tables, english: Mapping[str, str]) -> Iterator[str]:
    """Yield what is false in the table of checks of a document."""
    language = document.document.about.language
    for table in (part for part in parts_of(document) if isinstance(part, Table) and part.label == "checks"):
        for row in table.rows:
            checked = Checked(row, t, language, english)
            yield from (f"{fault} in the check of {checked.subject}" for fault in checked.faults())


class Checked:
    """One row of the table: what it says, and what the tables have."""

    def __init__(self, row: Row, t: Tables, language: str, english: Mapping[str, str]) -> None:
        """Take the cells of a row."""
        self.t, self.language = t, language
        texts = [inlines_text(cell.children, language) for cell in row.cells]
        self.subject, _, _, self.verdict, self.words = texts
        self.published, self.computed = (
            next((part.quantity for part in cell.children if isinstance(part, Number)), None) for cell in row.cells[1:3]
        )
        self._called = {name.casefold(): chinese for name, chinese in english.items()}

    def called(self, name: str) -> str:
        return self._called.get(name.strip().casefold(), name.strip())

    def faults(self) -> Iterator[str]:
        """Yield what the row says otherwise than the tables."""
        yield from self._of_number()
        yield from self._of_verdict()
        yield from self._of_words()

    # ── the numbers and the verdict ──────────────────────────────────────────────────────────────────────────────────

    @property
    def key(self) -> str:
        """Return what the check is called: nation.field45:新材料, claims.rank[北京]."""
        names = [each.name for each in (self.published, self.computed) if each is not None]
        found = next((re.fullmatch(r"checks\[(.+)\]\.\w+", name) for name in names if name.startswith("checks[")), None)
        return found[1] if found else names[0].removeprefix("published.").removesuffix(".value")

    def meant(self) -> float | None:
        """Return what only a check counts; None where another part of the recount does, or nothing."""
        t, key = self.t, self.key
        if found := re.fullmatch(r"nation\.(field|region)(\d+):(.+)", key):
            kind, total, name = found.groups()
            return self._upto(
                int(total), lambda clusters: (t.by_field if kind == "field" else t.by_region)(clusters)[name]
            )
        if found := re.fullmatch(r"region:(.+)\.clusters", key):
            members = REGIONS.get(found[1], ())
            places_of = sum(t.by_province(t.clusters)[name] for name in members)
            unit = self.computed.unit.name if self.computed is not None else ""
            return float(places_of if unit == "province_place" else len(self._touching(members)))
        if key.startswith("claims.rank["):
            return self._ranks()[0]
        return None

    def _upto(self, total: int, count: Callable[[Iterable[Cluster]], int]) -> float | None:
        for year in self.t.years:
            clusters = [each for each in self.t.clusters if each.year <= year]
            if len(clusters) == total:
                return float(count(clusters))
        return None

    def _touching(self, members: tuple[str, ...]) -> list[object]:
        return [each for each in self.t.clusters if set(each.provinces) & set(members)]

    def _ranks(self) -> tuple[float, dict[str, int]]:
        """Return the best place that is not the claimed one, and the places of all provinces that are named."""
        found = re.fullmatch(r"claims\.rank\[(.+)\]", self.key)
        names = found[1].split("、") if found else []
        ranks = places(self.t.by_province(self.t.clusters))
        own = {name: ranks[name][0] for name in ranks if name in names}
        claimed = int(self.published.amount) if self.published and self.published.amount is not None else 0
        return float(min((place for place in own.values() if place != claimed), default=claimed)), own

    def _of_number(self) -> Iterator[str]:
        meant = self.meant()
        if meant is not None and self.computed is not None and float(self.computed.amount or 0) != meant:
            yield f"the register has {meant}, not {self.computed.amount}"

    def _of_verdict(self) -> Iterator[str]:
        verdict = VERDICTS.get(self.verdict)
        if verdict is None:
            yield f"nobody knows the verdict {self.verdict}"
        if verdict == "differs" and self.published is not None and self.computed is not None:
            said, found = self.published.amount, self.computed.amount
            if said is not None and found is not None and self._fits(said, found):
                yield f"{found} is what was published as {self.published.bound.value}{said}"

    def _fits(self, said: Decimal, found: Decimal) -> bool:
        assert self.published is not None
        direction = self.published.bound.direction
        if direction == "over":
            return found > said
        if direction == "under":
            return said * Decimal("0.95") <= found < said
        if direction == "about":
            return abs(found - said) <= said * Decimal("0.05")
        exponent = said.as_tuple().exponent
        decimals = max(0, -exponent) if isinstance(exponent, int) else 0
        return found == said if self.published.unit.kind == "count" else rounded(float(found), decimals) == said

    # ── the words ────────────────────────────────────────────────────────────────────────────────────────────────────

    def _of_words(self) -> Iterator[str]:
        rest = self.words
        column = "remark" if self.language == "zh" else "remark_en"
        for said in sorted({row[column] for row in read(self.t.folder, "remarks")} - {""}, key=len, reverse=True):
            rest = rest.replace(said.rstrip("。."), READ)
        for pattern, holds in self._rules():
            while found := re.search(pattern, rest):
                rest = rest[: found.start()] + READ + rest[found.end() :]
                if not holds(found):
                    yield f"what is said is not so: {found[0]}"
        if left := LEFT.findall(rest):
            yield f"nobody has read {left}: {rest}"

    def _rules(self) -> tuple[tuple[str, Callable[[re.Match[str]], bool]], ...]:
        number, place = r"([\d一二两三四五六七八九十]+)", r"(?:第([一二三四五六七八九十]+)|(\d+)(?:st|nd|rd|th))"
        return (
            (r"(?:计算结果明显低于公开数字，不宜称|is clearly below the published figure, which) ?“[^”]+”", lambda _: self._is_below()),
            (rf"名称未查明的{number}个按不跨区域计，名录的比重因此为下限|Counting {number} clusters? without a name as not cross-regional makes the share by the register a lower bound", lambda found: _value(found) == sum(each.confidence == "unnamed" for each in self.t.clusters) and not any(each.cross for each in self.t.clusters if each.confidence == "unnamed")),
            (rf"另有{number}个集群领域未查明|The fields of {number} clusters? are not traced", lambda found: _value(found) == sum(not each.field for each in self.t.clusters)),
            (rf"其中{number}个?集群名称未查明|The names of {number} clusters? of them are not traced", lambda found: _value(found) == self._nameless()),
            (rf"有{number}个集群的成员城市未全部查明|The member cities of {number} clusters? are not all traced", lambda found: _value(found) == sum(each.id in self.t.incomplete for each in self.t.clusters)),
            (r"(?:按所涉省份各计一次，为|Counted once in each province it is )(?P<parts>[^；;]+)(?:；同一集群去重后为|; with each cluster counted once it is )(?P<whole>\d+)(?:个| clusters?)(?P<same>，与公开数字相同|, the same as the published figure)?", self._are_parts),
            (rf"故为{place}；集群数更多的省份有{number}个，名次应为{place}|calls it {place}; {number} provinces? with more clusters stand before, so that the place is {place}", self._is_tied_as_one),
            (rf"公开说法为{place}；按名录计数，(?P<zh>[^。]+)|The source calls it {place}; by the register it is (?P<en>[^.]+)", self._are_places),
            (r"由(?P<zh>[\d.]+)%变为(?P<zh_now>[\d.]+)%|it went from (?P<en>[\d.]+)% to (?P<en_now>[\d.]+)%", self._is_like_for_like),
        )  # fmt: skip

    def _is_below(self) -> bool:
        said, found = self.published, self.computed
        return bool(
            said and found and said.amount and found.amount is not None and found.amount < said.amount * Decimal("0.95")
        )

    def _nameless(self) -> int:
        found = re.match(r"province:([^.]+)\.", self.key)
        name = found[1] if found else ""
        return sum(each.confidence == "unnamed" and name in each.provinces for each in self.t.clusters)

    def _are_parts(self, found: re.Match[str]) -> bool:
        region = re.match(r"region:([^.]+)\.", self.key)
        members = REGIONS.get(region[1], ()) if region else ()
        counts = self.t.by_province(self.t.clusters)
        told = {
            self.called(name): int(count)
            for name, count in re.findall(r"([^、,\d]+?) ?(\d+)(?:个| clusters?)", found["parts"])
        }
        whole = len(self._touching(members))
        same = self.published is not None and self.published.amount == whole
        return (
            told == {name: counts[name] for name in members}
            and int(found["whole"]) == whole
            and bool(found["same"]) == same
        )

    def _is_tied_as_one(self, found: re.Match[str]) -> bool:
        claimed, more, ours = (_number(each) for each in found.groups() if each)
        _, own = self._ranks()
        counts = self.t.by_province(self.t.clusters)
        count = counts[next(iter(own))]
        larger = {each for each in counts.values() if each > count}
        ahead = sum(each > count for each in counts.values())
        return (claimed, more, {ours}) == (
            len(larger) + 1,
            ahead,
            set(own.values()),
        ) and claimed == self.published_amount

    @property
    def published_amount(self) -> int:
        return int(self.published.amount) if self.published and self.published.amount is not None else 0

    def _are_places(self, found: re.Match[str]) -> bool:
        claimed = next(_number(each) for each in found.groups()[:2] + found.groups()[3:5] if each)
        listed = found["zh"] or found["en"]
        told = re.findall(r"([^、,]+?) ?第([一二三四五六七八九十]+)", listed) or re.findall(
            r"([^,]+?) (\d+)(?:st|nd|rd|th)", listed
        )
        return (
            claimed == self.published_amount
            and {self.called(name): _number(place) for name, place in told} == self._ranks()[1]
        )

    def _is_like_for_like(self, found: re.Match[str]) -> bool:
        shares = [percent(sum(each.cross for each in part), len(part)) for part in (self.t.stock, self.t.clusters)]
        told = [found["zh"] or found["en"], found["zh_now"] or found["en_now"]]
        return all(
            share is not None and Decimal(said) == rounded(share, 1) for share, said in zip(shares, told, strict=True)
        )


def _value(found: re.Match[str]) -> int:
    return next(_number(each) for each in found.groups() if each)


def _number(text: str) -> int:
    """Return 三十一 as 31."""
    if text.isdecimal():
        return int(text)
    tens, ten, ones = text.rpartition("十")
    return (10 * DIGITS.get(tens, 1) if ten else 0) + DIGITS.get(ones, 0)
