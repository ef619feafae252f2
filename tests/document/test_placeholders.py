"""What stands for something that is still to be written is found wherever a document prints it."""

from __future__ import annotations

import pytest

from clusterreport.document.placeholders import holds_placeholder, placeholders_in
from tests.samples import paragraph, small


@pytest.mark.parametrize(
    "text", ["广州市××研究中心", "共印____份", "XX市", "（共印□□份）", "联系人：待补", "TBD", "【请填写】"]
)
def test_a_sign_that_stands_for_a_word_is_a_placeholder(text: str) -> None:
    assert holds_placeholder(text)


@pytest.mark.parametrize("text", ["3×4", "待补充水源", "XXL号", "×", "一○一", "共印80份", "MAXX公司"])
def test_words_and_sums_are_none(text: str) -> None:
    assert not holds_placeholder(text)


def test_each_text_is_told_once_in_the_order_of_the_document() -> None:
    numbered = small(paragraph("共××份"), paragraph("正文"), paragraph("共××份"), author="某市××局")
    assert placeholders_in(numbered) == ("某市××局", "共××份")
