"""Templates of any length that are all of one kind: what reads them must take twice the time for twice the length."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Callable

SIGNS: Final = "*_[]`(){}|#-+=~<>!\\&^\"'.,;:?/@$%0123 ，。、（）“”　\t"
_PIECES: Final = (
    "](", "[a](", "![", "[a](<b", '[a](b "', "[^", "[^a", "<a ", "<!--", "</a", "&#1", "&a", "_x00", "__a", "~~a",
    "**a", "*a", "a_", "a1", "1a", "甲,", "甲 ", "甲  ", "1,", "1.", "--- | ", "http://", "<http://a", "mailto:", "%}",
    "#}", "{# 注 #}", "{% if true %}{% endif %}", "{{ nation.label }}", "{{ nation.clusters }}", "{{ '甲' }}",
    "{% set a = 1 %}", "\\*", "``a", "甲乙",
)  # fmt: skip
_LINES: Final = (
    "甲", "", " ", "- 甲", "1. 甲", "> 甲", "> - 甲", "# 甲", "## 甲 {#x", "## 甲", "---", "***", "```", "~~~",
    "    甲", "\t甲", "|甲|", "[甲]: b", "{%", "{#", "{% a", "{{", "{% if true %}", "{# 注 #}", "甲{#", "=", "- ", "1.",
    "{{ page_break() }}", "{{ note('甲') }}", "甲{{ footnote('注') }}", "{{ ref('a') }}", "{{ nashun }}", "{{ 5 }}",
    "有5个", "甲\\", "甲  ",
)  # fmt: skip


def _of(piece: str) -> Callable[[int], str]:
    return lambda length: piece * (length // len(piece))


def _within(begin: str, piece: str, end: str) -> Callable[[int], str]:
    return lambda length: begin + piece * (length // len(piece)) + end


KINDS: Final[dict[str, Callable[[int], str]]] = {
    **{f"sign {sign!r}": _within("甲", sign, "乙") for sign in SIGNS},
    **{f"piece {piece!r}": _within("甲", piece, "") for piece in _PIECES},
    **{f"line {line!r}": _of(f"{line}\n") for line in _LINES},
    **{f"paragraph {line!r}": _of(f"{line}\n\n") for line in _LINES if line.strip()},
    "blanks before a label": _within("## 甲", " ", "乙 {#x}"),
    "blanks in a heading": _within("## 甲", " ", "乙"),
    "signs behind a heading": _within("## 甲 ", "#", ""),
    "pairs in a heading": _within("## ", "*甲*", ""),
    "stars of a callout": _within("> **", "*", "甲**"),
    "stars around stars": lambda length: "甲".join(["*" * (length // 2)] * 2),
    "signs of quotation": _within("", ">", "甲"),
    "quotations on each line": lambda length: ("> " * 15 + "甲\n") * (length // 32),
    "lists in lists": lambda length: "".join(" " * (2 * (n % 9)) + "- 甲\n" for n in range(length // 13)),
    "bullets on a line": _within("", "- ", "甲"),
    "lazy lines of a callout": _within("> 甲\n", "乙\n", ""),
    "lazy lines of a list": _within("- 甲\n", "乙\n", ""),
    "empty items": _within("- 甲\n", "-\n", "- 乙"),
    "backticks of all lengths": lambda length: "".join("`" * (n % 300 + 1) + "a" for n in range(length // 150)),
    "strings in a list": _within("{% set a = [", "'甲', ", "] %}"),
    "strings in brackets": _within("{% set a = names([", "'甲', ", "]) %}"),
    "tags in a line": _within("", "{% set a = 1 %}", "甲"),
    "tags over lines": _within("", "{% set a\n= 1 %}", "甲"),
    "tags half closed": _within("", "{%a\n{%b%}", "甲"),
    "remarks over lines": _within("", "{#\n", "#} 甲"),
    "tag of blanks": _within("{%", " ", "%}"),
    "expression of blanks": _within("{{", " ", "1 }}"),
    "a raw passage": _within("{% raw %}", "甲 {# ", "{% endraw %}"),
    "a long word": _within("{{ ", "a", " }}"),
    "a long number": _within("{{ ", "1", " }}"),
    "a long fraction": _within("{{ 1.", "1", " }}"),
    "a number in pieces": _within("{{ 1", "_1", "e }}"),
    "a long string": _within("{{ '", "甲", "' }}"),
    "a string of escapes": _within("{{ '", "\\\\", "' }}"),
    "an open string": _within("{{ '", "甲", " }}"),
    "a string of names": _within("{{ 'a甲", "a", "' }}"),
    "unknown names": lambda length: "".join(f"{{{{ name{n} }}}}\n" for n in range(length // 14)),
    "references to nothing": lambda length: "".join(f"{{{{ ref('label{n}') }}}}\n" for n in range(length // 20)),
    "labels": lambda length: "".join(f"## 甲 {{#label-{chr(97 + n % 26)}{n}}}\n" for n in range(length // 18)),
    "labels and references to others": lambda length: "".join(
        f"## 甲 {{#label-a{n}}}\n{{{{ ref('labels-a{n}') }}}}\n" for n in range(length // 45)
    ),
    "the same label": _of("## 甲 {#a}\n"),
    "titles": _of("## 甲\n乙\n"),
    "words joined": lambda length: (
        "甲{% for i in range(100) %}{% for j in range("
        + str(length // 100)
        + ") %}{{ nation.label }}{% endfor %}{% endfor %}"
    ),
}

# What took the square of its length before, and what was nearest to it.
SUSPECT: Final = (
    "blanks before a label", "blanks in a heading", "signs behind a heading", "strings in a list",
    "strings in brackets", "tags half closed", "remarks over lines", "a string of names", "references to nothing",
    "labels and references to others", "words joined", "stars around stars", "quotations on each line",
    "line '{%'", "line '{#'", "line '1. 甲'", "line '甲'", "piece ']('", "piece '[^'", "piece '*a'", "piece 'a_'",
    "sign '['", "sign '`'", "sign '*'", "sign '>'",
)  # fmt: skip
