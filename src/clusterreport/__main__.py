"""Lets the program run as python -m clusterreport."""

from __future__ import annotations

import sys

from clusterreport.cli import main

sys.exit(main())
