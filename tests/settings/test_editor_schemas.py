"""The JSON schemas that editors take: valid, named by the shipped files, and never stricter than the program."""

from __future__ import annotations

import datetime as dt
import json
import random
import tomllib
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from clusterreport.cli import main
from clusterreport.data import schema as tables
from clusterreport.errors import ClusterReportError
from clusterreport.settings import load
from clusterreport.theme import load_theme
from clusterreport.writing.audience import load_audience
from tests.data.tables import RD
from tests.search.mutators import of_toml, size
from tests.search.test_mutated_settings import REST
from tests.settings.projects import WHOLE

ROOT = Path(__file__).resolve().parents[2]
SCHEMAS = {path.name.removesuffix(".schema.json"): path for path in (ROOT / "schemas").glob("*.schema.json")}
SHIPPED = {
    "clusterreport": [ROOT / "clusterreport.toml"],
    "audience": sorted((ROOT / "templates" / "audiences").glob("*/audience.toml")),
    "theme": sorted((ROOT / "templates" / "themes").glob("*.toml")),
}
TABLE = "城市,企业数（个）\n广州,13800\n深圳,25000\n"
CHINESE = """
["表"."研发"]
"文件" = "data/rd.csv"
title = "各市研发经费"
"来源" = "各市统计公报"
["表"."研发"."列"."经费"]
"列名" = "研发经费（亿元）"
"类型" = "数"
"最小" = 0
"""


def faults(name: str, text: str) -> list[str]:
    """Return where a schema refuses a file, as an editor sees it: dates and times are texts to JSON."""
    validator = Draft202012Validator(json.loads(SCHEMAS[name].read_text(encoding="utf-8")))
    errors: Iterator[Any] = validator.iter_errors(as_json(tomllib.loads(text)))
    return sorted(".".join(str(part) for part in error.absolute_path) for error in errors)


def named_schema(path: Path) -> Path:
    """Return the schema that the first line of a file names."""
    directive, _, place = path.read_text(encoding="utf-8").partition("\n")[0].partition(" ")
    assert directive == "#:schema", path
    return (path.parent / place).resolve()


def as_json(value: object) -> object:
    match value:
        case dict():
            return {key: as_json(part) for key, part in value.items()}
        case list():
            return [as_json(part) for part in value]
        case dt.date() | dt.time():
            return value.isoformat()
        case _:
            return value


@pytest.mark.parametrize("name", SCHEMAS)
def test_a_schema_is_one(name: str) -> None:
    schema = json.loads(SCHEMAS[name].read_text(encoding="utf-8"))
    assert schema["$schema"] == "https://json-schema.org/draft/2020-12/schema"
    Draft202012Validator.check_schema(schema)


@pytest.mark.parametrize("name", SHIPPED)
def test_the_shipped_files_name_their_schema_and_are_right_by_it(name: str) -> None:
    assert SHIPPED[name]
    for path in SHIPPED[name]:
        assert named_schema(path) == SCHEMAS[name]
        assert faults(name, path.read_text(encoding="utf-8")) == []


@pytest.mark.parametrize("language", ["zh", "en"])
def test_the_files_of_a_new_project_name_schemas_that_it_has_and_are_right_by_them(
    tmp_path: Path, language: str
) -> None:
    file, desk = tmp_path / "firms.csv", tmp_path / "desk"
    file.write_text(TABLE if language == "zh" else "City,Firms (units)\nGuangzhou,13800\n", encoding="utf-8")
    assert main(["init", str(desk), "--from", str(file), "--language", language]) == 0
    named = {path: named_schema(path) for path in desk.rglob("*.toml")}
    assert set(named.values()) == set((desk / "schemas").glob("*.schema.json"))
    assert {path.name for path in named.values()} == {path.name for path in SCHEMAS.values()}
    for path, schema in named.items():
        assert faults(schema.name.removesuffix(".schema.json"), path.read_text(encoding="utf-8")) == []


