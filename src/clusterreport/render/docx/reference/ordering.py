"""Puts what other programs wrote in an order of their own into the one that Word's schema asks for."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from clusterreport.render.docx.reference.trees import VAL, W, local, take_out

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

_SIDES: Final = "top start left bottom end right insideH insideV tl2br tr2bl"
_BORDERS: Final = "top left start bottom right end insideH insideV tl2br tr2bl between bar"
_ROW: Final = "cnfStyle divId gridBefore gridAfter wBefore wAfter cantSplit trHeight tblHeader tblCellSpacing jc hidden"

# element → the elements that it may hold, in their order (ECMA-376, part 1, annex A, wml.xsd)
_ORDER: Final = {
    name: {child: place for place, child in enumerate(children.split())}
    for name, children in {
        "style": "name aliases basedOn next link autoRedefine hidden uiPriority semiHidden unhideWhenUsed qFormat "
        "locked personal personalCompose personalReply rsid pPr rPr tblPr trPr tcPr tblStylePr",
        "tblStylePr": "pPr rPr tblPr trPr tcPr",
        "pPr": "pStyle keepNext keepLines pageBreakBefore framePr widowControl numPr suppressLineNumbers pBdr shd tabs "
        "suppressAutoHyphens kinsoku wordWrap overflowPunct topLinePunct autoSpaceDE autoSpaceDN bidi adjustRightInd "
        "snapToGrid spacing ind contextualSpacing mirrorIndents suppressOverlap jc textDirection textAlignment "
        "textboxTightWrap outlineLvl divId cnfStyle rPr",
        "rPr": "rStyle rFonts b bCs i iCs caps smallCaps strike dstrike outline shadow emboss imprint noProof "
        "snapToGrid vanish webHidden color spacing w kern position sz szCs highlight u effect bdr shd fitText "
        "vertAlign rtl cs em lang eastAsianLayout specVanish oMath",
        "tblPr": "tblStyle tblpPr tblOverlap bidiVisual tblStyleRowBandSize tblStyleColBandSize tblW jc tblCellSpacing "
        "tblInd tblBorders shd tblLayout tblCellMar tblLook tblCaption tblDescription",
        "trPr": _ROW,
        "tcPr": "cnfStyle tcW gridSpan hMerge vMerge tcBorders shd noWrap tcMar textDirection tcFitText vAlign "
        "hideMark",
        "tblBorders": _BORDERS,
        "tcBorders": _SIDES,
        "pBdr": _BORDERS,
        "tblCellMar": _SIDES,
        "tcMar": _SIDES,
        "abstractNum": "nsid multiLevelType tmpl name styleLink numStyleLink lvl",
        "lvl": "start numFmt lvlRestart pStyle isLgl suff lvlText lvlPicBulletId legacy lvlJc pPr rPr",
        "num": "abstractNumId lvlOverride",
        "numbering": "numPicBullet abstractNum num numIdMacAtCleanup",
    }.items()
}
# What leads to a style or a list, and means nothing anywhere else: element → where it may stand
_HOME: Final = {
    "basedOn": {"style"}, "next": {"style"}, "link": {"style"}, "pStyle": {"pPr", "lvl"}, "rStyle": {"rPr"},
    "tblStyle": {"tblPr"},
}  # fmt: skip
_MANY: Final = {"tblStylePr", "lvl", "lvlOverride", "abstractNum", "num", "numPicBullet"}
_WORDS_ONLY: Final = {"style", "trPr"}  # their switches know no true and false
_SWITCHES: Final = {
    "autoRedefine", "hidden", "semiHidden", "unhideWhenUsed", "qFormat", "locked", "personal", "personalCompose",
    "personalReply", "cantSplit", "tblHeader",
}  # fmt: skip
_TODAY: Final = {"start": "left", "end": "right"}  # Word writes the older words, and every program reads them
_SIDED: Final = {"jc", "lvlJc", "tab"}
_EDGED: Final = {"tblBorders", "tcBorders", "tblCellMar", "tcMar"}


def put_in_order(tree: Element) -> None:
    """Order the children of every element that wants an order, and drop what does not belong there."""
    for element in list(tree.iter(f"{W}*")):
        name = local(element)
        if name in _HOME and _strays(element, _HOME[name]):
            take_out(element)
            continue
        if name in _ORDER:
            _order(element, _ORDER[name])
        if name in _WORDS_ONLY:
            _switch(element)
        _say_left_and_right(element, name)


def _strays(element: Element, homes: set[str]) -> bool:
    parent = element.getparent()
    return parent is not None and local(parent) not in homes


def _order(element: Element, order: dict[str, int]) -> None:
    seen: set[str] = set()
    for child in list(element):
        name = local(child)
        if name and (name not in order or (name in seen and name not in _MANY)):
            element.remove(child)
        seen.add(name)
    element[:] = sorted(element, key=lambda child: order.get(local(child), len(order)))


def _switch(element: Element) -> None:
    for child in list(element):
        if local(child) in _SWITCHES and VAL in child.attrib:
            if child.get(VAL) in {"0", "false", "off"}:
                take_out(child)
            else:
                del child.attrib[VAL]


def _say_left_and_right(element: Element, name: str) -> None:
    if name in _SIDED and element.get(VAL) in _TODAY:
        element.set(VAL, _TODAY[element.get(VAL, "")])
    if name == "ind":
        for old, new in _TODAY.items():
            for ending in ("", "Chars"):
                said = element.attrib.pop(f"{W}{old}{ending}", None)
                if said is not None and f"{W}{new}{ending}" not in element.attrib:
                    element.set(f"{W}{new}{ending}", said)
    if name in _EDGED:
        for child in element:
            child.tag = W + _TODAY.get(local(child), local(child)) if local(child) else child.tag
        _order(element, _ORDER[name])
