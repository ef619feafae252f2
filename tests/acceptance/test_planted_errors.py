# ruff: noqa: E501 -- a plant and what is told of it stand together
"""Errors planted in copies of the shipped project are each told, with level, place and remedy; and nothing else is."""

from __future__ import annotations

import datetime as dt
import shutil
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from clusterreport.cli import main
from tests.acceptance.plants import FIGURES, both, cell, copied, figure, removed, replaced, told_of

if TYPE_CHECKING:
    from tests.acceptance.plants import Plant

pytestmark = pytest.mark.slow
ROOT = Path(__file__).resolve().parents[2]
SHIPPED = {
    # 陕西 3 is entered for 2025, and its report is of December 2024.
    ("warn", "data/published_figures.csv, row 70, column year"),
    # The imprint is an example: nobody's name is in it, and nothing of it is sent.
    ("warn", "clusterreport.toml, briefing.author"),
    ("warn", "templates/audiences/leaders/audience.toml, letterhead.issuer"),
    ("warn", "templates/audiences/leaders/audience.toml, letterhead.copies"),
    # 苏州 6 is of 2026; the reports on C17 and on 江西 appeared after the day of the data.
    ("note", "data/published_figures.csv, row 68"),
    # Data/README.md, "What does not agree", lists them; the briefing prints both sides.
    ("note", "data/published_figures.csv"),
    # Seven tasks of a conference, and a place by output: no table of the register has them.
    ("note", "data/statements.csv"),
}
GDP_OF_GUANGDONG = {"province": "广东", "measure": "gdp"}
A19 = ("A19", "total_output")
SHARE = ("nation", "cross_regional_share_2024")
TOTAL = ("nation", "clusters_total")
AUTHOR = "广州市××研究中心"

# ── what the audit planted ───────────────────────────────────────────────────────────────────────────────────────────
# What it is · the plant · its level · its place · what the message says

