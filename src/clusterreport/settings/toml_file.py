"""Reads a TOML file of the user's within bounds; whatever is wrong with it is one sentence and one remedy."""

from __future__ import annotations

import datetime as dt
import re
import tomllib
from typing import TYPE_CHECKING, Any, Final

from clusterreport.characters import shown
from clusterreport.inputs import Inputs
from clusterreport.messages import message, os_reason, spoken

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
    text = ""
    try:
        text = _content(path, inputs or Inputs()).decode("utf-8-sig")
        return tomllib.loads(text)
    except (FileNotFoundError, NotADirectoryError):
        raise FileNotFoundError(path) from None
    except OSError as error:
        problem = message("it cannot be read: {reason}", reason=os_reason(error))
        raise UnreadableError(problem, message("Make it a file that you may read.")) from None
    except UnicodeDecodeError:
        raise UnreadableError(message("it is not UTF-8 text"), message("Save the file as UTF-8.")) from None
    except tomllib.TOMLDecodeError as error:
        raise UnreadableError(
            message("it is not valid TOML: {short}", short=_told(str(error))), _remedy(text, str(error))
        ) from None
    except (ValueError, RecursionError):  # a number of thousands of digits; brackets within brackets without end
        problem = message("it is not valid TOML: a number is too long, or brackets stand too deep within each other")
        raise UnreadableError(problem, message("Look for a value that was pasted in by mistake.")) from None


def quoted(value: object) -> str:
    """Return a value as a message quotes it: short and on one line; texts stand in single quotes."""
    if isinstance(value, str):
        return message("'{text}'", text=shown(value)[1:-1])
    if isinstance(value, dt.date | dt.time):
        return value.isoformat()
    try:
        text = repr(value)
    except (ValueError, RecursionError):
        return message("it")
    return text if len(text) <= _LONGEST_QUOTED else f"{text[:_LONGEST_QUOTED]}…"


def _content(path: Path, inputs: Inputs) -> bytes:
    if inputs.holds(path):
        return inputs.read(path)
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


def _remedy(text: str, words: str) -> str:
    """Return what is to be done about a fault of the text: often signs of Chinese stand where TOML has its own."""
    found = _PLACED.fullmatch(words)
    if found is None or not found["line"]:
        return message("Mend the line it names.")
    line = text.replace("\r\n", "\n").split("\n")[int(found["line"]) - 1]
    behind = line[int(found["column"]) - 1 :]
    if found["what"].startswith(_BAD_VALUE) and (value := _WORDS.match(behind)):
        return message(
            'Words stand between straight quotes: write "{words}".', words=shown(value[0].strip(f"{_QUOTES} \t"))[1:-1]
        )
    if any(sign in line.partition("#")[0] for sign in _QUOTES):
        return message('Words stand between straight quotes ("): mend the quotes of the line it names.')
    if behind[:1] and behind[0] in _WIDE:
        return message("Write {sign} in half width there: {half}", sign=behind[0], half=_WIDE[behind[0]])
    return message("Mend the line it names.")


def _told(words: str) -> str:
    """Return what tomllib says, as the catalogue has it: its words are a template but for what it quotes."""
    found = _PLACED.fullmatch(words)
    if found is None:
        return _short(words)
    part = _PART.search(found["what"])
    said = found["what"] if part is None else f"{found['what'][: part.start()]}{{}}{found['what'][part.end() :]}"
    what = message(said) if part is None else message(said).replace("{}", _named(part[0]))
    if not found["line"]:
        return _short(message("{what} (at end of document)", what=what))
    line, column = found["line"], found["column"]
    return _short(message("{what} (at line {line}, column {column})", what=what, line=line, column=column))


def _named(part: str) -> str:
    """Return what tomllib quotes; in other words than its own a key is called as the file writes it: mail.host."""
    return part if spoken() == "en" or not part.startswith("(") else ".".join(_NAMES.findall(part))


def _short(words: str) -> str:
    return words if len(words) <= _LONGEST_MESSAGE else f"{words[:_LONGEST_MESSAGE]}…"


_LONGEST_QUOTED: Final = 60  # characters of a value
_LONGEST_MESSAGE: Final = 200  # characters of tomllib's own words
_PLACED: Final = re.compile(
    r"(?P<what>.*) \(at (?:line (?P<line>[0-9]+), column (?P<column>[0-9]+)|end of document)\)", re.DOTALL
)
_PART: Final = re.compile(r"""\('.*\)|'(?:\\.|[^'])*'|"[^"]*\"""", re.DOTALL)
_NAMES: Final = re.compile(r"'((?:\\.|[^'])*)'")
_BAD_VALUE: Final = "Invalid value"
_QUOTES: Final = "\u201c\u201d\u2018\u2019\uff02\u300c\u300d"
_WORDS: Final = re.compile(rf"[{_QUOTES}]*[^\W\d_][^,#\]}}\uff0c\"']*")
_WIDE: Final = {"\uff0c": ",", "\uff1d": "=", "\uff3b": "[", "\uff3d": "]", "\u3010": "[", "\u3011": "]"}
