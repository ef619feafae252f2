"""docs/templates.md says all that a template may say, and nothing else; its examples work."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from clusterreport import charts
from clusterreport.document.numbering import number
from clusterreport.quantity import Confidence
from clusterreport.subjects.clusters import statistics
from clusterreport.writing import audience as audiences
from clusterreport.writing.loading import TemplateLoader
from clusterreport.writing.render_context import RenderContext
from clusterreport.writing.templating import BriefingEnvironment
from clusterreport.writing.vocabulary import vocabulary
from tests.writing.sample import BUREAU, PUBLIC, STATEMENTS, Project, about_of

VOCABULARY = (Path(__file__).resolve().parents[2] / "docs" / "vocabulary.md").read_text(encoding="utf-8")
PAGE = (Path(__file__).resolve().parents[2] / "docs" / "templates.md").read_text(encoding="utf-8")
EXAMPLES = re.findall(r"^```jinja\n(.*?)^```", PAGE, re.MULTILINE | re.DOTALL)


def documented(page: str, *headings: str) -> set[str]:
    """Return the names in the first column of the tables under ``headings``."""
    parts = re.split(r"^## ", page, flags=re.MULTILINE)
    chosen = [part for part in parts if part.split("\n", 1)[0] in headings]
    assert len(chosen) == len(headings)
    return {name for part in chosen for name in re.findall(r"^\| `([\w.]+)` \|", part, re.MULTILINE)}


def environment(tmp_path: Path) -> BriefingEnvironment:
    findings = dict.fromkeys((*statistics.NAMES, "checks"))
    rendering = RenderContext(BUREAU)
    known = vocabulary(rendering, findings, about_of(BUREAU))
    return BriefingEnvironment(TemplateLoader(tmp_path, "bureau"), rendering, known)


def test_every_name_and_function_is_documented(tmp_path: Path) -> None:
    headings = set(re.findall(r"^## `(\w+)`$", VOCABULARY, re.MULTILINE))
    functions = documented(VOCABULARY, "函数")
    assert headings | functions | {"chart"} == set(environment(tmp_path).globals)


def test_every_filter_is_documented(tmp_path: Path) -> None:
    assert documented(VOCABULARY, "竖线后面的写法") == set(environment(tmp_path).filters)


def test_every_test_is_documented(tmp_path: Path) -> None:
    assert documented(VOCABULARY, "判断") == set(environment(tmp_path).tests)


def test_every_kind_of_chart_is_documented() -> None:
    assert documented(VOCABULARY, "图种") == {f"chart.{kind}" for kind in charts.kind_names()}


def test_every_setting_of_an_audience_is_documented() -> None:
    known = set(audiences.Audience.__dataclass_fields__) - {"name"}
    assert documented(PAGE, "audience.toml 里写什么") == known
    letterhead = next(line for line in PAGE.splitlines() if line.startswith("| `letterhead`"))
    assert set(re.findall(r"`(\w+)`", letterhead)) == {"letterhead", *audiences.LetterheadLines.model_fields}
    degrees = next(line for line in PAGE.splitlines() if line.startswith("| `confidence`"))
    assert set(re.findall(r"`(\w+)`", degrees)) - {"confidence"} <= {degree.name.lower() for degree in Confidence}


def test_there_are_examples() -> None:
    assert len(EXAMPLES) >= 5


@pytest.mark.parametrize("example", EXAMPLES)
@pytest.mark.parametrize("audience", [BUREAU, PUBLIC], ids=lambda audience: audience.name)
def test_every_example_works(project: Project, example: str, audience: audiences.Audience) -> None:
    if 'ref("bars")' in example:
        assert 'label="bars"' in example
    document = project.write(example, audience, findings={"statements": STATEMENTS})
    assert document.sections
    assert number(document).document.sections
