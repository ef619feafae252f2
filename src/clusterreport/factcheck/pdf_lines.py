"""Reads the lines of the pages of a PDF that has no structure, as far as its fonts say what their codes mean."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, Final

import pikepdf

if TYPE_CHECKING:
    from collections.abc import Iterator

_OPERATORS: Final = "BT ET Tf Td TD Tm T* Tj TJ ' \" Do"
_SECTION: Final = re.compile(rb"begin(bfchar|bfrange)(.*?)end\1", re.DOTALL)
_HEX: Final = re.compile(rb"<([0-9A-Fa-f\s]*)>|(\[)|(\])")
_WIDE_GAP: Final = -200
"""From which step between two pieces of a line on, in thousandths of the size, there is a blank."""
_SAME_LINE: Final = 2.0
"""By how many points the base of a line may vary."""
_MOST_PAGES: Final = 2_000
_MOST_RANGE: Final = 65_536
_UNKNOWN: Final = "\ufffd"
_DEEPEST: Final = 4
"""How deep drawings lie within one another that are read."""


def pdf_lines(pdf: pikepdf.Pdf) -> Iterator[tuple[int, list[str]]]:
    """Yield each page with its lines from above, in the order in which they are drawn."""
    fonts: dict[tuple[int, int], _FontCodes] = {}
    for number, page in enumerate(pdf.pages[:_MOST_PAGES], 1):
        reader = _PageReader(fonts)
        reader.read(page, page.get("/Resources", pikepdf.Dictionary()), 0)
        yield number, reader.lines()


class _FontCodes:
    """What the codes of a font mean; ``width`` is how many bytes one has."""

    def __init__(self, font: Any) -> None:  # noqa: ANN401 -- pikepdf's objects
        composite = str(font.get("/Subtype", "")) == "/Type0"
        self.width = 2 if composite else 1
        self._known = dict(_entries(font.ToUnicode.read_bytes())) if "/ToUnicode" in font else {}
        self._plain = not composite and not self._known

    def text(self, shown: bytes) -> str:
        if self._plain:
            return shown.decode("cp1252", errors="replace")
        return "".join(
            self._known.get(int.from_bytes(shown[place : place + self.width], "big"), _UNKNOWN)
            for place in range(0, len(shown), self.width)
        )


class _PageReader:
    def __init__(self, fonts: dict[tuple[int, int], _FontCodes]) -> None:
        self._fonts = fonts
        self._lines: list[tuple[float, str]] = []

    def lines(self) -> list[str]:
        """Return the lines that have words."""
        return [line.strip() for _, line in self._lines if line.strip()]

    def read(self, content: Any, resources: Any, depth: int) -> None:  # noqa: ANN401 -- as above
        codes: _FontCodes | None = None
        base = leading = 0.0
        for instruction in pikepdf.parse_content_stream(content, _OPERATORS):
            operands: Any = instruction.operands
            match str(instruction.operator):
                case "BT":
                    base = 0.0
                case "Tf":
                    codes = self._font(resources, str(operands[0]))
                case "Tm":
                    base = float(operands[5])
                case "Td" | "TD" as operator:
                    leading = -float(operands[1]) if operator == "TD" else leading
                    base += float(operands[1])
                case "T*":
                    base -= leading or _SAME_LINE * 2
                case "Do":
                    self._drawing(resources, str(operands[0]), depth)
                case "Tj" | "TJ" | "'" | '"' as operator if codes is not None:
                    base -= (leading or _SAME_LINE * 2) if operator in {"'", '"'} else 0
                    self._say(base, _shown(operands[-1], codes))
                case _:
                    pass

    def _font(self, resources: Any, name: str) -> _FontCodes | None:  # noqa: ANN401 -- as above
        font = resources.get("/Font", {}).get(name)
        if font is None:
            return None
        return self._fonts.setdefault(font.objgen, _FontCodes(font)) if font.objgen != (0, 0) else _FontCodes(font)

    def _drawing(self, resources: Any, name: str, depth: int) -> None:  # noqa: ANN401 -- as above
        form = resources.get("/XObject", {}).get(name)
        if depth < _DEEPEST and form is not None and str(form.get("/Subtype", "")) == "/Form":
            self.read(form, form.get("/Resources", resources), depth + 1)

    def _say(self, base: float, words: str) -> None:
        if self._lines and abs(self._lines[-1][0] - base) <= _SAME_LINE:
            self._lines[-1] = (base, self._lines[-1][1] + words)
        else:
            self._lines.append((base, words))


def _shown(shown: Any, codes: _FontCodes) -> str:  # noqa: ANN401 -- as above
    if isinstance(shown, pikepdf.String):
        return codes.text(bytes(shown))
    words = ""
    for part in shown:
        if isinstance(part, pikepdf.String):
            words += codes.text(bytes(part))
        elif float(part) < _WIDE_GAP:
            words += " "
    return words


def _entries(written: bytes) -> Iterator[tuple[int, str]]:
    """Yield what a ToUnicode map says (ISO 32000-1, 9.10.3): single codes, and ranges that count on or are listed."""
    for kind, section in _SECTION.findall(written):
        found = [each for each in _HEX.finditer(section) if each[1] is not None]
        strings = [bytes.fromhex(each[1].decode("ascii")) for each in found]
        if kind == b"bfchar":
            for code, text in zip(strings[::2], strings[1::2], strict=False):
                yield int.from_bytes(code, "big"), text.decode("utf-16-be", errors="replace")
        else:
            yield from _ranges(section)


def _ranges(section: bytes) -> Iterator[tuple[int, str]]:
    strings: list[bytes] = []
    listing = False
    for found in _HEX.finditer(section):
        if found[1] is None:
            listing = found[2] is not None
            strings = strings if listing else []
            continue
        strings.append(bytes.fromhex(found[1].decode("ascii")))
        if len(strings) <= 2:  # noqa: PLR2004 -- the first and the last code
            continue
        first, last = (int.from_bytes(code, "big") for code in strings[:2])
        if listing:
            yield first + len(strings) - 3, strings[-1].decode("utf-16-be", errors="replace")
            continue
        start = int.from_bytes(strings[2], "big")
        for place in range(min(last - first + 1, _MOST_RANGE)):
            text = (start + place).to_bytes(len(strings[2]) + 1, "big")[1:]
            yield first + place, text.decode("utf-16-be", errors="replace")
        strings = []
