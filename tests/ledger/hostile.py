"""Files that want to harm who opens them, or that were harmed: each small, with the reason why it is refused."""

from __future__ import annotations

import base64
import hashlib
import io
import lzma
import zipfile
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

_RELATIONS: Final = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
ROOT: Final = (
    '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="a" '
    f'Type="{_RELATIONS}/officeDocument" Target="word/document.xml"/></Relationships>'
).encode()
W: Final = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
TEXT: Final = f'<w:document xmlns:w="{W}"><w:body><w:p><w:r><w:t>3</w:t></w:r></w:p></w:body></w:document>'.encode()
LAUGHS: Final = (
    b'<!DOCTYPE a [<!ENTITY a "aaaaaaaaaa">'
    + b"".join(b'<!ENTITY %c "%s">' % (98 + n, b"&%c;" % (97 + n) * 10) for n in range(9))
    + b"]><a>&j;</a>"
)


def package(parts: Mapping[str, bytes]) -> bytes:
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in {"_rels/.rels": ROOT, "word/document.xml": TEXT, **parts}.items():
            archive.writestr(name, content)
    return written.getvalue()


def carrying(content: bytes, digest: str | None = None) -> bytes:
    """Return a Word file with a ledger that unpacks to ``content``."""
    digest = hashlib.sha256(content).hexdigest() if digest is None else digest
    packed = base64.b64encode(lzma.compress(content)).decode()
    xml = f'<facts xmlns="urn:clusterreport:facts:1" sha256="{digest}">{packed}</facts>'
    return package({"customXml/item7.xml": xml.encode()})


def _many_parts() -> bytes:
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w") as archive:
        for number in range(40_000):
            archive.writestr(f"{number:030}", b"")
    return written.getvalue()


def _flagged() -> bytes:
    content = bytearray(package({}))
    for start in (content.find(b"PK\x03\x04") + 6, content.find(b"PK\x01\x02") + 8):
        content[start] |= 1
    return bytes(content)


def _deep() -> bytes:
    return b"<a>" * 100_000


DAMAGED: Final = "it is no Word file, or is damaged or too large"
ENCRYPTED: Final = "it is encrypted, or is no Word file of today (.docx)"
CHANGED: Final = "the ledger in it is damaged, or was changed after it was built"
HOSTILE: Final[Mapping[str, tuple[Callable[[], bytes], str]]] = {
    "an empty zip": (lambda: b"PK\x05\x06" + bytes(18), "it carries no ledger"),
    "cut": (lambda: package({})[:-30], DAMAGED),
    "encrypted by Word": (lambda: bytes.fromhex("d0cf11e0a1b11ae1") + bytes(3000), ENCRYPTED),
    "encrypted by zip": (_flagged, ENCRYPTED),
    "a bomb of a ledger": (lambda: package({"customXml/item1.xml": b" " * 60_000_000}), DAMAGED),
    "a bomb of xz": (lambda: carrying(b" " * 60_000_000), CHANGED),
    "laughs": (lambda: package({"customXml/item1.xml": LAUGHS + b"<!--urn:clusterreport:facts:1-->"}), DAMAGED),
    "laughs in UTF-16": (
        lambda: package({"customXml/item1.xml": LAUGHS.decode().encode("utf-16") + b"urn:clusterreport:facts:1"}),
        DAMAGED,
    ),
    "deep": (lambda: package({"customXml/item1.xml": _deep() + b"urn:clusterreport:facts:1"}), DAMAGED),
    "many parts": (_many_parts, DAMAGED),
    "another digest": (lambda: carrying(b"{}", "0" * 64), CHANGED),
    "no facts": (lambda: carrying(b"{}"), CHANGED),
    "no JSON": (lambda: carrying(b"{"), CHANGED),
    "deep JSON": (lambda: carrying(b"[" * 100_000), CHANGED),
    "no base 64": (
        lambda: package({"customXml/item1.xml": b'<facts xmlns="urn:clusterreport:facts:1">\xe4\xb8\x80</facts>'}),
        CHANGED,
    ),
}
