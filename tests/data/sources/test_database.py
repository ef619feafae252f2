"""A database is asked, and nothing in it changed: SQLite and PostgreSQL for real, within bounds, no password told."""

from __future__ import annotations

import csv
import datetime as dt
import hashlib
import io
import sqlite3
from collections.abc import Iterator
from pathlib import Path

import pytest
import sqlalchemy as sa

from clusterreport.data import checks, schema
from clusterreport.data.dataset import Dataset
from clusterreport.data.sources import answers, database
from clusterreport.data.sources.answers import DatabaseQuery
from clusterreport.errors import ProblemsError
from clusterreport.inputs import Inputs
from clusterreport.settings.secrets import Secret
from tests.delivery import postgresql
from tests.delivery.postgresql import Server

NOW = dt.datetime(2026, 3, 1, 8, 30, tzinfo=dt.UTC)
PLACE = "data/tables.toml, tables.rd.query"
QUERY = "SELECT city, year, spending, chosen FROM rd ORDER BY city, year"
TABLE = "CREATE TABLE rd (city TEXT, year INTEGER, spending NUMERIC, chosen BOOLEAN)"
ROWS = (
    "INSERT INTO rd VALUES ('佛山', 2024, 402.50, NULL), ('广州', 2024, 1120.05, TRUE), ('广州', 2023, 1043.2, FALSE)"
)
DECLARED = """
[tables.rd]
url = "{url}"
query = "{query}"
title = "各市研发经费"
key = ["city", "year"]
source = "统计数据库"
{password}

[tables.rd.columns.city]
[tables.rd.columns.year]
type = "year"
[tables.rd.columns.spending]
type = "number"
unit = "亿元"
"""


@pytest.fixture
def lite(tmp_path: Path) -> Path:
    """Return a folder with a database in a file."""
    with sqlite3.connect(tmp_path / "rd.db") as connection:
        connection.execute(TABLE)
        connection.execute(ROWS)
    connection.close()
    return tmp_path


@pytest.fixture(scope="module")
def server() -> Iterator[Server]:
    with postgresql.running() as started:
        yield started


@pytest.fixture(scope="module")
def address(server: Server) -> str:
    """Return the address of a database on a server."""
    made = server.create("desk")
    with engine_of(made).begin() as connection:
        connection.exec_driver_sql(TABLE)
        connection.exec_driver_sql(ROWS)
    return made


def engine_of(address: str) -> sa.Engine:
    return sa.create_engine(sa.make_url(address).set(drivername="postgresql+psycopg"), poolclass=sa.NullPool)


def of_file(root: Path, query: str = QUERY, seconds: float = answers.SECONDS) -> Dataset:
    source = DatabaseQuery("rd.query.csv", PLACE, "sqlite:///rd.db", query, seconds=seconds)
    return database.read(source, root, NOW)


def of_server(address: str, query: str = QUERY, seconds: float = answers.SECONDS) -> Dataset:
    return database.read(DatabaseQuery("rd.query.csv", PLACE, address, query, seconds=seconds), Path(), NOW)


def told(error: ProblemsError) -> str:
    [problem] = error.problems
    assert problem.where == PLACE
    return problem.problem


def test_a_file_of_sqlite_answers(lite: Path) -> None:
    dataset = of_file(lite)
    assert dataset.columns == ("city", "year", "spending", "chosen")
    assert dataset.rows == (
        ("佛山", "2024", "402.5", ""),
        ("广州", "2023", "1043.2", "0"),
        ("广州", "2024", "1120.05", "1"),
    )


@pytest.mark.slow
def test_a_server_of_postgresql_answers_to_the_digit(address: str) -> None:
    dataset = of_server(address)
    assert dataset.columns == ("city", "year", "spending", "chosen")
    assert sorted(dataset.rows) == [
        ("佛山", "2024", "402.50", ""),
        ("广州", "2023", "1043.2", "false"),
        ("广州", "2024", "1120.05", "true"),
    ]


def test_the_answer_is_kept_as_csv_with_what_was_asked_and_when(lite: Path) -> None:
    dataset = of_file(lite)
    assert [tuple(row) for row in csv.reader(io.StringIO(dataset.content.decode()))] == [dataset.columns, *dataset.rows]
    assert dataset.sha256 == hashlib.sha256(dataset.content).hexdigest()
    assert dataset.origin["query"] == QUERY
    assert dataset.origin["query_sha256"] == hashlib.sha256(QUERY.encode()).hexdigest()
    assert dataset.origin["database"] == "sqlite:///rd.db"
    assert dataset.origin["asked"] == "2026-03-01T08:30:00+00:00"


