"""Renews docs/vocabulary.md and docs/vocabulary.en.md: all that a template can say, with examples as they print."""

from __future__ import annotations

import sys
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING, Final

from clusterreport import settings
from clusterreport.app.vocabulary import entries_of
from clusterreport.inputs import Inputs

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from clusterreport.app.vocabulary import VocabularyEntry
    from clusterreport.locale import Language

ROOT: Final = Path(__file__).resolve().parent.parent
PAGES: Final[dict[Language, Path]] = {"zh": ROOT / "docs/vocabulary.md", "en": ROOT / "docs/vocabulary.en.md"}
OPENINGS: Final[dict[Language, str]] = {
    "zh": """# 模板里能写什么

本页由程序自己写出（`make pages` 更新）。[怎样改模板](templates.md)说怎样用；[自己的表](tables.md)里各种问法都有例子。

例子是用随程序带的数据排出来的。自己的数据和自己的表，运行 `clusterreport vocabulary` 来看；
`clusterreport vocabulary 位次` 按名称或中文查。排名用 `ranking` 说，或者画成图；一组里的一项用名称取，
方括号里换成别的名称，就是别的一项。[English](vocabulary.en.md)
""",
    "en": """# What a template can say

This page is made by the program itself (`make pages` renews it). [templates.md](templates.md) says how to use it;
[tables.md](tables.md) has an example of each question to a table of one's own.

The examples are set from the shipped data. For data and tables of one's own, run `clusterreport vocabulary`;
`clusterreport vocabulary place` looks up a name or a title. A ranking is said by `ranking`, or drawn; an item is taken
by its name, and another name in the brackets takes another item. [中文](vocabulary.md)
""",
}
HEADS: Final[dict[Language, tuple[str, str, str, str]]] = {
    "zh": ("名称", "是什么", "写法", "印成"), "en": ("name", "what it is", "written", "printed"),
}  # fmt: skip
KINDS: Final[dict[Language, dict[str, str]]] = {
    "zh": {"function": "函数", "chart": "图种", "filter": "竖线后面的写法", "test": "判断", "verb": "问自己的表"},
    "en": {"function": "Functions", "chart": "Charts", "filter": "Filters", "test": "Tests", "verb": "Own tables"},
}  # fmt: skip
LONGEST: Final = 120
"""Characters of what an example prints; the rest of a table or a long chart's description is left out."""


def page(language: Language) -> str:
    """Return the page in a language."""
    project = settings.load(ROOT)
    entries = entries_of(project, language, Inputs())
    parts = [OPENINGS[language]]
    for title, group in groupby(entries, lambda entry: _heading(entry, language)):
        parts.append("\n".join(_table(title, list(group), language)))
    return "\n".join(parts)


def _heading(entry: VocabularyEntry, language: Language) -> str:
    """Return under which heading an entry stands: a function of a finding under that finding."""
    if entry.kind == "value" or (entry.kind == "function" and "." in entry.name):
        return f"`{entry.name.partition('.')[0].partition('[')[0]}`"
    return KINDS[language][entry.kind]


def _table(title: str, entries: Sequence[VocabularyEntry], language: Language) -> Iterator[str]:
    yield f"## {title}\n"
    if f"`{entries[0].name}`" == title and not entries[0].example:
        yield f"{entries[0].title}\n"
        entries = entries[1:]
    if not entries:
        return
    yield f"| {' | '.join(HEADS[language])} |"
    yield "|---|---|---|---|"
    for entry in entries:
        example = "<br>".join(f"`{_cell(line)}`" for line in entry.example.splitlines() if line)
        yield f"| `{_cell(entry.name)}` | {_cell(entry.title)} | {example} | {_shortened(entry.printed)} |"
    yield ""


def _shortened(printed: str) -> str:
    text = _cell(" / ".join(line for line in printed.splitlines() if line)).replace("<", "&lt;")
    return text if len(text) <= LONGEST else f"{text[:LONGEST]}…"


def _cell(text: str) -> str:
    return text.replace("|", "\\|")


def main() -> None:
    """Write the pages, or with --check only say whether they are as they should be."""
    pages = {path: page(language) for language, path in PAGES.items()}
    if "--check" in sys.argv[1:]:
        stale = [path.name for path, text in pages.items() if not path.exists() or path.read_text("utf-8") != text]
        sys.exit(f"docs/{', docs/'.join(stale)}: not up to date, run make pages" if stale else 0)
    for path, text in pages.items():
        path.write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
