"""A session with a mail server whose replies are validated: within limits, each to its command, in step.

It stands on smtplib, whose own reader waits for the end of a reply without end, and takes whatever lies in its buffer
for the reply to what it says next.
"""

from __future__ import annotations

import re
import smtplib
import socket
import time
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from clusterreport.delivery.answers import AnswerError, Answers
from clusterreport.messages import message

if TYPE_CHECKING:
    import ssl

Reply = tuple[int, bytes]

LINE_BYTES: Final = 2048
"""RFC 5321, 4.5.3.1.5 allows 512; some servers explain themselves at more length."""
REPLY_LINES: Final = 128
REPLY_BYTES: Final = 32 * 1024
_CHUNK: Final = 16 * 1024  # one record of TLS, so that its time is bounded as a whole
_LINE: Final = re.compile(rb"(?P<code>[2-5][0-9]{2})(?P<more>[ -]|(?=\r?\n))")


@dataclass(frozen=True, slots=True)
class Patience:
    """How many seconds a step may take as a whole, and how many messages may share a connection.

    ``body`` is for handing over a message. RFC 5321, 4.5.3.2.6: a server may take ten minutes to reply to the last dot.
    """

    step: float = 60
    body: float = 300
    reply: float = 600
    messages: int = 50


class ReplyError(smtplib.SMTPException):
    """A reply is longer than any that means well, or cannot be understood."""


class OutOfStepError(smtplib.SMTPException):
    """The server has said something that nothing had asked for; ``words`` are what it said."""

    def __init__(self, words: bytes) -> None:
        """Keep the words."""
        self.words = words
        super().__init__(message("it replies to what was not asked"))


class Session(smtplib.SMTP):
    """smtplib's session with a strict reader; one reply is read for each command, and none may come before it."""

    def __init__(self, host: str, port: int, patience: Patience, **more: Any) -> None:  # noqa: ANN401 -- smtplib's own
        """Connect, and read the greeting."""
        self._answers = Answers()
        self._host_name = host
        try:
            super().__init__(host, port, timeout=patience.step, **more)
        except BaseException:
            self.close()
            raise
        if self.sock is not None:  # else the last dot waits for the acknowledgement of what went before
            self.sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)

    def putcmd(self, cmd: str, args: str = "") -> None:
        """Say a command, if the server waits for one."""
        self.check_step()
        super().putcmd(cmd, args)

    def check_step(self) -> None:
        """OutOfStepError if the server has said something already."""
        if words := self.early():
            raise OutOfStepError(words)

    def early(self) -> bytes:
        """Return what the server has said though nothing was asked, b"" where it is silent."""
        return b"" if self.sock is None else self._answers.early(self.sock)

    def getreply(self) -> Reply:
        """Return one whole reply; it may take as long as one step, however many lines it has."""
        lines: list[bytes] = []
        code = 0
        deadline = time.monotonic() + self._patience()
        while True:
            line = self._line(deadline)
            found = _LINE.match(line)
            if found is None or (lines and int(found["code"]) != code):
                raise ReplyError(message("its reply is not one of SMTP"))
            code = int(found["code"])
            lines.append(line[found.end() :].strip())
            if found["more"] != b"-":
                return code, b"\n".join(lines)
            if len(lines) >= REPLY_LINES or sum(map(len, lines)) > REPLY_BYTES:
                raise ReplyError(
                    message(
                        "its reply has more than {reply_lines} lines or {reply_bytes} bytes",
                        reply_lines=REPLY_LINES,
                        reply_bytes=REPLY_BYTES,
                    )
                )

    def encrypt(self, context: ssl.SSLContext) -> None:
        """Go on under TLS; what the server said before has no place behind it (RFC 3207, 6)."""
        code, words = self.docmd("STARTTLS")
        if code != 220:  # noqa: PLR2004 -- RFC 3207, 4: ready
            raise smtplib.SMTPResponseException(code, words)
        self.check_step()
        if self.sock is None:
            raise smtplib.SMTPServerDisconnected(message("the connection was lost"))
        self.sock = context.wrap_socket(self.sock, server_hostname=self._host_name)
        self.helo_resp = self.ehlo_resp = None
        self.esmtp_features = {}
        self.does_esmtp = False

    def hand_over(self, content: bytes, seconds: float) -> None:
        """Send a message, all but its last dot, in so many seconds, and only while the server listens in silence."""
        deadline = time.monotonic() + seconds
        patience = self._patience()
        for start in range(0, len(content), _CHUNK):
            self.check_step()
            left = deadline - time.monotonic()
            if left <= 0:
                raise TimeoutError(message("timed out"))
            self.wait(left)
            self.send(content[start : start + _CHUNK])
        self.wait(patience)
        self.check_step()

    def wait(self, seconds: float) -> None:
        """Let the next steps take so many seconds each."""
        if self.sock is None:
            raise smtplib.SMTPServerDisconnected(message("the connection was lost"))
        self.sock.settimeout(seconds)

    def _patience(self) -> float:
        if self.sock is None:
            raise smtplib.SMTPServerDisconnected(message("the connection was lost"))
        return self.sock.gettimeout() or 0.0

    def _line(self, deadline: float) -> bytes:
        if self.sock is None:
            raise smtplib.SMTPServerDisconnected(message("the connection was lost"))
        try:
            line = self._answers.line(self.sock, LINE_BYTES, deadline)
        except AnswerError as error:
            raise ReplyError(str(error)) from None
        if not line.endswith(b"\n"):
            self.close()
            raise smtplib.SMTPServerDisconnected(message("the connection was closed"))
        return line


class EncryptedSession(Session, smtplib.SMTP_SSL):
    """A session under TLS from its first byte; ``context`` says whom to trust."""
