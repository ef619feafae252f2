"""Looks through templates before they are rendered, so that every unknown name is told and not only the first."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import jinja2
from jinja2 import meta, nodes

from clusterreport.errors import Problem
from clusterreport.messages import message
from clusterreport.remembered import Remembered
from clusterreport.writing.compiling import MOST_TEMPLATES
from clusterreport.writing.explaining import missing_name, problem_of
from clusterreport.writing.faults import TemplateError, instead
from clusterreport.writing.loading import TemplateTree
from clusterreport.writing.shape import faults_of
from clusterreport.writing.unprinted import unprinted

if TYPE_CHECKING:
    from collections.abc import Iterator

    from clusterreport.writing.loading import TemplateSource
    from clusterreport.writing.templating import BriefingEnvironment

_UNKNOWN: Final = object()
_REFERRING: Final = (nodes.Extends, nodes.Include, nodes.Import, nodes.FromImport)
_ESCAPING: Final = (nodes.ScopedEvalContextModifier, nodes.EvalContextModifier)


def collected(environment: BriefingEnvironment, name: str) -> tuple[dict[str, TemplateTree], list[Problem]]:
    """Return the template ``name`` and all that it refers to, parsed; and what cannot be found or read."""
    trees: dict[str, TemplateTree] = {}
    problems: list[Problem] = []
    wanted = [name]
    while wanted:
        current = wanted.pop()
        if current in trees:
            continue
        source = environment.templates.source(current)
        tree = _SOUND.get((source, current))
        if tree is None:
            found = _parsed(environment, source, current)
            if isinstance(found, list):
                problems += found
                continue
            tree = found
            _SOUND.keep((source, current), tree)
        trees[current] = tree
        referred, unfound = _referred(environment, tree, source)
        wanted += referred
        problems += unfound
    return trees, problems


def problems_of(environment: BriefingEnvironment, trees: dict[str, TemplateTree]) -> Iterator[Problem]:
    """Yield a problem for every name, part, filter and test that a section's templates use and that there is not."""
    stored = {node.name for tree in trees.values() for node in tree.find_all(nodes.Name) if node.ctx != "load"}
    stored |= {node.name for tree in trees.values() for node in tree.find_all(nodes.Macro)}
    for name, tree in trees.items():
        place = environment.templates.source(name).place
        for line, fault in sorted(_faults(environment, tree, stored, place), key=lambda found: found[0]):
            yield Problem(message("{place}, line {line}", place=place, line=line), fault.problem, fault.remedy)
    for name, line, fault in unprinted(trees):
        place = environment.templates.source(name).place
        yield Problem(message("{place}, line {line}", place=place, line=line), fault.problem, fault.remedy)


_SOUND: Final = Remembered[TemplateTree](MOST_TEMPLATES)
"""The trees of templates in whose syntax and shape nothing is wrong, by their source and name.

Compiling adds counts to the nodes of a tree; what is looked for in it later, it finds all the same.
"""


def _parsed(environment: BriefingEnvironment, source: TemplateSource, name: str) -> TemplateTree | list[Problem]:
    """Return the tree of a template, or what is wrong with its syntax or its shape."""
    try:
        tree = environment.parse(source.prepared, name, source.place)
    except Exception as error:  # noqa: BLE001 -- whatever Jinja and Python cannot read is the template's fault
        return [problem_of(error, source.place)]
    if faults := faults_of(tree):
        return [
            Problem(message("{place}, line {line}", place=source.place, line=line), fault.problem, fault.remedy)
            for line, fault in faults
        ]
    environment.take(source.prepared, name, tree)
    return TemplateTree(tree)


def _referred(
    environment: BriefingEnvironment, tree: TemplateTree, source: TemplateSource
) -> tuple[list[str], list[Problem]]:
    wanted, problems = [], []
    loader = environment.templates
    for node in tree.find_all(_REFERRING):
        where = message("{place}, line {line}", place=source.place, line=node.lineno)
        named: nodes.Expr = node.template  # type: ignore[attr-defined]
        target = named.value if isinstance(named, nodes.Const) else None
        if not isinstance(target, str):
            problems.append(
                Problem(
                    where,
                    message("a template is not named by its file"),
                    message('Write the name in quotes: "….md.j2".'),
                )
            )
        elif not loader.has(target):
            known = [f"sections/{name}.md.j2" for name in loader.names()]
            problems.append(
                Problem(where, message("there is no template {target!r}", target=target), instead(target, known))
            )
        elif loader.source(target) is source:
            remedy = message("Take the line out, or name another file.")
            if not target.startswith("sections/") and loader.has(f"sections/{target}"):
                remedy = message('Write "sections/{target}" to take the common one.', target=target)
            problems.append(Problem(where, message("a template takes itself in"), remedy))
        else:
            wanted.append(target)
    return wanted, problems


