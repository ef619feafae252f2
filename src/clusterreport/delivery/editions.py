"""Reads what was built for an audience back from the output folder: manifest, facts, files, and their hashes."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from typing import TYPE_CHECKING

from clusterreport.delivery.outbox.rows import FileRow
from clusterreport.document.vintages import FactsError, Vintage, read_facts
from clusterreport.errors import UsageError
from clusterreport.messages import message, os_reason
from clusterreport.publishing import FACTS, MANIFEST, Manifest, ManifestError, recover

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path


class EditionError(Exception):
    """The folder does not hold what a build leaves there; the message says what is wrong with it."""


@dataclass(frozen=True, slots=True)
class PublishedEdition:
    """The files of one audience as they lie in the output folder, by name, and what their manifest says."""

    audience: str
    files: Mapping[str, bytes]
    manifest: Manifest

    @property
    def rows(self) -> tuple[FileRow, ...]:
        """Return the files as the outbox records them."""
        return tuple(
            FileRow(self.audience, name, hashlib.sha256(content).hexdigest(), len(content))
            for name, content in sorted(self.files.items())
        )

    @property
    def facts(self) -> tuple[Vintage, ...]:
        """Return the numbers that the briefing prints, as facts.json lists them; EditionError where it is damaged."""
        try:
            return read_facts(self.files[FACTS]).vintages
        except (KeyError, FactsError) as error:
            problem = message("{file} is missing or damaged: {error}", file=FACTS, error=error)
            raise EditionError(problem) from None

    def text(self, name: str) -> str:
        """Return the text of a file."""
        return self.files[name].decode("utf-8")

    def ending(self, suffix: str) -> bytes:
        """Return the one file whose name ends so."""
        found = [content for name, content in self.files.items() if name.endswith(suffix)]
        if len(found) != 1:
            problem = message("there are {count} files {suffix}, not one", count=len(found), suffix=suffix)
            raise EditionError(problem)
        return found[0]


def edition_in(folder: Path, audience: str) -> PublishedEdition:
    """Return what a build left in ``folder``; EditionError where it is not whole, or not what its manifest lists.

    What else lies there is no part of it: who looks at a file leaves others (~$….docx of Word, .DS_Store of a Mac).
    A build that was killed is undone before, and one that is at it now is waited for.
    """
    output = folder.parent.parent
    try:
        recover(output)
        try:
            return _read(folder, audience)
        except EditionError:
            recover(output)  # a build may have put others in their place while they were read
            return _read(folder, audience)
    except UsageError as error:
        raise EditionError(str(error)) from None


def _read(folder: Path, audience: str) -> PublishedEdition:
    try:
        found = {path.name: path.read_bytes() for path in sorted(folder.iterdir()) if path.is_file()}
        manifest = Manifest.from_json(found[MANIFEST])
        files = {MANIFEST: found[MANIFEST]}
        for name, entry in manifest.files.items():
            files[name] = found[name]
            if hashlib.sha256(files[name]).hexdigest() != entry.sha256:
                problem = message("{name} is not the file that was built", name=name)
                raise EditionError(problem)
    except OSError as error:
        problem = message("the folder cannot be read: {reason}", reason=os_reason(error))
        raise EditionError(problem) from None
    except (KeyError, ManifestError) as error:
        problem = message("the manifest or a file that it lists is missing or damaged: {error}", error=error)
        raise EditionError(problem) from None
    return PublishedEdition(audience, files, manifest)