AUDITED: tuple[tuple[str, Plant, str, str, str], ...] = (
    ("total against its quote", figure(*TOTAL, value="81"), "block", "data/published_figures.csv, row 2, column value",
     'it is 81 个, and its quote says "80个"'),
    ("total against the rows", figure(*TOTAL, value="81", quote="81个集群"), "block",
     "clusterreport.toml, delivery.must_agree", "nation.clusters_total is 81个 as published, and the rows say 80个"),
    ("another value than the quote", figure("A19", "little_giants", value="267"), "block",
     "data/published_figures.csv, row 16, column value", 'it is 267 家, and its quote says "276家"'),
    ("an earlier year than the quote", figure(*A19, year="2019"), "warn",
     "data/published_figures.csv, row 15, column year", 'it is of "2019", and its quote speaks of 2024'),
    ("a later year than the quote", figure(*A19, year="2029"), "warn",
     "data/published_figures.csv, row 15, column year", 'it is of "2029", and its quote speaks of 2024'),
    ("the year after the data", figure(*A19, year="2026"), "warn",
     "data/published_figures.csv, row 15, column year", 'it is of "2026", and its quote speaks of 2024'),
    ("ten thousand times as much", figure(*A19, unit="万亿元"), "block",
     "data/published_figures.csv, row 15, column unit", 'it is 10600 万亿元 (超), and its quote says "超10600亿元"'),
    ("a ten thousandth", figure("A05", "leading_industry_output", value="1.35"), "block",
     "data/published_figures.csv, row 17, column unit", 'it is 1.35 亿元, and its quote says "1.35万亿元"'),
    ("近 that the quote has not", figure(*SHARE, qualifier="近"), "block",
     "data/published_figures.csv, row 11, column qualifier", 'it is 74 % (近), and its quote says "74%"'),
    ("近 that is not true", figure(*SHARE, qualifier="近", quote="提升至2024年的近74%"), "note",
     "data/published_figures.csv", "nation.cross_regional_share_2024"),
    ("超 that the quote has not", figure(*TOTAL, qualifier="超"), "block",
     "data/published_figures.csv, row 2, column qualifier", 'it is 80 个 (超), and its quote says "80个"'),
    ("超 that is not true", figure(*TOTAL, qualifier="超", quote="超80个集群"), "block",
     "clusterreport.toml, delivery.must_agree", "nation.clusters_total is 超80个 as published, and the rows say 80个"),
    ("近 instead of 超", figure(*A19, qualifier="近"), "block",
     "data/published_figures.csv, row 15, column qualifier", 'it is 10600 亿元 (近), and its quote says "超10600亿元"'),
    ("exact instead of 超", figure(*A19, qualifier="exact"), "block",
     "data/published_figures.csv, row 15, column qualifier", 'it is 10600 亿元, and its quote says "超10600亿元"'),
    ("a place that is not true",
     both(figure("province:广东", "clusters", quote="广东和浙江以8个集群数量并排第三"),
          figure("province:浙江", "clusters", quote="广东和浙江以8个集群数量并排第三")),
     "note", "data/published_figures.csv", "claims.rank[广东、浙江]"),
    ("a cluster under two ids", copied("clusters", {"id": "A01"}, id="A99"), "block",
     "data/clusters.csv, row 82, column name_zh", "of row 2 once more"),
    ("a cluster under two ids, with 市", both(cell("clusters", {"id": "C15"}, name_zh="广深佛惠莞中智能网联新能源汽车集群"),
     copied("clusters", {"id": "C15"}, id="C99", name_zh="广深佛惠莞中市“智能网联” 新能源汽车集群")), "block",
     "data/clusters.csv, row 82, column name_zh", "of row 61 once more"),
    ("coordinates ten degrees off", cell("cities", {"city": "广州"}, lon="103.26"), "warn",
     "data/cities.csv, row 9, column lon", "广州: it lies "),
    ("coordinates of another city", cell("cities", {"city": "南昌"}, lon="126.65", lat="45.75"), "warn",
     "", "南昌"),
    ("GDP times ten", cell("province_values", GDP_OF_GUANGDONG, value="1416338.1"), "warn",
     "data/province_values.csv, row 38, column value", "what it is in the middle of the provinces"),
    ("GDP by ten", cell("province_values", GDP_OF_GUANGDONG, value="14163.38"), "warn",
     "data/province_values.csv, row 38, column value", "what it is in the middle of the provinces"),
    ("GDP in 万亿元", cell("province_values", GDP_OF_GUANGDONG, value="14.16"), "warn",
     "data/province_values.csv, row 38, column value", "what it is in the middle of the provinces"),
    ("an earlier day", replaced("clusterreport.toml", "as_of = 2025-09-22", "as_of = 2023-06-01"), "note",
     "data/clusters.csv, row 47", "35 rows are later than 2023-06-01, and not used"),
    ("a year with a forecast", figure(*A19, year="2024E"), "block",
     "data/published_figures.csv, row 15, column year", '"2024E"'),
)  # fmt: skip

# ── and others ───────────────────────────────────────────────────────────────────────────────────────────────────────

