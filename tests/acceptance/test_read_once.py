"""What was hashed is what is used: whatever is saved during a build, files and manifest tell of the same bytes."""

from __future__ import annotations

import hashlib
import io
import json
import subprocess
import sys
import threading
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pikepdf
import pytest

from clusterreport import settings
from clusterreport.app.build import build
from clusterreport.data.sources import csv_file
from clusterreport.schedule import working_days
from tests.acceptance.test_letterhead import name_letterhead
from tests.fonts.test_finding import put
from tests.render.docx.letterheads import letterhead
from tests.render.pdf.reading_back import page_texts

ISSUE = Path("output", "2025-09")
OVERVIEW = Path("templates", "sections", "overview.md.j2")
# Builds with a hook that, before a file of the project is opened for a second time, puts another in its place.
PROGRAM = """
import json, os, sys
from collections import Counter
from pathlib import Path
from clusterreport import settings
from clusterreport.app.build import build

root = Path(sys.argv[1])
chosen = settings.load(root).overridden(audiences=("bureau", "leaders"))
watched = {str(path) for path in root.rglob("*") if path.is_file()}
opened = Counter()

def hook(event, arguments):
    if event == "open" and str(arguments[0]) in watched and isinstance(arguments[0], str | os.PathLike):
        path = str(arguments[0])
        opened[path] += 1
        if opened[path] == 2:
            with open(path + ".new", "wb") as file:
                file.write(b"another\\n")
            os.replace(path + ".new", path)

sys.addaudithook(hook)
build(chosen, verify_pair=True)
print(json.dumps(opened))
"""


def hashes(project: Path) -> dict[str, str]:
    return {
        path.relative_to(project).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in project.rglob("*")
        if path.is_file()
    }


def manifest(project: Path, audience: str) -> dict[str, Any]:
    found: dict[str, Any] = json.loads((project / ISSUE / audience / "manifest.json").read_bytes())
    return found


def attached(project: Path, audience: str) -> Mapping[str, bytes]:
    content = (project / ISSUE / audience / f"2025-09-{audience}.pdf").read_bytes()
    with pikepdf.open(io.BytesIO(content)) as pdf:
        return {name: bytes(pdf.attachments[name].get_file().read_bytes()) for name in pdf.attachments}


@pytest.mark.slow
def test_every_file_of_a_project_is_opened_once_and_named_as_it_was_then(project: Path) -> None:
    name_letterhead(project, content=letterhead())
    put(project / "fonts", "仿宋.ttf", "仿宋_GB2312")
    audience = project / "templates" / "audiences" / "bureau" / "audience.toml"
    text = audience.read_text(encoding="utf-8").replace('theme = "briefing"', 'theme = "official"')
    audience.write_text(text, encoding="utf-8")
    before = hashes(project)
    done = subprocess.run(
        [sys.executable, "-c", PROGRAM, str(project)], check=True, stdout=subprocess.PIPE, encoding="utf-8"
    )
    opened = {Path(path).relative_to(project).as_posix(): number for path, number in json.loads(done.stdout).items()}
    kinds = ("data/clusters.csv", OVERVIEW.as_posix(), "templates/themes/official.toml", "fonts/仿宋.ttf",
             "templates/audiences/bureau/audience.toml", "templates/audiences/bureau/信头.docx")  # fmt: skip
    assert set(kinds) <= set(opened)
    assert {path: number for path, number in opened.items() if number > 1} == {}
    for name in ("bureau", "leaders"):
        told = manifest(project, name)
        for place, digest in told["templates"].items():
            assert digest == before[f"templates/{place}"], place
        assert {place: entry["sha256"] for place, entry in told["data"].items()} == {
            place: before[place] for place in told["data"]
        }
    tables = {name: content for name, content in attached(project, "bureau").items() if name.endswith(".csv")}
    assert len(tables) == 8
    assert {f"data/{name}": hashlib.sha256(content).hexdigest() for name, content in tables.items()} == {
        f"data/{name}": before[f"data/{name}"] for name in tables
    }


