"""The tables [[recipients]] of clusterreport.toml: who receives the briefing of which audience, and each only once."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Annotated, Any

from pydantic import Field

from clusterreport.locale import BASE, phrase
from clusterreport.messages import message
from clusterreport.settings.addresses import Address, address_in, name_in
from clusterreport.settings.fields import CitiesOrOne, Text, Words, read_by
from clusterreport.settings.mail import AnAddress
from clusterreport.settings.validation import Fault, SettingsTable, TableContent, one_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path


@dataclass(frozen=True, slots=True)
class Recipient:
    """Who receives the briefing of one audience: a person by e-mail, or a shared folder; one of the two is set.

    ``lists`` are the names under which schedules may choose the recipient. ``foci`` are the cities that he asks for,
    or "all"; none is the city of the issue, or of the project where an issue has many. ``place`` is where he is
    entered, "" for clusterreport.toml.
    """

    name: str
    audience: str
    address: Address | None = None
    folder: Path | None = None
    lists: tuple[str, ...] = ()
    foci: tuple[str, ...] = ()
    place: str = ""

    @property
    def destination(self) -> str:
        """Return the mailbox or the folder, by which a recipient is told from all others."""
        return self.address.mailbox if self.address else str(self.folder)


def named_twice(recipients: list[Mapping[str, Any]], root: Path) -> Iterator[Fault]:
    """Yield each recipient who stands there a second time, lest he receive two versions.

    What is given is what is right of each, as the file has it; the places count from the first one.
    """
    known: dict[str, str] = {}
    for index, each in enumerate(recipients):
        mailbox = address_in("", each["address"]).mailbox if "address" in each else ""
        destination = mailbox or (str(root / each["folder"]) if "folder" in each else "")
        if destination.lower() in known:
            audience = known[destination.lower()]
            problem = (
                message(
                    "{destination} is named already, for the audience {audience}",
                    destination=destination,
                    audience=audience,
                )
                if audience
                else message("{destination} is named already", destination=destination)
            )
            yield Fault((index,), problem, message("Name each recipient once, with one audience."))
        elif destination:
            known[destination.lower()] = each.get("audience", "")


class RecipientTable(SettingsTable):
    """A table [[recipients]] as the file has it."""

    model_config = one_of("address", "folder")

    name: Annotated[str, read_by(name_in)] = Field(examples=[phrase("example.person", BASE)])
    address: AnAddress | None = None
    folder: Text | None = None
    audience: Text = Field(examples=["leaders"])
    lists: Words = Field((), examples=[[phrase("example.readers", BASE)]])
    focus: CitiesOrOne = Field((), examples=[["all"]])

    @classmethod
    def contradictions(cls, table: TableContent) -> Iterator[Fault]:
        """Yield where it is not said where the briefing goes, or said twice."""
        if ("address" in table.said) == ("folder" in table.said):
            remedy = message('Write address = "name@example.gov.cn".')
            yield Fault((), message("it needs either an address or a folder"), remedy)

    def resolved(self, root: Path) -> Recipient:
        """Return the table as it is meant; the name of the address, if it has one, goes first."""
        address = self.address and replace(self.address, name=self.address.name or self.name)
        folder = None if self.folder is None else root / self.folder
        return Recipient(self.name, self.audience, address, folder, self.lists, self.focus)