OTHERS: tuple[tuple[str, Plant, str, str, str], ...] = (
    ("a statement with another count", cell("statements", {"id": "S01"}, words="81个国家级集群的代表参加"), "warn",
     "data/statements.csv, row 2, column words", "“81个” is not true of nation.clusters (80个)"),
    ("a statement with another count in its quote", cell("statements", {"id": "S01"}, quote="全国八十一个国家级先进制造业集群代表"),
     "warn", "data/statements.csv, row 2, column quote", "“八十一个” is not true of nation.clusters (80个)"),
    ("a statement with another count in English", cell("statements", {"id": "S01"}, words_en="Delegates of the 81 national clusters came"),
     "warn", "data/statements.csv, row 2, column words_en", "“81” is not true of nation.clusters"),
    ("a statement with another count of a city", cell("statements", {"id": "S18"}, words="广州有六个国家级集群"), "warn",
     "data/statements.csv, row 19, column words", "“六个” is not true of"),
    ("a statement with another share", cell("statements", {"id": "S06"}, words="广东的集群占全国五分之一"), "warn",
     "data/statements.csv, row 7, column words", "“五分之一” is not true of"),
    ("a statement with another place", cell("statements", {"id": "S06"}, words="广东集群数居全国首位"), "warn",
     "data/statements.csv, row 7, column words", "“首位” is not true of"),
    ("a statement that ignores a tie", cell("statements", {"id": "S06"}, words="广东集群数居全国第二位"), "warn",
     "data/statements.csv, row 7, column words", "“第二位” is not true of"),
    ("shares for firms", figure("province:山东", "clusters", unit="%"), "block", "column unit", '"6个"'),
    ("1.72万亿 as 亿元", figure("B05", "output", value="1.72"), "block", "column unit", '"1.72万亿元"'),
    ("4.1万亿 of 亿元", figure("province:山东", "revenue_provincial_and_national_clusters", unit="万亿元"), "block",
     "column value", '"4.1万亿元"'),
    ("a plan as a fact", figure("city:广州", "benchmark_parks_planned", qualifier="余"), "block", "column qualifier",
     '"10个"'),
    ("a fact as a plan", figure("A19", "little_giants", qualifier="计划"), "block", "column qualifier", '"276家"'),
    ("约 as 超", figure("C03", "sales", qualifier="超"), "block", "column qualifier", '"约2600亿元"'),
    ("多 as exact", figure("A22", "producers", qualifier="exact"), "block", "column qualifier", '"3000多家"'),
    ("余 as 近", figure("C25", "enterprises", qualifier="近"), "block", "column qualifier", '"240余家"'),
    ("a number in Chinese", figure("nation", "cross_regional_clusters", quote="已有三十八个跨区域集群"), "block",
     "column value", '"三十八个"'),
    ("a share in Chinese", figure(*SHARE, quote="提升至百分之四十七"), "block", "column value", '"百分之四十七"'),
    ("a share in tenths", figure(*SHARE, quote="达到七成六"), "block", "column value", '"七成六"'),
    ("a fraction", figure("A05", "national_share", quote="全国占比近四分之一", wording="四分之一"), "block", "column value", '"近四分之一"'),
    ("a large number in Chinese", figure("A10", "output", quote="超过二千一百亿元"), "block", "column value",
     '"超过二千一百亿元"'),
    ("a number that was mistyped", figure("B17", "revenue_above_scale", value="401.9"), "block", "column value",
     '"410.9亿元"'),
    ("a place of the source", figure("C12", "rank_in_final", value="11"), "block", "column value", '"12名"'),
    ("the first place", figure("A05", "national_rank_scale", value="2"), "block", "column value", '"首位"'),
    ("parts that do not add up", figure("region:长三角", "clusters", value="27"), "block", "column value", '"13个"'),
    ("vehicles by the piece", figure("C17", "vehicle_output", unit="个"), "block", "column unit", '"突破270万辆"'),
    ("one of two numbers", figure("nation", "provinces_of_the_45", value="18"), "block", "column value", '"19个"'),
    ("a half year of another year", figure("nation", "output_of_the_25_first_half_2022", quote="2023年上半年完成产值6.2万亿元"),
     "warn", "column year", "its quote speaks of 2023"),
    ("a year ahead of its source", figure("nation", "clusters_named_2022", year="2024"), "warn", "column year",
     'its source is of "2022-11-30"'),
    ("a figure in two rows", copied(FIGURES, {"subject": "A10", "metric": "output"}), "warn", "row 108",
     "it says what row"),
    ("a city with 市", copied("cities", {"city": "苏州"}, city="苏州市", name_en="", lon="121.3"), "block",
     "data/cities.csv, row 98, column city", '"苏州市" is "苏州" of row 2 once more'),
    ("a province with 省", copied("provinces", {"province": "江苏"}, province="江苏省"), "block",
     "data/provinces.csv, row 33, column province", '"江苏省" is "江苏" of row 11 once more'),
    ("a cluster with brackets", both(copied("clusters", {"id": "A02"}, id="A98"),
     cell("clusters", {"id": "A98"}, name_zh="（无锡市）物联网集群"), cell("clusters", {"id": "A02"}, name_zh="无锡物联网 集群")),
     "block", "column name_zh", "once more"),
    ("a name of two places", both(cell("clusters", {"id": "A01"}, name_zh="甲集群"), cell("clusters", {"id": "A02"}, name_zh="甲集群")),
     "warn", "data/clusters.csv, row 3, column name_zh", "and lies elsewhere"),
    ("a latitude off by ten", cell("cities", {"city": "佛山"}, lat="33.02"), "warn", "column lon", "佛山: it lies "),
    ("a longitude off by five", cell("cities", {"city": "东莞"}, lon="118.75"), "warn", "column lon", "东莞: it lies "),
    ("two cities at one point", cell("cities", {"city": "深圳"}, lon="113.25", lat="23.11667"), "warn", "column lon",
     "it lies where"),
    ("a city that stands alone", cell("cities", {"city": "合肥"}, lon="103.8"), "warn", "column lon", "合肥: it lies "),
    ("a population times ten", cell("province_values", {"province": "河南", "measure": "population"}, value="97850"),
     "warn", "column value", "in the middle of the provinces"),
    ("a population in persons", cell("province_values", {"province": "浙江", "measure": "population"}, value="66700000"),
     "warn", "column value", "in the middle of the provinces"),
    ("a lost decimal point", cell("province_values", {"province": "北京", "measure": "gdp"}, value="4984.31"), "warn",
     "column value", "in the middle of the provinces"),
    ("an output out of all scale", figure("B06", "leading_industry_output", value="12130000", quote="产值创新高"), "warn",
     "column value", "is out of all scale with what most clusters make"),
    ("two outputs of one cluster", cell(FIGURES, {"subject": "B05", "year": "2022"}, value="150", quote="规模再上台阶"),
     "warn", "column value", "is out of scale with the other outputs of B05"),
    ("a source after the day", figure("A10", "output", source_date="2025-12-01"), "note", "data/published_figures.csv, row 68",
     "4 rows are later than 2025-09-22"),
    ("a quote without its number", figure("A10", "output", quote="总产值再创新高"), "note", "data/published_figures.csv",
     "1 figure is not in the quote beside it (row"),
    ("a day before the register", replaced("clusterreport.toml", "as_of = 2025-09-22", "as_of = 2020-01-01"), "block",
     "clusterreport.toml, briefing.as_of", "2020-01-01 is before the first row of the register, which is of 2021"),
    ("number 0", replaced("clusterreport.toml", "number = 9 ", "number = 0 "), "block",
     "clusterreport.toml, briefing.number", "0 is not a number of an issue"),
    ("a lost row", removed("clusters", {"id": "B11"}), "block", "clusterreport.toml, delivery.must_agree",
     "nation.clusters_total is 80个 as published, and the rows say 79个"),
    ("a metric that has no name", figure("A10", "output", metric="outputs"), "warn", "column metric",
     'nothing says what "outputs" is called'),
    ("a name to be written", replaced("clusterreport.toml", AUTHOR, "XX市研究中心"), "warn",
     "clusterreport.toml, briefing.author", '"XX市研究中心" holds a placeholder'),
    ("a word to be written", replaced("templates/audiences/leaders/conclusions.md.j2", "产出口径不同，", "待补。产出口径不同，"),
     "warn", "templates/audiences/leaders", "holds a placeholder"),
    ("a line to be written", replaced("templates/audiences/leaders/audience.toml", "（共印××份）", "（共印____份）"), "warn",
     "templates/audiences/leaders/audience.toml, letterhead.copies", '"（共印____份）" holds a placeholder'),
    ("a square to be filled", replaced("templates/audiences/leaders/audience.toml", "（共印××份）", "（共印□□份）"), "warn",
     "templates/audiences/leaders/audience.toml, letterhead.copies", '"（共印□□份）" holds a placeholder'),
    ("a doubtful cell of a province", cell("province_values", {"province": "江苏", "measure": "gdp"}, value="13700"),
     "warn", "column value", "in the middle of the provinces"),
    ("a claim of most", figure("province:江苏", "clusters", quote="江苏有14个，并列第二"), "note",
     "data/published_figures.csv", "claims.rank[江苏]"),
    ("a share that is not true", figure("nation", "cross_regional_share_of_the_35", value="80", quote="超过80%"), "note",
     "data/published_figures.csv", "nation.cross_regional_share_of_the_35"),
)  # fmt: skip


