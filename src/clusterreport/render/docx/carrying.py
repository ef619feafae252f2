"""Puts the ledger of an edition into its Word file: a part of custom XML, and its digest as a property of the file."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from docx.opc.constants import CONTENT_TYPE, RELATIONSHIP_TYPE
from docx.opc.packuri import PackURI
from docx.opc.part import Part

from clusterreport.ledger.part import NAMESPACE, PROPERTY
from clusterreport.render.docx.markup import DECLARATION

if TYPE_CHECKING:
    from docx.package import Package

    from clusterreport.ledger.part import LedgerPart

_STORED: Final = "http://schemas.openxmlformats.org/officeDocument/2006/customXml"
_PROPERTIES: Final = "http://schemas.openxmlformats.org/officeDocument/2006/custom-properties"
_TYPES: Final = "http://schemas.openxmlformats.org/officeDocument/2006/docPropsVTypes"
_FORMAT: Final = "{D5CDD505-2E9C-101B-9397-08002B2CF9AE}"
"""Marks a property as one of a user's own; Word knows no other mark."""
_FIRST: Final = 2
"""The number of the first property of a user's own."""


def carry(ledger: LedgerPart, package: Package, main: Part) -> None:
    """Put ``ledger`` beside ``main``, the text of ``package``."""
    stored = Part(PackURI("/customXml/item1.xml"), CONTENT_TYPE.XML, ledger.content, package)
    main.load_rel(RELATIONSHIP_TYPE.CUSTOM_XML, stored, "rIdFacts")
    named = (
        f'{DECLARATION}<ds:datastoreItem xmlns:ds="{_STORED}" ds:itemID="{_identifier(ledger.digest)}"><ds:schemaRefs>'
        f'<ds:schemaRef ds:uri="{NAMESPACE}"/></ds:schemaRefs></ds:datastoreItem>'
    )
    about = Part(PackURI("/customXml/itemProps1.xml"), CONTENT_TYPE.OFC_CUSTOM_XML_PROPERTIES, named.encode(), package)
    stored.load_rel(RELATIONSHIP_TYPE.CUSTOM_XML_PROPS, about, "rIdProperties")
    told = (
        f'{DECLARATION}<Properties xmlns="{_PROPERTIES}" xmlns:vt="{_TYPES}"><property fmtid="{_FORMAT}" '
        f'pid="{_FIRST}" name="{PROPERTY}"><vt:lpwstr>{ledger.digest}</vt:lpwstr></property></Properties>'
    )
    custom = Part(PackURI("/docProps/custom.xml"), CONTENT_TYPE.OFC_CUSTOM_PROPERTIES, told.encode(), package)
    package.load_rel(RELATIONSHIP_TYPE.CUSTOM_PROPERTIES, custom, "rIdCustom")


def _identifier(digest: str) -> str:
    """Return a name that nothing else has, in the form in which Word names such parts."""
    ends = (8, 12, 16, 20, 32)
    parts = [digest[start:end] for start, end in zip((0, *ends), ends, strict=False)]
    return f"{{{'-'.join(parts).upper()}}}"
