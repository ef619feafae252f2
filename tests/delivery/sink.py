"""A mail server on loopback that keeps what it takes, and misbehaves as it is told to; and certificates of any kind."""

from __future__ import annotations

import asyncio
import contextlib
import datetime as dt
import email
import email.policy
import ipaddress
import ssl
import threading
from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal

from aiosmtpd.smtp import SMTP, AuthResult, LoginPassword
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

if TYPE_CHECKING:
    from collections.abc import Iterator
    from email.message import EmailMessage
    from pathlib import Path

    from aiosmtpd.smtp import Envelope, Session

Stage = Literal["sender", "recipient", "before storing", "after storing"]
USER, PASSWORD = "briefing", "翠微-Sesam"


@dataclass(frozen=True, slots=True)
class Fault:
    """What goes wrong at a stage, for each message the first ``times``: a reply, or the line is cut where it is empty.

    ``seconds`` is how long the server thinks before.
    """

    stage: Stage
    reply: str = ""
    times: int = 1
    seconds: float = 0


@dataclass(frozen=True, slots=True)
class Received:
    """A message that the server has kept."""

    recipients: tuple[str, ...]
    content: bytes

    @property
    def message(self) -> EmailMessage:
        return email.message_from_bytes(self.content, policy=email.policy.default)

    @property
    def message_id(self) -> str:
        return str(self.message["Message-ID"]).strip("<>")


@dataclass
class Sink:
    """The server as tests see it; ``connections`` counts those that were opened."""

    port: int = 0
    fault: Fault | None = None
    received: list[Received] = field(default_factory=list)
    connections: int = 0
    users: list[str] = field(default_factory=list)
    _met: Counter[str] = field(default_factory=Counter)

    @property
    def times(self) -> Counter[str]:
        """Return how often each message was kept."""
        return Counter(each.message_id for each in self.received)

    def told(self, fault: Fault | None) -> None:
        self.fault = fault
        self._met.clear()

    async def handle_MAIL(  # noqa: N802 -- aiosmtpd's name
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        del session, options
        envelope.mail_from = address
        return await self._meet(server, "sender", "") or "250 OK"

    async def handle_RCPT(  # noqa: N802 -- as above
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        del session, options
        refused = await self._meet(server, "recipient", address)
        if refused:
            return refused
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:  # noqa: N802 -- as above
        del session
        received = Received(tuple(envelope.rcpt_tos), _octets(envelope))
        refused = await self._meet(server, "before storing", received.message_id)
        if refused:
            return refused
        self.received.append(received)
        return await self._meet(server, "after storing", received.message_id) or "250 2.0.0 queued"

    async def _meet(self, server: SMTP, stage: Stage, whose: str) -> str:
        fault = self.fault
        if fault is None or fault.stage != stage or self._met[whose] >= fault.times:
            return ""
        self._met[whose] += 1
        await asyncio.sleep(fault.seconds)
        if fault.reply:
            return fault.reply
        assert isinstance(server.transport, asyncio.Transport)
        server.transport.abort()
        return "421 cut off"


def _octets(envelope: Envelope) -> bytes:
    assert isinstance(envelope.content, bytes)
    return envelope.content


def authenticate(server: SMTP, session: Session, envelope: Envelope, mechanism: str, data: LoginPassword) -> AuthResult:
    del session, envelope, mechanism
    right = data.login == USER.encode() and data.password == PASSWORD.encode()
    sink: Sink = server.event_handler
    if right:
        sink.users.append(USER)
    return AuthResult(success=right, handled=False)


@contextlib.contextmanager
def listening(
    certificate: Path | None = None, *, implicit: bool = False, size: int = 33_554_432, log_in: bool = False
) -> Iterator[Sink]:
    """Return a server that listens; with a certificate it offers STARTTLS, or speaks TLS from the start."""
    sink = Sink()
    context = None
    if certificate is not None:
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(certificate)

    def protocol() -> SMTP:
        sink.connections += 1
        return SMTP(
            sink,
            hostname="sink",
            data_size_limit=size,
            tls_context=None if implicit else context,
            authenticator=authenticate,
            auth_required=log_in and not implicit,
            auth_require_tls=not implicit,
        )

    loop = asyncio.new_event_loop()
    server = loop.run_until_complete(loop.create_server(protocol, "127.0.0.1", 0, ssl=context if implicit else None))
    sink.port = server.sockets[0].getsockname()[1]
    thread = threading.Thread(target=loop.run_forever)
    thread.start()
    try:
        yield sink
    finally:
        asyncio.run_coroutine_threadsafe(_ended(server), loop).result()
        loop.call_soon_threadsafe(loop.stop)
        thread.join()
        loop.close()


async def _ended(server: asyncio.Server) -> None:
    server.close()
    ours = asyncio.current_task()
    others = [task for task in asyncio.all_tasks() if task is not ours]
    for task in others:
        task.cancel()
    await asyncio.gather(*others, return_exceptions=True)


@dataclass(frozen=True, slots=True)
class Certificates:
    """A certification authority of our own in ``folder``; ``authority`` is what a client is to trust."""

    folder: Path
    key: ec.EllipticCurvePrivateKey
    authority: Path

    def issue(self, name: str, *, expired: bool = False, self_signed: bool = False) -> Path:
        """Return a PEM file with a key and a certificate for ``name``."""
        key = ec.generate_private_key(ec.SECP256R1())
        signer = key if self_signed else self.key
        issuer = name if self_signed else "authority"
        days = (-9, -2) if expired else (-2, 9)
        path = self.folder / f"{name}{'-expired' * expired}{'-self-signed' * self_signed}.pem"
        private = key.private_bytes(
            serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
        )
        path.write_bytes(private + _certificate(name, issuer, key, signer, days, authority=False))
        return path


def certificates(folder: Path) -> Certificates:
    key = ec.generate_private_key(ec.SECP256R1())
    authority = folder / "authority.pem"
    authority.write_bytes(_certificate("authority", "authority", key, key, (-9, 9), authority=True))
    return Certificates(folder, key, authority)


def _certificate(
    name: str,
    issuer: str,
    key: ec.EllipticCurvePrivateKey,
    signer: ec.EllipticCurvePrivateKey,
    days: tuple[int, int],
    *,
    authority: bool,
) -> bytes:
    now = dt.datetime.now(dt.UTC)
    names = [x509.DNSName(name)] + [x509.IPAddress(ipaddress.ip_address("127.0.0.1"))] * (name == "localhost")
    usage = x509.KeyUsage(
        digital_signature=True, content_commitment=False, key_encipherment=False, data_encipherment=False,
        key_agreement=False, key_cert_sign=authority, crl_sign=authority, encipher_only=False, decipher_only=False,
    )  # fmt: skip
    made = (
        x509.CertificateBuilder()
        .subject_name(x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)]))
        .issuer_name(x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, issuer)]))
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now + dt.timedelta(days=days[0]))
        .not_valid_after(now + dt.timedelta(days=days[1]))
        .add_extension(x509.BasicConstraints(ca=authority, path_length=None), critical=True)
        .add_extension(x509.SubjectAlternativeName(names), critical=False)
        .add_extension(usage, critical=True)
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(key.public_key()), critical=False)
        .add_extension(x509.AuthorityKeyIdentifier.from_issuer_public_key(signer.public_key()), critical=False)
        .sign(signer, hashes.SHA256())
    )
    return made.public_bytes(serialization.Encoding.PEM)