def test_the_page_for_editors_names_each_schema_as_seen_from_its_file() -> None:
    page = (ROOT / "docs" / "editors.md").read_text(encoding="utf-8")
    rows = [line.split("`") for line in page.splitlines() if line.startswith("| `")]
    named = {(ROOT / row[1]).parent.joinpath(row[3].split()[1]).resolve() for row in rows}
    assert named == set(SCHEMAS.values())


@pytest.mark.parametrize(
    ("name", "text", "expected"),
    [
        ("clusterreport", WHOLE, []),
        ("clusterreport", WHOLE + REST, []),
        ("clusterreport", WHOLE.replace("number = 9", "nubmer = 9"), ["briefing"]),
        ("clusterreport", WHOLE.replace("number = 9", "number = 0"), ["briefing.number"]),
        ("clusterreport", WHOLE.replace("number = 9", 'number = "9"'), ["briefing.number"]),
        ("clusterreport", WHOLE.replace("as_of = 2025-09-22", ""), ["briefing"]),
        ("clusterreport", WHOLE.replace('figures = "data/figures.csv"', ""), ["data"]),
        ("clusterreport", WHOLE.replace('["bureau", "leaders"]', '["a b", "a b"]'),
         ["briefing.audiences", "briefing.audiences.0", "briefing.audiences.1"]),
        ("clusterreport", WHOLE + REST.replace('rule = "first', 'cron = "first'), []),
        ("clusterreport", WHOLE + REST.replace('cron = "0 8 * * 1"', ""), ["schedule.1"]),
        ("clusterreport", WHOLE + REST.replace('folder = "share"', 'folder = "share"\naddress = "a@b.cn"'),
         ["recipients.1"]),
        ("clusterreport", WHOLE + REST.replace('time = "08:00"', 'time = "8"'), ["schedule.0.time"]),
        ("clusterreport", WHOLE + REST.replace('passphrase_env = "SIGNING_PASSPHRASE"', ""), ["signing"]),
        ("clusterreport", WHOLE + REST.replace("port = 587", "port = 65536"), ["mail.port"]),
        ("tables", RD, []),
        ("tables", CHINESE, []),
        ("tables", CHINESE.replace('"类型" = "数"', '"类型" = "数字"'), ["表.研发.列.经费.类型"]),
        ("tables", CHINESE.replace('title = "各市研发经费"', ""), ["表.研发"]),  # a path may be left out for a url
        ("tables", CHINESE.replace('"最小" = 0', '"最小" = "0"'), ["表.研发.列.经费.最小"]),
    ],
)  # fmt: skip
def test_what_is_wrong_in_itself_is_seen_in_an_editor(name: str, text: str, expected: list[str]) -> None:
    assert faults(name, text) == expected


@pytest.mark.parametrize("name", SCHEMAS)
def test_what_the_program_takes_no_schema_refuses(tmp_path: Path, name: str) -> None:
    (tmp_path / "keys").mkdir()
    (tmp_path / "keys" / "signer.p12").touch()
    (tmp_path / "working_days.csv").touch()
    read: dict[str, tuple[str, str, Callable[[Path], object]]] = {
        "clusterreport": (WHOLE + REST, "clusterreport.toml", lambda path: load(path.parent)),
        "audience": (shipped("audience"), "audience.toml", lambda path: load_audience(path.parent, "x")),
        "theme": (shipped("theme"), "house.toml", lambda path: load_theme(path, "x")),
        "tables": (RD + CHINESE.replace("研发", "开发").replace('["表".', "[tables."), "tables.toml",
                   lambda path: tables.load(path, "x")),
    }  # fmt: skip
    source, file, reader = read[name]
    taken = 0
    for number in range(size(150, 5_000)):
        content = of_toml(source, random.Random(number))  # noqa: S311 -- a case is made again from its number
        (tmp_path / file).write_bytes(content)
        try:
            reader(tmp_path / file)
        except ClusterReportError:
            continue
        taken += 1
        assert faults(name, content.decode("utf-8-sig")) == [], f"case {number}"
    assert taken  # not everything is refused


def shipped(name: str) -> str:
    return SHIPPED[name][0].read_text(encoding="utf-8")
