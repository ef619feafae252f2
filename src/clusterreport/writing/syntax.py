"""Says what Jinja cannot read in a template: which tag is open, which is none, what stands where something is due."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from clusterreport.writing.faults import instead

if TYPE_CHECKING:
    import jinja2

_TAGS: Final = (
    "block", "call", "elif", "else", "endblock", "endcall", "endfor", "endif", "endmacro", "endset", "endwith",
    "extends", "for", "from", "if", "import", "include", "macro", "raw", "set", "with",
)  # fmt: skip
_CLOSED: Final = "Check that every {{, {% and {# is closed, and every if and for has its end."
_UNKNOWN: Final = re.compile(r"unknown tag '(\w+)'")
_INNERMOST: Final = re.compile(r"needs to be closed is '(\w+)'")
_KNOWN: Final = (
    (
        re.compile(r"unexpected char '([，、。：；（）［］｛｝“”‘’｜＝～\u3000])' at"),
        "the full-width {} stands in an expression",
        'Write commas, brackets and quotes half-width between {{ and }}, {% and %}: , ( ) ".',
    ),
    (
        re.compile(r"unexpected char '(.+)' at"),
        "{} has no meaning in an expression",
        "Take it out, or put words into quotes.",
    ),
    (
        re.compile(r"block '(.+)' defined twice"),
        "there are two blocks called '{}'",
        "Give one of the two another name.",
    ),
    (
        re.compile(r"end of comment tag"),
        "a comment is not closed",
        "Close the comment with #}; a label {#…} stands only at the end of a heading.",
    ),
    (re.compile(r"expected token '(.+?)', got '(.+)'"), "it cannot be read: {1} stands where {0} is due", _CLOSED),
)
_TAG: Final = re.compile(r"\{%[-+]?\s*(end)?(\w+)")
_SIGNS: Final = {
    "end of print statement": "}}", "end of statement block": "%}", "begin of statement block": "{%",
    "begin of print statement": "{{",
}  # fmt: skip


def syntax_fault(error: jinja2.TemplateSyntaxError) -> tuple[int, str, str]:
    """Return the line of what cannot be read, what is wrong with it, and what to do."""
    message = (error.message or "").rstrip(".")
    unknown, innermost = _UNKNOWN.search(message), _INNERMOST.search(message)
    if unknown:
        return error.lineno, *_unknown_tag(unknown[1], innermost)
    if innermost:
        name = innermost[1]
        return _opened(error.source or "", name) or error.lineno, f"{{% {name} %}} is not closed", _to_close(name)
    return error.lineno, *_misplaced(message)


def _misplaced(message: str) -> tuple[str, str]:
    """Return what stands where it cannot, and what to do; in Jinja's words where it is none of what is known."""
    for pattern, problem, remedy in _KNOWN:
        if found := pattern.search(message):
            return problem.format(*(_SIGNS.get(part, part) for part in found.groups())), remedy
    return f"it cannot be read: {message[:1].lower()}{message[1:]}", _CLOSED


def _unknown_tag(name: str, innermost: re.Match[str] | None) -> tuple[str, str]:
    if name not in _TAGS:
        return f"there is no tag {{% {name} %}}", instead(name, _TAGS)
    if innermost:
        return f"{{% {name} %}} stands where {{% {innermost[1]} %}} is not closed yet", _to_close(innermost[1])
    remedy = f"Take it out, or open what it belongs to: {{% {name.removeprefix('end')} … %}}."
    if name in {"elif", "else"}:
        remedy = "Take it out, or write {% if … %} before it."
    return f"{{% {name} %}} belongs to nothing that is open", remedy


def _to_close(name: str) -> str:
    return f"Write {{% end{name} %}} behind what belongs to it."


def _opened(source: str, name: str) -> int:
    """Return the line of the last tag ``name`` in ``source`` that nothing closes, 0 where none is found."""
    opened: list[int] = []
    for tag in _TAG.finditer(source):
        if tag[2] == name and not tag[1]:
            opened.append(source.count("\n", 0, tag.start()) + 1)
        elif tag[2] == name and opened:
            opened.pop()
    return opened[-1] if opened else 0
