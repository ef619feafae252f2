"""An edition: all files of one audience of an issue, and the manifest that says how they were made."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from collections.abc import Mapping

MANIFEST: Final = "manifest.json"
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
    made_from: Mapping[str, Any]
    unsigned: Mapping[str, str] = field(default_factory=dict)


def manifest(edition: Edition) -> bytes:
    """Return manifest.json: what went in and what came out, each file with its SHA-256 and its size in bytes."""
    files: dict[str, dict[str, str | int]] = {
        name: {"sha256": hashlib.sha256(content).hexdigest(), "bytes": len(content)}
        for name, content in edition.files.items()
    }
    for name, digest in edition.unsigned.items():
        files[name]["unsigned_sha256"] = digest
    content = {"issue": edition.issue, "audience": edition.audience, **edition.made_from, "files": files}
    return as_json(content)


def as_json(content: object) -> bytes:
    """Return ``content`` as JSON for people: indented, with Chinese characters as they are."""
    return (json.dumps(content, ensure_ascii=False, indent=2) + "\n").encode()