@pytest.fixture
def project(tmp_path: Path) -> Path:
    for part in ("data", "templates"):
        shutil.copytree(ROOT / part, tmp_path / part)
    shutil.copy(ROOT / "clusterreport.toml", tmp_path)
    return tmp_path


def test_of_the_shipped_project_nothing_is_told_but_what_is_known(project: Path) -> None:
    assert {(problem.level.value, problem.where) for problem in told_of(project)} == SHIPPED


@pytest.mark.parametrize("example", ["flights", "life-expectancy"])
def test_of_the_examples_nothing_is_told(example: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["check", str(ROOT / "examples" / example)]) == 0
    assert "warning" not in capsys.readouterr().out


def test_there_are_twice_as_many_as_the_audit_planted() -> None:
    assert len(OTHERS) >= 2 * len(AUDITED)


@pytest.mark.parametrize(
    ("plant", "level", "where", "words"),
    [pytest.param(*rest, id=name) for name, *rest in (*AUDITED, *OTHERS)],
)
def test_each_is_told_with_its_level_place_and_remedy(
    project: Path, plant: Plant, level: str, where: str, words: str
) -> None:
    plant(project)
    told = told_of(project)
    found = [problem for problem in told if words in problem.problem and where in problem.where]
    assert found, "\n".join(map(str, told))
    assert {problem.level.value for problem in found} == {level}
    assert all(problem.remedy.endswith(".") for problem in found)
    if level != "block":
        assert not [problem for problem in told if problem.level == "block"]