@pytest.mark.slow
@pytest.mark.parametrize(
    ("query", "texts"),
    [
        ("SELECT 12345678901234.123456::numeric AS a", [("12345678901234.123456",)]),
        ("SELECT 0.1::float8 + 0.2 AS a, 0.1::float4 AS b", [("0.3", "0.1")]),
        ("SELECT DATE '2024-03-01' AS a, ARRAY['汽车', '医药'] AS b", [("2024-03-01", "汽车;医药")]),
        ("SELECT 'a;b%s:c' AS a", [("a;b%s:c",)]),
        ("WITH x AS (SELECT 1 AS a) SELECT a FROM x -- the end", [("1",)]),
        ("SELECT 1 AS a WHERE false", []),
    ],
)
def test_values_of_a_server_are_told_as_cells(address: str, query: str, texts: list[tuple[str, ...]]) -> None:
    assert list(of_server(address, query).rows) == texts


WRITING = [
    "DELETE FROM rd",
    "INSERT INTO rd VALUES ('东莞', 2024, 1, NULL)",
    "DROP TABLE rd",
    "CREATE TABLE other (a INTEGER)",
]


@pytest.mark.parametrize(
    "query", [*WRITING, "DELETE FROM rd RETURNING city", "ATTACH 'x.db' AS x", "PRAGMA user_version = 3"]
)
def test_a_file_is_never_changed(lite: Path, query: str) -> None:
    before = (lite / "rd.db").read_bytes()
    with pytest.raises(ProblemsError) as caught:
        of_file(lite, query)
    assert told(caught.value).startswith("the query is refused: ")
    assert (lite / "rd.db").read_bytes() == before
    assert [path.name for path in lite.iterdir()] == ["rd.db"]


@pytest.mark.slow
@pytest.mark.parametrize(
    "query",
    [
        *WRITING,
        "DELETE FROM rd RETURNING city",
        "SELECT 1; DELETE FROM rd",
        "COMMIT; SET default_transaction_read_only = off; DELETE FROM rd",
        "SET TRANSACTION READ WRITE",
        "WITH gone AS (DELETE FROM rd RETURNING city) SELECT * FROM gone",
        "COPY rd TO PROGRAM 'true'",
    ],
)
def test_a_server_is_never_changed(address: str, query: str) -> None:
    with pytest.raises(ProblemsError) as caught:
        of_server(address, query)
    assert told(caught.value).startswith(("the query is refused: ", "the query asks for no rows"))
    with engine_of(address).connect() as connection:
        assert connection.exec_driver_sql("SELECT count(*) FROM rd").scalar() == 3


ENDLESS = "WITH RECURSIVE n(a) AS (SELECT 1 UNION ALL SELECT a + 1 FROM n) SELECT max(a) AS a FROM n"


def test_a_file_that_answers_without_end_is_left(lite: Path) -> None:
    with pytest.raises(ProblemsError) as caught:
        of_file(lite, ENDLESS, seconds=0.2)
    assert told(caught.value) == "no answer has come within 0.2 seconds"


@pytest.mark.slow
def test_a_server_that_answers_without_end_is_left(address: str) -> None:
    with pytest.raises(ProblemsError) as caught:
        of_server(address, "SELECT pg_sleep(600) AS a", seconds=0.3)
    assert told(caught.value) == "no answer has come within 0.3 seconds"


MANY = "WITH RECURSIVE n(a) AS (SELECT 1 UNION ALL SELECT a + 1 FROM n WHERE a < 300000) SELECT a FROM n"
LONG = "WITH RECURSIVE n(a) AS (SELECT 1 UNION ALL SELECT a + 1 FROM n WHERE a < 3000) SELECT a, {wide} AS b FROM n"


def test_an_answer_beyond_all_measure_is_refused(lite: Path) -> None:
    wide = ", ".join(f"1 AS c{number}" for number in range(201))
    for query, problem in (
        (MANY, "the answer has more than 200,000 rows"),
        (f"SELECT {wide}", "the answer has 201 columns, and 200 is the most"),
        (LONG.format(wide="hex(zeroblob(16000))"), "the answer has more than 33,554,432 bytes"),
    ):
        with pytest.raises(ProblemsError) as caught:
            of_file(lite, query)
        assert told(caught.value) == problem


@pytest.mark.slow
def test_a_server_s_rows_beyond_all_measure_are_not_waited_for(address: str) -> None:
    with pytest.raises(ProblemsError) as caught:
        of_server(address, "SELECT generate_series(1, 1000000000) AS a")
    assert told(caught.value) == "the answer has more than 200,000 rows"


