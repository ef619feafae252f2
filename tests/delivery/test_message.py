"""A message is one that every mail program reads: headers that nobody can forge, names in Chinese, bytes untouched."""

from __future__ import annotations

import datetime as dt
import email
import email.policy
import re
import subprocess
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import BestAvailableEncryption, Encoding, pkcs12
from cryptography.x509.oid import NameOID
from hypothesis import example, given, settings
from hypothesis import strategies as st

from clusterreport.delivery.message import compose
from clusterreport.delivery.reading_back import MessageError, check_message
from clusterreport.errors import UsageError
from clusterreport.settings.addresses import Address
from clusterreport.settings.header_text import unfit_in
from clusterreport.settings.mail import Mail
from clusterreport.settings.secrets import Secret
from tests.conftest import require_program
from tests.delivery.outgoing import PDF, TITLE, loopback, outgoing

if TYPE_CHECKING:
    from collections.abc import Callable
    from email.message import EmailMessage
    from pathlib import Path

    from clusterreport.delivery.outgoing import OutgoingMessage

PLAIN = loopback(25)
PASSPHRASE = "翠微 5-horses"  # noqa: S105 -- of a key that is thrown away with the test
SECRET = Secret("mail.passphrase", "CLUSTERREPORT_TEST_PASSPHRASE")
DAY = dt.timedelta(days=1)


def read(content: bytes) -> EmailMessage:
    return email.message_from_bytes(content, policy=email.policy.default)


def test_the_headers_are_those_of_a_letter_from_a_program() -> None:
    message = read(compose(outgoing(), replace(PLAIN, reply_to=Address("office@example.gov.cn"))))
    assert str(message["From"]) == "研究中心 <briefing@example.gov.cn>"
    assert str(message["To"]) == "zhang <zhang@example.gov.cn>"
    assert str(message["Reply-To"]) == "office@example.gov.cn"
    assert str(message["Subject"]) == "集群发展情况简报（第9期）"
    assert message["Date"].datetime == outgoing().moment
    assert message["Message-ID"] == "<1@example.gov.cn>"
    assert message["Auto-Submitted"] == "auto-generated"
    assert message["Bcc"] is message["Cc"] is None


def test_text_html_and_attachment_come_through_to_the_byte() -> None:
    message = read(compose(outgoing(), PLAIN))
    text, html = message.get_body(("plain",)), message.get_body(("html",))
    assert text is not None
    assert html is not None
    assert text.get_content().replace("\r\n", "\n") == outgoing().text
    assert html.get_content().strip() == outgoing().html
    (enclosed,) = message.iter_attachments()
    assert enclosed.get_content() == PDF
    assert (enclosed.get_filename(), enclosed.get_content_type()) == (TITLE, "application/pdf")


def test_it_is_ascii_in_lines_that_every_server_takes() -> None:
    content = compose(outgoing(), PLAIN)
    assert content.isascii()
    assert max(map(len, content.split(b"\r\n"))) <= 998
    assert b"\n" not in content.replace(b"\r\n", b"")


@given(st.text(max_size=40))
def test_no_subject_makes_another_header(subject: str) -> None:
    try:
        content = compose(replace(outgoing(), subject=subject), PLAIN)
    except ValueError:
        return  # refused whole
    assert set(read(content).keys()) == set(read(compose(outgoing(), PLAIN)).keys())


@pytest.mark.parametrize("forged", ["a\r\nBcc: x@y.cn", "a\nBcc: x@y.cn"])
@pytest.mark.parametrize("where", ["subject", "message_id", "attachment"])
def test_a_line_break_never_becomes_a_header(where: str, forged: str) -> None:
    whole = outgoing()
    changed = {
        "subject": replace(whole, subject=forged),
        "message_id": replace(whole, message_id=forged),
        "attachment": replace(whole, attachments=(replace(whole.attachments[0], name=forged),)),
    }[where]
    try:
        content = compose(changed, PLAIN)
    except ValueError:
        return
    assert b"\nBcc" not in content


EVIL = "=?utf-8?q?=0d=0aX-Evil:_yes=0d=0a=0d=0abody?="


