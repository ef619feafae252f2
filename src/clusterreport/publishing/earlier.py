"""Reads what the manifests of earlier editions say: how many rows each table had, and which city they were about."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from clusterreport.publishing.manifest import MANIFEST, Manifest, ManifestError
from clusterreport.publishing.switching import KEPT

if TYPE_CHECKING:
    from pathlib import Path


def earlier_rows(output: Path, issue: str, as_of: str) -> tuple[tuple[str, dict[str, int]], ...]:
    """Return how many rows each table had, by its place: in ``issue`` as it stands, and in the newest other issue.

    Issues whose data speak of a later day than ``as_of`` are left out; what cannot be read is no issue. Of the
    audiences of an issue the one counts that had more rows.
    """
    days: dict[str, str] = {}
    rows: dict[str, dict[str, int]] = {}
    for path in sorted(output.glob(f"[!.]*/[!.]*/{MANIFEST}")):
        entry = None if KEPT in path.parent.name else _rows_in(path)
        if entry and entry[1] <= as_of:
            name, day, found = entry
            days[name] = max(day, days.get(name, ""))
            known = rows.setdefault(name, {})
            known |= {place: max(number, known.get(place, 0)) for place, number in found.items()}
    others = sorted((day, name) for name, day in days.items() if name != issue)
    return tuple((name, rows[name]) for name in (issue, *(name for _, name in others[-1:])) if name in rows)


def earlier_focus(output: Path, issue: str, audience: str) -> str:
    """Return which city the edition is about that stands where the next one of ``audience`` will; "" for none."""
    manifest = _manifest(output / issue / audience / MANIFEST)
    return manifest.made_from.focus if manifest else ""


def _rows_in(path: Path) -> tuple[str, str, dict[str, int]] | None:
    """Return the issue, the day of its data and the rows of its tables, as a manifest says them."""
    manifest = _manifest(path)
    if manifest is None:
        return None
    made_from = manifest.made_from
    rows = {place: entry.rows for place, entry in made_from.data.items()}
    return (manifest.issue, made_from.as_of, rows) if made_from.as_of and rows else None


def _manifest(path: Path) -> Manifest | None:
    """Return what a manifest says; None where there is none that can be read."""
    try:
        if path.stat().st_size > _LARGEST_MANIFEST:
            return None
        return Manifest.from_json(path.read_bytes())
    except (OSError, ManifestError):
        return None


_LARGEST_MANIFEST: Final = 1_000_000  # bytes
