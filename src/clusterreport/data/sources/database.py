"""Reads what a database answers to a query: SQLite and PostgreSQL, without changing anything, within bounds."""

from __future__ import annotations

import contextlib
import itertools
import sqlite3
import time
from dataclasses import replace
from typing import TYPE_CHECKING, Any, Final
from urllib.parse import quote, quote_plus

import sqlalchemy as sa

from clusterreport.data.sources.answers import answered, bounded, no_rows, origin_of, refused, slow, wrong
from clusterreport.errors import ProblemsError, UsageError
from clusterreport.messages import message
from clusterreport.settings.secrets import revealed

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Generator, Iterator
    from pathlib import Path

    from clusterreport.data.dataset import Dataset
    from clusterreport.data.sources.answers import DatabaseQuery


def read(source: DatabaseQuery, root: Path, now: dt.datetime) -> Dataset:
    """Return the answer as a table, asked ``now``; files are looked for from ``root`` on.

    What is hashed and attached is the answer: a database keeps no old state.
    ProblemsError, which never holds the password, says why there is none.
    """
    try:
        secret = revealed(source.password) if source.password else ""
    except UsageError as error:  # which takes the secret for one of clusterreport.toml
        place = source.password.place if source.password else ""
        raise ProblemsError([replace(error.problem, where=f"{source.named_in}, {place}")]) from None
    with _told_without(secret, source):
        rows = tuple(_answer(source, secret, root))
    origin = {"database": shown_url(source.url), **origin_of(source), "asked": now.isoformat(timespec="seconds")}
    return answered(source, rows, origin)


def shown_url(url: str) -> str:
    """Return the address of a database as messages and records name it: without a password, whatever is wrong."""
    try:
        return sa.make_url(url).render_as_string(hide_password=True)
    except (sa.exc.ArgumentError, ValueError):
        return url.partition(":")[0]


def _answer(source: DatabaseQuery, secret: str, root: Path) -> Iterator[tuple[str, ...]]:
    url = _url_of(source)
    is_file = url.get_backend_name() == "sqlite"
    told = _of_sqlite(source, url, root) if is_file else _of_postgresql(source, url, secret)
    with contextlib.closing(told) as rows:  # where they are too many, the connection is let go at once
        yield from bounded(rows, source)


def _url_of(source: DatabaseQuery) -> sa.URL:
    try:
        url = sa.make_url(source.url)
    except (sa.exc.ArgumentError, ValueError):
        remedy = message('Write url = "sqlite:///data/….db" or url = "postgresql://user@server/database".')
        raise wrong(source, message("the address of the database cannot be read"), remedy) from None
    if url.get_backend_name() not in {"sqlite", "postgresql"}:
        problem = message("databases of the kind {backend_name} cannot be read", backend_name=url.get_backend_name())
        raise wrong(source, problem, message("Write an address that begins with sqlite: or postgresql:."))
    return url


def _of_sqlite(source: DatabaseQuery, url: sa.URL, root: Path) -> Generator[tuple[Any, ...]]:
    """Yield the names of the columns, then the rows, from a file that is opened for reading only."""
    path = root / (url.database or "")
    if not path.is_file():
        remedy = message('Write its path from where clusterreport.toml is: url = "sqlite:///data/….db".')
        raise wrong(
            source, message("there is no database file {database}", database=url.database or "").rstrip(), remedy
        )
    address = f"file:{quote(str(path.resolve()))}?mode=ro"
    engine = sa.create_engine("sqlite://", creator=lambda: sqlite3.connect(address, uri=True))
    deadline = time.monotonic() + source.seconds
    try:
        with engine.connect() as connection:
            connection.exec_driver_sql("PRAGMA query_only = ON")
            connection.exec_driver_sql("BEGIN")  # one state of the file, whoever writes meanwhile
            opened: Any = connection.connection.driver_connection
            opened.set_authorizer(_allowed)
            opened.set_progress_handler(lambda: time.monotonic() > deadline, _STEPS)
            result = connection.exec_driver_sql(source.query)
            if not result.returns_rows:
                raise no_rows(source)
            yield tuple(result.keys())
            for row in result:
                yield tuple(row)
    finally:
        engine.dispose()


