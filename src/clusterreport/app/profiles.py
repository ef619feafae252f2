"""Says what an edition would be made with here: what differs between two machines may make other bytes."""

from __future__ import annotations

import hashlib
from contextlib import suppress
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from clusterreport.app import fingerprints
from clusterreport.errors import ProblemsError
from clusterreport.fonts.finding import find_face, system_folders
from clusterreport.theme import load_theme
from clusterreport.writing.audience import load_audience

if TYPE_CHECKING:
    from pathlib import Path

    from clusterreport.inputs import Inputs
    from clusterreport.settings import Settings

    Families = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class MachineProfile:
    """What is asked of a machine: its program and libraries, and which of its own faces it has for some ``families``.

    The first name of each of ``families`` is preferred. Faces of a project travel with it and are not asked for.
    """

    families: tuple[Families, ...] = ()

    def __call__(self) -> dict[str, str]:
        """Return what is found here, by names that people know."""
        return fingerprints.of_program() | {
            f"face {each[0]}": _system_face(each, system_folders()) for each in self.families
        }


def profile_for(settings: Settings, inputs: Inputs) -> MachineProfile:
    """Return what machines have to be alike in to make the editions of ``settings``."""
    return MachineProfile(
        tuple(
            families
            for families in _families_wanted(settings, inputs)
            if find_face(families, settings.root / "fonts", (), inputs) is None
        )
    )


def _families_wanted(settings: Settings, inputs: Inputs) -> list[Families]:
    """Return the faces that the looks of the audiences would rather have; what is wrong with a look is told later."""
    wanted: dict[Families, None] = {}
    for name in settings.audiences:
        with suppress(ProblemsError):
            folder = settings.templates / "audiences" / name
            look = load_audience(folder, f"templates/audiences/{name}", inputs).theme
            place = f"themes/{look}.toml"
            faces = load_theme(settings.templates / place, f"templates/{place}", inputs).faces.values()
            wanted |= dict.fromkeys(face.preferred_families for face in faces if face.preferred_families)
    return [*wanted]


@cache
def _system_face(families: Families, folders: tuple[Path, ...]) -> str:
    """Return the file that a machine has for a face, with its hash; "" where it has none."""
    path = find_face(families, None, folders)
    return f"{path.name} ({hashlib.sha256(path.read_bytes()).hexdigest()[:12]})" if path else ""
