"""Makes each kind of change to drift_test.yaml. drift.py has to list the breaking ones, and no others."""
import copy
import pathlib

import yaml

import drift

DOCUMENT = yaml.safe_load((pathlib.Path(__file__).parent / "drift_test.yaml").read_text(encoding="utf-8"))
MIRROR = "/v4/repositories/{repository_id}/remote-mirror"
LIST = "/v4/user/repositories"
GONE = object()


def schema(name):
    return ["components", "schemas", name]


def parameter(name):
    names = [it.get("name") for it in DOCUMENT["paths"][LIST]["get"]["parameters"]]
    return ["paths", LIST, "get", "parameters", names.index(name)]


def changed(*changes):
    """The document with other values at these places, or without them."""
    document = copy.deepcopy(DOCUMENT)
    for place, value in changes:
        holder = document
        for step in place[:-1]:
            holder = holder[step]
        if value is GONE:
            del holder[place[-1]]
        elif isinstance(holder, list) and place[-1] == len(holder):
            holder.append(value)
        else:
            holder[place[-1]] = value
    return document


def moved(old, new):
    return changed((["paths", new], DOCUMENT["paths"][old]), (["paths", old], GONE))


TEXT, NUMBER = {"type": "string"}, {"type": "integer"}
NEW_PARAMETER = {"name": "depth", "in": "query", "schema": NUMBER}
sync, answer, mirror = schema("RemoteMirrorSyncRequest"), schema("RemoteMirrorSyncResponse"), schema("RemoteMirror")
responses = ["paths", MIRROR, "get", "responses"]
user, owner = schema("PasswordUser"), schema("TokenOwner")
IAM = ["paths", "/v3/auth/tokens", "post"]

# A changed document, and what has to be reported, or None.
TABLE = [
    (changed((["paths", MIRROR, "put"], GONE)), "UpdateRepositoryRemoteMirror: the operation was removed"),
    (changed((["paths", MIRROR, "get", "operationId"], "Show")), "ShowRemoteMirror: its operationId is now Show"),
    (moved(LIST, "/v4/repositories"), "ListCurrentUserRepositories: it was GET /v4/user/repositories and is now GET /v4/r"),
    (changed((parameter("sort"), GONE)), "query parameter sort: it was removed"),
    (changed((parameter("sort") + ["in"], "header")), "query parameter sort: it was removed"),
    (changed((parameter("sort") + ["required"], True)), "query parameter sort: it is now mandatory"),
    (changed((parameter("sort")[:-1] + [11], {**NEW_PARAMETER, "required": True})), "depth: it is new and mandatory"),
    (changed((parameter("archived") + ["schema", "type"], "string")), "archived: the type was boolean and is now string"),
    (changed((parameter("archived") + ["schema", "default"], True)), "archived: the default was False and is now True"),
    (changed((schema("PageLimit") + ["maximum"], 50)), "limit: maximum was 100 and is now 50"),
    (changed((schema("PageLimit") + ["minimum"], 2)), "limit: minimum was 1 and is now 2"),
    (changed((schema("SearchText") + ["pattern"], "^a")), "search: pattern was not set and is now ^a"),
    (changed((schema("Token") + ["maxLength"], 99)), "header parameter x-auth-token: maxLength was 100000 and is now 99"),
    (changed((schema("RepositoryOrder") + ["enum"], ["created_at"])), "order_by: the value updated_at was removed"),
    (changed((sync + ["properties", "username"], GONE)), "request.username: the property was removed"),
    (changed((sync + ["required"], ["username"])), "request.username: it is now mandatory"),
    (changed((sync + ["properties", "new"], TEXT), (sync + ["required"], ["new"])), "request.new: it is new and mand"),
    (changed((sync + ["properties", "username", "format"], GONE)), "request.username: the format was byte and is now not"),
    (changed((sync + ["properties", "endpoint_uuid", "enum"], ["a"])), "endpoint_uuid: only certain values are now"),
    (changed((sync + ["additionalProperties"], False)), "request: other properties are no longer accepted"),
    (changed((["paths", MIRROR, "post", "requestBody", "required"], True)), "request: the body is now mandatory"),
    (changed((["paths", MIRROR, "post", "requestBody"], GONE)), "request: the body was removed"),
    (changed((user + ["properties", "domain", "$ref"], "#/components/schemas/TokenOwner")), "domain.name: it is now optional"),
    (changed((schema("TokenScope") + ["maxProperties"], GONE)), None),
    (changed((schema("TokenIdentity") + ["properties", "methods", "minItems"], 2)), "methods: minItems was 1 and is now 2"),
    (changed((responses + ["404"], GONE)), "ShowRemoteMirror, answer 404: the status was removed"),
    (changed((responses + ["200", "content"], {"text/plain": {}})), "answer 200: application/json was removed"),
    (changed((IAM + ["responses", "201", "headers"], {})), "answer 201, header X-Subject-Token: it was removed"),
    (changed((answer + ["properties", "jid"], GONE)), "answer 200.jid: the property was removed"),
    (changed((answer + ["properties", "jid", "type"], "integer")), "answer 200.jid: the type was string and is now integer"),
    (changed((mirror + ["properties", "id", "format"], "int32")), "answer 200.id: the format was int64 and is now int32"),
    (changed((mirror + ["properties", "url", "nullable"], True)), "answer 200.url: it can now be null"),
    (changed((schema("RepositoryPage") + ["items", "$ref"], "#/components/schemas/TokenRole")), "[].uuid: the property"),
    (changed((["components", "responses", "NotFound", "content", "application/json", "schema"], NUMBER)), "the type was"),
    (changed((schema("ForkParent") + ["additionalProperties"], GONE)), "repository: other properties are no longer there"),
    (changed((["servers", 0, "variables", "region", "enum"], ["cn-north-1"])), "server https://codehub-ext.cn-east-2.my"),
    (changed((["servers", 4], GONE)), "the document: the server https://{hostURL} was removed"),
    (changed((["paths", "/v3/auth/tokens", "servers", 2], GONE)), "the server https://iam.myhuaweicloud.com was removed"),
    (changed((["security", 1], GONE)), "ShowRemoteMirror: AccessKey no longer authorizes"),
    (changed((IAM + ["security"], [{"Token": []}])), "KeystoneCreateUserTokenByPassword: it now requires authorization"),
    (changed((user + ["required"], ["name"])), "user.password: it is now optional"),
    (changed((mirror + ["required"], ["id"])), "answer 200.id: it is now always there"),
    (changed((mirror + ["properties", "url", "enum"], ["a"])), "answer 200.url: only certain values are now possible"),
    (changed((schema("RepositoryOrder") + ["enum"], GONE)), "order_by: any value is now accepted"),
    (changed((schema("RepositoryId") + ["maximum"], 2**53 - 1)), "its range was one of 32 bits and is now one of 64"),
    # Harmless: more is accepted, less is possible, or only the words differ.
    (changed(), None),
    (changed((["paths", "/v4/new"], {"get": {"operationId": "New", "responses": {}}})), None),
    (changed((parameter("sort")[:-1] + [11], NEW_PARAMETER)), None),
    (changed((schema("PageLimit") + ["maximum"], 500), (schema("PageLimit") + ["minimum"], 0)), None),
    (changed((schema("SearchText") + ["maxLength"], GONE)), None),
    (changed((schema("RepositoryOrder") + ["enum"], ["created_at", "updated_at", "name"])), None),
    (changed((sync + ["properties", "new"], TEXT)), None),
    (changed((mirror + ["properties", "new"], NUMBER), (mirror + ["required"], ["new"])), None),
    (changed((mirror + ["properties", "id", "maximum"], 99)), None),
    (changed((responses + ["409"], {"description": "Conflict."})), None),
    (changed((mirror + ["properties", "url", "description"], "Other words.")), None),
    (changed((["servers", 5], {"url": "https://new.example"})), None),
    (changed((["security", 2], {"Other": []})), None),
]

