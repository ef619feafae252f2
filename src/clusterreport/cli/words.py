"""The words for what the outbox, a cycle and schedules call by codes: states, kinds, what was done, who approves."""

from __future__ import annotations

from typing import Final

from clusterreport.messages import message, template

_WORDS: Final = frozenset(
    {
        template("planned"),
        template("built"),
        template("approved"),
        template("sending"),
        template("sent"),
        template("failed"),
        template("uncertain"),
        template("cancelled"),
        template("closed"),
        template("skipped"),
        template("regular"),
        template("extra"),
        template("correction"),
        template("begun"),
        template("held"),
        template("warned"),
        template("arrived"),
        template("bounced"),
        template("waiting"),
        template("required"),
        template("each"),
        template("none"),
    }
)


def in_words(code: str) -> str:
    """Return what the program calls ``code`` to a person; JSON keeps the code."""
    return message(code) if code in _WORDS else code
