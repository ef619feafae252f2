"""Makes a finished PDF fit for the archive and for screen readers: metadata, colour profile, attachments, page keys.

PDF/A-3a (ISO 19005-3) and PDF/UA-1 (ISO 14289-1) ask for these; tests hold the files against veraPDF's rules for both.
"""

from __future__ import annotations

import hashlib
import io
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, Final
from xml.sax.saxutils import escape

import pikepdf
from pikepdf import Array, Dictionary, Name, Stream, String

from clusterreport.locale import phrase

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pikepdf import Pdf

    from clusterreport.document.model import About
    from clusterreport.render import EmbeddedFile

_PRODUCER: Final = "clusterreport"
_PROFILE: Final = "sRGB IEC61966-2.1"
_CONFORMANCE: Final = (
    "<pdfaid:part>3</pdfaid:part><pdfaid:conformance>A</pdfaid:conformance><pdfuaid:part>1</pdfuaid:part>"
)


def archived(content: bytes, about: About, attachments: Sequence[EmbeddedFile], *, conforming: bool) -> bytes:
    """Return ``content`` rewritten: keys of pages, metadata; where ``conforming``, profile and attachments as well.

    The bytes are the same for the same input; the day of the data stands for every date.
    """
    with pikepdf.open(io.BytesIO(content)) as pdf:
        for number, page in enumerate(pdf.pages):
            page.obj.Tabs = Name.S
            page.obj.StructParents = number
            if "/Trans" in page.obj:
                del page.obj["/Trans"]
        _describe(pdf, about, conforming=conforming)
        if conforming:
            _add_profile(pdf)
            _attach(pdf, about, attachments)
        written = io.BytesIO()
        pdf.save(
            written,
            min_version="1.7",
            deterministic_id=True,
            object_stream_mode=pikepdf.ObjectStreamMode.generate,
            compress_streams=True,
            recompress_flate=False,
            fix_metadata_version=False,  # _xmp names none, and reading it again takes time
        )
    return written.getvalue()


def _describe(pdf: Pdf, about: About, *, conforming: bool) -> None:
    """Write the same facts into the information dictionary and into XMP, which must agree."""
    date = _pdf_date(about)
    values = {
        "/Title": about.title, "/Author": about.author, "/Subject": about.audience_title, "/Creator": _PRODUCER,
        "/Producer": _PRODUCER, "/CreationDate": date, "/ModDate": date,
    }  # fmt: skip
    for key in list(pdf.docinfo.keys()):
        del pdf.docinfo[key]
    for key, value in values.items():
        pdf.docinfo[key] = String(value)
    metadata = Stream(pdf, _xmp(about, conforming=conforming).encode())
    metadata.Type, metadata.Subtype = Name.Metadata, Name.XML
    pdf.Root.Metadata = pdf.make_indirect(metadata)
    pdf.Root.Lang = String(phrase("language.tag", about.language))


def _xmp(about: About, *, conforming: bool) -> str:
    day = f"{about.as_of.isoformat()}T00:00:00+00:00"
    title, author, subject = (escape(text) for text in (about.title, about.author, about.audience_title))
    claim, extension = (_CONFORMANCE, _extension()) if conforming else ("", "")
    return f"""<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>
<x:xmpmeta xmlns:x="adobe:ns:meta/">
<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
<rdf:Description rdf:about="" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:xmp="http://ns.adobe.com/xap/1.0/"
 xmlns:pdf="http://ns.adobe.com/pdf/1.3/" xmlns:pdfaid="http://www.aiim.org/pdfa/ns/id/"
 xmlns:pdfuaid="http://www.aiim.org/pdfua/ns/id/">
<dc:format>application/pdf</dc:format>
<dc:title><rdf:Alt><rdf:li xml:lang="x-default">{title}</rdf:li></rdf:Alt></dc:title>
<dc:creator><rdf:Seq><rdf:li>{author}</rdf:li></rdf:Seq></dc:creator>
<dc:description><rdf:Alt><rdf:li xml:lang="x-default">{subject}</rdf:li></rdf:Alt></dc:description>
<dc:language><rdf:Bag><rdf:li>{phrase("language.tag", about.language)}</rdf:li></rdf:Bag></dc:language>
<xmp:CreateDate>{day}</xmp:CreateDate><xmp:ModifyDate>{day}</xmp:ModifyDate>
<xmp:CreatorTool>{_PRODUCER}</xmp:CreatorTool><pdf:Producer>{_PRODUCER}</pdf:Producer>
{claim}</rdf:Description>
{extension}</rdf:RDF>
</x:xmpmeta>
<?xpacket end="w"?>"""


