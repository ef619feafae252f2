"""Gathers every number and statement that a document prints, by what they rest on: the table of bases."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import PurePath
from typing import TYPE_CHECKING, Final, Literal

from clusterreport.document.model import (
    BasisTable,
    Cell,
    Chart,
    Column,
    Document,
    Number,
    NumberStyle,
    Paragraph,
    Quoted,
    Row,
    RowGroup,
    Stated,
    Table,
    Text,
)
from clusterreport.document.quoting import note_on, quotes_of
from clusterreport.document.walking import parts_of, unprinted
from clusterreport.document.wording import format_quantity, quote_within
from clusterreport.locale import Label, phrase, said
from clusterreport.quantity import Basis, Computed, Given, Published, RowRef, in_order, runs_of
from clusterreport.statement import Reported

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from clusterreport.document.wording import Language
    from clusterreport.locale import Words

LABEL: Final = "bases"
_Key = tuple[str, str, str]
_Printed = Number | Stated
QUERY_ENDING: Final = ".query.csv"
"""What the name of a table ends with that a database answered, as data/checks.py names it."""
_MOST_SCOPES: Final = 2
_MOST_RANGES: Final = 3
_ALWAYS: Final = ((Label.of("basis.column_number"), 0.35), (Label.of("basis.column_values"), 1.25))
_COLUMNS: Final = (*_ALWAYS, (Label.of("basis.column_explained"), 5.2), (Label.of("basis.column_rows"), 2.1))
_BY_SOURCE: Final = (*_ALWAYS, (Label.of("basis.column_source"), 7.3))


@dataclass(frozen=True, slots=True)
class BasisLines:
    """The lines of the table of bases: what shares a formula or a quote shares a line, in reading order."""

    lines: tuple[tuple[_Printed, ...], ...]
    places: dict[_Key, int]
    language: Language
    wanted: BasisTable
    quotes: tuple[Quoted, ...] = ()

    @classmethod
    def of(cls, document: Document) -> BasisLines:
        """Return the lines for all that ``document`` prints; none where it has no table of bases."""
        parts, language = tuple(parts_of(document)), document.about.language
        wanted = next((part for part in parts if isinstance(part, BasisTable)), None)
        if wanted is None:
            return cls((), {}, language, BasisTable())
        grouped: dict[_Key, list[_Printed]] = {}
        for printed in _printed(parts):
            if isinstance(printed, Stated) or printed.quantity.known:
                grouped.setdefault(_key(_basis_of(printed), language, wanted.by), []).append(printed)
        places = {key: place for place, key in enumerate(grouped, 1)}
        quotes = quotes_of(document)
        return cls(tuple(tuple(numbers) for numbers in grouped.values()), places, language, wanted, quotes)

    def line_of(self, basis: Basis | Reported) -> int:
        """Return the line that answers for what rests on ``basis``, 0 where there is none."""
        return self.places.get(_key(basis, self.language, self.wanted.by), 0)


def basis_table(lines: BasisLines, language: Language) -> Table:
    """Return the table of bases: one row for each line, and a note on the sources of quoted words."""
    table = _by_source(lines, language) if lines.wanted.by == "source" else _by_formula(lines, language)
    return replace(table, notes=(*table.notes, *note_on(lines.quotes, language)))


def rows_in_words(references: tuple[RowRef, ...], language: Language = "zh") -> str:
    """Return "clusters 2—46" for the rows behind a number; many ranges are counted ("clusters 37行")."""
    return phrase("basis.rows", language, references=tuple(_reference(each) for each in references))


def stem(dataset: str) -> str:
    """Return what a data file is called in print: without its ending, where it is the usual one."""
    return dataset.removesuffix(".csv")


def _by_formula(lines: BasisLines, language: Language) -> Table:
    columns = _columns(_COLUMNS, language)
    bases = [[_basis_of(number) for number in numbers] for numbers in lines.lines]
    quoting = [basis for basis, *_ in bases if isinstance(basis, Published | Reported)]
    sources = tuple(dict.fromkeys(said(basis.source, language) for basis in quoting))
    rows = tuple(
        _row(place, numbers, _explained(shared, sources, language), language)
        for place, (numbers, shared) in enumerate(zip(lines.lines, bases, strict=True), 1)
    )
    legend = [phrase("basis.source", language, place=place, source=source) for place, source in enumerate(sources, 1)]
    note = phrase("basis.note", language, kinds=_kinds(lines, language), ranges=_MOST_RANGES)
    notes = tuple(Paragraph((Text(text),), "note") for text in (note, "".join(legend).rstrip()) if text)
    return Table(LABEL, phrase("basis.title", language), columns, (RowGroup(rows),), notes, dense=True)


def _kinds(lines: BasisLines, language: Language) -> str:
    """Return in brackets of which kinds the files are whose rows are named, "" where there are none."""
    bases = (_basis_of(number) for numbers in lines.lines for number in numbers)
    names = dict.fromkeys(reference.dataset for basis in bases for reference in getattr(basis, "rows", ()))
    kinds = dict.fromkeys(_kind_of_file(name, language) for name in names)
    return phrase("basis.kinds", language, kinds=tuple(kinds)) if kinds else ""


def _kind_of_file(name: str, language: Language) -> str:
    if name.endswith(QUERY_ENDING):
        return phrase("basis.of_query", language)
    return PurePath(name.partition("!")[0]).suffix


def _by_source(lines: BasisLines, language: Language) -> Table:
    names = dict(lines.wanted.names)
    rows = tuple(
        _texts(str(place), _counted(printed, language), _told([_basis_of(part) for part in printed], names, language))
        for place, printed in enumerate(lines.lines, 1)
    )
    note = Paragraph((Text(phrase("basis.by_source_note", language)),), "note")
    title = phrase("basis.by_source", language)
    return Table(LABEL, title, _columns(_BY_SOURCE, language), (RowGroup(rows),), (note,), dense=True)


def _counted(printed: tuple[_Printed, ...], language: Language) -> str:
    """Return the numbers of a source, or how many of its facts are stated."""
    stated = {part.statement.id for part in printed if isinstance(part, Stated)}
    return phrase("basis.facts", language, count=len(stated)) if stated else _values(printed, language)


def _told(bases: list[Basis | Reported], names: Mapping[str, str], language: Language) -> str:
    """Return a source with what it is quoted for, or data files with what was computed from them."""
    basis = bases[0]
    match basis:
        case Published(source):
            quotes = tuple(dict.fromkeys(quote_within(each.quote) for each in bases if isinstance(each, Published)))
            return phrase("basis.source_quotes", language, source=source, quotes=quotes)
        case Reported(source):
            return phrase("basis.source_statements", language, source=source)
        case Computed():
            labels = dict.fromkeys(said(each.label, language) for each in bases if isinstance(each, Computed))
            files = tuple(dict.fromkeys(_called(reference, names) for reference in basis.rows))
            if not files:
                return phrase("basis.computed_of_none", language, labels=tuple(labels))
            return phrase("basis.computed_from", language, files=files, labels=tuple(labels))
        case Given():
            settings = dict.fromkeys(said(each.setting, language) for each in bases if isinstance(each, Given))
            return phrase("basis.given", language, setting=tuple(settings))


def _columns(headings: tuple[tuple[Label, float], ...], language: Language) -> tuple[Column, ...]:
    return tuple(
        Column(said(heading, language), "number" if place == 0 else "text", width)
        for place, (heading, width) in enumerate(headings)
    )


def _row(place: int, numbers: tuple[_Printed, ...], explained: str, language: Language) -> Row:
    return _texts(str(place), _values(numbers, language), explained, rows_in_words(_rows(numbers), language))


def _texts(*texts: str) -> Row:
    return Row(tuple(Cell((Text(text),)) if text else Cell() for text in texts))


def _values(numbers: tuple[_Printed, ...], language: Language) -> str:
    """Return the numbers of a line, or the ids of its statements, whose words are too long for it."""
    if stated := tuple(dict.fromkeys(part.statement.id for part in numbers if isinstance(part, Stated))):
        return phrase("basis.ids", language, ids=stated)
    counted = (part for part in numbers if isinstance(part, Number))
    styled = ((number.quantity, replace(number.style, magnitude=False)) for number in counted)  # with its sign
    printed = list(dict.fromkeys(format_quantity(*each, language) for each in styled))
    if len(printed) == 1:
        return printed[0]
    return phrase("basis.values_and_more", language, value=printed[0], count=len(printed), more=len(printed) - 1)


def _explained(bases: list[Basis | Reported], sources: tuple[str, ...], language: Language) -> str:
    """Return the formula, or the quote with the number of its source: the notes below the table name the sources."""
    basis = bases[0]
    match basis:
        case Published():
            place = sources.index(said(basis.source, language)) + 1
            return phrase("basis.quote", language, quote=quote_within(basis.quote), place=place)
        case Reported(source, quote, speaker):
            place = sources.index(said(source, language)) + 1
            origin = (speaker, Label.of("basis.of_source", place=place))
            return phrase("basis.statement", language, quote=quote_within(quote), origin=origin)
        case Computed():
            scopes = list(dict.fromkeys(said(other.scope, language) for other in bases if isinstance(other, Computed)))
            scoped = replace(basis, scope=_joined(tuple(scopes))).scoped
            return phrase("basis.explained", language, label=scoped, formula=basis.formula)
        case Given():
            return phrase("basis.given", language, setting=basis.setting)


def _rows(numbers: tuple[_Printed, ...]) -> tuple[RowRef, ...]:
    """Return the rows behind all of ``numbers``, those of one dataset together."""
    gathered: dict[str, set[int]] = {}
    for number in numbers:
        basis = _basis_of(number)
        for reference in () if isinstance(basis, Given) else basis.rows:
            gathered.setdefault(reference.dataset, set()).update(reference.rows)
    return tuple(RowRef(dataset, tuple(sorted(rows))) for dataset, rows in gathered.items())


def _key(basis: Basis | Reported, language: Language, by: Literal["formula", "source"]) -> _Key:
    """Return what numbers on one line share."""
    return _origin(basis, language) if by == "source" else _formula(basis, language)


def _origin(basis: Basis | Reported, language: Language) -> _Key:
    """Return the source that said it, or the data files that it was computed from."""
    match basis:
        case Computed():
            return ("computed", ", ".join(_files(basis)), "")
        case Published():
            return ("published", said(basis.source, language), "")
        case Reported():
            return ("reported", said(basis.source, language), "")
        case Given():
            return ("given", "", "")


def _files(basis: Computed) -> tuple[str, ...]:
    """Return the data files that a number was computed from, each once."""
    return tuple(dict.fromkeys(stem(each.dataset) for each in basis.rows))


def _called(reference: RowRef, names: Mapping[str, str]) -> Words:
    """Return what readers know the rows' file by: as the template says, by title and source, or by its name."""
    name = stem(reference.dataset)
    return names.get(name) or reference.called or name


