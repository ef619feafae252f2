# ruff: noqa: E501 -- what is said and what must hold of it stand together
"""What the sentences of the Chinese editions say, sentence by sentence."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from tests.acceptance.truth.questions import (
    BETWEEN,
    BETWEEN_BEFORE,
    COUNT,
    HOME,
    HOME_BEFORE,
    JOINT,
    NO_CLUSTER,
    STOCK,
    SURE_RHO,
    TOTAL,
    both,
    change,
    falls,
    gain,
    is_,
    many_tie,
    moved_place,
    moves,
    over,
    ranked,
    rises,
    same,
    unsure,
)
from tests.acceptance.truth.reading import Reader, Rule
from tests.acceptance.truth.tables import held, places

if TYPE_CHECKING:
    from collections.abc import Callable


RANKING = r"(?P<ranked>[^，。；：◇\d]+?\d+个(?:（并列第\d+位）)?(?:，[^，。；：◇\d]+?\d+个(?:（并列第\d+位）)?)*)"


def own_counts(reader: Reader, found: re.Match[str], which: str) -> bool:
    """Tell whether a list of cities with their numbers is what it must be."""
    t = reader.t
    was, now = t.by_city(t.stock), t.by_city(t.clusters)
    entries = re.findall(r"([^、（）]+)（(?:(\d+)增至)?(\d+)个）", found["list"])
    right = all((not before or was[name] == int(before)) and now[name] == int(after) for name, before, after in entries)
    turned = all(not before or int(before) < int(after) for _, before, after in entries)
    return right and turned and reader.is_list("、".join(name for name, *_ in entries), which)


def tied_at(which: str) -> Callable[[Reader, re.Match[str]], bool]:
    """Return the question whether the place that a sentence names is that of ``which``, and is shared."""

    def holds(reader: Reader, found: re.Match[str]) -> bool:
        place = 1 if found["place"] == "首位" else int(found["place"][1:-1])
        return reader.ranks[which] == (place, True)

    return holds


def assumed(reader: Reader, found: re.Match[str]) -> bool:
    return reader.is_list(found["where"].lstrip("◇；，"), "assumed")


def pair_of(reader: Reader, found: re.Match[str], extreme: Callable[..., float]) -> bool:
    """Tell whether two cities are at the distance that is the smallest or the largest."""
    known = [reader.recount.distance(*pair) for pair in reader.t.shared]
    own = reader.recount.distance(*found["pair"].split("—"))
    return own is not None and own == extreme(km for km in known if km is not None)


def regions(reader: Reader, found: re.Match[str]) -> bool:
    """Tell whether the numbers and shares of the four regions are as said, all four in their order."""
    entries = re.findall(r"(东部|中部|西部|东北)(?:没有|(\d+)个)", found["regions"])
    counts = {name: int(count or 0) for name, count in entries}
    told = found["shares"].replace("%", "").split("、") if found["shares"] else []
    shares = all(
        reader.is_amount(share, f"regions.regions[{name}].share") for share, name in zip(told, counts, strict=False)
    )
    return (
        len(told) in {0, len(counts)}
        and shares
        and list(counts.items()) == list(reader.t.by_region(reader.t.clusters).items())
    )


def batches(reader: Reader, found: re.Match[str]) -> bool:
    """Tell whether each batch has as many clusters as said, and all of them are named in their order."""
    rounds = {"一": 1, "二": 2, "三": 3, "四": 4, "五": 5, "六": 6}
    entries = re.findall(r"(\d{4})年(?:第(.)轮)?认定(\d+)个", found["batches"])
    said = [(f"{year}-R{rounds[nth]}" if nth else year, int(count)) for year, nth, count in entries]
    names = sorted({each.batch for each in reader.t.clusters})
    return said == [(name, sum(each.batch == name for each in reader.t.clusters)) for name in names]


def trust(reader: Reader, found: re.Match[str]) -> bool:
    entries = re.findall(r"(已确认|较可靠|待核|名称未查明)(\d+)个", found["trust"])
    right = all(reader.is_amount(count, f"nation.by_confidence[{word}].clusters") for word, count in entries)
    return right and sum(int(count) for _, count in entries) == len(reader.t.clusters)


def own_cluster(reader: Reader, found: re.Match[str]) -> bool:
    """Tell whether a cluster's field, year and partners are as said."""
    for each in reader.t.own(reader.t.focus):
        if found["title"].removesuffix("（待核）") == (each.name or "（名称未查明）"):
            partners = set(each.named) - {reader.t.focus}
            told = set((found["partners"] or "").split("、")) - {""}
            field = found["field"] or ""
            return int(found["year"]) == each.year and field == each.field and told == partners
    return False


