"""Redacts a password in what a server says, in every form in which a server may send it back.

Some servers quote in their replies what they were told. A part of the password, or of its base64, is struck as well:
a reply may have been cut, or wrapped, anywhere.
"""

from __future__ import annotations

import base64
from typing import TYPE_CHECKING, Final
from urllib.parse import quote_from_bytes

if TYPE_CHECKING:
    from collections.abc import Iterator

Login = tuple[str, str]
"""A user and a password."""

_STRUCK: Final = b"***"
_PART: Final = 6
"""So many bytes of a form are struck wherever they stand; a form that is shorter is struck as a whole."""
_SHORTEST: Final = 4  # what is left of a short password's base64 may be a letter or two, which stand everywhere
_BLANK: Final = frozenset([*range(0x21), 0x7F])


class Redaction:
    """What is to be struck; without a login nothing is. It shows itself to nobody."""

    __slots__ = ("_parts",)

    def __init__(self, login: Login | None = None) -> None:
        """Take apart every form of the password."""
        self._parts: dict[int, set[bytes]] = {}
        for form in _forms(login) if login else ():
            plain = bytes(octet for octet in form.lower() if octet not in _BLANK)
            size = min(len(plain), _PART)
            if size:
                parts = (plain[start : start + size] for start in range(len(plain) - size + 1))
                self._parts.setdefault(size, set()).update(parts)

    def struck(self, text: str) -> str:
        """Return the text without the password, whatever case it is in and whatever blanks stand within."""
        octets = text.encode("utf-8", "replace")
        places = [place for place, octet in enumerate(octets) if octet not in _BLANK]
        dense = bytes(octets[place] for place in places).lower()
        written, done = bytearray(), 0
        for first, last in self._spans(dense):
            written += octets[done : places[first]] + _STRUCK
            done = places[last] + 1
        return (written + octets[done:]).decode("utf-8", "ignore")  # a character that was cut in two goes as well

    def _spans(self, dense: bytes) -> Iterator[tuple[int, int]]:
        """Yield the first and the last place of each run that is to be struck."""
        found = bytearray(len(dense))
        for size, parts in self._parts.items():
            for start in range(len(dense) - size + 1):
                if dense[start : start + size] in parts:
                    found[start : start + size] = b"\1" * size
        start = found.find(1)
        while start >= 0:
            end = found.find(0, start)
            end = len(found) if end < 0 else end
            yield start, end - 1
            start = found.find(1, end)


def _forms(login: Login) -> Iterator[bytes]:
    user, password = login
    for code in ("utf-8", "gb18030"):
        name, word = user.encode(code, "replace"), password.encode(code, "replace")
        yield word
        yield quote_from_bytes(word, safe="").encode()
        for form in (
            word.hex(),
            "".join(f"={octet:02x}" for octet in word),
            "".join(f"\\x{octet:02x}" for octet in word),
        ):
            yield form.encode()
        for whole in (word, b"\0" + name + b"\0" + word, name + b"\0" + name + b"\0" + word, name + b":" + word):
            yield from _in_base64(whole)
        yield repr(word)[2:-1].encode()  # as Python's own libraries quote octets
    yield password.encode("unicode_escape")


def _in_base64(word: bytes) -> Iterator[bytes]:
    """Yield what a word looks like within base64, wherever it begins; bits shared with its neighbours are left out."""
    for before in range(3):
        said = base64.b64encode(b"\0" * before + word).rstrip(b"=")
        first, last = -(-before * 8 // 6), (before + len(word)) * 8 // 6
        for form in (said[first:], said[first:last]):  # at the end of what was sent, and within it
            if len(form) >= _SHORTEST:
                yield form
                yield form.translate(bytes.maketrans(b"+/", b"-_"))
