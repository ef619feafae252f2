"""Tells what in a published folder is not as it was built, so that the next build discards no edits of people."""

from __future__ import annotations

import hashlib
import json
import os
import stat
from typing import TYPE_CHECKING, Final

from clusterreport.messages import message, os_reason
from clusterreport.publishing.manifest import MANIFEST, FileEntry, Manifest, ManifestError, as_json

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

LARGEST_MANIFEST_BYTES: Final = 16 * 1024 * 1024
"""The manifests that a build writes have some thousands; a larger file of that name is none of ours."""
LARGEST_OWNER_FILE_BYTES: Final = 4096
"""Word, WPS and LibreOffice write some hundred bytes beside a file that they have open: who has it open, and where."""
LISTED_NAMES: Final = 5
"""So many names are told; of more than these, how many there are."""

_OWNER_FILES: Final = ("~$", ".~")  # Word and WPS; WPS and LibreOffice
_VIEWER_FILES: Final = frozenset({".DS_Store", "Thumbs.db", "ehthumbs.db", "desktop.ini"})  # macOS, Windows


def changes_in(folder: Path, issue: str, audience: str) -> tuple[str, ...]:
    """Return in words what of ``folder`` a build did not write so; nothing where all of it can be built again.

    Symbolic links are not followed. What programs leave beside files that they show (~$….docx, .DS_Store) is no edit.
    """
    try:
        if not stat.S_ISDIR(folder.lstat().st_mode):
            return (message("it is not a folder that a build has made"),)
        entries = _entries_in(folder)
        if not entries:
            return ()
        manifest = _manifest_in(folder)
        if manifest is None or (manifest.issue, manifest.audience) != (issue, audience):
            return (message("it holds no {manifest} of ours", manifest=MANIFEST),)
        return _shortened(list(_changes(entries, manifest.files)))
    except OSError as error:
        return (message("it cannot be read ({reason})", reason=os_reason(error)),)


def stands(output: Path, issue: str, audience: str, inputs: str) -> bool:
    """Tell whether the edition lies in ``output`` as it was built, whole, from what has the hash ``inputs``."""
    folder = output / issue / audience
    manifest = _manifest_in(folder) if inputs else None
    if manifest is None or (manifest.issue, manifest.audience, manifest.made_from.inputs) != (issue, audience, inputs):
        return False
    try:
        entries = _entries_in(folder)
        return {entry.name for entry in entries}.issuperset(manifest.files) and not [*_changes(entries, manifest.files)]
    except OSError:
        return False


def _entries_in(folder: Path) -> list[os.DirEntry[str]]:
    """Return what lies in a folder, but for what programs leave beside files that they show."""
    return sorted((entry for entry in os.scandir(folder) if not _is_viewer_file(entry)), key=lambda e: e.name)


def _changes(entries: list[os.DirEntry[str]], files: Mapping[str, FileEntry]) -> Iterator[str]:
    for entry in entries:
        if entry.name == MANIFEST:
            continue
        if entry.name not in files:
            yield message("{name} is not of the edition", name=entry.name)
        elif not _is_as_built(entry, files[entry.name]):
            yield message("{name} was changed after it was built", name=entry.name)


def _is_as_built(entry: os.DirEntry[str], built: FileEntry) -> bool:
    """Tell whether a file has the hash that the manifest gives; a signed file has that from after it was signed."""
    if not entry.is_file(follow_symlinks=False) or entry.stat(follow_symlinks=False).st_size != built.bytes:
        return False
    with open(entry.path, "rb") as file:  # noqa: PTH123 -- an entry of a folder is no Path
        return hashlib.file_digest(file, "sha256").hexdigest() == built.sha256


def _manifest_in(folder: Path) -> Manifest | None:
    """Return the manifest of a folder; None where there is none, or none that a build has written so."""
    path = folder / MANIFEST
    try:
        found = path.lstat()
        if not stat.S_ISREG(found.st_mode) or found.st_size > LARGEST_MANIFEST_BYTES:
            return None
        content = path.read_bytes()
        manifest = Manifest.from_json(content)
        return manifest if as_json(json.loads(content)) == content else None  # a hand's own spaces tell of a hand
    except (OSError, ManifestError, ValueError, RecursionError):
        return None


def _is_viewer_file(entry: os.DirEntry[str]) -> bool:
    if not entry.is_file(follow_symlinks=False):
        return False
    if entry.name in _VIEWER_FILES:
        return True
    small = entry.stat(follow_symlinks=False).st_size <= LARGEST_OWNER_FILE_BYTES
    return small and entry.name.startswith((*_OWNER_FILES, "._"))


def _shortened(words: list[str]) -> tuple[str, ...]:
    more = len(words) - LISTED_NAMES
    return (*words[:LISTED_NAMES], *((message("and {more} more", more=more),) if more > 0 else ()))
