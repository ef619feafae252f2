"""The use case of adopting: words that a colleague changed in a Word file of ours go back into the templates.

Only words that a template says to the letter are changed, where one place alone says them; numbers stay expressions.
"""

from __future__ import annotations

import difflib
import re
import tomllib
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from clusterreport.durability import replace_whole
from clusterreport.errors import UsageError
from clusterreport.messages import message, os_reason

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from clusterreport.ledger.word_text import TextPlace

_ATOM: Final = re.compile("\x01[0-9]*\x02[^\x03]*\x03|\x04[^\x05]*\x05|.", re.DOTALL)
_LITERALS: Final = re.compile("\x01[0-9]*\x02[^\x03]*\x03|\x04[^\x05]*\x05")
"""What stands between the words of a paragraph: numbers and statements, and what Word reckons."""
_TAG: Final = re.compile(r"\{\{.*?\}\}|\{%.*?%\}|\{#.*?#\}", re.DOTALL)
_EXTENDS: Final = re.compile(r"\{%-?\s*extends\b")
_TELLING: Final = 8
"""How many characters the words between two numbers have at least that tell which audience a file is for."""
_MADE_BY_CODE: Final = frozenset("rbfd")
"""The kinds of places (ledger/word_text.py) that no section writes as a paragraph: rows, boxes, heads and feet."""
_READ_OTHERWISE: Final = frozenset("{}*_#`|<>[]\\\n\t")
_LONGEST: Final = 40  # characters beside a change that are looked for in a template, at most
_SHORTEST: Final = 6
"""How many must be found at least, with the words that are changed, unless all between two numbers are."""
_CONTEXTS: Final = (40, 30, 20, 14, 10, 8, 6, 5, 4, 3, 2, 1, 0)
_SAME_LINE: Final = 0.4
"""Which part of the words of a paragraph a line of a template must have to be the one that says it."""
_ALIKE: Final = 0.5
_JOINED: Final = 2  # changes that so many equal characters part are one


@dataclass(frozen=True, slots=True)
class WordChange:
    """Words of a paragraph that became others, with the words before and behind them up to the next numbers."""

    old: str
    new: str
    before: str
    behind: str
    paragraph: str


@dataclass(frozen=True, slots=True)
class Unplaced:
    """A change that goes into no template: what was changed, and why."""

    words: str
    why: str


@dataclass(slots=True)
class Adoption:
    """What becomes of an edited file: the templates with the new words, by file, and what could not be placed."""

    texts: dict[Path, tuple[str, str]] = field(default_factory=dict)
    unplaced: list[Unplaced] = field(default_factory=list)

    def diff(self, root: Path) -> Iterator[str]:
        """Yield the lines of a unified diff of all templates."""
        for path, (before, after) in self.texts.items():
            name = path.relative_to(root).as_posix() if path.is_relative_to(root) else str(path)
            lines = before.splitlines(keepends=True), after.splitlines(keepends=True)
            for line in difflib.unified_diff(*lines, f"a/{name}", f"b/{name}", n=0):
                yield line if line.endswith("\n") else f"{line}\n"

    def apply(self) -> None:
        """Write the templates, each whole; UsageError, and nothing more is written, where one changed meanwhile."""
        for path, (before, _) in self.texts.items():
            if _read(path) != before:
                problem = message("it changed while this command ran")
                raise UsageError(str(path), problem, message("Run the command again."))
        for path, (_, after) in self.texts.items():
            try:
                replace_whole(path, after.encode("utf-8"))
            except OSError as error:
                problem = message("it cannot be written ({reason})", reason=os_reason(error))
                raise UsageError(str(path), problem, message("Make it writable, and run the command again.")) from None


def adopted(file: Path, templates: Path) -> Adoption:
    """Return what becomes of the words that were changed in ``file``, by the templates in their folder.

    UsageError where the file is no Word file of ours, or cannot be read.
    """
    built, edited = _places(file)
    adoption = Adoption()
    sources = _sources(templates, built)
    placed: dict[Path, list[tuple[int, int, str]]] = {}
    for change in _changes(built, edited, adoption.unplaced):
        found = _source_of(change, sources)
        if isinstance(found, str):
            adoption.unplaced.append(Unplaced(_shown(change), found))
        elif any(start < found[2] and found[1] < end for start, end, _ in placed.get(found[0], ())):
            adoption.unplaced.append(Unplaced(_shown(change), message("another change stands at the same words")))
        else:
            placed.setdefault(found[0], []).append((found[1], found[2], change.new))
    for path, changes in placed.items():
        after = sources[path]
        for start, end, new in sorted(changes, reverse=True):
            after = after[:start] + new + after[end:]
        adoption.texts[path] = (sources[path], after)
    return adoption


