"""A letterhead as a Chinese Word writes it, with all that one may hold, and what is done to it in tests."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping

from PIL import Image

WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
SPACES = (
    'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" '
    f'xmlns:r="{OFFICE}" xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing" '
    'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" '
    'xmlns:pic="http://schemas.openxmlformats.org/drawingml/2006/picture"'
)
PARTS = {
    "styles": "styles", "settings": "settings", "numbering": "numbering", "header1": "header", "header2": "header",
    "header3": "header", "footer1": "footer", "footer2": "footer",
}  # fmt: skip
REMOTE = "https://pictures.example.org/logo.png?key=secret"
TEMPLATE = "file:///D:/office/normal.dotm"
_OUTSIDE = ' TargetMode="External"'


def letterhead(changes: Mapping[str, bytes | str | None] | None = None) -> bytes:
    """Return the letterhead, with some of its parts changed (by their names) or, where None, gone."""
    parts = _parts() | dict(changes or {})
    return packed({name: part for name, part in parts.items() if part is not None})


def packed(parts: Mapping[str, bytes | str]) -> bytes:
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, part in parts.items():
            archive.writestr(name, part)
    return written.getvalue()


def changed(part: str, old: str, new: str) -> dict[str, str]:
    """Return a change of the letterhead: ``old`` in ``part`` gives way to ``new``."""
    text = str(_parts()[part])
    assert old in text, "the change was not made"
    return {part: text.replace(old, new)}


def header(content: str) -> str:
    return f"<w:hdr {SPACES}>{content}</w:hdr>"


def drawing(blip: str, number: int = 1) -> str:
    """Return a run with a picture, five by one centimetres."""
    extent = 'cx="1800000" cy="360000"'
    return (
        f'<w:r><w:drawing><wp:inline><wp:extent {extent}/><wp:docPr id="{number}" name="标志"/><a:graphic>'
        '<a:graphicData uri="http://schemas.openxmlformats.org/drawingml/2006/picture"><pic:pic><pic:nvPicPr>'
        '<pic:cNvPr id="0" name="标志"/><pic:cNvPicPr/></pic:nvPicPr><pic:blipFill>'
        f"<a:blip {blip}/><a:stretch><a:fillRect/></a:stretch>"
        f'</pic:blipFill><pic:spPr><a:xfrm><a:off x="0" y="0"/><a:ext {extent}/></a:xfrm><a:prstGeom prst="rect">'
        "<a:avLst/></a:prstGeom></pic:spPr></pic:pic></a:graphicData></a:graphic></wp:inline></w:drawing></w:r>"
    )


def logo(colour: str = "#C8161D") -> bytes:
    written = io.BytesIO()
    Image.new("RGB", (250, 50), colour).save(written, "PNG")
    return written.getvalue()


def _parts() -> dict[str, bytes | str | None]:
    return {
        "[Content_Types].xml": _types(),
        "_rels/.rels": _relations({"rId1": (f"{OFFICE}/officeDocument", "word/document.xml", False)}),
        "word/document.xml": _DOCUMENT,
        "word/_rels/document.xml.rels": _relations(
            {f"rId{name}": (f"{OFFICE}/{kind}", f"{name}.xml", False) for name, kind in PARTS.items()}
            | {"rIdTheme": (f"{OFFICE}/theme", "theme/theme1.xml", False)}
        ),
        "word/styles.xml": _STYLES,
        "word/numbering.xml": _NUMBERING,
        "word/settings.xml": _SETTINGS,
        "word/_rels/settings.xml.rels": _relations({"rId1": (f"{OFFICE}/attachedTemplate", TEMPLATE, True)}),
        "word/theme/theme1.xml": _THEME,
        "word/header1.xml": header(
            '<w:p><w:pPr><w:pStyle w:val="a5"/><w:jc w:val="left"/></w:pPr>' + drawing('r:embed="rId1"') + "</w:p>"
            '<w:p><w:pPr><w:pStyle w:val="a5"/></w:pPr><w:r><w:t>广州市××研究中心</w:t></w:r><w:hyperlink r:id="rId2">'
            '<w:r><w:t xml:space="preserve"> www.example.org</w:t></w:r></w:hyperlink></w:p>'
        ),
        "word/_rels/header1.xml.rels": _relations(
            {
                "rId1": (f"{OFFICE}/image", "media/image1.png", False),
                "rId2": (f"{OFFICE}/hyperlink", "https://www.example.org/", True),
            }
        ),
        "word/header2.xml": header(
            '<w:p><w:pPr><w:pStyle w:val="a5"/></w:pPr><w:r><w:t>单页页眉</w:t></w:r>'
            + drawing('r:embed="rId1"') + drawing('r:link="rId2"', 2) + "</w:p>"
        ),
        "word/_rels/header2.xml.rels": _relations(
            {
                "rId1": (f"{OFFICE}/image", "media/image1.png", False),
                "rId2": (f"{OFFICE}/image", REMOTE, True),
            }
        ),
        "word/header3.xml": header(
            '<w:p><w:pPr><w:pStyle w:val="a5"/></w:pPr><w:r><w:t>双页页眉</w:t></w:r></w:p>'
        ),
        "word/footer1.xml": _foot("right"),
        "word/footer2.xml": _foot("left"),
        "word/media/image1.png": logo(),
    }  # fmt: skip


def _types() -> str:
    overrides = "".join(
        f'<Override PartName="/word/{name}.xml" ContentType="{WORD}.{kind}+xml"/>' for name, kind in PARTS.items()
    )
    return (
        '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        '<Default Extension="png" ContentType="image/png"/>'
        f'<Override PartName="/word/document.xml" ContentType="{WORD}.document.main+xml"/>{overrides}'
        '<Override PartName="/word/theme/theme1.xml" '
        'ContentType="application/vnd.openxmlformats-officedocument.theme+xml"/></Types>'
    )


def _relations(relations: Mapping[str, tuple[str, str, bool]]) -> str:
    listed = "".join(
        f'<Relationship Id="{name}" Type="{kind}" Target="{target}"{_OUTSIDE if outside else ""}/>'
        for name, (kind, target, outside) in relations.items()
    )
    return (
        f'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">{listed}</Relationships>'
    )


def _foot(side: str) -> str:
    # All in one run and without the words that it shows, as small programs write it.
    return (
        f'<w:ftr {SPACES}><w:p><w:pPr><w:pStyle w:val="a7"/><w:jc w:val="{side}"/></w:pPr><w:r><w:t>第</w:t>'
        '<w:fldChar w:fldCharType="begin"/><w:instrText xml:space="preserve"> PAGE </w:instrText>'
        '<w:fldChar w:fldCharType="end"/><w:t>页</w:t></w:r><w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r>'
        '<w:instrText xml:space="preserve"> DOCVARIABLE 密级 </w:instrText></w:r><w:r><w:fldChar '
        'w:fldCharType="separate"/></w:r><w:r><w:t>内部</w:t></w:r><w:r><w:fldChar w:fldCharType="end"/></w:r></w:p>'
        "</w:ftr>"
    )


_DOCUMENT = (
    f"<w:document {SPACES}><w:body><w:p><w:r><w:t>此处为正文。</w:t></w:r></w:p><w:sectPr>"
    '<w:headerReference w:type="first" r:id="rIdheader1"/><w:headerReference w:type="default" r:id="rIdheader2"/>'
    '<w:headerReference w:type="even" r:id="rIdheader3"/><w:footerReference w:type="default" r:id="rIdfooter1"/>'
    '<w:footerReference w:type="first" r:id="rIdfooter1"/><w:footerReference w:type="even" r:id="rIdfooter2"/>'
    '<w:pgSz w:w="11906" w:h="16838"/><w:pgMar w:top="2268" w:right="1531" w:bottom="1701" w:left="1531" '
    'w:header="851" w:footer="992" w:gutter="113"/><w:pgNumType w:start="5"/><w:cols w:space="425"/><w:titlePg/>'
    '<w:docGrid w:type="lines" w:linePitch="312"/></w:sectPr></w:body></w:document>'
)
# The ids are those of a Chinese Word; faces come from the Office theme, but for those of the text and the headings.
_STYLES = f"""<w:styles {SPACES}>
<w:docDefaults><w:rPrDefault><w:rPr>
<w:rFonts w:asciiTheme="minorHAnsi" w:eastAsiaTheme="minorEastAsia" w:hAnsiTheme="minorHAnsi" w:cstheme="minorBidi"/>
<w:kern w:val="2"/><w:sz w:val="21"/><w:szCs w:val="22"/><w:lang w:val="en-US" w:eastAsia="ja-JP" w:bidi="ar-SA"/>
</w:rPr></w:rPrDefault><w:pPrDefault/></w:docDefaults>
<w:style w:type="paragraph" w:default="1" w:styleId="a"><w:name w:val="Normal"/><w:qFormat/>
<w:pPr><w:widowControl w:val="0"/><w:spacing w:beforeLines="50"/><w:jc w:val="both"/></w:pPr></w:style>
<w:style w:type="paragraph" w:styleId="1"><w:name w:val="heading 1"/><w:basedOn w:val="a"/><w:next w:val="a9"/>
<w:link w:val="10"/><w:qFormat/><w:pPr><w:keepNext/><w:numPr><w:numId w:val="1"/></w:numPr>
<w:spacing w:before="120" w:after="60"/><w:outlineLvl w:val="0"/></w:pPr>
<w:rPr><w:rFonts w:ascii="Arial" w:hAnsi="Arial" w:eastAsia="微软雅黑"/><w:b/>
<w:color w:val="1F497D" w:themeColor="text2"/><w:sz w:val="32"/></w:rPr></w:style>
<w:style w:type="paragraph" w:styleId="2"><w:name w:val="heading 2"/><w:basedOn w:val="1"/><w:next w:val="a9"/>
<w:qFormat/><w:pPr><w:numPr><w:ilvl w:val="1"/></w:numPr></w:pPr><w:rPr><w:sz w:val="28"/></w:rPr></w:style>
<w:style w:type="character" w:default="1" w:styleId="a0"><w:name w:val="Default Paragraph Font"/></w:style>
<w:style w:type="table" w:default="1" w:styleId="a1"><w:name w:val="Normal Table"/><w:tblPr><w:tblCellMar>
<w:left w:w="108" w:type="dxa"/><w:right w:w="108" w:type="dxa"/></w:tblCellMar></w:tblPr></w:style>
<w:style w:type="numbering" w:default="1" w:styleId="a2"><w:name w:val="No List"/></w:style>
<w:style w:type="character" w:customStyle="1" w:styleId="10"><w:name w:val="标题 1 字符"/><w:basedOn w:val="a0"/>
<w:link w:val="1"/><w:rPr><w:rFonts w:asciiTheme="majorHAnsi"/><w:b/></w:rPr></w:style>
<w:style w:type="paragraph" w:styleId="a5"><w:name w:val="header"/><w:basedOn w:val="a"/><w:pPr><w:pBdr>
<w:bottom w:val="single" w:sz="6" w:space="1" w:color="C8161D"/></w:pBdr><w:jc w:val="center"/></w:pPr></w:style>
<w:style w:type="paragraph" w:styleId="a7"><w:name w:val="footer"/><w:basedOn w:val="a"/></w:style>
<w:style w:type="paragraph" w:styleId="a9"><w:name w:val="Body Text"/><w:basedOn w:val="a"/><w:qFormat/>
<w:pPr><w:spacing w:line="500" w:lineRule="exact"/><w:ind w:firstLineChars="200" w:firstLine="560"/></w:pPr>
<w:rPr><w:rFonts w:eastAsia="仿宋"/><w:sz w:val="28"/></w:rPr></w:style>
<w:style w:type="paragraph" w:customStyle="1" w:styleId="Note"><w:name w:val="批示"/>
<w:basedOn w:val="nowhere"/></w:style>
<w:style w:type="character" w:customStyle="1" w:styleId="lead"><w:name w:val="Lead"/></w:style>
<w:style w:type="character" w:styleId="af"><w:name w:val="Hyperlink"/><w:rPr><w:u w:val="single"/></w:rPr></w:style>
</w:styles>"""
_NUMBERING = (
    f'<w:numbering {SPACES}><w:abstractNum w:abstractNumId="0"><w:multiLevelType w:val="multilevel"/>'
    '<w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="decimal"/><w:pStyle w:val="1"/><w:lvlText w:val="第%1章"/>'
    '<w:lvlJc w:val="left"/></w:lvl></w:abstractNum><w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>'
    "</w:numbering>"
)
_SETTINGS = (
    f'<w:settings {SPACES}><w:attachedTemplate r:id="rId1"/><w:mirrorMargins/><w:documentProtection w:edit="readOnly" '
    'w:enforcement="1"/><w:evenAndOddHeaders/><w:clrSchemeMapping w:bg1="light1" w:t1="dark1" w:bg2="light2" '
    'w:t2="dark2" w:accent1="accent1" w:accent2="accent2" w:accent3="accent3" w:accent4="accent4" '
    'w:accent5="accent5" w:accent6="accent6" w:hyperlink="hyperlink" w:followedHyperlink="followedHyperlink"/>'
    "</w:settings>"
)
_COLOURS = "".join(
    f'<a:{name}><a:srgbClr val="{colour}"/></a:{name}>'
    for name, colour in {
        "dk1": "000000", "lt1": "FFFFFF", "dk2": "1F497D", "lt2": "EEECE1", "accent1": "C8161D", "accent2": "C0504D",
        "accent3": "9BBB59", "accent4": "8064A2", "accent5": "4BACC6", "accent6": "F79646", "hlink": "0000FF",
        "folHlink": "800080",
    }.items()
)  # fmt: skip
_FILL = '<a:solidFill><a:schemeClr val="phClr"/></a:solidFill>'
_FONTS = "".join(
    f'<a:{size}Font><a:latin typeface="{latin}"/><a:ea typeface=""/><a:cs typeface=""/>'
    f'<a:font script="Jpan" typeface="ＭＳ 明朝"/><a:font script="Hans" typeface="{chinese}"/></a:{size}Font>'
    for size, latin, chinese in (("major", "Cambria", "黑体"), ("minor", "Calibri", "等线"))
)
_THEME = (
    '<a:theme xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" name="Office"><a:themeElements>'
    f'<a:clrScheme name="Office">{_COLOURS}</a:clrScheme><a:fontScheme name="Office">{_FONTS}</a:fontScheme>'
    f'<a:fmtScheme name="Office"><a:fillStyleLst>{_FILL * 3}</a:fillStyleLst><a:lnStyleLst>'
    + f"<a:ln>{_FILL}</a:ln>" * 3
    + "</a:lnStyleLst><a:effectStyleLst>"
    + "<a:effectStyle><a:effectLst/></a:effectStyle>" * 3
    + f"</a:effectStyleLst><a:bgFillStyleLst>{_FILL * 3}</a:bgFillStyleLst></a:fmtScheme></a:themeElements></a:theme>"
)
