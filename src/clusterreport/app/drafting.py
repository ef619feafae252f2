"""What is to be set for each audience: its findings said in its language, its text, its look and its letter."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from functools import cache, cached_property
from types import MappingProxyType
from typing import TYPE_CHECKING, Final, Self

from clusterreport import theme
from clusterreport.app import agreement, contradictions, earlier_issues, letters, row_histories, totals
from clusterreport.data import checks as declared
from clusterreport.data import sources
from clusterreport.delivery.edition_names import edition_name
from clusterreport.document import model
from clusterreport.document.correcting import CorrectionNote
from clusterreport.document.placeholders import placeholders_in
from clusterreport.errors import Problem, ProblemsError
from clusterreport.locale import phrase
from clusterreport.messages import message
from clusterreport.remembered import Remembered
from clusterreport.subjects.clusters import figure_checks, naming, statistics, validation
from clusterreport.subjects.clusters.register_tables import register_tables, with_places
from clusterreport.writing import telling
from clusterreport.writing.audience import load_audience
from clusterreport.writing.faults import instead
from clusterreport.writing.vocabulary import TABLES

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from pathlib import Path

    from clusterreport.app.letters import Letter
    from clusterreport.data.dataset import Dataset
    from clusterreport.data.table import DataTable
    from clusterreport.document.model import About, NumberedDocument
    from clusterreport.document.vintages import RowHistory
    from clusterreport.inputs import Inputs
    from clusterreport.locale import Language
    from clusterreport.reconcile.checks import Reconciliation
    from clusterreport.render.docx.reference import ReferenceDocument
    from clusterreport.settings import Settings
    from clusterreport.subjects.clusters.records import CheckedData
    from clusterreport.writing.audience import Audience

    Report = Callable[[str], None]
    Spoken = Callable[[Language], "SpokenFindings"]


_TOML: Final = ".toml"


@dataclass(frozen=True)
class ReadTables:
    """The tables of a project as they were read: ``datasets`` by name, the checked register, the project's own."""

    datasets: dict[str, Dataset]
    data: CheckedData | None
    own: Mapping[str, DataTable]

    def findings(self, focus: str) -> ProjectFindings:
        """Return what is computed of them, with the city ``focus`` as the case; UsageError if there is no such."""
        if self.data is None:
            return ProjectFindings(None, (), self.own, histories=self.histories)
        computed = self.register.findings(focus)
        checks = self._reconciler.reconcile(computed)
        return ProjectFindings(computed, checks, self.own, self.data, self.histories)

    @cached_property
    def register(self) -> statistics.OfAnyCity:
        """Return what is computed of the register for any city; only where there is one."""
        assert self.data is not None  # noqa: S101 -- said above
        return statistics.OfAnyCity(self.data)

    @cached_property
    def histories(self) -> Mapping[str, RowHistory]:
        """Return of which times the rows are and how they were revised, by table; ProblemsError as of ``of_tables``."""
        return row_histories.of_tables(self.data.datasets if self.data else {}, self.own.values())

    @cached_property
    def _reconciler(self) -> figure_checks.Reconciler:
        assert self.data is not None  # noqa: S101 -- as in register
        return figure_checks.Reconciler(self.data)


@dataclass(frozen=True, slots=True)
class ProjectFindings:
    """Everything that templates may speak of: what was computed of the register, its checks, and the own tables.

    A project without the register has nothing but tables of its own.
    """

    computed: statistics.Findings | None
    checks: Reconciliation | tuple[()]
    tables: Mapping[str, DataTable]
    data: CheckedData | None = None
    histories: Mapping[str, RowHistory] = field(default_factory=dict)

    @classmethod
    def of(cls, data: CheckedData, focus: str, tables: Mapping[str, DataTable] = MappingProxyType({})) -> Self:
        """Return the findings of a register with the city ``focus`` as its case; UsageError if there is no such."""
        computed = statistics.compute(data, focus)
        return cls(computed, figure_checks.reconcile(data, computed), tables, data)

    def by_name(self, language: Language) -> dict[str, object]:
        """Return them in words of ``language``, by the names that templates say."""
        named: dict[str, object] = {}
        names = naming.names_in(self.data, language) if self.data else {}
        if self.computed is not None:
            named = {name: getattr(self.computed, name) for name in statistics.NAMES} | {"checks": self.checks}
        return {
            **{name: telling.told(value, language, names) for name, value in named.items()},
            TABLES: self._offered(),
        }

    def _offered(self) -> Mapping[str, DataTable]:
        """Return the tables of the register and the project's own."""
        return register_tables(self.data).before(self.tables) if self.data else self.tables

    def spoken(self, language: Language) -> SpokenFindings:
        """Return them for an edition in ``language``."""
        names = naming.names_in(self.data, language) if self.data else {}
        return SpokenFindings(self.by_name(language), names, self.unnamed(language))

    def unnamed(self, language: Language) -> tuple[Problem, ...]:
        """Return which names of the register an edition in ``language`` lacks."""
        return naming.unnamed(self.data, language) if self.data else ()


