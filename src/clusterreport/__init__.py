"""Turns a folder of data and a folder of templates into briefings, in Word and in PDF."""

from typing import Final

__version__: Final = "0.1.0"
