"""What the parser itself says: in the language that is spoken, and of options that are given twice."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from clusterreport.cli import main
from clusterreport.messages import speak


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (["check", "--focus", "苏州", "--focus", "广州"], "--focus: it is given twice, as 苏州 and as 广州"),
        (["check", "--focus=苏州", "--focus", "苏州"], "--focus: it is given twice, as 苏州 and as 苏州"),
        (["check", "--as-of", "2025-09-01", "--as-of", "2025-10-01"], "--as-of: it is given twice, as 2025-09-01"),
        (["approve", "2025-09", "--by", "王敏", "--by", "张三"], "--by: it is given twice, as 王敏 and as 张三"),
    ],
)
def test_an_option_of_one_value_is_not_given_twice(
    arguments: list[str], told: str, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("CLUSTERREPORT_MESSAGES", "en")
    with pytest.raises(SystemExit) as stopped:
        main(arguments)
    assert stopped.value.code == 2
    assert told in capsys.readouterr().err


@pytest.fixture
def chinese(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Have the program speak Chinese, and English again afterwards."""
    monkeypatch.setenv("CLUSTERREPORT_MESSAGES", "zh")
    yield
    speak("en")


@pytest.mark.usefixtures("chinese")
def test_it_is_said_in_chinese_too(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        main(["check", "--focus", "苏州", "--focus", "广州"])
    assert "写了两次：苏州和广州；请分别运行" in capsys.readouterr().err
