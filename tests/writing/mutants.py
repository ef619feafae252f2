"""Makes broken templates out of sound ones, the same ones for the same seed."""

from __future__ import annotations

import random
from pathlib import Path
from typing import TYPE_CHECKING, Final

from tests.writing import hostile, lengthy

if TYPE_CHECKING:
    from collections.abc import Callable

ROOT: Final = Path(__file__).parents[2]
SHIPPED: Final = {
    path.relative_to(ROOT / "templates").as_posix(): path.read_text(encoding="utf-8")
    for path in sorted((ROOT / "templates").rglob("*.md.j2"))
}


def _split(words: str) -> tuple[str, ...]:
    return tuple(words.split(" ¦ "))


_EXPRESSIONS: Final = _split(
    "nation ¦ nation.clusters ¦ nation.clusters.amount ¦ nation.population ¦ nation.missing ¦ "
    "nation.missing.amount ¦ nation.label ¦ regions ¦ regions.provinces ¦ regions.by_province ¦ "
    "regions.by_province.items ¦ regions.by_year ¦ regions.by_province.of('江苏') ¦ published ¦ register ¦ "
    "checks ¦ city ¦ as_of ¦ issue ¦ audience ¦ about ¦ about.letterhead ¦ about.as_of ¦ chart ¦ chart.bar ¦ "
    "loop ¦ self ¦ caller ¦ namespace ¦ range ¦ range(3) ¦ names ¦ table ¦ true ¦ none ¦ 0 ¦ -1 ¦ 1.5 ¦ "
    "1e300 ¦ '' ¦ '甲' ¦ '80' ¦ 'a.b' ¦ [] ¦ [1, '甲'] ¦ () ¦ {} ¦ {'name': '甲'} ¦ [[]] ¦ [{}] ¦ x ¦ ns ¦ "
    "ns.l ¦ nothing ¦ super() ¦ nation.clusters.basis ¦ nation.clusters.unit ¦ col('name', '省份') ¦ "
    "[col('name', '省份')] ¦ figure(nation.clusters, '甲') ¦ quoted('甲', source='乙') ¦ footnote('甲') ¦ "
    "note('甲') ¦ page_break() ¦ basis_table() ¦ ref('a') ¦ chart.bar(regions.by_province, title='甲')"
)
_FUNCTIONS: Final = _split(
    "ranking ¦ names ¦ ref ¦ footnote ¦ note ¦ quoted ¦ basis_table ¦ page_break ¦ shown ¦ table ¦ col ¦ "
    "key_figures ¦ figure ¦ pair ¦ chart.bar ¦ chart.scatter ¦ chart.network ¦ chart.heatmap ¦ "
    "chart.lorenz ¦ range ¦ namespace ¦ nation ¦ regions.by_province.of ¦ regions.by_province.top ¦ "
    "published.of ¦ loop ¦ loop.changed ¦ ''.startswith ¦ {}.get ¦ {'a': 1}.items"
)
_KEYS: Final = _split(
    "title ¦ label ¦ note ¦ source ¦ top ¦ groups ¦ total ¦ columns ¦ values ¦ names ¦ series ¦ emphasis ¦ "
    "unit ¦ attribute ¦ default ¦ reverse ¦ width ¦ decimals ¦ dense ¦ wide ¦ text ¦ items ¦ caller ¦ "
    "value ¦ by"
)
_FILTERS: Final = _split(
    "default ¦ first ¦ last ¦ length ¦ list ¦ map ¦ select ¦ reject ¦ selectattr ¦ rejectattr ¦ sort ¦ "
    "reverse ¦ unique ¦ groupby ¦ decimals ¦ bare ¦ plain ¦ signed ¦ ordinal ¦ chinese ¦ day ¦ month ¦ "
    "year ¦ listed ¦ join ¦ upper"
)
_TESTS: Final = _split("defined ¦ undefined ¦ none ¦ in ¦ even ¦ odd ¦ eq ¦ ne ¦ lt ¦ le ¦ gt ¦ ge ¦ shown ¦ known")
_OPERATORS: Final = _split(
    "+ ¦ - ¦ * ¦ / ¦ // ¦ % ¦ ** ¦ ~ ¦ == ¦ != ¦ < ¦ <= ¦ > ¦ >= ¦  in  ¦  not in  ¦  and  ¦  or  ¦ , "
)
_TAGS: Final = _split(
    "{{% if {e} %}} ¦ {{% elif {e} %}} ¦ {{% else %}} ¦ {{% endif %}} ¦ {{% for x in {e} %}} ¦ "
    "{{% for x, y in {e} %}} ¦ {{% for x in {e} if {e} %}} ¦ {{% for x in {e} recursive %}} ¦ "
    "{{% endfor %}} ¦ {{% set x = {e} %}} ¦ {{% set x, y = {e} %}} ¦ {{% set ns = namespace(l={e}) %}} ¦ "
    "{{% set ns.l = {e} %}} ¦ {{% set x %}} ¦ {{% endset %}} ¦ {{% macro x(y, z={e}) %}} ¦ "
    "{{% endmacro %}} ¦ {{% call x() %}} ¦ {{% call(y) x({e}) %}} ¦ {{% call footnote() %}} ¦ "
    "{{% call note() %}} ¦ {{% endcall %}} ¦ {{% block x %}} ¦ {{% block x scoped %}} ¦ {{% endblock %}} ¦ "
    "{{% raw %}} ¦ {{% endraw %}} ¦ {{% with x = {e} %}} ¦ {{% endwith %}} ¦ {{% filter join %}} ¦ "
    "{{% endfilter %}} ¦ {{% autoescape false %}} ¦ {{% endautoescape %}} ¦ "
    "{{% extends 'sections/sources.md.j2' %}} ¦ {{% include 'overview.md.j2' %}} ¦ "
    "{{% include 'nothing.md.j2' ignore missing %}} ¦ {{% include {e} %}} ¦ "
    "{{% import 'sections/message.md.j2' as x %}} ¦ {{% from 'sections/message.md.j2' import x %}} ¦ "
    "{{# 甲 #}} ¦ {{{{ {e} }}}} ¦ {{{{- {e} -}}}} ¦ {{{{ self.x() }}}} ¦ {{{{ super() }}}} ¦ "
    "{{{{ caller({e}) }}}} ¦ {{{{ loop({e}) }}}} ¦ {{{{ x({e}) }}}} ¦ {{{{ varargs }}}} ¦ {{{{ kwargs }}}} ¦ "
    "{{% break %}} ¦ {{% do x %}} ¦ {{% debug %}}"
)
_FRAMES: Final = tuple(
    (begin, end)
    for end, begins in {
        "{% endif %}": ("{{% if {e} %}}", "{{% if {e} %}}甲{{% elif {f} %}}", "{{% if {e} %}}甲{{% else %}}"),
        "{% endfor %}": ("{{% for x in {e} %}}", "{{% for x, y in {e} if {f} %}}", "{{% for x in {e} recursive %}}"),
        "{% endset %}": ("{{% set x %}}", "{{% set ns.l %}}", "{{% set x | join %}}"),
        "{% endmacro %}": (
            "{{% macro x(y, z={e}) %}}",
            "{{% macro m(caller) %}}",
            "{{% macro x() %}}{{{{ varargs }}}}",
        ),
        "{% endcall %}": ("{{% call x({e}) %}}", "{{% call(y) x() %}}", "{{% call footnote() %}}", "{{% call {e} %}}"),
        "{% endblock %}": ("{{% block x %}}", "{{% block y scoped %}}", "{{% block z required %}}"),
        "{% endwith %}": ("{{% with x = {e}, y = {f} %}}",),
        "{% set z = 1 %}": ("{{% set ns = namespace(l={e}) %}}{{% set ns.l = {f} %}}", "{{% set x, y = {e} %}}"),
    }.items()
    for begin in begins
)
_BY_PART: Final = ("map", "groupby", "sort", "unique")
_BEFORE_LINES: Final = ("    ", "\t", "> ", "- ", "1. ", "3. ", "# ", "##### ", "  ")
_UNSEEN: Final = "\n\n\n\t\r\x00\x0b\x0c\x1b\u2028\u200b\ufeff\ue000\ue001\ud7ff\U0001f600é字省"
_CHARACTERS: Final[tuple[str, ...]] = (*lengthy.SIGNS, *_UNSEEN, "\r\n", "{{", "}}", "{%", "%}", "{#", "#}")


