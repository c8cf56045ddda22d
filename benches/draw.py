#!/usr/bin/env python3
"""Makes the tables of README.md and the picture calls.svg out of a folder of results, the same every time.

    python3 benches/draw.py    # out of benches/results, as run.py does

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
    """Three digits that count."""
    if value >= 100:
        digits = len(str(int(value)))
        return f"{round(value, 3 - digits):,.0f}"
    return f"{value:.1f}" if value >= 10 else f"{value:.2f}"


def ranged(values: dict, form=number) -> str:
    return f"{form(values['median'])} ({form(values['least'])} to {form(values['most'])})"


def ratio(values: dict) -> str:
    return ranged(values, lambda value: f"{value:.2f}")


def table(head: list[str], rows: list[list[str]]) -> str:
    lines = [head, ["---", *["---:"] * (len(head) - 1)], *rows]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)


def size(token: int) -> str:
    return f"{token // 1000} KB" if token < 100_000 else "100,000 characters"


def named(case: dict) -> str:
    version = "HTTP/1.1" if case["version"] == "http1" else "HTTP/2"
    return f"{version}{', TLS' if case['tls'] else ''}, {size(case['token'])}, {case['in_flight']} in flight"


def machine(results: dict) -> str:
    about = results["machine"]
    return (
        f"One run of {results['minutes']} minutes on {results['date']}: {about['cores']} cores of {about['processor']},"
        f" {about['memory_gib']} GiB, {about['system']}, {about['rustc']}; load {about['load_before']} before it."
        f" {results['rounds']} rounds, {results['seconds_of_each']} s for each program in each; the server has one"
        " core, the program the other. The number is the median of the rounds; the least and the most stand behind it."
    )


def ratios(results: dict) -> str:
    rows = []
    for case in results["calls"]:
        found = case["ratios"]
        keys = ["wrapper / reqwest, time-outs", "wrapper / reqwest", "wrapper / hyper", "reqwest / hyper"]
        rows.append([named(case), *(ratio(found[key]) if key in found else "" for key in keys)])
    head = ["calls/s", "wrapper ÷ reqwest, same time-outs", "wrapper ÷ reqwest, none", "wrapper ÷ hyper"]
    return table([*head, "reqwest ÷ hyper"], rows)


def calls(results: dict) -> str:
    rows = []
    for case in results["calls"]:
        for name, run in case["programs"].items():
            rows.append(
                [named(case), name, ranged(run["calls_per_second"])]
                + [number(run[key]["median"]) for key in ("p50_us", "p99_us", "cpu_us_per_call", "peak_mib")]
            )
    return table(["case", "program", "calls/s", "p50, µs", "p99, µs", "CPU per call, µs", "peak, MiB"], rows)


def work(results: dict) -> str:
    allocated = {(row["program"], row["token"]): row for row in results["allocations"] if row["version"] == "http1"}
    counted = {
        (row["program"], row["tls"], row["token"]): row["instructions"]["median"]
        for row in results["instructions"] or []
    }
    rows = []
    for program in ("wrapper", "reqwest, time-outs", "reqwest", "hyper"):
        row = [program]
        for token in (2_000, 100_000):
            found = allocated[program, token]
            row += [f"{found['allocations']:.1f}", f"{found['bytes']:,.0f}"]
        for key in ((False, 2_000), (False, 100_000), (True, 2_000)):
            mine, base = counted.get((program, *key)), counted.get(("wrapper", *key))
            row.append(f"{mine:,.0f} ({base / mine:.3f})" if mine and base else "not counted")
        rows.append(row)
    head = ["HTTP/1.1", "allocations, 2 KB", "their bytes", "allocations, 100,000", "their bytes"]
    return table([*head, "instructions, 2 KB", "instructions, 100,000", "instructions, 2 KB, TLS"], rows)


def many(results: dict) -> str:
    found, sdk = results["many"], results["python_sdk"]
    fastest = max(row["calls_per_second"]["median"] for row in sdk)
    rows = []
    for name, label in (("sync_many", "`sync_many`"), ("command", "`codearts-repo sync --file`"), ("reqwest", "reqwest by hand")):
        speed = found["calls_per_second"][name]
        share = ratio(found["ratios"][name]) if name in found["ratios"] else ""
        rows.append([label, ranged(speed), share, f"{speed['median'] / fastest:.0f}"])
    for row in sdk:
        label = f"the vendor's Python SDK, {row['in_flight']} in flight"
        rows.append([label, ranged(row["calls_per_second"]), "", ""])
    memory = ", ".join(f"{int(count):,}: {peak:.1f} MiB" for count, peak in found["peak_mib"].items())
    limit, signing = results["quota"], results["signing"]
    over = limit["seconds"] / limit["allowed_seconds"] - 1
    head = [f"{found['repositories']:,} starts, {found['in_flight']} in flight, no quota", "starts/s", "÷ reqwest"]
    return "\n\n".join(
        [
            table([*head, "÷ the SDK at its best"], rows),
            f"Peak memory of `sync_many` by the number of repositories: {memory}.",
            f"With a quota of {limit['per_minute']:,} calls a minute, {limit['starts']:,} starts took"
            f" {limit['seconds']:.2f} s; an even pace at the whole quota takes {limit['allowed_seconds']:.2f} s, which is"
            f" {over:+.1%}.",
            f"Signing, {signing['body_bytes']} bytes of body: {ranged(signing['calls_per_second'])} requests/s on one"
            f" core, {ranged(signing['cpu_us_per_call'])} µs of CPU each.",
            f"A token of 100,000 characters over HTTP/2 to a server with hyper's default limits: "
            f"`{results['long_token_over_http2']}`",
        ]
    )


def picture(results: dict) -> str:
    """Bars of calls/s, light and dark."""
    panels = []
    sdk = {row["in_flight"]: row["calls_per_second"]["median"] for row in results["python_sdk"]}
    for in_flight, title in ((1, "Calls per second, one at a time"), (64, "Calls per second, 64 in flight")):
        case = next(
            case
            for case in results["calls"]
            if (case["version"], case["tls"], case["token"], case["in_flight"]) == ("http1", False, 2_000, in_flight)
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
    parts = {part.__name__: part(results) for part in (machine, ratios, calls, work, many)}
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
