"""The context of a rendering: objects behind sentinels, labels, references, problems, and the section's budget."""

from __future__ import annotations

import inspect
import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from markupsafe import Markup

from clusterreport.document.model import Quoted
from clusterreport.errors import Problem
from clusterreport.messages import message
from clusterreport.writing.budget import Budget
from clusterreport.writing.faults import TemplateError, instead
from clusterreport.writing.places import place_of

if TYPE_CHECKING:
    from clusterreport.document.model import Block, Inline
    from clusterreport.document.wording import Language
    from clusterreport.writing.audience import Audience
    from clusterreport.writing.loading import TemplateSource

OPEN: Final = "\ue000"
CLOSE: Final = "\ue001"
LABEL_OPEN: Final = "\ue002"
LABEL_CLOSE: Final = "\ue003"
SENTINEL: Final = re.compile(f"{OPEN}([0-9]+){CLOSE}")
LABELLED: Final = re.compile(f"{LABEL_OPEN}([^{LABEL_CLOSE}]*){LABEL_CLOSE}")
_NEAREST: Final = 20  # labels that are compared with all that there are
_PRINTED: Final = 15  # operations of putting an object into the text, by time


@dataclass(frozen=True, slots=True)
class Phrase:
    """Several inlines that were said by one expression."""

    inlines: tuple[Inline, ...]


@dataclass(frozen=True, slots=True)
class InvalidValue:
    """What an expression with a noted fault evaluates to; it prints nothing, nor does what is made of it."""


INVALID_VALUE: Final = InvalidValue()


@dataclass(slots=True)
class RenderContext:
    """What one briefing gathers while its templates are rendered.

    ``section`` and ``home`` name the section that is being rendered and its file. ``objects`` stand in the text as
    sentinels: private-use characters around their place in the list, which no template and no data can forge;
    ``printed_at`` are the lines that printed them.
    """

    audience: Audience
    section: str = ""
    home: str = ""
    sources: tuple[TemplateSource, ...] = ()
    objects: list[Inline | Phrase | Block] = field(default_factory=list)
    printed_at: list[str] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    labels: dict[str, str] = field(default_factory=dict)
    references: list[tuple[str, str]] = field(default_factory=list)
    counts: dict[tuple[str, str], int] = field(default_factory=dict)
    budget: Budget = field(default_factory=Budget)
    title_quotes: list[Quoted] = field(default_factory=list)

    @property
    def language(self) -> Language:
        """Return the language of the briefing."""
        return self.audience.language

    def begin(self, section: str, home: str, sources: tuple[TemplateSource, ...] = ()) -> None:
        """Turn to the next section, made of ``sources``: its budget is fresh, labels and problems stay."""
        self.section, self.home, self.sources = section, home, sources
        self.budget = Budget()

    def keep(self, part: Inline | Phrase | Block) -> Markup:
        """Return the sentinel that stands for ``part`` in the rendered text."""
        self.budget.spend(_PRINTED)
        self.objects.append(part)
        self.printed_at.append(self.place())
        return Markup(f"{OPEN}{len(self.objects) - 1}{CLOSE}")  # noqa: S704 -- a sentinel holds no data

    def note(self, fault: TemplateError, where: str = "") -> InvalidValue:
        """Note what is wrong at the place that is being rendered, and let the rendering go on."""
        self.problems.append(Problem(where or self.place(), fault.problem, fault.remedy))
        return INVALID_VALUE

    def titled(self, inlines: tuple[Inline, ...]) -> tuple[Inline, ...]:
        """Return the words of a title as they are; what they quote is kept, as a title holds no more than words."""
        self.title_quotes += [part for part in inlines if isinstance(part, Quoted)]
        return inlines

    def place(self) -> str:
        """Return the template and line that are being rendered, as far as they are known."""
        frame = inspect.currentframe()
        while frame is not None:
            if place := place_of(frame, frame.f_lineno):
                return place
            frame = frame.f_back
        return self.home

    def line_of(self, rendered: str) -> str:
        """Return the place of the template's line that ``rendered`` text was made from, as far as it can be found."""
        if self.place() != self.home:
            return self.place()
        if sentinel := SENTINEL.search(rendered):  # words beside an object may stand on other lines as well
            return self.printed_at[int(sentinel[1])]
        found = (source.line_of(rendered) for source in self.sources)
        return next((place for place in found if ", line " in place), self.home)

    def place_of(self, part: Inline) -> str:
        """Return the place of the template's line that printed ``part``, or the section's file."""
        for kept, place in zip(reversed(self.objects), reversed(self.printed_at), strict=True):
            if kept is part or (isinstance(kept, Phrase) and any(inner is part for inner in kept.inlines)):
                return place
        return self.home

    def claim(self, label: str, kind: str, where: str = "") -> str:
        """Return ``label``, or one made from the section's name, after noting that it is taken."""
        numbered = self._numbered(kind)
        name = label or numbered
        place = where or self.place()
        if name in self.labels:
            problem = message("the label {name!r} is taken by {labels}", name=name, labels=self.labels[name])
            self.problems.append(Problem(place, problem, message("Give one of the two another label.")))
        self.labels.setdefault(name, place)
        return name

    def dangling(self) -> list[Problem]:
        """Return a problem for each reference to a label that nothing has."""
        missing = [(label, place) for label, place in self.references if label not in self.labels]
        return [
            Problem(
                place,
                message("no table, figure or section has the label {label!r}", label=label),
                instead(label, self.labels) if count < _NEAREST else message("Write the label of one that there is."),
            )
            for count, (label, place) in enumerate(missing)
        ]

    def _numbered(self, kind: str) -> str:
        key = (self.section, kind)
        self.counts[key] = self.counts.get(key, 0) + 1
        number = self.counts[key]
        if kind != "section":
            return f"{self.section}-{kind}-{number}"
        return self.section if number == 1 else f"{self.section}-{number}"
