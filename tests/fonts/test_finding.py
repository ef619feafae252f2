"""A face is found by its family's name, in the project's own folder first; a broken file there is named."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from fontTools.ttLib import TTFont

from clusterreport.errors import ProblemsError
from clusterreport.fonts import face_path
from clusterreport.fonts.finding import find_face
from clusterreport.inputs import Inputs


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
    (tmp_path / "folder.ttf").mkdir()
    (tmp_path / "nowhere.ttf").symlink_to(tmp_path / "missing")
    assert find_face(("仿宋",), None, (tmp_path,)) is None


def test_a_broken_file_of_ones_own_is_named(tmp_path: Path) -> None:
    shutil.copy(__file__, tmp_path / "仿宋.ttf")
    with pytest.raises(ProblemsError) as raised:
        find_face(("仿宋",), tmp_path, ())
    (problem,) = raised.value.problems
    assert problem.where == "fonts/仿宋.ttf"
    assert problem.problem == "it is no face with TrueType outlines"
    assert problem.remedy == "Put a TrueType file (.ttf) there, or remove it."


def test_a_face_of_ones_own_that_cannot_be_opened_is_named(tmp_path: Path) -> None:
    (tmp_path / "仿宋.ttf").mkdir()
    with pytest.raises(ProblemsError, match=r"fonts/仿宋\.ttf: the file cannot be opened"):
        find_face(("仿宋",), tmp_path, ())


@pytest.mark.parametrize("folder", ["fonts", "system"])
def test_a_face_that_is_saved_again_while_it_is_used_stays_what_it_was_found_to_be(tmp_path: Path, folder: str) -> None:
    path = put(tmp_path / folder, "a.ttf", "仿宋")
    code = (
        "import dataclasses, sys\nfrom pathlib import Path\nfrom clusterreport.render.pdf.faces import PdfFaces\n"
        "from clusterreport.theme import load_theme\n"
        "theme = load_theme(Path(sys.argv[1]), 'theme')\n"
        "found = Path(sys.argv[2])\n"
        "wanting = {n: dataclasses.replace(face, preferred_families=('仿宋',)) for n, face in theme.faces.items()}\n"
        "faces = PdfFaces(dataclasses.replace(theme, faces=wanting), found / 'fonts', (found / 'system',))\n"
        "sys.argv[3:] and Path(sys.argv[3]).write_bytes(b'')\n"
        "print(faces.width('中文 AV', theme.style('body').face), faces.substituted)\n"
    )
    theme = Path(__file__).resolve().parents[2] / "templates" / "themes" / "briefing.toml"
    printed = [
        subprocess.run(
            [sys.executable, "-c", code, str(theme), str(tmp_path), *then], check=True, stdout=subprocess.PIPE
        ).stdout
        for then in ((), (str(path),))  # where a file is mapped into memory, cutting it ends the process
    ]
    assert printed[0] == printed[1]


def test_a_face_of_the_system_that_became_another_before_it_was_read_is_passed_over(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    first, second = put(tmp_path / "one", "a.ttf", "仿宋"), put(tmp_path / "two", "b.ttf", "仿宋")
    read = Inputs.read

    def replaced(self: Inputs, path: Path) -> bytes:
        if path == first:
            put(path.parent, path.name, "楷体")
        return read(self, path)

    monkeypatch.setattr(Inputs, "read", replaced)
    assert find_face(("仿宋",), None, (tmp_path / "one", tmp_path / "two")) == second
