"""Sends an outgoing message as e-mail: the last dot goes only after the marker is on the disk."""

from __future__ import annotations

import base64
import contextlib
import smtplib
import ssl
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final, Self

from clusterreport.delivery.channels import DeferredError, DeliveryError, RefusedError, UncertainError
from clusterreport.delivery.redaction import Login, Redaction
from clusterreport.delivery.smtp_session import EncryptedSession, OutOfStepError, Patience, Reply, ReplyError, Session
from clusterreport.errors import UsageError
from clusterreport.messages import message
from clusterreport.settings.secrets import revealed

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from types import TracebackType

    from clusterreport.delivery.outgoing import OutgoingMessage
    from clusterreport.settings.mail import Mail

__all__ = ["MailChannel", "Patience"]

_LONGEST_REPLY: Final = 500
_MEGABYTE: Final = 1_000_000
_TEMPORARY: Final = 400
_PERMANENT: Final = 500
_DONE: Final = 250
_GO_AHEAD: Final = 354  # RFC 5321, 4.2.3: start mail input; nothing else is leave to send a message
_LOGGED_IN: Final = 235  # RFC 4954, 6
_GO_ON: Final = 334  # RFC 4954, 4


@dataclass(slots=True)
class MailChannel:
    """One server, and the connection to it while there is one."""

    mail: Mail
    patience: Patience = field(default_factory=Patience)
    _session: Session | None = field(default=None, repr=False)
    _used: int = 0
    _redaction: Redaction = field(default_factory=Redaction, repr=False)

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

    def deliver(self, outgoing: OutgoingMessage, commit: Callable[[], None]) -> str:
        """Send the message to its recipient alone and return the server's reply, in which no secret is left.

        Raises UsageError where the password cannot be had, or the server does not take it.
        """
        body = _whole(outgoing.message)
        most = self.mail.megabytes * _MEGABYTE
        if len(body) > most:
            raise RefusedError(
                message(
                    "the message weighs {count} bytes, and mail.megabytes allows {most}", count=len(body), most=most
                )
            )
        try:
            reply = self._sent(outgoing, body, commit)
        except DeliveryError as error:
            self._drop()
            raise type(error)(self._told(error.reply)) from None
        except BaseException:
            self._drop()  # never to be used again: the server may still be waiting for the rest of a message
            raise
        self._used += 1
        return self._told(reply)

    def probe(self) -> None:
        """Connect, encrypt and log in as for a message, send none, and go; DeliveryError says what does not hold."""
        try:
            with _lost_before_the_dot():
                self._ready()
        except DeliveryError as error:
            raise type(error)(self._told(error.reply)) from None
        finally:
            self.close()

    def _told(self, words: str) -> str:
        """Return what may be stored and printed of a server's words."""
        return self._redaction.struck(words)[:_LONGEST_REPLY]

    def _sent(self, outgoing: OutgoingMessage, body: bytes, commit: Callable[[], None]) -> str:
        with _lost_before_the_dot():
            session = self._ready()
            self._envelope(session, outgoing, body)
            try:
                session.hand_over(_stuffed(body), self.patience.body)
            except OutOfStepError as error:
                raise _interrupted(error) from None
        commit()
        return self._last_dot(session)

    def _ready(self) -> Session:
        """Return a session that is fit for a message: the last one where it is alive, else a new one."""
        if self._session is not None and self._used < self.patience.messages:
            with contextlib.suppress(OSError, smtplib.SMTPException):
                if self._session.rset()[0] == _DONE:
                    return self._session
        self.close()
        login = _login_of(self.mail)
        self._redaction = Redaction(login)
        self._session, self._used = _connected(self.mail, login, self.patience), 0
        return self._session

    def _envelope(self, session: Session, outgoing: OutgoingMessage, body: bytes) -> None:
        """Say from whom and to whom, and ask for leave to send the message."""
        if session.has_extn("size"):
            limit = session.esmtp_features["size"].strip()
            if limit.isascii() and limit.isdecimal() and 0 < int(limit) < len(body):
                raise RefusedError(
                    message(
                        "the message weighs {count} bytes, and the server takes {limit}", count=len(body), limit=limit
                    )
                )
        size = [f"SIZE={len(body)}"] if session.has_extn("size") else []
        _accepted(session.mail(self.mail.sender.mailbox, size))
        _accepted(session.rcpt(outgoing.recipient.destination))
        reply = session.docmd("DATA")
        if reply[0] != _GO_AHEAD:
            _accepted(reply, nothing_else=True)

    def _last_dot(self, session: Session) -> str:
        """Take the last step, and return the reply; whoever is cut off here does not know."""
        try:
            session.check_step()
        except OutOfStepError as error:
            raise _interrupted(error) from None
        try:
            session.wait(self.patience.reply)
            session.send(b".\r\n")
            reply = session.getreply()
            more = session.early()
            session.wait(self.patience.step)
        except (OSError, smtplib.SMTPException) as error:
            raise UncertainError(message("no reply to the last dot: {error}", error=_words(error))) from None
        if more:
            raise UncertainError(
                message(
                    "the server replied twice to the last dot: {reply}; {more}", reply=_said(reply), more=_plain(more)
                )
            )
        if reply[0] < _TEMPORARY and reply[0] != _DONE:  # RFC 5321, 4.3.2: the one reply that says it was taken
            raise UncertainError(message("no reply that can be understood: {reply}", reply=_said(reply)))
        _accepted(reply)
        return _said(reply)

    def _drop(self) -> None:
        session, self._session = self._session, None
        if session is not None:
            session.close()


