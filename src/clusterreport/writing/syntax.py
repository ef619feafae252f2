"""Says what Jinja cannot read in a template: which tag is open, which is none, what stands where something is due."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from clusterreport.messages import message, template
from clusterreport.writing.faults import instead
from clusterreport.writing.said_elsewhere import in_our_words

if TYPE_CHECKING:
    import jinja2

_TAGS: Final = (
    "block", "call", "elif", "else", "endblock", "endcall", "endfor", "endif", "endmacro", "endset", "endwith",
    "extends", "for", "from", "if", "import", "include", "macro", "raw", "set", "with",
)  # fmt: skip
_CLOSED: Final = template("Check that every {{, {% and {# is closed, and every if and for has its end.")
_UNKNOWN: Final = re.compile(r"unknown tag '(\w+)'")
_INNERMOST: Final = re.compile(r"needs to be closed is '(\w+)'")
_KNOWN: Final = (
    (
        re.compile(r"unexpected char '(?P<sign>[，、。：；（）［］｛｝“”‘’｜＝～\u3000])' at"),
        template("the full-width {sign} stands in an expression"),
        template('Write commas, brackets and quotes half-width between {{ and }}, {% and %}: , ( ) ".'),
    ),
    (
        re.compile(r"unexpected char '(?P<sign>.+)' at"),
        template("{sign} has no meaning in an expression"),
        template("Take it out, or put words into quotes."),
    ),
    (
        re.compile(r"block '(?P<sign>.+)' defined twice"),
        template("there are two blocks called {sign!r}"),
        template("Give one of the two another name."),
    ),
    (
        re.compile(r"end of comment tag"),
        template("a comment is not closed"),
        template("Close the comment with #}; a label {#…} stands only at the end of a heading."),
    ),
    (
        re.compile(r"expected token '.+?', got '(?P<sign>\u5e74)'"),
        template("{sign} stands behind a number that is not in quotes"),
        template('Write a year as a number alone or in quotes: where(…=2024) or where(…="…").'),
    ),
    (
        re.compile(r"expected token '(?P<due>.+?)', got '(?P<sign>.+)'"),
        template("it cannot be read: {sign} stands where {due} is due"),
        _CLOSED,
    ),
)
_WORDS_WITHIN: Final = re.compile(r"unexpected char '[^\x00-\x7f]' at")
_OPENING: Final = re.compile(r"\{\{|\{%")
_COMMENT: Final = re.compile(r"\{#.*?#\}", re.DOTALL)
_CLOSING: Final = {"{{": "}}", "{%": "%}"}
_TAG: Final = re.compile(r"\{%[-+]?\s*(end)?(\w+)")
_SIGNS: Final = {
    "end of print statement": "}}", "end of statement block": "%}", "begin of statement block": "{%",
    "begin of print statement": "{{",
}  # fmt: skip


def syntax_fault(error: jinja2.TemplateSyntaxError) -> tuple[int, str, str]:
    """Return the line of what cannot be read, what is wrong with it, and what to do."""
    said = (error.message or "").rstrip(".")
    unknown, innermost = _UNKNOWN.search(said), _INNERMOST.search(said)
    if unknown:
        return error.lineno, *_unknown_tag(unknown[1], innermost)
    if innermost:
        name = innermost[1]
        line = _opened(error.source or "", name) or error.lineno
        return line, message("{{% {name} %}} is not closed", name=name), _to_close(name)
    if _WORDS_WITHIN.search(said) and (opening := _unclosed(error.source or "", error.lineno)):
        line, sign = opening
        closing = _CLOSING[sign]
        problem = message("{opening} has no {closing} behind it", opening=sign, closing=closing)
        return line, problem, message("Write {closing} behind the expression, before the words.", closing=closing)
    return error.lineno, *_misplaced(said)


def _misplaced(said: str) -> tuple[str, str]:
    """Return what stands where it cannot, and what to do; in Jinja's words where it is none of what is known."""
    for pattern, problem, remedy in _KNOWN:
        if found := pattern.search(said):
            parts = {name: _SIGNS.get(part, part) for name, part in found.groupdict().items()}
            return message(problem, **parts), message(remedy)
    return message("it cannot be read: {said}", said=in_our_words(said[:1].lower() + said[1:])), message(_CLOSED)


def _unclosed(source: str, line: int) -> tuple[int, str] | None:
    """Return line and sign of the first {{ or {% up to ``line`` that another or the end comes before its closing."""
    text = _COMMENT.sub(lambda found: "\n" * found[0].count("\n"), source)
    openings = list(_OPENING.finditer(text))
    ends = [*(found.start() for found in openings[1:]), len(text)]
    for found, end in zip(openings, ends, strict=True):
        at = text.count("\n", 0, found.start()) + 1
        if at > line:
            return None
        if _CLOSING[found[0]] not in text[found.end() : end]:
            return at, found[0]
    return None


def _unknown_tag(name: str, innermost: re.Match[str] | None) -> tuple[str, str]:
    if name not in _TAGS:
        return message("there is no tag {{% {name} %}}", name=name), instead(name, _TAGS)
    if innermost:
        inner = innermost[1]
        problem = message("{{% {name} %}} stands where {{% {inner} %}} is not closed yet", name=name, inner=inner)
        return problem, _to_close(inner)
    opening = "if" if name in {"elif", "else"} else name.removeprefix("end")
    remedy = message("Take it out, or open what it belongs to: {{% {opening} … %}}.", opening=opening)
    return message("{{% {name} %}} belongs to nothing that is open", name=name), remedy


def _to_close(name: str) -> str:
    return message("Write {{% end{name} %}} behind what belongs to it.", name=name)


def _opened(source: str, name: str) -> int:
    """Return the line of the last tag ``name`` in ``source`` that nothing closes, 0 where none is found."""
    opened: list[int] = []
    for tag in _TAG.finditer(source):
        if tag[2] == name and not tag[1]:
            opened.append(source.count("\n", 0, tag.start()) + 1)
        elif tag[2] == name and opened:
            opened.pop()
    return opened[-1] if opened else 0
