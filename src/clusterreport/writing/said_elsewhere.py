"""Says in the language of the user what Jinja and Python say of a template in English only."""

from __future__ import annotations

import re
from functools import cache
from typing import Final

from clusterreport.messages import message, template

_SAID: Final = (
    template("unexpected char {sign} at {place}"),
    template("unexpected '{sign}', expected '{wanted}'"),
    template("unexpected '{sign}'"),
    template("expected token '{wanted}', got '{found}'"),
    template("expected an expression, got '{found}'"),
    template("unexpected end of template, expected '{wanted}'"),
    template(
        "unexpected end of template. Jinja was looking for the following tags: {wanted}. "
        "The innermost block that needs to be closed is '{block}'"
    ),
    template(
        "encountered unknown tag '{tag}'. You probably made a nesting mistake. Jinja is expecting this tag, "
        "but currently looking for {wanted}. The innermost block that needs to be closed is '{block}'"
    ),
    template(
        "encountered unknown tag '{tag}'. Jinja was looking for the following tags: {wanted}. "
        "The innermost block that needs to be closed is '{block}'"
    ),
    template("encountered unknown tag '{tag}'"),
    template("missing end of comment tag"),
    template("tag name expected"),
    template("expected call"),
    template("expected name or number"),
    template("expected subscript expression"),
    template("invalid syntax for function call expression"),
    template("invalid character in identifier"),
    template("can't assign to '{found}'"),
    template("you cannot chain multiple tests with is"),
    template("non-default argument follows default argument"),
    template("names starting with an underline can not be imported"),
    template("block '{block}' defined twice"),
    template(
        "block names in Jinja have to be valid Python identifiers and may not contain hyphens, "
        "use an underscore instead"
    ),
    template("missing a required argument: {argument}"),
    template("too many positional arguments"),
    template("got an unexpected keyword argument {argument}"),
    template("multiple values for argument {argument}"),
)
"""Their sentences without the full stop, their first letter small; the first that fits is the one."""
_TOKENS: Final = (
    template("end of print statement"),
    template("end of statement block"),
    template("begin of statement block"),
    template("end of template"),
    template("name"),
    template("string"),
    template("integer"),
)


def in_our_words(said: str) -> str:
    """Return ``said`` in the language that is spoken; as it is where it is none of the known sentences."""
    for known in _SAID:
        if found := _pattern(known).fullmatch(said):
            return message(known, **{name: _terms(words) for name, words in found.groupdict().items()})
    return said


@cache
def _pattern(known: str) -> re.Pattern[str]:
    return re.compile(re.sub(r"\\\{(\w+)\\\}", r"(?P<\1>.+?)", re.escape(known)), re.DOTALL)


def _terms(words: str) -> str:
    """Return what a sentence names: a token by its name, or several signs with "or" between them."""
    return message(words) if words in _TOKENS else message(" or ").join(words.split(" or "))
