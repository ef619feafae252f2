"""Reads the recipients, those of clusterreport.toml and those of a table; all that is wrong is told at once."""

from __future__ import annotations

import tomllib
from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from clusterreport import settings as project_settings
from clusterreport.characters import shown
from clusterreport.data import sources
from clusterreport.data.faults import CellFault
from clusterreport.data.reading import Reading
from clusterreport.data.schema import declared_in
from clusterreport.errors import Problem, ProblemsError, UsageError
from clusterreport.inputs import Inputs
from clusterreport.likeness import named_instead, nearest
from clusterreport.messages import message
from clusterreport.settings import ALL, FILE_NAME
from clusterreport.settings.addresses import address_in, name_in
from clusterreport.settings.delivery import RECIPIENTS
from clusterreport.settings.recipients import Recipient
from clusterreport.settings.schedules import ASKED_FOR, unlisted
from clusterreport.subjects.clusters.city_names import CITIES, city_names_of, not_of
from clusterreport.writing.audience import FILE_NAME as AUDIENCE_FILE
from clusterreport.writing.audience import load_audience

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Callable, Iterable, Iterator, Mapping

    from clusterreport.data.dataset import Dataset
    from clusterreport.settings import Settings
    from clusterreport.settings.addresses import Address
    from clusterreport.settings.schedules import Schedule
    from clusterreport.settings.table_places import TableSource
    from clusterreport.subjects.clusters.city_names import CityNames
    from clusterreport.writing.audience import Audience

_FILE: Final = "recipients.toml"
_WORDS: Final[Mapping[str, Any]] = tomllib.loads(Path(__file__).with_name(_FILE).read_text(encoding="utf-8"))
_EVERY: Final = frozenset(_WORDS["all"])
_LANGUAGES: Final[Mapping[str, str]] = {word: name for name, words in _WORDS["languages"].items() for word in words}
_TABLE: Final = "recipients"
_MOST_ASKED: Final = 200
"""For how many different unknown cities the nearest known one is looked for."""


def load(root: Path, now: dt.datetime) -> Settings:
    """Return the settings of the project in ``root`` with all its recipients, asked ``now`` where a database has them.

    UsageError names everything that is wrong with the settings, ProblemsError with the recipients.
    """
    return with_recipients(project_settings.load(root), Inputs(now))


def with_recipients(settings: Settings, inputs: Inputs) -> Settings:
    """Return the settings with the recipients of the table too, and with every city as the register writes it.

    ProblemsError lists everything that is wrong with them, by file, row and column.
    """
    own, source = settings.recipients, settings.delivery.recipients
    problems: list[Problem] = []
    try:
        cities = _Cities(settings, inputs)
        recipients = [_resolved(one, number, cities, problems) for number, one in enumerate(own, start=1)]
        if source is not None:
            dataset = _dataset(source, settings.root, inputs)
            try:
                recipients += _recipients_in(dataset, settings, cities, inputs)
            except ProblemsError as error:
                problems += error.problems
        schedules = settings.schedules
        if cities.needed or any(each.cities for each in schedules):
            schedules = tuple(
                _at_home(each, number, settings.focus, cities, problems)
                for number, each in enumerate(schedules, start=1)
            )
    except ProblemsError as error:  # of a file that nothing can be said without
        raise ProblemsError([*problems, *error.problems]) from None
    if not problems and source is not None:
        problems += _unlisted(settings, recipients)
    if problems:
        raise ProblemsError(problems)
    return replace(settings, recipients=tuple(recipients), schedules=schedules)


def remarks_on(settings: Settings, now: dt.datetime) -> tuple[str, ...]:
    """Return how the table of recipients was read, such as which rows were taken for totals and notes, and left out."""
    source = settings.delivery.recipients
    return _dataset(source, settings.root, Inputs(now)).remarks if source else ()


