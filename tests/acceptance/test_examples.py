"""The projects in examples/ are of other subjects, without Python: built, validated, true of their data."""

from __future__ import annotations

import csv
import re
import shutil
import statistics
import zipfile
from collections import defaultdict
from decimal import ROUND_HALF_UP, Decimal
from pathlib import Path
from typing import TYPE_CHECKING, Final

import pypdfium2
import pytest

from clusterreport import settings
from clusterreport.app.build import build
from tests.acceptance.conftest import ROOT
from tests.render.docx.package_check import check
from tests.render.docx.test_package import validated
from tests.render.pdf.conformance import broken_rules

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    Rows = list[dict[str, str]]
    Files = Mapping[str, Path]

EXAMPLES: Final = ROOT / "examples"
NAMES: Final = sorted(path.parent.name for path in EXAMPLES.glob("*/clusterreport.toml"))
HAN: Final = re.compile("[\u3001-\u303f\u3400-\u9fff\uff00-\uffef]+")
OF_THE_REGISTER: Final = ("集群", "名录", "GeoNames", "cluster", "register")
PAGES: Final = 3


def rows(project: Path, table: str) -> Rows:
    with (project / "data" / f"{table}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def built(project: Path, output: Path) -> Files:
    """Build a project, both files of each audience held against each other; return them as "zh.pdf", "en.docx"."""
    issue = build(settings.load(project).overridden(output=output), verify_pair=True)
    return {f"{file.audience}{file.path.suffix}": file.path for file in issue.files}


@pytest.fixture(scope="module")
def examples(tmp_path_factory: pytest.TempPathFactory) -> Mapping[str, Files]:
    return {name: built(EXAMPLES / name, tmp_path_factory.mktemp(name)) for name in NAMES}


def text_of(path: Path) -> str:
    """Return what a PDF prints, without the ends of its lines."""
    pages = (page.get_textpage().get_text_range() for page in pypdfium2.PdfDocument(path))
    return " ".join(" ".join(pages).split())


def squeezed(path: Path) -> str:
    return text_of(path).replace(" ", "")


def told(path: Path) -> str:
    """Return all that a Word file says: its text, what its pictures are described as, its charts and properties."""
    with zipfile.ZipFile(path) as package:
        parts = [
            package.read(name).decode("utf-8")
            for name in package.namelist()
            if name.endswith(".xml") and not name.startswith(("word/styles", "word/fontTable", "word/theme"))
        ]
    return " ".join(
        "".join(found) for part in parts for found in re.findall(r'>([^<]+)<|(?:descr|title)="([^"]*)"', part)
    )


def rounded(number: float, places: int) -> str:
    """Return a number with so many decimals, halves away from zero."""
    exact = Decimal(repr(round(number, 9)))
    return str(exact.quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP))


def names(project: Path, table: str, language: str) -> dict[str, str]:
    listed = rows(project, table)
    key = next(iter(listed[0]))
    return {row[key]: row[f"name_{language}"] for row in listed}


def test_there_are_two_of_them_and_nothing_else_is_asked_for_a_third() -> None:
    assert NAMES == ["flights", "life-expectancy"]
    for name in NAMES:
        assert {path.name for path in (EXAMPLES / name).iterdir()} >= {"README.md", "NOTICE.md", "data", "templates"}
        assert not list((EXAMPLES / name).rglob("*.py"))


def test_their_look_is_the_shipped_one() -> None:
    shipped = (ROOT / "templates" / "themes" / "plain.toml").read_text(encoding="utf-8").split("\n", 1)[1]
    for name in NAMES:
        own = EXAMPLES / name / "templates" / "themes" / "plain.toml"
        assert own.read_text(encoding="utf-8").split("\n", 1)[1] == shipped


@pytest.mark.parametrize("name", NAMES)
def test_each_language_has_three_pages_and_no_word_of_the_register(examples: Mapping[str, Files], name: str) -> None:
    for language in ("zh", "en"):
        files = examples[name]
        assert len(pypdfium2.PdfDocument(files[f"{language}.pdf"])) == PAGES
        said = (squeezed(files[f"{language}.pdf"]) + told(files[f"{language}.docx"])).casefold()
        assert [word for word in OF_THE_REGISTER if word.casefold() in said.replace("clusterreport", "")] == []


