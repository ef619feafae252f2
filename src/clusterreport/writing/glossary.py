"""Lists all that a template can say: each name with what it is, and an example of how it is written."""

from __future__ import annotations

import datetime as dt
import inspect
import tomllib
from dataclasses import dataclass, field, is_dataclass
from functools import cache
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, Literal, cast

from clusterreport import charts
from clusterreport.analysis.distances import PlaceDistances
from clusterreport.analysis.grouping import Grouping
from clusterreport.analysis.pairing import Pairing
from clusterreport.analysis.rankings import Panel, Ranking
from clusterreport.analysis.selection import Selection
from clusterreport.analysis.statements import Statements
from clusterreport.analysis.units import schema_in
from clusterreport.data.wording import Wording
from clusterreport.document.model import DateText, Stated
from clusterreport.errors import ProblemsError
from clusterreport.locale import said
from clusterreport.quantity import Quantity
from clusterreport.writing.explaining import name_of
from clusterreport.writing.faults import names_in
from clusterreport.writing.loading import TemplateSource
from clusterreport.writing.markup import blocks_of
from clusterreport.writing.sectioning import Outline
from clusterreport.writing.vocabulary import TABLES

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from clusterreport.data.table import DataTable
    from clusterreport.document.model import About, Document
    from clusterreport.locale import Language
    from clusterreport.writing.templating import BriefingEnvironment

Kind = Literal["value", "function", "chart", "filter", "test", "verb"]

_OWN: Final[Mapping[str, Mapping[str, str]]] = tomllib.loads(
    Path(__file__).with_name("glossary.toml").read_text(encoding="utf-8")
)
_ASKED: Final = {"rows": Selection, "groups": Grouping, "pairs": Pairing, "distances": PlaceDistances}
_EXAMPLE: Final = "example-{}.md.j2"
_FEW: Final = 3  # names that an example prints of a list


@dataclass(frozen=True, slots=True)
class TemplateWord:
    """One thing that a template can say.

    ``name`` as it is looked up (decimals, chart.bar), ``title`` what it is, ``example`` a line of a template that says
    it, "" where nothing of the project at hand shows it; ``form`` how it is asked, where that takes arguments.
    """

    name: str
    kind: Kind
    title: str
    example: str = ""
    form: str = ""


@dataclass(frozen=True, slots=True)
class Descriptions:
    """What a subject adds: titles of its findings by language, and examples of functions, filters, tests and charts.

    A title stands under "Type.part", "Type", a name, or a part's own name, the first that there is. An example that
    words of one language make has that language before its name.
    """

    titles: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    examples: Mapping[str, str] = field(default_factory=dict)

    def title(self, language: Language, *keys: str) -> str:
        """Return the first title that there is under ``keys``, "" where there is none."""
        titles = self.titles.get(language, {})
        return next((titles[key] for key in keys if key in titles), "")

    def example(self, name: str, language: Language) -> str:
        """Return the example of a word, "" where there is none."""
        return self.examples.get(f"{language}.{name}") or self.examples.get(name, "")


def rendered(
    environment: BriefingEnvironment, about: About, words: Iterable[TemplateWord]
) -> dict[TemplateWord, Document]:
    """Return what the examples print, each a document of its own; ProblemsError lists what is wrong with them."""
    rendering = environment.rendering
    found: dict[TemplateWord, Document] = {}
    for word in words:
        if not word.example:
            continue
        rendering.begin("example", word.name)
        environment.templates.add(_EXAMPLE.format(len(found)), TemplateSource(word.name, word.example, ()))
        outline = Outline(rendering)
        outline.add(blocks_of(environment.render_template(_EXAMPLE.format(len(found))), rendering))
        found[word] = outline.document(about)
    if rendering.problems:
        raise ProblemsError(rendering.problems)
    return found


