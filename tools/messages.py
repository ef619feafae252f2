"""Says what of the program's messages has no Chinese text yet, and sets the catalogue in order.

    tools/messages.py                  how many templates each room lacks
    tools/messages.py ROOM…            the entries that are to be filled in, each behind the place that says it
    tools/messages.py check            whether anything is lacking, unused or in the wrong file
    tools/messages.py sort             put every entry into the file of its room, by the alphabet; drop what nobody says
    tools/messages.py pending          renew tests/messages/untranslated, which lists what is lacking

An entry is one line of src/clusterreport/messages/zh/ROOM.toml: "English template" = "Chinese text". What several rooms
say stands in common.toml.
"""

from __future__ import annotations

import ast
import json
import sys
import tomllib
from collections import defaultdict
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

PACKAGE: Final = Path(__file__).resolve().parent.parent / "src" / "clusterreport"
CATALOGUE: Final = PACKAGE / "messages" / "zh"
PENDING: Final = PACKAGE.parents[1] / "tests" / "messages" / "untranslated"
"""What has no Chinese text yet, a file for each of the catalogue; it shrinks, and is gone when all is translated."""
OF_OTHERS: Final = frozenset({"argparse", "system"})
"""The files with words whose templates stand in no module of ours: those of argparse, and of the operating system."""
_PLACE_OF_TEMPLATE: Final = {"message": 0, "template": 0, "counted": 2}


@dataclass(slots=True)
class Template:
    """A template as the sources say it: where, and whether values are put into it."""

    places: list[str] = field(default_factory=list)
    rooms: set[str] = field(default_factory=set)
    filled: bool = False

    @property
    def home(self) -> str:
        """Return the file of the catalogue that it belongs into."""
        return next(iter(self.rooms)) if len(self.rooms) == 1 else "common"


def room_of(module: Path) -> str:
    """Return the room of a module: its folder below the package, or its own name."""
    return module.relative_to(PACKAGE).parts[0].removesuffix(".py")


def said_in(module: Path) -> Iterator[tuple[ast.Call, str | None]]:
    """Yield every call that says a template, with the template, None where that is no literal."""
    tree = ast.parse(module.read_text(encoding="utf-8"))
    imported = {
        alias.name
        for node in tree.body
        if isinstance(node, ast.ImportFrom) and node.module == "clusterreport.messages"
        for alias in node.names
    }
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in imported:
            place = _PLACE_OF_TEMPLATE.get(node.func.id)
            if place is not None:
                match node.args[place]:
                    case ast.Constant(str(text)):
                        yield node, text
                    case _:
                        yield node, None


def templates() -> dict[str, Template]:
    """Return every template of the sources."""
    found: dict[str, Template] = defaultdict(Template)
    for module in sorted(PACKAGE.rglob("*.py")):
        for call, text in said_in(module):
            if text is not None:
                known = found[text]
                known.places.append(f"{module.relative_to(PACKAGE).as_posix()}:{call.lineno}")
                known.rooms.add(room_of(module))
                known.filled |= bool(call.keywords) or ast.unparse(call.func) == "counted"
    return dict(found)


def catalogue() -> dict[str, dict[str, str]]:
    """Return the entries of every file of the catalogue."""
    return {path.stem: tomllib.loads(path.read_text(encoding="utf-8")) for path in sorted(CATALOGUE.glob("*.toml"))}


def faults() -> list[str]:
    """Return what is wrong between sources and catalogue, a line each."""
    known, wrong = templates(), []
    there: dict[str, str] = {}
    for name, entries in catalogue().items():
        for text in entries:
            if text in there:
                wrong.append(f"{name}.toml and {there[text]}.toml both have {text!r}")
            there[text] = name
            if name not in OF_OTHERS and text not in known:
                wrong.append(f"{name}.toml: no module says {text!r}")
            elif name not in OF_OTHERS and known[text].home != name:
                wrong.append(f"{name}.toml: {text!r} belongs into {known[text].home}.toml")
    return wrong + [f"{known[text].home}.toml lacks {text!r}" for text in sorted(known.keys() - there.keys())]


def pending() -> dict[str, list[str]]:
    """Return the templates that are allowed to lack a Chinese text, by the file that they belong into."""
    return {
        path.stem: [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
        for path in sorted(PENDING.glob("*.txt"))
    }


def renew_pending() -> None:
    """List what is lacking."""
    for path in PENDING.glob("*.txt"):
        path.unlink()
    for name, texts in lacking().items():
        PENDING.mkdir(exist_ok=True)
        lines = [json.dumps(text, ensure_ascii=False) for text, _ in sorted(texts, key=lambda each: each[0])]
        (PENDING / f"{name}.txt").write_text("\n".join(lines) + "\n", encoding="utf-8")


def lacking() -> dict[str, list[tuple[str, Template]]]:
    """Return the templates without a Chinese text by the file that they belong into."""
    there = {text for entries in catalogue().values() for text in entries}
    found: dict[str, list[tuple[str, Template]]] = defaultdict(list)
    for text, known in templates().items():
        if text not in there:
            found[known.home].append((text, known))
    return found


def line_of(template: str, text: str) -> str:
    """Return the line of an entry; a JSON string of printable characters is one of TOML too."""
    return f"{json.dumps(template, ensure_ascii=False)} = {json.dumps(text, ensure_ascii=False)}"


def sort() -> None:
    """Write the catalogue anew: each entry in the file of its room, none that nobody says."""
    known, entries = templates(), catalogue()
    homes: dict[str, dict[str, str]] = defaultdict(dict)
    for name, texts in entries.items():
        for template, text in texts.items():
            if name in OF_OTHERS:
                homes[name][template] = text
            elif template in known:
                homes[known[template].home][template] = text
    for name in sorted(entries.keys() | homes.keys()):
        write(CATALOGUE / f"{name}.toml", homes.get(name, {}))


def write(path: Path, entries: Mapping[str, str]) -> None:
    """Write a file of the catalogue, its entries in the order of the alphabet; none without entries."""
    if not entries:
        path.unlink(missing_ok=True)
        return
    lines = [line_of(template, text) for template, text in sorted(entries.items())]
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")


def main() -> None:
    """Do what the arguments ask for."""
    match sys.argv[1:]:
        case ["check"]:
            sys.exit("\n".join(faults()) or 0)
        case ["sort"]:
            sort()
        case ["pending"]:
            renew_pending()
        case []:
            for room, texts in sorted(lacking().items()):
                sys.stdout.write(f"{room:<14}{len(texts):>5}\n")
        case rooms:
            for room in rooms:
                for text, known in sorted(lacking().get(room, ()), key=lambda each: each[0]):
                    sys.stdout.write(f"# {', '.join(known.places[:3])}\n{line_of(text, '')}\n")


if __name__ == "__main__":
    main()
