"""Finds markup of other programs in a line of prose, which a briefing would print as it is: HTML, ~~, [^1]."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from clusterreport.messages import message, template

if TYPE_CHECKING:
    from collections.abc import Iterator

_STRONG: Final = template("Write **, or take the signs out.")
_PRINTED: Final = (
    (
        re.compile(r"</?[A-Za-z][A-Za-z0-9-]*(?:\s[^<>]*)?/?>"),
        template("the tag {words} would be printed as it is"),
        template("Take it out, or write ** and empty lines."),
    ),
    (
        re.compile(r"&(?:#[0-9]{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]{1,30});"),
        template("{words} would be printed as it is"),
        template("Type the character itself."),
    ),
    (
        re.compile(r"(?<!\\)\{\s*\{?[^{}]*(?:\}\s*\}?)?|(?<!\\)\}"),
        template("{words} would be printed as it is"),
        template("Write two braces and no space between them: {{ … }}; or \\{ to print the sign itself."),
    ),
    (re.compile(r"_x[0-9A-Fa-f]{4}_"), template("{words} would be printed as it is"), template("Take it out.")),
    (re.compile(r"(?<![_A-Za-z0-9])__(?=[^\s_])[^_]*__(?!_)"), template("{words} would be printed as it is"), _STRONG),
    (re.compile(r"~~(?=[^\s~])[^~]*~~"), template("{words} would be printed as it is"), _STRONG),
    (
        re.compile(r"\[\^[^\]\s]{1,40}\]"),
        template("{words} would be printed as it is"),
        template("Write {{ footnote('…') }} behind the words."),
    ),
    (
        re.compile(r"^ {0,3}\[[^\]]+\]:(?=\s)"),
        template("{words} would be printed as it is"),
        template("Write [words](https://…) where the link stands."),
    ),
)
_LONGEST: Final = 40
_UNDER: Final = re.compile(r" {0,3}=+\s*")
_RULE: Final = re.compile(r"\s*:?-+:?\s*")


def foreign_markup(text: str) -> Iterator[tuple[str, str]]:
    """Yield problem and remedy for each piece of foreign markup in one line, its links and addresses taken out."""
    if "<!--" in text:
        yield message("a remark stands between <!-- and -->"), message("Write {# … #}, which is not printed.")
    for pattern, problem, remedy in _PRINTED:
        for found in pattern.finditer(text):
            shown = found[0] if len(found[0]) <= _LONGEST else f"{found[0][:_LONGEST]}…"
            yield message(problem, words=shown), message(remedy)
    if _UNDER.fullmatch(text):
        yield message("a line of = would be printed as it is"), message("Write # and a space before a heading.")


def is_rule_of_table(line: str) -> bool:
    """Tell whether a line is the rule below the head of a table drawn with |, such as ``--- | ---``."""
    cells = line.strip().strip("|").split("|")
    return "|" in line and all(_RULE.fullmatch(cell) for cell in cells)
