"""The national advanced manufacturing clusters: their tables, their findings, and the figures printed about them."""

from __future__ import annotations

from clusterreport.locale import register

register(__package__)
