"""The running heads and feet of a letterhead as parts of the briefing, with the pictures that they show."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from clusterreport.messages import message, template
from clusterreport.render.docx.package_builder import PackagePart
from clusterreport.render.docx.reference.bounds import COMMON, HEAD, MAX_HEADERS_FOOTERS, damaged
from clusterreport.render.docx.reference.cleaning import PICTURES, clean, needed
from clusterreport.render.docx.reference.trees import R, W, local, switched_on, tag, written

if TYPE_CHECKING:
    from collections.abc import Mapping

    from lxml.etree import _Element as Element

    from clusterreport.render.docx.reference.cleaning import StyleMap
    from clusterreport.render.docx.reference.opening import Opened

_OFFICE: Final = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_WORD: Final = "application/vnd.openxmlformats-officedocument.wordprocessingml"
_ROOTS: Final = {"header": "hdr", "footer": "ftr"}
_KINDS: Final = {"header": template("header"), "footer": template("footer")}
_PAGES: Final = {"default": template("default"), "even": template("even"), "first": template("first")}
_FIRST_ID: Final = 1_000_000  # above all that the builder counts
_STEP: Final = 10_000  # more than a head has drawings


@dataclass(frozen=True, slots=True)
class HeadersFooters:
    """What stands on every page: ``references`` as w:sectPr has them, and the parts by the relations that they name."""

    references: str
    parts: Mapping[str, PackagePart]
    feet: bool
    two_sided: bool
    titled: bool


def headers_footers_of(
    file: Opened, section: Element | None, settings: Element | None, style_map: StyleMap
) -> tuple[HeadersFooters, list[str]]:
    """Return the heads and feet of ``section``, and what was left behind."""
    two_sided, titled = switched_on(settings, "evenAndOddHeaders"), switched_on(section, "titlePg")
    shown = {"default"} | ({"even"} if two_sided else set()) | ({"first"} if titled else set())
    references: list[str] = []
    parts: dict[str, PackagePart] = {}
    left: list[str] = []
    relations = file.relations(file.main)
    found = () if section is None else tuple(section.iter(f"{W}headerReference", f"{W}footerReference"))
    if len(found) > MAX_HEADERS_FOOTERS:
        raise damaged(
            file.place,
            message(
                "it has {count} heads and feet, and its pages show {max_headers_footers} at most",
                count=len(found),
                max_headers_footers=MAX_HEADERS_FOOTERS,
            ),
        )
    for reference in found:
        kind, which = local(reference).removesuffix("Reference"), reference.get(f"{W}type", "default")
        relation = relations.get(reference.get(f"{R}id", ""))
        if which not in shown:
            continue
        if relation is None or relation.kind != kind or relation.outside:
            problem = message(
                "its {kind} for {which} pages is missing", kind=message(_KINDS[kind]), which=message(_PAGES[which])
            )
            raise damaged(file.place, problem)
        identifier = f"rIdLetterhead{len(parts) + 1}"
        references.append(f'<w:{kind}Reference w:type="{which}" r:id="{identifier}"/>')
        parts[identifier], behind = _part(file, relation.target, kind, len(parts) + 1, style_map)
        left += [
            message(
                "{what}, in the {kind} of {which} pages",
                what=what,
                kind=message(_KINDS[kind]),
                which=message(_PAGES[which]),
            )
            for what in behind
        ]
    feet = any("footerReference" in reference for reference in references)
    return HeadersFooters("".join(references), parts, feet, two_sided, titled), left


def theme_of(file: Opened) -> PackagePart | None:
    """Return the Office theme as a part, for the colours that the heads speak of; None where it shows pictures."""
    name = file.related(file.main, "theme")
    tree = file.tree(name, COMMON) if name else None
    if tree is None or needed(tree):
        return None
    return PackagePart(
        "theme/theme1.xml",
        "application/vnd.openxmlformats-officedocument.theme+xml",
        f"{_OFFICE}/theme",
        written(tree),
    )


def _part(file: Opened, name: str, kind: str, number: int, style_map: StyleMap) -> tuple[PackagePart, list[str]]:
    tree = file.tree(name, HEAD)
    if tag(tree) != W + _ROOTS[kind]:
        raise damaged(file.place, message("{name} is not a {kind}", name=name, kind=message(_KINDS[kind])))
    relations = file.relations(name)
    left = clean(tree, relations, style_map, _FIRST_ID + number * _STEP)
    used = needed(tree)
    pictures = {
        identifier: _picture(file, relation.target)
        for identifier, relation in sorted(relations.items())
        if identifier in used and relation.kind in PICTURES
    }
    return PackagePart(f"{kind}{number}.xml", f"{_WORD}.{kind}+xml", f"{_OFFICE}/{kind}", written(tree), pictures), left


def _picture(file: Opened, name: str) -> PackagePart:
    content, kind = file.parts.get(name), file.content_type(name)
    if content is None:
        raise damaged(file.place, message("the picture {name} is missing", name=name))
    if not kind.startswith("image/"):
        raise damaged(file.place, message("{name} is not a picture", name=name))
    ending = name.rpartition(".")[2]
    place = sorted(file.parts).index(name)
    return PackagePart(f"media/letterhead{place}.{ending}", kind, f"{_OFFICE}/image", content)
