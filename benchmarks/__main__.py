"""Times cold builds against the floor; ``make bench`` writes benchmarks/results.md, and results.json to compare by.

``python -m benchmarks compare BEFORE AFTER`` says what moved between two runs.
"""

from __future__ import annotations

import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from benchmarks import batches, comparing, delivery, own_tables, recipients, scaling
from clusterreport import settings
from clusterreport.app.build import numbered_documents
from clusterreport.document.interchange import to_json
from clusterreport.document.model import Chart
from clusterreport.document.walking import parts_of

ROOT = Path(__file__).resolve().parent.parent
REPETITIONS = (15, 60, 130)  # of the register: to about 300 pages
ROUNDS = 5
AUDIENCES = ("bureau", "leaders")
MIB = 1024  # ru_maxrss is in KiB on Linux


@dataclass(frozen=True, slots=True)
class Run:
    """One process: wall seconds, processor seconds, the peak of its memory in MiB, and what it printed."""

    wall: float
    cpu: float
    peak: float
    printed: str


def main(*arguments: str) -> None:
    """Measure everything and write it down, or compare two runs."""
    match arguments:
        case ():
            measure()
        case ("compare", before, after):
            sys.stdout.write(comparing.compared(before, after))
        case _:
            sys.exit("python -m benchmarks, or python -m benchmarks compare BEFORE AFTER")


