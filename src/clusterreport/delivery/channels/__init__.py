"""The channels of delivery; one module is one channel, and its name is the channel's name."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from collections.abc import Callable

    from clusterreport.delivery.outgoing import OutgoingMessage


class Channel(Protocol):
    """A way to deliver."""

    def deliver(self, outgoing: OutgoingMessage, commit: Callable[[], None]) -> str:
        """Deliver the message and return what the other side replied.

        ``commit`` is called once, after everything has been handed over but the last step that makes the other side
        keep it; if it raises, that step is not taken, and nothing has been delivered. Raises DeferredError and
        RefusedError where nothing was delivered, UncertainError where nobody can tell.
        """


class DeliveryError(Exception):
    """A delivery that did not come to a good end; ``reply`` is what the other side said, or what broke."""

    def __init__(self, reply: str) -> None:
        """Keep the reply."""
        self.reply = reply
        super().__init__(reply)


class DeferredError(DeliveryError):
    """Nothing was delivered; it may be tried again later."""


class RefusedError(DeliveryError):
    """Nothing was delivered, and trying again will not help."""


class UncertainError(DeliveryError):
    """The last step was taken and no reply came; it may have been delivered."""