def _places(file: Path) -> tuple[Sequence[TextPlace], Sequence[TextPlace]]:
    from clusterreport.ledger.opening import BoundedPackage, EncryptedError, PackageError
    from clusterreport.ledger.word_text import WordStories, read_text
    from clusterreport.verify.ledger import read_ledger

    ledger = read_ledger(file)
    if ledger.carried is None:
        problem = message("it is no Word file that carries how it was built")
        raise UsageError(str(file), problem, message("Name the Word file of an edition that was edited."))
    try:
        text = read_text(WordStories.of(BoundedPackage.of(file.read_bytes())), accepted=True)
    except (EncryptedError, PackageError, RecursionError, OSError):
        problem = message("it is no Word file, or is damaged")
        raise UsageError(str(file), problem, message("Name the Word file of an edition that was edited.")) from None
    return ledger.carried.places, text.places


def _sources(templates: Path, built: Sequence[TextPlace]) -> dict[Path, str]:
    """Return the templates that wrote a file: those of the audience that says most of its words to the letter."""
    runs = {run for place in built for run in _LITERALS.split(place.text) if len(run) >= _TELLING}
    best: tuple[int, dict[Path, str]] = (0, {})
    for audience in sorted((templates / "audiences").glob("*/audience.toml")):
        paths = [path for name in _sections(audience) for path in _files_of(name, audience.parent, templates)]
        sources = {path: _read(path) for path in dict.fromkeys((*paths, *sorted((templates / "macros").glob("*.j2"))))}
        said = sum(any(run in source for source in sources.values()) for run in runs)
        best = max(best, (said, sources), key=lambda each: each[0])
    return best[1]


def _sections(audience: Path) -> Sequence[str]:
    try:
        return tuple(map(str, tomllib.loads(_read(audience)).get("sections", ())))
    except tomllib.TOMLDecodeError:
        return ()


def _files_of(section: str, audience: Path, templates: Path) -> Iterator[Path]:
    """Yield the template of a section: the audience's own, which may extend the common one, or that one."""
    name = f"{section}.md.j2"
    own, common = audience / name, templates / "sections" / name
    if own.is_file():
        yield own
    if common.is_file() and (not own.is_file() or _EXTENDS.search(_read(own))):
        yield common


def _read(path: Path) -> str:
    try:
        return path.read_bytes().decode("utf-8")
    except (OSError, UnicodeDecodeError):
        raise UsageError(str(path), message("it cannot be read as UTF-8 text"), message("Save it as UTF-8.")) from None


def _changes(built: Sequence[TextPlace], edited: Sequence[TextPlace], unplaced: list[Unplaced]) -> Iterator[WordChange]:
    """Yield the changes within paragraphs, and tell of paragraphs that are new or gone."""
    one, other = [place.kind + place.text for place in built], [place.kind + place.text for place in edited]
    for kind, first, last, begin, end in difflib.SequenceMatcher(None, one, other, autojunk=False).get_opcodes():
        if kind == "equal":
            continue
        left, right = list(built[first:last]), list(edited[begin:end])
        for place in left:
            partner = next((each for each in right if _is_edit(place, each)), None)
            if partner is None:
                unplaced.append(Unplaced(_plain(place.text), message("the whole paragraph was taken out or rewritten")))
                continue
            new = message("the whole paragraph is new")
            unplaced += [Unplaced(_plain(each.text), new) for each in right[: right.index(partner)]]
            del right[: right.index(partner) + 1]
            yield from _within(place, partner, unplaced)
        unplaced += [Unplaced(_plain(each.text), message("the whole paragraph is new")) for each in right]


def _is_edit(place: TextPlace, other: TextPlace) -> bool:
    if place.kind != other.kind:
        return False
    return difflib.SequenceMatcher(None, _plain(place.text), _plain(other.text), autojunk=False).ratio() >= _ALIKE


