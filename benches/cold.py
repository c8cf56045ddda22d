#!/usr/bin/env python3
"""One command, cold: the whole process of `codearts-repo sync 123`, and `curl` with the same POST.

A local server answers both, over plain HTTP and over TLS with a CA of its own. The two commands take turns, and what
counts is the ratio of the two within a round. Memory is what GNU time reports, since a child's peak memory begins at
that of the process that started it, and Python's is large. Needs curl, openssl and GNU time.

    cargo build --release --locked -p codearts-repo-cli
    python3 benches/cold.py

The results go to benches/results/cold.json, and the figures to benches/cold.md.
"""

import argparse
import json
import os
import platform
import selectors
import signal
import socket
import ssl
import statistics
import subprocess
import sys
import tempfile
import textwrap
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
RESULTS = ROOT / "benches/results/cold.json"
TOKEN = "MII" + "T" * 2045  # 2 KB, as a token of IAM is
ANSWER_BODY = b'{"jid":"aa57a1db-59a5-4be8-b2cd-a39184e09f4f"}'
ANSWER = b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: %d\r\n\r\n%s" % (
    len(ANSWER_BODY),
    ANSWER_BODY,
)
PATH = "/v4/repositories/123/remote-mirror"
TARGETS = {"plain": 0.6, "tls": 0.5}
MEMORY_TARGET_MIB = 10


def certificates(folder: Path) -> None:
    """A CA, and a certificate of it for 127.0.0.1."""

    def openssl(*arguments: str) -> None:
        subprocess.run(["openssl", *arguments], cwd=folder, check=True, capture_output=True)

    key = ["-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes"]
    openssl("req", "-x509", *key, "-keyout", "ca.key", "-out", "ca.pem", "-days", "2", "-subj", "/CN=cold test CA")
    openssl("req", *key, "-keyout", "server.key", "-out", "server.csr", "-subj", "/CN=cold test")
    (folder / "extensions").write_text("subjectAltName=IP:127.0.0.1\nbasicConstraints=critical,CA:FALSE\n")
    signing = ["-CA", "ca.pem", "-CAkey", "ca.key", "-CAcreateserial", "-days", "2", "-extfile", "extensions"]
    openssl("x509", "-req", "-in", "server.csr", "-out", "server.pem", *signing)


def request(connection: socket.socket) -> bytes:
    """The head of a request whose body has arrived too."""
    data = b""
    while b"\r\n\r\n" not in data:
        part = connection.recv(65536)
        if not part:
            return b""
        data += part
    head, body = data.split(b"\r\n\r\n", 1)
    head = head.lower()
    length = head.split(b"\r\ncontent-length:", 1)[1].split(b"\r\n", 1)[0] if b"\r\ncontent-length:" in head else b"0"
    while len(body) < int(length):
        body += connection.recv(65536)
    return head


def serve(listeners: dict[socket.socket, ssl.SSLContext | None], count: int) -> None:
    """Answers one request per connection, and counts the correct ones in eight bytes of the file."""
    selector = selectors.DefaultSelector()
    for listener in listeners:
        selector.register(listener, selectors.EVENT_READ)
    line, header = f"post {PATH} http/1.1\r\n".encode(), f"\r\nx-auth-token: {TOKEN}".lower().encode()
    served = 0
    while True:
        for key, _ in selector.select():
            connection, _ = key.fileobj.accept()
            connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            try:
                if context := listeners[key.fileobj]:
                    connection = context.wrap_socket(connection, server_side=True)
                head = request(connection)
                if head.startswith(line) and header in head:
                    served += 1
                    os.pwrite(count, served.to_bytes(8, "big"), 0)
                    connection.sendall(ANSWER)
                    connection.recv(1)  # until the client closes
            except OSError:
                pass
            connection.close()


