# ruff: noqa: E501 -- what is said and what must hold of it stand together
"""What the sentences of the English edition say, sentence by sentence."""

from __future__ import annotations

import re

from tests.acceptance.truth.questions import (
    COUNT,
    HOME,
    HOME_BEFORE,
    JOINT,
    NO_CLUSTER,
    SURE_RHO,
    both,
    change,
    falls,
    is_,
    many_tie,
    moves,
    over,
    ranked,
    rises,
    same,
)
from tests.acceptance.truth.reading import Reader, Rule
from tests.acceptance.truth.tables import held, places

ENTRY = r"[^;:.◇]+? \(\d+(?: clusters?)?(?: each, joint \d+(?:st|nd|rd|th))?\)"
RANKING = rf"(?P<ranked>{ENTRY}(?:; {ENTRY})*)"


def first_province(reader: Reader, found: re.Match[str]) -> bool:
    [name] = reader.names_in(found["name"])
    tied = found["how"] == "among the most"
    return places(held(reader.t.by_province(reader.t.clusters))).get(name) == (1, tied)


def own_counts(reader: Reader, found: re.Match[str], which: str) -> bool:
    """Tell whether a list of cities with their numbers is what it must be."""
    t = reader.t
    was, now = t.by_city(t.stock), t.by_city(t.clusters)
    entries = re.findall(r"(?:^|, )(.+?) \((?:from (\d+) to )?(\d+)\)(?=, |$)", found["list"])
    cities = [(reader.translated[name], before, after) for name, before, after in entries]
    right = all(now[name] == int(after) and (not before or was[name] == int(before)) for name, before, after in cities)
    return right and {name for name, *_ in cities} | (reader.unsure & reader.lists[which]) == reader.lists[which]


def partner_counts(reader: Reader, found: re.Match[str]) -> bool:
    entries = re.findall(r"(?:^|, )(.+?) \((\d+)\)(?=, |$)", found["list"])
    numbers = [int(count) for _, count in entries]
    told = {reader.translated[name]: int(count) for name, count in entries}
    return told == dict(reader.t.partners[reader.t.focus]) and numbers == sorted(numbers, reverse=True)


def batches(reader: Reader, found: re.Match[str]) -> bool:
    entries = re.findall(r"(\d{4})(?:, round (\d))? \((\d+) clusters?\)", found["batches"])
    said = [(f"{year}-R{nth}" if nth else year, int(count)) for year, nth, count in entries]
    names = sorted({each.batch for each in reader.t.clusters})
    one = found["lead"] == "one batch"
    return one == (len(names) == 1) and said == [
        (name, sum(each.batch == name for each in reader.t.clusters)) for name in names
    ]


def regions(reader: Reader, found: re.Match[str]) -> bool:
    entries = re.findall(r"(\w+), (?:none|(\d+) clusters?)(?: \(([\d.]+)% of all\))?", found["regions"])
    counts = {reader.translated[name]: int(count or 0) for name, count, _ in entries}
    shares = all(
        not share or reader.is_amount(share, f"regions.regions[{reader.translated[name]}].share")
        for name, _, share in entries
    )
    return shares and list(counts.items()) == list(reader.t.by_region(reader.t.clusters).items())


def strongest(reader: Reader, found: re.Match[str]) -> bool:
    head = "regions.specialised"
    [name], [region] = reader.names_in(found["field"]), reader.names_in(found["region"])
    own = f"{head}[{region}·{name}]"
    quotients = [
        amount
        for key, amount in reader.recount.expected.items()
        if key.startswith(head) and key.endswith("quotient") and reader.number(key[:-8] + "clusters") > 1
    ]
    return (
        reader.is_amount(found["quotient"], f"{own}.quotient")
        and reader.is_amount(found["count"], f"{own}.clusters")
        and all((amount or 0) <= reader.number(f"{own}.quotient") + 1e-9 for amount in quotients)
    )


def own_cluster(reader: Reader, found: re.Match[str]) -> bool:
    for each in reader.t.own(reader.t.focus):
        if found["title"] == (each.name_en or "(name not traced)"):
            told = set(reader.names_in(found["partners"])) if found["partners"] else set()
            field = reader.names_in(found["field"])[0] if each.field else "not traced"
            right = field == (each.field or found["field"])
            return right and int(found["year"]) == each.year and told == set(each.named) - {reader.t.focus}
    return False


