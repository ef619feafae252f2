"""Puts new folders in the place of old ones, all or none: by a journal that is finished or undone after a crash.

Below the output folder, while an issue is written (see docs/reliability.md):

    .publishing/new/0, 1, …     the new folders, whole and on the disk before anything is moved
    .publishing/old/0, 1, …     what stood in their places
    .publishing/journal.json    which is which; without it everything here is scratch

A journal that says "switching" is undone, one that says "switched" is finished. Where everything is can be seen on the
disk at any time, so that doing either again after another crash comes to the same.
"""

from __future__ import annotations

import datetime as dt
import json
import os
import shutil
from contextlib import suppress
from dataclasses import asdict, dataclass, replace
from typing import TYPE_CHECKING, Final, Literal

from clusterreport.durability import sync_folder, write_durably
from clusterreport.errors import UsageError
from clusterreport.messages import message
from clusterreport.publishing.manifest import as_json
from clusterreport.publishing.ownership import changes_in

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
    from pathlib import Path

KEPT: Final = ".kept-"
"""What stands in the name of a folder behind the audience whose earlier edition is put aside in it, before the date."""

SCRATCH: Final = ".publishing"
JOURNAL: Final = "journal.json"

_BEGUN: Final = "switching"
_DONE: Final = "switched"


@dataclass(frozen=True, slots=True)
class Target:
    """Where an edition goes: ``issue``/``audience`` below the output folder."""

    issue: str
    audience: str

    def below(self, output: Path) -> Path:
        """Return the folder."""
        return output / self.issue / self.audience


@dataclass(frozen=True, slots=True)
class _Journal:
    """What is moved, in order; ``stamp`` dates what is put aside, ``made`` are the issues' folders not there before."""

    state: Literal["switching", "switched"]
    stamp: str
    targets: tuple[Target, ...]
    made: tuple[str, ...]


def switch(contents: Sequence[tuple[Target, Mapping[str, bytes]]], output: Path, tell: Callable[[str], None]) -> None:
    """Write the folders and put all of them in their places, or none; the caller holds the lock and has settled before.

    ``tell`` hears what was put aside. OSError where it could not be done; ``standing`` says what became of it.
    """
    scratch = output / SCRATCH
    try:
        for number, (_, files) in enumerate(contents):
            _write_folder(scratch / "new" / str(number), files)
        (scratch / "old").mkdir()
        for folder in (scratch / "new", scratch, output):
            sync_folder(folder)
        _move_all(tuple(target for target, _ in contents), output)
    except BaseException as error:  # Ctrl-C too: what was begun is undone before anybody looks
        stand = _resolve(output, tell)
        shutil.rmtree(scratch, ignore_errors=True)
        if stand and isinstance(error, OSError):
            return  # the disk refused no more than to say that all is written
        raise
    _resolve(output, tell)
    shutil.rmtree(scratch, ignore_errors=True)  # what cannot be cleared now is scratch, which the next clears


def settle(output: Path, tell: Callable[[str], None]) -> None:
    """Finish or undo what a switch has begun, keep what is somebody's work, and clear the rest away.

    UsageError where the journal cannot be read; OSError where something cannot be moved or cleared: nothing is lost
    then, and the next call goes on.
    """
    _resolve(output, tell)
    with suppress(FileNotFoundError):
        shutil.rmtree(output / SCRATCH)


def standing(output: Path) -> str:
    """Say after an error of ``switch`` or ``settle`` what stands in the output folder."""
    try:
        journal = _read_journal(output / SCRATCH)
    except OSError:
        return message("what became of the others cannot be read")
    if journal is None:
        return message("everything is as it was before")
    if journal.state == _BEGUN:
        return message("some files are new and some old, until the next build puts the old ones back")
    return message("the new files are in their place, and what lay there before is put aside by the next build")


def is_plain(name: str) -> bool:
    """Tell whether ``name`` is that of one folder, not a path to another place."""
    return name not in {"", ".", ".."} and not any(sign in name for sign in "/\\\0")


def _move_all(targets: tuple[Target, ...], output: Path) -> None:
    scratch = output / SCRATCH
    made = tuple(dict.fromkeys(one.issue for one in targets if not os.path.lexists(output / one.issue)))
    moment = dt.datetime.fromtimestamp((scratch / "old").stat().st_mtime, dt.UTC)  # the disk's clock
    journal = _Journal(_BEGUN, f"{moment.astimezone():%Y-%m-%dT%H-%M-%S}", targets, made)
    _write_journal(journal, scratch)
    for issue in made:
        (output / issue).mkdir(exist_ok=True)
    for number, target in enumerate(targets):
        place = target.below(output)
        if os.path.lexists(place):
            place.replace(scratch / "old" / str(number))
        (scratch / "new" / str(number)).replace(place)
    _sync_all({output / one.issue for one in targets} | {scratch / "old", scratch / "new", output})
    _write_journal(replace(journal, state=_DONE), scratch)


