"""The metrics of a service for Prometheus: how many deliveries are in which state, and how the last cycles went.

The text format is that of the Prometheus exposition format 0.0.4; it is told on the loopback address alone.
"""

from __future__ import annotations

import threading
from collections import Counter
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import TYPE_CHECKING, Any, Final, Self

from clusterreport.errors import UsageError
from clusterreport.messages import message, os_reason

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Mapping
    from types import TracebackType

    from clusterreport.app.cycles import Cycle
    from clusterreport.delivery.outbox import Outbox

_TYPE: Final = "text/plain; version=0.0.4; charset=utf-8"


class Metrics:
    """Counts cycles, and tells the counts on a port of this machine while it is entered; None: tells nobody."""

    def __init__(self, port: int | None) -> None:
        """Count from nothing."""
        self._port = port
        self._server: ThreadingHTTPServer | None = None
        self._cycles: Counter[str] = Counter()
        self._attempts: Counter[str] = Counter()
        self._steps: Counter[str] = Counter()
        self._deliveries: Mapping[str, int] = {}
        self._last: dt.datetime | None = None

    def __enter__(self) -> Self:
        """Begin to listen."""
        if self._port is not None:
            try:
                self._server = ThreadingHTTPServer(("127.0.0.1", self._port), self._handler())
            except OSError as error:
                problem = message(
                    "nobody can listen on port {port}: {reason}", port=self._port, reason=os_reason(error)
                )
                raise UsageError("--metrics", problem, message("Give another port.")) from None
            threading.Thread(target=self._server.serve_forever, daemon=True).start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Stop listening."""
        if self._server is not None:
            self._server.shutdown()
            self._server.server_close()

    @property
    def address(self) -> str:
        """Return where it listens, "" if it does not."""
        return f"http://127.0.0.1:{self._server.server_port}/metrics" if self._server is not None else ""

    def cycle_done(self, done: Cycle, outbox: Outbox, now: dt.datetime) -> None:
        """Count a cycle that came to its end."""
        from clusterreport.delivery import outbox as box

        self._cycles["troubled" if done.needs_attention else "done"] += 1
        self._attempts.update(done.attempts)
        self._steps.update(step.what for step in done.steps)
        self._deliveries, self._last = box.tally(outbox), now

    def cycle_failed(self) -> None:
        """Count a cycle that did not."""
        self._cycles["failed"] += 1

    def text(self) -> str:
        """Return all counts in the format of Prometheus."""
        lines = [
            *_metric("rounds_total", "counter", "Rounds of work, by how they ended.", "outcome", self._cycles),
            *_metric("attempts_total", "counter", "Attempts to deliver, by state.", "state", self._attempts),
            *_metric("steps_total", "counter", "Steps of rounds, by what was done or failed.", "step", self._steps),
            *_metric("deliveries", "gauge", "Deliveries in the outbox, by state.", "state", self._deliveries),
        ]
        if self._last is not None:
            name = "clusterreport_last_round_timestamp_seconds"
            lines += [f"# HELP {name} When the last round ended.", f"# TYPE {name} gauge"]
            lines.append(f"{name} {self._last.timestamp():.0f}")
        return "\n".join([*lines, ""])

    def _handler(self) -> type[BaseHTTPRequestHandler]:
        metrics = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                found = self.path == "/metrics"
                content = metrics.text().encode() if found else b"look at /metrics\n"
                self.send_response(200 if found else 404)
                self.send_header("Content-Type", _TYPE)
                self.send_header("Content-Length", str(len(content)))
                self.end_headers()
                self.wfile.write(content)

            def log_message(self, *_: Any) -> None:  # noqa: ANN401 -- nobody needs to read who asked
                pass

        return Handler


def _metric(name: str, kind: str, words: str, label: str, counts: Mapping[str, int]) -> list[str]:
    full = f"clusterreport_{name}"
    head = [f"# HELP {full} {words}", f"# TYPE {full} {kind}"]
    return head + [f'{full}{{{label}="{value}"}} {count}' for value, count in sorted(counts.items())]
