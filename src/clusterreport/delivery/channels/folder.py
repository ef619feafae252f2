"""Puts attachments into a shared folder: one for each issue and edition, whole or not at all, never overwritten.

What is being written lies beside its place under a name that says whose it is: ``.sending-``, a digest of the delivery,
and eight characters drawn anew for each attempt. Only names of exactly this form, and of this very delivery, are
cleared; what another delivery writes in the same folder is never touched.
"""

from __future__ import annotations

import hashlib
import re
import shutil
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Final

from clusterreport.delivery.channels import DeferredError, RefusedError, UncertainError
from clusterreport.durability import sync_folder, write_durably
from clusterreport.messages import message, os_reason

if TYPE_CHECKING:
    from collections.abc import Callable

    from clusterreport.delivery.outgoing import OutgoingMessage

_DIGITS: Final = 20
_DRAWN: Final = r"[a-z0-9_]{8}"  # as tempfile draws them


class FolderChannel:
    """Shared folders, which somebody else has made and mounted."""

    def deliver(self, outgoing: OutgoingMessage, commit: Callable[[], None]) -> str:
        """Copy the attachments to FOLDER/<issue>/<audience>/ and return where they are.

        Of an issue of many cities that folder lies in one of its city.
        """
        root = outgoing.recipient.folder
        if root is None or not root.is_dir():  # to make it would hide that a share is not mounted
            raise DeferredError(message("the folder {root} is not there", root=root))
        above = root / _plain(outgoing.issue)
        target = (above / _plain(outgoing.city) if outgoing.city else above) / _plain(outgoing.audience)
        try:
            scratch = _written(outgoing, target)
        except OSError as error:
            raise DeferredError(message("the files cannot be written: {reason}", reason=os_reason(error))) from None
        try:
            commit()
            return _put(scratch, target, outgoing)
        finally:
            shutil.rmtree(scratch, ignore_errors=True)


def _written(outgoing: OutgoingMessage, target: Path) -> Path:
    """Write the files beside their place, down to the disk, and return the folder that they are in."""
    target.parent.mkdir(parents=True, exist_ok=True)
    prefix = f".sending-{_digest(outgoing)}-"
    own = re.compile(re.escape(prefix) + _DRAWN)
    for leftover in list(target.parent.iterdir()):  # of a sender of this delivery that was killed
        if own.fullmatch(leftover.name):
            shutil.rmtree(leftover, ignore_errors=True)
    scratch = Path(tempfile.mkdtemp(prefix=prefix, dir=target.parent))
    try:
        for attachment in outgoing.attachments:
            write_durably(scratch / _plain(attachment.name), attachment.content, new=True)
        scratch.chmod(0o755)  # mkdtemp keeps others out, for whom it is
        sync_folder(scratch)
    except BaseException:
        shutil.rmtree(scratch, ignore_errors=True)
        raise
    return scratch


def _digest(outgoing: OutgoingMessage) -> str:
    """Return what tells this delivery from all others, the same in each attempt and of one length."""
    return hashlib.sha256(f"{outgoing.message_id}\0{outgoing.audience}".encode()).hexdigest()[:_DIGITS]


def _put(scratch: Path, target: Path, outgoing: OutgoingMessage) -> str:
    """Take the last step: one rename, which fails where something is already there."""
    try:
        if not target.exists():  # else an empty folder would be replaced
            scratch.rename(target)
            _sync_names(target, outgoing)
            return message("written to {target}", target=target)
    except OSError as error:
        if not _is_missing(target):
            return _found(target, outgoing)
        raise DeferredError(message("the files cannot be put in place: {reason}", reason=os_reason(error))) from None
    return _found(target, outgoing)


def _found(target: Path, outgoing: OutgoingMessage) -> str:
    """Return that the very files are there already, as after a crash; others are left alone."""
    wanted = {attachment.name: attachment.content for attachment in outgoing.attachments}
    try:
        there = {path.name: path.read_bytes() for path in target.iterdir()}
    except OSError as error:
        raise UncertainError(
            message("{target} is there and cannot be read: {reason}", target=target, reason=os_reason(error))
        ) from None
    if there != wanted:
        raise RefusedError(message("{target} holds other files, which are never overwritten", target=target))
    _sync_names(target, outgoing)
    return message("already in {target}", target=target)


def _sync_names(target: Path, outgoing: OutgoingMessage) -> None:
    """Bring the names of the folders that are in place down to the disk; what fails then takes nothing away again."""
    try:
        for folder in target.parents[: 3 if outgoing.city else 2]:  # those of issue and city may be new
            sync_folder(folder)
    except OSError as error:
        words = message(
            "{target} is there, but may not outlast a failure of power: {reason}",
            target=target,
            reason=os_reason(error),
        )
        raise UncertainError(words) from None


def _is_missing(target: Path) -> bool:
    try:
        return not target.exists()
    except OSError as error:
        raise UncertainError(
            message("nobody can tell whether {target} is there: {reason}", target=target, reason=os_reason(error))
        ) from None


def _plain(name: str) -> str:
    if name in {"", ".", ".."} or "/" in name or "\\" in name or "\0" in name:
        raise RefusedError(message("{name!r} is not the name of a file or a folder", name=name))
    return name
