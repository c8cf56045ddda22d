"""Both sides as facts in one form, a dict from a place to a value. Comparing them is comparing dicts.

    ListTags path                               /v4/repositories/{repository_id}/repository/tags
    ListTags parameter query limit              integer
    ListTags response [].name                   string
    ListTags response header X-Total            string
    region cn-north-4                           codehub-ext.cn-north-4.myhuaweicloud.com
"""

from sdk import Operation, Package

METHODS = ("get", "put", "post", "delete", "patch", "head", "options")
PLAIN = {"int": "integer", "str": "string", "bool": "boolean", "float": "number", "datetime": "string", "date": "string"}
REQUIRED = ", required"


def of_sdk(package: Package, operation: Operation) -> dict[str, str]:
    name = operation.id
    facts = {f"{name} method": operation.method, f"{name} path": operation.path}
    members = {field.name: field for field in package.model(f"{name}Request")}
    for place, parameter in operation.parameters:
        field = members[parameter]
        required = REQUIRED if field.required or place == "path" else ""
        facts[f"{name} parameter {place} {parameter}"] = _word(field.type) + required
    if operation.has_body:
        _expand_sdk(package, members["body"].type, f"{name} request", "", facts, ())
    answer = package.model(f"{name}Response")
    headers = [field for field in answer if field.name in operation.response_headers]
    rest = [field for field in answer if field not in headers]
    for field in headers:
        facts[f"{name} response header {field.name}"] = _word(field.type)
    if [field.name for field in rest] == ["body"]:
        _expand_sdk(package, rest[0].type, f"{name} response", "", facts, ())
    else:
        _expand_fields(package, rest, f"{name} response", "", facts, (), False)
    return facts


def _word(kind: str) -> str:
    return PLAIN.get(kind, "array" if kind.startswith("list[") else "object")


def _expand_sdk(package, kind, where, path, facts, seen):
    if kind.startswith("list["):
        _expand_sdk(package, kind[5:-1], where, path + "[]", facts, seen)
    elif kind.startswith("dict("):
        _expand_sdk(package, kind.rpartition(", ")[2].rstrip(")"), where, path + "{}", facts, seen)
    elif package.is_model(kind):
        if path:
            facts[f"{where} {path}"] = "object"
        if kind not in seen:
            _expand_fields(package, package.model(kind), where, path, facts, (*seen, kind), where.endswith("request"))
    else:
        facts[f"{where} {path}".rstrip()] = _word(kind)


def _expand_fields(package, fields, where, path, facts, seen, with_required):
    for field in fields:
        member = f"{path}.{field.name}".lstrip(".")
        _expand_sdk(package, field.type, where, member, facts, seen)
        if with_required and field.required:
            _mark_required(facts, where, member)


def _mark_required(facts, where, member):
    first = next((key for key in (f"{where} {member}", f"{where} {member}[]", f"{where} {member}{{}}") if key in facts), None)
    if first:
        facts[first] += REQUIRED


class Contract:
    """openapi.yaml."""

    def __init__(self, document: dict):
        self.document = document
        self.operations = {}
        for path, item in document["paths"].items():
            for method in METHODS:
                if method in item:
                    operation = item[method]
                    self.operations[operation["operationId"]] = (path, method, item, operation)

    def resolve(self, node: dict) -> dict:
        while "$ref" in node:
            found = self.document
            for part in node["$ref"].removeprefix("#/").split("/"):
                found = found[part]
            node = found
        return node

    def facts(self, name: str) -> dict[str, str]:
        path, method, item, operation = self.operations[name]
        facts = {f"{name} method": method.upper(), f"{name} path": path}
        for parameter in [*item.get("parameters", []), *operation.get("parameters", [])]:
            parameter = self.resolve(parameter)
            required = REQUIRED if parameter.get("required") else ""
            kind = self.resolve(parameter["schema"]).get("type", "any")
            facts[f"{name} parameter {parameter['in']} {parameter['name']}"] = kind + required
        body = self.resolve(operation.get("requestBody", {})).get("content", {})
        for media in body.values():
            self._expand(media["schema"], f"{name} request", "", facts, ())
        for status, response in operation["responses"].items():
            if str(status).startswith("2"):
                response = self.resolve(response)
                for header, described in response.get("headers", {}).items():
                    facts[f"{name} response header {header}"] = self.resolve(self.resolve(described)["schema"])["type"]
                for media in response.get("content", {}).values():
                    self._expand(media["schema"], f"{name} response", "", facts, ())
        return facts

    def _expand(self, schema, where, path, facts, seen):
        reference = schema.get("$ref")
        schema = self.resolve(schema)
        parts = schema.get("allOf", [])
        kind = schema.get("type", "object" if parts or "properties" in schema else "any")
        if kind == "array":
            self._expand(schema["items"], where, path + "[]", facts, seen)
        elif kind == "object":
            if path:
                facts[f"{where} {path}"] = "object"
            if reference and reference in seen:
                return
            seen = (*seen, reference) if reference else seen
            for part in parts:
                self._expand(part, where, path, facts, seen)
            if isinstance(values := schema.get("additionalProperties"), dict):
                facts.pop(f"{where} {path}", None)
                self._expand(values, where, path + "{}", facts, seen)
            for name, member in schema.get("properties", {}).items():
                inner = f"{path}.{name}".lstrip(".")
                self._expand(member, where, inner, facts, seen)
                if where.endswith("request") and name in schema.get("required", []):
                    _mark_required(facts, where, inner)
        else:
            facts[f"{where} {path}".rstrip()] = kind

    def regions(self, servers: list[dict]) -> dict[str, str]:
        found = {}
        for server in servers:
            for region in server.get("variables", {}).get("region", {}).get("enum", []):
                found[region] = server["url"].removeprefix("https://").replace("{region}", region)
        return found
