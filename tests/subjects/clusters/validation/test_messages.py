"""Each thing that can be wrong with a cell has its own message, with file, row, column and remedy."""

from __future__ import annotations

import pytest

from clusterreport.subjects.clusters.validation import check
from tests.subjects.clusters.validation.register import AS_OF, FILES, added, changed, problem, row_of

EMPTY = ("the cell is empty", "Write what belongs there; this column may not be empty.")
NO_ID = "Write letters, digits, - and _ only, and not the word nation."
NO_NUMBER = "Write digits only, with a point for decimals, such as 1234.5."
NO_STATEMENT_ID = "Write letters, digits, - and _ only, such as S01; n and a number is the id of a number."
NO_DATE = "Write 2025-08-28, 2025-08, 2025, 1980s or 1980s–2000s, or nothing if it is not known."
NO_STOP = "Take it out: templates set the marks between sentences."
NO_SUBJECT = "Write nation, province:…, region:…, city:…, or the id of a cluster."
UNPRINTABLE = "Take it away, or write the text anew."

CELLS = [
    # table, a cell of the row, column, what is written there, the problem, the remedy
    ("clusters", "A13", "id", "A 13", '"A 13" is not an id', NO_ID),
    ("clusters", "A13", "id", "nation", '"nation" is not an id', NO_ID),
    ("clusters", "A13", "id", "", *EMPTY),
    ("clusters", "A13", "source", "", *EMPTY),
    ("clusters", "A13", "batch", "2021R1", '"2021R1" is not a batch',
     "Write the year, and its round if it had several: 2024, 2022-R3."),
    ("clusters", "A13", "batch", "2022-R1", '"2022-R1" is not a batch of 2021',
     "Write a batch that begins with 2021, or the year 2022."),
    ("clusters", "A13", "year", "二〇二一", '"二〇二一" is not a year', "Write its four digits, such as 2024."),
    ("clusters", "A13", "year", "9999", '"9999" is not a year', "Write its four digits, such as 2024."),
    ("clusters", "A13", "cross_regional", "no", '"no" is neither true nor false', "Write true or false."),
    ("clusters", "A13", "cross_regional", "true", "it is true, but only one city is named",
     "Name the other cities, write a remark cities_incomplete on A13, or write false."),
    ("clusters", "A19", "cross_regional", "false", "it is false, but the cluster lies in several cities or provinces",
     "Write true, or name one city and its province only."),
    ("clusters", "A13", "confidence", "certain", '"certain" is not a confidence',
     "Write one of: confirmed, likely, unconfirmed, unnamed."),
    ("clusters", "A13", "confidence", "Confirmed", '"Confirmed" is not a confidence', "Write confirmed."),
    ("clusters", "A13", "name_zh", "", "the cell is empty, but the cluster is not unnamed",
     "Write what belongs there, or the confidence unnamed."),
    ("clusters", "A13", "field", "", "the cell is empty, but the cluster is not unnamed",
     "Write what belongs there, or the confidence unnamed."),
    ("clusters", "A13", "confidence", "unnamed", 'it is "unnamed", but there is a name',
     "Write unconfirmed, likely or confirmed, or take the name away."),
    ("clusters", "A13", "provinces", "", "no province is named",
     "Name each province the cluster touches, with ; between them."),
    ("clusters", "A13", "provinces", "安徽省", '"安徽省" is not a province of the register',
     "Write 安徽, or add it to data/provinces.csv."),
    ("clusters", "A13", "provinces", "安徽;加州", '"加州" is not a province of the register',
     "Write a name of data/provinces.csv, or add this one there."),
    ("clusters", "A13", "provinces", "安徽；江苏", '"安徽；江苏" is divided by ；',
     "Write ; between the names, and no spaces."),
    ("clusters", "A13", "provinces",
     "安徽;", '"安徽;" has an empty place', "Take the ; away that has no name beside it."),
    ("clusters", "A13", "provinces", "安徽;安徽", '"安徽" stands there twice', "Name it once."),
    ("clusters", "A13", "provinces", "江苏", '"合肥" lies in "安徽", which is not among the cluster\'s provinces',
     "Add 安徽 to the provinces, or mend data/cities.csv."),
    ("clusters", "A13", "cities", "合肥市", '"合肥市" is not a city of the register',
     "Write 合肥, or add it to data/cities.csv."),
    ("clusters", "A13", "cities", "", "no city is named", "Name its city, or write a remark cities_incomplete on A13."),
    ("clusters", "A19", "cities", "广州;旧金山;深圳;硅谷", '"旧金山", "硅谷" are not cities of the register',
     "Write names of data/cities.csv, or add these there."),
    ("provinces", "海南", "region", "南部", '"南部" is not a region', "Write one of: 东部, 中部, 西部, 东北."),
    ("province_values", "海南", "value", "0", "the value is zero", "Write nothing if it is not known."),
    ("province_values", "海南", "value", "-1", '"-1" is negative', "Write the number without its sign."),
    ("province_values", "海南", "value", "约8000", '"约8000" is not a number', NO_NUMBER),
    ("province_values", "海南", "value", "8000.000000000000", '"8000.000000000000" has more than 15 digits',
     "Look whether it was typed twice, or round it."),
    ("province_values", "海南", "value", "0.0", "the value is zero", "Write nothing if it is not known."),
    ("province_values", "海南", "province", "海南省", '"海南省" is not a province of the register',
     "Write 海南, or add it to data/provinces.csv."),
    ("province_values", "海南", "measure", "GDP", '"GDP" is not a measure', "Write gdp."),
    ("province_values", "海南", "year", "2024年度", '"2024年度" is not a year', "Write its four digits, such as 2024."),
    ("province_values", "海南", "unit", "万亿元", '"万亿元" is not the unit of gdp',
     "Write the value in 亿元, and 亿元 as its unit."),
    ("province_values", "海南", "source_kind", "yearbook", '"yearbook" is not a kind of source',
     "Write one of: bulletin, untraced."),
    ("province_values", "北京", "source", "", "the value has no source",
     "Write where the value comes from, or the source_kind untraced."),
    ("province_values", "海南", "confidence", "unnamed", '"unnamed" is not a confidence', "Write unconfirmed."),
    ("cities", "苏州", "province", "江苏省", '"江苏省" is not a province of the register',
     "Write 江苏, or add it to data/provinces.csv."),
    ("cities", "苏州", "region",
     "中部", '"中部" is not the region of "江苏"', "Write 东部, or mend data/provinces.csv."),
    ("cities", "苏州", "lon", "31.30408", '"31.30408" is not a longitude of China, which lies between 73 and 136',
     "Write degrees with decimals; look whether longitude and latitude changed places."),
    ("cities", "苏州", "lat", "120.6", '"120.6" is not a latitude of China, which lies between 3 and 54',
     "Write degrees with decimals; look whether longitude and latitude changed places."),
    ("cities", "苏州", "lat", "31°18′", '"31°18′" is not a number', NO_NUMBER),
    ("cities", "苏州", "lat", "", "half of the coordinates is missing", "Write both of them, or neither."),
    ("cities", "苏州", "lon", "", "half of the coordinates is missing", "Write both of them, or neither."),
    ("statements", "S11", "id", "n11", '"n11" is not an id', NO_STATEMENT_ID),
    ("statements", "S11", "id", "S 11", '"S 11" is not an id', NO_STATEMENT_ID),
    ("statements", "S11", "id", "S" * 61, f'"{"S" * 60}…" is not an id', NO_STATEMENT_ID),
    ("statements", "S11", "subject", "city:广州市", '"广州市" is not a city of the register',
     "Write 广州, or add it to data/cities.csv."),
    ("statements", "S11", "subject", "field:新材科", '"新材科" is not a field of the register', "Write field:新材料."),
    ("statements", "S11", "subject", "Z99", '"Z99" is not a subject of the register',
     "Write nation, province:…, region:…, city:…, field:…, or the id of a cluster."),
    ("statements", "S11", "topic", "policies", '"policies" is not a topic', "Write policy."),
    ("statements", "S11", "date", "去年", '"去年" is not a date', NO_DATE),
    ("statements", "S11", "date", "1985s", '"1985s" is not a date', NO_DATE),
    ("statements", "S11", "date", "2000s–1980s", '"2000s–1980s" is not a date', NO_DATE),
    ("statements", "S11", "words", "", *EMPTY),
    ("statements", "S11", "words", "会议部署任务。", "the words end with a full stop", NO_STOP),
    ("statements", "S11", "words_en", "The conference set tasks.", "the words end with a full stop", NO_STOP),
    ("statements", "S11", "quote", "", *EMPTY),
    ("statements", "S11", "source", "", *EMPTY),
    ("statements", "S11", "source", "https://example.org", "the address of a page would be printed as the source",
     "Write who printed it, what and when, in words."),
    ("statements", "S36", "words", "先进制造业正以新的形态回到城市，与城市功能融合",
     "row 21 says the same of the same subject", "Leave one of the two."),
    ("figures", "little_giants", "subject", "field:新材料", '"field:新材料" is not a subject of the register',
     NO_SUBJECT),
    ("figures", "little_giants", "subject", "Z99", '"Z99" is not a subject of the register', NO_SUBJECT),
    ("figures", "little_giants", "subject",
     "county:昆山", '"county:昆山" is not a subject of the register', NO_SUBJECT),
    ("figures", "little_giants", "subject", "province:江苏省", '"江苏省" is not a province of the register',
     "Write 江苏, or add it to data/provinces.csv."),
    ("figures", "little_giants", "subject", "city:广州市", '"广州市" is not a city of the register',
     "Write 广州, or add it to data/cities.csv."),
    ("figures", "little_giants", "subject",
     "region:长三角地区", '"长三角地区" is not a known region', "Write region:长三角."),
    ("figures", "little_giants", "metric", "", *EMPTY),
    ("figures", "little_giants", "value", "", *EMPTY),
    ("figures", "little_giants", "value", "1,060", '"1,060" is not a number', NO_NUMBER),
    ("figures", "little_giants", "value", "NaN", '"NaN" is not a number', NO_NUMBER),
    ("figures", "little_giants", "value", "１０", '"１０" is not a number', NO_NUMBER),
    ("figures", "little_giants", "value", "-276", '"-276" is negative', "Write the number without its sign."),
    ("figures", "national_share", "wording", "四分之一", '"四分之一" does not stand in the quote',
     "Write the words of the quote that say the value, or nothing where it prints digits."),
    ("figures", "export_share_low", "value", "400", "400 is not a percentage between 0 and 100",
     "Write the share in percent, or the unit that is meant."),
    ("figures", "little_giants", "unit", "亿", '"亿" is not a known unit', "Write 亿元."),
    ("figures", "little_giants", "unit", "吨",
     '"吨" is not a known unit', "Write one of: 个, 家, 项, %, 亿元, 万亿元, 万亿, 万辆, 年, 名次."),
    ("figures", "little_giants", "year", "去年", '"去年" is not a year or a part of one',
     "Write 2024, 2024H1, 2024Q3, 2024-09 or 2024 (11 months), or nothing if it is not known."),
    ("figures", "little_giants", "qualifier", "大概", '"大概" is not a known qualifier',
     "Write one of: exact, 超, 超过, 突破, 余, 多, 达, 近, 接近, 约, 计划, 力争."),
    ("figures", "little_giants", "quote", "", *EMPTY),
    ("figures", "little_giants", "source", "", *EMPTY),
    ("figures", "little_giants", "source_kind", "paper", '"paper" is not a kind of source',
     "Write one of: press, online, document, repository."),
    ("figures", "little_giants", "source_date", "May", '"May" is not a date',
     "Write 2024-11-30 or 2024-11, or nothing if it is not known."),
    ("figures", "little_giants", "stored", "copy", '"copy" is neither true nor false', "Write true or false."),
    ("remarks", "C20", "subject", "Z99", '"Z99" is not a subject of the register', NO_SUBJECT),
    ("remarks", "C20", "topic", "doubt", '"doubt" is not a topic', "Write doubtful."),
    ("remarks", "C20", "remark", "", *EMPTY),
    ("remarks", "C20", "metric", "outputs", '"outputs" is no published figure of "C20"',
     "Write a metric of data/published_figures.csv, or nothing."),
    ("clusters", "A13", "name_en", "a\x07b", "there is a control character (U+0007) in the cell", UNPRINTABLE),
    ("clusters", "A13", "name_zh", "合肥\ue000", "there is a private-use character (U+E000) in the cell", UNPRINTABLE),
    ("clusters", "A13", "name_zh", "合肥\ud800", "there is half a character (U+D800) in the cell", UNPRINTABLE),
    ("clusters", "A13", "name_zh", "合\n肥", "there is a line break (U+000A) in the cell", UNPRINTABLE),
    ("clusters", "A13", "name_zh", "合肥\ufffd", "there is the mark of a failed conversion (U+FFFD) in the cell",
     UNPRINTABLE),
    ("clusters", "A13", "name_zh", "合肥\uffff", "there is a code that is no character (U+FFFF) in the cell",
     UNPRINTABLE),
    ("clusters", "A13", "provinces", "安徽\x00", "there is a control character (U+0000) in the cell", UNPRINTABLE),
]  # fmt: skip


