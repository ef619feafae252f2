"""A correction says on its first page and in its mail what was wrong, what is right, of which issue, and who got it."""

from __future__ import annotations

import csv
import hashlib
import io
import json
from typing import TYPE_CHECKING

import docx
import pikepdf
import pypdfium2
import pytest

if TYPE_CHECKING:
    from pathlib import Path

    from tests.cli.desks import Desk


def spoilt(content: bytes) -> bytes:
    """Return the register with 广州 left out of a cluster that it shares with 惠州."""
    head, *body = csv.reader(io.StringIO(content.decode("utf-8-sig")))
    place = head.index("cities")
    wrong = next(row for row in body if {"惠州", "广州"} <= set(row[place].split(";")))
    wrong[place] = ";".join(name for name in wrong[place].split(";") if name != "广州")
    text = io.StringIO()
    csv.writer(text).writerows([head, *body])
    return text.getvalue().encode()


def hashes(folder: Path) -> dict[str, str]:
    return {path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in folder.iterdir()}


def plain(text: str) -> str:
    return "".join(text.split())


@pytest.mark.slow
def test_what_was_wrong_is_said_on_the_first_page_and_in_the_mail(desk: Desk) -> None:
    register = desk.folder / "data" / "clusters.csv"
    right = register.read_bytes()
    register.write_bytes(spoilt(right))
    name = desk.extra()
    desk.run(f"approve {name} --by 王敏")
    desk.run("send")
    before = hashes(desk.folder / "output" / name / "leaders")
    register.write_bytes(right)
    desk.edit('rule = "first working day of the month"', 'rule = "first working day of the month"\napproval = "none"')
    path = desk.folder / "templates" / "audiences" / "leaders" / "audience.toml"
    path.write_text(f'approval = "none"\n{path.read_text(encoding="utf-8")}', encoding="utf-8")
    assert "approved" not in desk.run(f"issue correct {name} --by 王敏 --reason 漏列广州参与的1个集群")
    correction = desk.issue()
    assert correction != name
    desk.run("send")
    assert len(desk.sink.received) == 1  # nothing goes that nobody has approved, whatever the settings say
    desk.run(f"approve {correction} --by 王敏")
    desk.run("send")
    desk.run("send")
    wrong, mail = (each.message for each in desk.sink.received)
    assert mail["Message-ID"] != wrong["Message-ID"]
    assert str(mail["Subject"]).startswith(f"更正（{name}）：")
    body = mail.get_body(("plain",))
    assert body is not None
    folder = desk.folder / "output" / correction / "leaders"
    with pypdfium2.PdfDocument(folder / f"{correction}-leaders.pdf") as pdf:
        first_page = pdf[0].get_textpage().get_text_range()
    word = docx.Document(str(folder / f"{correction}-leaders.docx"))
    in_word = "".join(node.text or "" for node in word.element.body.iter() if node.tag.endswith("}t"))
    for text in map(plain, (body.get_content(), first_page, in_word)):
        assert f"本期更正{name}。请以本期为准" in text
        assert "错在哪里：漏列广州参与的1个集群。" in text
        assert "“导语”：广州：各城市集群数误为3个，应为4个。" in text
        assert "收到过原来一期的：我自己。" in text
    assert "没有变动" not in body.get_content()
    assert hashes(desk.folder / "output" / name / "leaders") == before
    with pikepdf.open(folder / f"{correction}-leaders.pdf") as pdf_file:
        facts = json.loads(pdf_file.attachments["facts.json"].get_file().read_bytes())
    assert facts["edition"]["corrects"] == name
