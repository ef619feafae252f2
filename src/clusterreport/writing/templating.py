"""Renders templates with Jinja2: sandboxed, strict, bounded, and without turning any object into characters."""

from __future__ import annotations

from dataclasses import dataclass, is_dataclass
from types import GeneratorType
from typing import TYPE_CHECKING, Any, Final

import jinja2
from jinja2.runtime import LoopContext, Macro, TemplateReference
from jinja2.sandbox import ImmutableSandboxedEnvironment
from jinja2.utils import Namespace, pass_context
from markupsafe import Markup

from clusterreport.analysis.rankings import Panel, Ranking
from clusterreport.analysis.statements import Statements
from clusterreport.errors import ProblemsError
from clusterreport.locale import Label, said
from clusterreport.messages import message
from clusterreport.writing import filtering
from clusterreport.writing.asking import ASKED, check_question, cost_of
from clusterreport.writing.compiling import WEIGHT, CompiledTemplates, Generator, compiled, count_turns, weighed
from clusterreport.writing.explaining import missing_among, missing_item, missing_part, name_of
from clusterreport.writing.faults import TemplateError, fault_of_undefined, names_in
from clusterreport.writing.operations import Operations
from clusterreport.writing.printing import kind_of, printed
from clusterreport.writing.render_context import INVALID_VALUE, InvalidValue

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence
    from types import CodeType

    from jinja2 import nodes
    from jinja2.runtime import Context

    from clusterreport.writing.loading import TemplateLoader
    from clusterreport.writing.render_context import RenderContext

MAX_RANGE: Final = 1_000
_ENDS_OF_RANGE: Final = 3
_CALLED: Final = 10  # operations of a call, by time
_COMPUTED: Final = 3
_OF_JINJA: Final = ("_loop_vars", "_block_vars", "caller")
_LOOP_NAMES: Final = ("index", "index0", "first", "last", "length", "previtem", "nextitem", "changed")
_TEXT_METHODS: Final = ("startswith", "endswith")
_HOLDERS: Final = (list, tuple, dict, TemplateReference)
_MAPPING_METHODS: Final = ("items", "keys", "values", "get")


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """What templates may say: names, filters (behind |) and tests (behind is)."""

    names: Mapping[str, Any]
    filters: Mapping[str, Any]
    tests: Mapping[str, Any]