# Changes in both directions: what is harmless in one direction breaks in the other.
REQUIRED = changed((mirror + ["required"], ["id"]))
WIDE = changed((mirror + ["properties", "id", "maximum"], 99))
FEWER = changed((mirror + ["properties", "update_status", "enum"], ["finished"]))
MORE = changed((mirror + ["properties", "update_status", "enum"], ["finished", "failed"]))
NULLABLE = changed((sync + ["properties", "username", "nullable"], True))
PAIRS = [
    (REQUIRED, DOCUMENT, "answer 200.id: it is now sometimes missing"),
    (WIDE, DOCUMENT, "answer 200.id: maximum was 99 and is now not set"),
    (FEWER, MORE, None),
    (MORE, FEWER, "answer 200.update_status: the value failed was removed"),
    (FEWER, DOCUMENT, "answer 200.update_status: any value is now possible"),
    (NULLABLE, DOCUMENT, "request.username: null is no longer accepted"),
]

VERSIONS = [
    ("0.1.0", "0.1.1", False), ("0.1.0", "0.2.0", True), ("0.1.0", "1.0.0", True), ("1.1.0", "1.2.0", False),
    ("1.9.0", "2.0.0", True), ("0.2.0", "0.1.9", False), ("1.0.0", "1.0.0", False),
]


def main():
    for old, new, expected in [(DOCUMENT, new, expected) for new, expected in TABLE] + PAIRS:
        found = drift.Comparison(old, new).documents()
        if expected is None:
            assert not found, f"a harmless change is reported: {found}"
        else:
            assert any(expected in line for line in found), f"{expected!r} is not reported: {found}"
    for old, new, expected in VERSIONS:
        assert drift.may_break(old, new) == expected, (old, new)
    print(f"drift.py: {len(TABLE) + len(PAIRS)} changes judged correctly")


if __name__ == "__main__":
    main()
