"""An approval holds for the very bytes that were built, and for no others."""

from __future__ import annotations

import signal
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from clusterreport.delivery import outbox as box
from clusterreport.delivery.approval import approve
from clusterreport.delivery.editions import edition_in
from clusterreport.delivery.outbox import digest_of
from clusterreport.errors import UsageError
from clusterreport.publishing import FACTS
from tests.delivery.editions.published import pdf, project, publish, published_issue, record
from tests.delivery.sample import NAME, entry, states

if TYPE_CHECKING:
    from clusterreport.delivery.outbox import Outbox


def test_every_audience_is_approved_with_its_digest(tmp_path: Path, outbox: Outbox) -> None:
    settings = project(tmp_path)
    issue = published_issue(settings, outbox)
    approvals = approve(outbox, issue, settings.output, entry("主任"))
    assert {approval.audience for approval in approvals} == {"leaders", "bureau"}
    for approval in approvals:
        edition = edition_in(settings.output / NAME / approval.audience, approval.audience)
        assert approval.digest == digest_of(edition.rows)
    assert set(states(outbox)) == {"approved"}


def test_one_audience_may_be_approved_alone(tmp_path: Path, outbox: Outbox) -> None:
    settings = project(tmp_path)
    issue = published_issue(settings, outbox)
    approve(outbox, issue, settings.output, entry("主任"), ("leaders",))
    assert sorted(states(outbox)) == ["approved", "approved", "built"]


def test_files_that_are_not_those_recorded_cannot_be_approved(tmp_path: Path, outbox: Outbox) -> None:
    settings = project(tmp_path)
    issue = published_issue(settings, outbox)
    publish(settings, "leaders", files={f"{NAME}-leaders.pdf": pdf("another")})
    with pytest.raises(UsageError, match="not those that were built"):
        approve(outbox, issue, settings.output, entry("主任"))
    assert set(states(outbox)) == {"built"}


def test_a_damaged_file_cannot_be_approved(tmp_path: Path, outbox: Outbox) -> None:
    settings = project(tmp_path)
    issue = published_issue(settings, outbox)
    (settings.output / NAME / "leaders" / f"{NAME}-leaders.pdf").write_bytes(b"")
    with pytest.raises(UsageError, match="is not the file that was built"):
        approve(outbox, issue, settings.output, entry("主任"))


@pytest.mark.parametrize("name", ["~$25-11-03-monthly-leaders.docx", ".~lock.leaders.pdf#", ".DS_Store", "Thumbs.db"])
def test_what_a_look_at_the_files_leaves_beside_them_changes_nothing(tmp_path: Path, outbox: Outbox, name: str) -> None:
    settings = project(tmp_path)
    issue = published_issue(settings, outbox)
    (settings.output / NAME / "leaders" / name).write_bytes(b"not of the edition")
    approve(outbox, issue, settings.output, entry("主任"))
    assert set(states(outbox)) == {"approved"}
    edition = edition_in(settings.output / NAME / "leaders", "leaders")
    assert edition.ending(".docx")
    assert name not in edition.files


def test_a_rebuild_voids_the_approval_even_of_the_same_bytes(tmp_path: Path, outbox: Outbox) -> None:
    settings = project(tmp_path)
    issue = published_issue(settings, outbox)
    approve(outbox, issue, settings.output, entry("主任"))
    record(settings, outbox, issue)
    assert box.approval(outbox, issue.id, "leaders") is None
    assert set(states(outbox)) == {"built"}


def test_an_edition_is_read_as_it_was_before_a_build_that_was_killed(tmp_path: Path, outbox: Outbox) -> None:
    settings = project(tmp_path)
    issue = published_issue(settings, outbox)
    code = (
        "import os, signal, sys\nfrom pathlib import Path\nfrom clusterreport import publishing\n"
        "from clusterreport.publishing import switching\n"
        "switching.sync_folder = lambda folder: folder.name == 'old' and os.kill(os.getpid(), signal.SIGKILL)\n"
        "editions = [publishing.Edition(sys.argv[2], name, {'a.pdf': b'x'}) for name in ('leaders', 'bureau')]\n"
        "publishing.publish(tuple(editions), Path(sys.argv[1]))\n"
    )
    killed = subprocess.run([sys.executable, "-c", code, str(settings.output), NAME], check=False)
    assert killed.returncode == -signal.SIGKILL
    assert (settings.output / NAME / "leaders" / "a.pdf").is_file()  # all is moved, and nothing was said to be done
    approve(outbox, issue, settings.output, entry("主任"))
    assert set(states(outbox)) == {"approved"}


def test_an_edition_that_is_replaced_while_it_is_read_is_read_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings = project(tmp_path)
    publish(settings, "leaders")
    read = Path.read_bytes
    times: list[int] = []

    def replaced(self: Path) -> bytes:
        if self.name == FACTS and not times:
            times.append(1)
            publish(settings, "leaders", facts=[], manifest={"subject": "另一期"})
        return read(self)

    monkeypatch.setattr(Path, "read_bytes", replaced)
    edition = edition_in(settings.output / NAME / "leaders", "leaders")
    assert (edition.facts, edition.manifest.made_from.subject) == ((), "另一期")


def test_a_damaged_journal_lets_nothing_be_approved(tmp_path: Path, outbox: Outbox) -> None:
    settings = project(tmp_path)
    issue = published_issue(settings, outbox)
    (settings.output / ".publishing").mkdir()
    (settings.output / ".publishing" / "journal.json").write_bytes(b"{")
    with pytest.raises(UsageError, match="journal of an interrupted build is damaged"):
        approve(outbox, issue, settings.output, entry("主任"))