@pytest.mark.parametrize(
    ("year", "printed"), [("2024Q3", "2024年第三季度"), ("2024年1-6月", "2024年前6个月"), ("2024-09", "2024年9月")]
)
def test_a_part_of_a_year_is_printed_as_such(project: Path, year: str, printed: str) -> None:
    figure("A19", "total_output", year=year, quote="总产值超10600亿元")(project)
    assert told_of(project)
    assert printed in text_of(project, "bureau")


def text_of(project: Path, audience: str) -> str:
    from clusterreport import settings
    from clusterreport.app.build import numbered_documents
    from clusterreport.document.text import lines_of

    [numbered] = numbered_documents(settings.load(project).overridden(audiences=(audience,)))
    return "\n".join(line.text for line in lines_of(numbered))


def test_a_day_that_is_still_to_come_is_refused(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    coming = dt.datetime.now().astimezone().date() + dt.timedelta(days=2)
    for command in ("check", "build"):
        assert main([command, str(project), "--as-of", coming.isoformat()]) == 2
        assert f"--as-of: {coming} is still to come" in capsys.readouterr().err


def test_a_metric_of_the_desk_s_own_has_the_name_that_it_gives_it(project: Path) -> None:
    figure("C23", "cluster_scale", metric="park_scale", value="1000")(project)
    cell("remarks", {"subject": "C23", "metric": "cluster_scale"}, metric="park_scale")(project)
    [unnamed] = [problem for problem in told_of(project, "bureau") if "park_scale" in problem.problem]
    assert unnamed.level == "block"  # the table of checks would print it
    (project / "data" / "metrics.csv").write_text(
        "metric,name_zh,name_en\npark_scale,园区规模,size of the park\n", encoding="utf-8"
    )
    replaced("clusterreport.toml", "[folders]", 'metrics = "data/metrics.csv"\n\n[folders]')(project)
    assert not [problem for problem in told_of(project, "bureau") if "park_scale" in problem.problem]
    assert "园区规模" in text_of(project, "bureau")
