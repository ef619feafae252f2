"""Counts the headings and lists of a Word file as Word does: no one typed 一、 and 1., and yet they are read."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Final, NamedTuple

from clusterreport.verify.expected_words import NUMERALS, TEN

if TYPE_CHECKING:
    from lxml.etree import _Element

W: Final = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


class _Level(NamedTuple):
    start: int
    form: str
    text: str
    gap: str


class Numbering:
    """The lists of word/numbering.xml and how far each has counted."""

    def __init__(self, part: _Element | None) -> None:
        """Read the lists; ``part`` None: there are none."""
        self._levels: dict[str, dict[int, _Level]] = {}
        self._counter_of: dict[str, tuple[bool, str]] = {}
        self._counts: defaultdict[tuple[bool, str], dict[int, int]] = defaultdict(dict)
        if part is None:
            return
        kinds = {
            str(kind.get(W + "abstractNumId")): {
                int(level.get(W + "ilvl", "0")): _read_level(level) for level in kind.iter(W + "lvl")
            }
            for kind in part.iterfind(W + "abstractNum")
        }
        for number in part.iterfind(W + "num"):
            name, kind = str(number.get(W + "numId")), value_of(number, "abstractNumId")
            starts = {
                int(override.get(W + "ilvl", "0")): int(value_of(override, "startOverride"))
                for override in number.iterfind(W + "lvlOverride")
                if override.find(W + "startOverride") is not None
            }
            self._levels[name] = {
                place: level._replace(start=starts.get(place, level.start))
                for place, level in kinds.get(kind, {}).items()
            }
            self._counter_of[name] = bool(starts), name if starts else kind

    def next_label(self, number: str, level: int) -> tuple[str, str]:
        """Count one paragraph on; return its label and what stands between label and words."""
        own = self._levels.get(number, {}).get(level)
        if own is None:
            return "", ""
        counts = self._counts[self._counter_of[number]]
        counts[level] = counts.get(level, own.start - 1) + 1
        for deeper in [known for known in counts if known > level]:
            del counts[deeper]
        label = own.text
        for place, counted in self._levels[number].items():
            label = label.replace(f"%{place + 1}", _written(counts.get(place, counted.start), counted.form))
        return label, own.gap


def value_of(element: _Element | None, path: str, default: str = "") -> str:
    """Return w:val of the element at a path of local names below ``element``."""
    found = None if element is None else element.find("/".join(W + name for name in path.split("/")))
    return default if found is None else found.get(W + "val", default)


def _read_level(level: _Element) -> _Level:
    gap = {"nothing": "", "space": " "}.get(value_of(level, "suff"), "\t")
    return _Level(int(value_of(level, "start", "1")), value_of(level, "numFmt"), value_of(level, "lvlText"), gap)


def _written(count: int, form: str) -> str:
    match form:
        case "none":
            return ""
        case "chineseCountingThousand" | "chineseCounting" if count < 100:  # noqa: PLR2004 -- what Word counts in tens
            tens, ones = divmod(count, 10)
            head = f"{NUMERALS[tens] if tens > 1 else ''}{TEN}" if tens else ""
            return head + (NUMERALS[ones] if ones or not tens else "")
        case "decimal":
            return str(count)
        case _:
            return f"[{form} {count}]"