def place_sender(text: str, mail: Mail) -> tuple[OutgoingMessage, Mail]:
    return outgoing(), replace(mail, sender=Address("a@example.gov.cn", text))


def place_reply_to(text: str, mail: Mail) -> tuple[OutgoingMessage, Mail]:
    return outgoing(), replace(mail, reply_to=Address("a@example.gov.cn", text))


def place_recipient(text: str, mail: Mail) -> tuple[OutgoingMessage, Mail]:
    whole = outgoing()
    return replace(whole, recipient=replace(whole.recipient, address=Address("a@example.gov.cn", text))), mail


def place_subject(text: str, mail: Mail) -> tuple[OutgoingMessage, Mail]:
    return replace(outgoing(), subject=text), mail


def place_attachment(text: str, mail: Mail) -> tuple[OutgoingMessage, Mail]:
    whole = outgoing()
    return replace(whole, attachments=(replace(whole.attachments[0], name=f"{text}.pdf"),)), mail


PLACES = (place_sender, place_reply_to, place_recipient, place_subject, place_attachment)


@pytest.mark.parametrize("unfit", [EVIL, "a\r\nb", "a\nb", "\x00", "\x85", "\u2028", "\u202e"])
@pytest.mark.parametrize("place", PLACES)
def test_what_hides_a_header_makes_no_message(
    place: Callable[[str, Mail], tuple[OutgoingMessage, Mail]], unfit: str
) -> None:
    with pytest.raises(MessageError, match="holds U"):
        compose(*place(unfit, PLAIN))


FIT = st.text(
    st.one_of(
        st.characters(exclude_categories=["Cc", "Cf", "Cs", "Zl", "Zp"]), st.sampled_from("=?_\"\\\\,;:<>@()'%.* 　")
    ),
    max_size=90,
).filter(lambda text: not unfit_in(text))


@pytest.mark.parametrize("place", PLACES)
@settings(max_examples=40, deadline=None)
@given(FIT)
@example("国家先进制造业集群发展情况研究中心（筹）值班室" * 5)
@example("a" * 200)
@example("Müller, Hans <x@y.cn>, ")
@example("=?not?a?word?=")
@example("two  blanks")
@example('"; filename="other.exe')
def test_whatever_is_fit_goes_as_it_is(place: Callable[[str, Mail], tuple[OutgoingMessage, Mail]], text: str) -> None:
    content = compose(*place(text.strip() or "x", PLAIN))  # which compares
    words = [line for line in content.partition(b"\r\n\r\n")[0].split(b"\r\n") if b"=?utf-8?" in line]
    assert max(map(len, words)) <= 76  # RFC 2047, 2


def without_attachment(content: bytes) -> bytes:
    boundary = content.partition(b'boundary="')[2].partition(b'"')[0]
    first, second, _ = content.split(b"--" + boundary + b"\r\n")
    return first + b"--" + boundary + b"\r\n" + second + b"--" + boundary + b"--\r\n"


def with_another_attachment(content: bytes) -> bytes:
    boundary = content.partition(b'boundary="')[2].partition(b'"')[0]
    first, second, third = content.split(b"--" + boundary + b"\r\n")
    return (b"--" + boundary + b"\r\n").join((first, second, third.partition(b"--" + boundary)[0], third))


