"""Arelle finds nothing in our pages, and every difference that is planted in them."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest

from clusterreport.render import Rendered
from clusterreport.render.html.page import render
from tests.render.html.arelle import found_by_arelle
from tests.render.html.tagged import page, theme
from tests.samples import english, sample
from tests.verify.pairs import with_names

pytestmark = pytest.mark.slow

TOTAL = '<ix:nonFraction name="f:nation.clusters"'


def once(pattern: str, other: str) -> Callable[[str], str]:
    def planted(text: str) -> str:
        changed, count = re.subn(pattern, other, text, count=1)
        assert count
        return changed

    return planted


PLANTED = {
    "another amount in a cell": (once(rf"(<td.*?{TOTAL}[^>]*>)80", r"\g<1>81"), "duplicateFacts"),
    "rounded too far": (once(r">46</ix:nonFraction>", ">47</ix:nonFraction>"), "duplicateFacts"),
    "another power of ten": (once(r'scale="12"', 'scale="11"'), "duplicateFacts"),
    "a sign less": (once(r' sign="-"', ""), "duplicateFacts"),
    "a letter for a figure": (once(rf"({TOTAL}[^>]*>)80", r"\g<1>8O"), "transformValueError"),
    "a concept that there is not": (once("f:nation.clusters", "f:nation.cluster"), "missingReferences"),
    "a context that there is not": (once('contextRef="c1"', 'contextRef="c0"'), "contextReference"),
    "a unit that there is not": (once('unitRef="u1"', 'unitRef="u0"'), "unitReference"),
    "a dimension that there is not": (lambda text: text.replace("f:_scope", "f:_skope"), "xbrldie"),
    "an amount that says not how exact it is": (once(' decimals="INF"', ""), "4.6"),
    "what XHTML does not know": (lambda text: text.replace("<h1>", "<main>").replace("</h1>", "</main>"), "SCHEMAV"),
}


def written(made: Rendered, folder: Path, change: Callable[[str], str] = str) -> Path:
    folder.mkdir()
    for name, content in made.beside.items():
        (folder / name).write_bytes(content)
    path = folder / "page.html"
    path.write_text(change(made.content.decode()), encoding="utf-8")
    return path


def test_nothing_is_found_in_our_pages_and_all_that_is_planted(tmp_path: Path) -> None:
    ours = [page(), page("en"), render(with_names(sample()), theme()), render(english(), theme())]
    sound = [written(made, tmp_path / f"sound{place}") for place, made in enumerate(ours)]
    spoiled = {
        written(page(), tmp_path / f"spoiled{place}", change): (name, code)
        for place, (name, (change, code)) in enumerate(PLANTED.items())
    }
    found = found_by_arelle([*sound, *spoiled], tmp_path / "log.json")
    assert [found[path] for path in sound] == [[]] * len(sound)
    missed = {
        name: found[path] for path, (name, code) in spoiled.items() if not any(code in one for one in found[path])
    }
    assert missed == {}
