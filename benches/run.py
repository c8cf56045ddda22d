#!/usr/bin/env python3
"""Compares the wrapper with handwritten programs that make the same call, and renews the figures of README.md.

    python3 benches/run.py            # the full run, on a quiet machine: about five minutes, and a release build before
    python3 benches/run.py --quick    # each part once and briefly, into target/bench; a test of this script

Needs the Rust toolchain, Linux, and PyPI for the vendor's SDK. `.ci/instructions` counts instructions.
"""

import argparse
import json
import os
import platform
import re
import statistics
import subprocess
import sys
import tempfile
import time
from datetime import datetime, timezone
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
# For work on this script, use programs that are built: BENCH_PROGRAMS=target/debug.
BUILT = os.environ.get("BENCH_PROGRAMS")
PROGRAM_FOLDER = ROOT / (BUILT or "target/release")
CALLS, COMMAND = (str(PROGRAM_FOLDER / name) for name in ("calls", "codearts-repo"))
CORES = sorted(os.sched_getaffinity(0))
# With the wrapper's timeouts, the handwritten program does all that the wrapper does.
PROGRAMS = {
    "wrapper": ["wrapper"],
    "reqwest, timeouts": ["reqwest", "--limits"],
    "reqwest": ["reqwest"],
    "hyper": ["hyper"],
}


def output(command: list[str], environment: dict[str, str] | None = None, core: int | None = None) -> str:
    """The output of a program, which is pinned to a core if the machine has another one for the server."""
    pin = (lambda: os.sched_setaffinity(0, {CORES[core]})) if core is not None and len(CORES) > 1 else None
    done = subprocess.run(command, capture_output=True, text=True, env=environment, preexec_fn=pin)
    if done.returncode != 0:
        raise RuntimeError(f"{' '.join(command)[:200]} ended with {done.returncode}: {done.stderr[-500:]}")
    return done.stdout


def measured(*command: str) -> dict:
    return json.loads(output([*command], core=1))


def spread(values: list[float]) -> dict[str, float]:
    """The median and the quartiles. Other load on the machine can slow down any single round."""
    low, median, high = statistics.quantiles(values, n=4, method="inclusive") if len(values) > 1 else values * 3
    return {"median": median, "low": low, "high": high}


class Server:
    """The bare server, in a process of its own."""

    def __init__(self, folder: Path):
        self.ca = str(folder / "ca")
        pin = (lambda: os.sched_setaffinity(0, {CORES[0]})) if len(CORES) > 1 else None
        pipe = subprocess.PIPE
        self.process = subprocess.Popen(
            [CALLS, "server", "--ca", self.ca], stdin=pipe, stdout=pipe, text=True, preexec_fn=pin
        )
        self.addresses = json.loads(self.process.stdout.readline())

    def reach(self, tls: bool) -> list[str]:
        scheme = "https" if tls else "http"
        return ["--endpoint", self.addresses[scheme], *(["--ca", self.ca] if tls else [])]

    def stop(self) -> None:
        self.process.stdin.close()
        self.process.wait(timeout=10)


def calls(server: Server, rounds: int, seconds: float) -> list[dict]:
    """Every case, every program, in turns."""
    cases = [{"tls": tls, "token": 2_000, "in_flight": in_flight} for tls in (False, True) for in_flight in (1, 64)]
    for case in cases:
        case["rounds"] = {name: [] for name in PROGRAMS}
    for turn in range(rounds):
        for case in cases:
            names = list(case["rounds"])
            names = names[turn % len(names) :] + names[: turn % len(names)]
            for name in names:
                arguments = [*PROGRAMS[name], *server.reach(case["tls"])]
                arguments += ["--token", str(case["token"]), "--in-flight", str(case["in_flight"])]
                case["rounds"][name].append(measured(CALLS, *arguments, "--seconds", str(seconds)))
        print(f"round {turn + 1} of {rounds}", flush=True)
    for case in cases:
        case["programs"] = {}
        results = case.pop("rounds")
        for name, runs in results.items():
            case["programs"][name] = {
                key: spread([run[key] for run in runs])
                for key in ("calls_per_second", "p50_us", "p99_us", "cpu_us_per_call", "peak_mib")
            }
        case["ratios"] = {
            f"wrapper / {name}": spread(
                [a["calls_per_second"] / b["calls_per_second"] for a, b in zip(results["wrapper"], runs)]
            )
            for name, runs in results.items()
            if name != "wrapper"
        }
    return cases


