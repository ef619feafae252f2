"""matplotlib starts without a look at the machine's fonts, its home folder or anybody's settings."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
DRAW = """
import logging
logging.basicConfig(level=logging.INFO)
import subprocess, pathlib
def refuse(*arguments, **named):
    raise AssertionError("the fonts of the machine were looked for")
subprocess.check_output = refuse
from clusterreport.charts.painters.starting import start_matplotlib
start_matplotlib()
import matplotlib
from matplotlib import font_manager
print(len(font_manager.fontManager.ttflist), matplotlib.rcParams["lines.linewidth"])
from tests.charts.examples import register_charts, theme
from clusterreport import charts
from tests.charts.test_every_kind import picture
picture(charts.draw_canvas(register_charts()["bar"], 156, 60, theme()))
import sys
print("matplotlib.backends._backend_agg" in sys.modules, "matplotlib.axes" in sys.modules)
"""


def run(home: str, folder: Path) -> subprocess.CompletedProcess[str]:
    environment = {
        key: value for key, value in os.environ.items() if not key.startswith(("MPL", "XDG", "MATPLOTLIB", "HOME"))
    }
    environment |= {"HOME": home, "PYTHONPATH": f"{ROOT / 'src'}{os.pathsep}{ROOT}"}
    command = [sys.executable, "-W", "error", "-c", DRAW]
    return subprocess.run(command, env=environment, cwd=folder, capture_output=True, text=True, check=False)


@pytest.mark.slow
def test_no_font_is_scanned_and_nothing_is_written_to_the_home_folder(tmp_path: Path) -> None:
    home = tmp_path / "home"
    home.mkdir()
    done = run(str(home), tmp_path)
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.split()[0] == "1"
    assert list(home.iterdir()) == []


@pytest.mark.slow
def test_axes_which_no_chart_has_are_not_loaded(tmp_path: Path) -> None:
    assert run(str(tmp_path), tmp_path).stdout.split()[2:] == ["True", "False"]


@pytest.mark.slow
def test_a_home_folder_that_is_not_there_makes_no_noise(tmp_path: Path) -> None:
    done = run("/nonexistent/home", tmp_path)
    assert (done.returncode, done.stderr) == (0, "")


@pytest.mark.slow
def test_a_matplotlibrc_in_the_working_folder_changes_nothing(tmp_path: Path) -> None:
    (tmp_path / "matplotlibrc").write_text("lines.linewidth: 9\nfigure.facecolor: red\n", encoding="utf-8")
    done = run(str(tmp_path), tmp_path)
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.split()[1] == "1.5"


def test_the_font_list_is_written_for_the_installed_matplotlib() -> None:
    from clusterreport.charts.painters.starting import FONT_LIST_VERSION, start_matplotlib

    start_matplotlib()
    from matplotlib.font_manager import FontManager

    assert FontManager.__version__ == FONT_LIST_VERSION
