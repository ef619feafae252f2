"""Opens the outbox: connects, refuses what is lost, not ours or not whole, and brings the tables to this version."""

from __future__ import annotations

import logging
import os
import sqlite3
import time
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Final, Self

import sqlalchemy as sa

from clusterreport.delivery.outbox import copying, identity
from clusterreport.errors import OutboxError
from clusterreport.messages import message, os_reason

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from types import TracebackType

    from clusterreport.delivery.outbox.identity import Fit, Known, Seen
    from clusterreport.errors import Problem
    from clusterreport.settings.delivery import Delivery

HEAD: Final = "0002"  # the last step of migrations/versions; a test compares

_KNOWN: Final = frozenset({"0001", "0002"})
_LOG: Final = logging.getLogger(__name__)
_VERSIONS: Final = "alembic_version"
_OLDEST_SQLITE: Final = (3, 35)  # the first with RETURNING
_BUSY_SECONDS: Final = 30.0
_LOCK: Final = 0x636C7573  # "clus": any number that nobody else locks in our database
_READING: Final = "clusterreport_reading"


@dataclass(frozen=True, slots=True)
class Outbox:
    """An outbox that is open; ``place`` is what errors call it.

    ``beside`` are the folders with its markers, none where it is only looked at. ``unfit`` says in what it is not the
    one that was seen last. ``file`` and ``inode`` tell whether the file is still the one that was opened.
    """

    engine: sa.Engine
    place: str
    beside: tuple[Path, ...] = ()
    unfit: Problem | None = None
    file: Path | None = None
    inode: tuple[int, int] = (0, 0)

    def __enter__(self) -> Self:
        """Use it as a context, which closes it."""
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Close it, and let the markers know how far it got."""
        try:
            identity.remember(self)
        except OutboxError as problem:
            _LOG.log(logging.WARNING if error is None else logging.INFO, message("the outbox was closed: %s"), problem)
        self.close()

    def close(self) -> None:
        """Let go of every connection."""
        self.engine.dispose()

    @contextmanager
    def writing(self) -> Iterator[sa.Connection]:
        """Do everything within as one transaction, which is on the disk when the block is left, or nothing of it."""
        with _translate_db_errors(self.place), self.engine.begin() as connection:
            self._check_in_place()
            yield connection

    @contextmanager
    def reading(self) -> Iterator[sa.Connection]:
        """Read one state of the outbox, without holding up those who write."""
        with _translate_db_errors(self.place), self.engine.connect() as connection:
            yield connection.execution_options(**{_READING: True})

    def _check_in_place(self) -> None:
        """Raise OutboxError where the file was taken away: what is written into it now nobody would find again."""
        if self.file is not None and _inode(self.file) != self.inode:
            problem = message("the file was taken away or replaced while it was in use")
            raise OutboxError(self.place, problem, message("Start again, and do what is said then."))


def open_outbox(delivery: Delivery, fit: Fit = "required") -> Outbox:
    """Return the outbox of the settings, made or brought to this version where need be.

    Raises OutboxError where it cannot be reached, is damaged, is not an outbox, or comes from a newer version; and,
    where it is ``required`` to fit, if it is not the one that was seen last. With ``told`` that only stands in what is
    returned, no outbox is made and no marker written.
    """
    if isinstance(delivery.outbox, Path):
        copying.tidy(delivery.outbox)
    folders = identity.folders_of(delivery)
    markers = identity.seen_in(folders)  # before the outbox is read: then they can only be behind it
    if fit != "ignored" and markers and _is_gone(delivery.outbox):
        return _without(str(delivery.outbox), markers, fit)
    outbox = _connected(delivery.outbox, () if fit == "told" else folders)
    try:
        known = _known(outbox)
        unfit = identity.fault(outbox.place, known, markers)
        if fit != "ignored" and unfit is not None and (fit == "required" or known is None):
            outbox.close()
            return _without(outbox.place, markers, fit, known)
        _make_ready(outbox)
        if fit == "required":
            identity.remember(outbox)
    except BaseException:
        outbox.close()
        raise
    return replace(outbox, unfit=unfit)


def _connected(where: Path | str, beside: tuple[Path, ...]) -> Outbox:
    if not isinstance(where, Path):
        return Outbox(_server_engine(where), where, beside)
    engine = _file_engine(where)  # which makes the file
    return Outbox(engine, str(where), beside, file=where, inode=_inode(where))


def _is_gone(where: Path | str) -> bool:
    return isinstance(where, Path) and (not where.exists() or where.stat().st_size == 0)


def _without(place: str, markers: Mapping[Path, Seen | None], fit: Fit, known: Known | None = None) -> Outbox:
    """Refuse an outbox that is not the one that was seen, or stand in for it with one that holds nothing."""
    unfit = identity.fault(place, known, markers)
    if unfit is not None and fit == "required":
        raise OutboxError(unfit.where, unfit.problem, unfit.remedy)
    engine = sa.create_engine("sqlite://", poolclass=sa.StaticPool)
    sa.event.listen(engine, "connect", _set_up)
    sa.event.listen(engine, "begin", _begin)
    outbox = Outbox(engine, place, unfit=unfit)
    _make_ready(outbox)
    return outbox


def _known(outbox: Outbox) -> Known | None:
    """Return what the outbox says of itself, None where it holds nothing; it may lack an identity still."""
    with outbox.reading() as connection:
        if connection.dialect.name == "sqlite":
            _check_whole(connection, outbox.place)
        version = _version(connection, outbox.place)
        if version is None:
            return None
        return identity.known_in(connection) if version == HEAD else identity.Known("", 0, frozenset())


def _inode(path: Path) -> tuple[int, int]:
    try:
        found = path.stat()
    except OSError:
        return (0, 0)
    return found.st_dev, found.st_ino


def _make_ready(outbox: Outbox) -> None:
    with outbox.writing() as connection:
        if connection.dialect.name != "sqlite":  # where BEGIN IMMEDIATE has locked already
            connection.execute(sa.select(sa.func.pg_advisory_xact_lock(_LOCK)))
        if _version(connection, outbox.place) != HEAD:  # another process may have been faster
            _migrate(connection)


def _version(connection: sa.Connection, place: str) -> str | None:
    """Return how far the tables are, None where there are none."""
    tables = sa.inspect(connection).get_table_names()
    if _VERSIONS not in tables:
        if tables:
            problem = message("it is a database of another program: it has the table {tables}", tables=min(tables))
            raise OutboxError(place, problem, message("Name another file or database as delivery.outbox."))
        return None
    query = sa.select(sa.column("version_num", sa.String)).select_from(sa.table(_VERSIONS))
    found = connection.execute(query).scalar_one_or_none()
    if found is not None and found not in _KNOWN:
        problem = message(
            "it was written by a newer clusterreport (version {version} of the tables; this one knows {head})",
            version=found,
            head=HEAD,
        )
        raise OutboxError(place, problem, message("Use that version of clusterreport."))
    return found


def _migrate(connection: sa.Connection) -> None:
    from alembic import command
    from alembic.config import Config

    config = Config(attributes={"connection": connection})
    config.set_main_option("script_location", str(Path(__file__).parent / "migrations").replace("%", "%%"))
    config.set_main_option("path_separator", "os")
    command.upgrade(config, "head")


def _check_whole(connection: sa.Connection, place: str) -> None:
    found = connection.exec_driver_sql("PRAGMA quick_check(1)").scalar_one()
    if found != "ok":
        raise _damaged(place, found)


def _file_engine(path: Path) -> sa.Engine:
    if sqlite3.sqlite_version_info < _OLDEST_SQLITE:
        needed = ".".join(map(str, _OLDEST_SQLITE))
        problem = message(
            "this Python brings SQLite {sqlite_version}, and {needed} is needed",
            sqlite_version=sqlite3.sqlite_version,
            needed=needed,
        )
        raise OutboxError(str(path), problem, message("Use a newer Python, or keep the outbox in PostgreSQL."))
    _make_private(path)
    engine = sa.create_engine(sa.URL.create("sqlite", database=str(path)), connect_args={"timeout": _BUSY_SECONDS})
    sa.event.listen(engine, "connect", _set_up)
    sa.event.listen(engine, "begin", _begin)
    return engine


def _make_private(path: Path) -> None:
    """Make the file where there is none, for its owner alone: it names the recipients."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        os.close(os.open(path, os.O_RDWR | os.O_CREAT, 0o600))
    except OSError as error:
        problem = message("the file cannot be opened: {reason}", reason=os_reason(error))
        raise OutboxError(str(path), problem, message("Check the folder and your rights.")) from None


