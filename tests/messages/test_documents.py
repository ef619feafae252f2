"""Documents are in the language of their audience: no message gets into them, whatever language the program speaks."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
PROGRAM = """
import sys
from pathlib import Path
from clusterreport import messages, settings
from clusterreport.app.build import build

class Marked(dict):
    def get(self, template, otherwise=None):
        return f"§{template}"

messages._SPOKEN.texts = Marked() if sys.argv[1] == "marked" else {}
messages._SPOKEN.language = "zh" if sys.argv[1] == "marked" else "en"
assert messages.message("x").startswith("§") == (sys.argv[1] == "marked")
build(settings.load(Path(sys.argv[2])).overridden(audiences=("leaders",), output=Path(sys.argv[3])))
"""


@pytest.mark.slow
def test_a_build_gives_the_same_bytes_whatever_language_the_program_speaks(tmp_path: Path) -> None:
    for spoken in ("plain", "marked"):
        command = [sys.executable, "-c", PROGRAM, spoken, ROOT, tmp_path / spoken]
        subprocess.run(command, capture_output=True, check=True)
    built = {
        spoken: {
            path.relative_to(tmp_path / spoken): path.read_bytes()
            for path in sorted((tmp_path / spoken).rglob("*"))
            if path.is_file()
        }
        for spoken in ("plain", "marked")
    }
    assert len(built["plain"]) >= 4
    differ = [name for name, content in built["plain"].items() if built["marked"].get(name) != content]
    assert differ == []
    assert built["plain"].keys() == built["marked"].keys()
