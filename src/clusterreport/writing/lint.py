"""Finds in templates what a briefing must not hold: digits typed by hand, half-width punctuation, stray spaces."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final, NamedTuple

from clusterreport.characters import HAN, holds_han
from clusterreport.errors import Problem
from clusterreport.messages import message, template
from clusterreport.remembered import Remembered
from clusterreport.writing.asking import VERBS
from clusterreport.writing.compiling import MOST_TEMPLATES
from clusterreport.writing.foreign import foreign_markup, is_rule_of_table, without_foreign
from clusterreport.writing.languages import foreign_line, mixed_lines
from clusterreport.writing.loading import ALLOWED_ENDING, ENDING
from clusterreport.writing.render_context import LABELLED
from clusterreport.writing.typed_claims import VALUE, typed_claims

if TYPE_CHECKING:
    from collections.abc import Container, Iterable, Iterator

    import jinja2

    from clusterreport.document.wording import Language
    from clusterreport.writing.languages import Token
    from clusterreport.writing.loading import TemplateSource

_DIGITS: Final = re.compile(r"[0-9０-９]+(?:[.．,，][0-9０-９]+)*[%％]?")
_YEAR: Final = re.compile(
    r"(?<![0-9])(?:19|20)[0-9]{2}(?:[—～-](?:19|20)[0-9]{2})?(?=\u5e74)"
)  # U+5E74 is the sign of a year
_NAME: Final = re.compile(r"[A-Za-z][A-Za-z0-9_-]*")
_ITEM: Final = re.compile(r"^\s*[0-9]{1,9}[.)]\s")
_LINK: Final = re.compile(r"\]\([^)\s]*(\)?)")  # where none is closed, the words up to the blank hold none either
_ADDRESS: Final = re.compile(r"<?(?:https?://|mailto:)[^\s>]*>?")
_HALF_WIDTH: Final = re.compile(
    f"(?<=[{HAN}，。；：！？（）、”’》])[,.;:?!()']|[,;:?!()'](?=[{HAN}，。；：！？（）、“‘《])"
)
_SPACED: Final = re.compile(rf"(?<=[{HAN}，。；：！？（）、])[ ]+(?=[{HAN}，。；：！？（）、])")
_SPACES: Final = re.compile(r"(?<=\S) {2,}(?=\S)")
_FULL_WIDTH: Final = dict(zip(",.;:?!()'", "，。；：？！（）’", strict=True))
_BRACKETS: Final = str.maketrans({sign: _FULL_WIDTH[sign] for sign in "()"})
_KEY: Final = re.compile(r"[a-z][a-z0-9_]*:[^\s,.;:?!()，。；：！？（）]+")  # such as province:… of a published figure
_HELD: Final = frozenset({"quoted", "claim", "compared", "moved", "became"})
"""Functions whose words are a source's own, or are held against values."""
_COMPARING: Final = ("==", "!=")
_NO_SPACE: Final = re.compile(r"^#{1,6}[^#\s]")
_FULL_STOP: Final = re.compile(r"^ {0,3}#{1,6} .*。\s*$")
_PIPE_TABLE: Final = re.compile(r"^\s*\|.*\|?\s*$")
_FRONT_MATTER: Final = re.compile(r"---[ \t]*\n")


_MATTER: Final = (
    template("the file begins with ---, as settings before a text do"),
    template("Take the lines out; title, language and sections stand in audience.toml."),
)


class _Bracket(NamedTuple):
    """An opening bracket, the two signs before it, and the first name of the chain behind which it stands."""

    sign: str
    two_before: str
    before: str
    root: str


@dataclass(slots=True)
class _Prose:
    """What is typed by hand: the text with its expressions and tags masked, and the words within them by line."""

    parts: list[str] = field(default_factory=list)
    strings: list[tuple[int, str]] = field(default_factory=list)

    @property
    def lines(self) -> list[str]:
        return "".join(self.parts).split("\n")


_FAULTLESS: Final = Remembered[bool](MOST_TEMPLATES)
"""What was looked through and has no fault: a template, the language of its readers, the names that it may say."""


