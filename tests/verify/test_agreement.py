"""Sound files agree with their documents: every sample in every look, every kind of chart at its edges."""

from __future__ import annotations

from dataclasses import replace

import pytest

from clusterreport import charts
from clusterreport.charts import has_twin, kind_names
from clusterreport.document.model import Figure, Listing, Paragraph, Series, Text
from clusterreport.document.model import Pair as Sides
from clusterreport.document.numbering import number
from clusterreport.document.text import lines_of
from clusterreport.verify.expected import expected
from clusterreport.verify.word_file import read_word_file
from tests.charts.examples import EDGES, PLACEHOLDERS, edge, register_charts
from tests.render.pdf.every_kind import DOCUMENTS
from tests.samples import quantity, sample, sample_document, small
from tests.verify.pairs import pair_of, pair_of_chart, with_names

pytestmark = pytest.mark.slow

LANGUAGES = ("zh", "en")


@pytest.mark.parametrize("theme", ["briefing", "official", "plain"])
@pytest.mark.parametrize("name", DOCUMENTS)
def test_both_files_say_what_the_sample_says(name: str, theme: str) -> None:
    assert pair_of(DOCUMENTS[name](), theme).problems() == ()


@pytest.mark.parametrize("theme", ["briefing", "official", "plain"])
def test_every_kind_of_block_agrees_in_english_too(theme: str) -> None:
    document = sample_document()
    assert pair_of(number(replace(document, about=replace(document.about, language="en"))), theme).problems() == ()


def test_a_list_that_goes_on_counting_agrees_and_one_that_does_not_is_told() -> None:
    items = tuple((Paragraph((Text(word),)),) for word in "丙丁")
    counted, anew = (small(Listing(items, ordered=True, start=start)) for start in (3, 1))
    sound, other = pair_of(counted), pair_of(anew)
    assert sound.problems() == ()
    for pair, markers in ((sound, ["3.", "4."]), (other, ["1.", "2."])):
        assert [one.marker for one in read_word_file(pair.word).passages if one.marker] == markers
    assert replace(sound, word=other.word).problems()
    assert replace(sound, pdf=other.pdf).problems()


@pytest.mark.parametrize("name", DOCUMENTS)
def test_what_is_expected_is_what_a_reader_reads(name: str) -> None:
    document = replace(DOCUMENTS[name]().document, about=replace(DOCUMENTS[name]().document.about, contents=False))
    numbered = replace(DOCUMENTS[name](), document=document)
    told = (one.passage for one in expected(numbered, {}) if one.passage.kind != "picture")
    read = (line.text for line in lines_of(numbered))
    assert "".join("".join(passage.text.split()) for passage in told) == "".join("".join(t.split()) for t in read)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("kind", kind_names())
def test_charts_of_the_register_agree(kind: str, language: str) -> None:
    assert pair_of_chart(register_charts()[kind], language).problems() == ()


@pytest.mark.parametrize("name", EDGES)
@pytest.mark.parametrize("kind", kind_names())
def test_charts_agree_at_their_edges_at_full_and_at_half_width(kind: str, name: str) -> None:
    chart = edge(kind, name)
    if chart is not None:
        sides = Sides(Figure("left", chart), Figure("right", chart))
        assert pair_of(small(Figure("whole", chart), sides, language="en")).problems() == ()


@pytest.mark.parametrize(
    "kind",
    [
        "bar",
        "column",
        "composition",
        "doughnut",
        "dumbbell",
        "heatmap",
        "slope",
        "stacked",
        "tiles",
        "scatter",
        "lorenz",
    ],
)
def test_every_value_of_these_charts_is_compared(kind: str) -> None:
    chart = register_charts()[kind]
    values = len(chart.series) * len(chart.categories)
    values -= 4 if kind == "doughnut" else 0  # the four smallest of its nine parts stand on it as a sum
    assert pair_of_chart(chart, "zh").compared().chart_values == values


def test_only_these_charts_print_no_values() -> None:
    silent = {kind for kind in kind_names() if not register_charts()[kind].numbers}
    assert silent == {"lorenz", "network", "places", "scatter"}


def test_what_was_compared_is_counted() -> None:
    compared = pair_of(sample()).compared()
    said = expected(with_names(sample()), {})
    assert compared.texts + compared.cells == len(said)
    assert compared.numbers == sum(len(one.passage.numbers) for one in said) > 100
    assert compared.cells > 300
    assert compared.chart_values == 30


@pytest.mark.parametrize("kind", [kind for kind in kind_names() if has_twin(kind) and kind != "lorenz"])
def test_a_placeholder_that_is_somebodys_word_stands_in_the_word_file_as_it_is(kind: str) -> None:
    chart = edge(kind, "placeholders")
    assert chart is not None
    series = tuple(replace(one, name=name) for one, name in zip(chart.series, PLACEHOLDERS, strict=False))
    assert pair_of_chart(replace(chart, title="@RID@", series=series), "zh").problems() == ()


def test_bars_of_several_series_agree_in_both_files() -> None:
    bars = [Series(name, tuple(map(quantity, amounts))) for name, amounts in {"存量": (3, 5), "新增": (4, 0)}.items()]
    chart = charts.make("bar", title="图", unit="个", categories=("甲", "乙"), series=bars)
    assert pair_of_chart(chart, "zh").problems() == ()
