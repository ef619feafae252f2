"""Asks a CSV or Parquet file that is too large to be read row by row, with the extra "duckdb": SQL counts together."""

from __future__ import annotations

import contextlib
import hashlib
import threading
from typing import TYPE_CHECKING, Final

from clusterreport.data.sources.answers import answered, bounded, no_rows, origin_of, refused, slow, wrong
from clusterreport.errors import ProblemsError
from clusterreport.messages import message, os_reason

if TYPE_CHECKING:
    from collections.abc import Generator, Iterator
    from pathlib import Path
    from types import ModuleType

    import duckdb

    from clusterreport.data.dataset import Dataset
    from clusterreport.data.sources.answers import DatabaseQuery

MEMORY: Final = "1GB"
"""How much the library may take; what needs more is refused, and nothing is put aside on the disk."""


def read(source: DatabaseQuery, root: Path) -> Dataset:
    """Return what a file answers as a table; ``source.url`` is its path from ``root`` on, and ``data`` its name in SQL.

    What is hashed and attached is the answer; the hash of the file itself is recorded beside it. ProblemsError says
    why there is no answer.
    """
    path = root / source.url
    with _told(source, path):
        before = path.stat()
        with path.open("rb") as file:
            digest = hashlib.file_digest(file, "sha256").hexdigest()
        rows = tuple(bounded(_answer(source, path), source))
        after = path.stat()
    if (before.st_ino, before.st_size, before.st_mtime_ns) != (after.st_ino, after.st_size, after.st_mtime_ns):
        raise wrong(
            source,
            message("{file} was changed while it was read", file=source.url),
            message("Ask again when nobody writes it."),
        )
    return answered(source, rows, {"database": source.url, "database_sha256": digest, **origin_of(source)})


def _answer(source: DatabaseQuery, path: Path) -> Generator[tuple[object, ...]]:
    """Yield the names of the columns, then the rows; with one thread, so that they come in one order each time."""
    library = _library(source)
    bounds = {
        "threads": 1, "memory_limit": MEMORY, "temp_directory": "",
        "autoinstall_known_extensions": False, "autoload_known_extensions": False,
    }  # fmt: skip
    alone = (
        f"SET allowed_paths = [{_text(str(path.resolve()))}]",
        "SET enable_external_access = false",
        "SET lock_configuration = true",
    )
    with library.connect(":memory:", config=bounds) as connection:
        for setting in alone:
            connection.execute(setting)
        clock = threading.Timer(source.seconds, connection.interrupt)
        clock.start()
        try:
            connection.execute(f"CREATE VIEW data AS {_columns(connection, path)}")
            statements = connection.extract_statements(source.query)
            if len(statements) != 1 or statements[0].type != library.StatementType.SELECT:
                raise no_rows(source)
            connection.execute(statements[0])
            yield tuple(name for name, *_ in connection.description or ())
            while rows := connection.fetchmany(_AT_ONCE):
                yield from rows
        except library.InterruptException:
            raise slow(source) from None
        finally:
            clock.cancel()


_AT_ONCE: Final = 1_000  # rows


def _columns(connection: duckdb.DuckDBPyConnection, path: Path) -> str:
    """Return the query that reads the file as columns; of a CSV file, texts that are all numbers are exact numbers.

    The library's own guess would make 1 of the code 000001, and a binary number of 0.1.
    """
    place = _text(str(path.resolve()))
    if path.suffix.lower() != ".csv":
        return f"SELECT * FROM read_parquet({place})"  # noqa: S608 -- quoted, and in memory
    table = f"read_csv({place}, all_varchar = true, header = true)"
    names = [_name(name) for name, *_ in connection.execute(f"DESCRIBE SELECT * FROM {table}").fetchall()]  # noqa: S608
    looked = ", ".join(
        f"bool_and(regexp_full_match({name}, {_text(_NUMBER)})), max(length(split_part({name}, '.', 2))), "
        f"max(length(split_part({name}, '.', 1)))"
        for name in names
    )
    found = connection.execute(f"SELECT {looked} FROM {table}").fetchone() or ()  # noqa: S608
    parts = ", ".join(
        f"CAST({name} AS DECIMAL({_DIGITS}, {after})) AS {name}" if numeric and before + after <= _DIGITS else name
        for name, numeric, after, before in zip(names, found[::3], found[1::3], found[2::3], strict=True)
    )
    return f"SELECT {parts} FROM {table}"  # noqa: S608


_NUMBER: Final = r"-?(0|[1-9][0-9]*)(\.[0-9]+)?"
_DIGITS: Final = 38  # of the library's longest decimal number


def _text(value: str) -> str:
    return "'" + value.replace("'", "''") + "'"


def _name(value: str) -> str:
    return '"' + value.replace('"', '""') + '"'


@contextlib.contextmanager
def _told(source: DatabaseQuery, path: Path) -> Iterator[None]:
    """Turn what the file or the library complains of into a problem, which names the file as the settings do."""
    if not path.is_file():
        raise wrong(
            source,
            message("there is no file {file}", file=source.url),
            message('Write its path from where clusterreport.toml is: path = "data/….parquet".'),
        )
    if set(str(path.resolve())) & set(_PATTERN):
        raise wrong(
            source,
            message("{file} has a sign in its path that stands for any other", file=source.url),
            message("Give it a name without * ? [ ]."),
        )
    try:
        yield
    except OSError as error:
        raise wrong(
            source,
            message("{file} cannot be opened ({reason})", file=source.url, reason=os_reason(error)),
            message("Close it in other programs, or ask for the right to read it."),
        ) from None
    except Exception as error:
        if isinstance(error, ProblemsError) or type(error).__module__.lstrip("_").partition(".")[0] != "duckdb":
            raise
        remedy = message("Mend the file or the query; the file is called data in it.")
        raise refused(source, str(error).replace(str(path.resolve()), source.url), remedy) from None


_PATTERN: Final = "*?[]"


def _library(source: DatabaseQuery) -> ModuleType:
    try:
        import duckdb
    except ModuleNotFoundError:
        remedy = message('Install it with: pip install "clusterreport[duckdb]"')
        raise wrong(source, message("what asks large files is not installed"), remedy) from None
    return duckdb
