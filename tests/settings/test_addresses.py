"""Addresses and names come out of the settings fit for a message's head, and domains as IDNA 2008 writes them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from clusterreport.errors import UsageError
from clusterreport.settings.addresses import Address, address_in, domain_in
from clusterreport.settings.header_text import unfit_in
from tests.settings.projects import WHOLE, loaded

if TYPE_CHECKING:
    from pathlib import Path

MAIL = """
[mail]
host = "mail.example.gov.cn"
sender = "研究中心 <briefing@example.gov.cn>"
reply_to = "值班室 <office@example.gov.cn>"

[[recipients]]
name = "张主任"
address = "李处长 <zhang@example.gov.cn>"
audience = "leaders"

[[recipients]]
name = "共享盘"
folder = "share"
audience = "bureau"
"""
HIDDEN = (
    "=?utf-8?q?=0d=0aX-Evil:_yes?=",
    "=?utf-8?q?=0D=0A=0D=0Abody?=",
    "=?UTF-8?B?DQpYLUV2aWw6IHllcw==?=",
    "=?utf-8?b?DQpYLUV2aWw6IHllcw?=",  # without its padding
    "=?utf-8*zh?q?=0a?=",
    "=?utf-8?q?a=0a b?=",  # a blank that no encoded word may hold
    "=?us-ascii?q?=0?= =?us-ascii?q?=0a?=",
    "=?utf-16?b?/v8ADQAK?=",
    "=?no-such-charset?q?=0a?=",
    "=?utf-8?q?=3D=3Futf-8=3Fq=3F=3D0a=3F=3D?=",  # encoded twice
    "=?utf-8?q?=00?=",
    "=?utf-8?q?=7f?=",
    "=?utf-8?q?=c2=85?=",
    "=?utf-8?q?=e2=80=a8?=",
    "=?utf-8?q?=e2=80=ae?=",
)
OPEN = ("\\r\\nBcc: a@b.cn", "\\n", "\\r", "\\u0000", "\\u007f", "\\u0085", "\\u009b", "\\u2028", "\\u2029", "\\u202e",
        "\\u2066", "\\u200f", "\\u061c", "\\u200b", "\\ufeff")  # fmt: skip


@pytest.mark.parametrize("unfit", [*HIDDEN, *OPEN])
@pytest.mark.parametrize(
    ("name", "place"),
    [
        ("研究中心", "mail.sender"),
        ("值班室", "mail.reply_to"),
        ("李处长", "recipients (1).address"),
        ("张主任", "recipients (1).name"),
        ("共享盘", "recipients (2).name"),
    ],
)
def test_a_name_that_holds_or_hides_a_control_character_is_refused(
    tmp_path: Path, name: str, place: str, unfit: str
) -> None:
    with pytest.raises(UsageError) as raised:
        loaded(tmp_path, WHOLE + MAIL.replace(name, f"{name}{unfit}"))
    assert raised.value.problem.where == f"clusterreport.toml, {place}"
    refused = ("control character", "character that cannot be seen")
    assert any(words in raised.value.problem.problem for words in refused)
    assert raised.value.problem.remedy.endswith(".")


@pytest.mark.parametrize(
    ("said", "name"),
    [
        ("=?utf-8?b?5byg5LiJ?= <a@b.cn>", "张三"),
        ("=?gb18030?B?1cXI/Q==?= <a@b.cn>", "张三"),
        ("=?utf-8?q?=E5=BC=A0?= =?utf-8?q?=E4=B8=89?= <a@b.cn>", "张三"),
        ("张　三 <a@b.cn>", "张　三"),
        ('"Zhang, San (GD)" <a@b.cn>', "Zhang, San (GD)"),
        ("a@b.cn", ""),
    ],
)
def test_a_harmless_name_is_read_as_what_it_says(said: str, name: str) -> None:
    assert address_in("x", said) == Address("a@b.cn", name)


@pytest.mark.parametrize("text", ["第9期（总第33期）", "a = ?b?", "=?not a word", "50%=0a", "👨", "\ue000", "生僻字𠮷"])
def test_what_any_line_may_hold_is_fit(text: str) -> None:
    assert not unfit_in(text)


def test_a_name_has_a_length_that_a_head_can_bear() -> None:
    assert address_in("x", f"{'张' * 200} <a@b.cn>").name == "张" * 200
    with pytest.raises(UsageError, match="the name has 201 characters, and 200 are allowed"):
        address_in("x", f"{'张' * 201} <a@b.cn>")


@pytest.mark.parametrize(
    ("said", "domain"),
    [
        ("例子.中国", "xn--fsqu00a.xn--fiqs8s"),
        ("faß.example.cn", "xn--fa-hia.example.cn"),  # IDNA 2003 would send it to fass.example.cn
        ("βόλος.example.cn", "xn--nxasmm1c.example.cn"),  # and this one to another name, with another sigma
        ("ＥＸＡＭＰＬＥ。ｇｏｖ．cn", "example.gov.cn"),
        ("XN--FIQS8S.cn", "xn--fiqs8s.cn"),
        ("oa.bureau.local", "oa.bureau.local"),
    ],
)
def test_a_domain_is_written_by_idna_2008(said: str, domain: str) -> None:
    assert domain_in("x", said) == domain
    assert address_in("x", f"a@{said}").mailbox == f"a@{domain}"


@pytest.mark.parametrize(
    "said", ["☃.cn", "a_b.cn", "-a.cn", "a-.cn", "a..cn", "a.cn.", "localhost", "xn--zz.cn", "[127.0.0.1]", "a b.cn",
             "a/b.cn", "a@b.cn", f"{64 * 'a'}.cn", f"{'a.' * 130}cn", "中" * 100_000]
)  # fmt: skip
def test_what_is_no_domain_is_refused(said: str) -> None:
    with pytest.raises(UsageError, match="is not a domain"):
        domain_in("x", said)


def test_no_address_is_looked_up(monkeypatch: pytest.MonkeyPatch) -> None:
    import socket

    def refused(*_: object, **__: object) -> None:
        raise AssertionError

    monkeypatch.setattr(socket, "socket", refused)
    monkeypatch.setattr(socket, "getaddrinfo", refused)
    assert address_in("x", "a@no-such-host.example.cn").domain == "no-such-host.example.cn"
