"""The tables [[batch]] of clusterreport.toml: for which cities an issue is built in one go, under a name."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from pydantic import Field

from clusterreport.messages import message
from clusterreport.settings.fields import Name, Names, Words
from clusterreport.settings.validation import Fault, SettingsTable

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping


@dataclass(frozen=True, slots=True)
class NamedBatch:
    """Cities by any of their names, or "all", and the audiences; none: those of the issue."""

    name: str
    cities: tuple[str, ...]
    audiences: tuple[str, ...] = ()


class BatchTable(SettingsTable):
    """One table [[batch]]."""

    name: Name = Field(examples=["cities"])
    focus: Words = Field(examples=[["all"]])
    audiences: Names = ()

    def resolved(self) -> NamedBatch:
        """Return it as builds take it."""
        return NamedBatch(self.name, self.focus, self.audiences)


def named_alike(batches: list[Mapping[str, Any]]) -> Iterator[Fault]:
    """Yield each batch with the name of another; what is given is what is right of each, as the file has it."""
    names: set[str] = set()
    for index, each in enumerate(batches):
        name = each.get("name")
        if name in names:
            problem = message("{name!r} is another batch's name", name=name)
            yield Fault((index, "name"), problem, message("Give it a name of its own."))
        elif name is not None:
            names.add(name)
