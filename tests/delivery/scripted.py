"""A mail server on loopback that follows a script of its own, whatever SMTP says; and what it heard."""

from __future__ import annotations

import contextlib
import socket
import ssl
import threading
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

SECONDS = 20.0
STEPS = ("greeting", "EHLO", "MAIL", "RCPT", "DATA", "dot")
USUAL = {
    "greeting": b"220 mail\r\n", "EHLO": b"250-mail\r\n250 8BITMIME\r\n", "MAIL": b"250 ok\r\n", "RCPT": b"250 ok\r\n",
    "DATA": b"354 go\r\n", "dot": b"250 2.0.0 queued\r\n", "RSET": b"250 ok\r\n", "QUIT": b"221 bye\r\n",
    "AUTH": b"235 ok\r\n",
}  # fmt: skip


@dataclass
class Line:
    """The server's end of a connection; ``heard`` holds every line that came, ``said`` counts the bytes that went."""

    socket: socket.socket
    heard: list[bytes] = field(default_factory=list)
    said: int = 0
    _rest: bytes = b""

    def say(self, words: bytes) -> None:
        self.socket.sendall(words)
        self.said += len(words)

    def hear(self) -> bytes:
        """Return the next line; ConnectionError where nobody says anything more."""
        while b"\n" not in self._rest:
            came = self.socket.recv(65536)
            if not came:
                raise ConnectionResetError
            self._rest += came
        line, _, self._rest = self._rest.partition(b"\n")
        self.heard.append(line.rstrip(b"\r"))
        return self.heard[-1]

    def protect(self, certificate: Path) -> None:
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(certificate)
        self.socket = context.wrap_socket(self.socket, server_side=True)


Script = "Callable[[Line], None]"


@dataclass
class Server:
    """The server as tests see it: one line for each connection."""

    port: int
    lines: list[Line] = field(default_factory=list)

    @property
    def heard(self) -> list[bytes]:
        return [words for line in self.lines for words in line.heard]


@contextlib.contextmanager
def following(script: Callable[[Line], None]) -> Iterator[Server]:
    """Return a server whose every connection follows the script."""
    with socket.create_server(("127.0.0.1", 0)) as door:
        server = Server(door.getsockname()[1])
        thread = threading.Thread(target=_serve, args=(door, server, script))
        thread.start()
        try:
            yield server
        finally:
            with contextlib.suppress(OSError):
                door.shutdown(socket.SHUT_RDWR)
            for line in server.lines:
                with contextlib.suppress(OSError):
                    line.socket.shutdown(socket.SHUT_RDWR)
            thread.join(SECONDS)
            assert not thread.is_alive()


def _serve(door: socket.socket, server: Server, script: Callable[[Line], None]) -> None:
    while True:
        try:
            accepted, _ = door.accept()
        except OSError:
            return
        accepted.settimeout(SECONDS)
        line = Line(accepted)
        server.lines.append(line)
        try:
            with contextlib.suppress(OSError):
                script(line)
        finally:
            line.socket.close()


def usual(line: Line, changed: dict[str, bytes] | None = None, certificate: Path | None = None) -> None:
    """Take a message as any server does, but for what is changed; with a certificate, under TLS from the start."""
    says = USUAL | (changed or {})
    if certificate:
        line.protect(certificate)
    line.say(says["greeting"])
    while True:
        word = line.hear().partition(b" ")[0].decode().upper()
        line.say(says[word])
        if word == "DATA":
            while line.hear() != b".":
                pass
            line.say(says["dot"])
        elif word == "QUIT":
            return