_STEPS: Final = 10_000  # of SQLite's machine between two looks at the clock
_READING: Final = frozenset(
    {
        sqlite3.SQLITE_SELECT,
        sqlite3.SQLITE_READ,
        sqlite3.SQLITE_FUNCTION,
        sqlite3.SQLITE_RECURSIVE,
        sqlite3.SQLITE_TRANSACTION,
    }
)


def _allowed(action: int, *_what: str | None) -> int:
    """Tell SQLite that a query may read, and neither write nor attach another file."""
    return sqlite3.SQLITE_OK if action in _READING else sqlite3.SQLITE_DENY


def _of_postgresql(source: DatabaseQuery, url: sa.URL, secret: str) -> Generator[tuple[Any, ...]]:
    """Yield the names of the columns, then the rows, from one state of the database, in a transaction that only reads.

    The rows come one by one; the query goes by the protocol that takes a single command.
    """
    url = url.set(drivername="postgresql+psycopg")
    if secret:
        url = url.set(password=secret)
    limits = f"-c default_transaction_read_only=on -c statement_timeout={int(source.seconds * 1000)}"
    try:
        engine = sa.create_engine(url, connect_args={"connect_timeout": _CONNECT_SECONDS, "options": limits})
    except ModuleNotFoundError:
        remedy = message('Install it with: pip install "clusterreport[postgresql]"')
        raise wrong(source, message("the driver for PostgreSQL is not installed"), remedy) from None
    deadline = time.monotonic() + source.seconds
    try:
        with engine.connect() as connection:
            connection.exec_driver_sql("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY")
            opened: Any = connection.connection.driver_connection
            with opened.cursor() as cursor, contextlib.closing(cursor.stream(source.query)) as rows:
                first = next(rows, None)
                if first is None:
                    yield _names_alone(opened, source)
                    return
                yield tuple(column.name for column in cursor.description)
                for row in itertools.chain([first], rows):
                    if time.monotonic() > deadline:
                        raise slow(source)
                    yield row
    finally:
        engine.dispose()


_CONNECT_SECONDS: Final = 10


def _names_alone(connection: Any, source: DatabaseQuery) -> tuple[str, ...]:  # noqa: ANN401 -- of psycopg, if it is there
    """Return the names of the columns of a query that has no rows: such a stream ends before it says them."""
    encoding = connection.info.encoding
    connection.pgconn.prepare(b"", source.query.encode(encoding))
    described = connection.pgconn.describe_prepared(b"")
    if not described.nfields:
        raise no_rows(source)
    return tuple((described.fname(position) or b"").decode(encoding) for position in range(described.nfields))


@contextlib.contextmanager
def _told_without(secret: str, source: DatabaseQuery) -> Iterator[None]:
    """Turn what a database complains of into a problem, from which the password is struck out."""
    try:
        yield
    except (sa.exc.DBAPIError, sqlite3.Error) as error:
        cause = error.orig if isinstance(error, sa.exc.DBAPIError) else error
        raise _refused(source, str(cause), secret) from None
    except sa.exc.SQLAlchemyError as error:
        raise _refused(source, str(error), secret) from None
    except Exception as error:
        if type(error).__module__.partition(".")[0] != "psycopg":  # it need not be installed to be known
            raise
        raise _refused(source, str(error), secret) from None


def _refused(source: DatabaseQuery, words: str, secret: str) -> ProblemsError:
    reason = _struck(words, secret)
    if reason == "interrupted" or "statement timeout" in reason:
        return slow(source)
    return refused(source, reason, message("Mend the address, the password or the query."))


def _struck(words: str, secret: str) -> str:
    for form in {secret, quote(secret), quote_plus(secret), quote(secret, safe="")} if secret else ():
        words = words.replace(form, "…")
    return words
