"""Reads what the labels of a Word chart print: its numbers as their formats say them."""

from __future__ import annotations

import re
from decimal import ROUND_HALF_UP, Decimal
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Sequence

    from lxml.etree import _Element

    from clusterreport.verify.word_charts import Value

_C: Final = "{http://schemas.openxmlformats.org/drawingml/2006/chart}"
_SECTIONS: Final = re.compile(r'(?:"[^"]*"|[^;"])+|(?<=;)(?=;|$)')
_DIGITS: Final = re.compile(r'(?P<before>(?:"[^"]*")*)(?P<thousands>#,##)?0(?P<decimals>\.0+)?(?P<after>(?:"[^"]*")*)')


def printed_values(series: _Element, drawn: Sequence[Value]) -> tuple[str, ...]:
    """Return the words by which a chart labels the values of a series, "" where it does not."""
    labels = series.find(_C + "dLbls")
    if labels is None:
        return ("",) * len(drawn)
    own = {
        str(place.get("val")): label for label in labels.iterfind(_C + "dLbl") for place in label.iterfind(_C + "idx")
    }
    return tuple(_printed(own.get(str(place), labels), value) for place, value in enumerate(drawn))


def formatted(amount: Decimal, code: str) -> str:
    """Return ``amount`` as a number format of a workbook prints it; formats that we never write print nothing."""
    if code == "General":
        return f"{amount.normalize():f}"
    sections = _SECTIONS.findall(code)
    place = 0 if amount > 0 else 1 if amount < 0 else 2
    section = sections[place] if place < len(sections) else sections[0]
    found = _DIGITS.fullmatch(section)
    if found is None:
        return ""
    sign = "-" if amount < 0 and place >= len(sections) else ""
    last = Decimal(1).scaleb(1 - len(found["decimals"])) if found["decimals"] else Decimal(1)
    digits = f"{abs(amount).quantize(last, ROUND_HALF_UP):{',' if found['thousands'] else ''}f}"
    return f"{sign}{found['before']}{digits}{found['after']}".replace('"', "")


def _printed(label: _Element, value: Value) -> str:
    if not isinstance(value, Decimal) or label.find(_C + "tx") is not None or not _on(label, "showVal"):
        return ""
    code = label.find(_C + "numFmt")
    return formatted(value, "General" if code is None else code.get("formatCode", "General"))


def _on(label: _Element, name: str) -> bool:
    flag = label.find(_C + name)
    return flag is not None and flag.get("val") == "1"