def _resolve(output: Path, tell: Callable[[str], None]) -> bool:
    """Bring a switch to its end, or back to where it began, and return whether the new folders stand."""
    scratch = output / SCRATCH
    journal = _read_journal(scratch)
    if journal is None:
        return False
    if journal.state == _BEGUN:
        _undo(journal, output, tell)
    for number, target in enumerate(journal.targets):
        left = scratch / ("new" if journal.state == _BEGUN else "old") / str(number)
        if os.path.lexists(left) and (changes := changes_in(left, target.issue, target.audience)):
            _put_aside(left, target, output, journal.stamp, changes, tell)
    (scratch / JOURNAL).unlink()  # from here on what is left is scratch
    with suppress(OSError):
        sync_folder(scratch)
    return journal.state == _DONE


def _undo(journal: _Journal, output: Path, tell: Callable[[str], None]) -> None:
    """Put every old folder back to its place, whatever of the switch was done and whoever has been there since."""
    scratch = output / SCRATCH
    for number, target in reversed(list(enumerate(journal.targets))):
        place, new, old = target.below(output), scratch / "new" / str(number), scratch / "old" / str(number)
        if not os.path.lexists(new):
            if os.path.lexists(place):
                place.replace(new)
        elif os.path.lexists(old) and os.path.lexists(place):
            words = (message("it was put here while the writing of the issue was interrupted"),)
            _put_aside(place, target, output, journal.stamp, words, tell)
        if os.path.lexists(old):
            place.parent.mkdir(exist_ok=True)  # somebody may have thrown the issue away
            old.replace(place)
    for issue in journal.made:
        with suppress(OSError):  # somebody has put something there
            (output / issue).rmdir()
    _sync_all({output / target.issue for target in journal.targets} | {scratch / "old", scratch / "new", output})


def _put_aside(  # noqa: PLR0913, PLR0917 -- what, from where, to where, and why
    what: Path, target: Target, output: Path, stamp: str, changes: tuple[str, ...], tell: Callable[[str], None]
) -> None:
    """Move ``what`` beside the place of its edition, under a name that nothing has."""
    issue = output / target.issue
    issue.mkdir(exist_ok=True)
    kept = next(path for path in _free_names(issue, f"{target.audience}{KEPT}{stamp}") if not os.path.lexists(path))
    what.replace(kept)
    sync_folder(issue)
    tell(
        message(
            "{below}: {changes}. What lay there was not thrown away: it is in {kept}",
            below=target.below(output),
            changes=message("; ").join(changes),
            kept=kept,
        )
    )


def _free_names(folder: Path, name: str) -> Iterator[Path]:
    yield folder / name
    number = 2
    while True:
        yield folder / f"{name}-{number}"
        number += 1


def _write_folder(folder: Path, files: Mapping[str, bytes]) -> None:
    folder.mkdir(parents=True)
    for name, content in files.items():
        write_durably(folder / name, content)
    sync_folder(folder)


def _write_journal(journal: _Journal, scratch: Path) -> None:
    fresh = scratch / f"{JOURNAL}.new"
    write_durably(fresh, as_json(asdict(journal)))
    fresh.replace(scratch / JOURNAL)
    sync_folder(scratch)


def _read_journal(scratch: Path) -> _Journal | None:
    """Return the journal, None where there is none; UsageError where it is damaged."""
    path = scratch / JOURNAL
    try:
        content = json.loads(path.read_bytes())
        targets = tuple(Target(**target) for target in content["targets"])
        journal = _Journal(content["state"], content["stamp"], targets, tuple(content["made"]))
        names = [*journal.made, *(name for target in targets for name in (target.issue, target.audience))]
        if journal.state in {_BEGUN, _DONE} and all(is_plain(name) for name in (journal.stamp, *names)):
            return journal
    except (FileNotFoundError, NotADirectoryError):
        return None
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
        pass
    problem = message("the journal of an interrupted build is damaged, so nobody can tell which folders belong where")
    remedy = message(
        "Look into {name}/old and put back what is missing in its place, then delete {name}.", name=scratch.name
    )
    raise UsageError(str(path), problem, remedy)


def _sync_all(folders: Iterable[Path]) -> None:
    for folder in sorted(folders):
        if folder.is_dir():
            sync_folder(folder)
