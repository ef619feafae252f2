"""The wheel is pure Python, carries its faces and their licences, and runs away from the checkout."""

from __future__ import annotations

import subprocess
import sys
import sysconfig
import venv
import zipfile
from email import message_from_string
from pathlib import Path

import pytest

from clusterreport import __version__
from clusterreport.fonts import FACES

ROOT = Path(__file__).resolve().parents[2]

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Build the wheel as `make wheel` does, but into a folder of the test's."""
    folder = tmp_path_factory.mktemp("wheel")
    command = [sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", str(folder), str(ROOT)]
    subprocess.run(command, check=True, capture_output=True, text=True)
    (path,) = folder.glob("*.whl")
    return path


@pytest.fixture(scope="module")
def clean_python(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Install the wheel into an environment of its own; what it depends on is borrowed from this one."""
    folder = tmp_path_factory.mktemp("clean")
    venv.create(folder, with_pip=True)
    python = folder / "bin" / "python"
    install = [str(python), "-m", "pip", "install", "--quiet", "--no-index", "--no-deps", str(wheel)]
    subprocess.run(install, check=True, capture_output=True, text=True)
    site = subprocess.run(
        [str(python), "-c", "import sysconfig; print(sysconfig.get_path('purelib'))"],
        check=True, capture_output=True, text=True,
    ).stdout.strip()  # fmt: skip
    (Path(site) / "borrowed.pth").write_text(sysconfig.get_path("purelib") + "\n", encoding="utf-8")
    return python


def test_the_wheel_is_pure_python_for_every_system(wheel: Path) -> None:
    assert wheel.name == f"clusterreport-{__version__}-py3-none-any.whl"
    with zipfile.ZipFile(wheel) as archive:
        endings = {Path(name).suffix for name in archive.namelist()}
    assert endings.isdisjoint({".so", ".pyd", ".dll", ".dylib", ".pyc"})


def test_the_wheel_carries_the_faces_and_every_licence(wheel: Path) -> None:
    with zipfile.ZipFile(wheel) as archive:
        names = set(archive.namelist())
    assert {f"clusterreport/fonts/{face}.ttf" for face in FACES} <= names
    assert {f"clusterreport/fonts/OFL-{face}.txt" for face in ("song", "hei", "kai")} <= names
    assert "clusterreport/py.typed" in names
    licences = {name.rsplit("/", 1)[1] for name in names if "/licenses/" in name}
    assert {"LICENSE", "NOTICE.md"} <= licences


def test_the_wheel_says_what_it_is(wheel: Path) -> None:
    with zipfile.ZipFile(wheel) as archive:
        text = archive.read(f"clusterreport-{__version__}.dist-info/METADATA").decode("utf-8")
    about = message_from_string(text)
    assert about["Requires-Python"] == ">=3.11"
    assert about["License-Expression"] == "Apache-2.0 AND OFL-1.1"
    assert about["Description-Content-Type"] == "text/markdown"


def test_the_installed_command_runs_away_from_the_checkout(clean_python: Path, tmp_path: Path) -> None:
    command = [str(clean_python.with_name("clusterreport")), "--version"]
    result = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=True)
    assert result.stdout == f"clusterreport {__version__}\n"


def test_the_installed_program_brings_its_own_faces(clean_python: Path, tmp_path: Path) -> None:
    code = "from clusterreport.fonts import FACES, face_path; print(*(face_path(name) for name in FACES), sep='\\n')"
    result = subprocess.run([str(clean_python), "-c", code], cwd=tmp_path, capture_output=True, text=True, check=True)
    paths = [Path(line) for line in result.stdout.splitlines()]
    assert all(path.is_file() and ROOT not in path.parents for path in paths)
