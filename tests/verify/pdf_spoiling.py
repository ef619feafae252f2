"""Plants differences into the PDF of a pair: glyph codes on its pages, and the elements of its structure."""

from __future__ import annotations

import io
import re
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pikepdf

from tests.verify.pairs import Pair

CODE = re.compile(rb"<([0-9A-F]{4})> <([0-9A-F]{4})>")

Part = Any
"""What pikepdf finds: to ask at each step whether it found anything would hide what is planted."""


def spoiled(change: Callable[[pikepdf.Pdf], None]) -> Callable[[Pair], Pair]:
    def plant(pair: Pair) -> Pair:
        written = io.BytesIO()
        with pikepdf.open(io.BytesIO(pair.pdf)) as pdf:
            change(pdf)
            pdf.save(written)
        return replace(pair, pdf=written.getvalue())

    return plant


def changed_digit(tag: str, seen: re.Pattern[str]) -> Callable[[pikepdf.Pdf], None]:
    """Return what changes a digit in the first text that ``seen`` finds in marked content of a tag."""

    def change(pdf: pikepdf.Pdf) -> None:
        for page in pdf.pages:
            maps = {name: codes_of(font) for name, font in page.Resources.Font.items()}
            instructions = pikepdf.parse_content_stream(page)
            if change_text(instructions, maps, tag, seen):
                page.Contents = pdf.make_stream(pikepdf.unparse_content_stream(instructions))
                return
        raise AssertionError(tag)

    return change


def change_text(instructions: Part, maps: dict[str, dict[bytes, str]], tag: str, seen: re.Pattern[str]) -> bool:
    marked, codes = "", dict[bytes, str]()
    for place, instruction in enumerate(instructions):
        operator, operands = str(instruction.operator), instruction.operands
        if operator == "BDC" and "/MCID" in operands[1]:  # what says a number of a chart is marked within its figure
            marked = str(operands[0])
        elif operator == "Tf":
            codes = maps[str(operands[0])]
        elif operator in {"Tj", "TJ"} and marked == f"/{tag}":
            shown = list(operands[0]) if operator == "TJ" else [operands[0]]
            whole = "".join(text_of(bytes(part), codes) for part in shown if isinstance(part, pikepdf.String))
            if not seen.search(whole):
                continue
            fresh = [next_digit(bytes(part), codes) if isinstance(part, pikepdf.String) else part for part in shown]
            operand = [pikepdf.Array(fresh)] if operator == "TJ" else fresh
            instructions[place] = pikepdf.ContentStreamInstruction(operand, instruction.operator)
            return True
    return False


def codes_of(font: Part) -> dict[bytes, str]:
    found = CODE.findall(font.ToUnicode.read_bytes().partition(b"endcodespacerange")[2])
    return {bytes.fromhex(code.decode()): bytes.fromhex(text.decode()).decode("utf-16-be") for code, text in found}


def text_of(written: bytes, codes: dict[bytes, str]) -> str:
    return "".join(codes.get(written[place : place + 2], "") for place in range(0, len(written), 2))


def next_digit(written: bytes, codes: dict[bytes, str]) -> pikepdf.String:
    """Return the codes with every digit replaced by another that the font has."""
    digits = [code for code, text in codes.items() if text in "0123456789"]
    other = dict(zip(digits, [*digits[1:], digits[0]], strict=True))
    pieces = (written[place : place + 2] for place in range(0, len(written), 2))
    return pikepdf.String(b"".join(other.get(piece, piece) for piece in pieces))


def elements(pdf: pikepdf.Pdf, tag: str) -> list[Part]:
    """Return the elements of the structure with a tag, in reading order."""
    found, waiting = [], [pdf.Root.StructTreeRoot]
    while waiting:
        element = waiting.pop()
        if element.get("/S") == f"/{tag}":
            found.append(element)
        kids = element.get("/K", pikepdf.Array([]))
        listed = list(kids) if isinstance(kids, pikepdf.Array) else [kids]
        waiting += [kid for kid in reversed(listed) if isinstance(kid, pikepdf.Dictionary) and "/MCID" not in kid]
    return found


def swap_captions(pdf: pikepdf.Pdf) -> None:
    one, other = elements(pdf, "Caption")[:2]
    one.K, other.K = other.K, one.K


def move_heading(pdf: pikepdf.Pdf) -> None:
    section = next(section for section in elements(pdf, "Sect") if len(section.K) > 1)
    kids = list(section.K)
    section.K = pikepdf.Array([kids[1], kids[0], *kids[2:]])


