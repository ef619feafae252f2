"""The styles of a letterhead: found by the names that Word knows, whatever their ids, and looked up along bases."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from clusterreport.render.docx.reference.trees import W, below, put, take_out, value

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lxml.etree import _Element as Element

_STYLE: Final = f"{W}style"
_LEADING: Final = ("basedOn", "next", "link")


class StyleSheet:
    """A w:styles that is changed in place. Its faults are mended first: names twice, bases that are not there."""

    def __init__(self, root: Element) -> None:
        """Take ``root``, which is this sheet's from now on."""
        self.root = root
        self._by_id: dict[str, Element] = {}
        self._by_name: dict[tuple[str, str], Element] = {}
        for style in list(root.iter(_STYLE)):
            if style.getparent() is root:
                self._enter(style)
            else:
                take_out(style)
        for style in self:
            for name in _LEADING:
                leading = below(style, name)
                if leading is not None and value(leading) not in self._by_id:
                    style.remove(leading)
        self._break_circles()

    def __iter__(self) -> Iterator[Element]:
        """Yield the styles in the order of the file."""
        return iter(list(self._by_id.values()))

    def named(self, kind: str, name: str) -> Element | None:
        """Return the style of a kind ("paragraph") by its name or another name of it, in any case."""
        return self._by_name.get((kind, _folded(name)))

    def has(self, kind: str, identifier: str) -> bool:
        """Tell whether there is such a style."""
        style = self._by_id.get(identifier)
        return style is not None and style.get(W + "type", "paragraph") == kind

    def called(self, identifier: str) -> Element:
        """Return the style by its id, which must be there."""
        return self._by_id[identifier]

    def default(self, kind: str) -> Element | None:
        """Return the style that stands where none is named."""
        marked = (
            style for style in self if style.get(W + "type") == kind and style.get(W + "default") in {"1", "true"}
        )
        return next(marked, None)

    def chain(self, style: Element) -> list[Element]:
        """Return a style and its bases, nearest first."""
        links = [style]
        while (base := self._by_id.get(value(links[-1], "basedOn"))) is not None:
            links.append(base)
        return links

    def settled(self, style: Element, path: str) -> dict[str, str]:
        """Return the attributes of the property at ``path`` ("pPr/spacing") that hold for a style, by local names."""
        defaults = below(self.root, f"docDefaults/{path[:3]}Default/{path}")
        found = [below(link, path) for link in self.chain(style)] + [defaults]
        merged: dict[str, str] = {}
        for element in reversed(found):
            if element is not None:
                merged |= {str(key).removeprefix(W): str(said) for key, said in element.attrib.items()}
        return merged

    def defaults(self, kind: str) -> Element:
        """Return w:rPrDefault or w:pPrDefault, made where there is none."""
        found = below(self.root, "docDefaults")
        if found is None:
            found = self.root.makeelement(f"{W}docDefaults")
            self.root.insert(0, found)
        run, text = (put(found, f"{name}Default") for name in ("rPr", "pPr"))
        found[:] = [run, text]
        return run if kind == "rPr" else text

    def add(self, style: Element) -> str:
        """Add a style of ours under an id and a name that are free, and return the id."""
        identifier, name = style.get(W + "styleId", ""), value(style, "name")
        taken = {known.lower() for known in self._by_id}
        while identifier.lower() in taken:
            identifier = f"Briefing{identifier}"
        names = {said for _, said in self._by_name}
        while _folded(name) in names:
            name = f"Briefing {name}"
        style.set(W + "styleId", identifier)
        put(style, "name").set(W + "val", name)
        self.root.append(style)
        self._enter(style)
        return identifier

    def _enter(self, style: Element) -> None:
        identifier, kind = style.get(W + "styleId", ""), style.get(W + "type", "paragraph")
        names = [value(style, "name"), *value(style, "aliases").split(",")]
        if not identifier or identifier in self._by_id or (kind, _folded(names[0])) in self._by_name:
            take_out(style)
            return
        self._by_id[identifier] = style
        for name in filter(None, map(_folded, names)):
            self._by_name.setdefault((kind, name), style)

    def _break_circles(self) -> None:
        """Let no style stand on one whose bases lead back to it; each is walked over once."""
        sound: set[str] = set()
        for style in self:
            met: set[str] = set()
            at: Element | None = style
            while at is not None and (identifier := at.get(W + "styleId", "")) not in sound:
                met.add(identifier)
                if value(at, "basedOn") in met:
                    for leading in at.findall(W + "basedOn"):
                        at.remove(leading)
                at = self._by_id.get(value(at, "basedOn"))
            sound |= met


def _folded(name: str) -> str:
    return " ".join(name.split()).lower()
