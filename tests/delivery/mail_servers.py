"""A Postfix and a Dovecot of our own: private configuration, loopback only, stopped by the processes that were started.

Postfix takes mail for the domain ``example.gov.cn`` from who logs in under TLS, and hands it to Dovecot, which keeps a
Maildir for every address and shows it by IMAP under TLS. Both need root, as they change to users of their own.
"""

from __future__ import annotations

import contextlib
import os
import shutil
import signal
import socket
import subprocess
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.conftest import require_program
from tests.delivery.sink import certificates

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

DOMAIN = "example.gov.cn"
USER, PASSWORD = "briefing", "翠微-5-horses"  # of servers that are gone with the test
START_SECONDS = 20.0

MAIN_CF = """
compatibility_level = 3.6
queue_directory = {home}/queue
data_directory = {home}/data
mail_owner = postfix
setgid_group = postdrop
maillog_file = {home}/mail.log
maillog_file_prefixes = {home}
inet_interfaces = 127.0.0.1
inet_protocols = ipv4
myhostname = mail.{domain}
mydestination =
alias_maps =
alias_database =
local_recipient_maps =
mynetworks =
virtual_mailbox_domains = {domain}
virtual_transport = lmtp:inet:127.0.0.1:{lmtp}
smtpd_tls_cert_file = {home}/server.pem
smtpd_tls_key_file = {home}/server.pem
smtpd_tls_security_level = may
smtpd_tls_auth_only = yes
smtpd_sasl_auth_enable = yes
smtpd_sasl_type = dovecot
smtpd_sasl_path = inet:127.0.0.1:{auth}
smtpd_relay_restrictions = permit_sasl_authenticated, reject
smtpd_recipient_restrictions = permit_sasl_authenticated, reject
smtpd_client_restrictions = permit_sasl_authenticated, reject
"""

MASTER_CF = """
127.0.0.1:{smtp} inet n - n - - smtpd
pickup unix n - n 60 1 pickup
cleanup unix n - n - 0 cleanup
qmgr unix n - n 300 1 qmgr
tlsmgr unix - - n 1000? 1 tlsmgr
rewrite unix - - n - - trivial-rewrite
bounce unix - - n - 0 bounce
defer unix - - n - 0 bounce
trace unix - - n - 0 bounce
verify unix - - n - 1 verify
flush unix n - n 1000? 0 flush
proxymap unix - - n - - proxymap
smtp unix - - n - - smtp
error unix - - n - - error
retry unix - - n - - error
discard unix - - n - - discard
lmtp unix - - n - - lmtp
anvil unix - - n - 1 anvil
scache unix - - n - 1 scache
postlog unix-dgram n - n - 1 postlogd
"""

DOVECOT_CONF = """
protocols = imap lmtp
base_dir = {home}/run
log_path = {home}/dovecot.log
listen = 127.0.0.1
default_login_user = dovenull
default_internal_user = dovecot
ssl = required
ssl_cert = <{home}/server.pem
ssl_key = <{home}/server.pem
mail_location = maildir:~/Maildir
first_valid_uid = 1
auth_mechanisms = plain login
passdb {{
  driver = static
  args = password={password}
}}
userdb {{
  driver = static
  args = uid=nobody gid=nogroup home={home}/boxes/%Lu
}}
service imap-login {{
  inet_listener imap {{
    port = 0
  }}
  inet_listener imaps {{
    port = {imaps}
    ssl = yes
  }}
}}
service lmtp {{
  inet_listener lmtp {{
    address = 127.0.0.1
    port = {lmtp}
  }}
}}
service auth {{
  inet_listener {{
    address = 127.0.0.1
    port = {auth}
  }}
}}
"""


