"""Shows how far a build is: one moving line on a terminal, plain lines elsewhere."""

from __future__ import annotations

import sys
from contextlib import contextmanager
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

_WORDS: Final = {
    "data": "reading and checking the data",
    "statistics": "computing",
    "text": "writing the text",
    "pdf": "setting the PDF",
    "docx": "writing the Word file",
    "pair": "reading both files back and comparing them",
    "files": "putting the files in their place",
}


@contextmanager
def shown_progress(*, quiet: bool) -> Iterator[Callable[[str], None]]:
    """Yield a function that is told each stage as it begins."""
    if quiet:
        yield lambda _stage: None
    elif sys.stderr.isatty():
        from rich.console import Console

        with Console(stderr=True).status("starting") as status:
            yield lambda stage: status.update(_WORDS[stage])
    else:
        yield lambda stage: _print_line(_WORDS[stage])


def _print_line(words: str) -> None:
    sys.stderr.write(f"{words} …\n")
    sys.stderr.flush()
