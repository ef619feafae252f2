"""The table [signing] is read with care, and shows no secret that was put into it."""

from __future__ import annotations

from pathlib import Path

import pytest

from clusterreport.errors import UsageError
from clusterreport.settings.secrets import Secret
from clusterreport.settings.signing import Signing
from tests.settings.projects import WHOLE, loaded

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
        with_keys / "keys/signer.p12", Secret("signing.passphrase", "SIGNING_PASSPHRASE"), "正式发布", ""
    )


def test_a_passphrase_may_be_kept_in_a_file_of_the_project(with_keys: Path) -> None:
    signing = loaded(
        with_keys, WHOLE + SIGNING.replace("env", "file").replace("SIGNING_PASSPHRASE", "keys/passphrase")
    ).signing
    assert signing is not None
    assert signing.passphrase == Secret("signing.passphrase", file=with_keys / "keys/passphrase")


@pytest.mark.parametrize(
    ("old", "new", "where", "problem", "remedy"),
    [
        ("certificate", "certifikate", "signing.certifikate", "no such setting", "Write one of: certificate"),
        ("passphrase_env", "passphrase", "signing.passphrase", "no such setting", "passphrase_env, passphrase_file"),
        ('certificate = "keys/signer.p12"', "", "signing.certificate", "it is not set", "Write certificate = "),
        ("signer.p12", "other.p12", "signing.certificate", "there is no such file", "as seen from where"),
        ("passphrase_env", "passphrase_file", "signing.passphrase_file", "there is no such file", "Write its path"),
        ("reason", "passphrase_file", "signing", "passphrase_env and passphrase_file are set", "one of them"),
        ('passphrase_env = "SIGNING_PASSPHRASE"', "", "signing", "none of passphrase_env, ", "one of them"),
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