def many(server: Server, folder: Path, rounds: int, count: int, quick: bool) -> dict:
    """Starts of many repositories without a quota: the library and the command, compared with reqwest."""
    reach, in_flight = server.reach(tls=False), "64"
    ids = folder / "ids"
    ids.write_text("".join(f"{number}\n" for number in range(1, count + 1)))
    environment = {"PATH": os.environ["PATH"], "HOME": str(folder), "CODEARTS_REPO_TOKEN": "MII" + "t" * 1997}
    command = [COMMAND, "sync", "--file", str(ids), "--concurrency", in_flight, "--rate", "unlimited"]
    command += ["--endpoint", server.addresses["http"]]
    runs: dict[str, list[float]] = {"sync_many": [], "reqwest": [], "command": []}
    for turn in range(rounds):
        order = list(runs)
        for name in order[turn % 3 :] + order[: turn % 3]:
            if name == "command":
                begun = time.perf_counter()
                output(command, environment, core=1)
                runs[name].append(count / (time.perf_counter() - begun))
            else:
                program = "many-wrapper" if name == "sync_many" else "many-reqwest"
                report = measured(CALLS, program, *reach, "--in-flight", in_flight, "--calls", str(count))
                runs[name].append(report["calls_per_second"])
    memory = {}
    for repositories in (1_000, 10_000) if quick else (1_000, 100_000, 1_000_000):
        report = measured(CALLS, "many-wrapper", *reach, "--in-flight", in_flight, "--calls", str(repositories))
        memory[str(repositories)] = report["peak_mib"]
    return {
        "repositories": count,
        "in_flight": int(in_flight),
        "calls_per_second": {name: spread(values) for name, values in runs.items()},
        "ratios": {
            name: spread([a / b for a, b in zip(runs[name], runs["reqwest"])]) for name in ("sync_many", "command")
        },
        "peak_mib": memory,
    }


def quota(server: Server, quick: bool) -> dict:
    """How long starts take under a quota, and how long the quota makes them take at least."""
    count, per_minute = (300, 6_000) if quick else (2_000, 6_000)
    arguments = [*server.reach(tls=False), "--in-flight", "64", "--calls", str(count)]
    report = measured(CALLS, "many-wrapper", *arguments, "--per-minute", str(per_minute))
    taken = count / report["calls_per_second"]
    # The first start does not wait.
    allowed = (count - 1) * 60 / per_minute
    return {"starts": count, "per_minute": per_minute, "seconds": taken, "allowed_seconds": allowed}


def python_sdk(server: Server, rounds: int, seconds: float) -> list[dict]:
    found = []
    for in_flight in (1, 64):
        command = [sys.executable, str(ROOT / "benches/python_sdk.py"), "--endpoint", server.addresses["http"]]
        command += ["--in-flight", str(in_flight), "--seconds", str(seconds)]
        runs = [json.loads(output(command, core=1)) for _ in range(rounds)]
        keys = ("calls_per_second", "cpu_us_per_call", "peak_mib")
        found.append({"in_flight": in_flight} | {key: spread([run[key] for run in runs]) for key in keys})
    return found


def machine() -> dict[str, object]:
    text = Path("/proc/cpuinfo").read_text()
    models = re.findall(r"^model name\s*: (.*)$", text, re.MULTILINE)
    memory = re.search(r"MemTotal:\s+(\d+) kB", Path("/proc/meminfo").read_text())
    return {
        "processor": models[0] if models else platform.machine(),
        "cores": len(CORES),
        "memory_gib": round(int(memory[1]) / 2**20) if memory else None,
        "system": f"{platform.system()} {platform.release()}",
        "rustc": output(["rustc", "--version"]).strip(),
        "load_before": round(os.getloadavg()[0], 2),
    }


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--quick", action="store_true", help="each part once and briefly")
    quick = parser.parse_args().quick
    folder = ROOT / ("target/bench" if quick else "benches/results")
    folder.mkdir(parents=True, exist_ok=True)
    for package in () if BUILT else ("codearts-repo-bench", "codearts-repo-cli"):
        subprocess.run(["cargo", "build", "--release", "--locked", "-p", package], cwd=ROOT, check=True)

    begun = time.monotonic()
    results: dict[str, object] = {
        "date": datetime.now(timezone.utc).strftime("%Y-%m-%d"),
        "quick": quick,
        "machine": machine(),
    }
    with tempfile.TemporaryDirectory() as name:
        place = Path(name)
        server = Server(place)
        try:
            # The rounds are short, so that all programs of a round run under the same load.
            rounds, seconds = (1, 0.1) if quick else (30, 0.2)
            results["rounds"], results["seconds_of_each"] = rounds, seconds
            results["calls"] = calls(server, rounds, seconds)
            results["many"] = many(server, place, 1 if quick else 20, 2_000 if quick else 20_000, quick)
            results["quota"] = quota(server, quick)
            signing = [measured(CALLS, "sign", "--seconds", "0.1") for _ in range(rounds)]
            results["signing"] = {"body_bytes": signing[0]["body_bytes"]} | {
                key: spread([run[key] for run in signing]) for key in ("calls_per_second", "cpu_us_per_call")
            }
            results["python_sdk"] = python_sdk(server, 1 if quick else 3, 0.5 if quick else 2.0)
        finally:
            server.stop()
    results["minutes"] = round((time.monotonic() - begun) / 60, 1)
    (folder / "calls.json").write_text(json.dumps(results, indent=1) + "\n")
    subprocess.run([sys.executable, str(ROOT / "benches/draw.py"), str(folder)], check=True)
    if not quick:
        subprocess.run([sys.executable, str(ROOT / "benches/cold.py")], check=True)
    print(f"done; the calls took {results['minutes']} minutes")


if __name__ == "__main__":
    main()
