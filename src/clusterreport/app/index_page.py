"""The page that lists what a batch has made: one line for each city, with links to its files."""

from __future__ import annotations

import html
from typing import TYPE_CHECKING, Final
from urllib.parse import quote

from clusterreport.durability import replace_whole
from clusterreport.messages import message, spoken
from clusterreport.publishing import MESSAGE_HTML
from clusterreport.writing.audience import load_audience

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from clusterreport.app.batches import Batch, CityOutcome

_SHOWN: Final = (".pdf", ".docx", ".html", ".xlsx")
_PAGE: Final = """<!DOCTYPE html>
<html lang="{language}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<title>{title}</title>
<style>
body {{ font: 16px/1.6 sans-serif; margin: 2em auto; max-width: 60em; padding: 0 1em; }}
table {{ border-collapse: collapse; width: 100%; }}
th, td {{ border-bottom: 1px solid #ccc; padding: .3em .6em; text-align: left; vertical-align: top; }}
.wrong {{ color: #a00; white-space: pre-line; }}
</style>
</head>
<body>
<h1>{title}</h1>
<table>
<thead><tr>{head}</tr></thead>
<tbody>
{rows}
</tbody>
</table>
</body>
</html>
"""


def written(batch: Batch, found: Sequence[CityOutcome]) -> Path:
    """Write the page beside the folders of the cities, and return where it lies; the last one stands till it is whole.

    The page lists every edition of the issue that lies there for the cities of the batch, made now or left.
    """
    settings = batch.settings
    path = settings.output / f"{settings.issue}.html"
    titles = (load_audience(settings.templates / "audiences" / name, name).title for name in settings.audiences)
    head = "".join(f"<th>{html.escape(name)}</th>" for name in (message("city"), *titles))
    wrong = {outcome.focus: outcome.problems for outcome in found if outcome.problems}
    rows = []
    for focus in sorted(dict.fromkeys(outcome.focus for outcome in found), key=lambda name: name not in wrong):
        if problems := wrong.get(focus):
            said = html.escape("\n".join(map(str, problems)))
            cells = f'<td class="wrong" colspan="{len(settings.audiences)}">{said}</td>'
        else:
            cells = "".join(
                f"<td>{' '.join(_links(settings.output, focus, settings.issue, name))}</td>"
                for name in settings.audiences
            )
        rows.append(f"<tr><th>{html.escape(focus)}</th>{cells}</tr>")
    title = html.escape(message("issue {issue}", issue=settings.issue))
    content = _PAGE.format(language=spoken(), title=title, head=head, rows="\n".join(rows)).encode()
    if not (path.is_file() and path.read_bytes() == content):
        path.parent.mkdir(parents=True, exist_ok=True)
        replace_whole(path, content)
    return path


def _links(output: Path, focus: str, issue: str, audience: str) -> Iterator[str]:
    """Yield a link to each file of an edition that people open."""
    folder = output / focus / issue / audience
    for path in sorted(folder.glob("*"), key=lambda found: (found.suffix != ".pdf", found.suffix)):
        if path.suffix in _SHOWN and path.name != MESSAGE_HTML:
            place = quote(path.relative_to(output).as_posix())
            yield f'<a href="{place}">{path.suffix[1:].upper()}</a>'
