"""Sends a parcel as e-mail: the last dot goes only after the marker is on the disk."""

from __future__ import annotations

import base64
import contextlib
import smtplib
import socket
import ssl
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final, Self

from clusterreport.delivery.channels import DeferredError, DeliveryError, RefusedError, UncertainError
from clusterreport.errors import UsageError
from clusterreport.settings.secrets import revealed

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from types import TracebackType

    from clusterreport.delivery.parcels import Parcel
    from clusterreport.settings.mail import Mail

Reply = tuple[int, bytes]

_LONGEST_REPLY: Final = 500
_MEGABYTE: Final = 1_000_000
_PERMANENT: Final = 500
_GO_ON: Final = (334, 354)  # RFC 4954, RFC 5321: the server waits for more


@dataclass(frozen=True, slots=True)
class Patience:
    """How many seconds a step may take, and how many messages may share a connection.

    RFC 5321, 4.5.3.2.6: a server may take ten minutes to reply to the last dot.
    """

    step: float = 60
    reply: float = 600
    messages: int = 50


@dataclass(slots=True)
class MailChannel:
    """One server, and the connection to it while there is one."""

    mail: Mail
    patience: Patience = Patience()
    _session: smtplib.SMTP | None = field(default=None, repr=False)
    _used: int = 0

    def __enter__(self) -> Self:
        """Use it as a context, which closes it."""
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Close it."""
        self.close()

    def close(self) -> None:
        """Say goodbye to the server, if it is there."""
        session, self._session = self._session, None
        if session is not None:
            with contextlib.suppress(OSError, smtplib.SMTPException):
                session.quit()
            session.close()

    def deliver(self, parcel: Parcel, commit: Callable[[], None]) -> str:
        """Send the parcel to its recipient alone and return the server's reply.

        Raises UsageError where the password cannot be had, or the server does not take it.
        """
        body = _whole(parcel.message)
        most = self.mail.megabytes * _MEGABYTE
        if len(body) > most:
            raise RefusedError(f"the message weighs {len(body)} bytes, and mail.megabytes allows {most}")
        try:
            reply = self._sent(parcel, body, commit)
        except BaseException:
            self._drop()  # never to be used again: the server may still be waiting for the rest of a message
            raise
        self._used += 1
        return reply

    def _sent(self, parcel: Parcel, body: bytes, commit: Callable[[], None]) -> str:
        with _lost_before_the_dot():
            session = self._ready()
            self._envelope(session, parcel, body)
            session.send(_stuffed(body))
        commit()
        return self._last_dot(session)

    def _ready(self) -> smtplib.SMTP:
        """Return a session that is fit for a message: the last one where it is alive, else a new one."""
        if self._session is not None and self._used < self.patience.messages:
            with contextlib.suppress(OSError, smtplib.SMTPException):
                if self._session.rset()[0] == 250:  # noqa: PLR2004 -- RFC 5321, 4.2.2: done
                    return self._session
        self.close()
        self._session, self._used = _connected(self.mail, self.patience), 0
        return self._session

    def _envelope(self, session: smtplib.SMTP, parcel: Parcel, body: bytes) -> None:
        if session.has_extn("size"):
            limit = session.esmtp_features["size"].strip()
            if limit.isdigit() and 0 < int(limit) < len(body):
                raise RefusedError(f"the message weighs {len(body)} bytes, and the server takes {limit}")
        size = [f"SIZE={len(body)}"] if session.has_extn("size") else []
        _accepted(session.mail(self.mail.sender.mailbox, size))
        _accepted(session.rcpt(parcel.recipient.destination))
        _accepted(session.docmd("DATA"))

    def _last_dot(self, session: smtplib.SMTP) -> str:
        """Take the last step, and return the reply; whoever is cut off here does not know."""
        try:
            if session.sock is None:
                raise UncertainError("the connection was lost with the last dot")
            session.sock.settimeout(self.patience.reply)
            session.send(b".\r\n")
            reply = session.getreply()
        except (OSError, smtplib.SMTPException) as error:
            raise UncertainError(f"no reply to the last dot: {_words(error)}") from None
        session.sock.settimeout(self.patience.step)
        if not 200 <= reply[0] < 600 or 300 <= reply[0] < 400:  # noqa: PLR2004 -- RFC 5321, 4.2.1: no such answer to data
            raise UncertainError(f"no reply that can be understood: {_said(reply)}")
        _accepted(reply)
        return _said(reply)

    def _drop(self) -> None:
        session, self._session = self._session, None
        if session is not None:
            session.close()


def _connected(mail: Mail, patience: Patience) -> smtplib.SMTP:
    """Return a session: encrypted, the server's certificate verified, logged in where there is a user."""
    if mail.security == "tls":
        context = _trust(mail)
        session: smtplib.SMTP = smtplib.SMTP_SSL(mail.host, mail.port, timeout=patience.step, context=context)
    else:
        session = smtplib.SMTP(mail.host, mail.port, timeout=patience.step)
    try:
        if session.sock is not None:  # else the last dot waits for the acknowledgement of what went before
            session.sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        _greet(session)
        if mail.security == "starttls":
            _encrypt(session, _trust(mail))
        if mail.user:
            _log_in(session, mail)
    except BaseException:
        session.close()
        raise
    return session


