"""All faults of a file of settings are told at once, table by table, with places; what follows from one is not told."""

from __future__ import annotations

from pathlib import Path

import pytest

from clusterreport.cli import main
from clusterreport.errors import ProblemsError, UsageError
from clusterreport.settings import load
from clusterreport.settings.fields import HIGHEST, LONGEST
from clusterreport.settings.messages import MOST_PROBLEMS
from clusterreport.settings.toml_file import LARGEST
from clusterreport.theme import load_theme
from clusterreport.writing.audience import load_audience
from tests.settings.projects import WHOLE, loaded, written

FAULTY = """
[briefing]
as_of = "2025"
number = -3
focus = "广州"
fokus = "广州"
audiences = ["bureau", "bureau"]
formats = ["odt"]
issue = "../elsewhere"

[folder]
output = "x"

[data]
clusters = 3
provinces = "data/provinces.csv"
expected_rows = { provinces = -1, citys = 3 }

[signing]
passphrase = "4711"

[[recipients]]
name = "张主任"
address = "zhang@"
audience = "leaders"

[[schedule]]
name = "每 月"
time = "8"
zone = "Asia/Canton"
recipients = ["nobody"]

[[schedule]]
name = "weekly"
rule = 7
first_number = 0

[delivery]
outbox = "postgresql://["
working_days = "none.csv"
"""
PLACES = [
    ("briefing.as_of", "'2025' is of the wrong kind"),
    ("briefing.number", "-3 is not a number of an issue"),
    ("briefing.fokus", "there is no such setting"),
    ("briefing.audiences", "'bureau' is named twice"),
    ("briefing.formats", "'odt' is not known"),
    ("briefing.issue", "'../elsewhere' cannot be the name of a folder"),
    ("folder", "there is no such table"),
    ("data", "no file is named for: cities, figures"),
    ("data.clusters", "3 is of the wrong kind"),
    ("data.expected_rows.provinces", "-1 is not a number of rows"),
    ("data.expected_rows.citys", "there is no such table"),
    ("signing.passphrase", "there is no such setting"),
    ("signing.certificate", "it is not set"),
    ("recipients (1).address", "'zhang@' is not an e-mail address"),
    ("schedule (1)", "it needs either a rule or a cron line"),
    ("schedule (1).name", "'每 月' is not a name"),
    ("schedule (1).time", "'8' is not a time of day"),
    ("schedule (1).zone", "'Asia/Canton' is not a time zone"),
    ("schedule (1).recipients", "nobody is on the list 'nobody'"),
    ("schedule (2).rule", "7 is of the wrong kind"),
    ("schedule (2).first_number", "0 is not a number of an issue"),
    ("delivery.outbox", "it is neither a file nor an address of PostgreSQL"),
    ("delivery.working_days", "there is no such file"),
]


def places(folder: Path, text: str) -> list[tuple[str, str]]:
    with pytest.raises(UsageError) as raised:
        loaded(folder, text)
    return [(each.where.removeprefix("clusterreport.toml, "), each.problem) for each in raised.value.problems]


def test_every_fault_is_told_once_in_the_order_of_the_file(tmp_path: Path) -> None:
    assert places(tmp_path, FAULTY) == PLACES


def test_the_command_lists_them_all_and_ends_as_for_one(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["check", str(written(tmp_path, FAULTY))]) == 2
    printed = capsys.readouterr().err
    assert [printed.count(f"clusterreport.toml, {place}: ") for place, _ in PLACES] == [1] * len(PLACES)
    assert f"{len(PLACES)} problems; nothing was written" in printed


def test_a_table_whose_setting_was_refused_is_not_said_to_lack_it(tmp_path: Path) -> None:
    text = (
        WHOLE.replace('focus = "广州"', "focus = 3")
        + '[[recipients]]\nname = "甲"\naudience = "leaders"\naddress = 3\n'
    )
    assert [place for place, _ in places(tmp_path, text)] == ["briefing.focus", "recipients (1).address"]