@pytest.mark.parametrize("name", NAMES)
def test_the_english_files_have_no_chinese_character(examples: Mapping[str, Files], name: str) -> None:
    assert HAN.findall(text_of(examples[name]["en.pdf"])) == []
    assert HAN.findall(told(examples[name]["en.docx"])) == []
    assert HAN.findall(told(examples[name]["zh.docx"])) != []


def flights_facts(project: Path, language: str) -> dict[str, str]:
    """Return what the edition has to say of the flights, found from the files alone."""
    months, called, calendar = rows(project, "months"), *(names(project, t, language) for t in ("airports", "calendar"))
    by_month: dict[str, int] = defaultdict(int)
    by_origin: dict[str, int] = defaultdict(int)
    for row in months:
        by_month[calendar[row["month"]]] += int(row["flights"])
        by_origin[called[row["origin"]]] += int(row["flights"])
    whole = sum(by_month.values())
    first = max(by_origin, key=by_origin.__getitem__)
    busiest, quietest = (find(by_month, key=by_month.__getitem__) for find in (max, min))
    cancelled = 100 * sum(int(row["cancelled"]) for row in months) / whole
    destinations = rows(project, "destinations")
    top = max(destinations, key=lambda row: int(row["flights"]))
    kms = [float(row["km"]) for row in destinations]
    coefficient = statistics.correlation(kms, [float(row["delay"]) for row in destinations])
    return {
        "whole": f"{whole:,}",
        "share": rounded(100 * by_origin[first] / whole, 1) + "%", "first": first, "busiest": busiest,
        "most": f"{by_month[busiest]:,}", "quietest": quietest, "least": f"{by_month[quietest]:,}",
        "cancelled": rounded(cancelled, 1) + "%", "top": called[top["destination"]],
        "top_flights": f"{int(top['flights']):,}",
        "routes": str(len(rows(project, "routes"))), "coefficient": rounded(coefficient, 2).replace("-", "−"),
    }  # fmt: skip


FLIGHTS_EN = (
    "All airports together had {whole} flights in the year: {first} ", "{first} has {share} of them.",
    "The busiest month was {busiest} with {most} flights, the quietest {quietest} with {least} flights.",
    "Of all flights {cancelled} never left", "the most flights go to {top} ({top_flights} flights)",
    "serve them by {routes} routes",
    "a correlation of {coefficient}: the farther the destination, the smaller the delay",
)  # fmt: skip
FLIGHTS_ZH = (
    "各机场全年共有航班{whole}班：{first}", "{first}占{share}。",
    "航班最多的月份是{busiest}，{most}班；最少的是{quietest}，{least}班。", "取消的航班占{cancelled}",
    "航班最多的是：{top}{top_flights}班", "到这些目的地有{routes}条航线",
    "相关系数为{coefficient}：航程越远的目的地，到达延误越短",
)  # fmt: skip


def lives_facts(project: Path, language: str) -> dict[str, str]:
    called = {table: names(project, table, language) for table in ("countries", "continents")}
    years = rows(project, "years")
    last, first = ([row for row in years if row["year"] == year] for year in ("2007", "1952"))
    medians = [statistics.median(float(row["life"]) for row in each) for each in (first, last)]
    life = {row["country"]: float(row["life"]) for row in last}
    gains = {row["country"]: life[row["country"]] - float(row["life"]) for row in first}
    weighed: dict[str, list[float]] = defaultdict(lambda: [0.0, 0.0])
    for row in last:
        weighed[row["continent"]][0] += float(row["life"]) * float(row["people"])
        weighed[row["continent"]][1] += float(row["people"])
    means = {continent: over / people for continent, (over, people) in weighed.items()}
    top = max(means, key=means.__getitem__)
    longest = max(life, key=life.__getitem__)
    people = sorted((float(row["people"]) for row in last), reverse=True)
    return {
        "count": str(len(last)), "before": rounded(medians[0], 1), "after": rounded(medians[1], 1),
        "gain": rounded(medians[1] - medians[0], 1), "top": called["continents"][top],
        "top_mean": rounded(means[top], 1),
        "longest": called["countries"][longest], "life": rounded(life[longest], 1), "china": rounded(gains["CN"], 0),
        "place": str(1 + sum(round(gain, 1) > round(gains["CN"], 1) for gain in gains.values())),
        "three": rounded(100 * sum(people[:3]) / sum(people), 1) + "%",
    }  # fmt: skip


