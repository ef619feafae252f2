"""A project with a table of recipients: five cities, the shipped audiences, a schedule."""

from __future__ import annotations

import datetime as dt
import shutil
from pathlib import Path
from typing import TYPE_CHECKING

from clusterreport.app import recipients

if TYPE_CHECKING:
    from clusterreport.settings import Settings

ROOT = Path(__file__).resolve().parents[2]
NOW = dt.datetime(2026, 11, 2, tzinfo=dt.UTC)
CITIES = """city,name_en,province
广州,Guangzhou,广东
深圳,Shenzhen,广东
苏州,Suzhou (Jiangsu),江苏
宿州,Suzhou (Anhui),安徽
株洲,Zhuzhou,湖南
"""
HEAD = '[delivery]\nrecipients = "data/recipients.csv"\n'
MONTHLY = """
[[schedule]]
name = "monthly"
rule = "first working day of the month"
audiences = ["leaders", "bureau"]
"""
WANG = """
[[recipients]]
name = "王"
address = "wang@example.gov.cn"
audience = "leaders"
"""


def project(folder: Path, table: str, more: str = "", delivery: str = HEAD) -> Path:
    """Make the project, with ``table`` as data/recipients.csv and ``more`` in its settings, and return its folder."""
    (folder / "data").mkdir(parents=True, exist_ok=True)
    shutil.copytree(ROOT / "templates" / "audiences", folder / "templates" / "audiences", dirs_exist_ok=True)
    shipped = (ROOT / "clusterreport.toml").read_text(encoding="utf-8").partition("[delivery]")[0]
    (folder / "clusterreport.toml").write_text(shipped + delivery + MONTHLY + more, encoding="utf-8")
    (folder / "data" / "cities.csv").write_text(CITIES, encoding="utf-8")
    (folder / "data" / "recipients.csv").write_text(table, encoding="utf-8")
    return folder


def read(folder: Path, table: str, more: str = "", delivery: str = HEAD) -> Settings:
    """Return the settings of such a project, with all recipients."""
    return recipients.load(project(folder, table, more, delivery), NOW)
