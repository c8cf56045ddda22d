"""Writes the first draft of an operation for openapi.yaml from the SDK. The vendor's texts are not copied: a person
writes each description, limit and word from the vendor's page, in place of each `TODO`. `.ci/check contract` refuses a
document with a `TODO`."""

import re

from facts import Contract
from sdk import Package

TODO = "TODO"
# The schemas of the parameters that choose a page.
PAGES = {"offset": "PageOffset", "limit": "PageLimit"}
ERRORS = {"401": "Unauthorized", "403": "Forbidden", "404": "NotFound"}
PLAIN = {
    "int": ["type: integer", "format: int64"],
    "str": ["type: string"],
    "bool": ["type: boolean"],
    "float": ["type: number", "format: double"],
    "datetime": ["type: string"],
    "date": ["type: string"],
    "object": ["type: object", "additionalProperties: true"],
}


class Draft:
    def __init__(self, contract: Contract, package: Package, name: str):
        self.contract, self.package = contract, package
        self.operation = package.operations[name]
        self.schemas: dict[str, list[str]] = {}
        self._in_request = False

    def _component(self, kind: str, name: str) -> bool:
        return name in self.contract.document["components"].get(kind, {})

    def path(self) -> list[str]:
        operation = self.operation
        members = {field.name: field for field in self.package.model(f"{operation.id}Request")}
        lines = [
            f"  {operation.path}:",
            f"    {operation.method.lower()}:",
            f"      operationId: {operation.id}",
            f"      tags: [{self._tag()}]",
            f"      summary: {TODO}",
            f"      description: {TODO}",
            "      parameters:",
            '        - $ref: "#/components/parameters/XAuthToken"',
        ]
        for place, name in operation.parameters:
            if self._component("parameters", _shared(name)):
                lines.append(f'        - $ref: "#/components/parameters/{_shared(name)}"')
                continue
            required = ["          required: true"] if place == "path" or members[name].required else []
            lines += [f"        - name: {name}", f"          in: {place}", *required, f"          description: {TODO}"]
            bounded = PAGES.get(name)
            if bounded and self._component("schemas", bounded):
                lines += ["          schema:", f'            $ref: "#/components/schemas/{bounded}"']
            else:
                lines += ["          schema:", *self._type(members[name].type, 12, limits=True)]
        if operation.has_body:
            self._in_request = True
            body = self._named(members["body"].type, f"{operation.id}Request")
            self._in_request = False
            lines += ["      requestBody:", f"        description: {TODO}"]
            lines += ["        required: true"] if members["body"].required else []
            lines += _content(body, 8)
        answer = self.package.model(f"{operation.id}Response")
        # The SDK has no statuses.
        status = '        "200":' if answer else f'        "204":  # {TODO}: the status of the page'
        lines += ["      responses:", status, f"          description: OK. {TODO}"]
        headers = [field for field in answer if field.name in operation.response_headers]
        rest = [field for field in answer if field not in headers]
        if headers:
            lines.append("          headers:")
            for field in headers:
                if self._component("headers", _shared(field.name)):
                    reference = f'              $ref: "#/components/headers/{_shared(field.name)}"'
                    lines += [f"            {field.name}:", reference]
                    continue
                lines += [f"            {field.name}:", f"              description: {TODO}", "              schema:"]
                lines += self._type(field.type, 16)
        if [field.name for field in rest] == ["body"]:
            lines += _content(self._named(rest[0].type, f"{operation.id}Response"), 10)
        elif rest:
            self._object(f"{operation.id}Response", rest)
            lines += _content(f"{operation.id}Response", 10)
        for status, response in ERRORS.items():
            lines += [f'        "{status}":', f'          $ref: "#/components/responses/{response}"']
        return [*lines, "        default:", '          $ref: "#/components/responses/Undocumented"']

    def _tag(self) -> str:
        tags = [operation["tags"][0] for _, _, _, operation in self.contract.operations.values()]
        return "Repository" if "Repository" in tags else tags[0]

    def _object(self, name, fields):
        if name in self.schemas or self._component("schemas", name):
            return
        self.schemas[name] = []
        lines = [f"    {name}:", f"      description: {TODO}", "      type: object"]
        required = [field.name for field in fields if field.required]
        if required and self._in_request:
            lines.append(f"      required: [{', '.join(required)}]")
        if fields:
            lines.append("      properties:")
        for field in fields:
            lines.append(f"        {field.name}:")
            kind = self._type(field.type, 10)
            if not kind[0].lstrip().startswith("$ref"):
                lines.append(f"          description: {TODO}")
            lines += kind
        self.schemas[name] = lines

    def _named(self, kind: str, name: str) -> str:
        """The name of a schema in components for this type."""
        if kind.startswith("list["):
            if not self._component("schemas", name):
                self.schemas[name] = [
                    f"    {name}:", f"      description: {TODO}", "      type: array", "      items:",
                    *self._type(kind[5:-1], 8),
                ]
            return name
        if self.package.is_model(kind):
            return self._model(kind)
        self.schemas[name] = [f"    {name}:", f"      description: {TODO}", *self._type(kind, 6)]
        return name

    def _model(self, kind: str) -> str:
        name = re.sub(r"(Dto|DTO)$", "", kind)
        name = name[0].upper() + name[1:]
        self._object(name, self.package.model(kind))
        return name

    def _type(self, kind: str, indent: int, limits: bool = False) -> list[str]:
        pad = " " * indent
        if kind.startswith("list["):
            return [f"{pad}type: array", f"{pad}items:", *self._type(kind[5:-1], indent + 2)]
        if kind.startswith("dict("):
            inner = kind.rpartition(", ")[2].rstrip(")")
            return [f"{pad}type: object", f"{pad}additionalProperties:", *self._type(inner, indent + 2)]
        if self.package.is_model(kind):
            return [f'{pad}$ref: "#/components/schemas/{self._model(kind)}"']
        lines = [pad + line for line in PLAIN.get(kind, PLAIN["object"])]
        # The SDK has no ranges; a range goes into a named schema.
        if limits and kind in ("int", "str"):
            lines[0] += f"  # {TODO}: limits and words, if the page has them"
        return lines

    def text(self) -> tuple[str, str]:
        path = "\n".join(self.path())
        return path, "\n".join("\n".join(lines) for lines in self.schemas.values())

    def inserted(self, document: str) -> str:
        path, schemas = self.text()
        head, separator, rest = document.partition("\ncomponents:\n")
        if f"\n{path.splitlines()[0]}\n" in head:
            # The path exists: the method is inserted below its line, before the next path.
            line = path.splitlines()[0]
            before, _, after = head.partition(f"\n{line}\n")
            own, blank, others = after.partition("\n\n")
            head = f"{before}\n{line}\n{own}\n" + "\n".join(path.splitlines()[1:]) + blank + others
        else:
            head = f"{head.rstrip()}\n\n{path}\n"
        return f"{head}{separator}{rest.rstrip()}\n{schemas}\n" if schemas else f"{head}{separator}{rest}"


def _shared(name: str) -> str:
    """The name of a shared parameter or header: XTotal for X-Total."""
    return re.sub(r"(?:^|[-_])(.)", lambda match: match[1].upper(), name)


def _content(schema: str, indent: int) -> list[str]:
    pad = " " * indent
    return [
        f"{pad}content:",
        f"{pad}  application/json:",
        f"{pad}    schema:",
        f'{pad}      $ref: "#/components/schemas/{schema}"',
    ]