def pair_of(reader: Reader, found: re.Match[str], extreme: str) -> bool:
    known = [km for pair in reader.t.shared if (km := reader.recount.distance(*pair)) is not None]
    wanted = min(known) if extreme == "near" else max(known)
    for one, other in reader.t.shared:
        english = {zh: en for en, zh in reader.translated.items()}
        if found[extreme] == f"{english[one]}–{english[other]}":
            return reader.recount.distance(one, other) == wanted
    return False


def gaps(reader: Reader, found: re.Match[str]) -> bool:
    names = [each.name_en for each in reader.t.clusters if each.id in reader.t.incomplete]
    return sorted(found["titles"].split("; ")) == sorted(names)


MOVE = r"(?P<size>[\d.]+) percentage points? on the end of {nation.stock_year}"


def trust(reader: Reader, found: re.Match[str]) -> bool:
    """Tell whether the degrees of confidence add up, each with its number."""
    words = {"confirmed": "已确认", "likely": "较可靠", "unconfirmed": "待核", "name not traced": "名称未查明"}
    entries = re.findall(r"(confirmed|likely|unconfirmed|name not traced), (\d+)", found["trust"])
    right = all(reader.is_amount(count, f"nation.by_confidence[{words[word]}].clusters") for word, count in entries)
    return right and sum(int(count) for _, count in entries) == len(reader.t.clusters)


