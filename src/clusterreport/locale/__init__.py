"""The program's own words: labels as ids with arguments, and a catalogue of texts for each language."""

from clusterreport.locale.catalogue import BASE, Language, LocaleError, known, languages, register, takes
from clusterreport.locale.labels import Label, Words, phrase, said

__all__ = [
    "BASE",
    "Label",
    "Language",
    "LocaleError",
    "Words",
    "known",
    "languages",
    "phrase",
    "register",
    "said",
    "takes",
]
