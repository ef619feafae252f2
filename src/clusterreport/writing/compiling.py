"""Turns a template into Python as Jinja does, with a call of ours wherever a value is made, cut or compared."""

from __future__ import annotations

import re
from types import CodeType
from typing import TYPE_CHECKING, Final

from jinja2 import BytecodeCache, nodes
from jinja2.compiler import CodeGenerator

from clusterreport.messages import message
from clusterreport.remembered import Remembered
from clusterreport.writing.explaining import UncompiledError
from clusterreport.writing.faults import TemplateError
from clusterreport.writing.places import template_line

if TYPE_CHECKING:
    from jinja2.bccache import Bucket
    from jinja2.compiler import Frame

MOST_TEMPLATES: Final = 256
"""How many templates a process remembers; the shipped audiences have some fifty."""

WEIGHT: Final = "_weight"
"""What the code of a template calls the number of its operations that stand outside of loops and calls."""

COUNTED: Final = (nodes.For, nodes.Macro, nodes.CallBlock, nodes.Block)
_DEBUG: Final = re.compile(r"debug_info = '([0-9=&]*)'\s*\Z")


class Generator(CodeGenerator):
    """Jinja's generator, with the operations of ``environment.operations`` in place of Python's own."""

    def visit_Concat(self, node: nodes.Concat, frame: Frame) -> None:  # noqa: N802 -- Jinja's name
        """Join text by a rule of ours, so that ``~`` cannot turn an object or data into markup."""
        self.write("environment.operations.joined((")
        for part in node.nodes:
            self.visit(part, frame)
            self.write(", ")
        self.write("))")

    def visit_CallBlock(self, node: nodes.CallBlock, frame: Frame) -> None:  # noqa: N802 -- Jinja's name
        """Print what the called function returns as ``{{ }}`` would; Jinja itself prints it unseen."""
        call_frame, macro = self.macro_body(node, frame)
        self.writeline("caller = ")
        self.macro_def(macro, call_frame)
        self.start_write(frame, node)
        self.write("environment.finalize(context, ")
        self.visit_Call(node.call, frame, forward_caller=True)
        self.write(")")
        self.end_write(frame)

    def visit_Call(  # noqa: N802 -- Jinja's name
        self,
        node: nodes.Call,
        frame: Frame,
        forward_caller: bool = False,  # noqa: FBT001, FBT002 -- Jinja's own signature
    ) -> None:
        """Call what ``count_turns`` put in at once, and what a template calls through the environment."""
        if not isinstance(node.node, nodes.EnvironmentAttribute):
            super().visit_Call(node, frame, forward_caller=forward_caller)
            return
        self.visit(node.node, frame)
        self.write("(")
        for argument in node.args:
            self.visit(argument, frame)
            self.write(", ")
        self.write(")")

    def visit_Compare(self, node: nodes.Compare, frame: Frame) -> None:  # noqa: N802 -- Jinja's name
        """Compare through the operations; all operands are worked out, the comparison ends where it fails."""
        self.write("environment.operations.compared(")
        self.visit(node.expr, frame)
        for operand in node.ops:
            self.write(f", ({operand.op!r}, ")
            self.visit(operand.expr, frame)
            self.write(")")
        self.write(")")

    def visit_Getitem(self, node: nodes.Getitem, frame: Frame) -> None:  # noqa: N802 -- Jinja's name
        """Take an item through the environment; Jinja itself lets Python cut a list unseen."""
        if not isinstance(node.arg, nodes.Slice):
            super().visit_Getitem(node, frame)
            return
        self.write("environment.operations.sliced(")
        self.visit(node.node, frame)
        for bound in (node.arg.start, node.arg.stop, node.arg.step):
            self.write(", ")
            if bound is None:
                self.write("None")
            else:
                self.visit(bound, frame)
        self.write(")")

    def visit_List(self, node: nodes.List, frame: Frame) -> None:  # noqa: N802 -- Jinja's name
        """Weigh a list that is made."""
        self.write("environment.operations.held(")
        super().visit_List(node, frame)
        self.write(")")

    def visit_Dict(self, node: nodes.Dict, frame: Frame) -> None:  # noqa: N802 -- Jinja's name
        """Weigh a dictionary that is made."""
        self.write("environment.operations.held(")
        super().visit_Dict(node, frame)
        self.write(")")

    def visit_Tuple(self, node: nodes.Tuple, frame: Frame) -> None:  # noqa: N802 -- Jinja's name
        """Weigh a tuple that is made; names that a tuple is taken apart into are none."""
        if node.ctx != "load":
            super().visit_Tuple(node, frame)
            return
        self.write("environment.operations.held(")
        super().visit_Tuple(node, frame)
        self.write(")")


