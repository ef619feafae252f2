"""Packs a zip file anew with some parts changed; all others are taken over packed as they are, never unpacked."""

from __future__ import annotations

import copy
import io
import struct
import zipfile
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Mapping

_LOCAL_HEADER: Final = struct.Struct("<4s5H3L2H")
_SIGNATURE: Final = b"PK\x03\x04"
_SIZES_BEHIND: Final = 0x08  # the flag of a part whose sizes stand behind it
_EPOCH: Final = (1980, 1, 1, 0, 0, 0)


class RepackError(ValueError):
    """The file is no zip whose parts can be taken over."""


def repacked(content: bytes, archive: zipfile.ZipFile, parts: Mapping[str, bytes]) -> bytes:
    """Return the file ``content``, which ``archive`` has opened, with ``parts`` in place of those of their names.

    What has no place there yet is added at the end. RepackError where a part does not lie within the file.
    """
    if sum(info.compress_size for info in archive.infolist()) > len(content):
        raise RepackError
    packed = io.BytesIO()
    written = set()
    with zipfile.ZipFile(packed, "w") as made:
        for info in archive.infolist():
            if info.filename not in parts:
                _take_over(content, info, made, packed)
            elif info.filename not in written:
                written.add(info.filename)
                _write(made, info.filename, parts[info.filename], info.date_time)
        for name, part in parts.items():
            if name not in written:
                _write(made, name, part, _EPOCH)
    return packed.getvalue()


def _write(made: zipfile.ZipFile, name: str, content: bytes, when: tuple[int, int, int, int, int, int]) -> None:
    made.writestr(zipfile.ZipInfo(name, when), content, zipfile.ZIP_DEFLATED)


def _take_over(content: bytes, info: zipfile.ZipInfo, made: zipfile.ZipFile, packed: io.BytesIO) -> None:
    """Write a part as it is packed, with a head of its own before it."""
    begin = info.header_offset
    if not 0 <= begin <= len(content) - _LOCAL_HEADER.size:
        raise RepackError
    signature, *_, name_length, extra_length = _LOCAL_HEADER.unpack_from(content, begin)
    start = begin + _LOCAL_HEADER.size + name_length + extra_length
    if signature != _SIGNATURE or start + info.compress_size > len(content):
        raise RepackError
    own = copy.copy(info)
    own.header_offset = packed.tell()
    own.flag_bits &= ~_SIZES_BEHIND
    own.extra = b""
    packed.write(own.FileHeader(zip64=False))
    packed.write(content[start : start + info.compress_size])
    made.filelist.append(own)
    made.NameToInfo[own.filename] = own
    made.start_dir = packed.tell()