def partner_counts(reader: Reader, found: re.Match[str]) -> bool:
    levels = re.findall(r"([^，\d]+?)各?(\d+)个", found["list"])
    entries = [(name, count) for listed, count in levels for name in listed.split("、")]
    own = reader.t.partners[reader.t.focus]
    numbers = [int(count) for _, count in entries]
    return {name: int(count) for name, count in entries} == dict(own) and numbers == sorted(numbers, reverse=True)


def strongest(reader: Reader, found: re.Match[str]) -> bool:
    """Tell whether no field of another region has a higher quotient, among those of two clusters and more."""
    head = "regions.specialised"
    names = {name.split("[")[1].split("]")[0] for name in reader.recount.expected if name.startswith(head)}
    many = [name for name in names if reader.number(f"{head}[{name}].clusters") > 1]
    own = f"{head}[{found['region']}·{found['field']}]"
    return (
        reader.is_amount(found["quotient"], f"{own}.quotient")
        and reader.is_amount(found["count"], f"{own}.clusters")
        and all(reader.number(f"{head}[{name}].quotient") <= reader.number(f"{own}.quotient") + 1e-9 for name in many)
    )


def first_province(reader: Reader, found: re.Match[str]) -> bool:
    place = places(held(reader.t.by_province(reader.t.clusters))).get(found["name"])
    return place == (1, found["how"] == "并列")


def titles(reader: Reader, found: re.Match[str]) -> bool:
    """Tell whether a list of clusters is that of the city, but for those that are not printed here."""
    names = {each.name or "（名称未查明）" for each in reader.t.own(reader.t.focus) if each.confidence != "unconfirmed"}
    return set(found["titles"].split("；")) == names


def gaps(reader: Reader, found: re.Match[str]) -> bool:
    names = [each.name for each in reader.t.clusters if each.id in reader.t.incomplete]
    return sorted(found["titles"].split("、")) == sorted(names)