@pytest.mark.parametrize(
    ("lists", "told"),
    [
        ('lists = ["市领导"]', ["recipients (1).address"]),
        ('lists = ["省领导"]', ["recipients (1).address", "schedule (1).recipients"]),
        ('lists = ["市领导", "市领导"]', ["recipients (1).address", "recipients (1).lists"]),
        ('lists = "市领导"', ["recipients (1).address", "recipients (1).lists"]),
    ],
)
def test_a_list_is_called_unknown_where_the_lists_can_be_read(tmp_path: Path, lists: str, told: list[str]) -> None:
    recipients = FAULTY[FAULTY.index("[[recipients]]") : FAULTY.index("[[schedule]]")]
    schedule = '[[schedule]]\nname = "weekly"\nrule = "every Monday"\nrecipients = ["市领导"]\n'
    assert [place for place, _ in places(tmp_path, f"{WHOLE}{recipients}{lists}\n{schedule}")] == told


def test_recipients_and_schedules_are_compared_though_something_else_is_wrong_with_them(tmp_path: Path) -> None:
    recipient = '[[recipients]]\naddress = "{}@example.cn"\nname = "甲"\naudience = {}\n'
    schedule = '[[schedule]]\nname = "weekly"\n{} = "every Monday"\n'
    text = WHOLE + recipient.format("a", 1) + recipient.format("A", '"leaders"') + schedule.format("rule")
    assert [place for place, _ in places(tmp_path, text + schedule.format("rul"))] == [
        "recipients (1).audience", "recipients (2)", "schedule (2)", "schedule (2).name", "schedule (2).rul",
    ]  # fmt: skip


def test_no_more_than_some_are_listed(tmp_path: Path) -> None:
    found = places(tmp_path, WHOLE + "".join(f"x{number} = 1\n" for number in range(1_000)))
    assert len(found) == MOST_PROBLEMS + 1
    assert found[-1] == ("clusterreport.toml", f"{1_000 - MOST_PROBLEMS} more things are wrong")


@pytest.mark.parametrize(
    ("old", "new", "where", "problem"),
    [
        ("as_of = 2025-09-22", "as_of = 0001-01-01", "briefing.as_of", "0001-01-01 lies before 1949-10-01"),
        ("as_of = 2025-09-22", "as_of = 9999-12-31", "briefing.as_of", "9999-12-31 lies before 1949-10-01 or after"),
        ("as_of = 2025-09-22", "as_of = 08:00:00", "briefing.as_of", "is of the wrong kind"),
        ("number = 9", "number = nan", "briefing.number", "nan is of the wrong kind"),
        ("number = 9", "number = 1e999", "briefing.number", "inf is of the wrong kind"),
        ("number = 9", "number = 1000000", "briefing.number", "1000000 is not a number of an issue"),
        ("number = 9", f"number = {HIGHEST + 1}", "briefing.number", "the number lies beyond 1,000,000,000"),
        ("number = 9", f"number = 0x{'f' * 5_000}", "briefing.number", "the number lies beyond 1,000,000,000"),
        ("number = 9", f"number = {'9' * 5_000}", "", "it is not valid TOML: a number is too long"),
        ("number = 9", f"number = {'[' * 5_000}", "", "it is not valid TOML: a number is too long, or brackets"),
        ("number = 9", 'number = 9\nissue = ""', "briefing.issue", "'' cannot be the name of a folder"),
        ("number = 9", 'number = 9\nissue = ".."', "briefing.issue", "'..' cannot be the name of a folder"),
        ("number = 9", 'number = 9\nissue = "a/b"', "briefing.issue", "'a/b' cannot be the name of a folder"),
        ("number = 9", 'number = 9\nissue = "archive"', "briefing.issue", "'archive' cannot be the name of a folder"),
        ("number = 9", f'number = 9\nissue = "{"期" * 61}"', "briefing.issue", "cannot be the name of a folder"),
        ('"leaders"', '"../leaders"', "briefing.audiences", "'../leaders' is not a name"),
        ('"leaders"', '"lead\\u200Ders"', "briefing.audiences", "a character that cannot be seen (U+200D)"),
        ('focus = "广州"', 'focus = "广\\u200B州"', "briefing.focus", "a character that cannot be seen (U+200B)"),
        ('author = "某中心"', 'author = "某\\u0007中心"', "briefing.author", "a control character (U+0007) in it"),
        ('author = "某中心"', f'author = "{"某" * (LONGEST + 1)}"', "briefing.author", "it has 4,001 characters"),
        ('"data/clusters.csv"', '"a\\u0000b.csv"', "data.clusters", "a control character (U+0000) in it"),
        ("[data]", '[delivery]\nworking_days = "\\u0000"\n[data]', "delivery.working_days", "a control character"),
        ("[data]", f'[delivery]\nworking_days = "{"x" * 3_000}"\n[data]', "delivery.working_days", "no such file"),
        ("[data]", '[delivery]\nmust_agree = ["nation.a\\uFEFF"]\n[data]', "delivery.must_agree", "(U+FEFF)"),
    ],
)  # fmt: skip
def test_a_value_at_the_edge_is_refused_with_its_place(
    tmp_path: Path, old: str, new: str, where: str, problem: str
) -> None:
    assert old in WHOLE
    [(place, said)] = places(tmp_path, WHOLE.replace(old, new, 1))
    assert place == (where or "clusterreport.toml")
    assert problem in said
    assert len(said) < 300


