"""Builds the faces in src/clusterreport/fonts from the free faces that they are subsets of.

Sources (nothing is downloaded here; fetch and unpack them first):

* npm ``@expo-google-fonts/noto-serif-sc`` and ``@expo-google-fonts/noto-sans-sc`` 0.4.3 (``npm pack`` and unpack)
* Debian ``fonts-lxgw-wenkai`` (``LXGWWenKai-Regular.ttf``)

Run: ``python tools/build_fonts.py SERIF_FOLDER SANS_FOLDER WENKAI_FOLDER`` (the folders are searched). The faces are
renamed, as the Open Font License asks of a changed version; the licence texts are copied beside them. The result is
the same to the byte on every run.
"""

from __future__ import annotations

import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from fontTools import subset
from fontTools.ttLib import TTFont

ROOT = Path(__file__).resolve().parent.parent
TARGET = ROOT / "src" / "clusterreport" / "fonts"
MADE = 3_786_912_000  # 2024-01-01 in seconds since 1904, the clock of TrueType
KEPT_NAMES = (0, 13, 14)
DROPPED_TABLES = ["vhea", "vmtx", "BASE", "VORG", "STAT", "GSUB", "GPOS", "GDEF", "DSIG", "kern", "mort", "FFTM", "gasp"]
RANGES = (
    (0x20, 0x7E), (0xA0, 0x17F), (0x2C6, 0x2DD), (0x370, 0x3FF), (0x2010, 0x2027), (0x2030, 0x205E), (0x2070, 0x209C),
    (0x20A0, 0x20BF), (0x2100, 0x214F), (0x2150, 0x2189), (0x2190, 0x21FF), (0x2200, 0x22FF), (0x2460, 0x24FF),
    (0x2500, 0x25FF), (0x2600, 0x2611), (0x2713, 0x2717), (0x2E3A, 0x2E3A), (0x3000, 0x303F), (0x3220, 0x3243),
    (0x3280, 0x32B0), (0xFF01, 0xFF65), (0xFFE0, 0xFFE6),
)  # fmt: skip
FIGURE_WORDS = (
    "个家项名次位亿万千百元倍年月日期第超过近约余多达突破接计划力争百分点公里平方省市区县人台辆件吨度天时待核未知不详－—…～"
)


@dataclass(frozen=True, slots=True)
class Face:
    """A face to build: the file it is cut from, its file and family here, and whether it has figures only."""

    source: str
    file: str
    family: str
    figures_only: bool = False


FACES = (
    Face("NotoSerifSC_400Regular.ttf", "song.ttf", "Clusterreport Song"),
    Face("NotoSerifSC_700Bold.ttf", "song_bold.ttf", "Clusterreport Song Bold"),
    Face("NotoSansSC_400Regular.ttf", "hei.ttf", "Clusterreport Hei"),
    Face("NotoSansSC_500Medium.ttf", "hei_medium.ttf", "Clusterreport Hei Medium"),
    Face("NotoSansSC_700Bold.ttf", "hei_bold.ttf", "Clusterreport Hei Bold", figures_only=True),
    Face("LXGWWenKai-Regular.ttf", "kai.ttf", "Clusterreport Kai"),
)


def standard_characters() -> set[int]:
    """Return the 8105 characters of 通用规范汉字表."""
    lines = (ROOT / "tools" / "tgs8105.txt").read_text(encoding="utf-8").splitlines()
    return {ord(line) for line in lines if len(line) == 1}


def gb2312_characters() -> set[int]:
    """Return every character that GB 2312—1980 encodes."""
    found = set()
    for row in range(0xA1, 0xF8):
        for cell in range(0xA1, 0xFF):
            try:
                found.add(ord(bytes((row, cell)).decode("gb2312")))
            except UnicodeDecodeError:
                continue
    return found


def wanted(face: Face) -> set[int]:
    """Return the characters that a face should have."""
    ranges = {code for first, last in RANGES for code in range(first, last + 1)}
    if face.figures_only:
        return {code for code in ranges if code < 0x370 or 0x2000 <= code < 0x2300 or code >= 0xFF00} | set(map(ord, FIGURE_WORDS))
    return ranges | standard_characters() | gb2312_characters()


def build(face: Face, source: Path, target: Path) -> None:
    """Cut one face to its characters, rename it and save it."""
    options = subset.Options()
    options.hinting = False
    options.glyph_names = False
    options.notdef_outline = True
    options.layout_features = []
    options.name_IDs = list(KEPT_NAMES)
    options.name_languages = [0x409]
    options.drop_tables += DROPPED_TABLES
    font = TTFont(source, recalcTimestamp=False)
    cutter = subset.Subsetter(options)
    cutter.populate(unicodes=wanted(face))
    cutter.subset(font)
    _rename(font, face.family)
    tables: Any = font
    tables["head"].created = tables["head"].modified = MADE
    tables["OS/2"].fsType = 0
    tables["post"].formatType = 3.0
    font.save(target, reorderTables=True)


def _rename(font: TTFont, family: str) -> None:
    names: Any = font["name"]
    for name_id, text in ((1, family), (2, "Regular"), (3, f"1.0;{family}"), (4, family), (5, "Version 1.0"), (6, family.replace(" ", ""))):
        names.setName(text, name_id, 3, 1, 0x409)


def _find(folders: list[Path], name: str) -> Path:
    for folder in folders:
        for path in sorted(folder.rglob(name)):
            return path
    message = f"{name} is in none of {', '.join(map(str, folders))}"
    raise SystemExit(message)


def main(arguments: list[str]) -> None:
    """Build all faces from the folders given."""
    folders = [Path(argument) for argument in arguments]
    for face in FACES:
        target = TARGET / face.file
        build(face, _find(folders, face.source), target)
        sys.stdout.write(f"{target.name}: {target.stat().st_size / 1024:,.0f} KiB\n")


if __name__ == "__main__":
    main(sys.argv[1:])