RULES: tuple[Rule, ...] = (
    Rule(r"Others equal the last one, and are not all listed\.", many_tie),
    Rule(r"Distribution and Integration of China’s {nation.clusters} Advanced Manufacturing Clusters(?=$|”)", over("nation.clusters", 1)),
    Rule(r"Distribution and Integration of China’s {nation.clusters} Advanced Manufacturing Cluster(?=$|”)", is_("nation.clusters", 1)),
    Rule(r"^in (?P<name>[A-Z][^,]+)$", also=lambda r, m: places(held(r.t.by_province(r.t.clusters)))[r.names_in(m["name"])[0]][0] == 1),
    Rule(r"{city } takes part in {city.count} clusters?, together with {city.partner_count} partner cit(?:y|ies), and ranks {place city} among cities\."),
    Rule(r"{city } takes part in {city.count} clusters?, without partner cities, and ranks {place city} among cities\.", lambda r: not r.lists["partners"]),
    Rule(r"The register has no national cluster in which {city } takes part\.", NO_CLUSTER),
    Rule(r"^at the national level, in {nation.provinces} provinces?$"),
    Rule(r"^in (?P<name>.+), (?P<how>among the most|the most of any province)$", also=first_province),
    Rule(r"As of \d+ [A-Z][a-z]+ \d{4}, China had named {nation.clusters} clusters? at the national level for advanced manufacturing, in {nation.provinces} provinces?"),
    Rule(r": {nation.stock} by the end of {nation.stock_year}, and {nation.intake} in {nation.intake_year}\."),
    Rule(r", (?:all of them )?in {nation.intake_year}\.", lambda r: len(r.t.years) == 1),
    Rule(r"Cross-regional clusters number {integration.total.cross}, or {integration.total.share}% of the total"),
    Rule(r"None of them is cross-regional", is_("integration.total.cross", 0)),
    Rule(rf"the share is up {MOVE}", moves("integration.change", 1), lambda r, m: change(r, m, "integration.change")),
    Rule(rf"the share is down {MOVE}", moves("integration.change", -1), lambda r, m: change(r, m, "integration.change")),
    Rule(r"the share is unchanged from the end of {nation.stock_year}", moves("integration.change", 0)),
    Rule(r"No cluster of the register has a part in {city }\.", NO_CLUSTER),
    Rule(r"{city } takes part in {city.count} clusters? and ranks {place city} among cities"),
    Rule(r"; at the end of {nation.stock_year} it ranked {place before}\."),
    Rule(r"Clusters have been named in (?P<lead>the following batches|one batch): (?P<batches>[^.]+)\.", also=batches),
    Rule(r"The total has grown by {nation.growth}% since the end of {nation.stock_year}\.", over("nation.growth", 0)),
    Rule(r"counted once in each province that it touches, the clusters make {nation.places} province-places?\."),
    Rule(r"Those that extend across provincial borders number {nation.multi_province}\.", over("nation.multi_province", 0)),
    Rule(r"None of them extends across a provincial border\.", is_("nation.multi_province", 0)),
    Rule(r"Of the {nation.provinces_all} provinces on the mainland, {nation.provinces_without} (?:has|have) no national cluster yet: {names without}\.", over("nation.provinces_without", 0)),
    Rule(r"Each of the {nation.provinces_all} provinces on the mainland has at least one\.", is_("nation.provinces_without", 0)),
    Rule(r"counted by the rows of the register they are {nation.provinces}\."),
    Rule(rf"By field, the largest groups are: {RANKING}\.", also=ranked("fields")),
    Rule(r"The first three fields together account for {nation.top_fields_share}%\."),
    Rule(r"; {nation.unnamed} clusters? whose names? (?:is|are) not traced (?:is|are) left out\.", over("nation.unnamed", 0)),
    Rule(rf"By number of clusters, the (?:leading provinces are|only province is) {RANKING}\.", also=ranked("provinces")),
    Rule(r"Those ranked third or better account for {regions.first_three.share}% of all province counts"),
    Rule(r", those ranked fifth or better for {regions.first_five.share}%\."),
    Rule(r"In {nation.intake_year}, {changes.newcomer_count} provinces? obtained (?:its|their) first national cluster: {names newcomers}\."),
    Rule(r"All clusters added in {nation.intake_year} lie in provinces that had one before\.", is_("changes.newcomer_count", 0)),
    Rule(r"the clusters are distributed as follows: (?P<regions>.+?)\. A", also=regions),
    Rule(r"Among the combinations of region and field with at least two clusters, the location quotient is highest for (?P<field>.+), (?P<region>\w+): it is (?P<quotient>[\d.]+) \((?P<count>\d+) clusters\)\.", also=strongest),
    Rule(r"near zero where all are equal and near one where one has all, is {regions.concentration.gini}, provinces without a cluster included\."),
    Rule(r"Differences between the four regions account for {regions.concentration.between_share}% of the inequality"),
    Rule(r"Compared with the end of {nation.stock_year}, the Gini coefficient is up (?P<size>[\d.]+): the distribution has become more concentrated\.", moves("changes.gini_change", 1, 2), lambda r, m: change(r, m, "changes.gini_change", 2)),
    Rule(r"Compared with the end of {nation.stock_year}, the Gini coefficient is down (?P<size>[\d.]+): the distribution has become more dispersed\.", moves("changes.gini_change", -1, 2), lambda r, m: change(r, m, "changes.gini_change", 2)),
    Rule(r"Compared with the end of {nation.stock_year}, the Gini coefficient is unchanged\.", moves("changes.gini_change", 0, 2)),
    Rule(rf"From the end of {{nation.stock_year}} to {{nation.intake_year}}, {{changes.gainers}} provinces? gained clusters(?:; the largest gains were those of|:) {RANKING}\.", also=ranked("gains")),
    Rule(r"Provinces with many clusters are by and large those with large economies\.", lambda r: r.number(SURE_RHO) >= 0.6),
    Rule(r"Over the {regions.gdp_correlation_sure.n} provinces with a reliable figure, Spearman’s rank correlation between the number of clusters and GDP is {regions.gdp_correlation_sure.rho}"),
    Rule(r"Too few provinces have a reliable figure of GDP", lambda r: r.number("regions.gdp_correlation_sure.n") < 3),
    Rule(r"Either the number of clusters or GDP is the same in all provinces, and no correlation between the two is computed\.", lambda r: r.recount[SURE_RHO] is None),
    Rule(rf"Among the {{city.cities}} cities that have one, the leaders are {RANKING}\.", also=ranked("cities")),
    Rule(r"The register has no national cluster in which {city } takes part, and the city is therefore not ranked\.", NO_CLUSTER),
    Rule(r"{city } takes part in {city.count} clusters? at the national level, (?:none of which is|which is not) shared with another city\.", is_(JOINT, 0)),
    Rule(r"{city } takes part in {city.count} clusters at the national level, all of which are shared with other cities\.", lambda r: r.number(JOINT) == r.number(COUNT) > 1),
    Rule(r"{city } takes part in {city.count} cluster at the national level, which is shared with other cities\.", both(is_(JOINT, 1), is_(COUNT, 1))),
    Rule(r"{city } takes part in {city.count} clusters at the national level, {city.joint} of which (?:is|are) shared with other cities\.", lambda r: 0 < r.number(JOINT) < r.number(COUNT)),
    Rule(r"^(?P<title>.+): (?:field )?(?P<field>[^;:]+); named in (?P<year>\d+)(?:; shared with (?P<partners>.+))?\.$", also=own_cluster),
    Rule(r"At the end of {nation.stock_year}, {city } took part in {city.history.before} clusters? and ranked {place before} among {city.history.cities_before} cities; it now takes part in {city.count} and ranks {place city} among {city.cities}\."),
    Rule(r"Cities that had no more before and have more now: (?P<list>[^.]+)\.", also=lambda r, m: own_counts(r, m, "passed")),
    Rule(r"Cities that had more before and have fewer now: (?P<list>[^.]+)\.", also=lambda r, m: own_counts(r, m, "behind")),
    Rule(r"{city } had no national cluster at the end of {nation.stock_year}; with {city.history.gain} clusters? named in {nation.intake_year}, it ranks {place city} among {city.cities} cities\.", is_("city.history.before", 0)),
    Rule(r"{city } ranks {place city} among the {city.cities} cities that have a cluster\."),
    Rule(r"Of the {nation.intake} clusters? named in {nation.intake_year}, {city.home.gain} lies? at least partly in {home }, which ranks {place gain} among the {city.home.gainers} provinces? with new ones"),
    Rule(r"Of the {nation.intake} clusters? named in {nation.intake_year}, none lies in {home }", is_("city.home.gain", 0)),
    Rule(r"{home } is the only province with clusters named in {nation.intake_year}, {city.home.gain} in all", is_("city.home.gainers", 1)),
    Rule(r"its share of all clusters rose to {city.home.share}%, from {city.home.share_before}%\.", rises(HOME_BEFORE, HOME)),
    Rule(r"its share of all clusters fell to {city.home.share}%, from {city.home.share_before}%\.", falls(HOME_BEFORE, HOME)),
    Rule(r"its share of all clusters is unchanged at {city.home.share}%\.", same(HOME_BEFORE, HOME)),
    Rule(r"the province has no cluster\.", is_("city.home.clusters", 0)),
    Rule(r"(?:All clusters|The cluster) in which {city } takes part (?:is|are) shared with other cities\.", lambda r: r.number(JOINT) == r.number(COUNT)),
    Rule(r"Of the clusters in which {city } takes part, {city.joint_share}% are shared with other cities\."),
    Rule(r"They tie it to {city.partner_count} other cities"),
    Rule(r", the nearest at a great-circle distance of {city.nearest} km and the farthest at {city.farthest} km\."),
    Rule(r"Its partner city is {names partners}(?=[,.])", lambda r: len(r.lists["partners"]) == 1),
    Rule(r", at a great-circle distance of {city.nearest} km\."),
    Rule(r"By number of shared clusters, the partners are (?P<list>[^.]+)\.", also=partner_counts),
    Rule(r"The register has no cluster that {city } shares with another city\.", lambda r: not r.lists["partners"]),
    Rule(r"Of the {integration.stock.clusters} clusters? named by the end of {nation.stock_year}, {integration.stock.cross} (?:was|were) cross-regional \({integration.stock.share}%\);"),
    Rule(r"Of the {integration.stock.clusters} clusters? named by the end of {nation.stock_year}, none was cross-regional;", is_("integration.stock.cross", 0)),
    Rule(r"of the {integration.intake.clusters} added in {nation.intake_year}, {integration.intake.cross} (?:is|are) \({integration.intake.share}%\);"),
    Rule(r"of the {integration.intake.clusters} added in {nation.intake_year}, none is;", is_("integration.intake.cross", 0)),
    Rule(r"of the {integration.total.clusters} in all, {integration.total.cross} \({integration.total.share}%\)\."),
    Rule(r"of the {integration.total.clusters} in all, none\.", is_("integration.total.cross", 0)),
    Rule(r"Of the {integration.total.clusters} clusters?, {integration.total.cross} \({integration.total.share}%\) (?:is|are) cross-regional; (?:all were|it was) named in {nation.intake_year}, and there is no earlier stock"),
    Rule(r"Of the {integration.total.clusters} clusters?, none is cross-regional; (?:all were|it was) named in {nation.intake_year}, and there is no earlier stock", is_("integration.total.cross", 0)),
    Rule(r"computed from the register it is {integration.intake.share}%\."),
    Rule(r"computed from the register none does\.", is_("integration.intake.cross", 0)),
    Rule(r"The register has no cluster in which two cities take part, and no network of cities is drawn\.", lambda r: not r.t.shared),
    Rule(r"Of the {integration.network.cities} cities with a cluster, {integration.network.tied} are tied to at least one other; there (?:is|are) {integration.network.ties} pairs? of cities in all, and the density of the network is {integration.network.density}%\."),
    Rule(r"The network has {integration.network.components} connected parts?, the largest with {integration.network.largest_component} cities\."),
    Rule(rf"The cities with the most partners are {RANKING}\.", also=ranked("partners")),
    Rule(r"Cities that share a cluster lie {integration.distances.mean} km apart on average, with a median of {integration.distances.median} km\."),
    Rule(r"Within provinces, {integration.distances.within_pairs} pairs? lies? {integration.distances.within} km apart on average\."),
    Rule(r"Across provincial borders, {integration.distances.across_pairs} pairs? lies? {integration.distances.across} km apart on average\."),
    Rule(r"The nearest pair is (?P<near>.+) \({integration.distances.shortest} km\), the farthest (?P<far>.+) \({integration.distances.longest} km\)\.", also=lambda r, m: pair_of(r, m, "near") and pair_of(r, m, "far")),
    Rule(r"The register has no coordinates of cities, and no distances are computed\.", is_("integration.distances.pairs", 0)),
    Rule(r"those named by the end of {nation.stock_year}; new ones are those named in {nation.intake_year}\."),
    Rule(r"By confidence, the rows of the register are: (?P<trust>[^.]+)\.", also=trust),
    Rule(r"{integration.cityless_count} clusters? lists? no city\. Where"),
    Rule(r"is counted there: {integration.assumed_count} clusters?, .+?\.$", over("integration.assumed_count", 0)),
    Rule(r"Some clusters (?:list only part of their cities|are named after a region of several cities, and their lists of cities are incomplete)", over("integration.incomplete_count", 0)),
    Rule(r"The lists of cities are incomplete for {integration.incomplete_count} clusters?, so that numbers over cities are lower bounds: (?P<titles>.+)\.$", also=gaps),
)  # fmt: skip

