"""Small pieces of HTML: paragraphs, terms with what is said of them, tables that scroll by themselves."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence


def paragraph(text: str, kind: str = "") -> str:
    """Return a paragraph of plain text."""
    return f'<p class="{kind}">{escape(text)}</p>' if kind else f"<p>{escape(text)}</p>"


def definitions(pairs: Iterable[tuple[str, str]]) -> str:
    """Return terms, each with what is said of it."""
    return f"<dl>{''.join(f'<dt>{escape(term)}</dt><dd>{escape(said)}</dd>' for term, said in pairs)}</dl>"


def scrolled(heading: str, heads: Sequence[tuple[str, str]], rows: Iterable[str]) -> str:
    """Return a table in a box of its own width; ``heads`` are the headings with the kind of their column."""
    head = "".join(f'<th scope="col" class="{kind}">{escape(text)}</th>' for text, kind in heads)
    return (
        f'<div class="scroll" role="region" tabindex="0" aria-label="{escape(heading)}"><table><thead><tr>{head}</tr>'
        f"</thead><tbody>{''.join(rows)}</tbody></table></div>"
    )


def row(cells: Iterable[tuple[str, str]], anchor: str = "") -> str:
    """Return a row of (HTML, kind of the column), the first cell naming it."""
    first, *others = cells
    place = f' id="{escape(anchor)}"' if anchor else ""
    rest = "".join(f'<td class="{kind}">{html}</td>' for html, kind in others)
    return f'<tr{place}><th scope="row" class="{first[1]}">{first[0]}</th>{rest}</tr>'
