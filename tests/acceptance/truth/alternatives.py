# ruff: noqa: E501 -- a pattern and what is read with it stand together
"""Recounts what the alternative texts of charts say, from the tables alone: extremes, sums, shares, moves and ties."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from clusterreport.document.model import Chart
from clusterreport.document.walking import parts_of
from tests.acceptance.truth.reading import rounded
from tests.acceptance.truth.tables import held, percent

if TYPE_CHECKING:
    from clusterreport.document.model import NumberedDocument
    from tests.acceptance.truth.recount import Recount

Values = Mapping[str, float | None]

TITLES = {
    "各省份的集群数量": "Number of clusters by province",
    "居前省份的批次构成": "Leading provinces by time of naming",
    "集群的领域构成": "Clusters by industrial field",
    "各领域在四大区域的区位商": "Location quotients of fields in the four regions",
    "省份间分布的洛伦兹曲线": "Lorenz curve of clusters among provinces",
    "各省份集群数的变化": "Change in the number of clusters by province",
    "集群数与地区生产总值": "Number of clusters and GDP by province",
    "参与国家级集群较多的城市": "Cities with the most national clusters",
    "跨区域集群的比重": "Share of cross-regional clusters",
    "存量与新增集群的跨度": "Reach of earlier and of new clusters",
    "共同参与集群的城市网络": "Cities that share clusters",
    "有国家级集群的城市及其联系": "Cities with national clusters and their ties",
}
CHINESE_TITLE = {english: chinese for chinese, english in TITLES.items()} | {title: title for title in TITLES}
REACH = {"单市": "single", "省内跨市": "within_province", "跨省": "cross_province"}
REACH_EN = {"one city": "单市", "across cities of a province": "省内跨市", "across provinces": "跨省"}
AMOUNT = r"−?[\d,]+(?:\.\d+)?"
UNITS = r"(?:个|%|万亿元|亿元|条| clusters?| trillion yuan| billion yuan)?"
MARK = r"(?:（待核）|\*| \(unconfirmed\))?"
SCALES = {"万亿元": 1e4, " trillion yuan": 1e4, " billion yuan": 10.0}
WORDS = {
    "zh": {
        "items": r"共(?P<count>\d+)(?:项|处|个单位)", "split": "、",
        "most": r"最大的是(?P<names>.+?)(?=，?◇|，最小|，其中|，[^，。]*未知|。)",
        "least": r"最小的是(?P<names>.+?)(?=，?◇|，其中|，[^，。]*未知|。)",
        "sharing": r"(?P<listed>.+)等(?P<count>\d+)项（均为(?P<value>[^）]+)）",
        "equal": r"各项均为(?P<value>[^，。]+)", "unknown": r"(?P<names>[^，。]+)未知", "more": r"(?P<listed>.+)等(?P<count>\d+)项",
        "among": r"其中(?P<names>[^，。]+)", "each": r"依次为(?P<names>[^，。]+)",
    },
    "en": {
        "items": r"(?P<count>\d+) (?:items?|places?|units?)\b", "split": ", ",
        "most": r"[Tt]he largest is (?P<names>.+?)(?=(?:; )?◇|; the smallest|; among|; [^;.]* not known|\.(?: |$))",
        "least": r"the smallest is (?P<names>.+?)(?=(?:; )?◇|; among|; [^;.]* not known|\.(?: |$))",
        "sharing": r"(?P<listed>.+) and others, (?P<count>\d+) in all, at (?P<value>.+)",
        "equal": r"[Aa]ll of them are (?P<value>[^;.]+(?:\.\d+)?)", "unknown": r"(?P<names>[^;.:]+) not known",
        "more": r"(?P<listed>.+) and others, (?P<count>\d+) in all,", "among": r"among them (?P<names>[^;.]+)",
        "each": r"in turn (?P<names>[^;.]+)",
    },
}  # fmt: skip
READ = "◇"


@dataclass
class Text:
    """What is left of an alternative text while it is read, and what is wrong in it."""

    rest: str
    language: str
    called: Callable[[str], str]
    faults: list[str] = field(default_factory=list)

    def take(self, pattern: str) -> re.Match[str] | None:
        """Return what the text says in this way, and go on without it."""
        found = re.search(pattern, self.rest)
        if found:
            self.rest = self.rest[: found.start()] + READ + self.rest[found.end() :]
        return found

    def word(self, name: str) -> re.Match[str] | None:
        return self.take(WORDS[self.language][name])

    def want(self, what: str, said: object, meant: object) -> None:
        if said != meant:
            self.faults.append(f"{what} is {meant}, not {said}")

    def amount(self, what: str, printed: str, meant: float | None) -> None:
        """Hold a printed number with its unit against what it must be, as far as its decimals go."""
        found = re.fullmatch(rf"(?P<number>{AMOUNT})(?P<unit>{UNITS}){MARK}", printed.strip())
        if found is None or meant is None:
            self.faults.append(f"{what} is {meant}, not {printed}")
            return
        number = found["number"].replace(",", "").replace("−", "-")
        decimals = len(number.partition(".")[2])
        if float(rounded(meant / SCALES.get(found["unit"], 1.0), decimals)) != float(number):
            self.faults.append(f"{what} is {meant}, not {printed}")

    def listed(self, names: str) -> list[tuple[str, str]]:
        """Return names with their values, as a list has them."""
        pattern = rf"(.+?) ?({AMOUNT}{UNITS}{MARK})(?:{WORDS[self.language]['split']}|$)"
        return [(self.called(found[1]), found[2]) for found in re.finditer(pattern, names)]

    def names(self, listed: str) -> list[str]:
        return [self.called(name) for name in listed.split(WORDS[self.language]["split"])]

    def extremes(self, values: Values) -> None:
        """Hold the largest and the smallest, and what is not known, against all values."""
        known = {name: value for name, value in values.items() if value is not None}
        missing = {name for name, value in values.items() if value is None}
        if self.take(r"各项均未知|[Nn]one is known"):
            self.want("what is known", set(), set(known))
            return
        if (same := self.word("equal")) is not None:
            self.want("the number of different values", len(set(known.values())), 1)
            self.amount("every value", same["value"], next(iter(known.values()), None))
        for word, of in (("most", max), ("least", min)):
            found = self.word(word)
            if found is not None and known:
                self.extreme(word, found["names"], known, of(known.values()))
            elif same is None and known:
                self.faults.append(f"it does not say which is the {word}")
        unknown = self.word("unknown")
        if unknown is None:
            self.want("what is not known", set(), missing)
            return
        more = re.fullmatch(WORDS[self.language]["more"], unknown["names"].lstrip(READ + "，; "))
        told = set(self.names((more["listed"] if more else unknown["names"]).lstrip(READ + "，; ")))
        self.want("the number of what is not known", int(more["count"]) if more else len(told), len(missing))
        self.want("what is not known and is told", told & missing, told)

    def extreme(self, word: str, names: str, known: Mapping[str, float], value: float) -> None:
        meant = {name for name, each in known.items() if abs(each - value) < 1e-9}
        sharing = re.fullmatch(WORDS[self.language]["sharing"], names)
        if sharing is None:
            told = self.listed(names)
            self.want(word, {name for name, _ in told}, meant)
            for name, printed in told:
                self.amount(name, printed, known.get(name))
            return
        self.want(f"the number of those that share the {word}", int(sharing["count"]), len(meant))
        self.want(f"what shares the {word}", set(self.names(sharing["listed"])) <= meant, True)  # noqa: FBT003
        self.amount(word, sharing["value"], value)

    def each(self, values: Values) -> None:
        """Hold the list of all known values, which few have, against these."""
        found = self.word("each")
        told = self.listed(found["names"]) if found else []
        known = {name for name, value in values.items() if value is not None}
        if found:
            self.want("what is told one by one", {name for name, _ in told}, known)
        for name, printed in told:
            self.amount(name, printed, values.get(name))

    def among(self, values: Values) -> None:
        found = self.word("among")
        for name, printed in self.listed(found["names"]) if found else ():
            self.amount(name, printed, values.get(name))


def faults_of_alternatives(document: NumberedDocument, recount: Recount, english: Mapping[str, str]) -> Iterator[str]:
    """Yield what is false in the alternative texts of a document; ``english`` has the Chinese of each English name."""
    about = document.document.about
    for chart in (part for part in parts_of(document) if isinstance(part, Chart)):
        yield from faults_of_chart(chart, (about.language, about.audience), recount, english)


def faults_of_chart(
    chart: Chart, edition: tuple[str, str], recount: Recount, english: Mapping[str, str]
) -> Iterator[str]:
    """Yield what is false in one alternative text of an edition: its language and its audience."""
    language, audience = edition
    title = CHINESE_TITLE.get(chart.title)
    if title is None:
        yield f"nobody recounts the chart {chart.title}"
        return
    folded = {name.casefold(): chinese for name, chinese in (*english.items(), *REACH_EN.items())}
    opening = r"^.*?（单位：[^）]*）。|^[^。]*。" if language == "zh" else r"^.*? \(unit: [^)]*\)\. |^[^.]*\. "
    rest = re.sub(opening, "", chart.description, count=1)
    text = Text(rest, language, lambda name: folded.get(name.strip().casefold(), name.strip()))
    READ_BY[title](text, recount, audience)
    yield from (f"{fault} in the alternative text of {chart.title}" for fault in text.faults)
    if left := re.findall(r"\d[\d.,]*", text.rest):
        yield f"nobody has read {left} in the alternative text of {chart.title}: {text.rest}"


def _counted(text: Text, values: Values) -> None:
    found = text.word("items")
    text.want("the number of items", found and int(found["count"]), len(values))
    text.each(values)
    text.extremes(values)
    text.among(values)


def _first(values: Mapping[str, int], count: int) -> dict[str, float | None]:
    """Return the ``count`` first by falling number, and all that share the last of them."""
    ordered = sorted(values.values(), reverse=True)
    least = ordered[min(count, len(ordered)) - 1] if ordered else 0
    return {name: value for name, value in values.items() if value >= least}


def _said_count(text: Text) -> int:
    found = re.search(WORDS[text.language]["items"], text.rest)
    return int(found["count"]) if found else 0


def _tiles(text: Text, recount: Recount, _audience: str) -> None:
    _counted(text, recount.t.by_province(recount.t.clusters))


def _batches(text: Text, recount: Recount, _audience: str) -> None:
    t = recount.t
    shown = dict(sorted(held(t.by_province(t.clusters)).items(), key=lambda each: -each[1])[: _said_count(text)])
    text.want("whether there are twelve, or all", len(shown) >= min(12, len(held(t.by_province(t.clusters)))), True)  # noqa: FBT003
    _parts(text, t.by_province(t.stock), t.by_province(t.intake), t.years)
    _counted(text, shown)


def _parts(text: Text, stock: Mapping[str, int], intake: Mapping[str, int], years: list[int]) -> None:
    """Hold what the first bar is made of against both its parts."""
    pattern = (
        r"(?P<name>[^。，]+)为(?P<parts>[^。]*\d个)。?$"
        if text.language == "zh"
        else r"(?P<name>[A-Z][^.;]*) is (?P<parts>[^.;]*clusters?)\.?$"
    )
    found = text.take(pattern)
    made = text.take(r"每项由(?P<zh>[^，]*)组成|each is made of (?P<en>[^;]*)")
    told = re.findall(r"\d{4}", made["zh"] or made["en"]) if made else []
    text.want("the years of the parts", [int(year) for year in told], years[-2:])
    if found is None:
        text.faults.append("it does not say what the first is made of")
        return
    name = text.called(found["name"])
    for part in re.split("、|, ", found["parts"]):
        one = re.fullmatch(
            r"(?P<earlier>此前|before the latest year) ?(?P<none>\d+)(?:个| clusters?)|(?P<upto>截至|end of )?(?P<year>\d{4})年?(?:新增)? ?(?P<count>\d+)(?:个| clusters?)"
            r"|new in (?P<new>\d{4}) (?P<added>\d+) clusters?", part,
        )  # fmt: skip
        if one is None:
            text.faults.append(f"nobody has read {part}")
        elif one["earlier"]:
            text.want(f"{part}, of a register without a stock", (int(one["none"]), len(years)), (stock[name], 1))
        elif one["upto"]:
            text.want(f"the year of {part}", int(one["year"]), years[-2] if len(years) > 1 else 0)
            text.want(f"{name} before", int(one["count"]), stock[name])
        else:
            text.want(f"the year of {part}", int(one["year"] or one["new"]), years[-1])
            text.want(f"{name} new", int(one["count"] or one["added"]), intake[name])


def _fields(text: Text, recount: Recount, _audience: str) -> None:
    values = recount.t.by_field(recount.t.clusters)
    total = text.take(r"合计(?P<total>\d+)个|Total (?P<english>\d+) clusters?")
    text.want("the total", total and int(total["total"] or total["english"]), sum(values.values()))
    end = r"(?P<all>[^。]*（[\d.]+%）)。?$" if text.language == "zh" else r"(?<=\. )(?P<all>[^;]*\([\d.]+%\))\.?$"
    found = text.take(end)
    split = r"(?P<name>[^；]+?)(?P<count>\d+)个（(?P<part>[\d.]+)%）|(?P<en>[^,].+?) (?P<n>\d+) clusters? \((?P<p>[\d.]+)%\)"
    told = {}
    for each in re.finditer(split, found["all"] if found else ""):
        name = text.called((each["name"] or each["en"]).strip(" ,；"))
        told[name] = int(each["count"] or each["n"])
        text.amount(
            f"the share of {name}", f"{each['part'] or each['p']}%", percent(values[name], sum(values.values()))
        )
    text.want("the fields", told, dict(values))
    _counted(text, values)


def _quotients(text: Text, recount: Recount, _audience: str) -> None:
    t = recount.t
    size = text.take(r"(?P<rows>\d+)(?:行| rows?, )(?P<columns>\d+)(?:列| columns?)")
    text.want(
        "the size", size and (int(size["rows"]), int(size["columns"])), (len(t.by_field(t.clusters)), len(t.regions))
    )
    cells = {(name, region): recount.expected[f"regions.location_quotient[{name}][{region}]"] for name in t.by_field(t.clusters) for region in t.regions}  # fmt: skip
    called, split = text.called, "的" if text.language == "zh" else " / "

    def of_cell(words: str) -> str:
        row, _, column = words.rpartition(split)
        return f"{called(row)}|{called(column)}"

    text.called = of_cell
    text.extremes({f"{name}|{region}": value for (name, region), value in cells.items()})


def _lorenz(text: Text, recount: Recount, _audience: str) -> None:
    found = text.word("items")
    text.want("the number of units", found and int(found["count"]), len(recount.t.provinces))
    half = text.take(rf"合计占(?P<zh>{AMOUNT})%|has (?P<en>{AMOUNT})% together")
    index = text.take(rf"(?:基尼系数|Gini coefficient )(?P<value>{AMOUNT})")
    title = "省份间分布的洛伦兹曲线"
    text.amount("the half", f"{half['zh'] or half['en']}%" if half else "", recount[f"chart[{title}].half"])
    text.amount("the Gini coefficient", index["value"].rstrip(".") if index else "", recount[f"chart[{title}].gini"])


def _moves(text: Text, recount: Recount, _audience: str) -> None:
    t = recount.t
    before, after = t.by_province(t.stock), t.by_province(t.clusters)
    found = text.word("items")
    shown = dict(sorted(held(after).items(), key=lambda each: -each[1])[: int(found["count"]) if found else 0])
    text.want("whether there are ten, or all", len(shown) >= min(10, len(held(after))), True)  # noqa: FBT003
    moved = {name: after[name] - before[name] for name in shown}
    largest = text.take(
        r"增加最多的是(?P<name>[^，。]+)，截至(?P<was>\d{4})年(?P<old>\d+)个，截至(?P<now>\d{4})年(?P<new>\d+)个"
        r"|[Tt]he largest rise is (?P<en>[^:]+): end of (?P<en_was>\d{4}) (?P<en_old>\d+) clusters?, end of (?P<en_now>\d{4}) (?P<en_new>\d+) clusters?"
    )
    if largest is None:
        text.want("whether none rose", max(moved.values(), default=0) <= 0, True)  # noqa: FBT003
    else:
        name = text.called(largest["name"] or largest["en"])
        told = [int(largest[key] or largest[f"en_{key}"]) for key in ("was", "old", "now", "new")]
        text.want("the largest rise", moved.get(name), max(moved.values()))
        text.want(f"what is said of {name}", told, [t.years[-2], before[name], t.years[-1], after[name]])
    sizes = text.take(
        r"从截至(\d{4})年到截至(\d{4})年，增加的(\d+)项，减少的(\d+)项，不变的(\d+)项"
        r"|from end of (\d{4}) to end of (\d{4}) (\d+) rose, (\d+) fell and (\d+) stayed"
    )
    ways = [sum(move > 0 for move in moved.values()), sum(move < 0 for move in moved.values()), 0]
    ways[2] = len(moved) - ways[0] - ways[1]
    text.want("the moves", sizes and [int(each) for each in sizes.groups() if each], [t.years[-2], t.years[-1], *ways])


def _economy(text: Text, recount: Recount, audience: str) -> None:
    t = recount.t
    sure = audience == "bureau"
    gdp = {
        name: value if sure or trust != "unconfirmed" else None
        for name, (value, trust) in t.values("gdp").items()
        if value is not None
    }
    counts = {name: count for name, count in t.by_province(t.clusters).items() if name in gdp}
    found = text.word("items")
    text.want("the number of items", found and int(found["count"]), len(counts))
    missing = text.take(r"其中(?P<zh>\d+)项数据不全，未画出|(?P<en>\d+) of them incomplete and not drawn")
    said = int(missing["zh"] or missing["en"]) if missing else 0
    text.want("what is not drawn", said, sum(value is None for value in gdp.values()))
    rho = recount.expected[f"regions.gdp_correlation{'' if sure else '_sure'}.rho"]
    found = text.take(rf"(?:斯皮尔曼等级相关系数|Spearman's rank correlation )(?P<value>{AMOUNT})")
    if found or rho is not None:
        text.amount("the correlation", found["value"].rstrip(".") if found else "", rho)
    for lead, values in ((r"(?:地区生产总值中|GDP: )", gdp), (r"(?:集群数中|Clusters: )", counts)):
        part = text.take(rf"{lead}.*?(?:。|\. |\.?$)(?=集群数|Clusters|地区|$)")
        inner = Text(re.sub(f"^{lead}", "", part[0]) if part else "", text.language, text.called)
        inner.extremes(values)
        text.faults += inner.faults


def _shown(recount: Recount, audience: str) -> dict[str, int]:
    """Return the clusters of the cities that an edition shows: without those of which a row is not confirmed."""
    rows = recount.t.clusters if audience != "bureau" else ()
    unsure = {name for each in rows if each.confidence == "unconfirmed" for name in each.named}
    return {name: count for name, count in recount.t.by_city(recount.t.clusters).items() if name not in unsure}


def _cities(text: Text, recount: Recount, audience: str) -> None:
    shown = [_first(_shown(recount, audience), most) for most in (10, 5)]
    _counted(text, next((each for each in shown if len(each) == _said_count(text)), shown[0]))


def _shares(text: Text, recount: Recount, _audience: str) -> None:
    t = recount.t
    upto = {year: [each for each in t.clusters if each.year <= year] for year in t.years}
    own = {year: [each for each in t.clusters if each.year == year] for year in t.years}
    leads = (("(?:累计集群：|All clusters so far: )", upto), ("(?:当年新增集群：|Clusters new in the year: )", own))
    for lead, groups in leads:
        found = text.take(rf"{lead}(?P<all>.*?%)(?:。|\. |\.$)")
        told = dict(re.findall(rf"(\d{{4}})年? ?({AMOUNT})%", found["all"] if found else ""))
        text.want(f"the years of {lead}", sorted(map(int, told)), sorted(groups))
        shares = [percent(sum(each.cross for each in groups[year]), len(groups[year])) or 0 for year in sorted(groups)]
        name = lead.removeprefix("(?:").partition("：")[0]
        if text.language == "zh" and len(shares) > 1:
            way = "高于" if shares[-1] > shares[0] else "低于" if shares[-1] < shares[0] else "与"
            trends = re.findall(r"([^。，◇]*)末期(高于|低于|与)首期", text.rest)
            text.want(f"the way of {lead}", [each for names, each in trends if name in names.split("、")], [way])
        for year, printed in told.items():
            group = groups.get(int(year), [])
            text.amount(f"the share of {year}", f"{printed}%", percent(sum(each.cross for each in group), len(group)))


def _reach(text: Text, recount: Recount, _audience: str) -> None:
    whole, was, new = (
        {name: int(recount.number(f"integration.{scope}.{key}")) for name, key in REACH.items()}
        for scope in ("total", "stock", "intake")
    )
    _parts(text, was, new, recount.t.years)
    _counted(text, whole)


def _network(text: Text, recount: Recount, _audience: str) -> None:
    t = recount.t
    degrees = {name: len(found) for name, found in t.partners.items()}
    found = text.take(r"共(\d+)个点、(\d+)条连线|(\d+) points? and (\d+) ties?")
    told = [int(each) for each in found.groups() if each] if found else []
    text.want("points and ties", told, [len(degrees), len(t.shared)])
    parts = text.take(r"(?P<zh>\d+)个相连的部分|(?P<en>\d+) parts?")
    text.want(
        "the parts", parts and int(parts["zh"] or parts["en"]), int(recount.number("integration.network.components"))
    )
    text.want("those without a tie", bool(text.take(r"(?<!\d)0(?:个点没有连线| points without a tie)")), True)  # noqa: FBT003
    hubs = text.take(
        r"连线最多的是(?P<names>[^（]+)（各?(?P<count>\d+)条）|most ties \((?P<en_count>\d+)(?: each)?\): (?P<en>[^.;]+)"
    )
    if hubs:
        most = max(degrees.values())
        names = hubs["names"] or hubs["en"]
        more = re.fullmatch(WORDS[text.language]["more"].rstrip(","), names.rstrip(","))
        told_names = set(text.names(more["listed"] if more else names))
        text.want("the most ties", int(hubs["count"] or hubs["en_count"]), most)
        text.want("who has them", told_names <= {name for name, count in degrees.items() if count == most}, True)  # noqa: FBT003
    pairs = text.take(r"联系最密切的是(?P<zh>[^。]+)|[Tt]he strongest: (?P<en>[^.]+)")
    strongest = max(t.shared.values())
    for name, printed in text.listed(pairs["zh"] or pairs["en"] if pairs else ""):
        one, _, other = name.replace("–", "—").partition("—")
        pair = (text.called(one), text.called(other))
        text.amount(name, printed, strongest)
        text.want(f"what {name} share", t.shared[pair] or t.shared[pair[::-1]], strongest)


def _places(text: Text, recount: Recount, audience: str) -> None:
    t = recount.t
    placed = {name for name in t.by_city(t.clusters) if t.cities[name]["lon"]}
    ties = sum(one in placed and other in placed for one, other in t.shared)
    found = text.take(r"共(?P<zh>\d+)处(?:、(?P<ties>\d+)对联系)?|(?P<en>\d+) places?(?:, (?P<en_ties>\d+) ties?)?")
    told = [int(found[zh] or found[en] or 0) for zh, en in (("zh", "en"), ("ties", "en_ties"))] if found else []
    text.want("places and ties", told, [len(placed), ties])
    known = {name: float(count) for name, count in _shown(recount, audience).items()}  # of which some cannot be drawn
    lost = text.take(r"，(?P<zh>[^，。]+)缺坐标，未画出|; (?P<en>[^;.]+) not drawn for want of coordinates")
    names = set(text.names(lost["zh"] or lost["en"])) if lost else set()
    text.want("what has no coordinates", names, set(t.by_city(t.clusters)) - placed)
    same, most = text.word("equal"), text.word("most")
    if same is not None:
        text.want("the number of different values", len(set(known.values())), 1)
        text.amount("every place", same["value"], next(iter(known.values()), None))
    elif most is not None:
        text.extreme("most", most["names"], known, max(known.values()))
    else:
        text.faults.append("it does not say which is the most")
    text.among(known)


READ_BY: Mapping[str, Callable[[Text, Recount, str], None]] = dict(
    zip(
        TITLES,
        (
            _tiles, _batches, _fields, _quotients, _lorenz, _moves, _economy, _cities, _shares, _reach, _network,
            _places,
        ),
        strict=True,
    )
)  # fmt: skip
