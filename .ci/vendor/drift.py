"""Compares openapi.yaml with the vendor's SDK."""

import fnmatch
import tomllib
from dataclasses import dataclass
from pathlib import Path

from facts import Contract, of_sdk
from sdk import Package

# The package and its API version by the beginning of a path; the longest match counts.
PACKAGES = {
    "/v4/": ("huaweicloudsdkcodeartsrepo", "v4"),
    "/v3/": ("huaweicloudsdkiam", "v3"),
    "/v3.0/": ("huaweicloudsdkiam", "v3"),
    "/v5/agencies/": ("huaweicloudsdksts", "v1"),
    "/v5/caller-identity": ("huaweicloudsdksts", "v1"),
}


@dataclass(frozen=True)
class Difference:
    where: str
    contract: str | None
    sdk: str | None

    def __str__(self):
        if self.contract is None:
            return f"new      {self.where}: {self.sdk}"
        if self.sdk is None:
            return f"gone     {self.where}: {self.contract}"
        return f"changed  {self.where}: {self.contract} in openapi.yaml, {self.sdk} in the SDK"


class Known:
    """The reviewed differences. `where` may have `*`; `contract` and `sdk` may be left out."""

    def __init__(self, file: Path):
        self.file = file.name
        self.entries = tomllib.loads(file.read_text())["difference"]
        for entry in self.entries:
            if set(entry) - {"where", "contract", "sdk", "reason"} or not entry.get("reason") or "where" not in entry:
                raise ValueError(f"{file.name}: an entry needs where and reason, and may have contract and sdk: {entry}")
        self.used: set[int] = set()

    def covers(self, difference: Difference) -> bool:
        covered = False
        for number, entry in enumerate(self.entries):
            # Here a bracket is part of a place, not a character class.
            pattern = entry["where"].replace("[", "[[]")
            if fnmatch.fnmatchcase(difference.where, pattern) and all(
                entry[side] == (getattr(difference, side) or "none") for side in ("contract", "sdk") if side in entry
            ):
                self.used.add(number)
                covered = True
        return covered

    def unused(self) -> list[str]:
        return [entry["where"] for number, entry in enumerate(self.entries) if number not in self.used]


def package_for(path: str) -> tuple[str, str] | None:
    prefixes = [prefix for prefix in PACKAGES if path.startswith(prefix)]
    return PACKAGES[max(prefixes, key=len)] if prefixes else None


def needed(contract: Contract) -> set[tuple[str, str]]:
    return {package for path, *_ in contract.operations.values() if (package := package_for(path))}


def differences(contract: Contract, packages: dict[tuple[str, str], Package]) -> list[Difference]:
    found = []
    for name, (path, method, item, _) in contract.operations.items():
        key = package_for(path)
        if key is None:
            found.append(Difference(f"{name} package", path, None))
            continue
        package = packages[key]
        operation = package.operations.get(name)
        if operation is None:
            found.append(Difference(f"{name} operation", f"{method.upper()} {path}", None))
            continue
        found += compare(contract.facts(name), of_sdk(package, operation))
    ours = {
        "huaweicloudsdkcodeartsrepo": contract.document["servers"],
        "huaweicloudsdkiam": contract.document["paths"].get("/v3/auth/tokens", {}).get("servers", []),
        "huaweicloudsdksts": contract.document["paths"].get("/v5/agencies/assume-with-oidc", {}).get("servers", []),
    }
    for (package_name, _), package in packages.items():
        if servers := ours.get(package_name):
            service = package_name.removeprefix("huaweicloudsdk")
            place = f"{service} region "
            found += compare(
                {place + region: host for region, host in contract.regions(servers).items()},
                {place + region: host for region, host in package.regions().items()},
            )
    return found


def compare(contract: dict[str, str], sdk: dict[str, str]) -> list[Difference]:
    # The SDK does not check whether members of an answer are present, so `required` only counts in requests.
    return [
        Difference(where, contract.get(where), sdk.get(where))
        for where in [*contract, *(where for where in sdk if where not in contract)]
        if contract.get(where) != sdk.get(where)
    ]


def neighbors(contract: Contract, packages: dict[tuple[str, str], Package]) -> list[str]:
    """The vendor's operations at our paths that we do not have. Below a path without operations of ours below it, one more
    segment counts."""
    covered = {path for path, *_ in contract.operations.values()}
    leaves = {path for path in covered if not any(other.startswith(path + "/") for other in covered)}
    return [
        f"{operation.id} ({operation.method} {operation.path})"
        for package in packages.values()
        for operation in package.operations.values()
        if operation.id not in contract.operations
        and (operation.path in covered or operation.path.rpartition("/")[0] in leaves)
    ]
