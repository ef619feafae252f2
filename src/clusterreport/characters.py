"""Knows the signs of Chinese, finds characters that nobody can see or tell from others, and shows words in messages."""

from __future__ import annotations

import re
import tomllib
import unicodedata
from pathlib import Path
from typing import Final

from clusterreport.messages import message

HAN: Final = "\u2e80-\u2fdf\u3005-\u3007\u3021-\u3029\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
"""The signs of Chinese and their radicals, as they stand between the brackets of a pattern."""


def holds_han(text: str) -> bool:
    """Tell whether a sign of Chinese stands in ``text``."""
    return _HAN_SIGN.search(text) is not None


def unprintable(text: str, *, in_cell: bool = True) -> str | None:
    """Return what is wrong with the first character of a cell, or of a setting, that cannot be printed, or None.

    Control characters and line ends, private use (a glyph of one machine only), halves of surrogate pairs, and the
    marks of failed conversions: XML cannot hold most of them, and nobody can see any.
    """
    found = _UNPRINTABLE.search(text)
    if found is None:
        return None
    sign = _described(found[0])
    return message("there is {sign} in the cell", sign=sign) if in_cell else message("there is {sign} in it", sign=sign)


def cleaned(text: str) -> str:
    """Return the text without its unprintable characters, so that the rest of it can be checked as well."""
    return _UNPRINTABLE.sub("", text)


def seen(word: str) -> str:
    """Return a word without all that cannot be printed or seen, so that the rest of it can be checked as well."""
    return _UNSEEN.sub("", _UNPRINTABLE.sub("", word))


def plain(word: str) -> str:
    """Return a word that is compared without what only says where a line may break, and with common spaces.

    The soft hyphen, the zero-width space, the word joiner and the byte order mark come along with text that is copied
    from pages; a no-break space looks like any other. Whoever reads the word sees no difference.
    """
    return _ODD_SPACES.sub(" ", _HARMLESS.sub("", word)).strip(" \u3000")


def unseen(word: str) -> str | None:
    """Return what is wrong with the first character that cannot be seen, or None; ``plain`` takes the harmless away.

    Such a character makes two words of what looks like one: joiners, marks of direction, selectors of variants,
    fillers, tags.
    """
    found = _UNSEEN.search(word)
    return (
        None
        if found is None
        else message("there is a character that cannot be seen ({code}) in it", code=code_of(found[0]))
    )


def doubtful(text: str) -> bool:
    """Tell whether the text holds anything that ``unprintable``, ``plain`` or ``unseen`` has something to do with."""
    return _DOUBTFUL.search(text) is not None


def folded(word: str) -> str:
    """Return the word as the eye takes it: words of one such form look the same, or differ in spaces and width only.

    Compatibility forms (half-width brackets, Kangxi radicals), radicals of dictionaries and Greek and Cyrillic letters
    that look like Latin ones become the common characters.
    """
    if _COMMON.fullmatch(word):
        return word
    common = unicodedata.normalize("NFKC", _BLANK.sub("", word).translate(_LOOK_ALIKES))
    return _BLANK.sub("", common)


def told_apart(word: str, other: str) -> str:
    """Return by which characters two words of one form differ, "" where they differ by no character of their own."""
    apart = [
        *(_named(sign) for sign in dict.fromkeys(word) if sign not in other),
        *(_named(sign) for sign in dict.fromkeys(other) if sign not in word),
    ]
    return message(", ").join(apart[:_MOST_SIGNS])


def shown(text: str) -> str:
    """Return the text between quotes, short and on one line, as messages quote it."""
    safe = "".join(sign if _visible(sign) else f"<{code_of(sign)}>" for sign in text[:_LONGEST])
    return message('"{text}"', text=safe if len(text) <= _LONGEST else f"{safe}…")


def code_of(sign: str) -> str:
    """Return how Unicode calls the character: U+200B."""
    return f"U+{ord(sign):04X}"


