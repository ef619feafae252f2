"""Shows how far a build is: one moving line on a terminal, plain lines elsewhere."""

from __future__ import annotations

import sys
from contextlib import contextmanager
from typing import TYPE_CHECKING, Final

from clusterreport.messages import message, template

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

_WORDS: Final = {
    "data": template("reading and checking the data"),
    "statistics": template("computing"),
    "text": template("writing the text"),
    "pdf": template("setting the PDF"),
    "docx": template("writing the Word file"),
    "html": template("writing the page"),
    "xlsx": template("writing the workbook"),
    "pair": template("reading both files back and comparing them"),
    "files": template("putting the files in their place"),
}


@contextmanager
def shown_progress(*, quiet: bool) -> Iterator[Callable[[str], None]]:
    """Yield a function that is told each stage as it begins."""
    if quiet:
        yield lambda _stage: None
    elif sys.stderr.isatty():
        from rich.console import Console

        with Console(stderr=True).status(message("starting")) as status:
            yield lambda stage: status.update(message(_WORDS[stage]))
    else:
        yield lambda stage: _print_line(message(_WORDS[stage]))


def _print_line(words: str) -> None:
    sys.stderr.write(f"{words} …\n")
    sys.stderr.flush()