LIVES_EN = (
    "Across {count} countries and territories, the median of life expectancy went from {before} years to {after} years",
    "it rose by {gain} years.", "lives are longest in {top} with {top_mean} years",
    "Lives are longest in {longest} ({life} years)", "In China life expectancy rose by {china} years",
    "in {place}th place by gain", "together {three} of all",
)  # fmt: skip
LIVES_ZH = (
    "在{count}个国家和地区里，人均预期寿命的中位数由{before}岁变为{after}岁，提高{gain}岁。",
    "寿命最长的是{top}，为{top_mean}岁", "寿命最长的是：{longest}{life}岁",
    "中国提高{china}岁，按变化大小居第{place}位",
    "合计占{three}",
)  # fmt: skip


@pytest.mark.parametrize(
    ("name", "language", "facts", "sentences"),
    [
        ("flights", "en", flights_facts, FLIGHTS_EN),
        ("flights", "zh", flights_facts, FLIGHTS_ZH),
        ("life-expectancy", "en", lives_facts, LIVES_EN),
        ("life-expectancy", "zh", lives_facts, LIVES_ZH),
    ],
)
def test_what_is_said_is_what_the_files_give(
    examples: Mapping[str, Files],
    name: str,
    language: str,
    facts: Callable[[Path, str], dict[str, str]],
    sentences: tuple[str, ...],
) -> None:
    found = {key: value.replace(",", "") for key, value in facts(EXAMPLES / name, language).items()}
    printed = squeezed(examples[name][f"{language}.pdf"])
    plain = re.sub(r"(?<=\d),(?=\d)", "", printed)
    expected = [sentence.format(**found).replace(" ", "") for sentence in sentences]
    assert [sentence for sentence in expected if sentence not in plain] == []


def test_the_sentences_turn_with_the_data(tmp_path: Path) -> None:
    project = tmp_path / "flights"
    shutil.copytree(EXAMPLES / "flights", project, ignore=shutil.ignore_patterns("output"))
    months = (project / "data" / "months.csv").read_text(encoding="utf-8")
    swapped = months.replace("2013-02", "*").replace("2013-07", "2013-02").replace("*", "2013-07")
    (project / "data" / "months.csv").write_text(swapped, encoding="utf-8")
    destinations = rows(project, "destinations")
    lines = [
        f"{row['destination']},{row['flights']},{row['cancelled']},{row['km']},{row['km']}" for row in destinations
    ]
    table = "\n".join(["destination,flights,cancelled,delay,km", *lines, ""])
    (project / "data" / "destinations.csv").write_text(table, encoding="utf-8")
    said = built(project, tmp_path / "output")
    english, chinese = text_of(said["en.pdf"]), squeezed(said["zh.pdf"])
    assert "The busiest month was February with 29,425 flights, the quietest July with 24,951 flights." in english
    assert "From February to July, traffic fell by 15.2%." in english
    assert "the farther the destination, the larger the delay" in english
    assert "由2月到7月，航班减少15.2%。" in chinese
    assert "航程越远的目的地，到达延误越长" in chinese


@pytest.mark.parametrize("name", NAMES)
def test_the_word_files_are_sound(examples: Mapping[str, Files], name: str) -> None:
    for language in ("zh", "en"):
        assert check(examples[name][f"{language}.docx"].read_bytes()) == []


@pytest.mark.slow
def test_verapdf_finds_nothing(examples: Mapping[str, Files]) -> None:
    files = [files[f"{language}.pdf"] for files in examples.values() for language in ("zh", "en")]
    assert broken_rules(*files) == {path.name: {} for path in files}


@pytest.mark.slow
@pytest.mark.parametrize("name", NAMES)
def test_the_open_xml_sdk_finds_nothing(examples: Mapping[str, Files], name: str, tmp_path: Path) -> None:
    for language in ("zh", "en"):
        assert validated(examples[name][f"{language}.docx"].read_bytes(), tmp_path, "Microsoft365") == []