def _within(place: TextPlace, other: TextPlace, unplaced: list[Unplaced]) -> Iterator[WordChange]:
    """Yield the changes of the words of one paragraph; numbers and what Word reckons are looked at whole."""
    one, two = _ATOM.findall(place.text), _ATOM.findall(other.text)
    for first, last, begin, end in _joined(one, two):
        old, new = one[first:last], two[begin:end]
        shown = message("{old} → {new}", old=_plain("".join(old)), new=_plain("".join(new)))
        if why := _why_not(place, old, new):
            unplaced.append(Unplaced(shown, why))
            continue
        yield WordChange(
            "".join(old),
            "".join(new),
            _literal(reversed(one[max(first - _LONGEST, 0) : first]))[::-1],
            _literal(iter(one[last : last + _LONGEST])),
            place.text,
        )


def _joined(one: Sequence[str], two: Sequence[str]) -> Iterator[tuple[int, int, int, int]]:
    """Yield from where to where both differ; what a character or two part that are the same is one change."""
    found: list[tuple[int, int, int, int]] = []
    for kind, first, last, begin, end in difflib.SequenceMatcher(None, one, two, autojunk=False).get_opcodes():
        if kind == "equal":
            continue
        between = one[found[-1][1] : first] if found else []
        if found and len(between) <= _JOINED and all(len(each) == 1 for each in between):
            found[-1] = (found[-1][0], last, found[-1][2], end)
        else:
            found.append((first, last, begin, end))
    yield from found


def _why_not(place: TextPlace, old: Sequence[str], new: Sequence[str]) -> str:
    """Return why a change goes into no template, "" where it may."""
    from clusterreport.verify.numerals import numerals_in

    words = "".join(new)
    if place.kind in _MADE_BY_CODE:
        return message("it stands in a table, a box, or the head or foot of pages, which no section writes in words")
    if any(len(each) > 1 for each in (*old, *new)):
        return message("a number or a statement was changed, moved or taken out; verify tells how")
    if numerals_in(words):
        return message("a number is typed by hand in it: write an expression into the template")
    if not _READ_OTHERWISE.isdisjoint(words):
        return message("it holds signs that a template reads otherwise")
    return ""


def _literal(atoms: Iterator[str]) -> str:
    words = ""
    for atom in atoms:
        if len(atom) > 1:
            break
        words += atom
    return words


def _source_of(change: WordChange, sources: dict[Path, str]) -> tuple[Path, int, int] | str:
    """Return the one place of the templates that says the words, or why there is none."""
    whole = len(change.before) + len(change.old) + len(change.behind)
    pairs = sorted(((one, two) for one in _CONTEXTS for two in _CONTEXTS), key=lambda pair: -sum(pair))
    seen: set[tuple[str, str]] = set()
    for one, two in pairs:
        before, behind = change.before[len(change.before) - min(one, len(change.before)) :], change.behind[:two]
        if (before, behind) in seen or len(before + change.old + behind) < min(_SHORTEST, max(whole, 2)):
            continue
        seen.add((before, behind))
        found = [
            (path, start + len(before), start + len(before) + len(change.old))
            for path, source in sources.items()
            for start in _literal_places(source, before + change.old + behind)
            if _says(source, start, change.paragraph)
        ]
        if len(found) == 1:
            return found[0]
        if found:
            return message("several places of the templates say it so")
    return message("no template says these words so: they come from data, a claim or code, or the template changed")


def _literal_places(source: str, words: str) -> Iterator[int]:
    """Yield where a template says words to the letter, outside its expressions."""
    tags = [found.span() for found in _TAG.finditer(source)]
    start = source.find(words)
    while start >= 0:
        if not any(begin < start + len(words) and start < end for begin, end in tags):
            yield start
        start = source.find(words, start + 1)


def _says(source: str, place: int, paragraph: str) -> bool:
    """Tell whether the line of a template has enough of the words of a paragraph to be the one that says it."""
    line = source[source.rfind("\n", 0, place) + 1 :].partition("\n")[0]
    runs = [run for run in re.split(r"[^\w]+", _LITERALS.sub(" ", paragraph)) if len(run) > 1]
    total = sum(map(len, runs))
    return not total or sum(len(run) for run in runs if run in line) >= _SAME_LINE * total


def _plain(text: str) -> str:
    from clusterreport.ledger.word_text import unmarked

    return " ".join(unmarked(text).split())


def _shown(change: WordChange) -> str:
    return message("{old} → {new}", old=change.old, new=change.new)
