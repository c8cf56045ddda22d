"""Reads the vendor's Python SDK from its wheel. It is neither installed nor imported nor run: `ast` reads the source."""

import ast
import re
import zipfile
from dataclasses import dataclass, field
from pathlib import Path


class SdkError(Exception):
    """The package does not have the form that this reader knows."""


@dataclass
class Field:
    """A member of a model: its name on the wire, its type as the SDK writes it, and whether it is mandatory."""

    name: str
    type: str
    required: bool


@dataclass
class Operation:
    id: str
    method: str
    path: str
    # (place, name on the wire) of each parameter
    parameters: list[tuple[str, str]] = field(default_factory=list)
    has_body: bool = False
    response_headers: list[str] = field(default_factory=list)


class Package:
    """One API version of one package, as `Package(wheel, "v4")`."""

    def __init__(self, wheel: Path, version: str):
        self.archive = zipfile.ZipFile(wheel)
        names = self.archive.namelist()
        clients = [name for name in names if re.fullmatch(rf"\w+/{version}/\w+_client\.py", name) and "async" not in name]
        if len(clients) != 1:
            raise SdkError(f"{wheel.name}: one client of {version} expected, found {clients}")
        self.folder = clients[0].rpartition("/")[0]
        self.operations = {operation.id: operation for operation in self._operations(clients[0])}
        if not self.operations:
            raise SdkError(f"{clients[0]}: no operation found")
        self._modules = self._imports()
        self._models: dict[str, list[Field]] = {}

    def _parse(self, name: str) -> ast.Module:
        try:
            return ast.parse(self.archive.read(name))
        except (KeyError, SyntaxError) as error:
            raise SdkError(f"{name}: {error}") from error

    def _operations(self, client: str):
        for node in ast.walk(self._parse(client)):
            if isinstance(node, ast.FunctionDef) and node.name.endswith("_http_info"):
                yield _operation(node)

    def _imports(self) -> dict[str, str]:
        """The file of each exported class."""
        files = {}
        for node in self._parse(f"{self.folder}/__init__.py").body:
            if isinstance(node, ast.ImportFrom) and node.module:
                for name in node.names:
                    files[name.name] = node.module.replace(".", "/") + ".py"
        return files

    def is_model(self, name: str) -> bool:
        return name in self._modules

    def model(self, name: str) -> list[Field]:
        if name not in self._models:
            self._models[name] = _fields(self._parse(self._modules[name]), name)
        return self._models[name]

    def regions(self) -> dict[str, str]:
        """Host by region id."""
        files = [name for name in self.archive.namelist() if re.fullmatch(self.folder + r"/region/\w+_region\.py", name)]
        found = {}
        for file in files:
            for call in ast.walk(self._parse(file)):
                if isinstance(call, ast.Call) and isinstance(call.func, ast.Name) and call.func.id == "Region":
                    region, *hosts = [argument.value for argument in call.args]
                    found[region] = " ".join(host.removeprefix("https://") for host in hosts)
        return found


def _operation(function: ast.FunctionDef) -> Operation:
    parameters, facts, headers, has_body = [], {}, [], False
    for node in ast.walk(function):
        if isinstance(node, ast.Assign) and isinstance(node.targets[0], ast.Name):
            name, value = node.targets[0].id, node.value
            if name == "http_info" and isinstance(value, ast.Dict):
                for key, item in zip(value.keys, value.values, strict=True):
                    if isinstance(item, ast.Constant):
                        facts[key.value] = item.value
            elif name == "response_headers":
                headers = [item.value for item in value.elts]
            elif name == "body" and isinstance(value, ast.Subscript):
                has_body = True
        elif isinstance(node, ast.Assign) and isinstance(node.targets[0], ast.Subscript):
            target = node.targets[0]
            place = {"path_params": "path", "header_params": "header"}.get(getattr(target.value, "id", ""))
            if place and isinstance(node.value, ast.Subscript):
                parameters.append((place, target.slice.value))
        elif isinstance(node, ast.Call) and ast.unparse(node.func) == "query_params.append":
            parameters.append(("query", node.args[0].elts[0].value))
    try:
        name = facts["response_type"].removesuffix("Response")
        return Operation(name, facts["method"], facts["resource_path"], parameters, has_body, headers)
    except KeyError as error:
        raise SdkError(f"{function.name}: no {error} in its http_info") from error


def _fields(module: ast.Module, name: str) -> list[Field]:
    model = next((node for node in module.body if isinstance(node, ast.ClassDef) and node.name == name), None)
    if model is None:
        raise SdkError(f"no class {name} in its file")
    tables = {
        node.targets[0].id: ast.literal_eval(node.value)
        for node in model.body
        if isinstance(node, ast.Assign) and node.targets[0].id in ("openapi_types", "attribute_map")
    }
    # The constructor sets mandatory members without checking for a value.
    constructor = next(node for node in model.body if isinstance(node, ast.FunctionDef) and node.name == "__init__")
    required = {
        node.targets[0].attr
        for node in constructor.body
        if isinstance(node, ast.Assign) and isinstance(node.targets[0], ast.Attribute)
    }
    return [
        Field(tables["attribute_map"][attribute], kind, attribute in required)
        for attribute, kind in tables["openapi_types"].items()
    ]