def words_of(
    environment: BriefingEnvironment, findings: Mapping[str, object], descriptions: Descriptions, language: Language
) -> tuple[TemplateWord, ...]:
    """Return every word of ``environment``: parts of ``findings`` and of the briefing, then functions and others."""
    walk = _Walk(descriptions, language)
    names = environment.globals
    values = [name for name in findings if name != TABLES and not callable(findings[name])]
    values += [name for name in ("about", "audience", "as_of", "issue") if name in names]
    words = [word for name in values for word in walk.value(name, names[name], (name,))]
    own = cast("Mapping[str, DataTable]", findings.get(TABLES) or {})
    words.append(TemplateWord(TABLES, "value", _OWN[f"{language}.names"][TABLES]))
    words += [word for table in own.values() for word in _columns(table, language)]
    functions = {name: value for name, value in names.items() if callable(value)}
    words += [_word(name, "function", function, descriptions, language) for name, function in functions.items()]
    kinds = [(f"chart.{kind}", import_module(f"{charts.kinds.__name__}.{kind}")) for kind in charts.kind_names()]
    words += [_word(name, "chart", module, descriptions, language) for name, module in kinds]
    words += [_word(name, "filter", made, descriptions, language) for name, made in environment.filters.items()]
    words += [_word(name, "test", made, descriptions, language) for name, made in environment.tests.items()]
    return tuple(words + list(_verbs(language)))


class _Walk:
    """Goes through findings; the parts of a kind of record are told where it is met first."""

    def __init__(self, descriptions: Descriptions, language: Language) -> None:
        self._descriptions = descriptions
        self._language = language
        self._told: set[type] = set()

    def value(self, path: str, value: Any, keys: tuple[str, ...]) -> Iterator[TemplateWord]:  # noqa: ANN401 -- any finding
        """Yield the words of what stands at ``path``; ``keys`` are those of its title."""
        match value:
            case Quantity():
                yield self._said(path, keys, _label(value), f"{{{{ {path} }}}}")
            case Ranking():
                yield self._said(path, keys, value.label, f"{{{{ ranking({path}, top=3) }}}}")
                yield from self._first_of(path, value.items)
            case Panel():
                yield self._said(path, keys, value.label, f"{{{{ names({path}.series) }}}}")
            case tuple():
                yield from self._several(path, value, keys)
            case Statements():
                yield from self._statements(path, value, keys)
            case str() | dt.date() | DateText() | Stated():
                yield self._said(path, keys, "", f"{{{{ {path} }}}}" if value else "")
            case bool():
                yield self._said(path, keys, "", f"{{% if {path} %}}…{{% endif %}}")
            case _ if callable(value):
                yield self._said(path, keys, "", self._descriptions.examples.get(path, ""), value)
            case _ if is_dataclass(value):
                yield self._said(path, keys, "", "", type(value))
                yield from self._parts(path, value)
            case _:
                yield self._said(path, keys, "", "")

    def _several(self, path: str, items: tuple[Any, ...], keys: tuple[str, ...]) -> Iterator[TemplateWord]:
        first = items[0] if items else None
        if isinstance(first, str):
            yield self._said(path, keys, "", f"{{{{ {path}[:{_FEW}]|listed }}}}")
            return
        example = f"{{{{ names({path}[:{_FEW}]) }}}}" if first is not None and name_of(first) else ""
        yield self._said(path, keys, "", example, None if first is None else type(first))
        yield from self._first_of(path, items)

    def _statements(self, path: str, statements: Statements, keys: tuple[str, ...]) -> Iterator[TemplateWord]:
        """Yield a statement that has all parts by its id, these parts, and what all can be asked."""
        yield self._said(path, keys, "", "", Statements)
        for whole in sorted(statements, key=lambda item: not (item.speaker and item.date))[:1]:
            self._told.add(type(whole))
            by_id = f'{path}["{whole.id}"]'
            yield self._said(by_id, (type(whole).__name__,), "", f"{{{{ {by_id} }}}}")
            yield from self._parts(by_id, whole)
        yield from self._parts(path, statements)

    def _first_of(self, path: str, items: Sequence[Any]) -> Iterator[TemplateWord]:
        """Yield the parts of the first item, under its name where no other has it."""
        if not items or type(items[0]) in self._told:
            return
        self._told.add(type(items[0]))
        names = [said(name_of(item), self._language) for item in items]
        by_name = bool(names[0]) and names.count(names[0]) == 1
        yield from self._parts(f'{path}["{names[0]}"]' if by_name else f"{path}[0]", items[0])

    def _parts(self, path: str, record: object) -> Iterator[TemplateWord]:
        kind = type(record).__name__
        for name in names_in(record):
            yield from self.value(f"{path}.{name}", getattr(record, name), (f"{kind}.{name}", name))

    def _said(self, path: str, keys: tuple[str, ...], label: Any, example: str, kind: Any = None) -> TemplateWord:  # noqa: ANN401 -- words or a label, a class or a function
        """Return the word with the subject's title, else its label, else what the code says of it."""
        named = () if kind is None else (kind.__name__,)
        title = self._descriptions.title(self._language, keys[0], *named)
        title = title or _OWN[f"{self._language}.names"].get(".".join(path.split(".")[-2:]), "")
        title = title or (said(label, self._language) if label else "")
        title = title or self._descriptions.title(self._language, keys[-1])
        if not title and self._language != "zh":
            title = _first_sentence(kind) if kind is not None else keys[-1].replace("_", " ")
        return TemplateWord(path, "function" if inspect.ismethod(kind) else "value", title, example)


