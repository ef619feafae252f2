"""Finds what no line of a message's head may hold: control characters, also those that an encoded word hides.

An encoded word, ``=?utf-8?q?=0d=0a?=`` (RFC 2047), is plain ASCII until a program decodes it, and a line break after.
"""

from __future__ import annotations

import base64
import binascii
import re
import unicodedata
from typing import Final

from clusterreport.messages import message

# C0, C1 and DEL; controls of writing direction and others that are not seen; lone surrogates; separators of lines.
_UNFIT: Final = frozenset({"Cc", "Cf", "Cs", "Zl", "Zp"})
# Longer ones than RFC 2047 allows (75) are read too, but not without end, so that the time stays in proportion.
_WORD: Final = re.compile(
    r"=\?(?P<charset>[^?]{0,80})\?(?P<encoding>[bq])\?(?P<content>.{0,2000}?)\?=", re.IGNORECASE | re.DOTALL
)
_BETWEEN: Final = re.compile(r"(?<=\?=)\s+(?==\?)")  # RFC 2047, 6.2: not shown
_NESTED: Final = 3
"""How often text is decoded: some programs decode what they have decoded once more."""


def decoded(text: str) -> str:
    """Return the text with its encoded words as what they say, even those that a strict reader would leave alone."""
    return _WORD.sub(_said, _BETWEEN.sub("", text))


def unfit_in(text: str) -> str:
    """Return the name of a character that makes ``text`` unfit for a head ("U+000D"), "" where it is fit."""
    for _ in range(_NESTED):
        for character in text:
            if unicodedata.category(character) in _UNFIT:
                return f"U+{ord(character):04X}"
        plain = decoded(text)
        if plain == text:
            return ""
        text = plain
    return message("encoded words within encoded words")


def _said(word: re.Match[str]) -> str:
    content = word["content"].encode("utf-8", "surrogatepass")
    if word["encoding"] in "bB":
        try:
            plain = base64.b64decode(content + b"===")  # which passes over what is not of its alphabet
        except binascii.Error:
            return word[0]
    else:
        plain = binascii.a2b_qp(content, header=True)
    try:
        return plain.decode(word["charset"].partition("*")[0], "replace")  # RFC 2231, 5: a language may follow
    except (LookupError, ValueError):
        return plain.decode("latin-1")  # so that no control character escapes
