#!/usr/bin/env python3
"""What a build costs, in four figures.

cold  A scratch program that depends on the wrapper by its path, built from scratch: once as it is, and once with the
      generated code checked in, without the build script and its dependencies. The difference is what build.rs costs.
edit  From an edit of openapi.yaml to a finished `cargo check` of the libraries, in a copy of the workspace.
size  The stripped release binary, with and without the emulator. It is built in the workspace's own target folder.

CPU time is that of Cargo and its child processes; it varies less than wall time, which depends on the other load. Nothing is fetched: run `cargo fetch --locked` first.

    python3 benches/build.py            all of them, results to benches/results/build.json, figures to benches/build.md
    python3 benches/build.py cold edit  some of them
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
import textwrap
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
RESULTS = ROOT / "benches/results/build.json"
CLIENT = "codearts-repo-client"
CONSUMER = """\
[package]
name = "consumer"
version = "0.0.0"
edition = "2024"
publish = false

[dependencies]
codearts-repo = {{ path = "{wrapper}" }}
tokio = {{ version = "1", default-features = false, features = ["rt"] }}

[workspace]
"""
PROGRAM = """\
use codearts_repo::{Client, RepositoryId};

async fn start() -> Result<(), Box<dyn std::error::Error>> {
    let job = Client::from_env()?.start_sync(RepositoryId::try_from(123)?).send().await?;
    println!("{}", job.id);
    Ok(())
}

fn main() -> Result<(), Box<dyn std::error::Error>> {
    tokio::runtime::Builder::new_current_thread().enable_all().build()?.block_on(start())
}
"""
TARGETS = {"cpu_ratio": 1.6, "edit_s": 3.0, "size_mib": 8.0}


class Build:
    """One run of Cargo: its cost and its results."""

    def __init__(self, folder: Path, target: Path, *arguments: str):
        command = ["cargo", *arguments, "--message-format=json-render-diagnostics"]
        environment = {**os.environ, "CARGO_TARGET_DIR": str(target)}
        with tempfile.TemporaryFile("w+") as messages, tempfile.TemporaryFile("w+") as log:
            begun = time.monotonic()
            process = subprocess.Popen(command, cwd=folder, env=environment, stdout=messages, stderr=log)
            _, status, usage = os.wait4(process.pid, 0)
            self.wall = time.monotonic() - begun
            process.returncode = os.waitstatus_to_exitcode(status)
            if process.returncode != 0:
                log.seek(0)
                sys.exit(f"{' '.join(command)} failed:\n{log.read()}")
            messages.seek(0)
            self.messages = [json.loads(line) for line in messages if line.startswith("{")]
        self.cpu = usage.ru_utime + usage.ru_stime

    def crates(self) -> set[str]:
        return {m["package_id"] for m in self.messages if m["reason"] == "compiler-artifact"}

    def units(self) -> int:
        return sum(m["reason"] == "compiler-artifact" for m in self.messages)

    def generated(self) -> Path:
        """The folder that the client's build script wrote to."""
        return next(Path(m["out_dir"]) for m in self.messages
                    if m["reason"] == "build-script-executed" and is_client(m["package_id"]))

    def script(self) -> Path:
        """The client's build script as a program."""
        return next(Path(m["filenames"][0]) for m in self.messages
                    if m["reason"] == "compiler-artifact" and is_client(m["package_id"])
                    and m["target"]["kind"] == ["custom-build"])

    def figures(self) -> dict[str, float]:
        return {"wall_s": round(self.wall, 1), "cpu_s": round(self.cpu, 1), "crates": len(self.crates()),
                "units": self.units()}


def is_client(package: str) -> bool:
    return CLIENT in package or package.startswith(f"path+file://{ROOT}#")


def name_of(package: str) -> str:
    """`NAME VERSION` of a package id."""
    source, _, rest = package.rpartition("#")
    return rest.replace("@", " ") if "@" in rest else f"{source.rsplit('/', 1)[-1]} {rest}"


def tracked() -> list[str]:
    listing = ["git", "ls-files", "--cached", "--others", "--exclude-standard"]
    return subprocess.run(listing, cwd=ROOT, check=True, capture_output=True, text=True).stdout.splitlines()


