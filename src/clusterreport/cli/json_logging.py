"""The log of a service: one JSON object a line on standard error, for systemd or whoever collects it."""

from __future__ import annotations

import datetime as dt
import json
import logging
import sys
from typing import Final

NAME: Final = "clusterreport"


class JsonLines(logging.Formatter):
    """Writes a record as time, level, module and words; no message body or secret is ever handed to the log."""

    def format(self, record: logging.LogRecord) -> str:
        """Return one line."""
        entry = {
            "time": dt.datetime.fromtimestamp(record.created, dt.UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname.lower(),
            "module": record.name.removeprefix(f"{NAME}."),
            "message": record.getMessage(),
        }
        if record.exc_info:
            entry["trace"] = self.formatException(record.exc_info)
        return json.dumps(entry, ensure_ascii=False)


def log_json_to_stderr() -> logging.Logger:
    """Let everything that the program has to say of its work go to standard error, and return its logger."""
    logger = logging.getLogger(NAME)
    if not any(isinstance(handler.formatter, JsonLines) for handler in logger.handlers):
        handler = logging.StreamHandler(sys.stderr)
        handler.setFormatter(JsonLines())
        logger.addHandler(handler)
    logger.setLevel(logging.INFO)
    return logger
