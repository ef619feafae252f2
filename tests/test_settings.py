"""clusterreport.toml is read with care: what is wrong is named with its place and a remedy."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from clusterreport.errors import UsageError
from clusterreport.settings import Settings, Signing, load

WHOLE = """
[briefing]
as_of = 2025-09-22
number = 9
total = 33
focus = "广州"
audiences = ["bureau", "leaders"]
author = "某中心"

[data]
clusters = "data/clusters.csv"
provinces = "data/provinces.csv"
cities = "data/cities.csv"
figures = "data/figures.csv"
"""


def written(folder: Path, text: str, encoding: str = "utf-8") -> Path:
    (folder / "clusterreport.toml").write_text(text, encoding=encoding)
    return folder


def loaded(folder: Path, text: str) -> Settings:
    return load(written(folder, text))


def test_a_whole_file_is_read(tmp_path: Path) -> None:
    settings = loaded(tmp_path, WHOLE)
    assert settings.data["clusters"] == tmp_path / "data/clusters.csv"
    assert settings.places["clusters"] == "data/clusters.csv"
    assert (settings.issue, settings.number, settings.total) == ("2025-09", 9, 33)
    assert settings.audiences == ("bureau", "leaders")
    assert settings.formats == ("docx", "pdf")
    assert settings.output == tmp_path / "output"


def test_a_byte_order_mark_does_no_harm(tmp_path: Path) -> None:
    assert load(written(tmp_path, WHOLE, "utf-8-sig")).focus == "广州"


def test_another_date_is_another_issue_and_takes_no_number_from_the_settings(tmp_path: Path) -> None:
    changed = loaded(tmp_path, WHOLE).overridden(as_of=dt.date(2025, 12, 1))
    assert (changed.issue, changed.number, changed.total) == ("2025-12", None, None)


def test_the_same_date_keeps_the_number(tmp_path: Path) -> None:
    assert loaded(tmp_path, WHOLE).overridden(as_of=dt.date(2025, 9, 22)).number == 9


def test_what_the_command_line_says_goes_first(tmp_path: Path) -> None:
    changed = loaded(tmp_path, WHOLE).overridden(focus="苏州", audiences=("public",), formats=("pdf",), output=tmp_path)
    assert (changed.focus, changed.audiences, changed.formats) == ("苏州", ("public",), ("pdf",))
    assert changed.output == tmp_path


@pytest.mark.parametrize(
    ("old", "new", "where", "problem", "remedy"),
    [
        ('focus = "广州"', "", "briefing.focus", "it is not set", 'Write focus = "广州"'),
        ("as_of = 2025-09-22", "", "briefing.as_of", "it is not set", "Write as_of = 2025-09-22"),
        ("as_of = 2025-09-22", 'as_of = "2025-09-22"', "briefing.as_of", "of the wrong kind", "Write a date"),
        ("number = 9", "number = true", "briefing.number", "of the wrong kind", "Write a whole number"),
        ("number = 9", "nubmer = 9", "briefing.nubmer", "no such setting", "Write one of: focus"),
        ("[data]", "[date]", "date", "no such table", "Write one of: briefing, data, folders"),
        ('figures = "data/figures.csv"', "", "data", "no file is named for: figures", "Write figures = "),
        ('["bureau", "leaders"]', "[]", "briefing.audiences", "not a list of names", "Write audiences = "),
        ('author = "某中心"', 'formats = ["odt"]', "briefing.formats", "'odt' is not known", "docx, pdf"),
        ("number = 9", "number = = 9", "clusterreport.toml", "not valid TOML", "Mend the line"),
    ],
)  # fmt: skip
def test_a_wrong_setting_is_named(tmp_path: Path, old: str, new: str, where: str, problem: str, remedy: str) -> None:
    with pytest.raises(UsageError) as raised:
        loaded(tmp_path, WHOLE.replace(old, new))
    assert where in raised.value.problem.where
    assert problem in raised.value.problem.problem
    assert remedy in raised.value.problem.remedy
    assert raised.value.exit_code == 2


SIGNING = """
[signing]
certificate = "keys/signer.p12"
passphrase_env = "SIGNING_PASSPHRASE"
reason = "正式发布"
"""


@pytest.fixture
def with_keys(tmp_path: Path) -> Path:
    """Return a folder that holds a certificate and a passphrase, as far as the settings look at them."""
    (tmp_path / "keys").mkdir()
    for name in ("signer.p12", "passphrase"):
        (tmp_path / "keys" / name).touch()
    return tmp_path


def test_without_a_table_for_it_nothing_is_signed(tmp_path: Path) -> None:
    assert loaded(tmp_path, WHOLE).signing is None


def test_what_the_table_of_signing_says_is_read(with_keys: Path) -> None:
    assert loaded(with_keys, WHOLE + SIGNING).signing == Signing(
        with_keys / "keys/signer.p12", "SIGNING_PASSPHRASE", None, "正式发布", ""
    )


def test_a_passphrase_may_be_kept_in_a_file_of_the_project(with_keys: Path) -> None:
    signing = loaded(
        with_keys, WHOLE + SIGNING.replace("env", "file").replace("SIGNING_PASSPHRASE", "keys/passphrase")
    ).signing
    assert signing is not None
    assert (signing.passphrase_env, signing.passphrase_file) == ("", with_keys / "keys/passphrase")


@pytest.mark.parametrize(
    ("old", "new", "where", "problem", "remedy"),
    [
        ("certificate", "certifikate", "signing.certifikate", "no such setting", "Write one of: certificate"),
        ("passphrase_env", "passphrase", "signing.passphrase", "no such setting", "passphrase_env, passphrase_file"),
        ('certificate = "keys/signer.p12"', "", "signing.certificate", "it is not set", "Write certificate = "),
        ("signer.p12", "other.p12", "signing.certificate", "there is no such file", "as seen from where"),
        ("passphrase_env", "passphrase_file", "signing.passphrase_file", "there is no such file", "Write its path"),
        ("reason", "passphrase_file", "signing", "both passphrase_env and passphrase_file are set", "one of the two"),
        ('passphrase_env = "SIGNING_PASSPHRASE"', "", "signing", "neither passphrase_env nor", "one of the two"),
        ("SIGNING_PASSPHRASE", "", "signing.passphrase_env", "not the name of an environment", "Write passphrase_env"),
        ('"SIGNING_PASSPHRASE"', "4711", "signing.passphrase_env", "it is of the wrong kind", "Write words in quotes"),
    ],
)  # fmt: skip
def test_a_wrong_setting_of_signing_is_named(
    with_keys: Path, old: str, new: str, where: str, problem: str, remedy: str
) -> None:
    with pytest.raises(UsageError) as raised:
        loaded(with_keys, WHOLE + SIGNING.replace(old, new))
    assert raised.value.problem.where == f"clusterreport.toml, {where}"
    assert problem in raised.value.problem.problem
    assert remedy in raised.value.problem.remedy


@pytest.mark.parametrize(
    "line",
    [
        'passphrase = "sesame-4711"',
        'passphrase_env = "sesame-4711"',
        'passphrase_file = "sesame-4711"',
        'passphrase_env = ["sesame-4711"]',
    ],
)
def test_a_passphrase_put_into_the_settings_is_not_shown(with_keys: Path, line: str) -> None:
    with pytest.raises(UsageError) as raised:
        loaded(with_keys, WHOLE + SIGNING.replace('passphrase_env = "SIGNING_PASSPHRASE"', line))
    assert "signing.passphrase" in str(raised.value)
    assert "sesame" not in str(raised.value)


def test_a_folder_without_settings_is_named(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match=r"there is no clusterreport\.toml in this folder"):
        load(tmp_path)


def test_a_file_in_another_encoding_is_named(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="it is not UTF-8 text"):
        load(written(tmp_path, WHOLE, "gb18030"))


def test_a_setting_outside_its_table_is_named(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="it is not a table"):
        loaded(tmp_path, 'data = "x"\n')