@pytest.mark.parametrize(("table", "key", "column", "cell", "what", "remedy"), CELLS)
def test_a_wrong_cell_is_named_with_its_place_and_remedy(
    table: str, key: str, column: str, cell: str, what: str, remedy: str
) -> None:
    datasets = changed(table, key, **{column: cell})
    found = problem(datasets)
    at = "cities" if "not among" in what else "words" if "says the same" in what else column
    assert found.where == f"data/{FILES[table]}, row {row_of(table, key)}, column {at}"
    assert found.problem == what
    assert found.remedy == remedy


def test_a_cross_regional_cluster_without_any_city_needs_a_remark() -> None:
    found = problem(changed("clusters", "A19", cities=""))
    assert found.problem == "it is true, but no city is named"


def test_two_provinces_with_one_known_city_make_a_cluster_cross_regional() -> None:
    found = problem(changed("clusters", "A13", provinces="安徽;江苏"))
    assert found.problem == "it is false, but the cluster lies in several cities or provinces"


def test_a_message_shows_a_long_cell_short() -> None:
    found = problem(changed("clusters", "A13", year="x" * 500))
    assert found.problem == f'"{"x" * 60}…" is not a year'


def test_a_message_shows_invisible_characters_by_their_code() -> None:
    found = problem(changed("clusters", "A13", year="20\u202e21"))
    assert found.problem == '"20<U+202E>21": there is a character that cannot be seen (U+202E) in it'


def test_a_cluster_with_an_incomplete_list_may_have_one_city_and_be_cross_regional() -> None:
    cells = {"subject": "A13", "topic": "cities_incomplete", "remark": "成员城市未全部查明"}
    datasets = added("remarks", **cells) | {"clusters": changed("clusters", "A13", cross_regional="true")["clusters"]}
    assert check(datasets, AS_OF).clusters[12].cross_regional