def copy(destination: Path, wanted=lambda name: True) -> None:
    for name in filter(wanted, tracked()):
        if (ROOT / name).is_file():
            (destination / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(ROOT / name, destination / name)


def consumer(folder: Path, wrapper: Path) -> Path:
    (folder / "src").mkdir(parents=True)
    (folder / "Cargo.toml").write_text(CONSUMER.format(wrapper=wrapper))
    (folder / "src/main.rs").write_text(PROGRAM)
    # The same versions; Cargo removes what is not needed.
    shutil.copy(ROOT / "Cargo.lock", folder / "Cargo.lock")
    return folder


def checked_in(folder: Path, generated: Path) -> Path:
    """A copy of the client and the wrapper with the generated code as source, and no build script."""
    copy(folder, lambda name: name in ("Cargo.toml", "openapi.yaml") or name.startswith(("src/", "crates/codearts-repo/")))
    for manifest in (folder / "Cargo.toml", folder / "crates/codearts-repo/Cargo.toml"):
        sections = re.split(r"(?m)^(?=\[)", manifest.read_text())
        manifest.write_text("".join(s for s in sections if not re.match(r"\[.*(build|dev)-dependencies", s)))
    shutil.copytree(generated, folder / "src/generated")
    library = folder / "src/lib.rs"
    text, count = re.subn(r'concat!\(env!\("OUT_DIR"\), "/(\w+\.rs)"\)', r'"generated/\1"', library.read_text())
    if count != 2:
        sys.exit("src/lib.rs no longer includes two files of the build script")
    library.write_text(text)
    return folder / "crates/codearts-repo"


def cold(scratch: Path) -> dict:
    first = Build(consumer(scratch / "generating", ROOT / "crates/codearts-repo"), scratch / "target-generating",
                  "build", "--offline")
    environment = {**os.environ, "OUT_DIR": str(scratch)}
    runs = []
    for _ in range(5):
        begun = time.monotonic()
        subprocess.run([first.script()], cwd=ROOT, env=environment, check=True, capture_output=True)
        runs.append(time.monotonic() - begun)
    wrapper = checked_in(scratch / "checked-in", first.generated())
    second = Build(consumer(scratch / "plain", wrapper), scratch / "target-plain", "build", "--offline")
    shutil.rmtree(scratch / "target-generating")
    shutil.rmtree(scratch / "target-plain")
    both = {name_of(package) for package in second.crates()}
    only = sorted({name_of(package) for package in first.crates()} - both)
    ratio = first.cpu / second.cpu
    print(f"cold   {first.cpu:.0f} s of CPU, {first.wall:.0f} s, {len(first.crates())} crates; with checked-in code"
          f" {second.cpu:.0f} s of CPU, {second.wall:.0f} s, {len(second.crates())} crates:"
          f" {ratio:.2f} times the CPU time (target {TARGETS['cpu_ratio']})")
    print(f"       the build script itself runs {min(runs) * 1000:.0f} ms")
    return {"as_it_is": first.figures(), "checked_in": second.figures(), "cpu_ratio": round(ratio, 3),
            "build_script_run_ms": round(min(runs) * 1000, 1), "crates_for_the_build_script_alone": only}


def edit(scratch: Path, rounds: int) -> dict:
    workspace, target = scratch / "workspace", scratch / "target-workspace"
    copy(workspace)
    check = ("check", "--workspace", "--lib", "--locked", "--offline")
    Build(workspace, target, *check)
    document = workspace / "openapi.yaml"
    text = document.read_text()
    # The description of a type's field, which is in the generated code.
    place = re.search(r"(?m)^ +description: (The mirror source\b[^\n]*?)$", text)
    if place is None:
        sys.exit("openapi.yaml no longer has the description that is edited")
    walls, cpus = [], []
    for number in range(rounds):
        document.write_text(f"{text[:place.end()]} Edit {number}.{text[place.end():]}")
        build = Build(workspace, target, *check)
        if f"Edit {number}." not in (build.generated() / "client.rs").read_text():
            sys.exit("the edit did not reach the generated code")
        walls.append(build.wall)
        cpus.append(build.cpu)
    shutil.rmtree(target)
    print(f"edit   {statistics.median(walls):.1f} s to a finished check (best {min(walls):.1f}, worst {max(walls):.1f};"
          f" target {TARGETS['edit_s']}), {statistics.median(cpus):.1f} s of CPU")
    rounded = {"median": round(statistics.median(walls), 2), "least": round(min(walls), 2), "most": round(max(walls), 2)}
    return {"rounds": rounds, "wall_s": rounded, "cpu_s_median": round(statistics.median(cpus), 2)}


def size() -> dict:
    sizes = {}
    for name, features in (("without_emulator", ["--no-default-features"]), ("with_emulator", [])):
        build = ["cargo", "build", "--release", "--locked", "-p", "codearts-repo-cli", "--message-format=json", *features]
        output = subprocess.run(build, cwd=ROOT, check=True, stdout=subprocess.PIPE, text=True).stdout
        program = next(m["executable"] for m in map(json.loads, output.splitlines()) if m.get("executable"))
        sizes[name] = Path(program).stat().st_size
    mib = {name: value / 2**20 for name, value in sizes.items()}
    print(f"size   {mib['without_emulator']:.2f} MiB without the emulator (target {TARGETS['size_mib']}),"
          f" {mib['with_emulator']:.2f} MiB with it")
    return {"bytes": sizes}


def machine() -> dict[str, object]:
    model = "unknown"
    if (info := Path("/proc/cpuinfo")).exists():
        models = [line.split(":", 1)[1].strip() for line in info.read_text().splitlines() if line.startswith("model name")]
        model = models[0] if models else model
    rustc = subprocess.run(["rustc", "--version"], check=True, capture_output=True, text=True).stdout.strip()
    return {"processor": model, "cores": os.cpu_count(), "system": f"{platform.system()} {platform.release()}",
            "rustc": rustc, "load_before": round(os.getloadavg()[0], 2)}


def main() -> None:
    parser = argparse.ArgumentParser(description="What a build costs.")
    parser.add_argument("steps", nargs="*", choices=["cold", "edit", "size", []], help="all of them unless named")
    parser.add_argument("--rounds", type=int, default=7, help="of edits")
    parser.add_argument("--results", type=Path, default=RESULTS)
    arguments = parser.parse_args()
    results = json.loads(arguments.results.read_text()) if arguments.results.exists() else {}
    results["targets"] = TARGETS
    for step in arguments.steps or ["cold", "edit", "size"]:
        about = machine()
        with tempfile.TemporaryDirectory() as scratch:
            run = {"cold": lambda: cold(Path(scratch)), "edit": lambda: edit(Path(scratch), arguments.rounds), "size": size}
            results[step] = {"machine": about, **run[step]()}
        arguments.results.parent.mkdir(exist_ok=True)
        arguments.results.write_text(json.dumps(results, indent=2) + "\n")
    if arguments.results == RESULTS:
        write_figures(results)


def write_figures(results: dict) -> None:
    """Writes the figures between the two marks of the document."""
    lines = []
    if cold := results.get("cold"):
        about, first, second = cold["machine"], cold["as_it_is"], cold["checked_in"]
        lines += [f"{about['processor']}, {about['cores']} cores, {about['system']}, {about['rustc'].split(' (')[0]}, load"
                  f" {about['load_before']} before.", "",
                  "| cold build of a program with the wrapper, debug | CPU time | wall time | crates |",
                  "|---|---|---|---|"]
        lines += [f"| {name} | {one['cpu_s']:.0f} s | {one['wall_s']:.0f} s | {one['crates']} |"
                  for name, one in (("as it is, with build.rs", first), ("with checked-in code", second))]
        lines += ["", f"build.rs costs {cold['cpu_ratio']:.2f} times the CPU time (target: at most"
                  f" {TARGETS['cpu_ratio']}); it needs {len(cold['crates_for_the_build_script_alone'])} crates that nothing"
                  f" else needs, and runs {cold['build_script_run_ms']:.0f} ms.", ""]
    if one := results.get("edit"):
        wall = one["wall_s"]
        lines += [f"From an edit of `openapi.yaml` to a finished `cargo check` of the workspace's libraries:"
                  f" {wall['median']:.1f} s, {wall['least']:.1f} to {wall['most']:.1f} in {one['rounds']} rounds (target:"
                  f" under {TARGETS['edit_s']:.0f} s), {one['cpu_s_median']:.1f} s of CPU; load"
                  f" {one['machine']['load_before']} before.", ""]
    if one := results.get("size"):
        mib = {name: value / 2**20 for name, value in one["bytes"].items()}
        lines += [f"The stripped release binary: {mib['without_emulator']:.2f} MiB without the emulator (target: under"
                  f" {TARGETS['size_mib']:.0f}), {mib['with_emulator']:.2f} MiB with it.", ""]
    document = ROOT / "benches/build.md"
    before, _, after = document.read_text().partition("<!-- figures -->\n")
    after = after.partition("<!-- end of figures -->\n")[2]
    figures = "\n".join(line if line.startswith("|") else textwrap.fill(line, 120) for line in lines)
    document.write_text(f"{before}<!-- figures -->\n{figures}<!-- end of figures -->\n{after}")


if __name__ == "__main__":
    main()