@dataclass(frozen=True, slots=True)
class SpokenFindings:
    """Findings in words of one language: by the names that templates say, what things are called, and what lacks it."""

    findings: Mapping[str, object]
    names: Mapping[str, str]
    unnamed: tuple[Problem, ...]


@dataclass(frozen=True)
class Draft:
    """A briefing before it is set: what it says, its look, the letterhead of its Word file, and the letter with it."""

    audience: Audience
    numbered: NumberedDocument
    look: theme.Theme
    reference: ReferenceDocument | None = None
    letter: Letter | None = None
    histories: Mapping[str, RowHistory] = field(default_factory=dict)

    @property
    def folders(self) -> tuple[str, ...]:
        """Return the folders of templates/ whose files make its text."""
        return "sections", "macros", f"audiences/{self.audience.name}"

    @cached_property
    def placeholders(self) -> tuple[str, ...]:
        """Return the texts that still hold a placeholder; the whole document is looked through for them once."""
        return placeholders_in(self.numbered)


def about_of(audience: Audience, settings: Settings) -> About:
    """Return what a document is, from what its audience and the issue's settings say."""
    head, language, total = audience.letterhead, audience.language, settings.total
    year = (settings.issued or settings.as_of).year
    issue_line = (
        "" if settings.number is None else phrase(f"issue.{settings.kind}", language, number=settings.number, year=year)
    )
    regular = settings.kind == "regular"  # the others have no 总第×期 in their heads
    total_line = phrase("issue.total", language, total=total) if total is not None and regular else ""
    return model.About(
        title=audience.document_title,
        issue=settings.issue,
        corrects=settings.corrects.issue if settings.corrects else "",
        audience=audience.name,
        audience_title=audience.title,
        language=audience.language,
        as_of=settings.as_of,
        issued=settings.issued,
        author=audience.author or settings.author,
        contents=audience.contents,
        letterhead=model.Letterhead(
            masthead=head.masthead,
            issue_line=issue_line if head.masthead else "",
            total_line=total_line if head.masthead else "",
            issuer=head.issuer or audience.author or settings.author,
            marking=head.marking,
            report_to=head.report_to,
            send_to=head.send_to,
            distribute_to=head.distribute_to,
            copies=head.copies,
        ),
    )


def note_of(settings: Settings, audience: str) -> CorrectionNote | None:
    """Return what a correction says of the issue that was wrong to the readers of an audience; None for another."""
    wrong = settings.corrects
    if wrong is None:
        return None
    names = (edition_name(audience, settings.focus), audience)
    readers = next((wrong.readers[name] for name in names if name in wrong.readers), ())
    return CorrectionNote(wrong.issue, wrong.reason, readers)


def read_tables(settings: Settings, inputs: Inputs) -> ReadTables:
    """Return every table of the project, read and checked; else all problems."""
    datasets = sources.read_all(settings.data, settings.places, inputs, settings.layouts)
    data = validation.check(datasets, settings.as_of, settings.expected_rows) if datasets else None
    own, tables = declared.read(settings.root, inputs)
    totals.refuse(own, settings.root, inputs)
    tables = with_places(tables, data) if data else tables
    return ReadTables({**{f"{TABLES}.{name}": dataset for name, dataset in own.items()}, **datasets}, data, tables)


def computed(settings: Settings, inputs: Inputs, report: Report) -> tuple[dict[str, Dataset], ProjectFindings]:
    """Return every table as read, by name, and what was computed of them; else all problems."""
    report("data")
    tables = read_tables(settings, inputs)
    report("statistics")
    return tables.datasets, tables.findings(settings.focus)


def drafted(
    settings: Settings, inputs: Inputs, report: Report
) -> tuple[dict[str, Dataset], list[Draft], tuple[Problem, ...]]:
    """Return every table as read, by name, what is to be set for each audience, and warnings; else all problems."""
    datasets, findings = computed(settings, inputs, report)
    return datasets, *drafted_from(findings, settings, inputs, report)


