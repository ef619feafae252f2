"""A message is one that every mail program reads: headers that nobody can forge, names in Chinese, bytes untouched."""

from __future__ import annotations

import datetime as dt
import email
import email.policy
import subprocess
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import BestAvailableEncryption, Encoding, pkcs12
from cryptography.x509.oid import NameOID
from hypothesis import given
from hypothesis import strategies as st

from clusterreport.delivery.message import compose
from clusterreport.errors import UsageError
from clusterreport.settings.addresses import Address
from clusterreport.settings.mail import Mail
from clusterreport.settings.secrets import Secret
from tests.conftest import require_program
from tests.delivery.parcels import PDF, TITLE, loopback, parcel

if TYPE_CHECKING:
    from email.message import EmailMessage
    from pathlib import Path

PLAIN = loopback(25)
PASSPHRASE = "翠微 5-horses"  # noqa: S105 -- of a key that is thrown away with the test
SECRET = Secret("mail.passphrase", "CLUSTERREPORT_TEST_PASSPHRASE")
DAY = dt.timedelta(days=1)


def read(content: bytes) -> EmailMessage:
    return email.message_from_bytes(content, policy=email.policy.default)


def test_the_headers_are_those_of_a_letter_from_a_program() -> None:
    message = read(compose(parcel(), replace(PLAIN, reply_to=Address("office@example.gov.cn"))))
    assert str(message["From"]) == "研究中心 <briefing@example.gov.cn>"
    assert str(message["To"]) == "zhang <zhang@example.gov.cn>"
    assert str(message["Reply-To"]) == "office@example.gov.cn"
    assert str(message["Subject"]) == "集群发展情况简报（第9期）"
    assert message["Date"].datetime == parcel().moment
    assert message["Message-ID"] == "<1@example.gov.cn>"
    assert message["Auto-Submitted"] == "auto-generated"
    assert message["Bcc"] is message["Cc"] is None


def test_text_html_and_enclosure_come_through_to_the_byte() -> None:
    message = read(compose(parcel(), PLAIN))
    text, html = message.get_body(("plain",)), message.get_body(("html",))
    assert text is not None
    assert html is not None
    assert text.get_content().replace("\r\n", "\n") == parcel().text
    assert html.get_content().strip() == parcel().html
    (enclosed,) = message.iter_attachments()
    assert enclosed.get_content() == PDF
    assert (enclosed.get_filename(), enclosed.get_content_type()) == (TITLE, "application/pdf")


def test_it_is_ascii_in_lines_that_every_server_takes() -> None:
    content = compose(parcel(), PLAIN)
    assert content.isascii()
    assert max(map(len, content.split(b"\r\n"))) <= 998
    assert b"\n" not in content.replace(b"\r\n", b"")


@given(st.text(max_size=40))
def test_no_subject_makes_another_header(subject: str) -> None:
    try:
        content = compose(replace(parcel(), subject=subject), PLAIN)
    except ValueError:
        return  # refused whole
    assert set(read(content).keys()) == set(read(compose(parcel(), PLAIN)).keys())


@pytest.mark.parametrize("forged", ["a\r\nBcc: x@y.cn", "a\nBcc: x@y.cn"])
@pytest.mark.parametrize("where", ["subject", "message_id", "enclosure"])
def test_a_line_break_never_becomes_a_header(where: str, forged: str) -> None:
    whole = parcel()
    changed = {
        "subject": replace(whole, subject=forged),
        "message_id": replace(whole, message_id=forged),
        "enclosure": replace(whole, enclosures=(replace(whole.enclosures[0], name=forged),)),
    }[where]
    try:
        content = compose(changed, PLAIN)
    except ValueError:
        return
    assert b"\nBcc" not in content


@pytest.fixture
def signing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Mail:
    """Return settings with a certificate that signs itself; ``authority.pem`` beside it is what trusts it."""
    monkeypatch.setenv(SECRET.variable, PASSPHRASE)
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "briefing@example.gov.cn")])
    now = dt.datetime.now(dt.UTC)
    made = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - DAY)
        .not_valid_after(now + DAY)
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .sign(key, hashes.SHA256())
    )
    lock = BestAvailableEncryption(PASSPHRASE.encode())
    path = tmp_path / "mail.p12"
    path.write_bytes(pkcs12.serialize_key_and_certificates(b"test", key, made, None, lock))
    (tmp_path / "authority.pem").write_bytes(made.public_bytes(Encoding.PEM))
    return replace(PLAIN, certificate=path, passphrase=SECRET)


def verified(content: bytes, folder: Path) -> bool:
    path = folder / "signed.eml"
    path.write_bytes(content.replace(b"\r\n", b"\n").replace(b"\n", b"\r\n"))  # as it goes over the line
    command = [require_program("openssl"), "cms", "-verify", "-in", str(path), "-CAfile", str(folder / "authority.pem")]
    done = subprocess.run([*command, "-purpose", "any", "-out", "/dev/null"], capture_output=True, check=False)
    return done.returncode == 0


@pytest.mark.slow
def test_openssl_finds_the_signature_good_and_sees_a_change(signing: Mail, tmp_path: Path) -> None:
    content = compose(parcel(), signing)
    assert verified(content, tmp_path)
    assert not verified(content.replace(b"text/html", b"text/htmx", 1), tmp_path)


def test_a_signed_message_says_the_same_as_a_plain_one(signing: Mail) -> None:
    message = read(compose(parcel(), signing))
    assert message.get_content_type() == "multipart/signed"
    inner, _signature = message.iter_parts()
    assert str(message["Subject"]) == "集群发展情况简报（第9期）"
    attachments = [part.get_filename() for part in inner.walk() if part.get_content_disposition() == "attachment"]
    assert attachments == [TITLE]


def test_a_wrong_passphrase_is_said_and_not_shown(signing: Mail, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(SECRET.variable, "sesame-4711")
    with pytest.raises(UsageError, match="the passphrase is wrong") as raised:
        compose(parcel(), signing)
    assert "sesame" not in str(raised.value)
    assert raised.value.problem.where == "clusterreport.toml, mail.certificate"