def _trust(mail: Mail) -> ssl.SSLContext:
    """Return what smtplib must be given: without a context it takes any certificate."""
    return ssl.create_default_context(cafile=mail.authorities)


def _encrypt(session: smtplib.SMTP, trust: ssl.SSLContext) -> None:
    if not session.has_extn("starttls"):
        raise DeferredError("the server does not offer STARTTLS: somebody may have taken it out on the way")
    _accepted(session.starttls(context=trust))
    _greet(session)


def _greet(session: smtplib.SMTP) -> None:
    code, _ = session.ehlo()
    if code // 100 != 2:  # noqa: PLR2004 -- RFC 5321, 4.2.1: positive
        _accepted(session.helo())


def _log_in(session: smtplib.SMTP, mail: Mail) -> None:
    """Say user and password, in UTF-8 as RFC 4616 has it, which smtplib does not; never without encryption."""
    if mail.security == "none" or mail.password is None:
        problem = "the password would cross the line unprotected"
        raise UsageError("clusterreport.toml, mail.user", problem, "Leave it out, or set mail.security.")
    password = revealed(mail.password).encode()
    user = mail.user.encode()
    offered = session.esmtp_features.get("auth", "").upper().split()
    if "PLAIN" in offered:
        reply = session.docmd("AUTH", "PLAIN " + _base64(b"\0" + user + b"\0" + password))
    elif "LOGIN" in offered:
        reply = session.docmd("AUTH", "LOGIN " + _base64(user))
        if reply[0] in _GO_ON:
            reply = session.docmd(_base64(password))
    else:
        raise DeferredError("the server offers no way to log in that is known here (PLAIN, LOGIN)")
    if reply[0] >= _PERMANENT:
        # Trying every delivery in turn would only lock the account.
        remedy = "Check mail.user and the password, then send again; every delivery waits."
        raise UsageError("clusterreport.toml, mail.password", f"the server refuses it: {reply[0]}", remedy)
    _accepted(reply)


def _whole(message: bytes) -> bytes:
    """Return a message that was composed; RefusedError where a line end in it may be taken for its end."""
    if not message.endswith(b"\r\n") or any(end in message.replace(b"\r\n", b"") for end in (b"\r", b"\n")):
        raise RefusedError("the message is not one: it is empty, or a line of it does not end with CR LF")
    return message


def _stuffed(body: bytes) -> bytes:
    """Return the body with a second dot before every line that begins with one (RFC 5321, 4.5.2)."""
    return (b"\r\n" + body).replace(b"\r\n.", b"\r\n..")[2:]


def _base64(content: bytes) -> str:
    return base64.b64encode(content).decode("ascii")


def _accepted(reply: Reply) -> None:
    """Go on where the server said yes; 4xx means later, 5xx means no (RFC 5321, 4.2.1)."""
    if 200 <= reply[0] < 400:  # noqa: PLR2004 -- as said
        return
    raise (RefusedError if reply[0] >= _PERMANENT else DeferredError)(_said(reply))


def _said(reply: Reply) -> str:
    return _one_line(f"{reply[0]} {reply[1].decode('utf-8', 'replace')}")


def _one_line(text: str) -> str:
    printable = "".join(character if character.isprintable() else " " for character in text)
    return " ".join(printable.split())[:_LONGEST_REPLY]


def _words(error: Exception) -> str:
    return _one_line(str(error) or type(error).__name__)


@contextlib.contextmanager
def _lost_before_the_dot() -> Iterator[None]:
    """Whatever breaks before the last dot, nothing was delivered."""
    try:
        yield
    except DeliveryError:
        raise
    except ssl.SSLCertVerificationError as error:
        raise DeferredError(f"the server's certificate is not valid: {_one_line(error.verify_message)}") from None
    except smtplib.SMTPResponseException as error:  # such as a greeting of 421 or 554
        words = error.smtp_error if isinstance(error.smtp_error, bytes) else str(error.smtp_error).encode()
        raise DeferredError(_said((error.smtp_code, words))) from None
    except (OSError, smtplib.SMTPException) as error:
        raise DeferredError(f"the server cannot be reached: {_words(error)}") from None