class Mutator:
    """One sequence of mutants."""

    def __init__(self, seed: int) -> None:
        """Begin the sequence of ``seed``."""
        self._random = random.Random(seed)  # noqa: S311 -- the same mutants every time
        self._sources = list(SHIPPED.values())

    def mutant(self) -> str:
        """Return the next broken template."""
        chosen = self._random
        text = self._begin()
        for _ in range(chosen.choice((0, 1, 1, 2, 3, 9))):
            change = chosen.choice(self._changes)
            text = str(change(self, text))
        return text[:60_000]

    def expression(self, depth: int = 0) -> str:
        """Return an expression that may mean nothing."""
        pick = self._random.choice
        if depth > 2 or self._random.random() < 0.4:
            return pick(_EXPRESSIONS)
        one, other = self.expression(depth + 1), self.expression(depth + 1)
        return pick(
            (
                f"{one}{pick(_OPERATORS)}{other}",
                f"{pick(_FUNCTIONS)}({one})",
                f"{pick(_FUNCTIONS)}({one}, {other})",
                f"{pick(_FUNCTIONS)}({one}, {pick(_KEYS)}={other})",
                f"{pick(_FUNCTIONS)}({pick(_KEYS)}={one}, {pick(_KEYS)}={other})",
                f"{pick(_FUNCTIONS)}(*{one}, **{other})",
                f"{one}|{pick(_FILTERS)}",
                f"{one}|{pick(_FILTERS)}({other})",
                f"{one}|{pick(_FILTERS)}({pick(_KEYS)}={other})",
                f"{one}|{pick(('map', 'select', 'reject'))}('{pick((*_FILTERS, *_TESTS))}', {other})",
                f"{one}|{pick(_BY_PART)}(attribute='{pick(('name', 'clusters', 'a.b', '0'))}')",
                f"{one} is {pick(_TESTS)}",
                f"{one} is {pick(_TESTS)}({other})",
                f"{one} if {other} else {pick(_EXPRESSIONS)}",
                f"{one} if {other}",
                f"({one}, {other})",
                f"[{one}, {other}]",
                f"{{{one}: {other}}}",
                f"({one}).{pick(('name', 'items', 'amount', 'value', '__class__', 'real', 'keys'))}",
                f"({one})[{other}]",
                f"({one})[{other}:]",
                f"not {one}",
                f"-({one})",
            )
        )

    def statement(self, depth: int = 0) -> str:
        """Return a statement with its end, within which others stand."""
        pick = self._random.choice
        if depth > 2 or self._random.random() < 0.3:
            return pick(("甲", "\n\n甲", "\n- 甲", f"{{{{ {self.expression()} }}}}", "{{ caller(1) }}", "{{ x(1) }}"))
        inner = "".join(self.statement(depth + 1) for _ in range(2))
        begin, end = pick(_FRAMES)
        return f"{begin.format(e=self.expression(), f=self.expression())}{inner}{end}"

    def _begin(self) -> str:
        kind = self._random.random()
        if kind < 0.3:
            return self._random.choice(self._sources)
        if kind < 0.6:
            return f"# 一\n甲{{{{ {self.expression()} }}}}\n"
        if kind < 0.8:
            return "# 一\n" + "\n".join(self.statement() for _ in range(3))
        if kind < 0.9:
            return "# 一\n" + "".join(self._tag() + self._random.choice(("", "\n", "甲")) for _ in range(5))
        if kind < 0.95:
            return "# 一\n" + self._random.choice([*hostile.ENDLESS.values()])
        return "# 一\n" + self._random.choice([*lengthy.KINDS.values()])(self._random.randint(1, 2000))

    def _tag(self) -> str:
        tag = self._random.choice(_TAGS)
        return tag.format(e=self.expression())

    def _spot(self, text: str) -> int:
        return self._random.randint(0, len(text))

    def _cut(self, text: str) -> str:
        begin = self._spot(text)
        return text[:begin] + text[begin + self._random.choice((1, 1, 2, 5, 40)) :]

    def _put(self, text: str) -> str:
        place = self._spot(text)
        return text[:place] + self._random.choice(_CHARACTERS) + text[place:]

    def _put_tag(self, text: str) -> str:
        place = self._spot(text)
        return text[:place] + self._tag() + text[place:]

    def _repeat(self, text: str) -> str:
        begin = self._spot(text)
        part = text[begin : begin + self._random.choice((1, 3, 30, 300))]
        return text[:begin] + part * self._random.choice((2, 2, 9, 99)) + text[begin:]

    def _swap_lines(self, text: str) -> str:
        lines = text.split("\n")
        one, other = (self._random.randrange(len(lines)) for _ in range(2))
        lines[one], lines[other] = lines[other], lines[one]
        return "\n".join(lines)

    def _swap_words(self, text: str) -> str:
        """Put an expression in the place of one that stands there."""
        places = [place for place in range(len(text) - 1) if text[place : place + 2] in {"{{", "in", "(", "if"}]
        if not places:
            return self._put_tag(text)
        place = self._random.choice(places) + 2
        end = min([found for sign in (" ", "|", ")", ",") if (found := text.find(sign, place + 1)) > 0] or [len(text)])
        return f"{text[:place]} {self.expression()}{text[end:]}"

    def _indent(self, text: str) -> str:
        lines = text.split("\n")
        place = self._random.randrange(len(lines))
        lines[place] = self._random.choice(_BEFORE_LINES) + lines[place]
        return "\n".join(lines)

    def _splice(self, text: str) -> str:
        other = self._random.choice(self._sources)
        return text[: self._spot(text)] + other[self._spot(other) :]

    _changes: Final[tuple[Callable[[Mutator, str], str], ...]] = (
        _cut, _put, _put, _put_tag, _put_tag, _repeat, _swap_lines, _swap_words, _swap_words, _indent, _splice,
    )  # fmt: skip
