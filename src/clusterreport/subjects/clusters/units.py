"""What is counted in this subject, besides what any subject counts."""

from __future__ import annotations

from typing import Final

from clusterreport.quantity import Unit

CLUSTERS: Final = Unit("cluster", "count")
PROVINCES: Final = Unit("province", "count")
PROVINCE_PLACES: Final = Unit("province_place", "count")
"""省次: each cluster counted once in each province that it touches."""
