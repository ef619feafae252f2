"""Reads what the manifests of earlier editions say: the rows of each table, their city, and which is the newest."""

from __future__ import annotations

import glob
from typing import TYPE_CHECKING, Final

from clusterreport.publishing.edition import FACTS
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


def earlier_facts(output: Path, issue: str, audience: str, as_of: str, focus: str) -> Path | None:
    """Return the facts.json of the newest edition for ``audience`` before ``issue``; None where there is none.

    Newer is of a later day of its data, or of the same day and a name that sorts behind. Those on another city than
    ``focus`` are left out; what cannot be read, or was put aside, is no edition.
    """
    found: dict[tuple[str, str], Path] = {}
    for path in output.glob(f"[!.]*/{glob.escape(audience)}/{MANIFEST}"):
        manifest = _manifest(path)
        if manifest is None or manifest.audience != audience or not (path.parent / FACTS).is_file():
            continue
        age = (manifest.made_from.as_of, manifest.issue)
        if manifest.made_from.focus == focus and manifest.issue != issue and age < (as_of, issue):
            found[age] = path.parent / FACTS
    return found[max(found)] if found else None


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
