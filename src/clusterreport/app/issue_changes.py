"""Compares two issues that are finished: reads their numbers, and writes what changed as a Word file or a PDF."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Final

from clusterreport import theme
from clusterreport.document import numbering
from clusterreport.document.changes import compare
from clusterreport.document.changes_document import document_of
from clusterreport.document.vintages import FactsError, facts_told
from clusterreport.durability import replace_whole
from clusterreport.errors import UsageError
from clusterreport.messages import message, os_reason
from clusterreport.verify.ledger import read_ledger

if TYPE_CHECKING:
    from clusterreport.document.vintages import EditionFacts

ENDINGS: Final = (".docx", ".pdf")
_LOOK: Final = "plain.toml"


def edition_of(said: str, audience: str, output: Path | None) -> EditionFacts:
    """Return the numbers of what the user calls so: a file, the folder of an edition or an issue, or an issue's name.

    ``audience`` chooses where there are editions for several; ``output`` is the project's folder of issues, None where
    there is no project. UsageError says why there is nothing to read.
    """
    path = Path(said)
    if not path.exists() and output is not None and (output / said).is_dir():
        path = output / said
    if path.is_dir() and not any(each.is_file() for each in path.iterdir()):
        path = _edition_in(path, audience)
    ledger = read_ledger(path)
    try:
        return facts_told({"edition": dict(ledger.edition), "numbers": [*ledger.numbers]})
    except FactsError as error:
        problem = message("its numbers are damaged ({error})", error=error)
        raise UsageError(said, problem, message("Name the edition as it was built.")) from None


def write(file: Path, old: EditionFacts, new: EditionFacts, root: Path | None) -> None:
    """Write what changed as a Word file or a PDF, as the name of ``file`` says, in the language of the new edition.

    The look is that of the project in ``root``, if there is one. UsageError where the file cannot be written.
    """
    from clusterreport.render import docx, pdf  # only who writes a file waits for them

    if file.suffix.lower() not in ENDINGS:
        problem = message("it is neither a Word file nor a PDF")
        raise UsageError(str(file), problem, message("Let its name end with .docx or .pdf."))
    numbered = numbering.number(document_of(old, new, compare(old, new)))
    look = _look(root)
    made = pdf.render(numbered, look)
    content = made.content if file.suffix.lower() == ".pdf" else docx.render(numbered, look, made.page_of).content
    try:
        replace_whole(file, content)
    except OSError as error:
        problem = message("the file cannot be written ({reason})", reason=os_reason(error))
        raise UsageError(str(file), problem, message("Check the folder and your rights.")) from None


def _edition_in(folder: Path, audience: str) -> Path:
    """Return the folder of the edition for ``audience`` within that of an issue, or of the only one."""
    found = sorted(each.name for each in folder.iterdir() if each.is_dir() and not each.name.startswith("."))
    if audience in found:
        return folder / audience
    if len(found) == 1 and not audience:
        return folder / found[0]
    listed = message(", ").join(found)
    if audience:
        problem = message("there is no edition {audience} in it", audience=audience)
    else:
        problem = message("there are editions for {count} audiences in it", count=len(found))
    remedy = message("Name one with --audience: {names}.", names=listed) if found else message("Name another.")
    raise UsageError(str(folder), problem, remedy)


def _look(root: Path | None) -> theme.Theme:
    """Return the plain look of a project, else that which ships."""
    own = root / "templates" / "themes" / _LOOK if root else None
    if own is not None and own.is_file():
        return theme.load_theme(own, f"templates/themes/{_LOOK}")
    from clusterreport.app.starting import shipped_files

    (path,) = shipped_files("templates/themes", _LOOK)
    return theme.load_theme(path, _LOOK)
