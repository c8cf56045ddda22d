#!/usr/bin/env python3
"""Compares the wrapper with handwritten programs that make the same call, and renews the figures of README.md.

    python3 benches/run.py            # the full run, on a quiet machine: about nine minutes, and a release build before
    python3 benches/run.py --quick    # each part once and briefly, into target/bench; a test of this script

Needs the Rust toolchain and Linux; valgrind for the instruction counts and PyPI for the vendor's SDK.
"""

import argparse
import json
import os
import platform
import re
import shutil
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
CALLS, ALLOCATIONS, COMMAND = (str(PROGRAM_FOLDER / name) for name in ("calls", "allocations", "codearts-repo"))
CORES = sorted(os.sched_getaffinity(0))
# With the wrapper's timeouts, the handwritten program does all that the wrapper does.
PROGRAMS = {
    "wrapper": ["wrapper"],
    "reqwest": ["reqwest"],
    "reqwest, timeouts": ["reqwest", "--limits"],
    "hyper": ["hyper"],
}
LONG = 100_000


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
    return {"median": statistics.median(values), "least": min(values), "most": max(values)}


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

    def reach(self, version: str, tls: bool) -> list[str]:
        name = version + ("_tls" if tls else "")
        return ["--endpoint", self.addresses[name], *(["--ca", f"{self.ca}.{name}"] if tls else [])] + (
            ["--http2"] if version == "http2" else []
        )

    def stop(self) -> None:
        self.process.stdin.close()
        self.process.wait(timeout=10)


def calls(server: Server, rounds: int, seconds: float) -> list[dict]:
    """Every case, every program, in turns."""
    cases = []
    for version in ("http1", "http2"):
        for tls in (False, True):
            for token in (2_000, LONG):
                for in_flight in (1, 64):
                    cases.append({"version": version, "tls": tls, "token": token, "in_flight": in_flight})
    # The token size of older figures.
    cases += [{"version": "http1", "tls": False, "token": 1_000, "in_flight": count} for count in (1, 64)]
    for case in cases:
        # The wrapper speaks HTTP/1.1 only.
        names = [name for name in PROGRAMS if case["version"] == "http1" or name in ("reqwest", "hyper")]
        case["rounds"] = {name: [] for name in names}
    for turn in range(rounds):
        for case in cases:
            names = list(case["rounds"])
            names = names[turn % len(names) :] + names[: turn % len(names)]
            for name in names:
                arguments = [*PROGRAMS[name], *server.reach(case["version"], case["tls"])]
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
        first = results.get("wrapper") or results["reqwest"]
        case["ratios"] = {
            f"{'wrapper' if 'wrapper' in results else 'reqwest'} / {name}": spread(
                [a["calls_per_second"] / b["calls_per_second"] for a, b in zip(first, runs)]
            )
            for name, runs in results.items()
            if runs is not first
        }
        if "wrapper" in results:
            case["ratios"]["reqwest / hyper"] = spread(
                [a["calls_per_second"] / b["calls_per_second"] for a, b in zip(results["reqwest"], results["hyper"])]
            )
    return cases


def allocations(server: Server, quick: bool) -> list[dict]:
    found = []
    for version in ("http1", "http2"):
        for token in (2_000, LONG):
            for name in PROGRAMS:
                if version == "http2" and name not in ("reqwest", "hyper"):
                    continue
                arguments = [*PROGRAMS[name], *server.reach(version, False), "--token", str(token)]
                report = json.loads(output([ALLOCATIONS, *arguments, "--calls", "200" if quick else "2000"]))
                found.append(
                    {
                        "program": name,
                        "version": version,
                        "token": token,
                        "allocations": report["allocations_per_call"],
                        "bytes": report["allocated_bytes_per_call"],
                    }
                )
    return found


def instructions_of(arguments: list[str], count: int, folder: Path) -> float:
    """Instructions per call: the difference of two runs, which leaves out what a program does only once."""
    totals = []
    for calls in (count, 2 * count):
        command = ["valgrind", "--tool=callgrind", f"--callgrind-out-file={folder}/callgrind"]
        done = subprocess.run([*command, CALLS, *arguments, "--calls", str(calls)], capture_output=True, text=True)
        collected = re.search(r"Collected : (\d+)", done.stderr)
        if done.returncode != 0 or not collected:
            raise RuntimeError(f"callgrind ended with {done.returncode}: {done.stderr[-500:]}")
        totals.append(int(collected[1]))
    return (totals[1] - totals[0]) / count


