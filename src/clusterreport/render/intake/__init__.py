"""Writes the report of an intake: a page that can be read and printed anywhere, and a workbook of the same."""

from clusterreport.render.intake.page import page
from clusterreport.render.intake.sheets import workbook_of

__all__ = ["page", "workbook_of"]