def _set_up(connection: sqlite3.Connection, _record: object) -> None:
    connection.isolation_level = None  # so that BEGIN is ours, and tables are made within a transaction too
    deadline = time.monotonic() + _BUSY_SECONDS
    while True:
        try:
            connection.execute("PRAGMA journal_mode = WAL")
            break
        except sqlite3.OperationalError as error:  # SQLite does not wait where two change the mode at once
            if "locked" not in str(error) or time.monotonic() > deadline:
                raise
            time.sleep(0.01)
    connection.execute("PRAGMA synchronous = FULL")
    connection.execute("PRAGMA foreign_keys = ON")


def _begin(connection: sa.Connection) -> None:
    reading = connection.get_execution_options().get(_READING, False)
    connection.exec_driver_sql("BEGIN" if reading else "BEGIN IMMEDIATE")


def _server_engine(address: str) -> sa.Engine:
    url = sa.make_url(address).set(drivername="postgresql+psycopg")
    try:
        return sa.create_engine(url, connect_args={"connect_timeout": 10})
    except ModuleNotFoundError:
        remedy = message('Install it with: pip install "clusterreport[postgresql]"')
        raise OutboxError(address, message("the driver for PostgreSQL is not installed"), remedy) from None


@contextmanager
def _translate_db_errors(place: str) -> Iterator[None]:
    try:
        yield
    except (sa.exc.IntegrityError, sa.exc.ProgrammingError):
        raise  # a defect of ours
    except sa.exc.DBAPIError as error:
        reason = str(error.orig).strip().partition("\n")[0]
        if isinstance(error.orig, sqlite3.DatabaseError) and not isinstance(error.orig, sqlite3.OperationalError):
            raise _damaged(place, reason) from None
        remedy = message("Check that it can be reached, that there is room on its disk, and that you may write there.")
        raise OutboxError(place, message("the outbox cannot be used: {reason}", reason=reason), remedy) from None


def _damaged(place: str, reason: str) -> OutboxError:
    remedy = message("Keep the file, and put the last good copy of it in its place.")
    return OutboxError(place, message("the file is damaged, or no outbox: {reason}", reason=reason), remedy)