def _formula(basis: Basis | Reported, language: Language) -> _Key:
    """Return the formula, whatever its rows and years, or the words of a source."""
    match basis:
        case Computed():
            # What is of all rows shares no line with what is of some: the scopes of these would be said of it too.
            kind = "computed of some" if said(basis.scope, language) else "computed"
            return (kind, said(basis.label, language), said(basis.formula, language))
        case Published():
            return ("published", basis.quote, said(basis.source, language))
        case Reported():
            return ("reported", basis.quote, said(basis.source, language))
        case Given():
            return ("given", said(basis.setting, language), "")


def _basis_of(printed: _Printed) -> Basis | Reported:
    return printed.statement.basis if isinstance(printed, Stated) else printed.quantity.basis


def _printed(parts: tuple[object, ...]) -> Iterator[_Printed]:
    for part in parts:
        if isinstance(part, Number | Stated):
            yield part
        elif isinstance(part, Chart):
            yield from (Number(value, NumberStyle(unit=False)) for value in unprinted(part, ties=False))


def _joined(scopes: tuple[str, ...]) -> Words:
    """Return the first scopes in one, "" where there is none."""
    shown = tuple(filter(None, scopes[:_MOST_SCOPES]))
    if len(scopes) > _MOST_SCOPES:
        return Label.of("basis.scopes_and_more", scopes=shown)
    return Label.of("writing.list", items=shown) if shown else ""


def _reference(reference: RowRef) -> Label:
    name, ranges = stem(reference.dataset), _ranges(reference.rows)
    if len(ranges) > _MOST_RANGES:
        return Label.of("basis.counted", name=name, count=len(in_order(reference.rows)))
    return Label.of("basis.ranges", name=name, ranges=tuple(ranges))


def _ranges(rows: Sequence[int]) -> list[str | Label]:
    """Return the first runs of rows, one more than are printed."""
    return [
        str(first) if first == last else Label.of("basis.range", first=first, last=last)
        for first, last in runs_of(rows, _MOST_RANGES + 1)
    ]
