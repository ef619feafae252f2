"""clusterreport schedule install: shows what would start the program by the calendar, and writes it when asked to."""

from __future__ import annotations

import json
import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Final

from clusterreport.app.timers import EVERY, Starter, crontab_line, service, timer, with_line
from clusterreport.cli.arguments import add_folder, add_json, scheduled_settings
from clusterreport.errors import UsageError
from clusterreport.messages import message, os_reason

if TYPE_CHECKING:
    import argparse

    from clusterreport.settings import Settings


def add_to(entries: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add ``install`` to the commands of ``schedule``."""
    command = entries.add_parser(
        "install", help=message("show, or write, a systemd timer or a crontab line for a project")
    )
    add_folder(command)
    kind = command.add_mutually_exclusive_group(required=True)
    kind.add_argument("--systemd", action="store_true", help=message("a timer and a service of your own systemd"))
    kind.add_argument("--cron", action="store_true", help=message("a line of your own crontab"))
    command.add_argument(
        "--every", type=int, choices=EVERY, default=5, metavar="MINUTES",
        help=message(
            "minutes between two looks at what is due: {every} (default: 5)", every=message(", ").join(map(str, EVERY))
        ),
    )  # fmt: skip
    command.add_argument("--write", action="store_true", help=message("write it; without this it is only shown"))
    add_json(command)
    command.set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    """Show what would be written, or write it."""
    project = scheduled_settings(options)
    starter = Starter(_program(), project.root, options.every, _credentials(project))
    return _systemd(options, starter) if options.systemd else _cron(options, starter)


_NO_CRONTAB: Final = "no crontab for"


def _program() -> tuple[str, ...]:
    """Return how to start this very program again, whatever the folder and the search path."""
    script = Path(sys.executable).with_name("clusterreport")
    return (str(script),) if script.exists() else (sys.executable, "-m", "clusterreport")


def _credentials(project: Settings) -> tuple[str, ...]:
    secrets = (project.mail and project.mail.password, project.signing and project.signing.passphrase)
    return tuple(dict.fromkeys(secret.credential for secret in secrets if secret and secret.credential))


def _systemd(options: argparse.Namespace, starter: Starter) -> int:
    settings_folder = Path(os.environ.get("XDG_CONFIG_HOME") or Path.home() / ".config")
    folder = settings_folder / "systemd" / "user"
    files = {
        folder / f"{starter.name}.service": service(starter),
        folder / f"{starter.name}.timer": timer(starter),
    }
    commands = (
        "systemctl --user daemon-reload",
        f"systemctl --user enable --now {starter.name}.timer",
        message("loginctl enable-linger    # so that it also runs while you are not logged in"),
    )
    if options.write:
        _write(files)
    if options.json:
        entries = [{"path": str(path), "text": text} for path, text in files.items()]
        _print_json({"written": options.write, "files": entries, "commands": commands})
        return 0
    for path, text in files.items():
        head = message("wrote {path}", path=path) if options.write else message("would write {path}", path=path)
        sys.stdout.write(f"{head}:\n\n{text}\n")
    start = (
        message("Start it with:") if options.write else message("Add --write to write both files; then start it with:")
    )
    sys.stdout.write("\n  ".join((start, *commands)) + "\n")
    return 0


def _write(files: dict[Path, str]) -> None:
    for path, text in files.items():
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8", errors="surrogateescape")
        except OSError as error:
            remedy = message("Make the folder yours, or copy what the command shows without --write.")
            raise UsageError(
                str(path), message("it cannot be written: {reason}", reason=os_reason(error)), remedy
            ) from None


def _cron(options: argparse.Namespace, starter: Starter) -> int:
    line = crontab_line(starter)
    if options.write:
        before = _crontab("-l")
        after = with_line(before, starter)
        if after != before:
            _crontab("-", after)
    if options.json:
        _print_json({"written": options.write, "line": line})
        return 0
    said = (
        message("Your crontab holds this line:")
        if options.write
        else message("Add --write to put this line into your crontab:")
    )
    sys.stdout.write(f"{said}\n\n{line}\n")
    return 0


def _crontab(argument: str, content: str | None = None) -> str:
    """Return the user's crontab, or put ``content`` in its place; UsageError if that cannot surely be done."""
    import shutil
    import subprocess

    path = shutil.which("crontab")
    if path is None:
        raise UsageError("crontab", message("there is no such program"), message("Install cron, or use --systemd."))
    done = subprocess.run(  # noqa: S603 -- the program that the user's own search path names, and no text of others
        [path, argument], input=content, capture_output=True, encoding="utf-8", errors="surrogateescape",
        env={**os.environ, "LC_ALL": "C"}, check=False,
    )  # fmt: skip
    if done.returncode and content is None and _NO_CRONTAB in done.stderr:
        return ""
    if done.returncode:
        remedy = message("Add the line that the command shows without --write by hand: crontab -e.")
        raise UsageError("crontab", message("it refused: {stderr}", stderr=done.stderr.strip()), remedy)
    return done.stdout


def _print_json(content: dict[str, object]) -> None:
    sys.stdout.write(json.dumps(content, ensure_ascii=False) + "\n")
