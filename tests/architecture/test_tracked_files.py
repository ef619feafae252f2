"""Nothing of the machine it was written on is in the project."""

from __future__ import annotations

import re
import subprocess
from pathlib import Path

import pytest

from tests.conftest import require_program

ROOT = Path(__file__).resolve().parents[2]
MACHINE = re.compile(rb"(?<![A-Za-z0-9_.~])/(?:tmp|work|root|home|opt|Users)/[A-Za-z0-9_]")
INDEX = re.compile(
    rb"(?i)--(?:extra-)?index-url|--find-links|--trusted-host|https?://[^\s\"']*(?:pypi\.|pythonhosted|registry\.npmjs)"
)
BINARY = {".ttf", ".png", ".docx", ".pdf", ".xlsx"}
LARGEST = 6 * 1024 * 1024


def project_files() -> list[Path]:
    """Return what git tracks, and what it would if it were added now."""
    git = [require_program("git"), "-c", "safe.directory=*"]
    listed = subprocess.run(
        [*git, "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
        cwd=ROOT,
        capture_output=True,
        check=False,
    )
    if listed.returncode != 0:
        pytest.skip("NOT VALIDATED: this is not a git checkout")
    paths = [ROOT / name.decode() for name in listed.stdout.split(b"\0") if name]
    return [path for path in paths if path.is_file() and path != Path(__file__)]


def hits(pattern: re.Pattern[bytes]) -> dict[str, list[bytes]]:
    texts = [path for path in project_files() if path.suffix not in BINARY]
    found = {path.relative_to(ROOT).as_posix(): pattern.findall(path.read_bytes())[:3] for path in texts}
    return {place: words for place, words in found.items() if words}


@pytest.mark.parametrize("pattern", [MACHINE, INDEX], ids=["machine path", "index address"])
def test_no_file_holds_an_address_of_a_machine(pattern: re.Pattern[bytes]) -> None:
    assert hits(pattern) == {}


def test_no_file_holds_the_path_of_this_checkout() -> None:
    assert hits(re.compile(re.escape(f"{ROOT}/".encode()))) == {}


def test_no_file_is_larger_than_it_should_be() -> None:
    large = {path.name: path.stat().st_size for path in project_files() if path.stat().st_size > LARGEST}
    assert large == {}


@pytest.mark.parametrize("folder", [b"tmp", b"work", b"root", b"home", b"opt"])
def test_the_lint_sees_a_path_of_a_machine(folder: bytes) -> None:
    assert MACHINE.search(b"open('/%b/x')" % folder)


@pytest.mark.parametrize("slip", [b"pip install --index-url x", b"https://pypi.example/simple"])
def test_the_lint_sees_the_address_of_an_index(slip: bytes) -> None:
    assert INDEX.search(slip)


@pytest.mark.parametrize("fine", [b"output/work/x", b"either/or", b"a/tmp/b", b"pip install --require-hashes"])
def test_the_lint_lets_the_rest_be(fine: bytes) -> None:
    assert not MACHINE.search(fine)
    assert not INDEX.search(fine)


@pytest.mark.parametrize("name", ["requirements.txt", "requirements-dev.txt"])
def test_every_locked_requirement_has_a_version_and_hashes(name: str) -> None:
    text = (ROOT / name).read_text(encoding="utf-8").replace("\\\n", " ")
    lines = [line for line in text.splitlines() if line and not line.startswith("#")]
    assert len(lines) > 20
    assert [line[:60] for line in lines if not re.match(r"[a-z0-9-]+==\S+ .*--hash=sha256:[0-9a-f]{64}", line)] == []


def test_what_runs_is_locked_as_what_is_tested() -> None:
    pins = [
        set(re.findall(r"^[a-z0-9-]+==[^\\]+", (ROOT / name).read_text(encoding="utf-8"), re.MULTILINE))
        for name in ("requirements.txt", "requirements-dev.txt")
    ]
    assert pins[0] - pins[1] == set()