def drafted_from(
    findings: ProjectFindings, settings: Settings, inputs: Inputs, report: Report
) -> tuple[list[Draft], tuple[Problem, ...]]:
    """Return what is to be set for each audience, and warnings, of what was computed before; else all problems."""
    contradictions.refuse_disagreeing(settings.delivery.must_agree, findings)
    report("text")
    drafts = _drafts(settings, findings, inputs)
    contradictions.refuse_unnamed(findings, drafts)
    agreement.refuse_disagreeing(draft.numbered for draft in drafts)
    return drafts, contradictions.told(settings, findings, drafts, inputs)


def reference_place(audience: Audience, templates: Path) -> str | None:
    """Return where a letterhead lies within templates/, None where it lies outside."""
    path = (templates / "audiences" / audience.name / audience.reference).resolve()
    root = templates.resolve()
    return path.relative_to(root).as_posix() if path.is_relative_to(root) else None


def _drafts(settings: Settings, findings: ProjectFindings, inputs: Inputs) -> list[Draft]:
    """Return what is to be set for each audience; the problems of all audiences are collected first."""
    drafts: list[Draft] = []
    problems: list[Problem] = []
    spoken = cache(findings.spoken)
    for name in settings.audiences:
        try:
            drafts.append(_draft(name, settings, spoken, findings.histories, inputs))
        except ProblemsError as error:
            problems.extend(error.problems)
    if problems:
        raise ProblemsError(problems)
    return drafts


def _draft(name: str, settings: Settings, spoken: Spoken, histories: Mapping[str, RowHistory], inputs: Inputs) -> Draft:
    """Return the draft of one audience, which says the findings in its language."""
    templates = settings.templates
    audience = load_audience(templates / "audiences" / name, f"templates/audiences/{name}", inputs)
    said, reference = spoken(audience.language), None
    faults = [*_without_theme(audience, templates, inputs), *said.unnamed]
    try:
        reference = _reference(audience, templates, inputs)
    except ProblemsError as error:
        faults.extend(error.problems)
    try:
        writing_it = earlier_issues.ComparedWriting(
            audience, about_of(audience, settings), said.findings, templates, inputs, note_of(settings, name)
        )
        previous = earlier_issues.previous_of(settings, name)
        numbered, since = writing_it.written(previous, histories, said.names)
    except ProblemsError as error:
        raise ProblemsError([*faults, *error.problems]) from None
    if faults:
        raise ProblemsError(faults)
    look = _look(audience, templates, inputs)
    draft = Draft(audience, numbered, look, reference, histories=histories)
    if not settings.recipients:
        return draft
    known = {**said.findings, "since": since}
    return replace(
        draft, letter=letters.letter(audience, known, numbered, templates, look, inputs, note_of(settings, name))
    )


_LOOKS: Final = Remembered[theme.Theme](32)


def _look(audience: Audience, templates: Path, inputs: Inputs) -> theme.Theme:
    """Return the look of an audience: the same object where the file says the same, by which charts are remembered."""
    place = f"themes/{audience.theme}.toml"
    path = templates / place
    return _LOOKS.made((place, inputs.sha256(path)), lambda: theme.load_theme(path, f"templates/{place}", inputs))


def _without_theme(audience: Audience, templates: Path, inputs: Inputs) -> tuple[Problem, ...]:
    """Return what is to be told where the look that an audience names is none that there is."""
    names = [name.removesuffix(_TOML) for name in inputs.names(templates / "themes") if name.endswith(_TOML)]
    if audience.theme in names:
        return ()
    where = message("{place}, {where}", place=f"templates/audiences/{audience.name}/audience.toml", where="theme")
    problem = message("there is no theme {name!r}", name=audience.theme)
    return (Problem(where, problem, instead(audience.theme, names)),)


def _reference(audience: Audience, templates: Path, inputs: Inputs) -> ReferenceDocument | None:
    """Return the letterhead of an audience, read and found sound; None where it names none."""
    if not audience.reference:
        return None
    from clusterreport.render.docx import reference  # only those who name one wait for the library

    where = message("templates/audiences/{name}/audience.toml, reference", name=audience.name)
    place = reference_place(audience, templates)
    if place is None:
        remedy = message("Put the file into templates/, and write its path as seen from the audience's folder.")
        raise ProblemsError(
            [Problem(where, message("{reference!r} lies outside of templates/", reference=audience.reference), remedy)]
        )
    path = templates / place
    if not inputs.has(path):
        remedy = message("Put the letterhead beside audience.toml, and write its name.")
        raise ProblemsError(
            [Problem(where, message("there is no file {reference!r}", reference=audience.reference), remedy)]
        )
    return reference.load(path, f"templates/{place}", inputs)
