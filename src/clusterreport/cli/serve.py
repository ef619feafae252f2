"""clusterreport serve: does everything that is due, again and again, as a service."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, Final

from clusterreport.cli.arguments import add_folder, now, opened_project
from clusterreport.errors import ClusterReportError
from clusterreport.messages import message

if TYPE_CHECKING:
    import argparse

_SECONDS: Final = 60


def add_to(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add ``serve`` to the command line."""
    serve = commands.add_parser("serve", help=message("do everything that is due, again and again, until stopped"))
    add_folder(serve)
    serve.add_argument(
        "--every", type=int, default=_SECONDS, metavar="SECONDS", help=message("how often (default: 60)")
    )
    serve.add_argument(
        "--metrics", type=int, metavar="PORT", help=message("tell Prometheus on this port, on this machine alone")
    )
    serve.add_argument("--rounds", type=int, metavar="N", help=message("stop after so many"))
    serve.set_defaults(run=run_serve)


def run_serve(options: argparse.Namespace) -> int:
    """Do one cycle after another; settings are read anew for each, and a cycle that fails does not end the service."""
    from clusterreport.app.cycles import run_cycle
    from clusterreport.cli.json_logging import log_json_to_stderr
    from clusterreport.cli.metrics import Metrics

    service_log = log_json_to_stderr()
    left = options.rounds
    with Metrics(options.metrics) as metrics:
        while left is None or left > 0:
            try:
                with opened_project(options) as (settings, outbox):
                    metrics.cycle_done(run_cycle(settings, outbox, now), outbox, now())
            except ClusterReportError as error:
                metrics.cycle_failed()
                service_log.error(message("the round failed: %s"), str(error).replace("\n", " "))
            except Exception:  # noqa: BLE001 -- whatever ends a cycle, the next one begins
                metrics.cycle_failed()
                service_log.exception(message("the round failed: a defect of the program"))
            left = None if left is None else left - 1
            if left is None or left > 0:
                time.sleep(options.every)
    return 0
