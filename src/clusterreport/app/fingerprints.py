"""Says whether an edition would come out as it stands: one hash over all that it is made from."""

from __future__ import annotations

import hashlib
import json
import platform
import zlib
from dataclasses import replace
from functools import cache
from importlib import metadata
from pathlib import Path
from typing import TYPE_CHECKING, Final

import clusterreport

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from clusterreport.data.dataset import Dataset
    from clusterreport.inputs import Inputs
    from clusterreport.settings import Settings

_LIBRARIES: Final = (
    "fonttools", "jinja2", "lxml", "markdown-it-py", "matplotlib", "networkx", "numpy", "pandas", "pikepdf", "pillow",
    "python-docx", "reportlab", "uharfbuzz",
)  # fmt: skip
"""What an edition's bytes may depend on beside the program."""
_FACES: Final = frozenset({".ttf", ".otf"})
_SHOWN: Final = 12  # digits of a hash that people are to compare


def of_project(settings: Settings, datasets: Mapping[str, Dataset], inputs: Inputs) -> str:
    """Return the hash of all that the editions of a project share: data, templates, faces, settings and versions.

    "" where a database is asked, whose answer nobody knows before. ``inputs`` reads what it has not read yet, so that
    what was hashed is what is used.
    """
    if any("asked" in dataset.origin for dataset in datasets.values()):
        return ""
    said = {
        "data": sorted((dataset.place, dataset.sha256, *dataset.origin.values()) for dataset in datasets.values()),
        "files": [(path.relative_to(folder).as_posix(), inputs.sha256(path)) for folder, path in _files(settings)],
        "settings": repr(_settings_alone(settings)),
        "letters": bool(settings.recipients),  # whoever they go to
        "versions": _versions(),
    }
    return _hash(said)


def of_program() -> dict[str, str]:
    """Return what the program is made of, by names that people know: what differs of it may make other bytes."""
    files = _own_files()
    faces = [file for file in files if Path(file[0]).suffix in _FACES]
    own = _hash([file for file in files if file not in faces])[:_SHOWN]
    return {
        "Python": platform.python_version(),
        "processor": platform.machine(),
        "zlib": zlib.ZLIB_RUNTIME_VERSION,
        "clusterreport": f"{clusterreport.__version__} ({own})",
        **{f"face {Path(name).name}": sha256[:_SHOWN] for name, sha256 in faces},
        **{name: metadata.version(name) for name in _LIBRARIES},
    }


def of_edition(project: str, focus: str, audience: str, *, pair_verified: bool, previous: Path | None = None) -> str:
    """Return the hash of all that one edition is made from; "" where that of the project is not known.

    ``previous`` is the facts.json of what its readers had before, with which it is compared.
    """
    before = [_hash_of(previous)] if previous else []
    return _hash([project, focus, audience, pair_verified, *before]) if project else ""


def _files(settings: Settings) -> Iterator[tuple[Path, Path]]:
    """Yield the files of a project that are no data, with the folder by which they are called."""
    for folder in (settings.templates, settings.root / "fonts"):
        yield from ((folder, path) for path in sorted(folder.rglob("*")) if path.is_file())


def _settings_alone(settings: Settings) -> Settings:
    """Return the settings without what names places of this machine, and without what an edition is called by."""
    nowhere = Path()
    return replace(
        settings,
        root=nowhere,
        data={},
        templates=nowhere,
        output=nowhere,
        previous=None,
        focus="",
        audiences=(),
        recipients=(),
    )


@cache
def _versions() -> tuple[object, ...]:
    """Return what the program is made of: its own files, whatever their version says, and the libraries."""
    return platform.python_version(), _hash(_own_files()), [(name, metadata.version(name)) for name in _LIBRARIES]


@cache
def _own_files() -> list[tuple[str, str]]:
    """Return the hash of each file of the program, by its path."""
    own = Path(clusterreport.__file__).parent
    files = (path for path in sorted(own.rglob("*")) if path.suffix in {".py", ".toml", *_FACES, ".icc"})
    return [(path.relative_to(own).as_posix(), hashlib.sha256(path.read_bytes()).hexdigest()) for path in files]


def _hash_of(path: Path) -> str:
    try:
        return hashlib.sha256(path.read_bytes()).hexdigest()
    except OSError:  # who builds from it will be told
        return ""


def _hash(content: object) -> str:
    return hashlib.sha256(json.dumps(content, ensure_ascii=False).encode()).hexdigest()
