# ruff: noqa: E501 -- what is said and what must hold of it stand together
"""The changes of data and settings under which every edition must stay true."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.acceptance.plants import FIGURES, cell, edited, figure, replaced
from tests.acceptance.truth.edits import (
    CITIES,
    CLUSTERS,
    REMARKS,
    STATEMENTS,
    VALUES,
    Change,
    anything,
    changed,
    crossing,
    dropped,
    emptied,
    every,
    member,
    new,
    of,
    of_year,
    only,
    reversed_gdp,
    some,
    swapped,
    within,
    without,
)
from tests.acceptance.truth.tables import listed

if TYPE_CHECKING:
    from tests.acceptance.truth.edits import Which

NOTHING_SAID = (emptied(FIGURES), dropped(REMARKS, lambda row: row["topic"] != "cities_incomplete"))
CAPITALS = (
    ("山西", "太原", "Taiyuan", "中部", "112.56", "37.87"), ("广西", "南宁", "Nanning", "西部", "108.32", "22.82"),
    ("海南", "海口", "Haikou", "东部", "110.35", "20.05"), ("贵州", "贵阳", "Guiyang", "西部", "106.72", "26.58"),
    ("西藏", "拉萨", "Lhasa", "西部", "91.10", "29.65"), ("青海", "西宁", "Xining", "西部", "101.76", "36.63"),
)  # fmt: skip
NEW_CITIES = edited(
    CITIES,
    lambda rows: rows.extend(
        {
            "city": city, "name_en": name_en, "province": province, "region": region, "level": "地级市", "lon": lon,
            "lat": lat, "coord_source": "GeoNames", "urban_agglomeration": "", "urban_agglomeration_confidence": "likely",
        }
        for province, city, name_en, region, lon, lat in CAPITALS
    ),
)  # fmt: skip


def filled(*provinces: str) -> Change:
    """Return the change by which provinces without a cluster get one."""
    lacking = {province: city for province, city, *_ in CAPITALS}
    return changed(NEW_CITIES, *(new(1, "2024", provinces=name, cities=lacking[name]) for name in provinces))


def unsaid(which: Which) -> Change:
    """Return the change by which published figures are gone, and what is remarked on them."""
    return changed(dropped(FIGURES, which), dropped(REMARKS, lambda row: bool(row["metric"]) and which(row)))


def alone(row: dict[str, str]) -> bool:
    """Tell whether a row names one city at most."""
    return len(listed(row["cities"])) < 2


def apart(row: dict[str, str]) -> None:
    """Leave a cluster its first city and province."""
    row["provinces"], row["cities"] = listed(row["provinces"])[0], listed(row["cities"])[0]
    row["cross_regional"] = "false"


def uncrossed(year: str) -> Change:
    """Return the change by which the clusters of a year lie in one city each, as many as there were."""

    def edit(rows: list[dict[str, str]]) -> None:
        for row in rows:
            if row["year"] == year and row["cross_regional"] == "true":
                apart(row)

    return changed(edited(CLUSTERS, edit), *NOTHING_SAID)


def taken_from(city: str, **where: str) -> Change:
    """Return the change by which a city is no member of clusters that are as ``where`` says."""

    def edit(rows: list[dict[str, str]]) -> None:
        for row in rows:
            if all(row[name] == value for name, value in where.items()):
                row["cities"] = ";".join(name for name in listed(row["cities"]) if name != city)

    return changed(edited(CLUSTERS, edit))


# ── the city ─────────────────────────────────────────────────────────────────────────────────────────────────────────
# The first and others; without partners; unconfirmed; partners elsewhere only; one cluster; incomplete; counted in its
# municipality; among the new ones; no cluster.

CITY_NAMES = (
    "北京", "苏州", "深圳", "天津", "上海", "成都", "重庆", "南京", "宁波", "泉州", "天水", "中山", "绍兴", "保定", "武汉", "抚州",
    "嘉兴", "青岛", "无锡", "石河子", "银川",
)  # fmt: skip

CITIES_OF_FOCUS = {
    **{f"focus {name}": changed(focus=name) for name in CITY_NAMES},
    "focus without a cluster": changed(NEW_CITIES, focus="海口"),
    "focus without a cluster, of few": changed(NEW_CITIES, crossing({2021: 2}, {2021: 4}), focus="海口"),
    "focus that gained none": taken_from("广州", id="C15"),
    "focus that loses all but its new one": changed(without(lambda row: member("广州")(row) and row["year"] != "2024")),
    "focus with its clusters in one field": changed(every(CLUSTERS, member("广州"), field="高端装备")),
    "focus first of all": changed(new(4, "2024")),
    "focus tied for the first place": changed(new(2, "2024")),
    "focus that rises": changed(new(1, "2024"), without(lambda row: row["year"] == "2024" and row["id"] in {"C02", "C03"})),
    "focus with one joint of several": changed(new(1, "2024"), without(lambda row: row["id"] in {"A05", "A19", "A22"})),
    "focus with none joint": changed(new(2, "2024"), without(lambda row: member("广州")(row) and not alone(row))),
    "focus with one alone": changed(new(1, "2024"), without(lambda row: member("广州")(row) and not alone(row))),
    "focus with one that is new, of many": changed(without(lambda row: row["id"] in {"A05", "A19", "A22"})),
    "focus with a partner of another province": changed(
        new(1, "2024", provinces="广东;湖南", cities="广州;长沙", cross_regional="true"),
    ),
    "focus with partners of other provinces only": changed(
        without(member("广州")), new(1, "2024", provinces="广东;湖南", cities="广州;长沙", cross_regional="true"),
    ),
    "focus with clusters likely": changed(every(CLUSTERS, member("广州"), confidence="likely")),
    "focus that passes others": changed(new(3, "2024"), focus="佛山"),
}  # fmt: skip

# ── time ─────────────────────────────────────────────────────────────────────────────────────────────────────────────

TIMES = {
    **{
        f"as of {day}": changed(as_of=day)
        for day in ("2021-12-31", "2022-12-31", "2023-06-01", "2024-12-31", "2026-01-15")
    },
    "a new year": changed(new()),
    "a new year of five": changed(new(5, provinces="湖北", cities="武汉")),
    "a new year across regions": changed(
        new(3, provinces="广东;湖南", cities="广州;长沙", cross_regional="true"),
    ),
    "a new year in an empty province": changed(NEW_CITIES, new(provinces="海南", cities="海口"), focus="海口"),
    "a new year of two in empty provinces": changed(
        NEW_CITIES, new(provinces="青海", cities="西宁"), new(provinces="西藏", cities="拉萨")
    ),
    "a new year in rounds": changed(new(2, batch="2025-R5"), new(3, batch="2025-R6", cities="佛山")),
    "cut at 2021": changed(only(of_year(2021)), *NOTHING_SAID),
    "cut at 2021, one batch": changed(only(of(batch="2021-R1")), *NOTHING_SAID),
    "cut at 2022": changed(only(of_year(2021, 2022)), *NOTHING_SAID),
    "2024 alone": changed(only(of_year(2024)), *NOTHING_SAID),
    "2021 and 2024": changed(only(of_year(2021, 2024)), *NOTHING_SAID),
    "one cluster before": changed(without(lambda row: row["year"] != "2024" and row["id"] != "A01")),
    "one cluster of the latest year": changed(without(lambda row: row["year"] == "2024" and row["id"] != "C10")),
    "one cluster in all": changed(only(of(id="A05")), *NOTHING_SAID),
    "two clusters in all": changed(only(lambda row: row["id"] in {"A01", "C15"}), *NOTHING_SAID),
}

# ── shares ───────────────────────────────────────────────────────────────────────────────────────────────────────────

SHARES = {
    "no new cluster crosses": changed(without(lambda row: row["year"] == "2024" and row["cross_regional"] == "true")),
    "the new ones lie in one city each": uncrossed("2024"),
    "the old ones lie in one city each": changed(*uncrossed("2021").edits, *uncrossed("2022").edits),
    "no cluster crosses": changed(only(of(cross_regional="false"))),
    "one year, and none crosses": changed(crossing({}, {2021: 21}), *NOTHING_SAID),
    "every cluster crosses": changed(only(of(cross_regional="true"))),
    "every new cluster crosses": changed(
        without(lambda row: row["year"] == "2024" and row["cross_regional"] == "false")
    ),
    "equal shares": changed(crossing({2021: 4, 2024: 2}, {2021: 12, 2024: 6})),
    "a share that falls, and prints the same": changed(
        crossing({2021: 1}, {2021: 21, 2022: 13}), new(8, "2022"), new(1, "2024"), *NOTHING_SAID
    ),
    "a share that falls by less than is printed": changed(
        crossing({2021: 1}, {2021: 21, 2022: 13}),
        new(60, "2022", cities="武汉", provinces="湖北"),
        new(1, "2024"),
        *NOTHING_SAID,
    ),
    "exactly half": changed(crossing({2022: 4, 2024: 16}, {2021: 16, 2024: 4})),
    "exactly a third": changed(crossing({2021: 2, 2024: 8}, {2021: 16, 2024: 4})),
    "exactly a quarter, a half of the new": changed(crossing({2021: 1, 2024: 4}, {2021: 11, 2024: 4})),
    "one of the new crosses": changed(crossing({2021: 4, 2024: 1}, {2021: 10, 2024: 5})),
    "one of the old crosses": changed(crossing({2021: 1, 2024: 10}, {2021: 10, 2024: 5})),
    "no cluster crosses a province": changed(without(lambda row: len(listed(row["provinces"])) > 1)),
}

# ── provinces, regions and fields ────────────────────────────────────────────────────────────────────────────────────

PLACES = {
    **{f"nothing in {name}": changed(without(within(name))) for name in ("江苏", "广东", "黑龙江", "北京")},
    "nothing in the northeast": changed(without(lambda row: bool({"辽宁", "吉林", "黑龙江"} & set(listed(row["provinces"]))))),
    "the east alone": changed(
        only(lambda row: set(listed(row["provinces"])) <= {"北京", "天津", "河北", "上海", "江苏", "浙江", "福建", "山东", "广东"}),
    ),
    "Guangdong alone": changed(only(of(provinces="广东")), *NOTHING_SAID),
    "a tie for the first place": changed(without(lambda row: row["id"] in {"A02", "A06", "A08", "A11", "A12", "A21"})),
    "a province that loses its place": changed(without(lambda row: row["id"] in {"A16", "A18", "A23"})),
    "two provinces swapped": changed(swapped("江苏", "广东")),
    "every province has one": filled("山西", "广西", "海南", "贵州", "西藏", "青海"),
    "one province lacks": filled("山西", "广西", "海南", "贵州", "西藏"),
    "as many provinces as the ministry says": filled("青海"),
    "one newcomer": changed(only(lambda row: row["year"] != "2024" or not {"黑龙江", "河南", "云南", "甘肃", "宁夏"} & set(listed(row["provinces"])))),
    "no newcomer": changed(without(lambda row: bool({"黑龙江", "河南", "云南", "甘肃", "宁夏", "新疆"} & set(listed(row["provinces"]))))),
    "the new ones in one province": changed(without(lambda row: row["year"] == "2024" and row["provinces"] != "江苏")),
    "GDP reversed": changed(edited(VALUES, reversed_gdp)),
    "GDP equal": changed(every(VALUES, of(measure="gdp"), value="30000")),
    "GDP unknown": changed(every(VALUES, of(measure="gdp"), value="")),
    "GDP untraced": changed(every(VALUES, of(measure="gdp"), source_kind="untraced", source="", checked_against="")),
    "GDP unconfirmed": changed(every(VALUES, of(measure="gdp"), confidence="unconfirmed")),
    "GDP of three provinces": changed(
        every(VALUES, lambda row: row["measure"] == "gdp" and row["province"] not in {"江苏", "浙江", "广东"}, value=""),
    ),
    "no values of provinces": changed(dropped(VALUES, anything)),
    "another region": changed(
        every("provinces", of(province="广东"), region="中部"), every(CITIES, of(province="广东"), region="中部"),
    ),
    "one field": changed(every(CLUSTERS, lambda row: bool(row["field"]), field="高端装备")),
    "two fields": changed(every(CLUSTERS, lambda row: row["field"] not in {"", "高端装备"}, field="新材料")),
    "three fields": changed(every(CLUSTERS, lambda row: row["field"] not in {"", "高端装备", "消费品"}, field="新材料")),
    "the third field tied": changed(without(lambda row: row["id"] in {"A03", "A11"})),
}  # fmt: skip

# ── what is known, and what was said ─────────────────────────────────────────────────────────────────────────────────

TOPICS = ("policy", "event", "position", "case", "history", "trend", "view")

WORDS = {
    "unnamed rows named": changed(
        cell(CLUSTERS, {"id": "G1"}, name_zh="上海新集群", name_en="New Cluster of Shanghai", field="高端装备", cities="上海", confidence="confirmed"),
        cell(CLUSTERS, {"id": "G2"}, name_zh="山东新集群", name_en="New Cluster of Shandong", field="新材料", cities="青岛", confidence="confirmed"),
    ),
    "one row unnamed": changed(without(of(id="G2"))),
    "none unnamed": changed(without(of(confidence="unnamed"))),
    "all confirmed": changed(every(CLUSTERS, lambda row: bool(row["name_zh"]), confidence="confirmed")),
    "all likely": changed(every(CLUSTERS, lambda row: bool(row["name_zh"]), confidence="likely")),
    "two counted in municipalities": changed(
        new(1, "2024", provinces="北京", cities="", confidence="unnamed", field="", name_zh="", name_en=""),
    ),
    "all lists complete": changed(without(of(id="C12")), dropped(REMARKS, of(topic="cities_incomplete"))),
    "all lists complete, and none counted in a municipality": changed(
        without(lambda row: row["id"] in {"C12", "G1"}), dropped(REMARKS, of(topic="cities_incomplete"))
    ),
    "no remarks": changed(without(of(id="C12")), emptied(REMARKS)),
    "no coordinates": changed(every(CITIES, anything, lon="", lat="")),
    "coordinates of a few": changed(every(CITIES, lambda row: row["province"] not in {"江苏", "浙江"}, lon="", lat="")),
    "no coordinates of the focus": changed(every(CITIES, of(city="广州"), lon="", lat="")),
    "no agglomerations": changed(every(CITIES, anything, urban_agglomeration="")),
    "no statements": changed(emptied(STATEMENTS)),
    **{f"no {topic} stated": changed(dropped(STATEMENTS, of(topic=topic))) for topic in TOPICS},
    "no statements of the nation": changed(dropped(STATEMENTS, of(subject="nation"))),
    "statements of another city": changed(every(STATEMENTS, of(subject="city:广州"), subject="city:深圳")),
    "statements without dates": changed(every(STATEMENTS, anything, date="")),
    "statements without speakers": changed(every(STATEMENTS, anything, speaker="")),
    "no figures": changed(emptied(FIGURES)),
    "no figures of the nation": unsaid(of(subject="nation")),
    "no figures of the focus": unsaid(lambda row: row["subject"] in {"A05", "A19", "A22", "C15", "city:广州"}),
    **{
        f"no {metric} of {subject}": unsaid(of(subject=subject, metric=metric))
        for subject, metric in (
            ("A05", "leading_industry_output"), ("A05", "national_share"), ("A05", "national_rank_scale"), ("A19", "total_output"),
            ("A22", "export_share_low"), ("A22", "export_share_high"), ("C15", "automobile_manufacturing_output"),
            ("nation", "cross_regional_share_2022"), ("nation", "cross_regional_share_of_new"),
            ("nation", "innovation_carriers_of_the_80"),
        )
    },
    "a second rank": changed(figure("A05", "national_rank_scale", value="2", quote="产业规模居全国第2位")),
    "another bound": changed(figure("A19", "total_output", qualifier="近", quote="2024年集群总产值近10600亿元")),
    "a bound for more": changed(figure("C15", "vehicle_output", qualifier="约", quote="汽车产量约547万辆")),
    "a figure with a year": changed(figure("C15", "vehicle_output", year="2024")),
    "figures of years": changed(every(FIGURES, lambda row: row["subject"] in {"A05", "A22", "C15"}, year="2024")),
    "a metric without a year": changed(figure("nation", "innovation_carriers_of_the_80", year="")),
    "the ministry says as many": changed(figure("nation", "provinces_with_cluster_miit", value="25", quote="遍布25省")),
    "another number in the settings": changed(replaced("clusterreport.toml", "number = 9 ", "number = 10 ")),
}  # fmt: skip

# ── by chance ────────────────────────────────────────────────────────────────────────────────────────────────────────

CHANCE = {
    f"{count} clusters by chance, {focus}": changed(some(count, seed), focus=focus)
    for seed, (count, focus) in enumerate(
        ((10, "广州"), (15, "深圳"), (25, "苏州"), (35, "北京"), (50, "青岛"), (60, "无锡"), (70, "杭州"), (75, "佛山"))
    )
}

CHANGES: dict[str, Change] = CITIES_OF_FOCUS | TIMES | SHARES | PLACES | WORDS | CHANCE