def _word(name: str, kind: Kind, made: object, descriptions: Descriptions, language: Language) -> TemplateWord:
    title = _OWN[f"{language}.{kind}s"].get(name.removeprefix("chart."), "")
    return TemplateWord(name, kind, title or _first_sentence(made), descriptions.example(f"{kind}s.{name}", language))


def _columns(table: DataTable, language: Language) -> Iterator[TemplateWord]:
    """Yield one of the tables and its columns, as a condition on them is written."""
    path, schema = f"{TABLES}.{table.name}", schema_in(table.schema, language)
    yield TemplateWord(path, "value", schema.title, f"{{{{ {path}.count() }}}}" if schema.unit else "")
    for name, column in schema.columns.items():
        titles = [title for title in column.titles if not isinstance(title, Wording) or language in title.texts]
        called = ", ".join((*titles, column.unit)) if column.unit else ", ".join(titles)
        yield TemplateWord(f"{path}.{name}", "value", called or name)


def _verbs(language: Language) -> Iterator[TemplateWord]:
    """Yield what a table, its groups, two tables together and its places can be asked."""
    for owner, kind in _ASKED.items():
        for name, verb in vars(kind).items():
            if (
                name.startswith("_")
                or isinstance(verb, classmethod)
                or not (callable(verb) or isinstance(verb, property))
            ):
                continue
            title = _OWN[f"{language}.verbs"].get(f"{owner}.{name}", "") or _first_sentence(verb)
            yield TemplateWord(f"{owner}.{name}", "verb", title, form=f"….{name}{_arguments(verb)}")


def _label(quantity: Quantity) -> Any:  # noqa: ANN401 -- words or a label
    basis = quantity.basis
    return next((words for key in ("label", "setting") if (words := getattr(basis, key, ""))), "")


def _arguments(verb: object) -> str:
    """Return what stands in brackets behind a verb, "" where there are none; an argument that may be left out has =."""
    if not callable(verb):
        return ""
    several = {inspect.Parameter.VAR_POSITIONAL, inspect.Parameter.VAR_KEYWORD}
    parts = []
    for one in list(inspect.signature(verb).parameters.values())[1:]:
        left_out = one.default is not inspect.Parameter.empty or one.kind is inspect.Parameter.KEYWORD_ONLY
        parts.append(f"{one.name}{', …' * (one.kind in several)}{'=…' * left_out}")
    return f"({', '.join(parts)})"


@cache
def _first_sentence(made: object) -> str:
    """Return the first sentence of a docstring, without the code's own marks."""
    text = " ".join((inspect.getdoc(made) or "").partition("\n\n")[0].split()).replace("``", "")
    return text.removeprefix("Return ").removeprefix("Tell ").partition(". ")[0].rstrip(".")