@pytest.mark.parametrize(
    ("url", "query", "problem"),
    [
        ("sqlite:///gone.db", QUERY, "there is no database file gone.db"),
        ("sqlite://", QUERY, "there is no database file"),
        ("mysql://desk@server/rd", QUERY, "databases of the kind mysql cannot be read"),
        ("no address", QUERY, "the address of the database cannot be read"),
        ("sqlite:///rd.db", "SELECT * FROM nowhere", "the query is refused: no such table: nowhere"),
        ("sqlite:///rd.db", "SELEC 1", 'the query is refused: near "SELEC": syntax error'),
        ("sqlite:///rd.db", "SELECT 1; SELECT 2", "the query is refused: You can only execute one statement"),
    ],
)
def test_what_cannot_be_asked_is_told(lite: Path, url: str, query: str, problem: str) -> None:
    with pytest.raises(ProblemsError) as caught:
        database.read(DatabaseQuery("rd.query.csv", PLACE, url, query), lite, NOW)
    assert told(caught.value).startswith(problem)


def test_a_value_that_is_no_cell_is_named_by_its_row_and_column(lite: Path) -> None:
    with pytest.raises(ProblemsError) as caught:
        of_file(lite, "SELECT 1 AS a, x'00' AS b")
    [problem] = caught.value.problems
    assert (problem.where, problem.problem) == (f"{PLACE}, row 2, column 2", "a value of the kind bytes is no cell")


def test_a_server_that_is_not_there_is_told_without_the_password(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DESK_PASSWORD", "h&h 漏")
    kept = Secret("tables.rd.password", variable="DESK_PASSWORD")
    source = DatabaseQuery("rd.query.csv", PLACE, "postgresql://desk@127.0.0.1:1/rd", QUERY, kept)
    with pytest.raises(ProblemsError) as caught:
        database.read(source, tmp_path, NOW)
    assert "the query is refused: " in str(caught.value)
    assert "h&h" not in str(caught.value)


@pytest.mark.slow
def test_a_password_that_a_server_says_again_is_struck_out(address: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DESK_PASSWORD", "secret-word")
    kept = Secret("tables.rd.password", variable="DESK_PASSWORD")
    source = DatabaseQuery("rd.query.csv", PLACE, address, "SELECT 'secret-word'::integer", kept)
    with pytest.raises(ProblemsError) as caught:
        database.read(source, Path(), NOW)
    assert told(caught.value).startswith('the query is refused: invalid input syntax for type integer: "…"')


def test_a_password_that_is_not_set_is_told_with_the_file_that_names_it(tmp_path: Path) -> None:
    kept = Secret("tables.rd.password", variable="NOT_SET_ANYWHERE")
    with pytest.raises(ProblemsError) as caught:
        database.read(DatabaseQuery("rd.query.csv", PLACE, "postgresql://desk@server/rd", QUERY, kept), tmp_path, NOW)
    [problem] = caught.value.problems
    assert problem.where == "data/tables.toml, tables.rd.password_env"
    assert problem.problem == "the environment variable that it names is not set"


def declared(root: Path, **said: str) -> None:
    (root / "data").mkdir(exist_ok=True)
    words = {"url": "sqlite:///rd.db", "query": QUERY, "password": ""} | said
    (root / "data" / "tables.toml").write_text(DECLARED.format(**words), encoding="utf-8")


def test_a_table_is_declared_by_its_query(lite: Path) -> None:
    declared(lite)
    datasets, tables = checks.read(lite, Inputs(NOW))
    assert tables["rd"].frame["spending"].tolist() == [40250, 104320, 112005]
    assert tables["rd"].rows.tolist() == [2, 3, 4]
    assert (datasets["rd"].name, datasets["rd"].place) == ("rd.query.csv", PLACE)


def test_a_wrong_cell_of_an_answer_is_named_by_its_row(lite: Path) -> None:
    declared(lite, query="SELECT city, year, '约' AS spending FROM rd")
    with pytest.raises(
        ProblemsError, match=r"query, row 2, column spending: \"约\" is not a number; likewise in 2 more rows"
    ):
        checks.read(lite, Inputs(NOW))


@pytest.mark.parametrize(
    ("said", "problem"),
    [
        ({"url": "postgresql://desk:secret@server/rd"}, "its url holds a password"),
        ({"url": "postgresql://desk:@server/rd"}, "its url holds a password"),
        ({"url": "postgresql://server/rd?user=desk&password=secret"}, "its url holds a password"),
        ({"url": ""}, "it does not say where its rows stand"),
        ({"query": ""}, "it has url, and no query"),
        ({"password": 'path = "rd.csv"'}, "it names a file and a database"),
        (
            {"password": 'password_env = "A"\npassword_file = "b"'},
            "password_env and password_file cannot stand together, or without url",
        ),
    ],
)
def test_a_wrong_declaration_is_told_without_what_it_gives_away(
    tmp_path: Path, said: dict[str, str], problem: str
) -> None:
    declared(tmp_path, **said)
    with pytest.raises(ProblemsError) as caught:
        schema.load(tmp_path / "data" / "tables.toml", "data/tables.toml")
    assert problem in str(caught.value)
    assert "secret" not in str(caught.value)
