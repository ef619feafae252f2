"""What a finished file says of its numbers is read out of it, and a number is met whole."""

from __future__ import annotations

import hashlib
import json
import zipfile
from typing import TYPE_CHECKING, Any

import pikepdf
import pytest

from clusterreport.errors import UsageError
from clusterreport.verify import ledger
from clusterreport.verify.ledger import FactsLedger, label_of, read_ledger, title_of

if TYPE_CHECKING:
    from pathlib import Path

SHARE: dict[str, Any] = {
    "id": "n4", "name": "integration.total.share", "printed": ["46.3%"],
    "basis": {"kind": "computed", "label": "跨区域集群占比", "rows": []},
}  # fmt: skip
COUNT: dict[str, Any] = {"id": "n5", "name": "nation.clusters", "printed": ["1,080个"], "basis": {"setting": "总数"}}
PLAN: dict[str, Any] = {"id": "s1", "words": "七项任务"}
CLAIM: dict[str, Any] = {"id": "c1", "words": "近一半"}
FACTS = {"numbers": [SHARE, COUNT], "statements": [PLAN], "claims": [CLAIM]}
CONTENT = json.dumps(FACTS, ensure_ascii=False).encode()
OF_ALL = FactsLedger("", (SHARE, COUNT), (PLAN,), (CLAIM,))


def pdf(path: Path, **attached: bytes) -> Path:
    with pikepdf.new() as made:
        made.add_blank_page()
        for name, content in attached.items():
            made.attachments[name.replace("_", ".")] = content
        made.save(path)
    return path


def packed(path: Path, content: bytes) -> Path:
    with zipfile.ZipFile(path, "w") as package:
        package.writestr("word/document.xml", content)
    return path


def problem_of(path: Path) -> str:
    with pytest.raises(UsageError) as caught:
        read_ledger(path)
    return str(caught.value)


def test_a_pdf_carries_its_ledger_and_its_data(tmp_path: Path) -> None:
    found = read_ledger(pdf(tmp_path / "来件.pdf", facts_json=CONTENT, clusters_csv="id,name\n1,甲\n2,乙\n".encode()))
    assert (found.numbers, found.statements, found.claims) == ((SHARE, COUNT), (PLAN,), (CLAIM,))
    assert list(found.cells_of({"dataset": "clusters.csv", "ranges": ["3", "2-3", "9", "x"]})) == [
        (3, "2, 乙"), (2, "1, 甲"), (3, "2, 乙"),
    ]  # fmt: skip
    assert list(found.cells_of({"dataset": "other.csv", "ranges": ["2"]})) == []


def test_a_folder_and_an_earlier_list_of_numbers_are_read_too(tmp_path: Path) -> None:
    (tmp_path / "facts.json").write_bytes(CONTENT)
    assert read_ledger(tmp_path).claims == (CLAIM,)
    (tmp_path / "facts.json").write_text(json.dumps([COUNT]), encoding="utf-8")
    assert read_ledger(tmp_path / "facts.json").numbers == (COUNT,)


def test_a_word_file_that_carries_nothing_is_known_as_it_was_built(tmp_path: Path) -> None:
    word, edited = packed(tmp_path / "a.docx", b"as built"), packed(tmp_path / "b.docx", b"edited")
    (tmp_path / "facts.json").write_bytes(CONTENT)
    assert "does not lie in the folder of its edition" in problem_of(word)
    manifest = {"files": {word.name: {"sha256": hashlib.sha256(word.read_bytes()).hexdigest()}}}
    (tmp_path / "manifest.json").write_text(json.dumps(manifest), encoding="utf-8")
    assert read_ledger(word).numbers == (SHARE, COUNT)
    word.write_bytes(edited.read_bytes())
    assert "does not lie in the folder of its edition" in problem_of(word)
    word.write_bytes(b"PK no zip")
    assert "no Word file, or is damaged" in problem_of(word)


def test_a_number_is_met_whole_and_a_title_in_part() -> None:
    for words in ("46.3%", "46.3", "４６.３％", "n4", "integration.total.share", "占比"):
        assert OF_ALL.called(words) == (SHARE,)
    assert OF_ALL.called("1,080") == (COUNT,)
    assert OF_ALL.called("总数") == (COUNT,)
    assert OF_ALL.called("任务") == (PLAN,)
    assert OF_ALL.called("近一半") == (CLAIM,)
    for words in ("6.3", "46", "080", "没有的"):
        with pytest.raises(UsageError, match="nothing of it is printed as or called"):
            OF_ALL.called(words)


def test_titles_are_those_of_bases_or_the_words() -> None:
    assert [title_of(each) for each in (SHARE, COUNT, PLAN, {"name": "x"}, {})] == [
        "跨区域集群占比", "总数", "七项任务", "x", "",
    ]  # fmt: skip
    assert label_of({}) == ""


def test_files_without_a_ledger_are_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = tmp_path / "file"
    assert "cannot be read" in problem_of(file)
    assert "no facts.json is attached" in problem_of(pdf(tmp_path / "b.pdf", other_csv=b""))
    with pikepdf.open(pdf(tmp_path / "c.pdf", facts_json=CONTENT)) as made:
        made.save(tmp_path / "d.pdf", encryption=pikepdf.Encryption(owner="a", user="b"))
    assert "it is encrypted" in problem_of(tmp_path / "d.pdf")
    for content, problem in {
        b"%PDF-1.7": "it is no PDF, or is damaged",
        b"text": "neither a PDF nor a facts.json",
        b'{"numbers": [1]}': "neither a PDF nor a facts.json",
        b"{}": "it lists no numbers",
    }.items():
        file.write_bytes(content)
        assert problem in problem_of(file)
    monkeypatch.setattr(ledger, "LARGEST", 3)
    file.write_bytes(b"four")
    assert "larger than a finished file can be" in problem_of(file)
    monkeypatch.setattr(ledger, "LARGEST", len((tmp_path / "c.pdf").read_bytes()))
    assert "damaged" in problem_of(pdf(tmp_path / "e.pdf", facts_json=b" " * 100_000))
