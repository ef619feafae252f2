"""The styles of a Word file, made from the theme: built-in names, and faces on every one of them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from clusterreport.render.docx.markup import DECLARATION, NAMESPACES, colour, half_points, run_properties, twips

if TYPE_CHECKING:
    from clusterreport.theme import TextStyle, Theme

# role → (style id, name as Word knows it); Word finds built-in styles by these names, whatever the language.
_PARAGRAPHS: Final = {
    "body": ("BodyText", "Body Text"),
    "lead": ("Lead", "Lead"),
    "note": ("Note", "Note"),
    "title": ("Title", "Title"),
    "masthead": ("Masthead", "Masthead"),
    "issue": ("Issue", "Issue"),
    "total": ("Total", "Total"),
    "imprint": ("Imprint", "Imprint"),
    "marking": ("Marking", "Marking"),
    "heading1": ("Heading1", "heading 1"),
    "heading2": ("Heading2", "heading 2"),
    "heading3": ("Heading3", "heading 3"),
    "heading4": ("Heading4", "heading 4"),
    "caption": ("Caption", "caption"),
    "table_head": ("TableHead", "Table Head"),
    "table_cell": ("TableCell", "Table Cell"),
    "dense_head": ("DenseTableHead", "Dense Table Head"),
    "dense_cell": ("DenseTableCell", "Dense Table Cell"),
    "table_note": ("TableNote", "Table Note"),
    "source": ("Source", "Source"),
    "footnote": ("FootnoteText", "footnote text"),
    "foot": ("BriefingFoot", "Briefing Foot"),
    "page_number": ("Footer", "footer"),
    "key_number": ("KeyNumber", "Key Number"),
    "key_unit": ("KeyUnit", "Key Unit"),
    "key_line": ("KeyLine", "Key Line"),
    "callout_title": ("CalloutTitle", "Callout Title"),
    "callout": ("Callout", "Callout"),
    "contents_title": ("TOCHeading", "TOC Heading"),
    "contents1": ("TOC1", "toc 1"),
    "contents2": ("TOC2", "toc 2"),
}
_ALIGNED: Final = {"justify": "both", "left": "left", "center": "center", "right": "right"}
_ON_THE_GRID: Final = {"body", "lead", "heading1", "heading2", "heading3", "heading4"}
KEPT_WITH_NEXT: Final = {"title", "heading1", "heading2", "heading3", "heading4", "caption", "callout_title"}
LEVELS: Final = {"heading1": 0, "heading2": 1, "heading3": 2, "heading4": 3}


def style_id(role: str) -> str:
    """Return the id of the style for a role of the theme."""
    return _PARAGRAPHS[role][0]


def style_name(role: str) -> str:
    """Return the name of the style for a role of the theme, by which Word knows it in every language."""
    return _PARAGRAPHS[role][1]


def styles_part(theme: Theme, *, chinese: bool) -> bytes:
    """Return word/styles.xml."""
    body = theme.style("body")
    language = '<w:lang w:val="en-US" w:eastAsia="zh-CN" w:bidi="ar-SA"/>'
    defaults = (
        f"<w:docDefaults><w:rPrDefault><w:rPr>{run_properties(body, theme)}{language}</w:rPr></w:rPrDefault>"
        "<w:pPrDefault/></w:docDefaults>"
    )
    paragraphs = "".join(_paragraph_style(role, theme, chinese=chinese) for role in _PARAGRAPHS)
    content = f"{defaults}{_NORMAL}{_DEFAULTS}{paragraphs}{_characters(theme)}{_table(theme)}"
    return f"{DECLARATION}<w:styles {NAMESPACES}>{content}</w:styles>".encode()


def indent(style: TextStyle, *, chinese: bool) -> str:
    """Return the w:ind of a style, or nothing where it has none."""
    em = twips(style.size)
    first = (
        f' w:firstLineChars="{round(style.indent * 100)}" w:firstLine="{round(style.indent * em)}"'
        if style.indent and chinese
        else ""
    )
    inset = f' w:left="{round(style.inset * em)}" w:right="{round(style.inset * em)}"' if style.inset else ""
    return f"<w:ind{inset}{first}/>" if first or inset else ""


_CELL_MARGINS: Final = (
    '<w:tblCellMar><w:top w:w="0" w:type="dxa"/><w:left w:w="60" w:type="dxa"/><w:bottom w:w="0" w:type="dxa"/>'
    '<w:right w:w="60" w:type="dxa"/></w:tblCellMar>'
)
_NORMAL: Final = (
    '<w:style w:type="paragraph" w:default="1" w:styleId="Normal"><w:name w:val="Normal"/><w:qFormat/>'
    "<w:pPr><w:widowControl/><w:overflowPunct/></w:pPr></w:style>"
)
_DEFAULTS: Final = (
    '<w:style w:type="character" w:default="1" w:styleId="DefaultParagraphFont">'
    '<w:name w:val="Default Paragraph Font"/><w:uiPriority w:val="1"/><w:semiHidden/></w:style>'
    '<w:style w:type="table" w:default="1" w:styleId="TableNormal"><w:name w:val="Normal Table"/>'
    '<w:uiPriority w:val="99"/><w:semiHidden/><w:tblPr><w:tblInd w:w="0" w:type="dxa"/>'
    f"{_CELL_MARGINS}</w:tblPr></w:style>"
    '<w:style w:type="numbering" w:default="1" w:styleId="NoList"><w:name w:val="No List"/>'
    '<w:uiPriority w:val="99"/><w:semiHidden/></w:style>'
)


def _paragraph_style(role: str, theme: Theme, *, chinese: bool) -> str:
    identifier, name = _PARAGRAPHS[role]
    following = "BodyText" if role in {*LEVELS, "title", "body"} else identifier
    properties = _paragraph_properties(role, theme.style(role), chinese=chinese)
    return (
        f'<w:style w:type="paragraph" w:styleId="{identifier}"><w:name w:val="{name}"/><w:basedOn w:val="Normal"/>'
        f'<w:next w:val="{following}"/><w:qFormat/>'
        f"<w:pPr>{properties}</w:pPr><w:rPr>{run_properties(theme.style(role), theme)}</w:rPr></w:style>"
    )


def _paragraph_properties(role: str, style: TextStyle, *, chinese: bool) -> str:
    """Return the paragraph's properties in the order that the schema asks for."""
    kept = "<w:keepNext/><w:keepLines/>" if role in KEPT_WITH_NEXT else ""
    level = LEVELS.get(role)
    numbered = f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="1"/></w:numPr>' if level is not None else ""
    grid = "" if role in _ON_THE_GRID else '<w:snapToGrid w:val="0"/>'
    exact = "atLeast" if role in {"masthead", "title"} else "exact"
    spacing = (
        f'<w:spacing w:before="{twips(style.before)}" w:after="{twips(style.after)}" '
        f'w:line="{twips(style.leading)}" w:lineRule="{exact}"/>'
    )
    outline = f'<w:outlineLvl w:val="{level}"/>' if level is not None else ""
    aligned = f'<w:jc w:val="{_ALIGNED[style.align]}"/>'
    return f"{kept}{numbered}{grid}{spacing}{indent(style, chinese=chinese)}{aligned}{outline}"


