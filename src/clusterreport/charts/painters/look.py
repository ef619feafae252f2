"""The colours of a chart: a theme's palette, its ramp, and the ink that can be read on each of them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from clusterreport.charts.measuring import Faces

if TYPE_CHECKING:
    from collections.abc import Mapping

    from clusterreport.document.wording import Language
    from clusterreport.theme import Theme

ACCENT: Final = "red"
READABLE: Final = 4.5
"""The least contrast of a text with its ground (WCAG 2.2, success criterion 1.4.3)."""

SEEN: Final = 3.0
"""The least contrast of a mark with what lies beside it (WCAG 2.2, success criterion 1.4.11)."""

_TINT: Final = 0.4
_STEPS: Final = 20


@dataclass(frozen=True, slots=True)
class Look:
    """What a chart kind asks of the theme; colours are #RRGGBB."""

    faces: Faces
    colours: Mapping[str, str]
    palette: tuple[str, ...]
    sequential: tuple[str, ...]
    language: Language

    @classmethod
    def of(cls, theme: Theme, language: Language) -> Look:
        """Return the look of charts in ``theme``; the accent is taken out of the series' colours."""
        palette = tuple(theme.colour(name) for name in theme.palette if name != ACCENT)
        return cls(Faces.of(theme), theme.colours, palette, theme.sequential, language)

    @property
    def ink(self) -> str:
        """Return the colour of texts that are read."""
        return self.colours["ink"]

    @property
    def soft(self) -> str:
        """Return the colour of texts that explain: axes, keys, notes."""
        return self.colours["soft"]

    @property
    def rule(self) -> str:
        """Return the colour of thin lines."""
        return self.colours["rule"]

    @property
    def paper(self) -> str:
        """Return the colour of the ground."""
        return self.colours["paper"]

    @property
    def main(self) -> str:
        """Return the colour of marks where there is one kind of them."""
        return self.palette[0]

    @property
    def pale(self) -> str:
        """Return the second colour, for what stands back behind the main one."""
        return self.line_of(self.palette[1])

    @property
    def accent(self) -> str:
        """Return the colour of the one thing that the reader must see."""
        return self.colours[ACCENT]

    def of_series(self, place: int) -> str:
        """Return the colour of series ``place`` from 0 on: the palette, tints of its end, grey, and over again."""
        tints = tuple(mixed(colour, self.paper, _TINT) for colour in self.palette[2:])
        colours = (*self.palette, *tints, self.soft)
        return colours[place % len(colours)]

    def line_of(self, colour: str) -> str:
        """Return ``colour``, as much darker as a line or a small mark of it needs to be seen on the paper."""
        return self._deepened(colour, SEEN)

    def text_of(self, colour: str) -> str:
        """Return ``colour``, as much darker as words of it need to be read on the paper."""
        return self._deepened(colour, READABLE)

    def edge_of(self, fill: str) -> str | None:
        """Return the colour of the outline without which a bar of ``fill`` would fade into the paper; None: no need."""
        return None if contrast(fill, self.paper) >= SEEN else self.line_of(fill)

    def _deepened(self, colour: str, least: float) -> str:
        steps = (mixed(colour, self.ink, step / _STEPS) for step in range(_STEPS + 1))
        return next((step for step in steps if contrast(step, self.paper) >= least), self.ink)

    def ramp(self, share: float) -> str:
        """Return the sequential colour at ``share`` of the way, 0 the palest and 1 the darkest.

        Piecewise linear between the theme's tokens. Written out here since a colour map of matplotlib takes the
        integer 1 for its second colour, and so paints the largest value palest.
        """
        steps = len(self.sequential) - 1
        place = min(max(float(share), 0.0), 1.0) * steps
        index = min(int(place), steps - 1)
        return mixed(self.sequential[index], self.sequential[index + 1], place - index)

    def ink_on(self, ground: str) -> str:
        """Return a colour of text that is readable on ``ground``: ink, else white, else black."""
        for colour in (self.ink, self.paper):
            if contrast(colour, ground) >= READABLE:
                return colour
        return "#000000"


def mixed(one: str, other: str, share: float) -> str:
    """Return the colour at ``share`` of the way from ``one`` to ``other``, in sRGB."""
    pairs = zip(_channels(one), _channels(other), strict=True)
    return "#" + "".join(f"{round(a + (b - a) * share):02X}" for a, b in pairs)


def luminance(colour: str) -> float:
    """Return the relative luminance of #RRGGBB, 0 to 1 (WCAG 2.2, definition of relative luminance)."""
    linear = [_linear(channel / 255) for channel in _channels(colour)]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    """Return the contrast ratio of two colours, 1 to 21 (WCAG 2.2, definition of contrast ratio)."""
    low, high = sorted((luminance(one), luminance(other)))
    return (high + 0.05) / (low + 0.05)


def _channels(colour: str) -> tuple[int, int, int]:
    return int(colour[1:3], 16), int(colour[3:5], 16), int(colour[5:7], 16)


def _linear(channel: float) -> float:
    return channel / 12.92 if channel <= 0.04045 else float(((channel + 0.055) / 1.055) ** 2.4)  # noqa: PLR2004 -- sRGB
