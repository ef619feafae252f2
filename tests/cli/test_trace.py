"""A number of a finished file is traced to its formula, source and rows, years later and without the project."""

from __future__ import annotations

import csv
import json
import shutil
from decimal import ROUND_HALF_UP, Decimal
from pathlib import Path
from typing import TYPE_CHECKING

import docx
import pikepdf
import pytest
from reportlab.pdfgen.canvas import Canvas

from clusterreport import settings
from clusterreport.app.build import build
from clusterreport.cli import main

if TYPE_CHECKING:
    from collections.abc import Callable

ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="module")
def edition(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the folder of the leaders' edition, with that of the bureau beside it, to which the data are attached."""
    chosen = settings.load(ROOT).overridden(audiences=("leaders", "bureau"), output=tmp_path_factory.mktemp("output"))
    build(chosen)
    (folder,) = chosen.output.glob("*/leaders")
    return folder


@pytest.fixture
def alone(edition: Path, tmp_path: Path) -> Path:
    """Return the PDF as somebody kept it: by another name, with nothing beside it."""
    return Path(shutil.copy(edition / f"{edition.parent.name}-leaders.pdf", tmp_path / "来件.pdf"))


def traced(capsys: pytest.CaptureFixture[str], file: Path, *words: str) -> list[str]:
    assert main(["trace", str(file), *words]) == 0, capsys.readouterr().err
    return capsys.readouterr().out.splitlines()


def rows_of(name: str, condition: Callable[[dict[str, str]], bool]) -> list[int]:
    with (ROOT / "data" / name).open(encoding="utf-8-sig", newline="") as file:
        return [number for number, row in enumerate(csv.DictReader(file), start=2) if condition(row)]


def test_a_share_leads_to_its_formula_and_both_its_rows(capsys: pytest.CaptureFixture[str], alone: Path) -> None:
    cross = rows_of("clusters.csv", lambda row: row["cross_regional"] == "true")
    every = rows_of("clusters.csv", lambda _: True)
    share = Decimal(100 * len(cross)) / len(every)
    printed = f"{share.quantize(Decimal('0.1'), ROUND_HALF_UP)}%"
    lines = traced(capsys, alone, printed)
    assert printed in lines[0]
    assert "  = 跨区域集群数÷同一范围的集群数×100%" in lines
    (of_part,) = {line for line in lines if "cross_regional = true" in line and f"{len(cross)} rows" in line}
    assert of_part.startswith(
        f"  clusters.csv: {len(cross)} rows where cross_regional = true ({cross[0]}, {cross[1]}, "
    )
    assert f"  clusters.csv: {len(every)} rows ({every[0]}-{every[-1]})" in lines


def test_the_rows_themselves_travel_with_the_data(capsys: pytest.CaptureFixture[str], edition: Path) -> None:
    (row,) = rows_of("published_figures.csv", lambda each: each["metric"] == "provinces_with_cluster_miit")
    (pdf,) = (edition.parent / "bureau").glob("*.pdf")
    lines = traced(capsys, pdf, "published.nation.provinces_with_cluster_miit", "--rows")
    assert any(line.startswith("  quoted: ") for line in lines)
    assert any(line.strip().startswith(f"row {row}: ") and "26" in line for line in lines)


def test_all_that_is_printed_is_listed(capsys: pytest.CaptureFixture[str], alone: Path) -> None:
    with pikepdf.open(alone) as pdf:
        said = json.loads(pdf.attachments["facts.json"].get_file().read_bytes())
    lines = traced(capsys, alone)
    assert len(lines) == sum(len(said[part]) for part in ("numbers", "statements", "claims"))
    assert {line.partition(" ")[0] for line in lines} >= {"n1", "c1"}


def test_every_file_of_an_edition_says_the_same(capsys: pytest.CaptureFixture[str], edition: Path) -> None:
    name = f"{edition.parent.name}-leaders"
    files = [edition, edition / "facts.json", edition / f"{name}.pdf", edition / f"{name}.docx"]
    first, *others = (traced(capsys, file) for file in files)
    assert first
    assert all(each == first for each in others)


def test_a_number_is_met_whole_by_id_name_words_or_title(capsys: pytest.CaptureFixture[str], alone: Path) -> None:
    (whole,) = {line for line in traced(capsys, alone, "nation.clusters") if not line.startswith(" ")}
    assert whole in traced(capsys, alone, "80个")
    assert whole in traced(capsys, alone, "８０")
    assert whole in traced(capsys, alone, whole.partition(" ")[0])
    assert whole in traced(capsys, alone, "集群总数")
    for part in ("6.3", "0个", "46"):  # of 46.3% and 80个
        assert main(["trace", str(alone), part]) == 2
        assert f'nothing of it is printed as or called "{part}"' in capsys.readouterr().err


def test_json_gives_the_entries_as_the_file_has_them(capsys: pytest.CaptureFixture[str], edition: Path) -> None:
    assert main(["trace", str(edition), "nation.clusters", "--json"]) == 0
    (found,) = json.loads(capsys.readouterr().out)["found"]
    assert found in json.loads((edition / "facts.json").read_text(encoding="utf-8"))["numbers"]


def foreign(path: Path) -> None:
    canvas = Canvas(str(path))
    canvas.drawString(100, 100, "46.3%")
    canvas.save()


def encrypted(path: Path) -> None:
    foreign(path)
    with pikepdf.open(path, allow_overwriting_input=True) as pdf:
        pdf.save(path, encryption=pikepdf.Encryption(owner="a", user="b"))


def cut(path: Path) -> None:
    foreign(path)
    path.write_bytes(path.read_bytes()[:200])


def wrote(content: bytes) -> Callable[[Path], None]:
    def write(path: Path) -> None:
        path.write_bytes(content)

    return write


@pytest.mark.parametrize(
    ("made", "problem"),
    [
        (foreign, "it was not made with clusterreport: no facts.json is attached"),
        (encrypted, "it is encrypted"),
        (cut, "it is no PDF, or is damaged"),
        (wrote(b"%PDF-1.7"), "it is no PDF, or is damaged"),
        (wrote(b""), "it is neither a PDF nor a facts.json"),
        (wrote(b"\xff\xfe\x00"), "it is neither a PDF nor a facts.json"),
        (wrote(b"[" * 100_000), "it is neither a PDF nor a facts.json"),
        (wrote(b'{"numbers": [1]}'), "it is neither a PDF nor a facts.json"),
        (wrote(b'{"issue": "2025-09"}'), "it lists no numbers"),
        (wrote(b"PK\x03\x04"), "it is no Word file, or is damaged or too large"),
        (wrote(bytes.fromhex("d0cf11e0a1b11ae1")), "it is encrypted, or is no Word file of today (.docx)"),
        (Path.mkdir, "it cannot be read (No such file or directory)"),
        (lambda _: None, "it cannot be read (No such file or directory)"),
    ],
)
def test_a_file_without_a_ledger_is_told(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, made: Callable[[Path], None], problem: str
) -> None:
    made(tmp_path / "file")
    assert main(["trace", str(tmp_path / "file"), "46.3%"]) == 2
    told = capsys.readouterr().err
    assert problem in told
    assert "Name the PDF or the Word file of an edition, its facts.json, or its folder." in told


def test_a_word_file_says_the_same_alone_and_edited(
    capsys: pytest.CaptureFixture[str], edition: Path, tmp_path: Path
) -> None:
    (word,) = edition.glob("*.docx")
    document = docx.Document(str(word))
    document.add_paragraph("后来加的话")
    document.save(str(tmp_path / "改过.docx"))
    assert traced(capsys, tmp_path / "改过.docx") == traced(capsys, edition)


def test_entries_that_lack_what_ours_have_are_printed_as_far_as_they_go(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    entries = [
        {"id": "n1", "printed": ["4个"]},
        {"printed": ["5个"], "basis": {"rows": [{}], "inputs": [{}], "kind": "computed"}},
    ]
    (tmp_path / "facts.json").write_text(json.dumps(entries), encoding="utf-8")
    assert traced(capsys, tmp_path, "4个")[0].startswith("n1")
    assert traced(capsys, tmp_path / "facts.json", "5", "--rows")
