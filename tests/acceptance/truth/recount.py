"""What each number of an edition must be, by its name in facts.json, counted from the tables alone."""

from __future__ import annotations

import math
import statistics
from collections import Counter
from functools import cached_property
from typing import TYPE_CHECKING

import networkx as nx
import pandas as pd

from tests.acceptance.truth.tables import Cluster, Tables, held, mean, percent, places

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    Amount = float | None

TRUST = {"confirmed": "已确认", "likely": "较可靠", "unconfirmed": "待核", "unnamed": "名称未查明"}
EARTH = 6371.0088  # the mean radius in km


def gini(counts: Iterable[int]) -> Amount:
    """Return the mean difference between any two, by twice the mean."""
    numbers = list(counts)
    total = sum(numbers)
    differences = sum(abs(one - other) for one in numbers for other in numbers)
    return differences / (2 * len(numbers) * total) if total else None


def between_share(counts: Mapping[str, int], region: Mapping[str, str]) -> Amount:
    """Return which part of Theil's index lies between the regions, in per cent."""
    frame = pd.DataFrame({"x": counts, "region": pd.Series(region)})
    total, size = frame["x"].sum(), len(frame)
    if not total:
        return None
    shares = frame["x"] / total
    whole = sum(share * math.log(share * size) for share in shares if share)
    groups = frame.groupby("region")["x"].agg(["sum", "size"])
    parts = zip(groups["sum"], groups["size"], strict=True)
    between = sum(part / total * math.log((part / total) / (many / size)) for part, many in parts if part)
    return percent(float(between), float(whole))


def spearman(one: list[float], other: list[float]) -> Amount:
    """Return Pearson's correlation of the ranks, None where one of them does not vary."""
    if len(set(one)) < 2 or len(set(other)) < 2:
        return None
    return float(pd.Series(one).rank().corr(pd.Series(other).rank()))


