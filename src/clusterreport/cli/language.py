"""Decides in which language the program speaks: the variable, the project's settings, the locale, in this order."""

from __future__ import annotations

import argparse
import re
from typing import TYPE_CHECKING, Any, Final

from clusterreport import settings
from clusterreport.cli.wrapping import lines_of
from clusterreport.messages import LANGUAGES, message, spoken

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from clusterreport.messages import Language

VARIABLE: Final = "CLUSTERREPORT_MESSAGES"
_HEADING: Final = re.compile(r"^(\S+):$", re.MULTILINE)
_LOCALE: Final = ("LC_ALL", "LC_MESSAGES", "LANG")  # POSIX: the first that is set and not empty counts


def of_environment(environment: Mapping[str, str]) -> Language:
    """Return the language of the variable, else that of the locale: Chinese where that is, English for all others."""
    locale = next((environment[name] for name in _LOCALE if environment.get(name)), "")
    return _asked_for(environment) or ("zh" if locale.lower().startswith("zh") else "en")


def of_project(environment: Mapping[str, str], folder: Path) -> Language:
    """Return the language for a command that works on the project in ``folder``: its settings win over the locale."""
    return _asked_for(environment) or settings.messages_language(folder) or of_environment(environment)


def _asked_for(environment: Mapping[str, str]) -> Language | None:
    asked = environment.get(VARIABLE, "").lower()
    return next((language for language in LANGUAGES if language == asked), None)


class Parser(argparse.ArgumentParser):
    """A parser whose help and faults are in the language that is spoken, those of argparse too."""

    def __init__(self, *arguments: Any, **options: Any) -> None:  # noqa: ANN401 -- those of argparse
        """Take what argparse's own takes."""
        vars(argparse).update(_=message, ngettext=_counted)  # by these it asks gettext, which has no catalogue of ours
        super().__init__(*arguments, **{"formatter_class": _HelpFormatter, **options})
        for action in (None, "store"):  # what an argument does that says nothing else
            self.register("action", action, _GivenOnce)

    def format_help(self) -> str:
        """Return the help; argparse sets a colon of its own behind each heading."""
        text = super().format_help()
        return text if spoken() == "en" else _HEADING.sub("\\1：", text)


class _GivenOnce(argparse.Action):
    """Stores what is given, and refuses an option that is given a second time: argparse would take the last."""

    _given: object = None

    def __call__(
        self,
        parser: argparse.ArgumentParser,  # noqa: ARG002 -- argparse hands it over
        namespace: argparse.Namespace,
        values: object,
        option_string: str | None = None,
    ) -> None:
        """Store the value; ArgumentError where there is one already."""
        if option_string is not None and self._given is not None:
            told = message(
                "it is given twice, as {first} and as {second}; run the command once for each",
                first=self._given,
                second=values,
            )
            raise argparse.ArgumentError(self, told)
        self._given = values
        setattr(namespace, self.dest, values)


class _HelpFormatter(argparse.HelpFormatter):
    """Breaks Chinese by the columns that it takes, and between its signs; English as argparse does."""

    def _split_lines(self, text: str, width: int) -> list[str]:
        if spoken() == "en":
            return super()._split_lines(text, width)
        return lines_of(" ".join(text.split()), width)

    def _fill_text(self, text: str, width: int, indent: str) -> str:
        if spoken() == "en":
            return super()._fill_text(text, width, indent)
        return "\n".join(lines_of(indent + " ".join(text.split()), width))


def _counted(one: str, other: str, count: int) -> str:
    return message(one if count == 1 and spoken() == "en" else other)
