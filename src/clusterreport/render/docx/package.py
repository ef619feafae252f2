"""Packs parts into a Word file with python-docx's package, the same bytes every time."""

from __future__ import annotations

import datetime as dt
import io
import zipfile
from typing import TYPE_CHECKING, Any, Final

from docx.opc.constants import CONTENT_TYPE, RELATIONSHIP_TYPE
from docx.opc.packuri import PackURI
from docx.opc.part import Part
from docx.opc.pkgwriter import PackageWriter
from docx.package import Package

from clusterreport.ledger.part import WrittenParts, ledger_part
from clusterreport.locale import phrase
from clusterreport.render.docx.carrying import carry
from clusterreport.render.docx.markup import checked
from clusterreport.render.docx.native.pieces import WORKBOOK
from clusterreport.render.docx.page_setup import FEET

if TYPE_CHECKING:
    from collections.abc import Mapping

    from clusterreport.document.model import About
    from clusterreport.render.docx.package_builder import PackageBuilder, PackagePart

_EPOCH: Final = (1980, 1, 1, 0, 0, 0)
_PROGRAM: Final = "clusterreport"
_THOROUGH: Final = 9
"""How thoroughly parts are compressed; it costs a hundredth of a second."""
_LONGEST_PROPERTY: Final = 255  # characters, the limit of Word
_EXTENDED: Final = "http://schemas.openxmlformats.org/officeDocument/2006/extended-properties"

_BORDERS: Final = frozenset({RELATIONSHIP_TYPE.HEADER, RELATIONSHIP_TYPE.FOOTER})
_WITH_LINKS: Final = ("/word/document.xml", "/word/footnotes.xml")

# name → (relationship's id, its type, the part's content type)
PARTS: Final = {
    "styles": ("rIdStyles", RELATIONSHIP_TYPE.STYLES, CONTENT_TYPE.WML_STYLES),
    "numbering": ("rIdNumbering", RELATIONSHIP_TYPE.NUMBERING, CONTENT_TYPE.WML_NUMBERING),
    "settings": ("rIdSettings", RELATIONSHIP_TYPE.SETTINGS, CONTENT_TYPE.WML_SETTINGS),
    "footnotes": ("rIdFootnotes", RELATIONSHIP_TYPE.FOOTNOTES, CONTENT_TYPE.WML_FOOTNOTES),
    **{name: (identifier, RELATIONSHIP_TYPE.FOOTER, CONTENT_TYPE.WML_FOOTER) for name, identifier in FEET.items()},
}


def packed(
    document: bytes, parts: Mapping[str, bytes], builder: PackageBuilder, about: About, facts: bytes = b""
) -> bytes:
    """Return the file; ``parts`` are the XML parts beside ``document``, by the names of PARTS.

    It carries ``facts``, the content of facts.json, where there are any.
    """
    package = Package()
    main = Part(PackURI("/word/document.xml"), CONTENT_TYPE.WML_DOCUMENT_MAIN, document, package)
    package.load_rel(RELATIONSHIP_TYPE.OFFICE_DOCUMENT, main, "rIdDocument")
    for name, content in parts.items():
        identifier, relation, content_type = PARTS[name]
        part = Part(PackURI(f"/word/{name}.xml"), content_type, content, package)
        main.load_rel(relation, part, identifier)
    made: dict[str, Part] = {}
    for identifier, attachment in builder.attachments.items():
        main.load_rel(attachment.relation, _attached(attachment, package, made), identifier)
    _lead_out(package, builder)
    _describe(package, about)
    if facts:
        carry(ledger_part(facts, _written(document, parts, builder)), package, main)
    return _archive(package)


def _written(document: bytes, parts: Mapping[str, bytes], builder: PackageBuilder) -> WrittenParts:
    """Return what the file says, for its ledger; heads and feet of a letterhead lie among the attachments."""
    feet = {f"word/{name}.xml": content for name, content in parts.items() if name in FEET}
    feet |= {f"word/{part.name}": part.content for part in builder.attachments.values() if part.relation in _BORDERS}
    drawn = (part for part in builder.attachments.values() if part.relation == RELATIONSHIP_TYPE.CHART)
    charts = [(part.content, part.inner[WORKBOOK].content) for part in drawn]
    return WrittenParts(document, parts["styles"], parts["footnotes"], feet, charts)


def _attached(attachment: PackagePart, package: Package, made: dict[str, Part]) -> Part:
    """Return the part, which lies in the file once however many others lean on it."""
    if attachment.name not in made:
        part = Part(PackURI(f"/word/{attachment.name}"), attachment.content_type, attachment.content, package)
        made[attachment.name] = part
        for identifier, inner in attachment.inner.items():
            part.load_rel(inner.relation, _attached(inner, package, made), identifier)
    return made[attachment.name]


def _lead_out(package: Package, builder: PackageBuilder) -> None:
    """Declare each address in the parts that lead there; the footnotes have relationships of their own."""
    written = [part for part in package.iter_parts() if part.partname in _WITH_LINKS]
    for target, identifier in builder.external.items():
        for part in written:
            if f'r:id="{identifier}"'.encode() in part.blob:
                part.load_rel(RELATIONSHIP_TYPE.HYPERLINK, target, identifier, is_external=True)


def _describe(package: Package, about: About) -> None:
    """Write title, author, language and dates; the day of the data stands for the time of making."""
    day = dt.datetime.combine(about.as_of, dt.time())
    core = package.core_properties
    author = _property(about.author)
    core.title, core.author, core.last_modified_by = _property(about.title), author, author
    core.subject, core.category = _property(about.audience_title), _property(about.issue)
    core.language = phrase("language.tag", about.language)
    core.created, core.modified, core.revision = day, day, 1
    content = (
        '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
        f'<Properties xmlns="{_EXTENDED}"><Application>{_PROGRAM}</Application></Properties>'
    )
    extended = Part(PackURI("/docProps/app.xml"), CONTENT_TYPE.OFC_EXTENDED_PROPERTIES, content.encode(), package)
    package.load_rel(RELATIONSHIP_TYPE.EXTENDED_PROPERTIES, extended, "rIdExtended")


def _property(text: str) -> str:
    return checked(text)[:_LONGEST_PROPERTY]


class _Members(dict[str, bytes]):
    """What python-docx writes into an archive, by the names of the members: its own would have today's dates."""

    def write(self, place: PackURI, content: bytes) -> None:
        self[place.membername] = content


def _archive(package: Package) -> bytes:
    """Return the package as an archive whose members have fixed dates and modes."""
    members = _Members()
    for part in package.parts:
        part.before_marshal()  # type: ignore[no-untyped-call]
    writer: Any = PackageWriter  # whose ``write`` does these three
    writer._write_content_types_stream(members, package.parts)  # noqa: SLF001
    writer._write_pkg_rels(members, package.rels)  # noqa: SLF001
    writer._write_parts(members, package.parts)  # noqa: SLF001
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w") as archive:
        for name, content in members.items():
            member = zipfile.ZipInfo(name, _EPOCH)
            member.create_system = 3
            kind = zipfile.ZIP_STORED if name.endswith((".png", ".xlsx")) else zipfile.ZIP_DEFLATED
            archive.writestr(member, content, kind, _THOROUGH)
    return written.getvalue()
