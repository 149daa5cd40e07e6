"""How every benchmark reports: on which machine, and its rows, as one JSON object or as a table for people."""

from __future__ import annotations

import json
import os
import platform
from typing import Any

Row = dict[str, Any]
"""``name, value, unit, p90, n, baseline, baseline_value, ratio``; a ratio above 1 is better than the baseline."""


def machine() -> str:
    return f"{platform.system()} {platform.machine()}, {os.cpu_count()} cores, Python {platform.python_version()}"


def report(rows: list[Row], *, as_json: bool) -> None:
    if as_json:
        print(json.dumps({"machine": machine(), "rows": rows}, indent=2))
        return
    print(machine())
    width = max(len(row["name"]) for row in rows)
    for row in rows:
        beside = f"  {row['ratio']} x {row['baseline']} ({row['baseline_value']})" if row["ratio"] else ""
        p90 = "" if row["p90"] is None else f"p90 {row['p90']}"
        print(f"{row['name']:<{width}} {row['value']:>10} {row['unit']:<6} {p90:<14} n {row['n']:<4}{beside}")
