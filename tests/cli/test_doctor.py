"""clusterreport doctor says what is in order and what is not, each fault with its remedy, and writes nothing."""

from __future__ import annotations

import socket
import tomllib
from pathlib import Path

import pytest

from clusterreport.app import doctor
from clusterreport.cli import main
from tests.cli.test_init import started
from tests.delivery.sink import listening

ROOT = Path(__file__).resolve().parents[2]
FIRMS = "城市,企业（家）\n广州,13800\n深圳,25000\n"
MAIL = """
[mail]
host = "127.0.0.1"
port = {port}
security = "none"
sender = "简报 <briefing@example.gov.cn>"

[[recipients]]
name = "张主任"
address = "zhang@example.gov.cn"
audience = "desk"
"""


@pytest.fixture
def desk(tmp_path: Path) -> Path:
    project = started(tmp_path, "firms.csv", FIRMS)
    (project / "templates" / "sections" / "message.md.j2").write_text("附件是本期简报。\n", encoding="utf-8")
    return project


def examined(desk: Path, capsys: pytest.CaptureFixture[str], *more: str) -> tuple[int, str]:
    capsys.readouterr()
    before = {path: path.read_bytes() for path in desk.rglob("*") if path.is_file()}
    code = main(["doctor", str(desk), *more])
    assert {path: path.read_bytes() for path in desk.rglob("*") if path.is_file()} == before
    return code, capsys.readouterr().out


def with_mail(desk: Path, port: int) -> None:
    with (desk / "clusterreport.toml").open("a", encoding="utf-8") as file:
        file.write(MAIL.format(port=port))


def test_a_new_project_is_in_order(desk: Path, capsys: pytest.CaptureFixture[str]) -> None:
    code, said = examined(desk, capsys)
    assert code == 0
    assert "data and templates: in order" in said
    assert "output: in order" in said


def test_all_extras_are_looked_for() -> None:
    declared = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]["optional-dependencies"]
    assert set(doctor.EXTRAS) == set(declared) - {"test"}


def test_an_extra_that_is_not_there_is_told_with_its_command(
    desk: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(doctor.EXTRAS, "sign", "no_such_package")
    assert 'extra sign: not installed; if it is needed: pip install "clusterreport[sign]"' in examined(desk, capsys)[1]


def test_a_face_that_is_not_found_is_told_with_what_stands_in(desk: Path, capsys: pytest.CaptureFixture[str]) -> None:
    theme = desk / "templates" / "themes" / "briefing.toml"
    text = theme.read_text(encoding="utf-8")
    theme.write_text(text.replace('file = "song",', 'file = "song", wanted = ["方正无此宋"],', 1), encoding="utf-8")
    code, said = examined(desk, capsys)
    assert (code, "face 方正无此宋: not found; song" in said) == (0, True)


def test_data_that_are_wrong_are_told_with_row_and_column(desk: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (desk / "data" / "firms.csv").write_text(FIRMS.replace("25000", "两万五"), encoding="utf-8")
    code, said = examined(desk, capsys)
    assert code == 1
    assert "NOT IN ORDER  data/firms.csv, row 3" in said


def test_a_table_of_recipients_that_is_wrong_is_told(desk: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with (desk / "clusterreport.toml").open("a", encoding="utf-8") as file:
        file.write('\n[delivery]\nrecipients = "data/people.csv"\n')
    table = desk / "data" / "people.csv"
    table.write_text("姓名,邮箱,版本\n李,li,desk\n", encoding="utf-8")
    code, said = examined(desk, capsys)
    assert (code, "NOT IN ORDER  data/people.csv, row 2, column 邮箱: 'li' is not an e-mail" in said) == (1, True)
    table.write_text("姓名,邮箱,版本\n李,li@example.gov.cn,desk\n", encoding="utf-8")
    code, said = examined(desk, capsys)
    assert (code, "recipients: in order" in said) == (0, True)


def test_a_mail_server_that_answers_is_in_order(desk: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with listening() as sink:
        with_mail(desk, sink.port)
        code, said = examined(desk, capsys)
    assert "mail server 127.0.0.1: in order" in said
    assert (code, sink.received) == (0, [])


def test_a_mail_server_that_does_not_answer_is_told_unless_no_server_is_asked(
    desk: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with socket.socket() as taken:  # bound, and nobody listens
        taken.bind(("127.0.0.1", 0))
        with_mail(desk, taken.getsockname()[1])
        code, said = examined(desk, capsys)
        assert code == 1
        assert "mail could not be sent by it" in said
        assert "Mend host, port, security or the login under [mail]" in said
        assert examined(desk, capsys, "--offline")[0] == 0
