"""What Jinja and Python say of a template in English is said in Chinese to a Chinese user, and to others as it is."""

from __future__ import annotations

import inspect
import re
from typing import TYPE_CHECKING, Any

import jinja2
import pytest

from clusterreport import messages
from clusterreport.writing.said_elsewhere import in_our_words

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

TEMPLATES = [
    "{% if x %}",
    "{% for a in [1] %}{% if a %}{% endfor %}",
    "{% for a in [1] %}{% endif %}{% endfor %}",
    "{% foo %}",
    "{% %}",
    "{{ a b }}",
    "{{ 1 + }}",
    "{{ (1 }}",
    "{{ a. }}",
    "{{ a ? b }}",
    "{{ f(*a, *b) }}",
    "{% for %}{% endfor %}",
    "{% set 1 = 2 %}",
    "{% call 1 %}{% endcall %}",
    "{% block a-b %}{% endblock %}",
    "{% block a %}{% endblock %}{% block a %}{% endblock %}",
    "{% macro f(a=1, b) %}{% endmacro %}",
    "{% from 'a' import _b %}",
    "{{ a is odd is even }}",
    "{# a",
]
LATIN_WORDS = re.compile("[A-Za-z]{2,} [A-Za-z]{2,}")


@pytest.fixture
def chinese() -> Iterator[None]:
    messages.speak("zh")
    yield
    messages.speak("en")


def said_of_template(text: str) -> str:
    with pytest.raises(jinja2.TemplateSyntaxError) as caught:
        jinja2.Environment(autoescape=True).from_string(text)
    said = (caught.value.message or "").rstrip(".")
    return said[:1].lower() + said[1:]


def takes(label: str, *, wide: bool = False) -> tuple[str, bool]:
    return label, wide


def said_of_call(*arguments: object, **named: object) -> str:
    function: Callable[..., Any] = takes
    with pytest.raises(TypeError) as caught:
        inspect.signature(function).bind(*arguments, **named)
    return str(caught.value)


CALLS = [
    said_of_call(),
    said_of_call("a", "b"),
    said_of_call("a", label="b"),
    said_of_call("a", widd=True),
]


@pytest.mark.parametrize("said", [*map(said_of_template, TEMPLATES), *CALLS])
def test_it_is_said_as_it_is_in_english(said: str) -> None:
    assert in_our_words(said) == said


@pytest.mark.usefixtures("chinese")
@pytest.mark.parametrize("said", [*map(said_of_template, TEMPLATES), *CALLS])
def test_it_is_said_in_chinese_without_english_words(said: str) -> None:
    assert in_our_words(said) != said
    assert not LATIN_WORDS.search(in_our_words(said))


@pytest.mark.usefixtures("chinese")
def test_the_names_in_it_are_kept() -> None:
    said = in_our_words(said_of_template("{% if x %}"))
    assert all(f"'{name}'" in said for name in ("elif", "else", "endif"))
    assert "结尾的 }}" in in_our_words(said_of_template("{{ a b }}"))
    assert "label" in in_our_words(said_of_call())


@pytest.mark.usefixtures("chinese")
def test_what_nobody_knows_is_said_as_it_is() -> None:
    assert in_our_words("a sentence of tomorrow") == "a sentence of tomorrow"
