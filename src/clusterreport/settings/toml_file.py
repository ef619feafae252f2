"""Reads a TOML file of the user's within bounds; whatever is wrong with it is one sentence and one remedy."""

from __future__ import annotations

import datetime as dt
import tomllib
from typing import TYPE_CHECKING, Any, Final

from clusterreport.characters import shown
from clusterreport.inputs import Inputs
from clusterreport.messages import message, os_reason

if TYPE_CHECKING:
    from pathlib import Path

LARGEST: Final = 1_000_000
"""How many bytes a file of settings may have."""


class UnreadableError(Exception):
    """The file cannot be read at all."""

    def __init__(self, problem: str, remedy: str) -> None:
        """Keep both parts until the place is known."""
        self.problem, self.remedy = problem, remedy
        super().__init__(problem)


def tables_in(path: Path, inputs: Inputs | None = None) -> dict[str, Any]:
    """Return what the file says, read once by ``inputs``.

    FileNotFoundError where there is none, UnreadableError where it cannot be read.
    """
    try:
        content = _content(path, inputs or Inputs())
        return tomllib.loads(content.decode("utf-8-sig"))
    except (FileNotFoundError, NotADirectoryError):
        raise FileNotFoundError(path) from None
    except OSError as error:
        problem = message("it cannot be read: {reason}", reason=os_reason(error))
        raise UnreadableError(problem, message("Make it a file that you may read.")) from None
    except UnicodeDecodeError:
        raise UnreadableError(message("it is not UTF-8 text"), message("Save the file as UTF-8.")) from None
    except tomllib.TOMLDecodeError as error:
        raise UnreadableError(
            message("it is not valid TOML: {short}", short=_short(str(error))), message("Mend the line it names.")
        ) from None
    except (ValueError, RecursionError):  # a number of thousands of digits; brackets within brackets without end
        problem = message("it is not valid TOML: a number is too long, or brackets stand too deep within each other")
        raise UnreadableError(problem, message("Look for a value that was pasted in by mistake.")) from None


def quoted(value: object) -> str:
    """Return a value as a message quotes it: short and on one line; texts stand in single quotes."""
    if isinstance(value, str):
        return f"'{shown(value)[1:-1]}'"
    if isinstance(value, dt.date | dt.time):
        return value.isoformat()
    try:
        text = repr(value)
    except (ValueError, RecursionError):
        return message("it")
    return text if len(text) <= _LONGEST_QUOTED else f"{text[:_LONGEST_QUOTED]}…"


def _content(path: Path, inputs: Inputs) -> bytes:
    if not path.is_file():  # a device or a pipe would never end
        if path.exists():
            raise UnreadableError(message("it is not a file"), message("Put a file of that name there."))
        raise FileNotFoundError(path)
    if path.stat().st_size > LARGEST:
        raise UnreadableError(
            message("it has more than {largest:,} bytes", largest=LARGEST),
            message("Look whether it is the right file."),
        )
    return inputs.read(path)


def _short(words: str) -> str:
    return words if len(words) <= _LONGEST_MESSAGE else f"{words[:_LONGEST_MESSAGE]}…"


_LONGEST_QUOTED: Final = 60  # characters of a value
_LONGEST_MESSAGE: Final = 200  # characters of tomllib's own words
