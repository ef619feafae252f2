"""Lines are broken lawfully at every width, and no character is lost on the way."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from clusterreport.fonts.measure import SOFT_HYPHEN
from clusterreport.render.pdf.atoms import CharacterStyle, Cutter, Span
from clusterreport.render.pdf.breaking import Setting, balanced, break_lines, line_gaps
from clusterreport.render.pdf.faces import FaceSet, PdfFaces
from clusterreport.render.pdf.paragraphs import Compositor, TextLine
from clusterreport.render.pdf.typesetting import Typesetter

if TYPE_CHECKING:
    from clusterreport.document.wording import Language
    from clusterreport.theme import Theme

LOOK = CharacterStyle("song", 16.0, "#000000")
FORBIDDEN_STARTS = frozenset("，。、；：？！”’）》〉】〕…—％‰℃·,.;:!?)]}%")
FORBIDDEN_ENDS = frozenset("“‘（《〈【〔([")
TORN_WORD = re.compile(r"[A-Za-z0-9,.]\n[A-Za-z0-9]")
TORN_UNIT = re.compile(r"[0-9%]\n[年月日个亿万项位期号家公倍]|第\n[0-9]|百\n分|分\n点|〕\n[0-9]|[图表]\n[0-9]|[0-9]\n%")
BRIEFING = (
    "截至2024年6月30日，OpenHarmony社区（“开源鸿蒙”）已有超过5,000名贡献者；HarmonyOS NEXT于2024年10月22日发布。",
    "《关于加快推进政务服务“一网通办”的指导意见》（国发〔2022〕5号）提出：“到2025年，平台能力显著增强。”GDP增速为5.2%，R&D强度达2.64%。",
    "总产值超1.35万亿元，37个集群居第4位，比重由24.4%升至46.3%，提高21.9个百分点——按同一口径，见图3、表12；占63%～68%，2021—2022年……",
    "（一）跨区域集群11个（“广佛惠”“深广”）；名录见https://www.miit.gov.cn/gzcy/zbft/art/2024/index.html，约1700余家，近80%为第1批。",
)
MIXED = st.text(
    st.sampled_from(
        "国家级先进制造业集群年月日个万亿元位，。、；：？！“”‘’（）《》〔〕——……·～％%abcXYZ0123456789.,-/ 　&<"
    ),
    max_size=120,
)


@pytest.fixture(scope="module")
def faces(theme: Theme) -> FaceSet:
    return PdfFaces(theme).measures


def set_lines(text: str, width: float, faces: FaceSet, language: Language = "zh", indent: float = 32.0) -> list[str]:
    atoms, gaps = Cutter(faces, language).cut((Span(text, LOOK),))
    broken = break_lines(atoms, gaps, Setting(width, indent), faces)
    lines = (TextLine(broken, line, 0.0, LOOK.size) for line in broken.lines)
    return ["".join(word.text for word in line._words(0.0)) for line in lines]  # noqa: SLF001 -- as they are printed


def squeezed(text: str) -> str:
    return "".join(text.split())


@pytest.mark.parametrize("width", range(300, 480, 3))
def test_no_line_of_a_briefing_starts_ends_or_splits_where_it_must_not(width: int, faces: FaceSet) -> None:
    for text in BRIEFING:
        lines = set_lines(text, width, faces)
        joined = "\n".join(lines)
        assert not [line for line in lines[1:] if line[0] in FORBIDDEN_STARTS]
        assert not [line for line in lines[:-1] if line.rstrip()[-1] in FORBIDDEN_ENDS]
        assert not [found.group() for found in TORN_WORD.finditer(joined) if "/" not in joined]
        assert not TORN_UNIT.findall(joined)


@given(text=MIXED, width=st.floats(40, 460))
def test_no_character_is_lost_or_repeated_at_any_width(text: str, width: float, faces: FaceSet) -> None:
    assert squeezed("".join(set_lines(text, width, faces))) == squeezed(text)


@given(text=MIXED, width=st.floats(120, 460))
def test_no_line_is_wider_than_its_room(text: str, width: float, faces: FaceSet) -> None:
    atoms, gaps = Cutter(faces, "zh").cut((Span(text, LOOK),))
    broken = break_lines(atoms, gaps, Setting(width, 32.0), faces)
    for line in broken.lines:
        lone = line.end - line.start == 1 and len(broken.atoms[line.start].text) > 1  # ———— is never parted
        assert lone or line.width <= width - (0 if line.start else 32.0) + 0.02


def test_a_word_of_500_letters_is_cut_to_the_width(faces: FaceSet) -> None:
    lines = set_lines("词" + "x" * 500 + "后", 200, faces)
    assert "".join(lines) == "词" + "x" * 500 + "后"
    assert len(lines) > 10


def test_neighbouring_marks_share_their_white(faces: FaceSet) -> None:
    cutter = Cutter(faces, "zh")
    _, gaps = cutter.cut((Span("。”“", LOOK),))
    assert all(gap.natural < -0.2 * LOOK.size for gap in gaps)


def test_a_quarter_em_stands_between_han_and_latin(faces: FaceSet) -> None:
    _, gaps = Cutter(faces, "zh").cut((Span("共80个", LOOK),))
    assert [gap.natural for gap in gaps] == [4.0, 4.0]


def test_a_typed_space_between_han_and_latin_adds_nothing(faces: FaceSet) -> None:
    _, gaps = Cutter(faces, "zh").cut((Span("共 80 个", LOOK),))
    assert [gap.natural for gap in gaps] == [4.0, 4.0]


@pytest.mark.parametrize("text", ["江苏, 广东", "江苏.", "“江苏”", "(江苏)"])
def test_nothing_stands_between_han_and_the_latin_mark_beside_it(text: str, faces: FaceSet) -> None:
    atoms, gaps = Cutter(faces, "en").cut((Span(text, LOOK),))
    assert len(gaps) > 1
    assert all(gap.natural == 0 for before, gap in zip(atoms, gaps, strict=False) if not before.space)


def test_english_quotation_marks_are_as_narrow_as_their_ink(faces: FaceSet) -> None:
    atoms, _ = Cutter(faces, "en").cut((Span("the country’s “best”", LOOK),))
    assert all(atom.width < 0.55 * LOOK.size for atom in atoms if atom.text in "“”’")


def test_an_apostrophe_within_a_word_is_narrow_in_chinese_too(faces: FaceSet) -> None:
    atoms, gaps = Cutter(faces, "zh").cut((Span("所谓China’s模式", LOOK),))
    mark = next(atom for atom in atoms if atom.text == "’")
    assert mark.width < 0.5 * LOOK.size
    assert gaps[atoms.index(mark)].natural == 0


def test_a_title_is_broken_into_even_lines(faces: FaceSet) -> None:
    atoms, gaps = Cutter(faces, "zh").cut(
        (Span("我国八十个国家级先进制造业集群的区域分布与跨区域一体化发展情况分析", LOOK),)
    )
    lines = balanced(atoms, gaps, Setting(420, 0, justified=False), faces).lines
    widths = [line.width for line in lines]
    assert len(lines) == 2
    assert max(widths) - min(widths) <= 2 * LOOK.size


def test_all_lines_but_the_last_fill_the_measure(faces: FaceSet) -> None:
    atoms, gaps = Cutter(faces, "zh").cut((Span(BRIEFING[2] * 3, LOOK),))
    lines = break_lines(atoms, gaps, Setting(442, 32), faces).lines
    assert {round(line.width + (0 if line.start else 32), 3) for line in lines[:-1]} == {442}


def test_english_words_are_parted_at_their_syllables(faces: FaceSet) -> None:
    text = "advanced manufacturing clusters internationalisation development"
    lines = set_lines(text, 95, faces, "en", indent=0)
    assert any(line.endswith(f"{part}{SOFT_HYPHEN}") for line in lines for part in ("manu", "manufac", "manufactur"))
    rejoined = "".join(line[:-1] if line.endswith(SOFT_HYPHEN) else line + " " for line in lines)
    assert rejoined.split() == text.split()


@pytest.mark.parametrize("width", [150, 220, 300])
def test_titles_are_never_hyphenated(width: int, faces: FaceSet, theme: Theme) -> None:
    title = "Internationalisation of extraordinarily multidisciplinary telecommunications infrastructures"
    compositor, style = (
        Compositor(PdfFaces(theme), theme, "en", 400.0, Typesetter(faces, "en")),
        theme.style("heading1"),
    )
    for hyphenated in (False, True):
        lines = compositor.lines(compositor.plain(title, style, "title", hyphenated=hyphenated), style, width)
        ends = [line.broken.atoms[line.line.end - 1] for line in lines]
        assert any(atom.hyphen for atom in ends[:-1]) == hyphenated
    spans = compositor.plain(title, style, "title")
    assert not any(span.hyphenated for span in spans)


def test_chinese_text_parts_no_latin_word(faces: FaceSet) -> None:
    text = "所谓advanced manufacturing clusters在各地"
    lines = set_lines(text, 150, faces)
    assert not any(line.endswith("-") for line in lines)


@given(text=st.text("abcdefghijklmnopqrstuvwxyzABC,. ", min_size=1, max_size=120), width=st.floats(80, 460))
def test_hyphens_are_all_that_english_gains(text: str, width: float, faces: FaceSet) -> None:
    assert squeezed("".join(set_lines(text, width, faces, "en"))).replace(SOFT_HYPHEN, "") == squeezed(text)


@pytest.mark.parametrize("width", range(60, 300, 7))
def test_connectors_open_no_line_and_a_solidus_ends_none(width: int, faces: FaceSet) -> None:
    text = "从广州-佛山到成都–重庆，城市/省份/地区/单位都按广州～佛山一样计数，数量·质量并重。"
    lines = set_lines(text, width, faces)
    assert not any(line.strip()[0] in "-–～·/" for line in lines)
    assert not any(line.strip().endswith("/") for line in lines)


@pytest.mark.parametrize("width", [50, 70, 90])
def test_a_narrow_cell_has_no_nearly_empty_line(width: int, faces: FaceSet) -> None:
    lines = set_lines("名称未查明的主导产业实现产值", width, faces, indent=0)
    fullest = max(len(line) for line in lines)
    assert all(len(line) >= fullest - 1 for line in lines[:-1])


@pytest.mark.parametrize("width", range(200, 460, 9))
def test_no_space_between_han_and_latin_grows_beyond_half_an_em(width: int, faces: FaceSet) -> None:
    atoms, gaps = Cutter(faces, "zh").cut((Span("".join(BRIEFING), LOOK),))
    broken = break_lines(atoms, gaps, Setting(width), faces)
    for line in broken.lines:
        widths = line_gaps(broken, line)
        total = sum(atom.width for atom in atoms[line.start : line.end]) + sum(widths)
        last = line.end == len(atoms) or line.ratio == 0
        assert last or abs(total - line.hang - atoms[line.end - 1].right - width) < 0.02  # justified all the same
        for place, gap in enumerate(gaps[line.start : line.end - 1]):
            others = any(other.most > 1000 and other.stretch for other in gaps[line.start : line.end - 1])
            assert not others or widths[place] <= gap.natural + gap.most + 0.001


@pytest.mark.parametrize("width", range(150, 240, 10))
def test_names_joined_by_dashes_are_parted_behind_a_dash(width: int, faces: FaceSet) -> None:
    lines = set_lines("Guangzhou–Shenzhen–Foshan–Huizhou–Dongguan–Zhongshan", width, faces, "en", indent=0)
    assert len(lines) > 1
    assert any(line.endswith("–") for line in lines)
    assert not any(line.startswith("–") for line in lines)
