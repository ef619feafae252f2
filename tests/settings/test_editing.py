"""A list of a file of settings gets one more item; nothing else of the file changes."""

from __future__ import annotations

import tomllib

import pytest

from clusterreport.settings.editing import changed_lines, with_item

HEAD = "# 设置\n\n[briefing]\nas_of = 2025-09-22   # 数据截至\n"


def added(text: str) -> str | None:
    return with_item(text, "briefing", "audiences", "news", ("bureau",))


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ('audiences = ["a", "b"]  # 谁看\n', 'audiences = ["a", "b", "news"]  # 谁看\n'),
        ("audiences = []\n", 'audiences = ["news"]\n'),
        ('audiences = ["a", ]\n', 'audiences = ["a", "news", ]\n'),
        ('audiences=["a]#"]', 'audiences=["a]#", "news"]'),
        (
            'audiences = [\n    "a",  # 甲\n    "b",  # 乙 ]\n]\nnumber = 9\n',
            'audiences = [\n    "a",  # 甲\n    "b",  # 乙 ]\n    "news",\n]\nnumber = 9\n',
        ),
        ('audiences = [\n  "a",\n  "b"  # 乙\n]\n', 'audiences = [\n  "a",\n  "b",  # 乙\n  "news"\n]\n'),
        ('audiences = ["a",\n  "b"]\n', 'audiences = ["a",\n  "b", "news"]\n'),
        (
            '"audiences" = ["a"]\n\n[data]\naudiences = ["x"]\n',
            '"audiences" = ["a", "news"]\n\n[data]\naudiences = ["x"]\n',
        ),
    ],
)
def test_an_item_is_added_and_comments_stay(before: str, after: str) -> None:
    assert added(HEAD + before) == HEAD + after


def test_line_ends_and_the_byte_order_mark_stay() -> None:
    text = "\ufeff" + (HEAD + 'audiences = [\n  "a",\n]\n').replace("\n", "\r\n")
    assert added(text) == text.replace('"a",\r\n', '"a",\r\n  "news",\r\n')


def test_a_list_that_is_not_there_is_written_below_the_head_of_its_table() -> None:
    found = added(HEAD + '[data]\naudiences = ["x"]\n')
    assert found is not None
    assert tomllib.loads(found)["briefing"]["audiences"] == ["bureau", "news"]
    assert found.startswith('# 设置\n\n[briefing]\naudiences = ["bureau", "news"]\n')
    assert added("[briefing]") == '[briefing]\naudiences = ["bureau", "news"]\n'


@pytest.mark.parametrize("text", ["", 'briefing = { audiences = ["a"] }\n', 'briefing.audiences = ["a"]\n'])
def test_what_cannot_be_changed_alone_is_not_changed(text: str) -> None:
    assert added(text) is None


def test_the_lines_that_went_and_came_are_told() -> None:
    before = HEAD + 'audiences = ["a"]\n'
    assert changed_lines(before, str(added(before))) == (('audiences = ["a"]',), ('audiences = ["a", "news"]',))
