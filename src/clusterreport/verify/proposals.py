"""Reads the comments of a Word file: a number in one is proposed, and not said by the file."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from clusterreport.messages import message
from clusterreport.verify.edited_numbers import MarkedText
from clusterreport.verify.verdicts import FactVerdict, Judgement

if TYPE_CHECKING:
    from collections.abc import Iterator

    from clusterreport.ledger.opening import BoundedPackage

_W: Final = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_OURS: Final = "clusterreport"
"""The author of the comments that were written at the places of an earlier verification."""


def comment_judgements(package: BoundedPackage) -> Iterator[Judgement]:
    """Yield one for each comment that says a number, those that we wrote aside."""
    main = package.main()
    names = [name for kind, name in package.related(main).values() if kind == "comments" and name in package.names]
    for name in names:
        for comment in package.tree(name).iter(_W + "comment"):
            words = " ".join("".join(text.text or "" for text in comment.iter(_W + "t")).split())
            if MarkedText(words).numbers and comment.get(_W + "author") != _OURS:
                author = comment.get(_W + "author") or "?"
                yield Judgement(
                    message("a comment of {author}", author=author),
                    words,
                    FactVerdict.UNCHECKABLE,
                    message("proposed in a comment"),
                    "",
                    "proposed",
                )
