"""A settings file with the quotes and signs of Chinese is told what TOML has in their place."""

from __future__ import annotations

from pathlib import Path

import pytest

from clusterreport.settings.toml_file import UnreadableError, tables_in


@pytest.mark.parametrize(
    ("line", "remedy"),
    [
        ("unit = 亿元", 'Words stand between straight quotes: write "亿元".'),
        ("unit = “亿元”", 'Words stand between straight quotes: write "亿元".'),
        ("unit = ＂亿元＂  # 单位", 'Words stand between straight quotes: write "亿元".'),
        ("unit = yuan", 'Words stand between straight quotes: write "yuan".'),
        ('key = ["城市", 年份]', 'Words stand between straight quotes: write "年份".'),
        ('unit = "亿元”', 'Words stand between straight quotes ("): mend the quotes of the line it names.'),
        ('key = ["城市"，"年份"]', "Write ， in half width there: ,"),
        ('unit ＝ "亿元"', "Write ＝ in half width there: ="),
        ("unit = 1 2", "Mend the line it names."),
        ("unit = ", "Mend the line it names."),
        ("unit = 2024年", "Mend the line it names."),
    ],
)
def test_signs_of_chinese_are_told(tmp_path: Path, line: str, remedy: str) -> None:
    (tmp_path / "tables.toml").write_text(f"[tables.main]\n{line}\n", encoding="utf-8")
    with pytest.raises(UnreadableError) as told:
        tables_in(tmp_path / "tables.toml")
    assert told.value.remedy == remedy