def _visible(sign: str) -> bool:
    return sign == " " or (sign.isprintable() and not _UNSEEN.match(sign))


def _named(sign: str) -> str:
    return (
        message("{sign} is {code}", sign=sign, code=code_of(sign))
        if _visible(sign) and sign != " "
        else message("there is a {code}", code=code_of(sign))
    )


def _described(character: str) -> str:
    code = code_of(character)
    if character in _LINE_ENDS:
        return message("a line break ({code})", code=code)
    if character == "\ufffd":
        return message("the mark of a failed conversion ({code})", code=code)
    if character <= "\u009f":
        return message("a control character ({code})", code=code)
    if "\ud800" <= character <= "\udfff":
        return message("half a character ({code})", code=code)
    if character[-1] in "\ufffe\uffff" or "\ufdd0" <= character <= "\ufdef":
        return message("a code that is no character ({code})", code=code)
    return message("a private-use character ({code})", code=code)


_LONGEST: Final = 60  # characters of a text that a message quotes
_MOST_SIGNS: Final = 4  # characters that a message names when it tells two words apart
_LINE_ENDS: Final = "\n\r\u0085\u2028\u2029"
_UNPRINTABLE_SIGNS: Final = (
    "\0-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff\ue000-\uf8ff\ufdd0-\ufdef\ufffd-\uffff\U000f0000-\U0010ffff"
)
_HARMLESS_SIGNS: Final = "\u00ad\u200b\u2060\ufeff"
_ODD_SPACE_SIGNS: Final = "\u00a0\u1680\u2000-\u200a\u202f\u205f"  # category Zs but for U+0020 and U+3000
# Default_Ignorable_Code_Point and the category Cf of Unicode, and U+2800, which is drawn as a blank.
_UNSEEN_SIGNS: Final = (
    "\u00ad\u034f\u0600-\u0605\u061c\u06dd\u070f\u0890\u0891\u08e2\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f"
    "\u202a-\u202e\u2060-\u206f\u2800\u3164\ufe00-\ufe0f\ufeff\uffa0\ufff0-\ufffb\U000110bd\U000110cd"
    "\U00013430-\U0001343f\U0001bca0-\U0001bca3\U0001d173-\U0001d17a\U000e0000-\U000e0fff"
)
_HAN_SIGN: Final = re.compile(f"[{HAN}]")
_UNPRINTABLE: Final = re.compile(f"[{_UNPRINTABLE_SIGNS}]")
_HARMLESS: Final = re.compile(f"[{_HARMLESS_SIGNS}]")
_ODD_SPACES: Final = re.compile(f"[{_ODD_SPACE_SIGNS}]")
_UNSEEN: Final = re.compile(f"[{_UNSEEN_SIGNS}]")
_DOUBTFUL: Final = re.compile(f"[{_UNPRINTABLE_SIGNS}{_ODD_SPACE_SIGNS}{_UNSEEN_SIGNS}]")
_BLANK: Final = re.compile(f"[ \t\r\n\u3000{_ODD_SPACE_SIGNS}{_UNSEEN_SIGNS}]")

_TABLE: Final = tomllib.loads(Path(__file__).with_suffix(".toml").read_text(encoding="utf-8"))
_LATIN_LOOKING: Final = "АВЕЅІЈКМНОРСТХаеѕіјорсухΑΒΕΖΗΙΚΜΝΟΡΤΥΧο"
_LATIN: Final = "ABESIJKMHOPCTXaesijopcyxABEZHIKMNOPTYXo"
_COMMON: Final = re.compile("[0-9A-Za-z\u4e00-\u9fff]*")
"""What no folding changes: names in common characters are nearly all, and folding each costs half of comparing it."""
_LOOK_ALIKES: Final = str.maketrans(_TABLE["radicals"] + _LATIN_LOOKING, _TABLE["ideographs"] + _LATIN)