FIXED = (  # definitions and notes: they hold whatever the data
    r"“Before” those named earlier\. Provinces with equal numbers share a rank, and the ranks after them are skipped\.",
    r"Shares are of all province counts",
    r"A cluster that extends over several regions counts once in each.+total\.$",
    r" that extends over several regions counts once in each, so that the regions may add up to more than the national total\.",
    r"only the broad pattern should be read from it\.",
    r"Each shared cluster counts as one tie with each partner\.",
    r"takes the whole stock as the base of the first share and only the year’s new clusters as that of the second",
    r"Cities per cluster are averaged only over",
    r"The section on sources lists these clusters\.",
    r"\d{4}, round \d|The ministry speaks of ◇",
    r"each row names its source\.",
    r"Published figures are from .+; facts and figures are theirs",
    r"English names of clusters and fields are renderings of ours, not official ones\.",
    r"A cluster counts once in each province that it touches, and once in the nation\.",
    r"A cluster that lists no city",
    r"Source: press report .+\d{4}\.",
    r"Published figures, each with the qualifier and the year of its source: .+\.",
    r"\d+ published figures could be compared with the register, each statement being counted once .+? differs?\.",
    r"Of those that agree, \d+ depends? on clusters .+ no independent confirmation\.",
    r"Of the other published figures, .+ cannot be checked against the register\.",
    r"Claims of rank and of growth were checked apart: .+ not hold\.",
    r"All that differ, do not hold, are not comparable or are doubtful are listed in Table \d+\.",
    r"enter only into totals; .+ only the existence is sourced\.",
    r"The formula and the rows of each number stand in facts\.json\.",
    r", with data as of [A-Z][a-z]+ \d{4}\.",
    r"There is no record of an earlier issue to compare with\.",
    r"The sources and definitions of all numbers stand in the attachment\.",
    r"A cluster may extend over several provinces",
    r"may not add up to the total owing to rounding\.",
    r"lies in two or more prefecture-level cities",
    r"use different measures(?: \([^)]+\)\. They are therefore neither added up nor ranked| and cannot be added up)\.",
)