class _Cities:
    """The cities of the register, read when the first of them is asked for."""

    def __init__(self, settings: Settings, inputs: Inputs) -> None:
        self._settings, self._inputs = settings, inputs
        self._names: CityNames | None = None
        self._left = _MOST_ASKED

    @property
    def needed(self) -> bool:
        """Tell whether anybody has asked for one."""
        return self._names is not None

    def called(self, name: str) -> str:
        """Return the city ``name`` as the register writes it; UsageError where there is none such."""
        return self.names.called(name)

    def nearest(self, name: str) -> str | None:
        """Return the city that is meant by a name that none has; after so many of them nothing is guessed any more."""
        self._left -= 1
        if self._left < 0:
            return None
        alike = [city for city in self.names.in_latin if city[:1] == name[:1]]  # 广洲 is 广州, not 株洲
        return nearest(name, alike, guess=True) or nearest(name, self.names.in_latin, guess=True)

    @property
    def names(self) -> CityNames:
        """Return them; UsageError in a project without a register."""
        if self._names is None:
            settings = self._settings
            if CITIES not in settings.data:
                problem = message("the data of this project are not by city")
                raise UsageError("focus", problem, message("Leave out the city."))
            layout = settings.layouts.get(CITIES)
            dataset = sources.read(settings.data[CITIES], settings.places[CITIES], self._inputs, layout)
            self._names = city_names_of(dataset)
        return self._names


def _dataset(source: TableSource, root: Path, inputs: Inputs) -> Dataset:
    if not source.query:
        return sources.read(root / source.path, source.path, inputs, source.layout)
    from clusterreport.data.sources.answers import DatabaseQuery  # most projects ask nobody

    place = f"{FILE_NAME}, {RECIPIENTS}.query"
    asked = DatabaseQuery(_TABLE, place, source.url or source.path, source.query, source.password, named_in=FILE_NAME)
    return sources.answer_of(asked, root, inputs.now, is_file=bool(source.path))


def _recipients_in(dataset: Dataset, settings: Settings, cities: _Cities, inputs: Inputs) -> list[Recipient]:
    """Return the recipient of each row; ProblemsError lists all that is wrong with the table."""
    reading = Reading.of(_TABLE, dataset, declared_in({"tables": _WORDS["tables"]}, _FILE)[_TABLE])
    audiences = _audiences(settings, inputs)
    names = _each(reading, "name", lambda text: name_in("", text))
    addresses = _each(reading, "address", lambda text: address_in("", text))
    read = _each(reading, "audience", lambda word: _audience_called(word, audiences))
    foci = _each(reading, "focus", lambda words: _foci(words, cities))
    languages = _each(reading, "language", _language_called)
    reading.faults.note_found(_doubled(reading, addresses, settings.recipients))
    reading.faults.note_found(_of_other_language(reading, read, languages, audiences))
    if problems := reading.faults.problems():
        raise ProblemsError(problems)
    lists = reading.values("lists")
    return [
        Recipient(name, audience, replace(address, name=address.name or name), None, on, wanted or (), dataset.at(row))
        for name, address, audience, wanted, on, row in zip(
            names, addresses, read, foci, lists, reading.rows.tolist(), strict=True
        )
    ]


def _each(reading: Reading, column: str, read: Callable[[Any], Any]) -> list[Any]:
    """Return what ``read`` makes of the cell of each row, None where it is empty or wrong; what is wrong is noted."""
    cells = reading.columns.get(column)
    if cells is None:
        return [None] * len(reading.rows)
    made: list[Any] = []
    wrong: dict[int, CellFault] = {}
    for code, said in enumerate(cells.says):
        try:
            value = read(said) if said else None
        except UsageError as error:
            value = CellFault(error.problem.problem, error.problem.remedy)
        if isinstance(value, CellFault):
            wrong[code], value = value, None
        made.append(value)
    reading.note_texts(column, wrong)
    return [made[code] for code in cells.codes.tolist()]


def _audiences(settings: Settings, inputs: Inputs) -> Mapping[str, Audience | None]:
    """Return the audiences of the project by name; of one that cannot be read a build tells why."""
    found: dict[str, Audience | None] = {}
    for path in sorted((settings.templates / "audiences").glob(f"*/{AUDIENCE_FILE}")):
        name = path.parent.name
        found[name] = None
        with suppress(ProblemsError):
            found[name] = load_audience(path.parent, f"templates/audiences/{name}", inputs)
    return found


def _audience_called(word: str, audiences: Mapping[str, Audience | None]) -> str | CellFault:
    """Return the audience of a name, or of a title that only one has."""
    if word in audiences:
        return word
    titled = [name for name, audience in audiences.items() if audience is not None and audience.title == word]
    if len(titled) == 1:
        return titled[0]
    titles = [audience.title for audience in audiences.values() if audience is not None]
    problem = message("there is no audience {word}", word="{0}")
    return CellFault(problem, named_instead(word, audiences, titles), (shown(word),))