@pytest.mark.parametrize(
    ("setting", "where", "problem"),
    [
        ("stale_after_days = 999999999", "stale_after_days", "999999999 is not a number of days"),
        ("stale_after_days = 99999999999999999999", "stale_after_days", "the number lies beyond 1,000,000,000"),
        ("stale_after_days = -1", "stale_after_days", "-1 is not a number of days"),
        ("first_total = 1000000", "first_total", "1000000 is not a number of an issue"),
        ('time = "０８:００"', "time", "'０８:００' is not a time of day"),
        ('time = "24:00"', "time", "'24:00' is not a time of day"),
        ('zone = ""', "zone", "'' is not a time zone"),
        ('zone = "../etc/passwd"', "zone", "is not a time zone"),
        ('zone = "Asia"', "zone", "is not a time zone"),
        (f'zone = "{"x" * 3_000}"', "zone", "is not a time zone"),
        ('zone = "Asia/\\u200BShanghai"', "zone", "(U+200B)"),
        ('audiences = ["a b"]', "audiences", "'a b' is not a name"),
        ('recipients = ["市\\u2060领导"]', "recipients", "(U+2060)"),
    ],
)  # fmt: skip
def test_a_value_at_the_edge_of_a_schedule_is_refused_with_its_place(
    tmp_path: Path, setting: str, where: str, problem: str
) -> None:
    found = places(tmp_path, f'{WHOLE}[[schedule]]\nname = "weekly"\nrule = "every Monday"\n{setting}\n')
    assert [place for place, _ in found] == [f"schedule (1).{where}"]
    assert problem in found[0][1]


@pytest.mark.parametrize("line", ['cron = "0 ² * * 1"', f'cron = "0 {"1" * 3_900} * * 1"', 'cron = "*/0 8 * * 1"'])
def test_a_cron_line_of_odd_digits_is_refused(tmp_path: Path, capsys: pytest.CaptureFixture[str], line: str) -> None:
    project = written(tmp_path, f'{WHOLE}[[schedule]]\nname = "weekly"\n{line}\n')
    assert main(["schedule", "list", str(project)]) == 2
    assert "schedule (weekly).cron" in capsys.readouterr().err


@pytest.mark.parametrize(
    "rule", [f"every {'9' * 3_900} weeks on Monday, from 2026-11-02", "every 2 weeks on Monday, from 9999-12-27",
             "每２周的周一，自0001-01-01起", f"{'9' * 3_900}th of the month"]
)  # fmt: skip
def test_a_rule_of_odd_numbers_is_refused(tmp_path: Path, capsys: pytest.CaptureFixture[str], rule: str) -> None:
    project = written(tmp_path, f'{WHOLE}[[schedule]]\nname = "weekly"\nrule = "{rule}"\n')
    assert main(["schedule", "list", str(project)]) == 2
    assert "schedule (weekly).rule" in capsys.readouterr().err


