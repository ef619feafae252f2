"""Makes this checkout's package and its command known to the Python that runs this script.

An editable install would do the same, but would fetch a build backend that no lock file holds at run time.
"""

from __future__ import annotations

import sys
import sysconfig
from pathlib import Path

SOURCE = Path(__file__).resolve().parent.parent / "src"
COMMAND = """#!{python}
from clusterreport.cli import entry

if __name__ == "__main__":
    entry()
"""


def main() -> None:
    """Write the path file and the command."""
    site, scripts = (Path(sysconfig.get_path(name)) for name in ("purelib", "scripts"))
    (site / "clusterreport-checkout.pth").write_text(f"{SOURCE}\n", encoding="utf-8")
    command = scripts / "clusterreport"
    command.write_text(COMMAND.format(python=sys.executable), encoding="utf-8")
    command.chmod(0o755)


if __name__ == "__main__":
    main()
