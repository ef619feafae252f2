"""What is wrong with a received table: the same fault of many cells once, with its count and the first of them."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING, Final

from clusterreport.locale import phrase
from clusterreport.render.intake.markup import paragraph
from clusterreport.render.intake.naming import anchor_of, counted, groups_of, place_of

if TYPE_CHECKING:
    from clusterreport.data.intake.report import TableIntake
    from clusterreport.errors import Problem, Spot
    from clusterreport.locale import Language
    from clusterreport.render.intake.naming import FaultGroup

_SHOWN: Final = 30  # cells of a fault that the page names
_MOST_GROUPS: Final = 300


def faults(table: TableIntake, language: Language) -> str:
    """Return the list of faults, "" where there are none."""
    return _listed(table, table.problems, phrase("intake.faults", language), "faults", language)


def doubts(table: TableIntake, language: Language) -> str:
    """Return what is told and makes no intake fail, and what was done in reading; "" where there is nothing."""
    listed = _listed(table, table.doubts, phrase("intake.doubts", language), "faults doubts", language)
    notes = "".join(f"<li>{escape(remark)}</li>" for remark in table.remarks)
    heading = f"<h3>{escape(phrase('intake.remarks', language))}</h3>"
    return listed + (f"{heading}\n<ul>{notes}</ul>" if notes else "")


def _listed(table: TableIntake, problems: tuple[Problem, ...], heading: str, kind: str, language: Language) -> str:
    if not problems:
        return ""
    groups = groups_of(problems)
    items = "\n".join(_item(table, group, language) for group in groups[:_MOST_GROUPS])
    left = len(groups) - _MOST_GROUPS
    more = paragraph(phrase("intake.more_faults", language, number=counted(left)), "soft") if left > 0 else ""
    return f'<h3>{escape(heading)}</h3>\n<ul class="{kind}">{items}</ul>{more}'


def _item(table: TableIntake, group: FaultGroup, language: Language) -> str:
    count = phrase("intake.cells", language, count=group.count, number=counted(group.count))
    counting = f'<span class="count">{escape(count)}</span>' if group.spots else ""
    what = f'<p class="what">{escape(group.problem)}</p>'
    where = _places(table, group, language) if group.spots else paragraph(group.where, "soft")
    return f"<li>{counting}{what}{paragraph(group.remedy)}{where}</li>"


def _places(table: TableIntake, group: FaultGroup, language: Language) -> str:
    places = [_place(table, spot, language) for spot in group.spots[:_SHOWN]]
    left = group.count - len(places)
    if left > 0:
        places.append(f"<span>{escape(phrase('intake.more_cells', language, number=counted(left)))}</span>")
    return f'<ul class="places">{"".join(f"<li>{place}</li>" for place in places)}</ul>'


def _place(table: TableIntake, spot: Spot, language: Language) -> str:
    anchor = escape(anchor_of(table, spot))
    return f'<a id="{anchor}" href="#{anchor}">{escape(place_of(table, spot, language))}</a>'
