"""The style sheet of a page, in the colours of a theme: for screens of any width, and for paper."""

from __future__ import annotations

from string import Template
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from clusterreport.theme import Theme

_SHEET: Final = Template("""\
body { margin: 0; background: $paper; color: $ink; font: 17px/1.75 "Noto Serif CJK SC", "Source Han Serif SC", \
"Songti SC", SimSun, Georgia, serif; }
.page { max-width: 46em; margin: 0 auto; padding: 1.5em 1em 3em; overflow-wrap: break-word; }
h1, h2, h3, h4, h5, h6, .masthead, .caption, caption, th, .amount, .callout-title, .contents { font-family: \
"Noto Sans CJK SC", "Source Han Sans SC", "PingFang SC", "Microsoft YaHei", Arial, sans-serif; }
h1 { font-size: 1.7em; line-height: 1.35; margin: .8em 0; text-align: center; }
h2 { font-size: 1.3em; line-height: 1.4; margin: 1.6em 0 .6em; color: $accent; }
h3 { font-size: 1.1em; margin: 1.3em 0 .5em; }
h4, h5, h6 { font-size: 1em; margin: 1.1em 0 .4em; }
p { margin: 0 0 .8em; }
a { color: $accent; }
.marking { font-weight: bold; }
.masthead { font-size: 2em; line-height: 1.3; font-weight: bold; text-align: center; color: $masthead; margin: .2em 0; }
.issue { text-align: center; }
.head { border-bottom: 2px solid $masthead; padding-bottom: .4em; }
.imprint { display: inline; margin-right: 1em; }
.lead { font-size: 1.05em; }
.note, .table-note, .source, .footnotes p, .to-data { font-size: .85em; line-height: 1.6; color: $soft; \
margin: 0 0 .4em; }
.number { white-space: nowrap; }
.contents ul { list-style: none; padding: 0; }
.contents .level2 { padding-left: 1.5em; }
ol.manual { list-style: none; }
.callout { border-left: 4px solid $accent; padding: .2em 0 .2em 1em; margin: 1em 0; }
.callout-title { font-weight: bold; }
.key-figures { margin: 1em 0; }
.key-figure { display: inline-block; vertical-align: top; width: 10em; margin: 0 1em 1em 0; \
border-top: 3px solid $accent; }
.amount { font-size: 1.9em; line-height: 1.3; font-weight: bold; color: $accent; margin: 0; white-space: nowrap; }
.unit { font-size: .5em; font-weight: normal; }
.line { font-size: .85em; line-height: 1.5; margin: 0; }
.figure, .table { margin: 1.4em 0; }
.pair .figure { display: inline-block; vertical-align: top; width: 48%; margin-right: 1%; }
.caption, caption { font-weight: bold; text-align: left; margin: 0 0 .4em; padding: 0 0 .4em; }
img { max-width: 100%; height: auto; }
.scroll { overflow-x: auto; }
table { border-collapse: collapse; width: 100%; font-size: .9em; line-height: 1.5; border-top: 2px solid $ink; \
border-bottom: 2px solid $ink; }
th, td { padding: .3em .6em; text-align: left; vertical-align: top; min-width: 2.4em; overflow-wrap: normal; }
th.text, td.text { min-width: 4em; }
sup { line-height: 1; white-space: nowrap; }
thead th { border-bottom: 1px solid $ink; vertical-align: bottom; }
tbody th { font-weight: normal; }
tbody th[colspan] { font-weight: bold; padding-top: .8em; }
th.number, td.number { text-align: right; white-space: normal; }
tr.total th, tr.total td { font-weight: bold; border-top: 1px solid $rule; }
.data { display: none; }
.data:target { display: block; }
.foot { border-top: 1px solid $ink; border-bottom: 1px solid $ink; margin-top: 2.5em; }
.foot p { margin: .2em 0; }
@media (max-width: 40em) {
body { font-size: 16px; }
h1 { font-size: 1.4em; }
.pair .figure { display: block; width: auto; }
.key-figure { width: 45%; margin-right: 3%; }
}
@media print {
body { font-size: 11pt; background: none; }
.page { max-width: none; padding: 0; }
.to-data, .data { display: none; }
h2, h3, h4, .caption, caption { page-break-after: avoid; }
tr, img, .key-figure { page-break-inside: avoid; }
thead { display: table-header-group; }
.scroll { overflow: visible; }
a { color: $ink; text-decoration: none; }
}
""")


def style_sheet(theme: Theme) -> str:
    """Return the rules."""
    colours = {name: theme.colour(name) for name in ("ink", "soft", "rule", "masthead", "paper")}
    return _SHEET.substitute(colours, accent=theme.colour(theme.palette[0]))