def _login_of(mail: Mail) -> Login | None:
    """Return user and password, None where there is no user; UsageError where the line does not protect them."""
    if not mail.user:
        return None
    if mail.security == "none" or mail.password is None:
        problem = message("the password would cross the line unprotected")
        raise UsageError("clusterreport.toml, mail.user", problem, message("Leave it out, or set mail.security."))
    return mail.user, revealed(mail.password)


def _connected(mail: Mail, login: Login | None, patience: Patience) -> Session:
    """Return a session: encrypted, the server's certificate verified, logged in where there is a user."""
    if mail.security == "tls":
        session: Session = EncryptedSession(mail.host, mail.port, patience, context=_trust(mail))
    else:
        session = Session(mail.host, mail.port, patience)
    try:
        _greet(session)
        if mail.security == "starttls":
            _encrypt(session, _trust(mail))
        if login:
            _log_in(session, login)
    except BaseException:
        session.close()
        raise
    return session


def _trust(mail: Mail) -> ssl.SSLContext:
    """Return what smtplib must be given: without a context it takes any certificate."""
    return ssl.create_default_context(cafile=mail.authorities)


def _encrypt(session: Session, trust: ssl.SSLContext) -> None:
    if not session.has_extn("starttls"):
        raise DeferredError(message("the server does not offer STARTTLS: somebody may have taken it out on the way"))
    session.encrypt(trust)
    _greet(session)


def _greet(session: Session) -> None:
    code, _ = session.ehlo()
    if code // 100 != 2:  # noqa: PLR2004 -- RFC 5321, 4.2.1: positive
        _accepted(session.helo())


def _log_in(session: Session, login: Login) -> None:
    """Say user and password, in UTF-8 as RFC 4616 has it, which smtplib does not; never without encryption."""
    user, password = (word.encode() for word in login)
    offered = session.esmtp_features.get("auth", "").upper().split()
    if "PLAIN" in offered:
        reply = session.docmd("AUTH", "PLAIN " + _base64(b"\0" + user + b"\0" + password))
    elif "LOGIN" in offered:
        reply = session.docmd("AUTH", "LOGIN " + _base64(user))
        if reply[0] == _GO_ON:
            reply = session.docmd(_base64(password))
    else:
        raise DeferredError(message("the server offers no way to log in that is known here (PLAIN, LOGIN)"))
    if reply[0] >= _PERMANENT:
        # Trying every delivery in turn would only lock the account.
        remedy = message("Check mail.user and the password, then send again; every delivery waits.")
        raise UsageError(
            "clusterreport.toml, mail.password", message("the server refuses it: {reply}", reply=reply[0]), remedy
        )
    if reply[0] != _LOGGED_IN:
        _accepted(reply, nothing_else=True)


