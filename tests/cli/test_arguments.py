"""What options take that may name several things."""

from __future__ import annotations

from pathlib import Path

import pytest

from clusterreport.cli import parser
from clusterreport.cli.arguments import project_settings

ROOT = Path(__file__).parents[2]


@pytest.mark.parametrize(
    "said",
    [
        ["--audience", "leaders,public"],
        ["--audience", "leaders", "--audience", "public"],
        ["--audience", "leaders，public、leaders"],
        ["--audience", " leaders , public ,"],
    ],
)
@pytest.mark.parametrize("command", ["build", "check"])
def test_audiences_may_be_joined_by_commas_or_named_one_by_one(command: str, said: list[str]) -> None:
    assert project_settings(parser().parse_args([command, str(ROOT), *said])).audiences == ("leaders", "public")
