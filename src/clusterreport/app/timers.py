"""Renders the timers that start the program: a pair of systemd units, or a line of a crontab, as text."""

from __future__ import annotations

import re
import shlex
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from clusterreport.errors import UsageError
from clusterreport.messages import message

if TYPE_CHECKING:
    from pathlib import Path

EVERY: Final = (1, 2, 5, 10, 15, 20, 30)
"""The minutes that may lie between two starts; each divides the hour."""


@dataclass(frozen=True, slots=True)
class Starter:
    """What is to be started, and how often.

    ``program`` is the program with its first arguments, its path absolute; ``project`` the project's folder, absolute.
    ``credentials`` are the names of the systemd credentials that the settings ask for.
    """

    program: tuple[str, ...]
    project: Path
    minutes: int = 5
    credentials: tuple[str, ...] = ()

    @property
    def name(self) -> str:
        """Return what the units are called; no two folders have the same name for theirs."""
        import hashlib

        word = re.sub(r"[^A-Za-z0-9]+", "-", self.project.name).strip("-").lower()[:_LONGEST_WORD]
        digest = hashlib.sha256(str(self.project).encode("utf-8", "surrogateescape")).hexdigest()[:8]
        return "-".join(filter(None, ("clusterreport", word, digest)))

    @property
    def command(self) -> tuple[str, ...]:
        """Return the whole command, word for word."""
        return *self.program, "schedule", "run-due", str(self.project)


def service(starter: Starter) -> str:
    """Return the text of the service that does once what is due; UsageError if systemd takes no such path."""
    path, *words = starter.command
    if _UNFIT_FOR_SYSTEMD.search(path):
        remedy = message("Rename the folder, or use clusterreport schedule install --cron.")
        raise UsageError(path, message("systemd starts no program with a quote or a backslash in its path"), remedy)
    # A word may hold anything but what no line can; of the program itself systemd replaces no variable, so its $ stays.
    command = " ".join([_quoted(path), *(_quoted(word).replace("$", "$$") for word in words)])
    names = [name.replace("%", "%%") for name in starter.credentials]
    credentials = [f"LoadCredential={name}:%h/.config/clusterreport/{name}" for name in names]
    return _unit(
        f"# Made by clusterreport schedule install; {starter.name}.timer starts it.",
        "[Unit]",
        f"Description=clusterreport: issue and deliver what is due ({_described(starter.project)})",
        "",
        "[Service]",
        "Type=oneshot",
        f"ExecStart={command}",
        *_HARDENING,
        "# A secret of the settings (password_credential) is handed over by a line such as:",
        "# LoadCredential=mail:%h/.config/clusterreport/mail",
        *credentials,
    )


def timer(starter: Starter) -> str:
    """Return the text of the timer; what was missed while the machine was off is made up for at its next start."""
    return _unit(
        "# Made by clusterreport schedule install.",
        "[Unit]",
        f"Description=clusterreport: look every {starter.minutes} min for what is due ({_described(starter.project)})",
        "",
        "[Timer]",
        f"OnCalendar=*:0/{starter.minutes}",
        "AccuracySec=10s",
        "Persistent=true",
        "",
        "[Install]",
        "WantedBy=timers.target",
    )


def crontab_line(starter: Starter) -> str:
    """Return the line of a crontab; UsageError if a path holds what cron reads differently from place to place."""
    for word in starter.command:
        if _UNFIT_FOR_CRON.search(word):
            remedy = message("Rename the folder, or use clusterreport schedule install --systemd.")
            raise UsageError(
                word, message("a backslash or a line break in a path cannot be written into a crontab"), remedy
            )
    command = shlex.join(starter.command).replace("%", r"\%")
    return f"*/{starter.minutes} * * * * {command} {_mark(starter)}"


def with_line(crontab: str, starter: Starter) -> str:
    """Return the crontab with the line in it, in place of an earlier one; all other lines stay to the letter."""
    mark = _mark(starter)
    lines = crontab.removesuffix("\n").split("\n") if crontab else []
    own = [place for place, line in enumerate(lines) if line.rstrip().endswith(mark)]
    kept = [line for place, line in enumerate(lines) if place not in own]
    kept.insert(own[0] if own else len(kept), crontab_line(starter))
    return "\n".join(kept) + "\n"


_LONGEST_WORD: Final = 40
# Those that a user's own systemd can keep without name spaces of its own, which some machines forbid.
_HARDENING: Final = (
    "NoNewPrivileges=yes",
    "LockPersonality=yes",
    "RestrictRealtime=yes",
    "RestrictSUIDSGID=yes",
    "RestrictAddressFamilies=AF_UNIX AF_NETLINK AF_INET AF_INET6",
    "SystemCallArchitectures=native",
)
_UNFIT_FOR_CRON: Final = re.compile(r"[\\\n\r\0]")
_UNFIT_FOR_SYSTEMD: Final = re.compile(r"[\\\"'\0-\x1f\x7f]")
_CONTROL: Final = re.compile(r"[\0-\x1f\x7f]")


def _unit(*lines: str) -> str:
    return "\n".join(lines) + "\n"


def _quoted(word: str) -> str:
    """Return a word as systemd reads it within quotes: backslashes, quotes, specifiers and control characters."""
    escaped = word.replace("\\", "\\\\").replace('"', '\\"').replace("%", "%%")
    return '"' + _CONTROL.sub(lambda sign: f"\\x{ord(sign[0]):02x}", escaped) + '"'


def _described(project: Path) -> str:
    """Return a path for a line that people read."""
    return _CONTROL.sub("?", str(project)).replace("%", "%%").rstrip("\\")


def _mark(starter: Starter) -> str:
    return f"# {starter.name}"
