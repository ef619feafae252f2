"""What sources say in words, as templates ask for it: by id, by subject and by topic, in the order of their dates."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

from clusterreport.document.model import Stated
from clusterreport.errors import Problem, ProblemsError
from clusterreport.likeness import named_instead
from clusterreport.messages import message

if TYPE_CHECKING:
    from collections.abc import Iterator

    from clusterreport.locale import Words
    from clusterreport.statement import Statement

_WHERE: Final = "statements"


@dataclass(frozen=True, slots=True)
class StatementFinding:
    """One statement, printed by itself as its ``words``; every form that is printed keeps the source.

    ``subject`` is as in the file ("city:广州"), ``subject_name`` in words. ``quote`` is the source's own wording,
    ``quoted`` the same in quotation marks. ``speaker`` is "" where the source itself speaks, ``date`` where it is not
    known.
    """

    id: str
    subject: str
    subject_name: Words
    topic: str
    words: Stated
    quote: Stated
    quoted: Stated
    speaker: Words
    source: Words
    date: Words

    @classmethod
    def of(cls, statement: Statement, subject: str, subject_name: Words, topic: str) -> StatementFinding:
        """Return ``statement`` as a template finds it."""
        basis = statement.basis
        return cls(
            id=statement.id,
            subject=subject,
            subject_name=subject_name,
            topic=topic,
            words=Stated(statement),
            quote=Stated(statement, "quote"),
            quoted=Stated(statement, "quoted"),
            speaker=basis.speaker,
            source=basis.source,
            date=basis.date,
        )


@dataclass(frozen=True, slots=True)
class StatementSubjects:
    """What may be spoken of: ``named`` pairs a code ("city:广州") with its name in words, ``ids`` are those of rows.

    ``forms`` say how a code is written, and ``topics`` are the words for what is said.
    """

    named: tuple[tuple[str, Words], ...]
    ids: frozenset[str]
    forms: tuple[str, ...]
    topics: tuple[str, ...]

    def codes_of(self, wanted: str) -> frozenset[str]:
        """Return the codes that ``wanted`` means: one of them, a name, or a kind with a name; none if it means none."""
        kind, colon, name = wanted.partition(":")
        found = {code for code, called in self.named if wanted in (code, called)}
        if colon:
            found |= {code for code, called in self.named if code.startswith(f"{kind}:") and called == name}
        return frozenset(found) | ({wanted} & self.ids)


@dataclass(frozen=True, slots=True)
class Statements:
    """Statements in the order of their dates, those without a date first.

    ``_later`` are the ids and dates of those that lie after the day of which the briefing speaks; they are not used.
    """

    items: tuple[StatementFinding, ...]
    _subjects: StatementSubjects
    _later: tuple[tuple[str, str], ...] = ()

    def __iter__(self) -> Iterator[StatementFinding]:
        """Yield each statement."""
        return iter(self.items)

    def __len__(self) -> int:
        """Return how many there are."""
        return len(self.items)

    def __getitem__(self, name: str) -> StatementFinding:
        """Return the statement with this id; ProblemsError if there is none, or none yet."""
        found = next((item for item in self.items if item.id == name), None)
        if found is not None:
            return found
        if date := dict(self._later).get(name):
            problem = message("{name} is dated {date}, after the day that the briefing speaks of", name=name, date=date)
            remedy = message('Ask first, as in {{% if statements.has("{name}") %}}, or take it out.', name=name)
            raise _refused(problem, remedy)
        problem = message("there is no statement {name!r}", name=name)
        raise _refused(problem, named_instead(name, [item.id for item in self.items]))

    def has(self, name: str) -> bool:
        """Tell whether there is a statement with this id."""
        return any(item.id == name for item in self.items)

    def of(self, subject: object) -> Statements:
        """Return the statements on one subject: nation, city:…, province:…, the id of a row, a name, or a finding."""
        wanted = subject if isinstance(subject, str) else getattr(subject, "name", None)
        if not isinstance(wanted, str):
            forms = message(", ").join(self._subjects.forms)
            raise _refused(message("of needs a subject"), message("Write one of: {names}.", names=forms))
        codes = self._subjects.codes_of(wanted)
        if not codes:
            known = [code for code, _ in self._subjects.named]
            problem = message("{wanted!r} is no subject of the data", wanted=wanted)
            raise _refused(problem, named_instead(wanted, self._subjects.forms, known))
        return replace(self, items=tuple(item for item in self.items if item.subject in codes))

    def about(self, *topics: str) -> Statements:
        """Return the statements of one topic, or of several."""
        for topic in topics:
            if topic not in self._subjects.topics:
                problem = message("{topic!r} is no topic", topic=topic)
                raise _refused(problem, named_instead(str(topic), self._subjects.topics))
        return replace(self, items=tuple(item for item in self.items if item.topic in topics))


def _refused(problem: str, remedy: str) -> ProblemsError:
    return ProblemsError([Problem(_WHERE, problem, remedy)])