def problems_in(source: TemplateSource, environment: jinja2.Environment, language: Language) -> tuple[Problem, ...]:
    """Return what is wrong with the words typed into one template; a template that Jinja cannot read has none."""
    looked_through = (source, language, frozenset(environment.globals))
    if _FAULTLESS.get(looked_through):
        return ()
    problems = tuple(_problems_in(source, environment, language))
    if not problems:
        _FAULTLESS.keep(looked_through, True)  # noqa: FBT003 -- a mark
    return problems


def set_in_chinese(text: str) -> str:
    """Return words with the signs and blanks that ``problems_in`` wants between signs of Chinese."""
    if not holds_han(text):
        return text
    text = " ".join(text.translate(_BRACKETS).split())
    text = _HALF_WIDTH.sub(lambda found: _FULL_WIDTH[found.group()], text)
    return _SPACED.sub("", text)


def _problems_in(source: TemplateSource, environment: jinja2.Environment, language: Language) -> Iterator[Problem]:
    tokens = tuple(environment.lex(source.prepared))
    prose = _prose(tokens, environment.globals)
    if number := foreign_line((line.replace(VALUE, "") for line in prose.lines), prose.strings, language):
        problem = message("the section is not written in the language of the audience ({language})", language=language)
        remedy = message(
            "Write it so, under the same name in the audience's own folder, or change the audience's language."
        )
        yield Problem(message("{place}, line {line}", place=source.place, line=number), problem, remedy)
        return
    drawn = False
    for number, line in enumerate(prose.lines, 1):
        if not (drawn and _is_drawn(line)):
            for problem, remedy in _line_faults(line, source, language):
                yield Problem(message("{place}, line {line}", place=source.place, line=number), problem, remedy)
        drawn = _is_drawn(line)
    if _FRONT_MATTER.match(source.text):
        problem, remedy = map(message, _MATTER)
        yield Problem(message("{place}, line {line}", place=source.place, line=1), problem, remedy)
    for number, words in prose.strings:
        for problem, remedy in _word_faults(words, source, language):
            yield Problem(message("{place}, line {line}", place=source.place, line=number), problem, remedy)
    for number, words in mixed_lines(tokens, language):
        problem = message(
            "it is not in the language of the audience ({language}): {words}", language=language, words=words
        )
        remedy = message("Say it in that language, or put words of another between quotation marks or in brackets.")
        yield Problem(message("{place}, line {line}", place=source.place, line=number), problem, remedy)


def _prose(tokens: Iterable[Token], findings: Container[str]) -> _Prose:
    prose = _Prose()
    within = _Within()
    for number, kind, value in tokens:
        if kind == "data":
            prose.parts.append(value)
            continue
        prose.parts.append("\n" * value.count("\n"))
        if kind == "variable_begin":
            prose.parts.append(VALUE)
        if kind in {"variable_begin", "block_begin"}:
            within = _Within()
        elif kind == "string" and not within.is_exempt(findings) and not _KEY.fullmatch(value[1:-1]):
            prose.strings.append((number, value[1:-1]))
        if kind != "whitespace":
            within.pass_by(value)
    return prose


class _Within:
    """What stands before a word of an expression: the two signs before it, and what its brackets belong to."""

    def __init__(self) -> None:
        self._last = ("", "")
        self._root = ""  # the first name of the chain that is being read: tables, in tables.甲.where
        self._open: list[_Bracket] = []

    def pass_by(self, value: str) -> None:
        """Go on behind ``value``."""
        if value in {"(", "[", "{"}:
            self._open.append(_Bracket(value, *self._last, self._root))
        elif value in {")", "]", "}"} and self._open:
            self._root = self._open.pop().root
        elif value.isidentifier() and self._last[1] != ".":
            self._root = value
        self._last = (self._last[1], value)

    def is_exempt(self, findings: Container[str]) -> bool:
        """Tell whether a string is not printed, or stands where digits belong: a key, a source, or within quoted(…)."""
        if self._last == ("source", "=") or self._last[1] in _COMPARING:
            return True
        if not self._open:
            return False
        bracket = self._open[-1]
        if bracket.sign == "[":
            return bracket.before.isidentifier() or bracket.before in {")", "]"}
        if bracket.sign == "(" and (bracket.before in _HELD or self._names_part(bracket)):
            return True
        if bracket.two_before == "." and bracket.before in VERBS:
            return self._last != ("unit", "=")
        asked = bracket.two_before == "." and bracket.root in findings and bracket.root != "chart"
        return asked and (self._last[1] != "=" or bracket.before == "where")

    def _names_part(self, bracket: _Bracket) -> bool:
        """Tell whether a string says which part of the records is meant: col("研发经费2024", …), values=[("…", …)]."""
        return self._last[1] == "(" and (bracket.before == "col" or bracket.before in {"[", ","})


