"""Finds words beside a printed number that say something of it and that nothing holds to it: 提高到, 超, 占, 其中."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import groupby
from typing import TYPE_CHECKING, Final

from clusterreport.document.model import Emphasis, Link, Number, Strong, Text
from clusterreport.document.text import inline_text
from clusterreport.messages import message
from clusterreport.quantity import Bound, Computed
from clusterreport.writing.faults import TemplateError
from clusterreport.writing.typed_words import patterns_of

if TYPE_CHECKING:
    import re
    from collections.abc import Iterable, Iterator

    from clusterreport.document.model import Inline
    from clusterreport.locale import Language
    from clusterreport.quantity import Quantity

_PLANNED: Final = "planned"


@dataclass(frozen=True, slots=True)
class _Patterns:
    """The patterns of one language, as binding.toml tells them."""

    bound: re.Pattern[str]
    change: re.Pattern[str]
    comparison: re.Pattern[str]
    standing: re.Pattern[str]
    behind: re.Pattern[str]
    share_of: re.Pattern[str]
    among: re.Pattern[str]
    sentence: re.Pattern[str]
    planned: re.Pattern[str]


def unbound(inlines: Iterable[Inline], language: Language) -> Iterator[tuple[Number, TemplateError]]:
    """Yield the numbers of a paragraph beside which typed words say more than the number itself, with what is wrong."""
    words = _Patterns(**patterns_of("binding", language))
    parts = list(_joined(flattened(inlines)))
    for place, part in enumerate(parts):
        if not isinstance(part, Number):
            continue
        before, behind = _text_at(parts, place - 1), _text_at(parts, place + 1)
        fault = (
            _qualified(part, before, behind, words, language)
            or _typed(part, before, behind, words)
            or _outside(part, parts[:place], before, words, language)
        )
        if fault is not None:
            yield part, fault


def flattened(inlines: Iterable[Inline]) -> Iterator[Inline]:
    """Yield the inlines of a paragraph, those within bold words and links too, in their order."""
    for inline in inlines:
        match inline:
            case Strong(children) | Emphasis(children) | Link(_, children):
                yield from flattened(children)
            case _:
                yield inline


def _qualified(number: Number, before: str, behind: str, words: _Patterns, language: Language) -> TemplateError | None:
    """Return what is wrong with the number's own qualifier: said twice, or left out without a word for it."""
    bound = number.quantity.bound
    if bound is Bound.EXACT:
        return None
    word = bound.said(language)
    beside = words.bound.search(before) or words.behind.search(behind)
    if number.style.qualifier and beside:
        return TemplateError(
            message("“{typed}” stands beside a number that says “{word}” itself", typed=beside[0].strip(), word=word),
            message("Take the word out."),
        )
    if number.style.qualifier:
        return None
    kept = words.planned.search(before) if bound.direction == _PLANNED else beside and word in beside[0]
    if kept:
        return None
    return TemplateError(
        message("the number is printed without its “{word}”, and the sentence does not say it", word=word),
        message("Write the word into the sentence, or leave out |plain."),
    )


def _typed(number: Number, before: str, behind: str, words: _Patterns) -> TemplateError | None:
    """Return the fault of words that are typed beside a number; a qualifier of its own that |plain left out is none."""
    own = number.quantity.bound is not Bound.EXACT and not number.style.qualifier
    for pattern in (words.change, words.comparison, words.standing, *(() if own else (words.bound,))):
        if found := pattern.search(before):
            return _unclaimed(found[0].strip())
    found = None if own else words.behind.search(behind)
    return _unclaimed(found[0].strip()) if found else None


def _unclaimed(typed: str) -> TemplateError:
    return TemplateError(
        message("“{typed}” is typed beside a number, and nothing holds it to its value", typed=typed),
        message("Say it with claim(“…”, value), |moved, |became or compared(…), which print it only where it is true."),
    )


def _outside(
    number: Number, earlier: list[Inline], before: str, words: _Patterns, language: Language
) -> TemplateError | None:
    """Return the fault of a share that is not one of the count before it, and of a part that is more than its whole."""
    counts = _counts_before(earlier, words)
    if not counts:
        return None
    share = number.quantity
    if words.share_of.search(before) and _is_of_others(share, counts):
        return TemplateError(
            message(
                "{share} is the share of another count than {count}",
                share=_called(number, language),
                count=_called(Number(counts[-1]), language),
            ),
            message("Print the count and the share of one finding, such as total.cross and total.share."),
        )
    if words.among.search(before) and share.unit == counts[-1].unit and _is_more(share, counts[-1]):
        return TemplateError(
            message(
                "{part} is more than {whole}, of which it is said to be a part",
                part=_called(number, language),
                whole=_called(Number(counts[-1]), language),
            ),
            message("Name a part of it, or write the sentence otherwise."),
        )
    return None


def _called(number: Number, language: Language) -> str:
    return number.quantity.name or inline_text(number, language)


def _is_of_others(share: Quantity, counts: list[Quantity]) -> bool:
    """Tell whether a share is found from such counts, but over something else than those that stand before it."""
    basis = share.basis
    if share.unit.kind != "share" or not isinstance(basis, Computed):
        return False
    return any(_is_of_another_scope(count, basis) for count in counts) and not any(
        _is_input(count, basis) for count in counts
    )


def _is_input(count: Quantity, share: Computed) -> bool:
    return isinstance(count.basis, Computed) and any(
        isinstance(given, Computed) and given.scoped == count.basis.scoped for given in share.inputs
    )


def _is_of_another_scope(count: Quantity, share: Computed) -> bool:
    """Tell whether the share is one of the same thing, counted over something else: 2022 beside 2024."""
    return isinstance(count.basis, Computed) and any(
        isinstance(given, Computed) and given.label == count.basis.label and given.scope != count.basis.scope
        for given in share.inputs
    )


def _is_more(part: Quantity, whole: Quantity) -> bool:
    return part.amount is not None and whole.amount is not None and part.amount > whole.amount


def _counts_before(earlier: list[Inline], words: _Patterns) -> list[Quantity]:
    """Return the counts that stand before a number in its sentence."""
    found: list[Quantity] = []
    for part in reversed(earlier):
        if isinstance(part, Number):
            if part.quantity.unit.kind == "count":
                found.append(part.quantity)
        elif isinstance(part, Text) and words.sentence.search(part.text):
            break
    return found[::-1]


def _text_at(parts: list[Inline], place: int) -> str:
    part = parts[place] if 0 <= place < len(parts) else None
    return part.text if isinstance(part, Text) else ""


def _joined(parts: Iterable[Inline]) -> Iterator[Inline]:
    """Yield the parts with neighbouring words as one: what is set in bold does not end a clause."""
    for are_words, neighbours in groupby(parts, key=lambda part: isinstance(part, Text)):
        if are_words:
            yield Text("".join(part.text for part in neighbours if isinstance(part, Text)))
        else:
            yield from neighbours