@dataclass(frozen=True, slots=True)
class Servers:
    """Both servers, running: their folder and the ports they listen on."""

    home: Path
    smtp: int
    imaps: int

    @property
    def authority(self) -> Path:
        return self.home / "authority.pem"

    @property
    def log(self) -> Path:
        return self.home / "mail.log"

    def messages(self, address: str) -> list[bytes]:
        """Return what lies in a mailbox, as Dovecot keeps it."""
        box = self.home / "boxes" / address / "Maildir"
        return [path.read_bytes() for folder in ("new", "cur") for path in sorted((box / folder).glob("*"))]

    def arrived(self, addresses: Iterable[str]) -> dict[str, list[bytes]]:
        """Return what lies in some mailboxes, once there is something in each, or after a while."""
        deadline = time.monotonic() + START_SECONDS
        while (found := {one: self.messages(one) for one in addresses}) and not all(found.values()):
            if time.monotonic() > deadline:
                break
            time.sleep(0.1)
        return found


@contextlib.contextmanager
def running() -> Iterator[Servers]:
    """Run both servers for a while."""
    for program in ("postfix", "dovecot"):
        require_program(program)
    if os.geteuid() != 0:
        message = "NOT VALIDATED: Postfix and Dovecot are started by root only"
        if os.environ.get("CLUSTERREPORT_REQUIRE_TOOLS") == "1":
            pytest.fail(message)
        pytest.skip(message)
    home = Path(tempfile.mkdtemp(prefix="mail-", dir="/tmp"))
    ports = dict(zip(("smtp", "lmtp", "auth", "imaps"), _free_ports(4), strict=True))
    try:
        _configure(home, ports)
        dovecot = ["dovecot", "-F", "-c", str(home / "dovecot.conf")]
        postfix = ["postfix", "-c", str(home / "postfix"), "start-fg"]
        master = home / "queue" / "pid" / "master.pid"
        with _started(dovecot, ports["imaps"]), _started(postfix, ports["smtp"], master):
            yield Servers(home, ports["smtp"], ports["imaps"])
    finally:
        shutil.rmtree(home, ignore_errors=True)


def _configure(home: Path, ports: dict[str, int]) -> None:
    home.chmod(0o755)
    issued = certificates(home)
    issued.issue("localhost").rename(home / "server.pem")  # with its key behind it
    values = {"home": home, "domain": DOMAIN, "password": PASSWORD, **ports}
    (home / "postfix").mkdir()
    (home / "postfix" / "main.cf").write_text(MAIN_CF.format(**values), encoding="utf-8")
    (home / "postfix" / "master.cf").write_text(MASTER_CF.format(**values), encoding="utf-8")
    (home / "dovecot.conf").write_text(DOVECOT_CONF.format(**values), encoding="utf-8")
    for name, owner in (("queue", "root"), ("data", "postfix"), ("boxes", "nobody")):
        (home / name).mkdir()
        shutil.chown(home / name, owner)


@contextlib.contextmanager
def _started(command: list[str], port: int, pid_file: Path | None = None) -> Iterator[None]:
    """Run a server in the foreground; one that goes on in another process says so in ``pid_file``."""
    with tempfile.TemporaryFile() as said:
        process = subprocess.Popen(command, stdout=said, stderr=said, start_new_session=True)
        try:
            _wait_for(process, port, said)
            yield
        finally:
            for pid in [*([int(pid_file.read_text())] if pid_file else []), process.pid]:
                _stop(pid)
            process.wait(10)


def _stop(pid: int) -> None:
    """End a process and what it started in its session, first politely."""
    for order in (signal.SIGTERM, signal.SIGKILL):
        with contextlib.suppress(ProcessLookupError):
            os.killpg(pid, order)
            time.sleep(0.3)


def _wait_for(process: subprocess.Popen[bytes], port: int, said: object) -> None:
    deadline = time.monotonic() + START_SECONDS
    while time.monotonic() < deadline:
        if process.poll() is not None:
            break
        with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", port), timeout=1):
            return
        time.sleep(0.05)
    said.seek(0)  # type: ignore[attr-defined]
    raise AssertionError(said.read().decode(errors="replace"))  # type: ignore[attr-defined]


def _free_ports(count: int) -> list[int]:
    sockets = [socket.create_server(("127.0.0.1", 0)) for _ in range(count)]
    ports = [one.getsockname()[1] for one in sockets]
    for one in sockets:
        one.close()
    return ports
