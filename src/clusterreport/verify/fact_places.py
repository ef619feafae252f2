"""Holds what facts.json says of where numbers are printed against the document and the pages of the PDF."""

from __future__ import annotations

import json
from collections import Counter
from typing import TYPE_CHECKING, Any, Final

from clusterreport.document.model import Number
from clusterreport.document.walking import parts_of
from clusterreport.errors import Problem
from clusterreport.messages import message
from clusterreport.verify.amounts import in_words
from clusterreport.verify.passages import REMEDY, plain

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from clusterreport.document.model import NumberedDocument

_FILE: Final = "facts.json"
_DRAWN: Final = frozenset({"chart", "plotted"})
"""Kinds of places whose numbers stand in a drawing, its alternative text or nowhere, and are compared with it."""

_BLANKLESS: Final = "zh"
"""As what texts are compared: a large number and its unit have no blank between them in the file."""


def place_differences(numbered: NumberedDocument, facts: bytes, pages: Sequence[str]) -> Iterator[Problem]:
    """Yield a problem for each number that is listed more or less often than printed, or on a page that lacks it.

    ``pages`` are all characters of each page of the PDF; a facts.json of before places were listed has no differences.
    """
    told = json.loads(facts)
    if "places" not in told:
        return
    places = {place["id"]: place for place in told["places"]}
    yield from _miscounted(_printed(numbered), told["numbers"], places)
    texts = [plain(page, _BLANKLESS) for page in pages]
    for entry in told["numbers"]:
        where = message("{place}, {where}", place=_FILE, where=entry["name"])
        for words, ids in entry.get("prints", {}).items():
            for page in dict.fromkeys(_page_of(places.get(id_, {})) for id_ in ids):
                if page and not (page <= len(texts) and plain(words, _BLANKLESS) in texts[page - 1]):
                    problem = message(
                        "facts.json has “{words}” on page {page}, and it is not there", words=words, page=page
                    )
                    yield Problem(where, problem, message(REMEDY))


def _miscounted(
    printed: Counter[tuple[str, str]], entries: Sequence[Mapping[str, Any]], places: Mapping[str, Mapping[str, Any]]
) -> Iterator[Problem]:
    listed: Counter[tuple[str, str]] = Counter()
    for entry in entries:
        for words, ids in entry.get("prints", {}).items():
            listed[entry["name"], words] += sum(places.get(id_, {}).get("kind") != "plotted" for id_ in ids)
    for name, words in sorted(key for key in printed | listed if printed[key] != listed[key]):
        problem = message(
            "the document prints “{words}” in {ours} places, and facts.json lists {others}",
            words=words,
            ours=printed[name, words],
            others=listed[name, words],
        )
        yield Problem(message("{place}, {where}", place=_FILE, where=name), problem, message(REMEDY))


def _printed(numbered: NumberedDocument) -> Counter[tuple[str, str]]:
    """Return how often each number is printed in which words."""
    language = numbered.document.about.language
    numbers = (part for part in parts_of(numbered) if isinstance(part, Number))
    return Counter((each.quantity.name, in_words(each.quantity, each.style, language)) for each in numbers)


def _page_of(place: Mapping[str, Any]) -> int:
    return 0 if place.get("kind") in _DRAWN else int(place.get("page", 0))