def dropped(tag: str, place: int = 0) -> Callable[[pikepdf.Pdf], None]:
    def change(pdf: pikepdf.Pdf) -> None:
        element = elements(pdf, tag)[place]
        element.P.K = pikepdf.Array([kid for kid in element.P.K if kid.objgen != element.objgen])

    return change


def respelt(change: Callable[[list[Part]], list[Part]]) -> Callable[[pikepdf.Pdf], None]:
    """Return what changes the marked contents of the first page that say numbers of charts."""

    def spoil(pdf: pikepdf.Pdf) -> None:
        for page in pdf.pages:
            pieces = in_pieces(list(pikepdf.parse_content_stream(page)))
            if any(is_number(piece) for piece in pieces):
                spoilt = [instruction for piece in change(pieces) for instruction in piece]
                page.Contents = pdf.make_stream(pikepdf.unparse_content_stream(spoilt))
                return
        message = "no chart prints a number"
        raise AssertionError(message)

    return spoil


def in_pieces(instructions: list[Part]) -> list[Part]:
    """Return a page in pieces: each number of a chart with its mark is one, all other instructions are one each."""
    pieces: list[Part] = []
    numbered = False
    for instruction in instructions:
        operator = str(instruction.operator)
        if operator == "BDC" and KEY in instruction.operands[1]:
            pieces.append([])
            numbered = True
        if numbered:
            pieces[-1].append(instruction)
        else:
            pieces.append([instruction])
        numbered = numbered and operator != "EMC"
    return pieces


KEY = "/XXNumber"


def is_number(piece: Part) -> bool:
    return str(piece[0].operator) == "BDC" and KEY in piece[0].operands[1]


def numbers_of(pieces: list[Part]) -> list[int]:
    """Return the places of the pieces that say numbers."""
    return [place for place, piece in enumerate(pieces) if is_number(piece)]


def differing(pieces: list[Part]) -> tuple[int, int]:
    """Return the places of the first number and of the next that prints something else."""
    first, *rest = numbers_of(pieces)
    return first, next(place for place in rest if printed_codes(pieces[place]) != printed_codes(pieces[first]))


def printed_codes(piece: Part) -> list[bytes]:
    shown = [instruction.operands[0] for instruction in piece if str(instruction.operator) == "TJ"]
    return [bytes(part) for parts in shown for part in parts]


def swap_numbers(pieces: list[Part]) -> list[Part]:
    """Let the first two numbers stand at each other's places: their marks stay, what is printed changes."""
    one, other = differing(pieces)
    pieces[one], pieces[other] = (
        [pieces[one][0], *pieces[other][1:]], [pieces[other][0], *pieces[one][1:]],
    )  # fmt: skip
    return pieces


def swap_keys(pieces: list[Part]) -> list[Part]:
    """Let the first two numbers bear each other's keys."""
    one, other = differing(pieces)
    pieces[one][0], pieces[other][0] = pieces[other][0], pieces[one][0]
    return pieces


def rename_key(key: str) -> Callable[[list[Part]], list[Part]]:
    """Return what has the first number bear another key."""

    def change(pieces: list[Part]) -> list[Part]:
        piece = pieces[numbers_of(pieces)[0]]
        mark = [pikepdf.Name.Span, pikepdf.Dictionary({KEY: pikepdf.String(key)})]
        piece[0] = pikepdf.ContentStreamInstruction(mark, pikepdf.Operator("BDC"))
        return pieces

    return change


def drop_number(pieces: list[Part]) -> list[Part]:
    del pieces[numbers_of(pieces)[0]]
    return pieces


def drop_key(key: str) -> Callable[[list[Part]], list[Part]]:
    """Return what leaves out all lines of one number."""

    def change(pieces: list[Part]) -> list[Part]:
        kept = [piece for piece in pieces if not (is_number(piece) and str(piece[0].operands[1][KEY]) == key)]
        assert len(kept) < len(pieces)
        return kept

    return change


def double_number(pieces: list[Part]) -> list[Part]:
    place = numbers_of(pieces)[0]
    return [*pieces[:place], pieces[place], *pieces[place:]]


def unmark_number(pieces: list[Part]) -> list[Part]:
    place = numbers_of(pieces)[0]
    pieces[place] = pieces[place][1:-1]
    return pieces
