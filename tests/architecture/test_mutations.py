"""What mutation testing changes, and that it knows the changes that docs/mutants.md explains."""

from __future__ import annotations

import importlib.util
import subprocess
import sys
import types
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).resolve().parents[2]
SOURCE = '''"""Docstrings stay."""
from typing import TYPE_CHECKING, Literal
if TYPE_CHECKING:
    import this
Kind = Literal["a"]
LIMIT: "int" = 3

@dataclass(frozen=True)
class Shelf:
    """So do these."""

    def first(self, names: list[str], least=0) -> str:
        if self.open and len(names) > least:
            return names[0] + "!"
        raise ValueError("none")
'''


@pytest.fixture(scope="module")
def mutations() -> Any:  # noqa: ANN401 -- a module outside of the packages
    spec = importlib.util.spec_from_file_location("mutations", ROOT / "tools" / "mutations.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules["mutations"] = module
    spec.loader.exec_module(module)
    return module


def test_every_small_change_is_found_and_what_only_type_checkers_read_is_left_alone(mutations: Any) -> None:  # noqa: ANN401
    found = [(mutant.line, mutant.change) for mutant in mutations.mutants_of("shelf.py", SOURCE)]
    assert found == [
        (6, "3 → 4"), (12, "0 → 1"), (13, "self.open and len(names) > least: And → Or"),
        (13, "len(names) > least: Gt → GtE"), (14, "return → return None"), (14, "names[0] + '!': Add → Sub"),
        (14, "0 → 1"), (14, "'!' → ''"), (15, "raise left out"), (15, "'none' → ''"),
    ]  # fmt: skip


def test_a_change_is_made_in_the_function_that_it_names(mutations: Any) -> None:  # noqa: ANN401
    (mutant,) = [one for one in mutations.mutants_of("shelf.py", SOURCE) if one.change == "'!' → ''"]
    assert (mutant.function, mutant.code) == (("Shelf.first", 12), 'return names[0] + "!"')
    code = mutations.mutated(SOURCE, mutant, "shelf.py")
    (shelf,) = [part for part in code.co_consts if isinstance(part, types.CodeType)]
    (first,) = [part for part in shelf.co_consts if isinstance(part, types.CodeType)]
    assert "!" not in first.co_consts


def test_what_is_explained_is_a_change_that_there_is(mutations: Any) -> None:  # noqa: ANN401
    rows = (ROOT / "docs" / "mutants.md").read_text(encoding="utf-8").splitlines()
    explained = [row.split("`") for row in rows if row.startswith("| `")]
    assert explained
    for cells in explained:
        file = cells[1]
        source = (ROOT / "src" / "clusterreport" / file).read_text(encoding="utf-8")
        keys = {" | ".join(mutant.key).replace("`", "") for mutant in mutations.mutants_of(file, source)}
        code, change = (part.strip().replace(r"\|", "|") for part in "`".join(cells[2:]).split("``")[1:4:2])
        assert f"{file} | {code} | {change}" in keys


def test_a_room_that_is_none_is_refused_with_those_there_are() -> None:
    done = subprocess.run(
        [sys.executable, "tools/mutants.py", "kitchen"], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert done.returncode == 2
    assert "there is no room kitchen; there are wording, gate, verify, analysis" in done.stderr


LOADED = """
LEAST = 3
NAMED = {"a": LEAST}

def least(names, more=1):
    return len(names) >= LEAST + more

class Shelf:
    size = 5

    def holds(self, count=2):
        return count < self.size
"""


@pytest.fixture
def reloading(mutations: Any) -> Any:  # noqa: ANN401, ARG001 -- it is imported by the other
    spec = importlib.util.spec_from_file_location("mutant_reloading", ROOT / "tools" / "mutant_reloading.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def loaded_with(mutations: Any, reloading: Any, line: int, change: str) -> dict[str, Any]:  # noqa: ANN401
    """Return the names of a loaded module after one change was put into it."""
    module = types.ModuleType("shelf")
    exec(compile(LOADED, "shelf.py", "exec"), vars(module))  # noqa: S102 -- the text above
    (mutant,) = [one for one in mutations.mutants_of("shelf.py", LOADED) if (one.line, one.change) == (line, change)]
    reloading.take_over(module, mutations.mutated(LOADED, mutant, "shelf.py"), LOADED, mutant)
    return vars(module)


def test_constants_and_defaults_are_exchanged_in_a_loaded_module(mutations: Any, reloading: Any) -> None:  # noqa: ANN401
    constant = loaded_with(mutations, reloading, 2, "3 → 4")
    assert (constant["LEAST"], constant["NAMED"], constant["least"]("abcd")) == (4, {"a": 4}, False)
    default = loaded_with(mutations, reloading, 5, "1 → 2")
    assert (default["LEAST"], default["least"]("abcd"), default["least"]("abcde")) == (3, False, True)
    assert loaded_with(mutations, reloading, 11, "2 → 3")["Shelf"]().holds.__func__.__defaults__ == (3,)


def test_what_a_class_holds_needs_a_fresh_process(mutations: Any, reloading: Any) -> None:  # noqa: ANN401
    with pytest.raises(reloading.NotHereError):
        loaded_with(mutations, reloading, 9, "5 → 6")
