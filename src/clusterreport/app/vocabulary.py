"""What the templates of a project can say: each word with what it is, an example, and what the example prints."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final

from clusterreport.app.drafting import about_of, computed
from clusterreport.document import numbering
from clusterreport.errors import UsageError
from clusterreport.likeness import asked, nearest, nearest_first
from clusterreport.messages import message
from clusterreport.render import text
from clusterreport.subjects.clusters import vocabulary as subject
from clusterreport.writing import glossary
from clusterreport.writing.audience import Audience, load_audience
from clusterreport.writing.loading import TemplateLoader
from clusterreport.writing.render_context import RenderContext
from clusterreport.writing.templating import BriefingEnvironment
from clusterreport.writing.vocabulary import vocabulary

if TYPE_CHECKING:
    from collections.abc import Iterable

    from clusterreport.document.model import Document
    from clusterreport.inputs import Inputs
    from clusterreport.locale import Language
    from clusterreport.settings import Settings
    from clusterreport.writing.glossary import Kind

_AUDIENCE: Final = "vocabulary"
_NEAREST: Final = 8  # names that are told where there is none; all of them would be hundreds


@dataclass(frozen=True, slots=True)
class VocabularyEntry:
    """One word: its name, kind and title, a line of a template that says it, and what that prints; "" for neither."""

    name: str
    kind: Kind
    title: str
    example: str
    printed: str


def entries_of(settings: Settings, language: Language, inputs: Inputs) -> tuple[VocabularyEntry, ...]:
    """Return all words of a project in ``language``; ProblemsError lists what is wrong with its data."""
    _, found = computed(settings, inputs, lambda _: None)
    audience = Audience(_AUDIENCE, _AUDIENCE, _AUDIENCE, "", (), language=language)
    about, findings = about_of(audience, settings), found.by_name(language)
    rendering = RenderContext(audience)
    loader = TemplateLoader(Path(), audience.name)
    environment = BriefingEnvironment(loader, rendering, vocabulary(rendering, findings, about))
    described = glossary.Descriptions(subject.TITLES, subject.examples(language) if found.computed else {})
    words = glossary.words_of(environment, findings, described, language)
    documents = glossary.rendered(environment, about, words)
    return tuple(
        VocabularyEntry(word.name, word.kind, word.title, word.example or word.form, _text(documents.get(word)))
        for word in words
    )


def chosen(entries: Iterable[VocabularyEntry], word: str) -> tuple[VocabularyEntry, ...]:
    """Return the entries that are called ``word``, or are parts of it, or have it in their title.

    UsageError tells the nearest names and titles where there is none.
    """
    every = tuple(entries)
    wanted = word.casefold()
    for fits in (_is_called, _is_part, _has_in_title):
        if found := tuple(entry for entry in every if fits(entry, wanted)):
            return found
    names = {name for entry in every for name in (entry.name, entry.name.rpartition(".")[2], entry.title) if name}
    near = nearest_first(word, sorted(names))[:_NEAREST]
    remedy = message(
        "Write one of: {near}, …; all are printed by clusterreport vocabulary.", near=message(", ").join(near)
    )
    raise UsageError(
        "vocabulary",
        message("there is nothing called {word!r}", word=word),
        asked(nearest(word, near, guess=True)) + remedy,
    )


def language_of(settings: Settings) -> Language:
    """Return the language of the first audience of a project."""
    name = settings.audiences[0]
    return load_audience(settings.templates / "audiences" / name, f"templates/audiences/{name}").language


def _text(document: Document | None) -> str:
    return "" if document is None else text.render(numbering.number(document)).content.decode().strip()


def _is_called(entry: VocabularyEntry, wanted: str) -> bool:
    return wanted in {entry.name.casefold(), entry.title.casefold()} or _is_within(entry.name, wanted)


def _is_within(name: str, wanted: str) -> bool:
    return name.startswith((f"{wanted}.", f"{wanted}["))


def _is_part(entry: VocabularyEntry, wanted: str) -> bool:
    return entry.name.casefold().rpartition(".")[2] == wanted


def _has_in_title(entry: VocabularyEntry, wanted: str) -> bool:
    return wanted in entry.title.casefold() or wanted in entry.name.casefold()