class BriefingEnvironment(ImmutableSandboxedEnvironment):
    """Jinja as templates of briefings see it."""

    code_generator_class = Generator
    intercepted_binops = frozenset(ImmutableSandboxedEnvironment.default_binop_table)

    def __init__(self, loader: TemplateLoader, rendering: RenderContext, vocabulary: Vocabulary) -> None:
        """Take templates from ``loader``, note what they print on ``rendering``, and know only ``vocabulary``."""

        @pass_context
        def finalize(_: Context, value: object) -> Markup:
            return printed(value, rendering)

        super().__init__(
            loader=loader, undefined=jinja2.StrictUndefined, autoescape=True, optimized=False, finalize=finalize,
            auto_reload=False, bytecode_cache=_COMPILED,
        )  # fmt: skip
        self.templates, self.rendering = loader, rendering
        self.operations = Operations(rendering)
        self._taken: dict[tuple[str, str], nodes.Template] = {}
        self.filters = {**filtering.filters(rendering, self.operations), **vocabulary.filters}
        self.tests = {**filtering.tests(self.operations), **vocabulary.tests}
        self.globals = {"range": bounded_range, "namespace": Namespace} | dict(vocabulary.names)
        self.undefined = self._undefined_type()

    def render_template(self, name: str) -> str:
        """Return the rendered Markdown of the template ``name``; raises whatever is wrong with it."""
        template = self.get_template(name)
        return self.concat(template.root_render_func(template.new_context()))

    # ── what the generated code calls ────────────────────────────────────────────────────────────────────────────────

    def concat(self, parts: Iterable[str]) -> str:
        """Return the parts of a rendered text as one, within the budget."""
        kept = []
        try:
            for part in parts:
                self.rendering.budget.spend(1)
                self.rendering.budget.write(len(part))
                kept.append(part)
        except TemplateError as fault:
            if isinstance(parts, GeneratorType) and parts.gi_frame is not None:
                parts.throw(fault)  # to where the template made the last part: the fault then knows its line
            raise
        return "".join(kept)

    def step(self, weight: int) -> Markup:
        """Count one turn of a loop or one call of a macro, whose body has ``weight`` operations."""
        self.rendering.budget.step(weight)
        return Markup()

    def get_template(self, *args: Any, **kwargs: Any) -> jinja2.Template:  # noqa: ANN401 -- Jinja's hook
        """Count every use of a template, by include, import and extends as well as by its name."""
        template = super().get_template(*args, **kwargs)
        code: Any = template.root_render_func
        self.rendering.budget.step(code.__globals__[WEIGHT])
        return template

    def call_binop(self, context: Context, operator: str, left: Any, right: Any) -> Any:  # noqa: ANN401 -- Jinja's hook
        """Compute with plain numbers, for conditions only, and put lists together; nothing else is computed with."""
        if operator == "+" and isinstance(left, list | tuple) and isinstance(right, list | tuple):
            self.rendering.budget.spend(len(left) + len(right))
            return self.operations.held((*left, *right))
        self.rendering.budget.spend(_COMPUTED)
        if isinstance(left, InvalidValue) or isinstance(right, InvalidValue):
            return INVALID_VALUE
        for part in (left, right):
            if isinstance(part, jinja2.Undefined):
                str(part)
            if isinstance(part, bool | str | list | tuple) or not hasattr(part, "__int__"):
                raise TemplateError(
                    message("{what} cannot be computed with in a template", what=kind_of(part)),
                    message("Join words with ~, and let a statistic compute the number."),
                )
        if operator == "**":
            raise TemplateError(
                message("powers are not computed in a template"), message("Let a statistic compute the number.")
            )
        return self.operations.computed(super().call_binop(context, operator, left, right))

    def call(self, context: Context, function: Any, /, *args: Any, **kwargs: Any) -> Any:  # noqa: ANN401 -- Jinja's hook
        """Call what a template may call; a name that a finding does not have is told with those it has."""
        if isinstance(function, InvalidValue):
            return function
        if isinstance(function, jinja2.Undefined):
            return self.rendering.note(fault_of_undefined(function))
        named = [value for name, value in kwargs.items() if name not in _OF_JINJA]
        self.rendering.budget.spend(_CALLED)
        owner = getattr(function, "__self__", None)
        self.rendering.budget.spend_on(owner)
        self.rendering.budget.weigh((*args, *named), through=isinstance(owner, dict))
        if isinstance(owner, ASKED):
            return self._asked(owner, function, args, {name: kwargs[name] for name in kwargs if name not in _OF_JINJA})
        if not isinstance(function, Macro) and any(isinstance(value, InvalidValue) for value in (*args, *named)):
            return INVALID_VALUE
        try:
            return super().call(context, function, *args, **kwargs)
        except KeyError as error:
            return self.rendering.note(missing_item(error, getattr(function, "__self__", None)))

    def _asked(self, owner: object, verb: Callable[..., Any], args: tuple[Any, ...], named: dict[str, Any]) -> Any:  # noqa: ANN401 -- what a verb gives
        """Return what a project's own table answers; what makes no sense is noted in the template's place."""
        for value in (*args, *named.values()):
            if isinstance(value, InvalidValue):
                return value
            if isinstance(value, jinja2.Undefined):
                return self.rendering.note(fault_of_undefined(value))
        try:
            check_question(verb, args, named)
        except TemplateError as fault:
            return self.rendering.note(fault)
        self.rendering.budget.spend(cost_of(owner, verb.__name__))
        return self._answered(verb, *args, **named)

    def _answered(self, verb: Callable[..., Any], *args: Any, **named: Any) -> Any:  # noqa: ANN401 -- what a verb gives
        """Return what a verb gives; what it is refused for is noted, and the rest of the template is looked at."""
        try:
            return verb(*args, **named)
        except ProblemsError as error:
            for problem in error.problems:
                words = message("{what}: {words}", what=problem.where, words=problem.problem)
                self.rendering.note(TemplateError(words, problem.remedy))
            return INVALID_VALUE

    # ── what templates may reach ─────────────────────────────────────────────────────────────────────────────────────

    def is_safe_attribute(self, obj: Any, attr: str, value: Any) -> bool:  # noqa: ANN401 -- Jinja's hook
        """Allow the public names of findings, and the few of Jinja's own objects that a template needs."""
        if attr.startswith("_") or not super().is_safe_attribute(obj, attr, value):
            return False
        if isinstance(obj, Namespace | TemplateReference | jinja2.environment.TemplateModule):
            return True
        return attr in _reachable(obj)

    def getitem(self, obj: Any, argument: Any) -> Any:  # noqa: ANN401 -- Jinja's hook
        """Take an item only out of what holds items; everything else has names only."""
        self.rendering.budget.spend(1)
        if isinstance(obj, InvalidValue):
            return obj
        if not isinstance(argument, str | int):
            self.rendering.budget.weigh(argument, through=True)  # as finding it among keys does
        if isinstance(obj, _HOLDERS):
            return self._held(obj, argument)
        if isinstance(obj, Statements) and isinstance(argument, str):
            return _stated(obj, argument)
        if not isinstance(argument, str):
            return self.undefined(obj=obj, name=_called(argument))
        items = _items_of(obj)
        return self.getattr(obj, argument) if items is None else self._item_called(items, argument)

    def _held(self, obj: Any, argument: Any) -> Any:  # noqa: ANN401 -- whatever is held
        """Return an item by its key or place, or one of a list by its name."""
        try:
            return obj[argument]
        except (LookupError, TypeError):
            by_name = isinstance(argument, str) and isinstance(obj, list | tuple)
            return self._item_called(obj, argument) if by_name else self.undefined(obj=obj, name=_called(argument))

    def getattr(self, obj: Any, attribute: str) -> Any:  # noqa: ANN401 -- Jinja's hook
        """Take a name behind a full stop; only dictionaries and blocks are asked for an item of that name."""
        self.rendering.budget.spend(1)
        if isinstance(obj, InvalidValue):
            return obj
        if isinstance(obj, jinja2.Undefined):
            return self.rendering.note(fault_of_undefined(obj))
        if isinstance(getattr(type(obj), attribute, None), property):
            self.rendering.budget.spend_on(obj)
            self.rendering.budget.spend(cost_of(obj, attribute))
        try:
            value = getattr(obj, attribute)
        except AttributeError:
            by_name = isinstance(obj, dict | TemplateReference)
            return self.getitem(obj, attribute) if by_name else self.undefined(obj=obj, name=attribute)
        if self.is_safe_attribute(obj, attribute, value):
            return said(value, self.rendering.language) if isinstance(value, Label) else value
        return self.unsafe_undefined(obj, attribute)

    def _item_called(self, items: Sequence[object], name: str) -> Any:  # noqa: ANN401 -- any item of a finding
        """Return the item of this name; of none, what says which there are, and of several a fault."""
        self.rendering.budget.spend(len(items))
        named = [(said(words, self.rendering.language), item) for item in items if (words := name_of(item))]
        found = [item for words, item in named if words == name]
        if len(found) > 1:
            raise TemplateError(
                message("{count} of them are called {name!r}", count=len(found), name=name),
                message("Choose among them in a loop."),
            )
        if found:
            return found[0]
        return self.undefined(hint=missing_among(name, [words for words, _ in named]).packed())

    # ── compiling ────────────────────────────────────────────────────────────────────────────────────────────────────

    def take(self, source: str, name: str, tree: nodes.Template) -> None:
        """Take what the template ``name`` was parsed to, so that it need not be parsed again to be rendered."""
        self._taken[source, name] = tree

    def _parse(self, source: str, name: str | None, filename: str | None) -> nodes.Template:
        """Hand a tree out once, as compiling changes it."""
        taken = self._taken.pop((source, str(name)), None)
        return super()._parse(source, name, filename) if taken is None else taken

    def _generate(self, source: nodes.Template, name: str | None, *args: Any, **kwargs: Any) -> str:  # noqa: ANN401 -- Jinja's hook
        """Count the turns of every loop and the calls of every macro and block; the code says what stands outside."""
        weight = count_turns(source)
        return weighed(super()._generate(source, name, *args, **kwargs), weight)

    def _compile(self, source: str, filename: str) -> CodeType:
        return compiled(source, filename)

    def _undefined_type(self) -> type[jinja2.Undefined]:
        known = tuple(self.globals)

        class Missing(jinja2.StrictUndefined):
            __slots__ = ()

            @property
            def _undefined_message(self) -> str:
                return missing_part(self._undefined_obj, self._undefined_name, self._undefined_hint, known).packed()

        return Missing


