"""Compares openapi.yaml with the vendor's Python SDK.

    .ci/vendor-drift [VERSION]                 the newest version, or this one, from PyPI
    .ci/vendor-drift --wheels FOLDER           with the wheels in this folder
    .ci/vendor-drift --draft OPERATION         print a first draft of an operation for openapi.yaml
    .ci/vendor-drift --draft OPERATION --write insert it
    .ci/vendor-drift --write-calls             renew the operations of calls.json

It exits 1 when there is a difference that .ci/vendor/differences.toml does not explain, an entry that is no longer
needed, or an operation of .ci/vendor/calls.json that the SDK has otherwise.
"""

import argparse
import difflib
import subprocess
import sys
import tempfile
from pathlib import Path

import yaml

from calls import Calls
from draft import Draft
from drift import Known, differences, needed, neighbors, package_for
from facts import Contract
from sdk import Package, SdkError

ROOT = Path(__file__).resolve().parents[2]
DIFFERENCES = Path(__file__).with_name("differences.toml")
CALLS = Path(__file__).with_name("calls.json")
# The package and the API version of the operations in it.
CALLS_PACKAGE = ("huaweicloudsdkcodeartsrepo", "v4")
DOWNLOAD_SECONDS = 120


class Unreachable(Exception):
    pass


def download(name: str, version: str | None, folder: Path) -> Path:
    """The package's wheel. The packages share their version numbers, but not all of them have every version."""
    wanted = name if version is None else f"{name}<={version}"
    if version and name == "huaweicloudsdkcodeartsrepo":
        wanted = f"{name}=={version}"
    command = [sys.executable, "-m", "pip", "download", "--quiet", "--disable-pip-version-check", "--no-deps"]
    command += ["--only-binary", ":all:", "--dest", str(folder), wanted]
    try:
        done = subprocess.run(command, capture_output=True, text=True, timeout=DOWNLOAD_SECONDS)
    except subprocess.TimeoutExpired as error:
        raise Unreachable(f"no answer from PyPI in {DOWNLOAD_SECONDS} s") from error
    if done.returncode:
        if "from versions: none" in done.stderr:
            raise Unreachable("PyPI cannot be reached")
        sys.exit(f"{wanted}: {done.stderr.strip().splitlines()[0] if done.stderr.strip() else 'pip failed'}")
    return wheel(name, folder)


def wheel(name: str, folder: Path) -> Path:
    found = sorted(folder.glob(f"{name}-*.whl"))
    if len(found) != 1:
        sys.exit(f"{folder}: one wheel of {name} expected, found {len(found)}")
    return found[0]


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("version", nargs="?")
    parser.add_argument("--draft", metavar="OPERATION")
    parser.add_argument("--write", action="store_true")
    parser.add_argument("--wheels", type=Path, metavar="FOLDER")
    parser.add_argument("--contract", type=Path, default=ROOT / "openapi.yaml")
    parser.add_argument("--differences", type=Path, default=DIFFERENCES)
    parser.add_argument("--calls", type=Path, default=CALLS)
    parser.add_argument("--write-calls", action="store_true")
    arguments = parser.parse_args()
    text = arguments.contract.read_text()
    contract = Contract(yaml.safe_load(text))
    with tempfile.TemporaryDirectory() as temporary:
        packages = {}
        try:
            for name, api in sorted(needed(contract)):
                file = (
                    wheel(name, arguments.wheels)
                    if arguments.wheels
                    else download(name, arguments.version, Path(temporary))
                )
                package = packages[name, api] = Package(file, api)
                if not arguments.draft:
                    print(f"{file.name.removesuffix('-py3-none-any.whl')}: {len(package.operations)} operations")
        except Unreachable as error:
            print(f"SKIPPED: the comparison with the vendor's SDK: {error}")
            return 0
        except SdkError as error:
            sys.exit(f"the SDK has a form that .ci/vendor/sdk.py does not know: {error}")
        if arguments.draft:
            return draft(arguments, text, contract, packages)
        calls = Calls(arguments.calls)
        if arguments.write_calls:
            calls.write(packages[CALLS_PACKAGE])
        return report(contract, packages, Known(arguments.differences), calls)


def draft(arguments, text: str, contract: Contract, packages) -> int:
    name = arguments.draft
    if name in contract.operations:
        sys.exit(f"openapi.yaml has {name}")
    for (package_name, api), package in packages.items():
        if operation := package.operations.get(name):
            # The same id may exist in several API versions; the one with our paths counts.
            if package_for(operation.path) == (package_name, api):
                made = Draft(contract, package, name)
                if arguments.write:
                    arguments.contract.write_text(made.inserted(text))
                else:
                    print("# paths\n{}\n# components/schemas\n{}".format(*made.text()))
                return 0
    similar = difflib.get_close_matches(name, [one for package in packages.values() for one in package.operations])
    hint = f"similar ones are {', '.join(similar)}" if similar else f"write it as {next(iter(contract.operations))}"
    sys.exit(f"the SDK has no operation {name}; {hint}")


def report(contract: Contract, packages, known: Known, calls: Calls) -> int:
    unexplained = [difference for difference in differences(contract, packages) if not known.covers(difference)]
    for difference in unexplained:
        print(difference)
    unused = known.unused()
    for where in unused:
        print(f"{known.file}: no longer needed: {where}")
    moved = calls.differences(packages[CALLS_PACKAGE])
    for line in moved:
        print(line)
    if near := neighbors(contract, packages):
        print(f"the vendor's operations next to ours: {', '.join(near)}")
    count = len(known.used)
    print(f"{len(contract.operations)} operations, {len(unexplained)} unexplained differences, {count} explained")
    return int(bool(unexplained or unused or moved))


if __name__ == "__main__":
    sys.exit(main())
