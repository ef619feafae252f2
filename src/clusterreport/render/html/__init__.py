"""Writes a numbered document as one HTML file, made for the bodies of letters: no script, and nothing from elsewhere.

Mail programs know little of style sheets, so every element carries its own; they show no SVG, so a figure is given as
its caption and the sentences that say what it shows.
"""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING, Final

from clusterreport.locale import phrase
from clusterreport.render import Rendered
from clusterreport.render.html.blocks import Writer

if TYPE_CHECKING:
    from clusterreport.document.model import NumberedDocument
    from clusterreport.theme import Theme

_WIDTH: Final = 600  # pixels: what mail programs show beside their lists
_FACES: Final = "'Microsoft YaHei','PingFang SC','Noto Sans CJK SC',sans-serif"


def render(numbered: NumberedDocument, theme: Theme) -> Rendered:
    """Return the file: UTF-8, the same bytes for the same document and look."""
    document = numbered.document
    about = document.about
    writer = Writer(theme, about.language)
    parts = [
        *writer.blocks(document.lead),
        *(part for section in document.sections for part in writer.section(section, 2)),
    ]
    ink, paper = theme.colour("ink"), theme.colour("paper")
    body = "\n".join([*parts, *writer.footnotes()])
    html = f"""<!DOCTYPE html>
<html lang="{phrase("language.tag", about.language)}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light only">
<title>{escape(about.title)}</title>
</head>
<body style="margin:0;padding:16px;background:{paper};color:{ink};font-family:{_FACES};font-size:16px;line-height:1.75">
<div style="max-width:{_WIDTH}px;margin:0 auto">
{body}
</div>
</body>
</html>
"""
    return Rendered(html.encode())
