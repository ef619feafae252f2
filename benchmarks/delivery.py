"""The outbox with a long queue, and how fast it empties: ``python -m benchmarks.delivery`` prints its figures as JSON.

10,000 deliveries are planned, built and approved in SQLite; then one sender delivers to a mail server on loopback, in
a process of its own. ``python -m benchmarks.delivery sink`` is that server: it reads and forgets, for a server that
looks at every line would be what is measured.
"""

from __future__ import annotations

import asyncio
import datetime as dt
import json
import os
import subprocess
import sys
import tempfile
import time
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from clusterreport.delivery import outbox as box
from clusterreport.delivery.channels.mail import MailChannel
from clusterreport.delivery.message import compose
from clusterreport.delivery.outbox import AuditEntry, FileRow, PlannedIssue, open_outbox
from clusterreport.delivery.outgoing import Attachment, OutgoingMessage
from clusterreport.delivery.worker import DeliveryWorker
from clusterreport.settings.addresses import Address
from clusterreport.settings.delivery import Delivery
from clusterreport.settings.mail import Mail
from clusterreport.settings.recipients import Recipient

if TYPE_CHECKING:
    from collections.abc import Callable

    from clusterreport.delivery.outbox import DeliveryRow, Outbox

QUEUED, SENT = 10_000, 1_000
SIZE = 200_000  # bytes: about that of a briefing without pictures
CONTENT = os.urandom(SIZE)


def main(role: str = "") -> None:
    """Measure, or be the server."""
    if role == "sink":
        asyncio.run(_serve())
        return
    with tempfile.TemporaryDirectory() as scratch, open_outbox(_delivery_in(Path(scratch))) as outbox:
        measured = _queue(outbox)
        with subprocess.Popen(
            [sys.executable, "-m", "benchmarks.delivery", "sink"],
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
        ) as server:  # fmt: skip
            port = int(server.stdout.readline() if server.stdout else "")
            measured["mails_per_second"] = _send(outbox, port)
            server.communicate("")
    sys.stdout.write(json.dumps({"queued": QUEUED, "size": SIZE, **measured}) + "\n")


def _delivery_in(folder: Path) -> Delivery:
    return Delivery(folder / "o.db", folder / "archive")  # beside both it is noted how far the outbox got


def report(measured: dict[str, float]) -> str:
    """Return the section of results.md."""
    lines = [
        "",
        f"An outbox in SQLite with {measured['queued']:,} deliveries; then one sender, one connection for every 50",
        f"mails of {measured['size']:,} bytes each, to a mail server on loopback:",
        "",
        "| | |",
        "|---|---:|",
        f"| planned in | {measured['planned']:.2f} s |",
        f"| recorded as built in | {measured['built']:.2f} s |",
        f"| approved in | {measured['approved']:.2f} s |",
        f"| mails a second | {measured['mails_per_second']:.0f} |",
        f"| one commit to the disk | {measured['commit_ms']:.1f} ms |",
    ]
    return "\n".join([*lines, ""])


def _queue(outbox: Outbox) -> dict[str, float]:
    entry = AuditEntry("benchmark", _now())
    readers = tuple(
        Recipient(f"reader {number}", "leaders", Address(f"reader{number}@example.gov.cn")) for number in range(QUEUED)
    )
    planned = PlannedIssue(
        "monthly", _now(), "issue", 2026, _now().date(), dt.timedelta(0), "example.gov.cn", readers
    )  # fmt: skip
    files = [FileRow("leaders", "briefing.pdf", "0" * 64, SIZE)]
    return {
        "planned": _seconds(lambda: box.plan_issue(outbox, planned, entry)),
        "built": _seconds(lambda: box.record_built(outbox, 1, files, entry)),
        "approved": _seconds(lambda: box.approve(outbox, 1, entry)),
        "commit_ms": 1000 * min(_seconds(lambda: box.note(outbox, box.issues(outbox)[0], entry)) for _ in range(20)),
    }


def _send(outbox: Outbox, port: int) -> float:
    mail = Mail("127.0.0.1", port, "none", Address("briefing@example.gov.cn"))
    with MailChannel(mail) as channel:
        worker = DeliveryWorker(outbox, lambda row: _outgoing(row, mail), {"mail": channel}, _now, "benchmark")
        seconds = _seconds(lambda: [worker.deliver_one() for _ in range(SENT)])
    if box.tally(outbox)["sent"] != SENT:
        message = "not everything was sent"
        raise RuntimeError(message)
    return SENT / seconds


async def _serve() -> None:
    """Serve until somebody ends us."""
    server = await asyncio.start_server(_converse, "127.0.0.1", 0, limit=100 * SIZE)
    sys.stdout.write(f"{server.sockets[0].getsockname()[1]}\n")
    sys.stdout.flush()
    await asyncio.to_thread(sys.stdin.read)
    server.close()


async def _converse(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    writer.write(b"220 sink\r\n")
    while line := await reader.readline():
        verb = line[:4].upper()
        if verb == b"DATA":
            writer.write(b"354 go on\r\n")
            await reader.readuntil(b"\r\n.\r\n")
        writer.write(b"221 bye\r\n" if verb == b"QUIT" else b"250 ok\r\n")
    writer.close()


def _outgoing(row: DeliveryRow, mail: Mail) -> OutgoingMessage:
    outgoing = OutgoingMessage(
        message_id=row.message_id,
        recipient=Recipient(row.name, row.audience, Address(row.destination, row.name)),
        issue=row.issue_name,
        audience=row.audience,
        subject="集群发展情况简报",
        text="附件为本期简报。\n",
        html="<p>附件为本期简报。</p>",
        attachments=(Attachment("集群发展情况简报.pdf", "application/pdf", CONTENT),),
        moment=_now(),
        attempt=row.attempts,
    )
    return replace(outgoing, message=compose(outgoing, mail))  # as the last gate does


def _seconds(job: Callable[[], object]) -> float:
    started = time.perf_counter()
    job()
    return time.perf_counter() - started


def _now() -> dt.datetime:
    return dt.datetime.now(dt.UTC)


if __name__ == "__main__":
    main(*sys.argv[1:])
