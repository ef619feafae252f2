"""`clusterreport recipients` shows who gets what, and why not, without an outbox."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING

from clusterreport.cli import main
from tests.app.recipient_tables import WANG, project

if TYPE_CHECKING:
    from pathlib import Path

    import pytest

TABLE = "姓名,邮箱,版本,城市\n李,li@example.gov.cn,bureau,\n赵,zhao@example.gov.cn,bureau,苏州\n"


def test_everybody_is_listed_with_what_he_gets_or_why_not(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    project(tmp_path, TABLE, WANG)
    assert main(["recipients", str(tmp_path)]) == 0
    assert capsys.readouterr().out.splitlines() == [
        "monthly: 2 editions, 2 recipients, 1 who get nothing",
        "  bureau (1)",
        "    李 <li@example.gov.cn> (data/recipients.csv, row 2)",
        "  leaders (1)",
        "    王 <wang@example.gov.cn>",
        "  nothing to 赵 <zhao@example.gov.cn> (data/recipients.csv, row 3): asks for 苏州; the issue is of 广州",
    ]
    assert list(tmp_path.glob("output/*")) == []


def test_a_program_reads_the_same(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    project(tmp_path, TABLE)
    assert main(["recipients", str(tmp_path), "--schedule", "monthly", "--json"]) == 0
    people = {"name": "李", "destination": "li@example.gov.cn", "place": "data/recipients.csv, row 2"}
    assert json.loads(capsys.readouterr().out) == {
        "schedules": [
            {
                "schedule": "monthly",
                "editions": [{"edition": "bureau", "city": "", "audience": "bureau", "recipients": [people]}],
                "not_served": [
                    {
                        "name": "赵",
                        "destination": "zhao@example.gov.cn",
                        "place": "data/recipients.csv, row 3",
                        "gets": [],
                        "reason": "asks for 苏州; the issue is of 广州",
                    }
                ],
            }
        ],
        "remarks": [],
    }


def test_a_row_that_is_taken_for_no_recipient_is_told(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    project(tmp_path, TABLE + "合计,2人,,\n")
    assert main(["recipients", str(tmp_path)]) == 0
    printed = capsys.readouterr()
    assert "合计" not in printed.out
    assert re.fullmatch(r"note: data/recipients\.csv: .*row 4.*\n", printed.err)


def test_a_fault_of_the_table_is_told_by_every_command_that_needs_it(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    project(tmp_path, TABLE.replace("li@", "li"))
    for command in (["recipients"], ["check"], ["build"], ["send"], ["schedule", "run-due"]):
        assert main([*command, str(tmp_path)]) == 1
        assert "data/recipients.csv, row 2, column 邮箱: 'liexample.gov.cn' is not" in capsys.readouterr().err
    assert list(tmp_path.glob("output/*")) == []


def test_a_schedule_that_there_is_not_is_named(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    project(tmp_path, TABLE)
    assert main(["recipients", str(tmp_path), "--schedule", "montly"]) == 2
    assert "Did you mean monthly?" in capsys.readouterr().err
