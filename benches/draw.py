#!/usr/bin/env python3
"""Writes the table of README.md and the picture calls.svg from a folder of results.

    python3 benches/draw.py    # from benches/results, as run.py does

Other folders get a README.md and a picture of their own.
"""

import json
import re
import sys
from html import escape
from pathlib import Path

HERE = Path(__file__).resolve().parent
NAMES = {"wrapper": "codearts-repo", "reqwest": "reqwest by hand", "hyper": "hyper by hand"}


def number(value: float) -> str:
    """Three significant digits."""
    if value >= 100:
        digits = len(str(int(value)))
        return f"{round(value, 3 - digits):,.0f}"
    return f"{value:.1f}" if value >= 10 else f"{value:.2f}"


def ranged(values: dict, form=number) -> str:
    return f"{form(values['median'])} ({form(values['low'])} to {form(values['high'])})"


def ratio(values: dict) -> str:
    return ranged(values, lambda value: f"{value:.2f}")


def machine(results: dict) -> str:
    about = results["machine"]
    return (
        f"One run of {results['minutes']} minutes on {results['date']}: {about['cores']} cores of {about['processor']},"
        f" {about['memory_gib']} GiB, {about['system']}, {about['rustc']}, load {about['load_before']} before it."
        f" {results['rounds']} rounds of {results['seconds_of_each']} s; median and quartiles."
    )


def summary(results: dict) -> str:
    rows = []
    for case in results["calls"]:
        name = f"calls/s, {case['in_flight']} in flight{', TLS' if case['tls'] else ''}"
        programs = case["programs"]
        speeds = [ranged(programs[program]["calls_per_second"]) for program in ("wrapper", "reqwest, timeouts")]
        rows.append([name, *speeds, ratio(case["ratios"]["wrapper / reqwest, timeouts"])])
    many = results["many"]
    by_hand = ranged(many["calls_per_second"]["reqwest"])
    for name, label in (("sync_many", "`sync_many`"), ("command", "`codearts-repo sync --file`")):
        speed = ranged(many["calls_per_second"][name])
        rows.append([f"starts/s without a quota, {label}", speed, by_hand, ratio(many["ratios"][name])])
    fastest = max(row["calls_per_second"]["median"] for row in results["python_sdk"])
    rows.append(["calls/s of the vendor's Python SDK, at best", "", number(fastest), ""])
    count, peak = max(((int(count), peak) for count, peak in many["peak_mib"].items()))
    rows.append([f"peak memory of `sync_many`, {count:,} repositories", f"{peak:.1f} MiB", "", ""])
    lines = [["", "codearts-repo", "reqwest by hand, same timeouts", "ratio"], ["---", "---:", "---:", "---:"], *rows]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)


def picture(results: dict) -> str:
    """Bars of calls/s, light and dark."""
    panels = []
    sdk = {row["in_flight"]: row["calls_per_second"]["median"] for row in results["python_sdk"]}
    for in_flight, title in ((1, "Calls per second, one at a time"), (64, "Calls per second, 64 in flight")):
        case = next(
            case
            for case in results["calls"]
            if (case["tls"], case["in_flight"]) == (False, in_flight)
        )
        bars = [(NAMES[name], case["programs"][name]["calls_per_second"]["median"]) for name in NAMES]
        panels.append((title, [*bars, ("Python SDK", sdk[in_flight])]))
    width, left, bar, step, top = 720, 150, 20, 30, 44
    height = sum(top + step * len(bars) for _, bars in panels) + 40
    parts, y = [], 0
    for title, bars in panels:
        most = max(value for _, value in bars)
        parts.append(f'<text class="title" x="0" y="{y + 26}">{escape(title)}</text>')
        y += top
        for name, value in bars:
            long = max(1.0, value / most * (width - left - 80))
            kind = "ours" if name == NAMES["wrapper"] else "other"
            middle = y + bar / 2 + 5
            parts.append(f'<text class="name" x="{left - 10}" y="{middle}">{escape(name)}</text>')
            parts.append(f'<rect class="{kind}" x="{left}" y="{y}" width="{long:.1f}" height="{bar}" rx="3"/>')
            parts.append(f'<text x="{left + long + 8:.1f}" y="{middle}">{number(value)}</text>')
            y += step
    note = "A start over HTTP/1.1 to the same bare local server, a token of 2 KB, two cores. More is better."
    parts.append(f'<text class="note" x="0" y="{y + 28}">{escape(note)}</text>')
    style = (
        "text{font:14px system-ui,sans-serif;fill:#1f2328}.title{font-weight:600;font-size:15px}.name{text-anchor:end}"
        ".note{font-size:12px;fill:#59636e}.ours{fill:#0969da}.other{fill:#9aa4af}"
        "@media(prefers-color-scheme:dark){text{fill:#e6edf3}.note{fill:#9198a1}.ours{fill:#58a6ff}.other{fill:#59636e}}"
    )
    label = "Bars: " + "; ".join(f"{t}: " + ", ".join(f"{n} {number(v)}" for n, v in b) for t, b in panels)
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" role="img">'
        f"<title>{escape(label)}</title><style>{style}</style>\n" + "\n".join(parts) + "\n</svg>\n"
    )


def main() -> None:
    folder = Path(sys.argv[1]).resolve() if len(sys.argv) > 1 else HERE / "results"
    target = HERE if folder == HERE / "results" else folder
    results = json.loads((folder / "calls.json").read_text())
    parts = {part.__name__: part(results) for part in (machine, summary)}
    text = (HERE / "README.md").read_text()
    for name, part in parts.items():
        marks = rf"(<!-- {name}: made by draw.py -->\n).*?(\n<!-- end -->)"
        text, found = re.subn(marks, lambda match: match[1] + part + match[2], text, flags=re.DOTALL)
        if found != 1:
            sys.exit(f"benches/README.md has no place for {name}")
    (target / "README.md").write_text(text)
    (target / "calls.svg").write_text(picture(results))


if __name__ == "__main__":
    main()