class Recount:
    """All numbers of an edition, by name; ``expected`` holds those of the whole register, and those of one city."""

    def __init__(self, tables: Tables) -> None:
        """Count everything at once."""
        self.t = tables
        self.expected: dict[str, Amount] = {}
        self._nation()
        self._regions()
        self._changes()
        self._integration()
        self._network()
        self._city()
        self._history()
        self._charts()

    def __getitem__(self, name: str) -> Amount:
        """Return what a number must be; KeyError where nothing is known of it."""
        return self.expected[name]

    def number(self, name: str) -> float:
        """Return the same where it must be known."""
        found = self.expected[name]
        assert found is not None, name
        return found

    def _put(self, family: str, **amounts: Amount) -> None:
        self.expected |= {f"{family}.{name}": amount for name, amount in amounts.items()}

    @cached_property
    def gdp(self) -> dict[str, tuple[float | None, str]]:
        return self.t.values("gdp")

    def share_cross(self, clusters: Iterable[Cluster]) -> Amount:
        """Return the share of cross-regional clusters, in per cent."""
        found = list(clusters)
        return percent(sum(cluster.cross for cluster in found), len(found))

    def _nation(self) -> None:
        t = self.t
        many, stock, intake = len(t.clusters), len(t.stock), len(t.intake)
        provinces, fields = held(t.by_province(t.clusters)), t.by_field(t.clusters)
        known = sum(fields.values())
        self._put(
            "nation", clusters=many, stock=stock, intake=intake, intake_year=t.years[-1],
            stock_year=t.years[-2] if stock else None, growth=percent(intake, stock), provinces=len(provinces),
            provinces_all=len(t.provinces), provinces_without=len(t.provinces) - len(provinces),
            places=sum(provinces.values()), multi_province=sum(len(each.provinces) > 1 for each in t.clusters),
            classified=known, unnamed=many - known,
            top_fields_share=percent(sum(sorted(fields.values(), reverse=True)[:3]), known),
            cities=len(t.by_city(t.clusters)),
        )  # fmt: skip
        for field, (place, _) in places(fields).items():
            self._put(f"nation.by_field[{field}]", value=fields[field], place=place)
        for batch in {each.batch for each in t.clusters}:
            self._put(f"nation.batches[{batch}]", clusters=sum(each.batch == batch for each in t.clusters))
        for year in t.years:
            own, upto = sum(each.year == year for each in t.clusters), sum(each.year <= year for each in t.clusters)
            self._put(f"nation.years[{year}]", clusters=own, cumulative=upto)
        for code, word in TRUST.items():
            self._put(f"nation.by_confidence[{word}]", clusters=sum(each.confidence == code for each in t.clusters))

    def _regions(self) -> None:
        t, put = self.t, self._put
        counts, stock, intake = (t.by_province(each) for each in (t.clusters, t.stock, t.intake))
        every, total = places(counts), sum(counts.values())
        for name, count in counts.items():
            gdp = self.gdp.get(name, (None, ""))[0]
            share, place = percent(count, total), every[name][0]
            for family in ("by_province", "all_provinces"):
                put(f"regions.{family}[{name}]", value=count, place=place, share=share)
            put(
                f"regions.provinces[{name}]", clusters=count, stock=stock[name], intake=intake[name], share=share,
                place=place, gdp=gdp, per_trillion=count * 10_000 / gdp if gdp else None,
            )  # fmt: skip
            self.expected[f"regions.by_period[{self.before}][{name}]"] = stock[name]
            self.expected[f"regions.by_period[{t.years[-1]}年新增][{name}]"] = intake[name]
            self.expected[f"regions.scatter[集群数][{name}]"] = count
            self.expected[f"regions.scatter[地区生产总值][{name}]"] = gdp
        for last, word in ((3, "three"), (5, "five")):
            first = [name for name, count in counts.items() if count and every[name][0] <= last]
            held_by = sum(counts[name] for name in first)
            put(f"regions.first_{word}", count=len(first), share=percent(held_by, total))
        self._four_regions()
        self.expected["regions.concentration.gini"] = gini(counts.values())
        self.expected["regions.concentration.between_share"] = between_share(counts, t.provinces)
        x = y = 0.0
        self.expected["regions.lorenz[省份累计占比][0]"] = self.expected["regions.lorenz[集群累计占比][0]"] = 0
        for name in sorted(counts, key=counts.__getitem__):
            x, y = x + 1, y + counts[name]
            self.expected[f"regions.lorenz[省份累计占比][{name}]"] = percent(x, len(counts))
            self.expected[f"regions.lorenz[集群累计占比][{name}]"] = percent(y, total)
        for word, sure in (("gdp_correlation", False), ("gdp_correlation_sure", True)):
            used = {
                name: value
                for name, (value, trust) in self.gdp.items()
                if value is not None and not (sure and trust == "unconfirmed")
            }
            put(f"regions.{word}", n=len(used), rho=spearman([counts[name] for name in used], [*used.values()]))

    def _four_regions(self) -> None:
        t = self.t
        parts = [t.by_region(each) for each in (t.clusters, t.stock, t.intake)]
        with_any = held(t.by_province(t.clusters))
        for region in t.regions:
            count, stock, intake = (part[region] for part in parts)
            self._put(
                f"regions.regions[{region}]", clusters=count, stock=stock, intake=intake,
                share=percent(count, len(t.clusters)), stock_share=percent(stock, len(t.stock)),
                intake_share=percent(intake, len(t.intake)),
                provinces=sum(each == region for each in t.provinces.values()),
                provinces_with=sum(t.provinces[each] == region for each in with_any),
            )  # fmt: skip
        cells = {
            field: t.by_region(each for each in t.clusters if each.field == field) for field in t.by_field(t.clusters)
        }
        total = sum(sum(cell.values()) for cell in cells.values())
        for field, cell in cells.items():
            of_field = sum(cell.values())
            for region in t.regions:
                of_region = sum(each[region] for each in cells.values())
                quotient = (cell[region] / of_region) / (of_field / total) if of_region else None
                self.expected[f"regions.location_quotient[{field}][{region}]"] = quotient
                self._put(f"regions.specialised[{region}·{field}]", quotient=quotient, clusters=cell[region])

    @property
    def before(self) -> str:
        """Return what the clusters before the latest year are called in the names of numbers."""
        return f"截至{self.t.years[-2]}年" if self.t.stock else "此前"

    def _changes(self) -> None:
        t = self.t
        before, after, gained = (t.by_province(each) for each in (t.stock, t.clusters, t.intake))
        gains = held(gained)
        was, now = gini(before.values()), gini(after.values())
        self._put(
            "changes", provinces_before=len(held(before)), gainers=len(gains),
            newcomer_count=sum(1 for name in after if after[name] and not before[name]),
            gini_change=None if was is None or now is None else now - was,
        )  # fmt: skip
        self.expected["changes.concentration_before.between_share"] = between_share(before, t.provinces)
        for name, (place, _) in places(gains).items():
            self._put(f"changes.by_gain[{name}]", value=gains[name], place=place)
        for name in after:
            self.expected[f"changes.dumbbell[{self.before}][{name}]"] = before[name]
            self.expected[f"changes.dumbbell[截至{t.years[-1]}年][{name}]"] = after[name]
        old = t.by_field(t.stock)
        for field in t.by_field(t.clusters):
            self._put(f"changes.fields[{field}]", before=old[field])

    def _integration(self) -> None:
        t = self.t
        for word, clusters in (("stock", t.stock), ("intake", t.intake), ("total", t.clusters)):
            crossing = [each for each in clusters if each.cross]
            complete = [each for each in clusters if each.named and each.id not in t.incomplete]
            across = sum(len(each.provinces) > 1 for each in crossing)
            self._put(
                f"integration.{word}", clusters=len(clusters), cross=len(crossing), share=self.share_cross(clusters),
                cross_province=across, within_province=len(crossing) - across, single=len(clusters) - len(crossing),
                cities_per_cluster=mean([len(each.named) for each in complete]),
                provinces_per_cluster=mean([len(each.provinces) for each in clusters]),
            )  # fmt: skip
        stock, total = self["integration.stock.share"], self["integration.total.share"]
        self._put(
            "integration", change=None if stock is None or total is None else total - stock,
            incomplete_count=sum(each.id in t.incomplete for each in t.clusters),
            cityless_count=sum(1 for each in t.clusters if not each.named),
            assumed_count=sum(1 for each in t.clusters if not each.named and t.cities_of(each)),
        )  # fmt: skip
        for year in t.years:
            upto, own = ([c for c in t.clusters if c.year <= year], [c for c in t.clusters if c.year == year])
            self.expected[f"integration.shares[累计集群][{year}年]"] = self.share_cross(upto)
            self.expected[f"integration.shares[当年新增集群][{year}年]"] = self.share_cross(own)
        for word, name in (("stock", self.before), ("intake", f"{t.years[-1]}年新增")):
            for key, reach in (("single", "单市"), ("within_province", "省内跨市"), ("cross_province", "跨省")):
                self.expected[f"integration.extent[{name}][{reach}]"] = self[f"integration.{word}.{key}"]

    def _network(self) -> None:
        t, put = self.t, self._put
        counts = t.by_city(t.clusters)
        graph: nx.Graph[str] = nx.Graph(list(t.shared))
        sizes = [len(part) for part in nx.connected_components(graph)]
        many = len(counts)
        put(
            "integration.network", cities=many, tied=len(graph), ties=len(t.shared), components=len(sizes),
            largest_component=max(sizes, default=0), density=percent(len(t.shared), many * (many - 1) / 2),
        )  # fmt: skip
        known = {pair: km for pair in t.shared if (km := self.distance(*pair)) is not None}
        same = {pair: t.cities[pair[0]]["province"] == t.cities[pair[1]]["province"] for pair in known}
        within, across = ([km for pair, km in known.items() if same[pair] is side] for side in (True, False))
        lengths = list(known.values())
        put(
            "integration.distances", mean=mean(lengths), median=statistics.median(lengths) if lengths else None,
            within=mean(within), across=mean(across), within_pairs=len(within), across_pairs=len(across),
            shortest=min(lengths, default=None), longest=max(lengths, default=None), pairs=len(lengths),
        )  # fmt: skip
        degrees = {name: len(found) for name, found in t.partners.items()}
        for name, (place, _) in places(degrees).items():
            put(f"integration.network.by_partners[{name}]", value=degrees[name], place=place)
            self.expected[f"integration.network.panel[伙伴城市数][{name}]"] = degrees[name]
        for pair, count in t.shared.items():
            for name in ("—".join(pair), "—".join(pair[::-1])):
                self.expected[f"integration.network.panel[{name}]"] = count
                self.expected[f"integration.network.map[{name}]"] = count
                put(f"integration.network.strongest[{name}]", shared=count, distance=self.distance(*pair))
        for name, count in counts.items():
            for word, column in (("经度", "lon"), ("纬度", "lat")):
                degree = t.cities[name][column]
                self.expected[f"integration.network.map[{word}][{name}]"] = float(degree) if degree else None
            self.expected[f"integration.network.map[集群数][{name}]"] = count
        for name in {row["urban_agglomeration"] for row in t.cities.values()} - {""}:
            members = {city for city, row in t.cities.items() if row["urban_agglomeration"] == name}
            touching = [each for each in t.clusters if members & set(t.cities_of(each))]
            put(
                f"integration.agglomerations[{name}]", clusters=len(touching),
                cross=sum(each.cross for each in touching), cities=len(members & set(counts)),
            )  # fmt: skip

    def _charts(self) -> None:
        """Count what charts make of their values: sums of stacks, shares of a ring, what a Lorenz curve says."""
        counts = sorted(self.t.by_province(self.t.clusters).values())
        fields = self.t.by_field(self.t.clusters)
        middle = len(counts) // 2  # of 31 provinces the half is 15 and half of the next
        half = sum(counts[:middle]) + (counts[middle] / 2 if len(counts) % 2 else 0)
        ways = [self[f"integration.total.{key}"] for key in ("single", "within_province", "cross_province")]
        for title in ("居前省份的批次构成", "Leading provinces by time of naming"):
            self.expected |= {f"chart[{title}].sum.{place}": count for place, count in enumerate(reversed(counts))}
        for title in ("存量与新增集群的跨度", "Reach of earlier and of new clusters"):
            self.expected |= {f"chart[{title}].sum.{place}": count for place, count in enumerate(ways)}
        for title in ("集群的领域构成", "Clusters by industrial field"):
            self._put(f"chart[{title}]", sum=sum(fields.values()))
            for field, count in fields.items():
                name = f"chart[{title}].share[nation.by_field[{field}].value]"
                self.expected[name] = percent(count, sum(fields.values()))
            if len(fields) > 6:
                rest = sum(sorted(fields.values(), reverse=True)[5:])
                self.expected[f"chart[{title}].sum.rest"] = rest
                self.expected[f"chart[{title}].share[chart[{title}].sum.rest]"] = percent(rest, sum(fields.values()))
        for title in ("省份间分布的洛伦兹曲线", "Lorenz curve of clusters among provinces"):
            self._put(f"chart[{title}]", gini=gini(counts), half=percent(half, sum(counts)))

    def distance(self, one: str, other: str) -> Amount:
        """Return the great-circle distance of two cities in km."""
        cells = [self.t.cities[name][column] for name in (one, other) for column in ("lon", "lat")]
        if not all(cells):
            return None
        east, north, far_east, far_north = (math.radians(float(cell)) for cell in cells)
        a = math.sin((far_north - north) / 2) ** 2
        a += math.cos(north) * math.cos(far_north) * math.sin((far_east - east) / 2) ** 2
        return 2 * EARTH * math.asin(math.sqrt(a))

    def _city(self) -> None:
        t, put, focus = self.t, self._put, self.t.focus
        counts = t.by_city(t.clusters)
        by_count, by_partners = places(counts), places({name: len(each) for name, each in t.partners.items()})
        for name in {*counts, focus}:
            partners = t.partners.get(name, Counter())
            gaps = any(each.id in t.incomplete for each in t.own(name)) and not partners
            line: dict[str, Amount] = {
                "clusters": counts[name], "joint": sum(each.cross for each in t.own(name)),
                "partners": None if gaps else len(partners), "ties": None if gaps else sum(partners.values()),
                "place": by_count[name][0] if name in by_count else None,
                "partners_place": by_partners[name][0] if name in by_partners else None,
            }  # fmt: skip
            put(f"city.comparison[{name}]", **line)
            put(f"city.by_clusters[{name}]", value=counts[name], place=line["place"])
        own = {name.rpartition(".")[2]: amount for name, amount in self.expected.items() if f"son[{focus}]" in name}
        put(
            "city", count=own["clusters"], joint=own["joint"], cities=len(counts), partner_count=own["partners"],
            joint_share=percent(own["joint"] or 0, counts[focus]),
        )  # fmt: skip
        put("city.standing", **own)
        kilometres = [km for name in t.partners.get(focus, {}) if (km := self.distance(focus, name)) is not None]
        put("city", nearest=min(kilometres, default=None), farthest=max(kilometres, default=None))
        for name, shared in t.partners.get(focus, {}).items():
            put(f"city.partners[{name}]", shared=shared, distance=self.distance(focus, name))
        for each in t.own(focus):
            put(f"city.clusters[{each.id}]", year=each.year)

    def _history(self) -> None:
        t, put, focus = self.t, self._put, self.t.focus
        before, after = t.by_city(t.stock), t.by_city(t.clusters)
        was = places(before)
        put(
            "city.history", before=before[focus], gain=after[focus] - before[focus], cities_before=len(before),
            place_before=was[focus][0] if focus in was else None,
            level_before=list(before.values()).count(before[focus]) if focus in was else None,
            level=list(after.values()).count(after[focus]) if after[focus] else None,
        )  # fmt: skip
        for name in after:
            for word in ("overtaken_by", "overtook"):
                put(f"city.history.{word}[{name}]", before=before[name], after=after[name])
        home = t.cities[focus]["province"]
        counts, old, new = (t.by_province(each)[home] for each in (t.clusters, t.stock, t.intake))
        gains = held(t.by_province(t.intake))
        share, share_before = percent(counts, len(t.clusters)), percent(old, len(t.stock))
        put(
            "city.home", clusters=counts, before=old, gain=new, gainers=len(gains), share=share,
            gain_place=places(gains)[home][0] if home in gains else None, share_before=share_before,
            share_change=None if share is None or share_before is None else share - share_before,
        )  # fmt: skip
