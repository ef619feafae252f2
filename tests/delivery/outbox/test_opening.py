"""An outbox is made, kept and checked when it is opened; what is not one is refused and left as it was."""

from __future__ import annotations

import contextlib
import sqlite3
import stat
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
import sqlalchemy as sa
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory

from clusterreport.delivery import outbox as box
from clusterreport.delivery.outbox import open_outbox, opening
from clusterreport.delivery.outbox.tables import METADATA, UtcDateTime
from clusterreport.errors import OutboxError
from clusterreport.settings.delivery import Delivery
from tests.delivery.sample import AT, one_approved, planned_issue

if TYPE_CHECKING:
    from clusterreport.delivery.outbox import Outbox


def at(path: Path) -> Delivery:
    return Delivery(path, path.parent / "archive")


def refusal(path: Path) -> OutboxError:
    """Return why the file is refused; it is left as it was."""
    before = path.read_bytes()
    with pytest.raises(OutboxError) as raised:
        open_outbox(at(path))
    assert path.read_bytes() == before
    assert raised.value.problem.where == str(path)
    return raised.value


def test_the_steps_lead_to_the_tables_that_the_program_uses(outbox: Outbox) -> None:
    with outbox.reading() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        assert compare_metadata(context, METADATA) == []


def test_the_last_step_is_the_one_that_opening_asks_for() -> None:
    scripts = ScriptDirectory(Path(opening.__file__).parent / "migrations")
    assert scripts.get_current_head() == opening.HEAD
    assert {step.revision for step in scripts.walk_revisions()} == opening._KNOWN  # noqa: SLF001


def test_what_was_entered_is_there_when_it_is_opened_again(store: Delivery) -> None:
    with open_outbox(store) as first:
        entered = planned_issue(first)
    with open_outbox(store) as second:
        assert box.issues(second) == (entered,)


@pytest.mark.parametrize("command", ["UPDATE history SET by = 'x'", "DELETE FROM history"])
def test_the_history_only_grows(outbox: Outbox, command: str) -> None:
    planned_issue(outbox)
    before = box.history(outbox)
    with pytest.raises((sa.exc.IntegrityError, sa.exc.ProgrammingError, OutboxError)), outbox.writing() as connection:
        connection.execute(sa.text(command))
    assert box.history(outbox) == before


def test_a_broken_transaction_leaves_nothing_behind(outbox: Outbox) -> None:
    issue = one_approved(outbox)
    with contextlib.suppress(ZeroDivisionError), outbox.writing() as connection:
        connection.execute(sa.text("UPDATE deliveries SET state = 'cancelled'"))
        raise ZeroDivisionError
    assert [row.state for row in box.deliveries(outbox, issue=issue.id)] == ["approved"]


def test_a_moment_without_a_zone_is_a_defect(outbox: Outbox) -> None:
    with pytest.raises(sa.exc.StatementError, match="a moment without a zone"), outbox.reading() as connection:
        connection.execute(sa.select(sa.literal(AT.replace(tzinfo=None), UtcDateTime)))


def test_moments_are_in_order_as_text(outbox: Outbox) -> None:
    early, late = AT.replace(microsecond=0), AT.replace(microsecond=5)
    with outbox.reading() as connection:
        assert connection.execute(
            sa.select(sa.literal(early, UtcDateTime) < sa.literal(late, UtcDateTime))
        ).scalar_one()


def test_the_file_is_for_its_owner_alone(tmp_path: Path) -> None:
    open_outbox(at(tmp_path / "deep" / "outbox.db")).close()
    assert stat.S_IMODE((tmp_path / "deep" / "outbox.db").stat().st_mode) == 0o600


def test_a_file_that_is_no_database_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "outbox.db"
    path.write_text("这不是数据库。" * 200, encoding="utf-8")
    error = refusal(path)
    assert error.problem.problem == "the file is damaged, or no outbox: file is not a database"
    assert error.problem.remedy == "Keep the file, and put the last good copy of it in its place."


def test_a_file_with_a_damaged_page_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "outbox.db"
    with open_outbox(at(path)) as outbox:
        one_approved(outbox)
    content = bytearray(path.read_bytes())
    content[4096 * 3 : 4096 * 12] = bytes(4096 * 9)
    path.write_bytes(content)
    assert "damaged" in refusal(path).problem.problem


def test_half_a_file_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "outbox.db"
    with open_outbox(at(path)) as outbox:
        one_approved(outbox)
    path.write_bytes(path.read_bytes()[: 4096 * 5])
    assert "damaged" in refusal(path).problem.problem


def test_the_database_of_another_program_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "outbox.db"
    with sqlite3.connect(path) as connection:
        connection.execute("PRAGMA journal_mode = WAL")
        connection.execute("CREATE TABLE invoices (id INTEGER)")
    connection.close()
    problem = refusal(path).problem
    assert problem.problem == "it is a database of another program: it has the table invoices"
    assert problem.remedy == "Name another file or database as delivery.outbox."


def test_an_outbox_of_a_newer_program_is_refused(store: Delivery) -> None:
    with open_outbox(store) as outbox, outbox.writing() as connection:
        connection.execute(sa.text("UPDATE alembic_version SET version_num = '9999'"))
    with pytest.raises(OutboxError, match=r"written by a newer clusterreport \(version 9999 of the tables") as raised:
        open_outbox(store)
    assert raised.value.problem.remedy == "Use that version of clusterreport."


def test_a_folder_that_cannot_be_made_is_named(tmp_path: Path) -> None:
    (tmp_path / "output").write_text("")
    with pytest.raises(OutboxError, match="the file cannot be opened: ") as raised:
        open_outbox(at(tmp_path / "output" / "outbox.db"))
    assert raised.value.problem.remedy == "Check the folder and your rights."


def test_a_server_that_does_not_answer_is_named() -> None:
    address = "postgresql://briefing@127.0.0.1:1/outbox"
    with pytest.raises(OutboxError) as raised:
        open_outbox(Delivery(address, Path()))
    assert raised.value.problem.where == address
    assert raised.value.problem.problem.startswith("the outbox cannot be used: connection")


def test_a_missing_driver_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "psycopg", None)
    with pytest.raises(OutboxError, match=r"pip install \"clusterreport\[postgresql\]\""):
        open_outbox(Delivery("postgresql://briefing@db.example.gov.cn/outbox", Path()))


def test_an_old_sqlite_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sqlite3, "sqlite_version_info", (3, 34, 1))
    with pytest.raises(OutboxError, match=r"and 3\.35 is needed"):
        open_outbox(at(tmp_path / "outbox.db"))


def test_a_build_does_not_load_what_only_delivery_needs() -> None:
    check = (
        "import sys, clusterreport.cli, clusterreport.app.build; print({'sqlalchemy', 'alembic'} & set(sys.modules))"
    )
    assert subprocess.run([sys.executable, "-c", check], capture_output=True, check=True).stdout.strip() == b"set()"
