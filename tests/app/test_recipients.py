"""Recipients stand in clusterreport.toml and in a table, each once; what is wrong is told at once, with its cell."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from typing import TYPE_CHECKING

import openpyxl
import pytest

from clusterreport.app import fingerprints, recipients
from clusterreport.errors import ProblemsError, SettingsError
from clusterreport.inputs import Inputs
from clusterreport.settings.addresses import Address
from clusterreport.settings.recipients import Recipient
from tests.app.recipient_tables import HEAD, NOW, WANG, project, read

if TYPE_CHECKING:
    from pathlib import Path

GOOD = "姓名,邮箱,版本,城市,语言,名单\n"


def told(folder: Path, table: str, more: str = "", delivery: str = HEAD) -> list[tuple[str, str, str]]:
    """Return place, problem and remedy of all that is wrong."""
    with pytest.raises(ProblemsError) as raised:
        read(folder, table, more, delivery)
    return [(problem.where, problem.problem, problem.remedy) for problem in raised.value.problems]


def test_a_table_stands_beside_the_recipients_of_the_settings(tmp_path: Path) -> None:
    table = (
        GOOD
        + "张三,zhang@Example.gov.cn,领导参阅,苏州市、Shenzhen,中文,甲；乙\n李四,李 <li@example.gov.cn>,bureau,,,\n"
    )
    assert read(tmp_path, table, WANG).recipients == (
        Recipient("王", "leaders", Address("wang@example.gov.cn", "王")),
        Recipient(
            "张三", "leaders", Address("zhang@example.gov.cn", "张三"), lists=("甲", "乙"), foci=("苏州", "深圳"),
            place="data/recipients.csv, row 2",
        ),
        Recipient("李四", "bureau", Address("li@example.gov.cn", "李"), place="data/recipients.csv, row 3"),
    )  # fmt: skip


def test_headings_may_be_english_and_three_columns_suffice(tmp_path: Path) -> None:
    table = "audience,address,name,office\nbureau,li@example.gov.cn,李,一楼\n"
    (one,) = read(tmp_path, table).recipients
    assert (one.name, one.audience, one.destination, one.foci) == ("李", "bureau", "li@example.gov.cn", ())


@pytest.mark.parametrize("word", ["all", "ALL", "全部", "广州;全部"])
def test_a_recipient_may_ask_for_every_city(tmp_path: Path, word: str) -> None:
    (one,) = read(tmp_path, GOOD + f"李,li@example.gov.cn,bureau,{word},,\n").recipients
    assert one.foci == ("all",)


def test_everything_that_is_wrong_is_told_at_once_with_its_cell(tmp_path: Path) -> None:
    rows = [
        ",li@,leader,苏洲,英文,",
        "王,Wang@example.gov.cn,leaders,Suzhou,English,",
        "李,li@example.gov.cn,bureau,广洲；深州,火星,",
        "赵,LI@example.gov.cn,bureau,,,",
    ]
    place = "data/recipients.csv, row "
    assert told(tmp_path, GOOD + "\n".join(rows) + "\n", WANG) == [
        (f"{place}2, column 姓名", "the cell is empty", "Write what belongs there; this column may not be empty."),
        (f"{place}2, column 邮箱", "'li@' is not an e-mail address", 'Write one address, "name@example.gov.cn".'),
        (
            f"{place}2, column 版本",
            'there is no audience "leader"',
            "Did you mean leaders? Write one of: bureau, international, leaders, press, public.",
        ),
        (
            f"{place}2, column 城市",
            '"苏洲" is not a city of the register',
            "Did you mean 苏州? Write a name of data/cities.csv, or add this one there.",
        ),
        (
            f"{place}3, column 邮箱",
            "wang@example.gov.cn is named in clusterreport.toml already",
            "Name each recipient once, with one audience.",
        ),
        (
            f"{place}3, column 城市",
            '"Suzhou" is the name of several cities',
            "Write 苏州 (Suzhou (Jiangsu)) or 宿州 (Suzhou (Anhui)).",
        ),
        (
            f"{place}3, column 语言",
            "the audience leaders is written in zh, not in en",
            "Empty the cell, or write an audience in it: international.",
        ),
        (
            f"{place}4, column 城市",
            '"广洲", "深州" are not cities of the register',
            "Did you mean 广州? Did you mean 深圳? Write names of data/cities.csv, or add these there.",
        ),
        (
            f"{place}4, column 语言",
            '"火星" is not a language of briefings',
            "Write one of: zh, 中文, 汉语, chinese, en, 英文, 英语, english.",
        ),
        (
            f"{place}5, column 邮箱",
            "li@example.gov.cn stands in row 4 already",
            "Name each recipient once, with one audience.",
        ),
    ]


def test_a_column_that_lacks_is_named(tmp_path: Path) -> None:
    ((where, problem, _),) = told(tmp_path, "姓名,版本\n李,bureau\n")
    assert (where, problem) == ("data/recipients.csv, row 1", "the column 邮箱 is missing")


def test_a_workbook_is_read_where_the_settings_say_and_its_cells_are_named(tmp_path: Path) -> None:
    path = tmp_path / "data" / "名单.xlsx"
    path.parent.mkdir()
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = "收件人"
    for row in (["通讯录"], ["姓名", "邮箱", "版本"], ["李", "li@example.gov.cn", "部门版"]):
        sheet.append(row)
    book.create_sheet("旧")
    book.save(path)
    delivery = '[delivery]\nrecipients = { path = "data/名单.xlsx", sheet = "收件人", header_rows = [2] }\n'
    (one,) = read(tmp_path, "", "", delivery).recipients
    assert (one.audience, one.place) == ("bureau", "data/名单.xlsx!收件人, row 3")
    sheet["C3"] = "部门"
    book.save(path)
    ((where, _, remedy),) = told(tmp_path, "", "", delivery)
    assert where == "data/名单.xlsx!收件人!C3, column 版本"
    assert remedy.startswith("Did you mean 部门版?")


def test_a_database_is_asked(tmp_path: Path) -> None:
    project(tmp_path, "")
    with closing(sqlite3.connect(tmp_path / "data" / "people.db")) as connection, connection:
        connection.execute("CREATE TABLE people (name, mail, city)")
        connection.execute("INSERT INTO people VALUES ('李', 'li@example.gov.cn', '苏州市'), ('赵', 'zhao', '')")
    query = "SELECT name, mail AS address, 'bureau' AS audience, city AS focus FROM people"
    delivery = f'[delivery]\nrecipients = {{ url = "sqlite:///data/people.db", query = "{query}" }}\n'
    ((where, problem, _),) = told(tmp_path, "", "", delivery)
    assert (where, problem) == (
        "clusterreport.toml, delivery.recipients.query, row 3, column address",
        "'zhao' is not an e-mail address",
    )
    delivery = delivery.replace("FROM people", "FROM people WHERE city <> ''")
    assert [(one.destination, one.foci) for one in read(tmp_path, "", "", delivery).recipients] == [
        ("li@example.gov.cn", ("苏州",))
    ]


def test_no_message_tells_the_password_of_a_database(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    url = "postgresql://desk:sesame-7@127.0.0.1:1/people"
    said = f'[delivery]\nrecipients = {{ url = "{url}", query = "SELECT 1" }}\n'
    with pytest.raises(SettingsError) as refused:
        read(tmp_path, "", "", said)
    assert "its url holds a password" in str(refused.value)
    assert "sesame" not in str(refused.value)
    monkeypatch.setenv("PEOPLE_PASSWORD", "sesame-7")
    said = said.replace(":sesame-7@", "@").replace("query =", 'password_env = "PEOPLE_PASSWORD", query =')
    assert "sesame" not in str(told(tmp_path, "", "", said))
    monkeypatch.delenv("PEOPLE_PASSWORD")
    ((where, _, _),) = told(tmp_path, "", "", said)
    assert where == "clusterreport.toml, delivery.recipients.password_env"


def test_what_a_table_is_kept_in_is_said_once(tmp_path: Path) -> None:
    both = '[delivery]\nrecipients = { path = "data/recipients.csv", url = "sqlite:///x.db", query = "SELECT 1" }\n'
    with pytest.raises(SettingsError, match=r"delivery\.recipients: it names a file and a database"):
        read(tmp_path, GOOD, "", both)


@pytest.mark.parametrize(
    ("said", "where", "problem", "remedy"),
    [
        ("3", "", "it is of the wrong kind", 'Write words in quotes, "…".'),
        ('{ pathh = "data/x.csv", url = "sqlite:///x.db", query = "SELECT 1" }', ".pathh", "there is no such setting",
         "Did you mean path? Write one of: path, sheet,"),
        ('{ url = "sqlite:///x.db" }', "", "it has url, and no query", 'Write query = "…" as well.'),
    ],
)  # fmt: skip
def test_a_table_that_is_named_wrongly_is_told(
    tmp_path: Path, said: str, where: str, problem: str, remedy: str
) -> None:
    with pytest.raises(SettingsError) as raised:
        read(tmp_path, GOOD, "", f"[delivery]\nrecipients = {said}\n")
    found = raised.value.problem
    assert (found.where, found.problem) == (f"clusterreport.toml, delivery.recipients{where}", problem)
    assert found.remedy.startswith(remedy)


def test_an_empty_name_of_a_table_is_none(tmp_path: Path) -> None:
    settings = read(tmp_path, "", WANG, '[delivery]\nrecipients = ""\n')
    assert [one.name for one in settings.recipients] == ["王"]


def test_cities_in_the_settings_are_looked_up_too(tmp_path: Path) -> None:
    more = WANG + 'focus = ["苏州市", "Zhuzhou"]\n'
    assert read(tmp_path, GOOD, more).recipients[0].foci == ("苏州", "株洲")
    assert read(tmp_path, GOOD, WANG + 'focus = "苏州市"\n').recipients[0].foci == ("苏州",)
    ((where, problem, remedy),) = told(tmp_path, GOOD, WANG + 'focus = ["苏洲"]\n')
    assert (where, problem) == ("clusterreport.toml, recipients (1).focus", "苏洲 is not a city of the register")
    assert remedy.startswith("Did you mean 苏州?")


def test_a_schedule_may_name_the_lists_of_a_table(tmp_path: Path) -> None:
    row = "李,li@example.gov.cn,bureau,,,市领导\n"
    wanted = '[[schedule]]\nname = "weekly"\nrule = "every Monday"\nrecipients = ["市领导"]\n'
    assert read(tmp_path, GOOD + row, wanted).schedules[1].lists == ("市领导",)
    ((where, problem, remedy),) = told(tmp_path, GOOD + row, wanted.replace("市领导", "市领"))
    assert (where, problem) == ("clusterreport.toml, schedule (2).recipients", "nobody is on the list '市领'")
    assert remedy.startswith("Did you mean 市领导?")


def test_a_project_without_a_register_has_no_cities_to_ask_for(tmp_path: Path) -> None:
    project(tmp_path, GOOD + "李,li@example.gov.cn,bureau,苏州,,\n")
    path = tmp_path / "clusterreport.toml"
    text = path.read_text(encoding="utf-8")
    before, _, rest = text.partition("[data]")
    own = before.replace('focus = "广州"', "") + "[folders]" + rest.partition("[folders]")[2]
    (tmp_path / "data" / "tables.toml").write_text("", encoding="utf-8")
    path.write_text(own, encoding="utf-8")
    with pytest.raises(ProblemsError) as raised:
        recipients.load(tmp_path, NOW)
    (problem,) = raised.value.problems
    assert (problem.where, problem.problem) == (
        "data/recipients.csv, row 2, column 城市",
        "the data of this project are not by city",
    )


def test_editions_stand_whoever_is_added_or_leaves(tmp_path: Path) -> None:
    inputs = Inputs(NOW)
    li, zhao = (f"某人,{name}@example.gov.cn,bureau,,,\n" for name in ("li", "zhao"))
    few, more, nobody = (
        fingerprints.of_project(read(tmp_path, GOOD + rows), {}, inputs) for rows in (li, li + zhao, "")
    )
    assert few == more
    assert few != nobody  # whose editions have no letters


def test_other_columns_of_the_register_keep_nobody_from_his_mail(tmp_path: Path) -> None:
    project(tmp_path, GOOD + "李,li@example.gov.cn,bureau,苏州,,\n")
    path = tmp_path / "data" / "cities.csv"
    path.write_text(path.read_text(encoding="utf-8").replace(",江苏", ",火星"), encoding="utf-8")
    assert recipients.load(tmp_path, NOW).recipients[0].foci == ("苏州",)