def _faults(
    environment: BriefingEnvironment, tree: TemplateTree, stored: set[str], place: str
) -> Iterator[tuple[int, TemplateError]]:
    exempt = _guarded(tree) | _turns(tree)
    doubtful = [
        name
        for name in tree.find_all(nodes.Name)
        if name.ctx == "load" and name.name not in stored and name.name not in environment.globals
        and id(name) not in exempt
    ]  # fmt: skip
    undeclared = _undeclared(environment, tree, place) if doubtful else set()  # it takes as long as to compile
    for name in doubtful:
        if name.name in undeclared:
            yield name.lineno, missing_name(name.name, environment.globals)
    parts: list[nodes.Getattr | nodes.Getitem] = [*tree.find_all(nodes.Getattr), *tree.find_all(nodes.Getitem)]
    for part in parts:
        if id(part) not in exempt:
            yield from _missing_part(environment, part, stored)
    yield from _unknown_words(environment, tree)
    for node in tree.find_all(_ESCAPING):
        yield (
            node.lineno,
            TemplateError(
                message("autoescape cannot be changed"), message("Take it out; data is never read as markup.")
            ),
        )
    for block in tree.find_all(nodes.FilterBlock):
        yield (
            block.lineno,
            TemplateError(
                message("a filter cannot change a whole passage"), message("Write the filter behind each | instead.")
            ),
        )


def _unknown_words(environment: BriefingEnvironment, tree: TemplateTree) -> Iterator[tuple[int, TemplateError]]:
    for used in tree.find_all(nodes.Filter):
        if used.name not in environment.filters:
            yield (
                used.lineno,
                TemplateError(
                    message("there is no filter {name!r}", name=used.name), instead(used.name, environment.filters)
                ),
            )
    for test in tree.find_all(nodes.Test):
        if test.name not in environment.tests:
            yield (
                test.lineno,
                TemplateError(
                    message("there is no test {name!r}", name=test.name), instead(test.name, environment.tests)
                ),
            )


def _undeclared(environment: BriefingEnvironment, tree: TemplateTree, place: str) -> set[str]:
    """Return the names that nothing declares; filters and tests are not run in the search, known or not."""
    filters, tests = environment.filters, environment.tests
    environment.filters = {node.name: _let_pass for node in tree.find_all(nodes.Filter)}
    environment.tests = {node.name: _let_pass for node in tree.find_all(nodes.Test)}
    try:
        search = meta.TrackingCodeGenerator(environment)
        search.filename = place
        search.optimizer = None  # what it would work out in passing may fail, and belongs to the rendering
        search.visit(tree.root)
        return search.undeclared_identifiers
    finally:
        environment.filters, environment.tests = filters, tests


def _let_pass(value: object) -> object:
    return value


def _guarded(tree: TemplateTree) -> set[int]:
    """Return the nodes whose absence the template itself provides for: with default, is defined, or has(…) of an id."""
    guards = [
        node
        for node in tree.find_all((nodes.Filter, nodes.Test))
        if node.name in {"default", "defined", "undefined"} and node.node is not None
    ]
    asked = {
        _word(*call.args)
        for call in tree.find_all(nodes.Call)
        if isinstance(call.node, nodes.Getattr) and call.node.attr == "has"
    } - {None}
    named = {id(item) for item in tree.find_all(nodes.Getitem) if _word(item.arg) in asked}
    return named | {id(inner) for guard in guards for inner in (guard.node, *guard.node.find_all(nodes.Expr))}


def _turns(tree: TemplateTree) -> set[int]:
    """Return the nodes that say ``loop`` within a loop, where Jinja declares it; macros and blocks do not know it."""
    found = set()
    for turn in tree.find_all(nodes.For):
        inner = [part for node in turn.body for part in (node, *node.find_all(nodes.Node))]
        if not any(isinstance(part, nodes.Macro | nodes.CallBlock | nodes.Block) for part in inner):
            found |= {id(part) for part in inner if isinstance(part, nodes.Name) and part.name == "loop"}
    return found


def _word(*arguments: nodes.Expr) -> str | None:
    """Return the only argument, if it is written out as a word."""
    written = [argument.value for argument in arguments if isinstance(argument, nodes.Const)]
    return written[0] if len(written) == len(arguments) == 1 and isinstance(written[0], str) else None


def _missing_part(
    environment: BriefingEnvironment, node: nodes.Getattr | nodes.Getitem, stored: set[str]
) -> Iterator[tuple[int, TemplateError]]:
    owner = _resolved(environment, node.node, stored)
    if owner is _UNKNOWN:
        return
    try:
        found = _part(environment, owner, node)
    except TemplateError as fault:
        yield node.lineno, fault
        return
    if isinstance(found, jinja2.Undefined):
        try:
            str(found)
        except jinja2.TemplateRuntimeError as error:
            yield node.lineno, TemplateError.parse(str(error))


def _resolved(environment: BriefingEnvironment, node: nodes.Expr, stored: set[str]) -> object:
    """Return the finding that a chain of names stands for, as far as it can be told without rendering."""
    if isinstance(node, nodes.Name) and node.name not in stored:
        return environment.globals.get(node.name, _UNKNOWN)
    if isinstance(node, nodes.Getattr | nodes.Getitem):
        owner = _resolved(environment, node.node, stored)
        try:
            found = _UNKNOWN if owner is _UNKNOWN else _part(environment, owner, node)
        except TemplateError:
            return _UNKNOWN  # it is told where the part itself is looked at
        return _UNKNOWN if isinstance(found, jinja2.Undefined) else found
    return _UNKNOWN


def _part(environment: BriefingEnvironment, owner: object, node: nodes.Getattr | nodes.Getitem) -> object:
    """Return what stands behind a full stop, or in brackets where that is written out as words."""
    if isinstance(node, nodes.Getattr):
        return environment.getattr(owner, node.attr)
    name = node.arg.value if isinstance(node.arg, nodes.Const) else None
    return environment.getitem(owner, name) if isinstance(name, str) else _UNKNOWN