CHANGES: dict[str, Callable[[bytes], bytes]] = {
    "another header": lambda content: b"X-Evil: yes\r\n" + content,
    "another header at the end": lambda content: content.replace(b"\r\n\r\n", b"\r\nBcc: x@y.cn\r\n\r\n", 1),
    "a header twice": lambda content: content.replace(b"Date: ", b"Subject: x\r\nDate: ", 1),
    "no Date": lambda content: re.sub(rb"Date: .*\r\n", b"", content, count=1),
    "the head ends early": lambda content: content.replace(b"Subject: ", b"\r\nSubject: ", 1),
    "another sender": lambda content: content.replace(b"<briefing@", b"<boss@", 1),
    "two recipients": lambda content: content.replace(b"<zhang@", b"<li@example.gov.cn>, <zhang@", 1),
    "another name": lambda content: content.replace(b"To: zhang", b"To: zhangs", 1),
    "another subject": lambda content: re.sub(rb"Subject: [^\r]*", b"Subject: x", content, count=1),
    "another date": lambda content: content.replace(b" 2025 ", b" 2024 ", 1),
    "another message id": lambda content: content.replace(b"<1@", b"<2@", 1),
    "another text": lambda content: content.replace(b"5ZCE", b"5ZCF", 1),
    "another html": lambda content: content.replace(b"PHA+", b"PHE+", 1),
    "another byte of the attachment": lambda content: content.replace(b"JVBERi0xLjc", b"JVBERi0xLjg", 1),
    "another name of the attachment": lambda content: content.replace(b".pdf", b".exe", 1),
    "another kind of attachment": lambda content: content.replace(b"application/pdf", b"application/exe", 1),
    "the attachment within": lambda content: content.replace(b"attachment;", b"inline;", 1),
    "no attachment": without_attachment,
    "another attachment": with_another_attachment,
    "a header in a part": lambda content: content.replace(b"Content-Disp", b"X-Evil: yes\r\nContent-Disp", 1),
    "words before the parts": lambda content: content.replace(b"\r\n\r\n--", b"\r\n\r\nwords\r\n--", 1),
    "words behind the parts": lambda content: content + b"words\r\n",
    "a broken boundary": lambda content: content.replace(b'boundary="', b'boundary="x', 1),
    "a lone line feed": lambda content: content[:-2] + b"\n",
    "no end": lambda content: content[:-2],
    "what is not ASCII": lambda content: content.replace(b"zhang", "zhäng".encode(), 1),
    "a line without end": lambda content: content + b"x" * 999 + b"\r\n",
}  # fmt: skip


@pytest.mark.parametrize("change", CHANGES.values(), ids=CHANGES.keys())
def test_a_message_that_is_not_what_was_to_be_sent_is_seen(change: Callable[[bytes], bytes]) -> None:
    content = compose(outgoing(), PLAIN)
    assert change(content) != content
    with pytest.raises(MessageError, match="read back is not what was composed"):
        check_message(change(content), outgoing(), PLAIN)


@pytest.mark.parametrize("mail", [replace(PLAIN, reply_to=Address("office@example.gov.cn"))])
def test_a_header_that_is_missing_is_seen(mail: Mail) -> None:
    with pytest.raises(MessageError, match="its headers are From, To, Subject"):
        check_message(compose(outgoing(), PLAIN), outgoing(), mail)


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
    content = compose(outgoing(), signing)
    assert verified(content, tmp_path)
    assert not verified(content.replace(b"text/html", b"text/htmx", 1), tmp_path)


def test_a_signed_message_says_the_same_as_a_plain_one(signing: Mail) -> None:
    message = read(compose(outgoing(), signing))
    assert message.get_content_type() == "multipart/signed"
    inner, _signature = message.iter_parts()
    assert str(message["Subject"]) == "集群发展情况简报（第9期）"
    attachments = [part.get_filename() for part in inner.walk() if part.get_content_disposition() == "attachment"]
    assert attachments == [TITLE]


@pytest.mark.parametrize("change", ["another header", "another byte of the attachment", "another subject"])
def test_a_signed_message_that_is_not_what_was_to_be_sent_is_seen(signing: Mail, change: str) -> None:
    content = compose(outgoing(), signing)
    with pytest.raises(MessageError):
        check_message(CHANGES[change](content), outgoing(), signing)


def test_a_message_that_lacks_its_signature_is_seen(signing: Mail) -> None:
    with pytest.raises(MessageError, match="it is not one part and its signature"):
        check_message(compose(outgoing(), PLAIN), outgoing(), signing)
    with pytest.raises(MessageError, match="its attachments are not those of the outgoing message"):
        check_message(compose(outgoing(), signing), outgoing(), PLAIN)


def test_a_wrong_passphrase_is_said_and_not_shown(signing: Mail, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(SECRET.variable, "sesame-4711")
    with pytest.raises(UsageError, match="the passphrase is wrong") as raised:
        compose(outgoing(), signing)
    assert "sesame" not in str(raised.value)
    assert raised.value.problem.where == "clusterreport.toml, mail.certificate"