def measure() -> None:
    """Run floor and builds in turns, so that a slow moment of the machine falls on all."""
    with tempfile.TemporaryDirectory() as scratch:
        charts, drawn = _charts_file(Path(scratch))
        theme = str(ROOT / "templates/themes/briefing.toml")
        floor_command = ["-m", "benchmarks.floor", str(charts), theme, *_tables()]
        cold = ["-m", "clusterreport", "build", str(ROOT), "--quiet", "--output", scratch, "--audience"]
        floors = []
        builds: dict[str, list[Run]] = {name: [] for name in AUDIENCES}
        for _ in range(ROUNDS):
            floors.append(_run(floor_command))
            for name, runs in builds.items():
                runs.append(_run([*cold, name]))
        stages = json.loads(_run(["-m", "benchmarks.staged", str(ROOT), scratch]).printed)
        batch = batches.measured(floor_command)
    setting = json.loads(_run(["-m", "benchmarks.setting", str(ROOT)]).printed)
    long = [_run(["-m", "benchmarks.setting", str(ROOT), str(times)]) for times in REPETITIONS]
    word = json.loads(_run(["-m", "benchmarks.word_file", str(ROOT)]).printed)
    scaled = {rows: _run(["-m", "benchmarks.scaling", str(ROOT), str(rows)]) for rows in scaling.ROWS}
    own = {rows: json.loads(_run(["-m", "benchmarks.own_tables", str(rows)]).printed) for rows in own_tables.ROWS}
    queued = json.loads(_run(["-m", "benchmarks.delivery"]).printed)
    listed = json.loads(_run(["-m", "benchmarks.recipients"]).printed)
    report = _report(floors, builds, stages, drawn) + _setting_report(setting, long)
    report += _word_report(word) + _scaling_report(scaled) + own_tables_report(own)
    report += delivery.report(queued) + recipients.report(listed) + batches.report(*batch)
    (ROOT / "benchmarks" / "results.md").write_text(report, encoding="utf-8")
    samples = _samples(floors, builds, stages)
    samples |= {"PDF stage ÷ PNG": [setting["pdf"] / setting["png"]], "DOCX stage ÷ PNG": [word["docx"] / word["png"]]}
    samples |= {f"{rows} rows, peak MiB": [run.peak] for rows, run in scaled.items()}
    samples |= {"batch ÷ floor jobs": [batch[1] / batch[0]], "batch again ÷ floor jobs": [batch[2] / batch[0]]}
    (ROOT / comparing.RESULTS).write_text(json.dumps(samples, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    sys.stdout.write(report)


def _samples(floors: list[Run], builds: dict[str, list[Run]], stages: dict[str, float]) -> comparing.Samples:
    """Return what every round measured, times as ratios to the floor of the same round."""
    samples: comparing.Samples = {}
    for name, runs in builds.items():
        pairs = [*zip(runs, floors, strict=True)]
        samples[f"{name}, wall ÷ floor"] = [run.wall / floor.wall for run, floor in pairs]
        samples[f"{name}, processor ÷ floor"] = [run.cpu / floor.cpu for run, floor in pairs]
        samples[f"{name}, peak MiB"] = [run.peak for run in runs]
    floor = _median(floors).wall
    return samples | {f"{stage} ÷ floor": [seconds / floor] for stage, seconds in stages.items()}


def _charts_file(scratch: Path) -> tuple[Path, int]:
    chosen = settings.load(ROOT).overridden(audiences=("bureau",))
    (numbered,) = numbered_documents(chosen)
    charts = tuple(part for part in parts_of(numbered) if isinstance(part, Chart))
    path = scratch / "charts.json"
    path.write_text(to_json(charts), encoding="utf-8")
    return path, len(charts)


def _tables() -> list[str]:
    return [str(path) for path in settings.load(ROOT).data.values()]


def _run(arguments: list[str]) -> Run:
    started = time.perf_counter()
    with subprocess.Popen([sys.executable, *arguments], cwd=ROOT, stdout=subprocess.PIPE, text=True) as process:
        printed = process.stdout.read() if process.stdout else ""
        _, status, usage = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        message = f"{' '.join(arguments)} failed"
        raise RuntimeError(message)
    return Run(time.perf_counter() - started, usage.ru_utime + usage.ru_stime, usage.ru_maxrss / MIB, printed)


def _report(floors: list[Run], builds: dict[str, list[Run]], stages: dict[str, float], drawn: int) -> str:
    floor = _median(floors)
    medians = {name: _median(runs) for name, runs in builds.items()}
    least = {name: min(run.cpu for run in runs) / min(run.cpu for run in floors) for name, runs in builds.items()}
    said = ", ".join(f"{name} {times:.2f}" for name, times in least.items())
    lines = [
        "# The last benchmark run",
        "",
        f"Cold processes, median of {ROUNDS}, in turns. The floor loads the same tables with pandas and draws the same",
        f"{drawn} figures once to 200-dpi PNG with plain matplotlib.",
        "",
        "| | wall s | processor s | peak MiB | wall ÷ floor |",
        "|---|---:|---:|---:|---:|",
        f"| floor | {floor.wall:.2f} | {floor.cpu:.2f} | {floor.peak:.0f} | 1.00 |",
        *(
            f"| build of {name} | {run.wall:.2f} | {run.cpu:.2f} | {run.peak:.0f} | {run.wall / floor.wall:.2f} |"
            for name, run in medians.items()
        ),
        "",
        f"Of processor time, the least of each, which other programs disturb less: {said} times the floor.",
        "",
        "| stage of bureau | s | ÷ floor |",
        "|---|---:|---:|",
        *(f"| {name} | {seconds:.3f} | {seconds / floor.wall:.2f} |" for name, seconds in stages.items()),
        "",
    ]
    return "\n".join(lines)


def _setting_report(setting: dict[str, float], long: list[Run]) -> str:
    lines = [
        "",
        "The PDF stage of bureau alone, without imports, with all its charts, the least of several runs:",
        "",
        "| | |",
        "|---|---:|",
        f"| the same figures to 200-dpi PNG | {setting['png']:.3f} s |",
        f"| the PDF | {setting['pdf']:.3f} s |",
        f"| PDF ÷ PNG | {setting['pdf'] / setting['png']:.2f} |",
        f"| paragraphs a second | {setting['paragraphs_per_second']:.0f} |",
        f"| ms a chart | {setting['ms_per_chart']:.1f} |",
        "",
        "One document that repeats the register:",
        "",
        "| pages | s | ms a page | peak MiB |",
        "|---:|---:|---:|---:|",
    ]
    for run in long:
        made = json.loads(run.printed)
        each = 1000 * made["seconds"] / made["pages"]
        lines.append(f"| {made['pages']} | {made['seconds']:.2f} | {each:.1f} | {run.peak:.0f} |")
    return "\n".join([*lines, ""])


def _word_report(word: dict[str, Any]) -> str:
    lines = [
        "",
        "The DOCX stage of bureau alone, without imports, the least of several runs; a table of 80 × 8 cells against",
        "python-docx's `table.cell`:",
        "",
        "| | |",
        "|---|---:|",
        f"| the same figures to 200-dpi PNG | {word['png']:.3f} s |",
        f"| the Word file | {word['docx']:.3f} s |",
        f"| DOCX ÷ PNG | {word['docx'] / word['png']:.2f} |",
        f"| the table, cell by cell with python-docx | {1000 * word['cell_api']:.0f} ms |",
        f"| the same table, ours | {1000 * word['table']:.1f} ms |",
        f"| ours ÷ python-docx's | {word['table'] / word['cell_api']:.4f} |",
        "",
        "| rows of one table | s | ms a row |",
        "|---:|---:|---:|",
        *(f"| {rows} | {took:.2f} | {1000 * took / int(rows):.3f} |" for rows, took in word["long"].items()),
    ]
    return "\n".join([*lines, ""])


def _scaling_report(scaled: dict[int, Run]) -> str:
    first = float(next(iter(scaled.values())).printed) / next(iter(scaled))
    lines = [
        "",
        "Validation and statistics over the register repeated with names of its own, without reading and imports:",
        "",
        "| rows | processor s | time a row ÷ that of the first line | peak MiB |",
        "|---:|---:|---:|---:|",
        *(
            f"| {rows} | {float(run.printed):.2f} | {float(run.printed) / rows / first:.2f} | {run.peak:.0f} |"
            for rows, run in scaled.items()
        ),
    ]
    return "\n".join([*lines, ""])


def own_tables_report(own: dict[int, dict[str, float]]) -> str:
    """Return the seconds of each verb by the number of rows."""
    lines = [
        "",
        "An own table, asked for each by itself after reading (300 places, 30 fields, 10 years), processor ms:",
        "",
        f"| | {' | '.join(f'{rows:,} rows' for rows in own)} |",
        f"|---|{'---:|' * len(own)}",
        *(
            f"| {name} | {' | '.join(f'{1000 * took[name]:.0f}' for took in own.values())} |"
            for name in next(iter(own.values()))
        ),
    ]
    return "\n".join([*lines, ""])


def _median(runs: list[Run]) -> Run:
    wall, cpu, peak = (statistics.median(getattr(run, name) for run in runs) for name in ("wall", "cpu", "peak"))
    return Run(wall, cpu, peak, "")


if __name__ == "__main__":
    main(*sys.argv[1:])
