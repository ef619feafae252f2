"""The working days of 2024 to 2026 as the State Council's notices have them, read without the program's help."""

from __future__ import annotations

import datetime as dt
import tomllib
from pathlib import Path

NOTICES = tomllib.loads(Path(__file__).with_name("notices.toml").read_text(encoding="utf-8"))["notice"]
YEARS = tuple(notice["year"] for notice in NOTICES)
DAYS = tuple(
    day
    for day in (dt.date(YEARS[0], 1, 1) + dt.timedelta(days=ahead) for ahead in range(366 * len(YEARS)))
    if day.year in YEARS
)


def _working_days() -> tuple[dt.date, ...]:
    resting = {
        first + dt.timedelta(days=ahead)
        for notice in NOTICES
        for first, last in notice["rest"]
        for ahead in range((last - first).days + 1)
    }
    made_up = {day for notice in NOTICES for day in notice["work"]}
    return tuple(day for day in DAYS if day in made_up or (day.isoweekday() < 6 and day not in resting))


WORKING_DAYS = _working_days()
