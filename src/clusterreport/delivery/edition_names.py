"""What an edition of an issue is called: by its audience, or by city and audience where an issue has many cities.

The outbox knows an edition by this one word, in the columns called ``audience``: 广州's own issue has "leaders", an
issue of many cities "苏州/leaders". No audience has a slash in its name.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from clusterreport.settings import ALL

if TYPE_CHECKING:
    from pathlib import Path

    from clusterreport.settings.recipients import Recipient


def edition_name(audience: str, city: str = "") -> str:
    """Return the name of the edition of an audience; ``city`` is "" where the issue is of one city."""
    return f"{city}/{audience}" if city else audience


def audience_of(edition: str) -> str:
    """Return for whom an edition is written."""
    return edition.rpartition("/")[2]


def city_of(edition: str) -> str:
    """Return of which of many cities an edition is, "" where its issue is of one."""
    return edition.rpartition("/")[0]


def folder_of(output: Path, issue: str, edition: str) -> Path:
    """Return where a build puts an edition: in the folder of its issue, within that of its city if there are many."""
    city = city_of(edition)
    return (output / city if city else output) / issue / audience_of(edition)


def is_for(edition: str, recipient: Recipient, home: str = "") -> bool:
    """Tell whether a recipient reads what an edition is; ``home`` is the city of an issue of one, "" if not known."""
    city = city_of(edition) or home
    asked = recipient.foci
    return recipient.audience == audience_of(edition) and (not asked or not city or ALL in asked or city in asked)