RULES: tuple[Rule, ...] = (
    # ── the head ────────────────────────────────────────────────────────────────────────────────────────────────────
    Rule(r"(?:^|《){nation.clusters}个国家级(?:先进制造业)?集群(?:发展情况|的格局与{city }的位置)(?:$|》)"),
    Rule(r"^全国{nation.clusters}个国家级先进制造业集群：{nation.provinces}个省份有布局$"),
    Rule(r"^国家级集群，分布在{nation.provinces}个省份$"),
    Rule(r"^(?P<name>.+?)(?P<how>数量|并列)最多$", also=first_province),
    Rule(r"^{city }按集群数居全国城市的位次（并列）$", lambda r: bool(r.ranks["city"] and r.ranks["city"][1])),
    Rule(r"^{city }按集群数居全国城市的位次$", lambda r: bool(r.ranks["city"] and not r.ranks["city"][1])),
    Rule(r"截至\d+年\d+月，全国共有国家级先进制造业集群{nation.clusters}个，分布在{nation.provinces}个省份"),
    Rule(r"，其中{nation.stock_year}年底前认定{nation.stock}个，{nation.intake_year}年新增{nation.intake}个。"),
    Rule(r"，其中{nation.intake_year}年新增{nation.intake}个，总数比{nation.stock_year}年底增加{nation.growth}%。"),
    Rule(r"，都在{nation.intake_year}年认定。", lambda r: len(r.t.years) == 1 < len(r.t.clusters)),
    Rule(r"，在{nation.intake_year}年认定。", lambda r: len(r.t.clusters) == 1),
    Rule(r"与{nation.stock_year}年底相比，"),
    Rule(r"有集群的省份由{changes.provinces_before}个增加到{nation.provinces}个", rises("changes.provinces_before", "nation.provinces")),
    Rule(r"有集群的省份仍为{nation.provinces}个", same("changes.provinces_before", "nation.provinces")),
    Rule(r"跨区域集群的比重由{integration.stock.share}%提高到{integration.total.share}%", rises(STOCK, TOTAL)),
    Rule(r"跨区域集群的比重由{integration.stock.share}%降到{integration.total.share}%", falls(STOCK, TOTAL)),
    Rule(r"跨区域集群的比重仍为{integration.total.share}%", same(STOCK, TOTAL)),
    Rule(r"跨区域集群从无到有，占{integration.total.share}%", both(is_("integration.stock.cross", 0), over("integration.total.cross", 0))),
    Rule(r"跨区域集群占{integration.total.share}%。"),
    Rule(r"{city }参与{city.count}个，按数量居全国城市的{place city}"),
    Rule(r"，{nation.stock_year}年底居{place before}。"),
    Rule(r"名录中没有{city }参与的(?:国家级)?(?:先进制造业)?集群", NO_CLUSTER),
    # ── the overview ────────────────────────────────────────────────────────────────────────────────────────────────
    Rule(r"从批次看，(?P<batches>[^。]+?个)(?=。|，总数)", also=batches),
    Rule(r"，总数比{nation.stock_year}年底增加{nation.growth}%", over("nation.growth", 0)),
    Rule(r"跨省的集群有{nation.multi_province}个，按所涉省份各计一次，各省份合计{nation.places}省次。", over("nation.multi_province", 0)),
    Rule(r"没有跨省的集群。", is_("nation.multi_province", 0)),
    Rule(
        r"全国{nation.provinces_all}个省份（不含港澳台地区）中，尚无国家级集群的有{nation.provinces_without}个：{names without}。",
        over("nation.provinces_without", 0),
    ),
    Rule(r"全国{nation.provinces_all}个省份（不含港澳台地区）都有国家级集群。", is_("nation.provinces_without", 0)),
    Rule(r"本期按名录统计，为{nation.provinces}个。"),
    Rule(r"主管部门另有\d+个省份的说法，本稿按名录为{nation.provinces}个。"),
    Rule(rf"(?:从|分)领域看，{RANKING}", also=ranked("fields")),
    Rule(r"；前三位领域合计占{nation.top_fields_share}%", lambda r: sorted(r.counts["fields"].values())[-3:] > sorted(r.counts["fields"].values())[-4:-1]),
    Rule(r"；按领域已知的{nation.classified}个计算，前三位领域合计占{nation.top_fields_share}%"),
    Rule(r"，{nation.unnamed}个集群未见名称，不计入。", over("nation.unnamed", 0)),
    Rule(r"名录各行按把握程度分：(?P<trust>[^。]+)。", also=trust),
    # ── provinces and regions ───────────────────────────────────────────────────────────────────────────────────────
    Rule(rf"分省份看，{RANKING}", also=ranked("provinces")),
    Rule(rf"布局：{{nation.clusters}}个集群分布在{{nation.provinces}}个省份，{RANKING}", also=ranked("provinces")),
    Rule(r"居前三位的{names first three}(?:合计)?占全部省次（一个集群跨几个省份的，各省份各计一次）的{regions.first_three.share}%"),
    Rule(r"，前五位（含并列）的{regions.first_five.count}个省份占{regions.first_five.share}%。"),
    Rule(r"{nation.intake_year}年有{changes.newcomer_count}个省份(?:实现零的突破|首次有了国家级集群)：{names newcomers}。"),
    Rule(r"{nation.intake_year}年新增的集群都在原有集群的省份。", is_("changes.newcomer_count", 0)),
    Rule(r"(?:按国家统计局的区域划分|分区域看)，(?P<regions>东部[^。]+?个|东部[^。]+?没有)(?:，分别占全国集群的(?P<shares>[^。]+))?。", also=regions),
    Rule(
        r"集群不止一个的组合中，最高的是(?P<region>.{2})的(?P<field>.+?)，为(?P<quotient>[\d.]+)（(?P<count>\d+)个）",
        also=strongest,
    ),
    Rule(r"基尼系数为{regions.concentration.gini}，与{nation.stock_year}年底持平", moves("changes.gini_change", 0, 2)),
    Rule(r"基尼系数为{regions.concentration.gini}"),
    Rule(
        r"，比{nation.stock_year}年底上升(?P<size>[\d.]+)，集群分布趋于集中", moves("changes.gini_change", 1, 2),
        lambda r, m: change(r, m, "changes.gini_change", 2),
    ),
    Rule(
        r"，比{nation.stock_year}年底下降(?P<size>[\d.]+)，集群分布趋于分散。集群总数增加，系数本身也会因此变小",
        moves("changes.gini_change", -1, 2), lambda r, m: change(r, m, "changes.gini_change", 2),
    ),
    Rule(r"四大区域之间的部分占{regions.concentration.between_share}%"),
    Rule(r"四大区域之间的部分所占比重由{changes.concentration_before.between_share}%提高到{regions.concentration.between_share}%", rises(BETWEEN_BEFORE, BETWEEN)),
    Rule(r"四大区域之间的部分所占比重由{changes.concentration_before.between_share}%降到{regions.concentration.between_share}%", falls(BETWEEN_BEFORE, BETWEEN)),
    Rule(r"四大区域之间的部分所占比重仍为{regions.concentration.between_share}%", same(BETWEEN_BEFORE, BETWEEN)),
    Rule(rf"{{nation.stock_year}}年底到{{nation.intake_year}}年，增加集群的省份有{{changes.gainers}}个(?:，增加最多的是)?：{RANKING}", also=ranked("gains")),
    Rule(r"集群多的大体上也是经济大省。", lambda r: r.number(SURE_RHO) >= 0.6),
    Rule(r"集群多的大体上不是经济大省。", lambda r: r.number(SURE_RHO) <= -0.3),
    Rule(r"集群数与经济规模没有明显的关系。", lambda r: abs(r.number(SURE_RHO)) < 0.3),
    Rule(r"以GDP数据较可靠的{regions.gdp_correlation_sure.n}个省份计算，集群数与地区生产总值的斯皮尔曼等级相关系数为{regions.gdp_correlation_sure.rho}"),
    Rule(r"其余有数据的省份也计入，{regions.gdp_correlation.n}个省份为{regions.gdp_correlation.rho}", lambda r: r.number("regions.gdp_correlation.n") > r.number("regions.gdp_correlation_sure.n")),
    Rule(r"GDP数据较可靠的省份太少，不计算集群数与地区生产总值的相关系数。", lambda r: r.number("regions.gdp_correlation_sure.n") < 3),
    Rule(r"各省份的集群数或地区生产总值没有差别，不计算相关系数。", lambda r: r.recount[SURE_RHO] is None),
    # ── the city ────────────────────────────────────────────────────────────────────────────────────────────────────
    Rule(rf"有集群的{{city.cities}}个城市中，{RANKING}", also=ranked("cities")),
    Rule(r"{city }参与国家级先进制造业集群{city.count}个，(?:都)?不与其他城市联合。", is_(JOINT, 0)),
    Rule(r"{city }参与国家级先进制造业集群{city.count}个，都与其他城市联合。", both(lambda r: r.number(JOINT) == r.number(COUNT) > 1)),
    Rule(r"{city }参与国家级先进制造业集群{city.count}个，与其他城市联合。", both(is_(JOINT, 1), is_(COUNT, 1))),
    Rule(r"{city }参与国家级先进制造业集群{city.count}个，其中与其他城市联合的{city.joint}个。", lambda r: 0 < r.number(JOINT) < r.number(COUNT)),
    Rule(r"^(?P<title>.+?)：(?:(?P<field>.+?)领域|领域未查明)，(?P<year>\d+)年认定(?:，与(?P<partners>[^。]+)联合)?。", also=own_cluster),
    Rule(r"公布的产出口径各不相同，有[^。]+，因此不相加，也不作排序；未标年份的，原文没有注明。"),
    Rule(r"{nation.stock_year}年底，{city }参与{city.history.before}个，居有集群的{city.history.cities_before}个城市的{place before}；"),
    Rule(
        r"{nation.stock_year}年底，{city }参与{city.history.before}个，居有集群的{city.history.cities_before}个城市的(?P<place>首位|第\d+位)（{city.history.level_before}个城市并列）；",
        also=tied_at("before"),
    ),
    Rule(r"到{nation.intake_year}年增加到{city.count}个，居{city.cities}个城市的(?P<place>首位|第\d+位)（{city.history.level}个城市并列）。", lambda r: gain(r) > 0, tied_at("city")),
    Rule(r"到{nation.intake_year}年仍为{city.count}个，居{city.cities}个城市的(?P<place>首位|第\d+位)（{city.history.level}个城市并列）。", lambda r: gain(r) == 0, tied_at("city")),
    Rule(r"到{nation.intake_year}年增加到{city.count}个，居{city.cities}个城市的{place city}。", lambda r: gain(r) > 0),
    Rule(r"到{nation.intake_year}年仍为{city.count}个，居{city.cities}个城市的{place city}。", lambda r: gain(r) == 0),
    Rule(r"此前不比{city }多、现在超过{city }的有：(?P<list>[^。]+)。", also=lambda r, m: own_counts(r, m, "passed")),
    Rule(r"此前比{city }多、现在比{city }少的有：(?P<list>[^。]+)。", also=lambda r, m: own_counts(r, m, "behind")),
    Rule(r"{nation.stock_year}年底{city }还没有国家级集群；{nation.intake_year}年新增{city.history.gain}个，居有集群的{city.cities}个城市的{place city}。", is_("city.history.before", 0)),
    Rule(r"{city }居有集群的{city.cities}个城市的{place city}。"),
    Rule(r"(?P<where>[^，。；]+)的集群数含未列城市的{integration.assumed_count}个", over("integration.assumed_count", 0), also=assumed),
    Rule(r"没有列出城市的集群有{integration.cityless_count}个；所涉省份为直辖市的计入该直辖市，共{integration.assumed_count}个，在(?P<where>[^。]+)。", also=assumed),
    Rule(r"{nation.intake_year}年全国新增{nation.intake}个，其中涉及{home }的{city.home.gain}个，在有新增的{city.home.gainers}个省份中居{place gain}", over("city.home.gain", 0)),
    Rule(r"{nation.intake_year}年全国新增{nation.intake}个，只涉及{home }", lambda r: set(held(r.t.by_province(r.t.intake))) == {r.t.cities[r.t.focus]["province"]}),
    Rule(r"{nation.intake_year}年全国新增{nation.intake}个，没有涉及{home }的", is_("city.home.gain", 0)),
    Rule(r"；{home }没有国家级集群。", is_("city.home.clusters", 0)),
    Rule(r"涉及{home }的集群共{city.home.clusters}个，占全国的比重由{city.home.share_before}%提高到{city.home.share}%", rises(HOME_BEFORE, HOME)),
    Rule(r"涉及{home }的集群共{city.home.clusters}个，占全国的比重由{city.home.share_before}%降到{city.home.share}%", falls(HOME_BEFORE, HOME)),
    Rule(r"涉及{home }的集群共{city.home.clusters}个，占全国的比重仍为{city.home.share}%", same(HOME_BEFORE, HOME)),
    Rule(r"涉及{home }的集群共{city.home.clusters}个，占全国的{city.home.share}%，{nation.stock_year}年底还没有。", is_("city.home.before", 0)),
    Rule(r"还有与最后一项相同的，没有全部列出。", many_tie),
    Rule(r"名录中与{city }有关的记录还没有可靠的来源，本版不列数字。", unsure),
    Rule(r"名录中与{city }有关的集群尚待核实，本版不列。", unsure),
    Rule(r"与{city }有关的集群尚待核实，本版不作比较。", unsure),
    Rule(r"{city }的集群尚待核实", unsure),
    Rule(r"{city }的伙伴城市为{names partners}，共同参与(?P<count>\d+)个", also=lambda r, m: list(r.t.partners[r.t.focus].values()) == [int(m["count"])]),
    Rule(r"，相距{city.nearest}公里（直线距离）。"),
    Rule(r"{city }通过集群与{city.partner_count}个城市相联系"),
    Rule(r"，按伙伴(?:城市)?数居全国{place partners}"),
    Rule(r"；最近的相距{city.nearest}公里，最远的{city.farthest}公里（直线距离）。"),
    Rule(r"按共同参与的集群数，依次为(?P<list>[^。]+)。", also=partner_counts),
    Rule(r"名录中没有{city }与其他城市联合的集群。", lambda r: not r.lists["partners"]),
    # ── across regions ──────────────────────────────────────────────────────────────────────────────────────────────
    Rule(r"截至{nation.stock_year}年底，{integration.stock.clusters}个集群中跨区域的有{integration.stock.cross}个，占{integration.stock.share}%；"),
    Rule(r"截至{nation.stock_year}年底，{integration.stock.clusters}个集群中没有跨区域的；", is_("integration.stock.cross", 0)),
    Rule(r"{nation.intake_year}年新增的{integration.intake.clusters}个中有{integration.intake.cross}个，占{integration.intake.share}%[；。]"),
    Rule(r"{nation.intake_year}年新增的{integration.intake.clusters}个跨区域[；。]", both(is_("integration.intake.cross", 1), is_("nation.intake", 1))),
    Rule(r"{nation.intake_year}年新增的{integration.intake.clusters}个不跨区域[；。]", both(is_("integration.intake.cross", 0), is_("nation.intake", 1))),
    Rule(r"{nation.intake_year}年新增的{integration.intake.clusters}个中没有[；。]", is_("integration.intake.cross", 0)),
    Rule(r"合计{integration.total.clusters}个中有{integration.total.cross}个，占{integration.total.share}%，按同一口径"),
    Rule(r"合计{integration.total.clusters}个中没有。", is_("integration.total.cross", 0)),
    Rule(r"比{nation.stock_year}年底提高(?P<size>[\d.]+)个百分点", moves("integration.change", 1), lambda r, m: change(r, m, "integration.change")),
    Rule(r"比{nation.stock_year}年底下降(?P<size>[\d.]+)个百分点", moves("integration.change", -1), lambda r, m: change(r, m, "integration.change")),
    Rule(r"与{nation.stock_year}年底持平", moves("integration.change", 0)),
    Rule(r"名称未查明的{nation.unnamed}个按不跨区域计。", lambda r: not any(each.cross for each in r.t.clusters if not each.field)),
    Rule(r"新增集群中跨省的有{integration.intake.cross_province}个，{nation.stock_year}年底的存量中有{integration.stock.cross_province}个。", over("integration.stock.cross_province", 0)),
    Rule(r"新增集群中跨省的有{integration.intake.cross_province}个，{nation.stock_year}年底的存量中没有。", is_("integration.stock.cross_province", 0)),
    Rule(r"城市名单完整的集群中，存量平均每个涉及{integration.stock.cities_per_cluster}个城市，新增平均每个涉及{integration.intake.cities_per_cluster}个城市。"),
    Rule(r"{integration.total.clusters}个集群中跨区域的有{integration.total.cross}个，占{integration.total.share}%；都?在{nation.intake_year}年认定，没有可比的存量。", lambda r: len(r.t.years) == 1),
    Rule(r"{integration.total.clusters}个集群中没有跨区域的；都?在{nation.intake_year}年认定，没有可比的存量。", both(is_("integration.total.cross", 0), lambda r: len(r.t.years) == 1)),
    Rule(r"按名录统计为{integration.intake.share}%。"),
    Rule(r"按名录统计没有。", is_("integration.intake.cross", 0)),
    Rule(r"跨区域集群有{integration.total.cross}个，占{integration.total.share}%"),
    Rule(r"没有跨区域集群", is_("integration.total.cross", 0)),
    Rule(r"只看新增的{integration.intake.clusters}个，有{integration.intake.cross}个跨区域，占{integration.intake.share}%。", over("integration.intake.cross", 0)),
    Rule(r"只看新增的{integration.intake.clusters}个，没有跨区域的。", is_("integration.intake.cross", 0)),
    Rule(r"{city }参与的{city.count}个集群中，没有跨区域的", is_(JOINT, 0)),
    Rule(r"{city }参与的{city.count}个集群中，跨区域的占{city.joint_share}%"),
    Rule(r"，高于全国的{integration.total.share}%；", falls("city.joint_share", TOTAL)),
    Rule(r"，低于全国的{integration.total.share}%；", rises("city.joint_share", TOTAL)),
    Rule(r"，与全国的{integration.total.share}%相同；", same("city.joint_share", TOTAL)),
    Rule(r"没有已查明的伙伴城市。", lambda r: not r.lists["partners"]),
    Rule(r"伙伴城市{city.partner_count}个，都?在{home }。", lambda r: not r.lists["beyond"]),
    Rule(r"伙伴城市{city.partner_count}个，都?在{home }以外。", lambda r: r.lists["beyond"] == r.lists["partners"]),
    Rule(r"伙伴城市{city.partner_count}个，在{home }以外的有：{names beyond}。", lambda r: r.lists["beyond"] < r.lists["partners"]),
    Rule(r"{city }还没有进入由集群连成的城市网络。", NO_CLUSTER),
    Rule(r"全国有集群的{integration.network.cities}个城市中，{integration.network.tied}个至少与另一个城市共同参与一个集群"),
    Rule(r"，相连的城市相距的中位数为{integration.distances.median}公里"),
    Rule(r"有集群的{integration.network.cities}个城市中，{integration.network.tied}个城市至少与另一个城市相连，共{integration.network.ties}对，占可能联系的{integration.network.density}%"),
    Rule(r"共{integration.network.components}个组，最大的一组含{integration.network.largest_component}个城市。"),
    Rule(rf"伙伴最多的是：{RANKING}", also=ranked("partners")),
    Rule(r"名录中没有由不同城市共同参与的集群，不画城市网络。", lambda r: not r.t.shared),
    Rule(r"相连的城市平均相距{integration.distances.mean}公里，中位数为{integration.distances.median}公里"),
    Rule(r"[；，]省内{integration.distances.within_pairs}对平均{integration.distances.within}公里"),
    Rule(r"[；，]跨省{integration.distances.across_pairs}对平均{integration.distances.across}公里"),
    Rule(r"最近的一对是(?P<pair>[^（]+)（{integration.distances.shortest}公里）", also=lambda r, m: pair_of(r, m, min)),
    Rule(r"最远的是(?P<pair>[^（]+)（{integration.distances.longest}公里）", also=lambda r, m: pair_of(r, m, max)),
    Rule(r"名录没有城市的坐标，不计算距离。", is_("integration.distances.pairs", 0)),
    # ── for leaders, and for the press ──────────────────────────────────────────────────────────────────────────────
    Rule(r"^{nation.intake_year}年新增{nation.intake}个之后，全国{nation.clusters}个国家级集群"),
    Rule(r"◇布局更分散、", moves("changes.gini_change", -1, 2)),
    Rule(r"◇布局更集中、", moves("changes.gini_change", 1, 2)),
    Rule(r"◇布局的集中程度持平、", moves("changes.gini_change", 0, 2)),
    Rule(r"跨区域联合更多；", moves("integration.change", 1)),
    Rule(r"跨区域的比重下降；", moves("integration.change", -1)),
    Rule(r"跨区域的比重持平；", moves("integration.change", 0)),
    Rule(r"{city }没有参与的集群。", NO_CLUSTER),
    Rule(r"{city }首次有了国家级集群。", both(is_("city.history.before", 0), over(COUNT, 0))),
    Rule(r"{city }由{city.history.before}个增加到{city.count}个，在全国城市中的位次", lambda r: gain(r) > 0),
    Rule(r"{city }仍为{city.count}个，在全国城市中的位次", lambda r: gain(r) == 0),
    Rule(r"◇由{place before}后移到{place city}。", lambda r: moved_place(r) > 0),
    Rule(r"◇由{place before}前移到{place city}。", lambda r: moved_place(r) < 0),
    Rule(r"◇未变（{place city}）。", lambda r: moved_place(r) == 0),
    Rule(r"◇未变（(?P<place>第\d+位)，并列）。", lambda r: moved_place(r) == 0, tied_at("city")),
    Rule(r"{city }位次后移。", lambda r: moved_place(r) > 0),
    Rule(r"{city }位次前移。", lambda r: moved_place(r) < 0),
    Rule(r"{city }位次未变。", lambda r: moved_place(r) == 0),
    Rule(r"^全国{nation.clusters}个国家级集群，跨区域的占{integration.total.share}%。"),
    Rule(r"^全国{nation.clusters}个国家级集群，没有跨区域的。", is_("integration.total.cross", 0)),
    Rule(r"(?:(?<=◇)|^{city }：){names passed}超过{city }。", lambda r: bool(r.lists["passed"])),
    Rule(r"新增的{nation.intake}个中涉及{home }的有{city.home.gain}个；", over("city.home.gain", 0)),
    Rule(r"新增的{nation.intake}个中涉及{home }的有{city.home.gain}个，此前没有。", both(over("city.home.gain", 0), is_("city.home.before", 0))),
    Rule(r"新增的{nation.intake}个中没有涉及{home }的，", is_("city.home.gain", 0)),
    Rule(r"涉及{home }的集群占全国的比重由{city.home.share_before}%提高到{city.home.share}%", rises(HOME_BEFORE, HOME)),
    Rule(r"涉及{home }的集群占全国的比重由{city.home.share_before}%降到{city.home.share}%", falls(HOME_BEFORE, HOME)),
    Rule(r"{city }参与的{city.count}个集群全部为跨城市联合", lambda r: r.number(JOINT) == r.number(COUNT) > 1),
    Rule(r"{city }参与的{city.count}个集群为跨城市联合", both(is_(JOINT, 1), is_(COUNT, 1))),
    Rule(r"{city }参与的{city.count}个集群都?没有跨城市联合", is_(JOINT, 0)),
    Rule(r"{city }参与的{city.count}个集群中有{city.joint}个跨城市联合", lambda r: 0 < r.number(JOINT) < r.number(COUNT)),
    Rule(r"，伙伴城市{city.partner_count}个，都?在{home }(?=[，。])", lambda r: not r.lists["beyond"]),
    Rule(r"，伙伴城市{city.partner_count}个，都?在{home }以外：{names beyond}。", lambda r: r.lists["beyond"] == r.lists["partners"]),
    Rule(r"，没有跨省的集群；全国跨省的有{nation.multi_province}个", lambda r: not any(each.cross and len(each.provinces) > 1 for each in r.t.own(r.t.focus))),
    Rule(r"，伙伴城市{city.partner_count}个"),
    Rule(r"名录依公开资料整理，名称未查明的{nation.unnamed}个按不跨区域计", lambda r: not any(each.cross for each in r.t.clusters if not each.field)),
    Rule(r"{city }参与的{city.count}个集群(?:全部)?为跨区域集群，全国跨区域的占{integration.total.share}%；", lambda r: r.number(JOINT) == r.number(COUNT)),
    Rule(rf"(?<=[。◇]){RANKING}。", also=ranked("provinces")),
    Rule(r"{city }参与国家级集群{city.count}个，按集群数居有集群的{city.cities}个城市的(?P<place>第\d+位)(?P<tie>（并列）)?：(?P<titles>[^。]+)。",
         lambda r: bool(r.ranks["city"]), lambda r, m: titles(r, m) and r.ranks["city"] == (int(m["place"][1:-1]), bool(m["tie"]))),
    Rule(r"通过这些集群与{names partners}联合。", over(COUNT, 1)),
    Rule(r"通过这个集群与{names partners}联合。", is_(COUNT, 1)),
    Rule(r"部分集群的?城市名单不全|部分集群名称为多城市区域而城市名单不全", over("integration.incomplete_count", 0)),
    # ── the letter ──────────────────────────────────────────────────────────────────────────────────────────────────
    Rule(r"{city }参与国家级集群{city.count}个，与{city.partner_count}个城市结成伙伴，按集群数居全国城市{place city}。"),
    Rule(r"{city }参与国家级集群{city.count}个，没有伙伴城市，按集群数居全国城市{place city}。", lambda r: not r.lists["partners"]),
    Rule(r"{city }参与的国家级集群尚待核实。", unsure),
    # ── sources ─────────────────────────────────────────────────────────────────────────────────────────────────────
    Rule(r"存量[为指]{nation.stock_year}年底以?前认定的集群，新增[为指]{nation.intake_year}年认定的集群[；。]"),
    Rule(r"存量为此前认定的集群，新增为{nation.intake_year}年认定的集群；", lambda r: len(r.t.years) == 1),
    Rule(r"城市名单不全的集群有{integration.incomplete_count}个，城市的集群数因此为至少数，城市的位次可能随之变动：(?P<titles>[^。]+)。", also=gaps),
)  # fmt: skip