def start_server(folder: Path) -> tuple[int, dict[str, str], int]:
    """The process of the server, the address of each scheme, and the file with the count."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(folder / "server.pem", folder / "server.key")
    plain, tls = (socket.create_server(("127.0.0.1", 0)) for _ in range(2))
    addresses = {
        "plain": f"http://127.0.0.1:{plain.getsockname()[1]}",
        "tls": f"https://127.0.0.1:{tls.getsockname()[1]}",
    }
    count = os.open(folder / "count", os.O_RDWR | os.O_CREAT)
    os.pwrite(count, bytes(8), 0)
    process = os.fork()
    if process == 0:
        try:
            serve({plain: None, tls: context}, count)
        finally:
            os._exit(1)
    plain.close()
    tls.close()
    return process, addresses, count


def run(command: list[str], environment: dict[str, str]) -> tuple[float, float]:
    """Wall and CPU time of one whole process, in milliseconds."""
    nowhere = [(os.POSIX_SPAWN_OPEN, 1, os.devnull, os.O_WRONLY, 0)]
    begun = time.perf_counter_ns()
    process = os.posix_spawn(command[0], command, environment, file_actions=nowhere)
    _, status, usage = os.wait4(process, 0)
    elapsed = (time.perf_counter_ns() - begun) / 1e6
    if status != 0:
        sys.exit(f"{command[0]} ended with {os.waitstatus_to_exitcode(status)}")
    return elapsed, (usage.ru_utime + usage.ru_stime) * 1e3


def peak_kib(command: list[str], environment: dict[str, str], folder: Path) -> int:
    report = folder / "memory"
    run(["/usr/bin/time", "-f", "%M", "-o", str(report), *command], environment)
    return int(report.read_text())


def spread(values: list[float]) -> dict[str, float]:
    return {"median": statistics.median(values), "least": min(values), "most": max(values)}


def rounds(commands: dict[str, list[str]], environment: dict[str, str], count: int, pairs: int) -> dict:
    walls, cpus, ratios = {"ours": [], "curl": []}, {"ours": [], "curl": []}, []
    for _ in range(count):
        times = {"ours": [], "curl": []}
        for pair in range(pairs):
            for name in ("ours", "curl") if pair % 2 else ("curl", "ours"):
                wall, cpu = run(commands[name], environment)
                times[name].append(wall)
                cpus[name].append(cpu)
        medians = {name: statistics.median(values) for name, values in times.items()}
        ratios.append(medians["ours"] / medians["curl"])
        for name, median in medians.items():
            walls[name].append(median)
    return {
        "ratio": spread(ratios),
        "wall_ms": {name: spread(values) for name, values in walls.items()},
        "cpu_ms_mean": {name: statistics.fmean(values) for name, values in cpus.items()},
    }


def machine() -> dict[str, object]:
    model = "unknown"
    if (info := Path("/proc/cpuinfo")).exists():
        names = [line.split(":", 1)[1].strip() for line in info.read_text().splitlines() if line.startswith("model name")]
        model = names[0] if names else model
    return {
        "processor": model,
        "cores": os.cpu_count(),
        "system": f"{platform.system()} {platform.release()}",
        "load_before": round(os.getloadavg()[0], 2),
    }


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--binary", type=Path, default=ROOT / "target/release/codearts-repo")
    parser.add_argument("--rounds", type=int, default=15)
    parser.add_argument("--pairs", type=int, default=20, help="of each round")
    parser.add_argument("--results", type=Path, default=RESULTS)
    arguments = parser.parse_args()
    if not arguments.binary.exists():
        sys.exit("build it first: cargo build --release --locked -p codearts-repo-cli")
    curl = next((str(Path(f) / "curl") for f in os.environ["PATH"].split(":") if (Path(f) / "curl").exists()), None)
    if curl is None or not Path("/usr/bin/time").exists():
        sys.exit("curl and GNU time (/usr/bin/time) are needed")

    results: dict[str, object] = {"machine": machine(), "token_bytes": len(TOKEN), "rounds": arguments.rounds}
    results["pairs_per_round"] = arguments.pairs
    results["curl"] = subprocess.run([curl, "--version"], capture_output=True, text=True).stdout.splitlines()[0]
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        certificates(folder)
        server, addresses, count = start_server(folder)
        try:
            environment = {"PATH": os.environ["PATH"], "HOME": name, "CODEARTS_REPO_TOKEN": TOKEN}
            runs = 0
            for scheme, address in addresses.items():
                ca = {"plain": ([], []), "tls": (["--ca-file", f"{name}/ca.pem"], ["--cacert", f"{name}/ca.pem"])}
                ours_ca, curl_ca = ca[scheme]
                headers = ["-H", f"X-Auth-Token: {TOKEN}", "-H", "Content-Type: application/json"]
                commands = {
                    "ours": [str(arguments.binary), "sync", "123", "--endpoint", address, *ours_ca],
                    # Without its settings file and its progress meter: the least that curl does.
                    "curl": [curl, "-q", "-s", "-f", "-d", "{}", *headers, *curl_ca, address + PATH],
                }
                rounds(commands, environment, 1, 5)  # warms the page cache
                outcome = rounds(commands, environment, arguments.rounds, arguments.pairs)
                memory = {n: [peak_kib(c, environment, folder) / 1024 for _ in range(5)] for n, c in commands.items()}
                outcome["peak_mib"] = {n: spread(values) for n, values in memory.items()}
                outcome["target_ratio"] = TARGETS[scheme]
                runs += 2 * (5 + arguments.rounds * arguments.pairs + 5)
                results[scheme] = outcome
                report(scheme, outcome)
            served = int.from_bytes(os.pread(count, 8, 0), "big")
            if served != runs:
                sys.exit(f"the server answered {served} of {runs} requests")
        finally:
            os.kill(server, signal.SIGKILL)
            os.waitpid(server, 0)
    results["target_peak_mib"] = MEMORY_TARGET_MIB
    arguments.results.parent.mkdir(exist_ok=True)
    arguments.results.write_text(json.dumps(results, indent=2) + "\n")
    if arguments.results == RESULTS:
        write_figures(results)


def write_figures(results: dict) -> None:
    """Writes the figures between the two marks of the document."""
    about = results["machine"]
    lines = [
        f"{about['processor']}, {about['cores']} cores, {about['system']}, load {about['load_before']} before;"
        f" {results['rounds']} rounds of {results['pairs_per_round']} pairs; {results['curl'].split(' (')[0]}.",
        "",
        "| | wall time, times curl's | target | wall time, curl's | CPU time, curl's | peak memory, curl's |",
        "|---|---|---|---|---|---|",
    ]
    for scheme, name in (("plain", "without TLS"), ("tls", "with TLS")):
        one = results[scheme]
        ratio, wall, cpu, peak = one["ratio"], one["wall_ms"], one["cpu_ms_mean"], one["peak_mib"]
        lines.append(
            f"| {name} | {ratio['median']:.2f} ({ratio['least']:.2f} to {ratio['most']:.2f}) | {one['target_ratio']}"
            f" | {wall['ours']['median']:.1f} ms, {wall['curl']['median']:.1f} ms"
            f" | {cpu['ours']:.1f} ms, {cpu['curl']:.1f} ms"
            f" | {peak['ours']['most']:.1f} MiB, {peak['curl']['most']:.1f} MiB |"
        )
    document = ROOT / "benches/cold.md"
    before, _, after = document.read_text().partition("<!-- figures -->\n")
    after = after.partition("<!-- end of figures -->\n")[2]
    figures = "\n".join(line if line.startswith("|") else textwrap.fill(line, 120) for line in lines)
    document.write_text(f"{before}<!-- figures -->\n{figures}\n<!-- end of figures -->\n{after}")


def report(scheme: str, outcome: dict) -> None:
    ratio, wall, memory = outcome["ratio"], outcome["wall_ms"], outcome["peak_mib"]
    print(
        f"{scheme:5}  {ratio['median']:.2f} times curl's wall time (rounds {ratio['least']:.2f} to"
        f" {ratio['most']:.2f}; target {outcome['target_ratio']}): {wall['ours']['median']:.1f} ms to"
        f" {wall['curl']['median']:.1f} ms; CPU {outcome['cpu_ms_mean']['ours']:.1f} ms to"
        f" {outcome['cpu_ms_mean']['curl']:.1f} ms; peak memory {memory['ours']['most']:.1f} MiB to"
        f" {memory['curl']['most']:.1f} MiB (target {MEMORY_TARGET_MIB})"
    )


if __name__ == "__main__":
    main()
