"""Says by a hash what an issue would be made from: the data, the templates, the date and the city."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from clusterreport.settings import Settings
    from clusterreport.settings.schedules import Schedule

_UNREADABLE: Final = "unreadable"


def content_of(settings: Settings, schedule: Schedule) -> str:
    """Return the same for two issues of a schedule that would differ in nothing but their number and their day."""
    parts = [
        str(settings.as_of),
        schedule.focus or settings.focus,
        *(f"{settings.places.get(name, name)} {_hash(path)}" for name, path in sorted(settings.data.items())),
        *(f"{path.relative_to(settings.templates).as_posix()} {_hash(path)}" for path in _templates(settings)),
    ]
    return hashlib.sha256("\n".join(parts).encode("utf-8", "surrogateescape")).hexdigest()


def _templates(settings: Settings) -> Iterator[Path]:
    return (path for path in sorted(settings.templates.rglob("*")) if path.is_file())


def _hash(path: Path) -> str:
    try:
        return hashlib.sha256(path.read_bytes()).hexdigest()
    except OSError:  # who builds from it will be told
        return _UNREADABLE
