"""Nothing that a letterhead holds takes long, or much memory: it is refused, or twice as much takes twice as long."""

from __future__ import annotations

from pathlib import Path

import pytest

from clusterreport.errors import ProblemsError
from clusterreport.render.docx.reference import load
from tests.render.docx.heavy import READ, REFUSED, Measured, fullest, measured

PLACE = "templates/audiences/bureau/letterhead.docx"
MEBIBYTES = 500
SECONDS = 15.0  # of work; the slowest takes three
# Twice as much may take three times as long, and what takes no time at all is not compared.
GROWTH, NOISE = 3.0, 0.15


@pytest.mark.parametrize("name", REFUSED)
def test_what_is_too_much_is_refused(name: str, tmp_path: Path) -> None:
    make, said = REFUSED[name]
    path = tmp_path / "letterhead.docx"
    path.write_bytes(make())
    with pytest.raises(ProblemsError) as raised:
        load(path, PLACE)
    (told,) = raised.value.problems
    assert told.where == PLACE
    assert said in told.problem
    assert told.remedy.endswith(".")


@pytest.mark.slow
def test_what_is_refused_costs_little(tmp_path: Path) -> None:
    found = dict(zip(REFUSED, measured(tmp_path, *[make() for make, _ in REFUSED.values()]), strict=True))
    assert {name: one for name, one in found.items() if one.seconds > SECONDS / 5} == {}
    assert {name: one for name, one in found.items() if one.mebibytes > MEBIBYTES / 2} == {}
    assert {name: one for name, one in found.items() if REFUSED[name][1] not in one.said} == {}


@pytest.fixture(scope="module")
def read(tmp_path_factory: pytest.TempPathFactory) -> dict[str, tuple[Measured, Measured]]:
    """Return what half of the most, and the most, of each thing takes, all read by one process."""
    contents = [make(times * count) for count, make in READ.values() for times in (1, 2)]
    found = measured(tmp_path_factory.mktemp("heavy"), *contents)
    return dict(zip(READ, zip(found[::2], found[1::2], strict=True), strict=True))


@pytest.mark.slow
@pytest.mark.parametrize("name", READ)
def test_twice_as_much_takes_twice_as_long(name: str, read: dict[str, tuple[Measured, Measured]]) -> None:
    half, whole = read[name]
    assert half.said.startswith("read")
    assert whole.said.startswith("read")
    assert whole.seconds < GROWTH * half.seconds + NOISE
    assert whole.seconds < SECONDS
    assert whole.mebibytes < MEBIBYTES


@pytest.mark.slow
def test_as_much_as_may_be_of_everything_stays_below_half_a_gigabyte(tmp_path: Path) -> None:
    (found,) = measured(tmp_path, fullest())
    assert found.said.startswith("read")
    assert found.mebibytes < MEBIBYTES
    assert found.seconds < SECONDS
