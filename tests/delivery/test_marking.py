"""A marking is understood in all its spellings, and what is not understood is never taken for harmless."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from clusterreport.delivery.marking import Marking, understood

SIGNS = (
    "", " ", "　", "\u00a0", "\u2009", "\u200b", "\u200d", "\ufeff", "\u00ad", "\u202e", "\n", "\t", "·", "・", "•",
    ".", "．", "。", "-", "－", "—", "_", "/", "|", "★", "☆", "*", "、", "\u0301", "\ufe0f", "【", "(",
)  # fmt: skip


@pytest.mark.parametrize(
    ("text", "level"),
    [
        ("绝密", "绝密"), ("絕密", "绝密"), ("絶密", "绝密"), ("绝密★长期", "绝密"), ("TOP SECRET", "绝密"),
        ("top-secret", "绝密"), ("ＴＯＰ　ＳＥＣＲＥＴ", "绝密"), ("TOP\u200bSECRET//NOFORN", "绝密"),
        ("机密", "机密"), ("機密", "机密"), ("机密★1年", "机密"), ("机密1年", "机密"), ("机密★", "机密"),
        ("机密★１０年", "机密"),
        ("【机密】", "机密"), ("機·密★壹年", "机密"), ("密级：机密", "机密"), ("內部機密", "机密"), ("非机密", "机密"),
        ("秘密", "秘密"), ("祕密", "秘密"), ("秘密★5年", "秘密"),
        ("工作秘密", "秘密"), ("商业秘密", "秘密"), ("秘宻", "秘密"),
        ("SECRET", "SECRET"), ("Secret", "SECRET"), ("ｓｅｃｒｅｔ", "SECRET"), ("S E C R E T", "SECRET"),
        ("𝐒𝐄𝐂𝐑𝐄𝐓", "SECRET"), ("ⓢⓔⓒⓡⓔⓣ", "SECRET"), ("not secret", "SECRET"), ("sécret", "SECRET"),
        ("CONFIDENTIAL", "CONFIDENTIAL"), ("Strictly Confidential", "CONFIDENTIAL"), ("confi-dential", "CONFIDENTIAL"),
        ("CLASSIFIED", "CLASSIFIED"), ("public, CLASSIFIED", "CLASSIFIED"), ("公开 机密", "机密"),
    ],
)  # fmt: skip
def test_a_level_is_found_in_every_spelling(text: str, level: str) -> None:
    assert understood(text) == Marking("classified", level)


@pytest.mark.parametrize("sign", SIGNS)
@pytest.mark.parametrize("level", ["绝密", "机密", "秘密"])
def test_no_sign_between_the_characters_hides_a_level(level: str, sign: str) -> None:
    for text in (sign.join(level), sign.join(f"{level}★1年"), sign + level + sign, sign.join(f"内部{level}")):
        assert understood(text) == Marking("classified", level)


@given(st.sampled_from(["绝密", "機密", "祕密"]), st.text(), st.text())
def test_no_words_around_a_level_hide_it(level: str, before: str, after: str) -> None:
    assert understood(f"{before}{level}{after}").kind == "classified"


@pytest.mark.parametrize(
    "text",
    ["内部", "內部", "内部资料　注意保存", "內部資料", "内·部", "内\u200b部", "INTERNAL", "Internal use only",
     "ｉｎｔｅｒｎａｌ", "内部资料 注意保密", "内部★1年", "internal / 公开"],
)  # fmt: skip
def test_what_is_internal_is_found_in_every_spelling(text: str) -> None:
    assert understood(text).kind == "internal"


@pytest.mark.parametrize(
    "text", ["公开", "公開", "主动公开", "Public", "ＰＵＢＬＩＣ", "UNCLASSIFIED", "公　开", "非涉密"]
)
def test_what_is_harmless_is_known_as_a_whole(text: str) -> None:
    assert understood(text).kind == "harmless"


@pytest.mark.parametrize("text", ["", " ", "　", "\n"])
def test_no_marking_is_none(text: str) -> None:
    assert understood(text).kind == "none"


@pytest.mark.parametrize(
    "text",
    ["涉密", "密", "机x密", "机1密", "S3CRET", "SЕCRET", "NOFORN", "restricted", "不予公开", "未公开", "not public",
     "★", "1年", "特急", "None", "JIMI", "核心商密", "\u200b", "Secretariat"],
)  # fmt: skip
def test_what_is_not_understood_is_not_harmless(text: str) -> None:
    assert understood(text).kind == "unknown"
