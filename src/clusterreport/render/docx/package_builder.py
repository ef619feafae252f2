"""What is counted and gathered while a Word file is written: ids, footnotes, lists, and the parts beside the text."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

    from clusterreport.document.facts import FactKey
    from clusterreport.document.wording import Language
    from clusterreport.render.docx.page_setup import Pages
    from clusterreport.theme import Theme


@dataclass(frozen=True, slots=True)
class PackagePart:
    """A part beside the text: where it lies, what it is, and the parts that it leans on (a chart on its workbook)."""

    name: str
    content_type: str
    relation: str
    content: bytes
    inner: Mapping[str, PackagePart] = field(default_factory=dict)


@dataclass(slots=True)
class PackageBuilder:
    """The state of one writing. ``external`` maps link targets to relationship ids; so do ``attachments`` their parts.

    ``pages`` is how the pages are set, and ``page_of`` gives the page of a label in the PDF, for the contents.
    ``fact_ids`` are those of facts.json, which the numbers bear.
    """

    theme: Theme
    pages: Pages
    language: Language
    page_of: Mapping[str, int]
    fact_ids: Mapping[FactKey, str]
    attachments: dict[str, PackagePart] = field(default_factory=dict)
    external: dict[str, str] = field(default_factory=dict)
    footnotes: dict[int, str] = field(default_factory=dict)
    list_starts: list[int] = field(default_factory=list)
    _next: int = 100
    _marks: int = 0

    @property
    def chinese(self) -> bool:
        """Tell whether the document is Chinese."""
        return self.language == "zh"

    def fresh_id(self) -> int:
        """Return a number that nothing else in this file has."""
        self._next += 1
        return self._next

    def next_mark(self) -> int:
        """Return the number of one more bookmark around a number or statement, from 1."""
        self._marks += 1
        return self._marks

    def attach(self, attachment: PackagePart) -> str:
        """Keep a part and return the id of its relationship."""
        identifier = f"rIdPart{len(self.attachments) + 1}"
        self.attachments[identifier] = attachment
        return identifier

    def link(self, target: str) -> str:
        """Return the id of the relationship to an address outside the file."""
        return self.external.setdefault(target, f"rIdLink{len(self.external) + 1}")
