"""What a build is refused for that no table shows by itself, and all that is told beside it: warnings and notes."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Final

from clusterreport.app import foreign_values
from clusterreport.characters import shown
from clusterreport.data import blanks, lacking
from clusterreport.data.doubts import doubts_of
from clusterreport.data.wording import in_language
from clusterreport.document.placeholders import holds_placeholder
from clusterreport.document.text import lines_of
from clusterreport.document.wording import format_quantity
from clusterreport.errors import Level, Problem, ProblemsError, SettingsError
from clusterreport.likeness import named_instead
from clusterreport.locale import BASE, languages, phrase, said
from clusterreport.messages import counted, message
from clusterreport.quantity import Published
from clusterreport.settings import FILE_NAME, TABLES_FILE
from clusterreport.subjects.clusters import figure_checks, naming
from clusterreport.subjects.clusters.statistics.metrics import is_unlisted, listed_names
from clusterreport.writing.faults import instead

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from clusterreport.app.drafting import Draft, ProjectFindings
    from clusterreport.document.model import About
    from clusterreport.inputs import Inputs
    from clusterreport.quantity import Quantity
    from clusterreport.reconcile.checks import Check
    from clusterreport.settings import Settings
    from clusterreport.subjects.clusters.statistics.published import FigureFinding


def refuse_disagreeing(must_agree: Iterable[str], findings: ProjectFindings) -> None:
    """Raise ProblemsError if a figure of ``must_agree`` does not agree with the rows.

    SettingsError lists the names that no figure has; one that was not known on the day of the data is passed over.
    """
    checks = {check.name: check for check in findings.checks}
    later = findings.data.later if findings.data else ()
    passed = {f"{figure.subject}.{figure.metric}" for figure in later}
    names = tuple(name for name in dict.fromkeys(must_agree) if name not in passed)
    place = message("{place}, {where}", place=FILE_NAME, where="delivery.must_agree")
    if unknown := [name for name in names if name not in checks]:
        raise SettingsError(
            Problem(place, message("no published figure is called {name}", name=name), instead(name, checks))
            for name in unknown
        )
    failed = [checks[name] for name in names if checks[name].verdict not in _AGREEING]
    if failed:
        raise ProblemsError(_disagreement(check, place) for check in failed)


def refuse_unnamed(findings: ProjectFindings, drafts: Iterable[Draft]) -> None:
    """Raise ProblemsError if a briefing prints a metric that has no name; one that it does not print is only told."""
    unlisted = _unlisted(findings)
    if not unlisted:
        return
    problems: list[Problem] = []
    for draft in drafts:
        about = draft.numbered.document.about
        printed = "\n".join(line.text for line in lines_of(draft.numbered))
        found = (figure for figure in unlisted if said(figure.label, about.language) in printed)
        problems.extend(replace(_unnamed(figure, findings), level=Level.BLOCK) for figure in found)
    if problems:
        raise ProblemsError(problems)


def told(settings: Settings, findings: ProjectFindings, drafts: Iterable[Draft], inputs: Inputs) -> tuple[Problem, ...]:
    """Return the warnings and notes on the data, on what the figures are held against, and on what would go out."""
    return (
        *(findings.data.doubts if findings.data else ()),
        *(
            doubt
            for table in findings.tables.values()
            for doubt in (
                *lacking.undecided(table.name, table.schema, table.dataset),
                *blanks.blank_cells(table.schema, table.dataset),
                *doubts_of(table, settings.as_of),
            )
        ),
        *(
            doubt
            for draft in drafts
            for find in (foreign_values.chinese_in, foreign_values.plurals_in)
            for doubt in find(draft.numbered, findings.tables)
        ),
        *(_unnamed(figure, findings) for figure in _unlisted(findings)),
        *_differing(findings),
        *(
            figure_checks.contradicted(findings.data, findings.computed)
            if findings.data is not None and findings.computed is not None
            else ()
        ),
        *_sources_left(settings, findings, inputs),
        *_placeholders(settings, drafts),
        *_other_cities(settings, findings, drafts),
    )


def _disagreement(check: Check, place: str) -> Problem:
    problem = message(
        "{name} is {published} as published, and the rows say {rows}",
        name=check.name,
        published=_printed(check.published),
        rows=message("nothing") if check.computed is None else _printed(check.computed),
    )
    remedy = message("Mend the rows or the figure; or take it out there, and the difference is printed.")
    return Problem(place, problem, remedy)


def _printed(quantity: Quantity) -> str:
    from clusterreport.document.model import NumberStyle

    return format_quantity(quantity, NumberStyle(), BASE)


def _unlisted(findings: ProjectFindings) -> tuple[FigureFinding, ...]:
    """Return the figures of metrics that have no name, one of each metric."""
    if findings.computed is None:
        return ()
    items = findings.computed.published.items
    return tuple({item.metric: item for item in items if is_unlisted(item.label)}.values())


def _unnamed(figure: FigureFinding, findings: ProjectFindings) -> Problem:
    dataset = findings.data.datasets["figures"] if findings.data else None
    row = next(iter(figure.value.basis.rows[0].rows)) if isinstance(figure.value.basis, Published) else 0
    known = named_instead(figure.metric, listed_names())
    remedy = message(
        "Write a row {metric},… into the table metrics (metric, name_zh, name_en), or mend the word. {known}",
        metric=figure.metric,
        known=known,
    )
    where = dataset.at(row, "metric") if dataset else ""
    return Problem(
        where, message("nothing says what {metric} is called", metric=shown(figure.metric)), remedy, level=Level.WARN
    )


def _differing(findings: ProjectFindings) -> Iterator[Problem]:
    """Yield one note on the figures and claims that differ from the rows, which the briefing prints with both sides."""
    names = [check.name for check in findings.checks if check.verdict == "differs"]
    if names and findings.data is not None:
        problem = counted(
            len(names),
            "1 figure or claim differs from the register or from another source: {names}",
            "{count} figures and claims differ from the register or from another source: {names}",
            names=message(", ").join(names),
        )
        remedy = message(
            "The table of checks prints both sides; name in delivery.must_agree of {file} what has to agree.",
            file=FILE_NAME,
        )
        yield Problem(findings.data.datasets["figures"].place, problem, remedy, level=Level.NOTE)


def _sources_left(settings: Settings, findings: ProjectFindings, inputs: Inputs) -> Iterator[Problem]:
    """Yield one warning on each place that still says what a new project says of a source that nobody has named."""
    for name, table in findings.tables.items():
        file = Path(table.schema.path).name
        starters = {phrase("starter.source", language, file=file) for language in languages()} if file else set()
        if {in_language(table.schema.source, language) for language in languages()} & starters:
            yield _source_left(message("{file}, tables.{name}.source", file=TABLES_FILE, name=name), file)
        paths = (path for path in inputs.paths_below(settings.templates) if path.name.endswith(".md.j2"))
        for path in filter(inputs.has, paths):
            lines = inputs.read(path).decode("utf-8", errors="replace").split("\n")
            if number := next((at for at, line in enumerate(lines, 1) if any(each in line for each in starters)), 0):
                place = f"templates/{path.relative_to(settings.templates).as_posix()}"
                yield _source_left(message("{place}, line {line}", place=place, line=number), file)


def _source_left(where: str, file: str) -> Problem:
    problem = message("the source of {file} is still to be named", file=file)
    remedy = message("Write who published the data, and where; it is printed with the numbers.")
    return Problem(where, problem, remedy, level=Level.WARN)


def _placeholders(settings: Settings, drafts: Iterable[Draft]) -> Iterator[Problem]:
    """Yield one warning on each text with a placeholder; the first place that has it is named, the others counted."""
    places: dict[str, list[str]] = {}
    for draft in drafts:
        for text in draft.placeholders:
            places.setdefault(text, []).append(_place_of(text, draft.numbered.document.about, settings))
    for text, found in places.items():
        others = list(dict.fromkeys(place for place in found if place != found[0]))
        problem = message("{text} holds a placeholder", text=shown(text[:_LONGEST]))
        if others:
            problem += message("; so does {others}", others=message(", ").join(others))
        remedy = message("Write what belongs there; nothing is sent that holds it.")
        yield Problem(found[0], problem, remedy, level=Level.WARN)


def _other_cities(settings: Settings, findings: ProjectFindings, drafts: Iterable[Draft]) -> Iterator[Problem]:
    """Yield a note on each name of another city in a head or foot: one letterhead may not do for every city."""
    if findings.computed is None or findings.data is None:
        return
    focus = findings.computed.city.name
    found: dict[str, Problem] = {}
    for draft in drafts:
        about = draft.numbered.document.about
        names = naming.names_in(findings.data, about.language)
        called = {city.name: names.get(city.name, city.name) for city in findings.data.cities}
        for text in (about.author, *(getattr(about.letterhead, name) for name in _HEAD)):
            others = [name for city, name in called.items() if city != focus and name in text]
            if others and called[focus] not in text and text not in found:
                problem = message(
                    "{text} names {city}, which is not the city of the briefing", text=shown(text), city=others[0]
                )
                remedy = message("Nothing needs to be done where it is issued from there; else write another name.")
                found[text] = Problem(_place_of(text, about, settings), problem, remedy, level=Level.NOTE)
    yield from found.values()


def _place_of(text: str, about: About, settings: Settings) -> str:
    """Return the setting that says ``text``, or the folder of the audience that prints it."""
    folder = f"templates/audiences/{about.audience}"
    if text == about.author == settings.author:
        return message("{place}, {where}", place=FILE_NAME, where="briefing.author")
    head = about.letterhead
    said = next((name for name in _HEAD if getattr(head, name) == text), "") or next(
        (name for name in _HEAD if holds_placeholder(getattr(head, name)) and getattr(head, name) in text), ""
    )
    return message("{place}, {where}", place=f"{folder}/audience.toml", where=f"letterhead.{said}") if said else folder


_AGREEING: Final = frozenset({"agrees", "rounding"})
_HEAD: Final = ("issuer", "masthead", "marking", "report_to", "send_to", "distribute_to", "copies")
_LONGEST: Final = 60  # characters of a text that a message shows
