"""Builds the faces in src/clusterreport/fonts from the free faces that they are subsets of.

Sources (nothing is downloaded here; fetch and unpack them first):

* npm ``@expo-google-fonts/noto-serif-sc`` and ``@expo-google-fonts/noto-sans-sc`` 0.4.3 (``npm pack``, then unpack)
* Debian ``fonts-lxgw-wenkai`` (``dpkg -L`` says where its ``LXGWWenKai-Regular.ttf`` lies)

Run: ``make fonts SERIF=folder SANS=folder KAI=folder``; the folders are searched. The faces are renamed, as the Open
Font License asks of a changed version, and the licences are written beside them. Every run gives the same bytes.
"""

from __future__ import annotations

import argparse
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from fontTools import subset
from fontTools.ttLib import TTFont

ROOT = Path(__file__).resolve().parent.parent
TARGET = ROOT / "src" / "clusterreport" / "fonts"
MADE = 3_786_912_000  # 2024-01-01 in seconds since 1904, the clock of TrueType
KEPT_NAMES = (0, 13, 14)  # copyright, licence, where the licence is explained
# Alternates, hints, signatures, and the metrics of vertical lines; of GPOS, the kerning of Latin stays.
DROPPED_TABLES = [
    "BASE",
    "DSIG",
    "FFTM",
    "GDEF",
    "GSUB",
    "STAT",
    "VORG",
    "gasp",
    "kern",
    "mort",
    "vhea",
    "vmtx",
]
LATIN_AND_SIGNS = (
    (0x20, 0x7E), (0xA0, 0x17F), (0x2C6, 0x2DD),                       # Latin, Latin-1, Latin Extended-A, accents
    (0x2010, 0x2027), (0x2030, 0x205E), (0x2070, 0x209C),              # punctuation, raised and lowered digits
    (0x20A0, 0x20BF), (0x2100, 0x214F), (0x2150, 0x2189),              # currencies, letter-like signs, fractions
    (0x2190, 0x21FF), (0x2200, 0x22FF),                                # arrows, mathematics
    (0xFF01, 0xFF65), (0xFFE0, 0xFFE6),                                # full-width forms
)  # fmt: skip
CHINESE_SIGNS = (
    (0x370, 0x3FF),                                                    # Greek
    (0x2460, 0x24FF), (0x2500, 0x25FF), (0x2600, 0x2611), (0x2713, 0x2717),  # enclosed numbers, boxes, shapes, marks
    (0x2E3A, 0x2E3A),                                                  # the dash of two ems
    (0x3000, 0x303F), (0x3220, 0x3243), (0x3280, 0x32B0),              # punctuation, ㈠ and the like, ㊀ and the like
)  # fmt: skip
FIGURE_WORDS = (
    "个家项名次位亿万千百元倍年月日期第超过近约余多达逾不足左右以上下突破接计划力争百分点公里平方"
    "省市区县人户台辆件吨条座类批种度天时并列待核未知不详"
)
WENKAI_RESERVES = 'with Reserved Font Names "LXGW" and "霞鹜"'


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


def main() -> None:
    """Build all faces and their licences from the folders that the command line names."""
    parser = argparse.ArgumentParser(description="Build the faces in src/clusterreport/fonts.")
    for name, what in (("serif", "noto-serif-sc"), ("sans", "noto-sans-sc"), ("kai", "fonts-lxgw-wenkai")):
        parser.add_argument(name, type=Path, help=f"the folder of {what}")
    parser.add_argument("--into", type=Path, default=TARGET, help="where to write (default: the package)")
    options = parser.parse_args()
    folders = [options.serif, options.sans, options.kai]
    for face in FACES:
        target = options.into / face.file
        build(face, _find(folders, face.source), target)
        sys.stdout.write(f"{target.name}: {target.stat().st_size / 1024:,.0f} KiB\n")
    for name, text in licences(options.serif, options.sans, options.kai).items():
        (options.into / name).write_text(text, encoding="utf-8")


def standard_characters() -> set[int]:
    """Return the 8105 characters of 通用规范汉字表."""
    lines = (ROOT / "tools" / "tgs8105.txt").read_text(encoding="utf-8").splitlines()
    return {ord(line) for line in lines if len(line) == 1}


def gb2312_characters() -> set[int]:
    """Return every character that GB 2312—1980 encodes."""
    pairs = (bytes((row, cell)) for row in range(0xA1, 0xF8) for cell in range(0xA1, 0xFF))
    return {ord(text) for pair in pairs if (text := pair.decode("gb2312", errors="ignore"))}


def wanted(face: Face) -> set[int]:
    """Return the characters that a face should have, as far as its source has them."""
    if face.figures_only:
        return _codes(LATIN_AND_SIGNS) | set(map(ord, FIGURE_WORDS))
    return _codes(LATIN_AND_SIGNS) | _codes(CHINESE_SIGNS) | standard_characters() | gb2312_characters()


def build(face: Face, source: Path, target: Path) -> None:
    """Cut one face to its characters, rename it and save it."""
    options = subset.Options()
    options.hinting = False
    options.glyph_names = False
    options.notdef_outline = True
    options.layout_features = ["kern"]
    options.layout_scripts = ["latn"]
    options.name_IDs = list(KEPT_NAMES)
    options.name_languages = [0x409]
    options.drop_tables += DROPPED_TABLES
    font: Any = TTFont(source, recalcTimestamp=False)
    cutter = subset.Subsetter(options)
    cutter.populate(unicodes=wanted(face))
    cutter.subset(font)
    _rename(font, face.family)
    font["head"].created = font["head"].modified = MADE
    font["OS/2"].fsType = 0  # may be embedded, as its licence says
    font["post"].formatType = 3.0  # no glyph names
    font.save(target, reorderTables=True)


def licences(serif: Path, sans: Path, kai: Path) -> dict[str, str]:
    """Return each licence by its file: the copyright lines of face and package, then the Open Font License."""
    packaged = {folder: _find([folder], "LICENSE_FONT").read_text(encoding="utf-8") for folder in (serif, sans)}
    terms = packaged[sans][packaged[sans].index("This Font Software is licensed") :]
    song = [*_copyright(_find([serif], FACES[0].source)), packaged[serif].splitlines()[0]]
    hei = [packaged[sans].splitlines()[0]]
    lxgw, *others = _copyright(_find([kai], FACES[-1].source))
    heads = {"song": song, "hei": hei, "kai": [f"{lxgw}, {WENKAI_RESERVES}", *others]}
    body = "\n".join(line.rstrip() for line in terms.splitlines())
    return {f"OFL-{name}.txt": "\n".join(lines) + f"\n\n{body}\n" for name, lines in heads.items()}


def _copyright(face: Path) -> list[str]:
    names: Any = TTFont(face)["name"]
    return [line for line in str(names.getDebugName(0)).splitlines() if line]


def _rename(font: Any, family: str) -> None:  # noqa: ANN401 -- fontTools has no types
    texts = {1: family, 2: "Regular", 3: f"1.0;{family}", 4: family, 5: "Version 1.0", 6: family.replace(" ", "")}
    for name_id, text in texts.items():
        font["name"].setName(text, name_id, 3, 1, 0x409)


def _codes(ranges: tuple[tuple[int, int], ...]) -> set[int]:
    return {code for first, last in ranges for code in range(first, last + 1)}


def _find(folders: list[Path], name: str) -> Path:
    for folder in folders:
        for path in sorted(folder.rglob(name)):
            return path
    raise SystemExit(f"{name} is in none of {', '.join(map(str, folders))}")


if __name__ == "__main__":
    main()
