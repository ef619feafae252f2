"""A label is said in each language, or it is a defect that names what is wrong."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import pytest

from clusterreport.locale import Label, LocaleError, catalogue, labels, languages, phrase, said

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

WORDS = {
    "zh": '[city]\nclusters = "{which}集群数"\nnone = "无"\nplace = "第{place:numeral}位"\npeers = "与{names}相邻"\n'
    'told = "{parts:sentences}"\ncounted = "有{count:counted}个"\nonly = "只有中文"\n'
    'dated = "一期{year:unsaid}"\n',
    "en": '[city]\nclusters = "clusters of {which}"\nnone = "none"\nplace = "in {place:ordinal} place"\n'
    'peers = "beside {names}"\ntold = "{parts:sentences}"\n'
    'counted = { one = "one of them", other = "{count} of them" }\n'
    'dated = "issue of {year}"\n',
}


@pytest.fixture(autouse=True)
def subject(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """Register a package of words beside the program's own."""
    folder = tmp_path / "a_subject"
    folder.mkdir()
    (folder / "__init__.py").write_text("", encoding="utf-8")
    for language, text in WORDS.items():
        (folder / f"words.{language}.toml").write_text(text, encoding="utf-8")
    monkeypatch.syspath_prepend(tmp_path)
    monkeypatch.delitem(sys.modules, "a_subject", raising=False)
    monkeypatch.setattr(catalogue, "_registered", [])
    catalogue.register("a_subject")
    yield folder
    for cached in (catalogue._read, catalogue.texts, catalogue.entry, labels._said):  # noqa: SLF001 -- so that no other test sees the words
        cached.cache_clear()


@pytest.mark.parametrize(
    ("label", "chinese", "english"),
    [
        (Label.of("city.none"), "无", "none"),
        (Label.of("city.clusters", which="广州"), "广州集群数", "clusters of 广州"),
        (Label.of("city.clusters", which=Label.of("city.none")), "无集群数", "clusters of none"),
        (Label.of("city.place", place=2), "第二位", "in 2nd place"),
        (Label.of("city.counted", count=1), "有一个", "one of them"),
        (Label.of("city.counted", count=2), "有两个", "2 of them"),
        (Label.of("city.peers", names=("佛山", Label.of("city.none"))), "与佛山、无相邻", "beside 佛山, none"),
        (Label.of("city.told", parts=("A.", "", "B.")), "A.B.", "A. B."),
    ],
)
def test_a_label_is_said_in_each_language(label: Label, chinese: str, english: str) -> None:
    assert (said(label, "zh"), said(label, "en")) == (chinese, english)


def test_a_name_of_the_data_is_the_same_in_every_language() -> None:
    assert {said("广东", language) for language in languages()} == {"广东"}


@pytest.mark.parametrize("name", ["{which}", "{0}", "{", "}}", "{place:numeral}", "%s", "@RID@"])
def test_a_name_is_put_in_as_it_is_whatever_signs_it_holds(name: str) -> None:
    assert said(Label.of("city.clusters", which=name), "zh") == f"{name}集群数"
    assert said(Label.of("city.peers", names=(name, name)), "en") == f"beside {name}, {name}"


def test_an_argument_that_a_language_does_not_say_is_still_asked_for() -> None:
    assert (phrase("city.dated", "zh", year=2025), phrase("city.dated", "en", year=2025)) == ("一期", "issue of 2025")
    with pytest.raises(LocaleError, match="lacks year"):
        phrase("city.dated", "zh")


def test_what_is_printed_at_once_needs_no_label() -> None:
    assert phrase("city.clusters", "en", which="广州") == "clusters of 广州"


@pytest.mark.parametrize(
    ("label", "language", "problem"),
    [
        (Label.of("city.nothing"), "zh", "the catalogue of 'zh' has no text called city.nothing"),
        (Label.of("city.only"), "en", "the catalogue of 'en' has no text called city.only"),
        (Label.of("city.clusters"), "zh", "the text city.clusters lacks which"),
        (Label.of("city.none", which="x"), "zh", "the text city.none does not take which"),
        (Label.of("city.place", n=1), "zh", "the text city.place lacks place and does not take n"),
        (Label.of("city.counted", n=1), "en", "the text city.counted lacks count and does not take n"),
        (Label.of("city.none"), "fr", r"there is no fr\.toml in clusterreport\.locale"),
    ],
)
def test_a_label_that_cannot_be_said_is_a_defect(label: Label, language: str, problem: str) -> None:
    with pytest.raises(LocaleError, match=f"^{problem}$"):
        said(label, language)


def test_two_catalogues_do_not_share_an_id(subject: Path) -> None:
    catalogue._read.cache_clear()  # noqa: SLF001 -- the file is another now
    (subject / "words.zh.toml").write_text('[between]\nnames = "、"\n', encoding="utf-8")
    with pytest.raises(LocaleError, match=r"^between\.names stands in a_subject/words\.zh\.toml and in another"):
        said(Label.of("between.names"), "zh")


def test_a_label_refuses_to_become_text_in_no_language() -> None:
    with pytest.raises(TypeError, match=r"the label 'city\.none' cannot be joined to text"):
        str(Label.of("city.none"))


def test_equal_labels_are_one() -> None:
    assert len({Label.of("city.clusters", which="广州"), Label.of("city.clusters", which="广州")}) == 1
