"""A face is found by its family's name, in the project's own folder first; a broken file there is named."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from fontTools.ttLib import TTFont

from clusterreport.errors import ProblemsError
from clusterreport.fonts import face_path
from clusterreport.fonts.finding import find_face


def put(folder: Path, file: str, family: str) -> Path:
    """Put a face of another name into ``folder``."""
    folder.mkdir(exist_ok=True, parents=True)
    font = TTFont(face_path("hei_bold"))
    for record in font["name"].names:
        if record.nameID in {1, 4, 16}:
            record.string = family
    font.save(folder / file)
    return folder / file


def test_the_projects_own_face_comes_before_the_systems(tmp_path: Path) -> None:
    own = put(tmp_path / "fonts", "a.ttf", "仿宋")
    put(tmp_path / "system", "b.ttf", "仿宋")
    assert find_face(("仿宋_GB2312", "仿宋"), tmp_path / "fonts", (tmp_path / "system",)) == own


def test_the_first_wish_that_is_there_is_taken(tmp_path: Path) -> None:
    put(tmp_path / "system", "a.ttf", "仿宋")
    first = put(tmp_path / "system", "b.ttf", "仿宋_GB2312")
    assert find_face(("仿宋_GB2312", "仿宋"), None, (tmp_path / "system",)) == first


def test_nothing_is_found_where_there_is_nothing(tmp_path: Path) -> None:
    put(tmp_path / "system", "a.ttf", "楷体")
    assert find_face(("仿宋",), tmp_path / "fonts", (tmp_path / "system", tmp_path / "missing")) is None


def test_a_broken_file_among_the_systems_fonts_is_passed_over(tmp_path: Path) -> None:
    (tmp_path / "broken.ttf").write_bytes(b"no font at all")
    assert find_face(("仿宋",), None, (tmp_path,)) is None


def test_a_broken_file_of_ones_own_is_named(tmp_path: Path) -> None:
    shutil.copy(__file__, tmp_path / "仿宋.ttf")
    with pytest.raises(ProblemsError) as raised:
        find_face(("仿宋",), tmp_path, ())
    (problem,) = raised.value.problems
    assert problem.where == "fonts/仿宋.ttf"
    assert problem.problem == "it is no face with TrueType outlines"
    assert problem.remedy == "Put a TrueType file (.ttf) there, or remove it."
