"""What other programs say of a workbook: the Open XML SDK, LibreOffice, openpyxl; and what of its parts is the same."""

from __future__ import annotations

import csv
import io
import json
import subprocess
import zipfile
from pathlib import Path

import openpyxl

from tests.conftest import require_program

VALIDATOR = Path(__file__).parents[3] / "tools" / "ooxml-validator" / "node_modules" / ".bin" / "ooxml-validator"


def comments_in(content: bytes) -> dict[str, str]:
    """Return the comments of a workbook by their cells: 名录!C5."""
    book = openpyxl.load_workbook(io.BytesIO(content))
    cells = (cell for sheet in book.worksheets for row in sheet.iter_rows() for cell in row)
    return {f"{cell.parent.title}!{cell.coordinate}": cell.comment.text for cell in cells if cell.comment}


def parts_of(content: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        assert archive.testzip() is None
        return {name: archive.read(name) for name in archive.namelist()}


def other_parts(before: bytes, after: bytes) -> set[str]:
    """Return the names of the parts that are not the same in both, or in one only."""
    old, new = parts_of(before), parts_of(after)
    return {name for name in old.keys() | new.keys() if old.get(name) != new.get(name)}


def faults_by_sdk(content: bytes, folder: Path) -> list[str]:
    """Return what the Open XML SDK's validator says of a workbook."""
    require_program("node")
    program = require_program(str(VALIDATOR))
    path = folder / "checked.xlsx"
    path.write_bytes(content)
    done = subprocess.run([program, str(path)], capture_output=True, text=True, timeout=60, check=False)
    assert done.returncode in {0, 1}, done.stderr
    return [f"{error['path']}: {error['description']}" for error in json.loads(done.stdout)["errors"]]


def by_libreoffice(content: bytes, kind: str, folder: Path, ending: str = "xlsx") -> bytes:
    """Return the workbook as LibreOffice saves it."""
    program = require_program("soffice")
    if not Path(program).resolve().with_name("libsclo.so").exists():
        require_program("LibreOffice Calc")
    path = folder / f"opened.{ending}"
    path.write_bytes(content)
    target = folder / "converted"
    profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
    command = [program, profile, "--headless", "--convert-to", kind, "--outdir", str(target), str(path)]
    subprocess.run(command, check=True, timeout=120, capture_output=True)
    return (target / f"opened.{kind.partition(':')[0]}").read_bytes()


_CSV = "csv:Text - txt - csv (StarCalc):44,34,76,1"  # commas, quotes, UTF-8, from row 1 on


def values_by_libreoffice(content: bytes, folder: Path) -> list[list[str]]:
    """Return the cells of the first sheet as LibreOffice shows them."""
    text = by_libreoffice(content, _CSV, folder).decode("utf-8")
    return list(csv.reader(io.StringIO(text)))