def _characters(theme: Theme) -> str:
    link = f'<w:color w:val="{colour(theme, "navy")}"/>'
    size = half_points(theme.style("body").size)
    return "".join(
        f'<w:style w:type="character" w:styleId="{identifier}"><w:name w:val="{name}"/>'
        f'<w:basedOn w:val="DefaultParagraphFont"/><w:rPr>{properties}</w:rPr></w:style>'
        for identifier, name, properties in (
            ("Hyperlink", "Hyperlink", link),
            ("FootnoteReference", "footnote reference", f'<w:sz w:val="{size}"/><w:vertAlign w:val="superscript"/>'),
        )
    )


def _table(theme: Theme) -> str:
    """Return the style of data tables: three rules, thick above and below, thin under the head."""
    ink = colour(theme, "ink")
    outer, inner = (max(2, round(width * 8)) for width in (theme.rules.table_outer, theme.rules.table_inner))

    def rule(side: str, eighths: int) -> str:
        return f'<w:{side} w:val="single" w:sz="{eighths}" w:space="0" w:color="{ink}"/>'

    return (
        '<w:style w:type="table" w:styleId="BriefingTable"><w:name w:val="Briefing Table"/>'
        '<w:basedOn w:val="TableNormal"/><w:tblPr><w:tblBorders>'
        f"{rule('top', outer)}{rule('bottom', outer)}</w:tblBorders>{_CELL_MARGINS}</w:tblPr>"
        f'<w:tblStylePr w:type="firstRow"><w:tcPr><w:tcBorders>{rule("bottom", inner)}</w:tcBorders></w:tcPr>'
        "</w:tblStylePr></w:style>"
    )