def _extension() -> str:
    """Return the description of the one property that PDF/A does not know of itself: that of PDF/UA."""
    return """<rdf:Description rdf:about="" xmlns:pdfaExtension="http://www.aiim.org/pdfa/ns/extension/"
 xmlns:pdfaSchema="http://www.aiim.org/pdfa/ns/schema#" xmlns:pdfaProperty="http://www.aiim.org/pdfa/ns/property#">
<pdfaExtension:schemas><rdf:Bag><rdf:li rdf:parseType="Resource">
<pdfaSchema:schema>PDF/UA identification</pdfaSchema:schema>
<pdfaSchema:namespaceURI>http://www.aiim.org/pdfua/ns/id/</pdfaSchema:namespaceURI>
<pdfaSchema:prefix>pdfuaid</pdfaSchema:prefix>
<pdfaSchema:property><rdf:Seq><rdf:li rdf:parseType="Resource">
<pdfaProperty:name>part</pdfaProperty:name><pdfaProperty:valueType>Integer</pdfaProperty:valueType>
<pdfaProperty:category>internal</pdfaProperty:category>
<pdfaProperty:description>the part of ISO 14289 that the file keeps to</pdfaProperty:description>
</rdf:li></rdf:Seq></pdfaSchema:property></rdf:li></rdf:Bag></pdfaExtension:schemas></rdf:Description>
"""


def _add_profile(pdf: Pdf) -> None:
    """Say what the colours mean; the profile is the one that pikepdf ships for this."""
    profile = Stream(pdf, _profile())
    profile.N = 3
    intent = Dictionary(
        Type=Name.OutputIntent,
        S=Name.GTS_PDFA1,
        OutputConditionIdentifier=String(_PROFILE),
        Info=String(_PROFILE),
        DestOutputProfile=pdf.make_indirect(profile),
    )
    pdf.Root.OutputIntents = Array([intent])


@cache
def _profile() -> bytes:
    return files("pikepdf").joinpath("pdfa", "data", "sRGB.icc").read_bytes()


def _attach(pdf: Pdf, about: About, attachments: Sequence[EmbeddedFile]) -> None:
    """Put files into the file, each with what it is to the document (ISO 19005-3, 6.8)."""
    names: list[String | Dictionary] = []
    for attachment in sorted(attachments, key=lambda one: one.name):
        names += [String(attachment.name), _specification(pdf, about, attachment)]
    if names:
        pdf.Root.AF = Array(names[1::2])
        if "/Names" not in pdf.Root:
            pdf.Root.Names = Dictionary()
        pdf.Root.Names.EmbeddedFiles = Dictionary(Names=Array(names))


def _specification(pdf: Pdf, about: About, attachment: EmbeddedFile) -> Dictionary:
    stream = Stream(pdf, attachment.content)
    stream.Type, stream.Subtype = Name.EmbeddedFile, Name(f"/{attachment.media_type}")
    date = String(_pdf_date(about))
    checksum = hashlib.md5(attachment.content, usedforsecurity=False).digest()  # the format knows no other
    stream.Params = Dictionary(Size=len(attachment.content), CreationDate=date, ModDate=date, CheckSum=String(checksum))
    embedded = pdf.make_indirect(stream)
    return pdf.make_indirect(
        Dictionary(
            Type=Name.Filespec,
            F=String(attachment.name),
            UF=String(attachment.name),
            Desc=String(attachment.description),
            AFRelationship=Name(f"/{attachment.relationship}"),
            EF=Dictionary(F=embedded, UF=embedded),
        )
    )


def _pdf_date(about: About) -> str:
    return f"D:{about.as_of:%Y%m%d}000000+00'00'"
