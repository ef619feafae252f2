"""Tables by name, each made when it is first asked for: most issues ask for none, and frames take time to make."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from functools import partial

from clusterreport.data.table import DataTable


class OfferedTables(Mapping[str, DataTable]):
    """The tables that ``makers`` make."""

    def __init__(self, makers: Mapping[str, Callable[[], DataTable]]) -> None:
        """Make nothing yet."""
        self._makers = dict(makers)
        self._made: dict[str, DataTable] = {}

    def __getitem__(self, name: str) -> DataTable:
        """Return a table, made if it was not yet; KeyError if there is none of this name."""
        if name not in self._made:
            self._made[name] = self._makers[name]()
        return self._made[name]

    def __iter__(self) -> Iterator[str]:
        """Yield the names of the tables; none is made."""
        return iter(self._makers)

    def __len__(self) -> int:
        """Return how many tables there are."""
        return len(self._makers)

    def before(self, others: Mapping[str, DataTable]) -> OfferedTables:
        """Return these tables and ``others``, which are taken where both have a name."""
        return OfferedTables({**self._makers, **{name: partial(others.__getitem__, name) for name in others}})