def _language_called(word: str) -> str | CellFault:
    known = _LANGUAGES.get(word.casefold())
    remedy = named_instead(word, _LANGUAGES)
    return known or CellFault(message("{0} is not a language of briefings"), remedy, (shown(word),))


def _foci(words: tuple[str, ...], cities: _Cities) -> tuple[str, ...] | CellFault:
    """Return the cities that a cell asks for as the register writes them, or "all"."""
    if any(word.casefold() in _EVERY for word in words):
        return (ALL,)
    names, known, lost = cities.names, dict[str, None](), list[str]()
    for word in words:
        if names.meant_by(word):
            known[names.called(word)] = None
        else:
            lost.append(word)
    return not_of(names, lost, [cities.nearest(word) for word in lost]) if lost else tuple(known)


def _doubled(
    reading: Reading, addresses: list[Address | None], own: Iterable[Recipient]
) -> Iterator[tuple[str, int, CellFault]]:
    """Yield each row whose address stands above, or in clusterreport.toml."""
    remedy = message("Name each recipient once, with one audience.")
    named = {one.destination.lower() for one in own}
    rows: dict[str, int] = {}
    for place, address in enumerate(addresses):
        if address is None:
            continue
        mailbox, heading = address.mailbox.lower(), reading.columns["address"].heading
        if mailbox in named:
            yield (
                heading,
                place,
                CellFault(message("{{0}} is named in {file} already", file=FILE_NAME), remedy, (mailbox,)),
            )
        elif mailbox in rows:
            problem = message("{{0}} stands in row {row} already", row=reading.rows[rows[mailbox]])
            yield heading, place, CellFault(problem, remedy, (mailbox,))
        rows.setdefault(mailbox, place)


def _of_other_language(
    reading: Reading, read: list[str | None], languages: list[str | None], audiences: Mapping[str, Audience | None]
) -> Iterator[tuple[str, int, CellFault]]:
    """Yield each row that asks for another language than that in which its audience is written."""
    for place, (name, language) in enumerate(zip(read, languages, strict=True)):
        audience = audiences.get(name or "")
        if audience is None or language in {None, audience.language}:
            continue
        others = [other for other, own in audiences.items() if own is not None and own.language == language]
        problem = message("the audience {{0}} is written in {{1}}, not in {language}", language=language)
        remedy = (
            message("Empty the cell, or write an audience in it: {others}.", others=message(", ").join(others))
            if others
            else message("Empty the cell; no audience of this project is written in it.")
        )
        yield reading.columns["language"].heading, place, CellFault(problem, remedy, (audience.name, audience.language))


def _resolved(one: Recipient, number: int, cities: _Cities, problems: list[Problem]) -> Recipient:
    """Return a recipient of clusterreport.toml with his cities as the register writes them."""
    place = message("{file}, {where}", file=FILE_NAME, where=f"recipients ({number}).focus")
    return replace(one, foci=_called(one.foci, place, cities, problems))


def _at_home(schedule: Schedule, number: int, focus: str, cities: _Cities, problems: list[Problem]) -> Schedule:
    """Return a schedule with its cities as the register writes them, and with that of those who ask for none."""
    place = message("{file}, {where}", file=FILE_NAME, where=f"schedule ({number}).focus")
    try:
        known = tuple(cities.names.in_latin)
    except UsageError as error:
        problems.append(replace(error.problem, where=place))
        return schedule
    home = _called((schedule.focus or focus,), place, cities, problems)
    named = known if ALL in schedule.cities else schedule.cities
    return replace(schedule, cities=_called(named, place, cities, problems), home="".join(home))


def _called(names: tuple[str, ...], place: str, cities: _Cities, problems: list[Problem]) -> tuple[str, ...]:
    found: dict[str, None] = {}
    for name in names:
        try:
            found[name if name in {ALL, ASKED_FOR} else cities.called(name)] = None
        except UsageError as error:
            problems.append(replace(error.problem, where=place))
    return tuple(found)


def _unlisted(settings: Settings, recipients: Iterable[Recipient]) -> Iterator[Problem]:
    """Yield each schedule for a list that nobody is on."""
    lists = sorted({name for one in recipients for name in one.lists})
    for number, schedule in enumerate(settings.schedules, start=1):
        if fault := unlisted(schedule.lists, lists):
            where = message("{file}, {where}", file=FILE_NAME, where=f"schedule ({number}).recipients")
            yield Problem(where, *fault)