def instructions(server: Server, folder: Path, quick: bool) -> list[dict] | None:
    if not shutil.which("valgrind"):
        print("SKIPPED: the instruction counts: valgrind is not installed", file=sys.stderr)
        return None
    count, found = (200 if quick else 500), []
    for tls in (False, True):
        for token in (2_000,) if tls else (2_000, LONG):
            for name in PROGRAMS:
                arguments = [*PROGRAMS[name], *server.reach("http1", tls), "--token", str(token)]
                runs = [instructions_of(arguments, count, folder) for _ in range(1 if quick else 2)]
                found.append({"program": name, "tls": tls, "token": token, "instructions": spread(runs)})
    return found


def many(server: Server, folder: Path, rounds: int, count: int, quick: bool) -> dict:
    """Starts of many repositories without a quota: the library and the command, compared with reqwest."""
    reach, in_flight = server.reach("http1", False), "64"
    ids = folder / "ids"
    ids.write_text("".join(f"{number}\n" for number in range(1, count + 1)))
    environment = {"PATH": os.environ["PATH"], "HOME": str(folder), "CODEARTS_REPO_TOKEN": "MII" + "t" * 1997}
    command = [COMMAND, "sync", "--file", str(ids), "--concurrency", in_flight, "--rate", "unlimited"]
    command += ["--endpoint", server.addresses["http1"]]
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
    arguments = [*server.reach("http1", False), "--in-flight", "64", "--calls", str(count)]
    report = measured(CALLS, "many-wrapper", *arguments, "--per-minute", str(per_minute))
    taken = count / report["calls_per_second"]
    # The first start does not wait.
    allowed = (count - 1) * 60 / per_minute
    return {"starts": count, "per_minute": per_minute, "seconds": taken, "allowed_seconds": allowed}


def python_sdk(server: Server, rounds: int, seconds: float) -> list[dict]:
    found = []
    for in_flight in (1, 64):
        command = [sys.executable, str(ROOT / "benches/python_sdk.py"), "--endpoint", server.addresses["http1"]]
        command += ["--in-flight", str(in_flight), "--seconds", str(seconds)]
        runs = [json.loads(output(command, core=1)) for _ in range(rounds)]
        keys = ("calls_per_second", "cpu_us_per_call", "peak_mib")
        found.append({"in_flight": in_flight} | {key: spread([run[key] for run in runs]) for key in keys})
    return found


def long_token_over_http2(server: Server) -> str:
    """The effect of a long token on a server with hyper's default limit of HTTP/2."""
    arguments = ["--endpoint", server.addresses["http2_default"], "--http2", "--token", str(LONG), "--calls", "1"]
    try:
        output([CALLS, "hyper", *arguments])
    except RuntimeError as error:
        return str(error).rsplit("Error: ", 1)[-1].strip()
    return "accepted"


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
            rounds, seconds = (1, 0.1) if quick else (5, 1.0)
            results["rounds"], results["seconds_of_each"] = rounds, seconds
            results["calls"] = calls(server, rounds, seconds)
            results["allocations"] = allocations(server, quick)
            results["many"] = many(server, place, 1 if quick else 5, 2_000 if quick else 100_000, quick)
            results["quota"] = quota(server, quick)
            signing = [measured(CALLS, "sign", "--seconds", "0.1" if quick else "1") for _ in range(rounds)]
            results["signing"] = {"body_bytes": signing[0]["body_bytes"]} | {
                key: spread([run[key] for run in signing]) for key in ("calls_per_second", "cpu_us_per_call")
            }
            results["python_sdk"] = python_sdk(server, 1 if quick else 3, 0.5 if quick else 2.0)
            results["long_token_over_http2"] = long_token_over_http2(server)
            results["instructions"] = instructions(server, place, quick)
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