_COMPILED: Final = CompiledTemplates()


def bounded_range(*arguments: Any, **named: Any) -> range:  # noqa: ANN401 -- whatever a template writes
    """Return ``range`` of at most ``MAX_RANGE`` numbers."""
    for argument in (*arguments, *named.values()):
        if isinstance(argument, jinja2.Undefined):
            str(argument)
        if named or type(argument) is not int:
            raise TemplateError(
                message("range counts whole numbers, not {what}", what=kind_of(argument)),
                message("Write range(3), or range(1, 4)."),
            )
    if not 1 <= len(arguments) <= _ENDS_OF_RANGE or arguments[2:] == (0,):
        raise TemplateError(message("range needs an end to count to"), message("Write range(3), or range(1, 4)."))
    numbers = range(*arguments)
    if len(numbers) > MAX_RANGE:
        raise TemplateError(
            message("range would count {count:,} numbers", count=len(numbers)),
            message("Count at most {max_range:,}.", max_range=MAX_RANGE),
        )
    return numbers


def is_plain(value: object) -> bool:
    """Tell whether ``value`` is a frozen dataclass, as findings are: it holds values and cannot be changed."""
    kind = type(value)
    return is_dataclass(kind) and kind.__dataclass_params__.frozen  # type: ignore[attr-defined]


def _items_of(finding: object) -> tuple[Any, ...] | None:
    """Return what a finding holds by name: the items of a ranking, the series of a panel."""
    match finding:
        case Ranking(_, items):
            return items
        case Panel(_, _, series):
            return series
        case _:
            return None


def _stated(statements: Statements, name: str) -> object:
    """Return a statement by its id; checking.py looks for all of them before the first is rendered."""
    try:
        return statements[name]
    except ProblemsError as error:
        problem = error.problems[0]
        raise TemplateError(
            message("{what}: {words}", what=problem.where, words=problem.problem), problem.remedy
        ) from None


def _called(argument: object) -> str:
    """Return what an item is asked for by, for a message; never the whole of a finding."""
    return str(argument) if isinstance(argument, str | int) else kind_of(argument)


def _reachable(obj: object) -> tuple[str, ...]:
    match obj:
        case LoopContext():
            return _LOOP_NAMES
        case str() if not isinstance(obj, Markup):
            return _TEXT_METHODS
        case dict():
            return _MAPPING_METHODS
        case _:
            return names_in(obj) if is_plain(obj) else ()
