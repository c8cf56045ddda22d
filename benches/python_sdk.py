#!/usr/bin/env python3
"""The same call through the vendor's Python SDK, for comparison. `run.py` runs it; alone:

    python3 benches/python_sdk.py --endpoint http://127.0.0.1:PORT --in-flight 64 --seconds 3

The SDK knows no tokens: it signs each request. It is installed into target/python-sdk, from PyPI.
"""

import argparse
import json
import os
import resource
import subprocess
import sys
import threading
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
PLACE = ROOT / "target/python-sdk"
PACKAGE = "huaweicloudsdkcodeartsrepo==3.1.219"


def install() -> Path:
    """The Python that has the SDK."""
    python, mark = PLACE / "bin/python", PLACE / PACKAGE
    if not mark.exists():
        subprocess.run([sys.executable, "-m", "venv", str(PLACE)], check=True)
        subprocess.run([str(python), "-m", "pip", "install", "--quiet", PACKAGE], check=True)
        mark.touch()
    return python


def measure(endpoint: str, in_flight: int, seconds: float) -> None:
    from huaweicloudsdkcore.auth.credentials import BasicCredentials
    from huaweicloudsdkcore.http.http_config import HttpConfig
    from huaweicloudsdkcodeartsrepo.v4 import (
        CodeArtsRepoClient,
        RemoteMirrorSyncInfoDto,
        StartRemoteMirrorSynchronizationRequest,
    )

    config = HttpConfig.get_default_config()
    config.connection_pool_maxsize = max(in_flight, 10)
    credentials = BasicCredentials("HPUATESTAKEXAMPLE0001", "wJalrTestSecretKeyExample0123456789ABCDEF")
    client = (
        CodeArtsRepoClient.new_builder()
        .with_http_config(config)
        .with_credentials(credentials.with_project_id("0123456789abcdef0123456789abcdef"))
        .with_endpoint(endpoint)
        .build()
    )
    counts, end = [0] * in_flight, 0.0

    def call(repository: int) -> None:
        body = RemoteMirrorSyncInfoDto(force_fetch=True)
        request = StartRemoteMirrorSynchronizationRequest(repository_id=repository, body=body)
        if not client.start_remote_mirror_synchronization(request).jid:
            raise SystemExit("the answer has no task id")

    def work(worker: int) -> None:
        while time.perf_counter() < end:
            call(counts[worker] + 1)
            counts[worker] += 1

    for warm_up in range(20):
        call(warm_up + 1)
    cpu, begun = time.process_time(), time.perf_counter()
    end = begun + seconds
    threads = [threading.Thread(target=work, args=(worker,)) for worker in range(in_flight)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    elapsed, calls = time.perf_counter() - begun, sum(counts)
    report = {
        "calls": calls,
        "calls_per_second": calls / elapsed,
        "cpu_us_per_call": (time.process_time() - cpu) * 1e6 / calls,
        "peak_mib": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024,
    }
    print(json.dumps(report))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--endpoint", required=True)
    parser.add_argument("--in-flight", type=int, default=1)
    parser.add_argument("--seconds", type=float, default=3.0)
    arguments = parser.parse_args()
    python = install()
    if Path(sys.prefix).resolve() != PLACE.resolve():
        os.execv(python, [str(python), *sys.argv])
    measure(arguments.endpoint, arguments.in_flight, arguments.seconds)


if __name__ == "__main__":
    main()
