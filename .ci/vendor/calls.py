"""The operations that the examples of `codearts-repo api` call, with their parameters as the SDK has them. The test of
docs/cli.md checks the examples against this file, which needs neither network nor SDK."""

import json
from pathlib import Path

from facts import of_sdk
from sdk import Package


def call_of_sdk(package: Package, name: str) -> dict | None:
    operation = package.operations.get(name)
    if operation is None:
        return None
    facts = of_sdk(package, operation)

    def named(prefix: str) -> dict[str, str]:
        return {key.removeprefix(prefix): fact for key, fact in facts.items() if key.startswith(prefix)}

    query, body = named(f"{name} parameter query "), named(f"{name} request ")
    return {"method": operation.method, "path": operation.path, "query": query, "body": body}


class Calls:
    def __init__(self, file: Path):
        self.file = file
        self.calls = json.loads(file.read_text())

    def differences(self, package: Package) -> list[str]:
        """The differences between the file and the SDK, one line for each operation."""
        lines = []
        for name, call in self.calls.items():
            found = call_of_sdk(package, name)
            if found is None:
                lines.append(f"{self.file.name}: gone     {name}")
            elif found != call:
                parts = [part for part in found if found[part] != call.get(part)]
                lines.append(f"{self.file.name}: changed  {name} {', '.join(parts)}; renew it with --write-calls")
        return lines

    def write(self, package: Package):
        self.calls = {name: call_of_sdk(package, name) or call for name, call in self.calls.items()}
        self.file.write_text(json.dumps(self.calls, indent=2) + "\n")
