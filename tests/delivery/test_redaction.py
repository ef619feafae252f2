"""A password is struck out of a server's words in whatever form it comes back, and its words else stay as they are."""

from __future__ import annotations

import base64
import json
import urllib.parse
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from clusterreport.delivery.redaction import Redaction

if TYPE_CHECKING:
    from collections.abc import Callable

USER = "briefing"
FORMS: dict[str, Callable[[str], str]] = {
    "plain": str,
    "capitals": str.upper,
    "blanks": " ".join,
    "lines": "\n".join,
    "base64": lambda word: base64.b64encode(word.encode()).decode(),
    "base64url": lambda word: base64.urlsafe_b64encode(word.encode()).decode(),
    "AUTH PLAIN": lambda word: base64.b64encode(f"\0{USER}\0{word}".encode()).decode(),
    "authorised": lambda word: base64.b64encode(f"{USER}\0{USER}\0{word}".encode()).decode(),
    "base64 before more": lambda word: base64.b64encode(f"{word}\0and more".encode()).decode(),
    "hex": lambda word: word.encode().hex(),
    "percent": lambda word: urllib.parse.quote(word, safe=""),
    "JSON": lambda word: json.dumps(word)[1:-1],
}


@pytest.mark.parametrize("form", FORMS.values(), ids=FORMS.keys())
@pytest.mark.parametrize("password", ["翠微-Sesam", "correct horse", "a1!B2?c3", "翠微", "x7Q", "0123456789" * 20])
def test_a_password_is_struck_in_every_form(password: str, form: Callable[[str], str]) -> None:
    said = form(password)
    struck = Redaction((USER, password)).struck(f"451 4.7.0 you said <{said}> to me")
    assert said not in struck
    assert struck.startswith("451 4.7.0 you said <***")
    assert struck.endswith("> to me")


@given(st.text(st.characters(codec="utf-8", exclude_categories=["Cc", "Z"]), min_size=8, max_size=30), st.data())
def test_no_six_bytes_of_it_are_left(password: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(password) - 6))
    part = password[start:]
    struck = Redaction((USER, password)).struck(f"250 {part}")
    assert not any(part[place : place + 6] in struck for place in range(len(part) - 5))


@pytest.mark.parametrize("words", ["250 2.0.0 Ok: queued as 98ED326A07B", "550 5.1.1 <li@example.cn>: 用户不存在", ""])
def test_other_words_stay_as_they_are(words: str) -> None:
    assert Redaction((USER, "翠微-Sesam")).struck(words) == words
    assert Redaction().struck(words) == words


def test_it_shows_its_secret_to_nobody() -> None:
    assert "Sesam" not in repr(Redaction((USER, "翠微-Sesam")))