def _line_faults(line: str, source: TemplateSource, language: Language) -> Iterator[tuple[str, str]]:
    if not line:  # as between paragraphs: every second line of a long template
        return
    text = _masked(line, source)
    if _is_drawn(line):
        yield message("a table is drawn with |"), message("Write {{ table(…) }}, which keeps the basis of its numbers.")
        return
    if _NO_SPACE.match(line):
        yield message("a heading has no space behind #"), message("Write a space between # and the heading's words.")
    if _FULL_STOP.match(line):
        yield message("a heading ends with 。"), message("Take the full stop out.")
    if line.startswith("\u3000"):
        yield message("a line begins with full-width spaces"), message("Take them out; the theme indents paragraphs.")
    if _SPACES.search(text.rstrip()):
        yield message("there are two spaces in a row"), message("Write one space, or none between Chinese words.")
    yield from foreign_markup(text)
    if "｛" in text or "｝" in text:
        yield (
            message("full-width braces are printed as they are"),
            message("Write {{ and }}, or {% and %}, half-width."),
        )
    text = without_foreign(text)
    yield from _digits(_ITEM.sub("", text), source)
    yield from typed_claims(text.replace("*", ""), language, title=line.startswith("#"))
    if language == "zh":
        yield from _punctuation(text.replace("*", ""))


def _is_drawn(line: str) -> bool:
    """Tell whether a line belongs to a table that is drawn with |."""
    return bool(_PIPE_TABLE.match(line)) or is_rule_of_table(line)


def _word_faults(words: str, source: TemplateSource, language: Language) -> Iterator[tuple[str, str]]:
    """Yield faults of the words within an expression, if they are a sentence or title and not a technical name."""
    if not holds_han(words):
        if language != "zh" and " " in words:
            yield from typed_claims(_masked(words, source), language, title=True)
        return
    text = _masked(words, source)
    yield from typed_claims(text, language, title=True)
    yield from foreign_markup(text)
    yield from _digits(_YEAR.sub("", text), source)
    if language == "zh":
        yield from _punctuation(text.replace("*", ""))


def _digits(text: str, source: TemplateSource) -> Iterator[tuple[str, str]]:
    beside = source.place.rsplit("/", 1)[-1].removesuffix(ENDING) + ALLOWED_ENDING
    otherwise = message(", or name the words in {beside}", beside=beside) if source.place.endswith(ENDING) else ""
    for found in _DIGITS.finditer(_NAME.sub(_without_digits, text)):
        yield (
            message("the number {group} is typed by hand", group=found.group()),
            message("Print a finding with {{{{ }}}}, say it with quoted(…){otherwise}.", otherwise=otherwise),
        )


def _punctuation(text: str) -> Iterator[tuple[str, str]]:
    for found in _HALF_WIDTH.finditer(text):
        wide = _FULL_WIDTH[found.group()]
        yield (
            message("half-width {group} beside Chinese ({around})", group=found.group(), around=_around(text, found)),
            message("Write {wide}.", wide=wide),
        )
    for found in _SPACED.finditer(text):
        yield (
            message("a space between Chinese words ({around})", around=_around(text, found)),
            message("Take the space out."),
        )


def _around(text: str, found: re.Match[str]) -> str:
    return text[max(0, found.start() - 4) : found.end() + 4].replace(VALUE, "…").strip()


def _masked(line: str, source: TemplateSource) -> str:
    text = LABELLED.sub("", line)
    for literal in source.allowed:
        text = text.replace(literal, VALUE)  # as something is printed there, the blanks beside it stay apart
    return _ADDRESS.sub("", _LINK.sub(lambda found: "" if found[1] else found[0], text))


def _without_digits(name: re.Match[str]) -> str:
    """Return what stands behind the last digit of a name, so that CR3 and A19 are no numbers typed by hand."""
    last = max(map(name[0].rfind, "0123456789"))
    return name[0][last + 1 :] if last >= 0 else name[0]
