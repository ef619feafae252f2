"""An edition: all files of one audience of an issue, and what they were made from."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from clusterreport.publishing.manifest import FileEntry, MadeFrom, Manifest

if TYPE_CHECKING:
    from collections.abc import Mapping

FACTS: Final = "facts.json"
MESSAGE_TEXT: Final = "message.txt"
MESSAGE_HTML: Final = "message.html"


@dataclass(frozen=True, slots=True)
class Edition:
    """All files of one audience by name, and what the manifest says of how they were made.

    ``unsigned`` maps the name of a signed file to the SHA-256 that it had before it was signed.
    """

    issue: str
    audience: str
    files: Mapping[str, bytes]
    made_from: MadeFrom = field(default_factory=MadeFrom)
    unsigned: Mapping[str, str] = field(default_factory=dict)

    @property
    def manifest(self) -> Manifest:
        """Return what went in and what came out, each file with its SHA-256 and its size."""
        files = {
            name: FileEntry(hashlib.sha256(content).hexdigest(), len(content), self.unsigned.get(name, ""))
            for name, content in self.files.items()
        }
        return Manifest(self.issue, self.audience, self.made_from, files)
