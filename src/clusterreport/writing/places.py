"""Says which line of which template a frame of generated code was made from."""

from __future__ import annotations

from bisect import bisect_right
from functools import lru_cache
from typing import TYPE_CHECKING

from clusterreport.messages import message

if TYPE_CHECKING:
    from types import FrameType

    from jinja2.environment import Template


def place_of(frame: FrameType, line: int) -> str:
    """Return template and line of ``line`` in the code of ``frame``; empty where it is no template's."""
    template: Template | None = frame.f_globals.get("__jinja_template__")
    if template is None:
        return ""
    return message(
        "{place}, line {line}",
        place=template.filename,
        line=template_line(frame.f_globals["debug_info"], line),
    )


def template_line(debug_info: str, line: int) -> int:
    """Return the template's line of a line of code; ``debug_info`` is Jinja's list of both, ``1=9&2=12``."""
    lines, codes = _pairs(debug_info)
    found = bisect_right(codes, line)
    return lines[found - 1] if found else 1


@lru_cache(maxsize=64)
def _pairs(debug_info: str) -> tuple[list[int], list[int]]:
    pairs = [pair.split("=") for pair in debug_info.split("&") if pair]
    return [int(template) for template, _ in pairs], [int(code) for _, code in pairs]