def test_the_rules_of_all_schedules_are_told_at_once(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    tables = '[[schedule]]\nname = "a"\nrule = "now and then"\n[[schedule]]\nname = "b"\ncron = "x"\n'
    assert main(["schedule", "list", str(written(tmp_path, WHOLE + tables))]) == 2
    printed = capsys.readouterr().err
    assert "schedule (a).rule" in printed
    assert "schedule (b).cron" in printed


@pytest.mark.parametrize(
    ("options", "where"),
    [(["--as-of", "9999-12-31"], "--as-of: 9999-12-31 lies"), (["--audience", "../bureau"], "--audience: '../bureau'")],
)
def test_the_command_line_is_held_to_the_same_bounds(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], options: list[str], where: str
) -> None:
    assert main(["check", str(written(tmp_path, WHOLE)), *options]) == 2
    assert capsys.readouterr().err.startswith(where)


def test_settings_that_are_no_file_or_too_large_are_refused(tmp_path: Path) -> None:
    (tmp_path / "a" / "clusterreport.toml").mkdir(parents=True)
    with pytest.raises(UsageError, match=r"clusterreport\.toml: it is not a file"):
        load(tmp_path / "a")
    (tmp_path / "b").mkdir()
    with pytest.raises(UsageError, match="it has more than 1,000,000 bytes"):
        loaded(tmp_path / "b", WHOLE + "#" * LARGEST)
    with pytest.raises(UsageError, match=r"there is no clusterreport\.toml in this folder"):
        load(tmp_path / "b" / "clusterreport.toml")


def test_all_faults_of_an_audience_are_told_at_once(tmp_path: Path) -> None:
    (tmp_path / "audience.toml").write_text(
        'title = "领导\\u200D参阅"\ndocument_title = ""\nthemes = "x"\nsections = [["a"], "b", "b"]\n'
        'letterhead = { masthead = 0xFFFFFFFFFFFFFFFFF, seal = "x", marking = "内部\\u200B", send_to = "甲\\n乙" }\n'
    )
    with pytest.raises(ProblemsError) as raised:
        load_audience(tmp_path, "templates/audiences/leaders")
    assert [problem.where.rpartition(", ")[2] for problem in raised.value.problems] == [
        "title", "document_title", "themes", "sections", "sections", "letterhead.masthead", "letterhead.seal",
        "letterhead.marking", "theme",
    ]  # fmt: skip


def test_all_faults_of_a_look_are_told_at_once(tmp_path: Path) -> None:
    briefing = (Path(__file__).resolve().parents[2] / "templates/themes/briefing.toml").read_text(encoding="utf-8")
    changes = (
        ("width = 210", "width = nan"), ("table_outer = 1.2", "table_outer = 1e999"),
        ('chart = "hei"', 'chart = ["hei"]'),
        ('body = { face = "song", size = 16', 'body = { face = "sing", size = 0'),
        ('teal = "#2F8F8B"', 'teal = "green"'),
        ('["#E4EBF1"', '["E4EBF1"'), ('hei = { file = "hei"', 'hei = { file = "hai"'),
    )  # fmt: skip
    for old, new in changes:
        assert old in briefing
        briefing = briefing.replace(old, new, 1)
    (tmp_path / "house.toml").write_text(briefing, encoding="utf-8")
    with pytest.raises(ProblemsError) as raised:
        load_theme(tmp_path / "house.toml", "house.toml")
    assert sorted(problem.where.partition(", ")[2] for problem in raised.value.problems) == sorted(
        ["page.width", "rules.table_outer", "text.chart", "styles.body.face", "styles.body.size", "colours.teal",
         "sequential", "faces.hei.file"]
    )  # fmt: skip


def test_a_page_without_room_for_text_is_refused(tmp_path: Path) -> None:
    briefing = (Path(__file__).resolve().parents[2] / "templates/themes/briefing.toml").read_text(encoding="utf-8")
    (tmp_path / "house.toml").write_text(briefing.replace("left = 28", "left = 150", 1), encoding="utf-8")
    with pytest.raises(ProblemsError, match=r"page\.width: the margins leave 34 mm for the text, and 40 is the least"):
        load_theme(tmp_path / "house.toml", "house.toml")