def _whole(content: bytes) -> bytes:
    """Return a message that was composed; RefusedError where a line end in it may be taken for its end."""
    if not content.endswith(b"\r\n") or any(end in content.replace(b"\r\n", b"") for end in (b"\r", b"\n")):
        raise RefusedError(message("the message is not one: it is empty, or a line of it does not end with CR LF"))
    return content


def _stuffed(body: bytes) -> bytes:
    """Return the body with a second dot before every line that begins with one (RFC 5321, 4.5.2)."""
    return (b"\r\n" + body).replace(b"\r\n.", b"\r\n..")[2:]


def _base64(content: bytes) -> str:
    return base64.b64encode(content).decode("ascii")


def _accepted(reply: Reply, *, nothing_else: bool = False) -> None:
    """Go on where the server said yes; 4xx means later, 5xx means no (RFC 5321, 4.2.1).

    With ``nothing_else`` the one reply that would have been a yes has not come, and no other is taken for it.
    """
    if reply[0] >= _TEMPORARY:
        raise (RefusedError if reply[0] >= _PERMANENT else DeferredError)(_said(reply))
    if nothing_else or reply[0] >= 300:  # noqa: PLR2004 -- RFC 5321, 4.2.1: it waits for more
        raise DeferredError(message("the server's reply does not fit what was asked: {reply}", reply=_said(reply)))


def _interrupted(error: OutOfStepError) -> DeliveryError:
    """Return what a reply before the last dot comes to: a no is a no, for the dot never goes; a yes is a doubt."""
    said = _plain(error.words)
    if all(line[:1] in {b"4", b"5"} for line in error.words.splitlines()):
        return DeferredError(message("the server broke off before the last dot: {said}", said=said))
    return UncertainError(message("the server replied before the last dot: {said}", said=said))


def _said(reply: Reply) -> str:
    return _plain(str(reply[0]).encode() + b" " + reply[1])


def _plain(words: bytes) -> str:
    """Return a server's words on one line; they may be in UTF-8, or in what Chinese servers wrote before."""
    try:
        text = words.decode()
    except UnicodeDecodeError:
        text = words.decode("gb18030", "replace")
    return " ".join("".join(character if character.isprintable() else " " for character in text).split())


def _words(error: Exception) -> str:
    return _plain((str(error) or type(error).__name__).encode("utf-8", "replace"))


@contextlib.contextmanager
def _lost_before_the_dot() -> Iterator[None]:
    """Whatever breaks before the last dot, nothing was delivered."""
    try:
        yield
    except DeliveryError:
        raise
    except ssl.SSLCertVerificationError as error:
        raise DeferredError(
            message("the server's certificate is not valid: {encode}", encode=_plain(error.verify_message.encode()))
        ) from None
    except smtplib.SMTPResponseException as error:  # such as a greeting of 421 or 554
        words = error.smtp_error if isinstance(error.smtp_error, bytes) else str(error.smtp_error).encode()
        raise DeferredError(_said((error.smtp_code, words))) from None
    except OutOfStepError as error:
        raise DeferredError(
            message("the server replies to what was not asked: {words}", words=_plain(error.words))
        ) from None
    except ReplyError as error:
        raise DeferredError(message("the server cannot be followed: {error}", error=_words(error))) from None
    except (OSError, smtplib.SMTPException) as error:
        raise DeferredError(message("the server cannot be reached: {error}", error=_words(error))) from None
