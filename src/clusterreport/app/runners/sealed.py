"""What travels between machines: bytes under their hash, which whoever receives them compares."""

from __future__ import annotations

import hashlib
import pickle
from dataclasses import dataclass
from typing import Any, Self


class DamagedError(Exception):
    """What arrived is not what was sent."""


@dataclass(frozen=True, slots=True)
class Sealed:
    """A value as bytes, with their SHA-256."""

    sha256: str
    content: bytes

    @classmethod
    def of(cls, value: object) -> Self:
        """Return a value as it travels."""
        content = pickle.dumps(value, pickle.HIGHEST_PROTOCOL)
        return cls(hashlib.sha256(content).hexdigest(), content)

    def opened(self) -> Any:  # noqa: ANN401 -- as it was sealed
        """Return the value; DamagedError where the bytes are not those that were sealed."""
        if hashlib.sha256(self.content).hexdigest() != self.sha256:
            raise DamagedError(self.sha256)
        return pickle.loads(self.content)  # noqa: S301 -- by a worker that was asked, or by who asks: docs/scale.md