FIXED = (  # definitions and notes: they hold whatever the data
    r"^跨区域集群占全部集群的比重$",
    r"，数据截至\d+年\d+月。",
    r"^没有上一期的记录，不作比较。$",
    r"位次相同的(?:按并列计，其后名次顺延|为并列)",
    r"部分数据因四舍五入的原因，存在总计与分项合计不等的情况。",
    r"数量少的领域，区位商容易偏高，只宜看大势。",
    r"计入没有集群的省份，",
    r"（按未取整的比重计算）",
    r"公开报道中由◇升至◇的说法，前者以全部存量为分母，后者只以当年新增为分母，不能相减。",
    r"前者按全部集群计算，后者只算当年新增，不能相减。",
    r"平均城市只计城市名单完整的集群。",
    r"名单越长，其中每个城市的伙伴就越多",
    r"城市群的范围尚未核实，本表只供参考。",
    r"在全国只计一次",
    r"编号为本名录自编；(?:名称未经核实的集群本版不列，但已计入全国和分省份、分领域等的数量；)?名称未查明的只有数量来源。",
    r"见同时生成的facts\.json",
    r"来源：.+，\d{4}年\d+月。",
    r"公开发布的数字取自.+；数字和事实取自来源",
    r"(?:^|据公开发布的数字，|[，◇])\d{4}年(?:上半年|前\d+个月|第.季度)?(?=(?:\d+个集群|[^，。]{2,16})◇|占全国◇)",
    r"(?<=[◇，])\d+个集群(?=[^，。]{2,16}◇)",
    r"占广东省汽车产量的◇",
    r"产业规模居全国(?=◇)",
    r"公开数字中，可与名录核对的有\d+项（同一说法有几个来源的只计一次），(?:一致的\d+项(?:（含取整后一致的\d+项）)?|没有一致的)，(?:不一致的\d+项|没有不一致的)。",
    r"一致的数字中有\d+项离不开名称未查明",
    r"(?:口径不同、不可比的\d+项，)?(?:与另一来源相矛盾的\d+项，)?名录没有数据可以核对的\d+项。",
    r"名次、升降等说法另核对\d+项，(?:不能成立的\d+项|都能成立)。",
    r"不一致、不可比、不能成立和存疑的逐项列在表\d+。",
)