@pytest.mark.slow
def test_a_table_is_attached_as_what_its_kind_is_called(project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(csv_file, "MEDIA_TYPE", "text/tab-separated-values")  # as another kind would say it
    build(settings.load(project).overridden(audiences=("bureau",), formats=("pdf",)))
    with pikepdf.open(project / ISSUE / "bureau" / "2025-09-bureau.pdf") as pdf:
        kinds = {name: pdf.attachments[name].get_file().mime_type for name in pdf.attachments}
    assert kinds.pop("facts.json") == "application/json"
    assert set(kinds.values()) == {"text/tab-separated-values"}


@pytest.mark.slow
def test_tables_and_templates_that_are_saved_all_the_time_are_attached_and_printed_as_they_are_named(
    project: Path,
) -> None:
    table, section = project / "data" / "clusters.csv", project / OVERVIEW
    tables = [table.read_bytes(), table.read_bytes() + b"\n"]
    texts = [section.read_bytes(), section.read_bytes() + "\n这一句是第二版。\n".encode()]
    stop = threading.Event()

    def save() -> None:
        turn = 0
        while not stop.wait(0.001):
            turn += 1
            for path, versions in ((table, tables), (section, texts)):
                fresh = path.with_name(f"{path.name}.fresh")
                fresh.write_bytes(versions[turn % 2])
                fresh.replace(path)

    saving = threading.Thread(target=save)
    saving.start()
    try:
        for _ in range(3):
            build(settings.load(project).overridden(audiences=("bureau",), formats=("pdf",)))
            told = manifest(project, "bureau")
            content = attached(project, "bureau")["clusters.csv"]
            assert content in tables
            assert hashlib.sha256(content).hexdigest() == told["data"]["data/clusters.csv"]["sha256"]
            # By its name: the file that is just being written may stand beside it.
            used = told["templates"][OVERVIEW.relative_to("templates").as_posix()]
            (version,) = (text for text in texts if hashlib.sha256(text).hexdigest() == used)
            pages = page_texts((project / ISSUE / "bureau" / "2025-09-bureau.pdf").read_bytes())
            assert ("这一句是第二版" in "".join(pages)) == (version == texts[1])
    finally:
        stop.set()
        saving.join()


def test_an_audience_of_two_versions_of_a_section_cannot_be(project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A section is saved while the first audience is written: the second gets the same one."""
    from clusterreport import writing
    from clusterreport.app.build import numbered_documents

    section = project / "templates" / "sections" / "sources.md.j2"
    write = writing.write

    def saved_after(*arguments: object) -> object:
        document = write(*arguments)  # type: ignore[arg-type]
        section.write_text(section.read_text(encoding="utf-8") + "\n这一句是第二版。\n", encoding="utf-8")
        return document

    monkeypatch.setattr(writing, "write", saved_after)
    documents = numbered_documents(settings.load(project).overridden(audiences=("bureau", "public")))
    assert ["第二版" in repr(one) for one in documents] == [False, False]


def test_the_table_of_working_days_is_recorded_with_the_hash_of_what_was_kept_to(
    project: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    table = project / "data" / "working_days.csv"
    first = "date,kind,source\n2027-01-01,rest,通知\n2027-01-04,rest,通知\n".encode()
    table.write_bytes(first)
    path = project / "clusterreport.toml"
    path.write_text(path.read_text(encoding="utf-8") + 'working_days = "data/working_days.csv"\n', encoding="utf-8")
    read = Path.read_bytes

    def saved_after(self: Path) -> bytes:
        content = read(self)
        if self == table:
            table.write_bytes(b"date,kind,source\n2027-01-01,rest,x\n")
        return content

    chosen = settings.load(project)
    monkeypatch.setattr(Path, "read_bytes", saved_after)
    calendar = working_days.of_project(chosen)
    assert calendar.table is not None
    assert calendar.table.sha256 == hashlib.sha256(first).hexdigest()
    assert [calendar.said[day] for day in calendar.said if day.year == 2027] == [False, False]