class CompiledTemplates(BytecodeCache):
    """What Jinja compiled, as it asks for it: by the name and the place of a template, and what it says."""

    def __init__(self) -> None:
        """Begin with nothing."""
        self._kept = Remembered[CodeType](MOST_TEMPLATES)

    def get_cache_key(self, name: str, filename: str | None = None) -> str:
        """Return the key of a template, in which its name and its place are told apart."""
        return f"{name}\0{filename}"

    def get_source_checksum(self, source: str) -> str:
        """Return what tells one text from another: the text."""
        return source

    def load_bytecode(self, bucket: Bucket) -> None:
        """Put the code into ``bucket`` where it is known."""
        bucket.code = self._kept.get((bucket.key, bucket.checksum))

    def dump_bytecode(self, bucket: Bucket) -> None:
        """Keep the code of ``bucket``."""
        if bucket.code is not None:
            self._kept.keep((bucket.key, bucket.checksum), bucket.code)


def count_turns(tree: nodes.Template) -> int:
    """Put a count of every turn and call into ``tree``; return how many operations stand outside of loops and calls."""
    for node in list(tree.find_all(COUNTED)):
        if isinstance(node, nodes.For):
            weight = 0 if node.test is None else weight_of([node.test])
            node.iter = _called("operations.iterated", node.iter, nodes.Const(weight))
        step = nodes.ExprStmt(_called("step", nodes.Const(weight_of(node.body))))  # type: ignore[attr-defined]
        node.body.insert(0, step.set_lineno(node.lineno))  # type: ignore[attr-defined]
    return weight_of(tree.body)


def weight_of(body: list[nodes.Node]) -> int:
    """Return how many nodes ``body`` has, but for those within loops, macros and blocks, which count for themselves."""
    count, waiting = 0, list(body)
    while waiting:
        node = waiting.pop()
        count += 1
        if isinstance(node, COUNTED):
            waiting += list(node.iter_child_nodes(exclude=("body",)))
        else:
            waiting += node.iter_child_nodes()
    return count


def weighed(source: str, weight: int) -> str:
    """Return Jinja's code with how many operations of the template stand outside of loops and calls, as ``WEIGHT``."""
    code, last, lines = source.rpartition("debug_info = ")  # which stays the last, and speaks of what is above it
    return f"{code}{WEIGHT} = {weight}\n{last}{lines}"


def compiled(source: str, filename: str) -> CodeType:
    """Return the code of ``source``, which Jinja made of ``filename``; what Python refuses is told with its line."""
    try:
        return compile(source, filename, "exec")
    except (SyntaxError, ValueError, OverflowError) as error:
        said = getattr(error, "msg", None) or str(error)
        debug_info = _DEBUG.search(source)
        line = template_line(debug_info[1] if debug_info else "", getattr(error, "lineno", None) or 1)
        fault = TemplateError(
            message("it cannot be compiled: {said}", said=said),
            message("Split the expression, or nest fewer loops and lists."),
        )
        raise UncompiledError(fault, line, filename) from None


def _called(name: str, *arguments: nodes.Node) -> nodes.Call:
    return nodes.Call(nodes.EnvironmentAttribute(name), list(arguments), [], None, None)
