"""Finds words that Jinja would leave out: beside the blocks of an extending template, in imported files, never used."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from jinja2 import nodes

from clusterreport.messages import message
from clusterreport.writing.faults import TemplateError, instead

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from clusterreport.writing.loading import TemplateTree

_FRAMED: Final = (nodes.If, nodes.For, nodes.With)  # what prints where it stands
_PRINTING: Final = (nodes.Output, nodes.CallBlock, nodes.Include)
_IMPORTS: Final = (nodes.Import, nodes.FromImport)


def unprinted(trees: Mapping[str, TemplateTree]) -> Iterator[tuple[str, int, TemplateError]]:
    """Yield name of the template, line and fault of all words in ``trees`` that would not be printed."""
    imported = _targets(trees.values(), _IMPORTS) - _targets(trees.values(), (nodes.Include, nodes.Extends))
    used = {name for tree in trees.values() for name in _used(tree)}
    for name, tree in trees.items():
        if name in imported and name != next(iter(trees)):
            found = _beside_macros(tree)
        else:
            found = [*_beside_blocks(tree), *_lacking_blocks(name, trees), *_unused(tree, used)]
        yield from ((name, line, fault) for line, fault in found)


def _beside_blocks(tree: TemplateTree) -> list[tuple[int, TemplateError]]:
    """Return the words behind an extends; what stands before it is printed."""
    extends = next(tree.find_all(nodes.Extends), None)
    if extends is None:
        return []
    problem = message("words stand beside the blocks of a template that extends another")
    fault = TemplateError(problem, message("Put them into a {% block … %} that the other template has."))
    return [(line, fault) for line in _printing(tree.root.body) if line >= extends.lineno]


def _beside_macros(tree: TemplateTree) -> list[tuple[int, TemplateError]]:
    problem = message("words stand outside of the macros of a file that is only imported")
    fault = TemplateError(problem, message("Put them into a macro, or take the file in with {% include … %}."))
    blocks = [node for block in tree.find_all(nodes.Block) for node in block.body]
    return [(line, fault) for line in _printing([*tree.root.body, *blocks])]


def _lacking_blocks(name: str, trees: Mapping[str, TemplateTree]) -> Iterator[tuple[int, TemplateError]]:
    """Yield the blocks of an extending template that none of those below it has."""
    below, waiting = set[str](), [name]
    known: set[str] = set()
    while waiting:
        for target in _targets([trees[waiting.pop()]], (nodes.Extends,)) - below:
            below.add(target)
            if target in trees:
                waiting.append(target)
                known |= {block.name for block in trees[target].find_all(nodes.Block)}
    if below:
        for block in _outermost_blocks(trees[name].root.body):
            if block.name not in known:
                yield (
                    block.lineno,
                    TemplateError(
                        message("the extended template has no block {name!r}", name=block.name),
                        instead(block.name, known),
                    ),
                )


def _unused(tree: TemplateTree, used: set[str]) -> Iterator[tuple[int, TemplateError]]:
    for macro in tree.find_all(nodes.Macro):
        if macro.name not in used and any(_printing(macro.body)):
            problem = message("the words of the macro {name!r} are never printed", name=macro.name)
            yield macro.lineno, TemplateError(problem, message("Call it with {{ }}, or take it out."))
    for block in tree.find_all(nodes.AssignBlock):
        name = getattr(block.target, "name", "")
        if isinstance(block.target, nodes.Name) and name not in used and any(_printing(block.body)):
            problem = message("the words set as {name!r} are never printed", name=name)
            yield block.lineno, TemplateError(problem, message("Print them with {{ }}, or take them out."))


def _printing(body: Iterable[nodes.Node]) -> Iterator[int]:
    """Yield the line of all that prints something in ``body`` itself, not within blocks, macros and sets."""
    for node in body:
        if isinstance(node, nodes.Output):
            told = next((part for part in node.nodes if not _is_blank(part)), None)
            if told is not None:
                yield _line_of(told)
        elif isinstance(node, _PRINTING):
            yield node.lineno
        elif isinstance(node, _FRAMED):
            yield from _printing([*node.body, *getattr(node, "elif_", ()), *(getattr(node, "else_", None) or ())])


def _is_blank(part: nodes.Node) -> bool:
    return isinstance(part, nodes.TemplateData) and not part.data.strip()


def _line_of(part: nodes.Node) -> int:
    """Return the line of the first words of ``part``, which may begin with empty ones."""
    if isinstance(part, nodes.TemplateData):
        return part.lineno + part.data[: len(part.data) - len(part.data.lstrip())].count("\n")
    return part.lineno


def _outermost_blocks(body: Iterable[nodes.Node]) -> Iterator[nodes.Block]:
    for node in body:
        if isinstance(node, nodes.Block):
            yield node
        elif isinstance(node, _FRAMED):
            yield from _outermost_blocks(node.body)


def _targets(trees: Iterable[TemplateTree], kinds: tuple[type[nodes.Node], ...]) -> set[str]:
    named = (node.template for tree in trees for node in tree.find_all(kinds))  # type: ignore[attr-defined]
    return {name.value for name in named if isinstance(name, nodes.Const)}


def _used(tree: TemplateTree) -> Iterator[str]:
    yield from (node.name for node in tree.find_all(nodes.Name) if node.ctx == "load")
    yield from (node.attr for node in tree.find_all(nodes.Getattr))
    for node in tree.find_all(nodes.FromImport):
        yield from (name if isinstance(name, str) else name[0] for name in node.names)
