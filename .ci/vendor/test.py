"""Tests of the comparison, on a small package written by hand in the SDK's shape. They need no network."""

import copy
import json
import os
import subprocess
import sys
import tempfile
import unittest
import zipfile
from pathlib import Path

import yaml

HERE = Path(__file__).resolve().parent

CLIENT = '''
class SmallClient:
    @classmethod
    def _list_things_http_info(cls, request):
        http_info = {
            "method": "GET",
            "resource_path": "/v4/boxes/{box_id}/things",
            "request_type": request.__class__.__name__,
            "response_type": "ListThingsResponse"
            }
        path_params = {}
        if 'box_id' in local_var_params:
            path_params['box_id'] = local_var_params['box_id']
        query_params = []
        if 'limit' in local_var_params:
            query_params.append(('limit', local_var_params['limit']))
        header_params = {}
        body = None
        if isinstance(request, SdkStreamRequest):
            body = request.get_file_stream()
        response_headers = ["X-Total", ]

    @classmethod
    def _add_thing_http_info(cls, request):
        http_info = {
            "method": "POST",
            "resource_path": "/v4/boxes/{box_id}/things",
            "request_type": request.__class__.__name__,
            "response_type": "AddThingResponse"
            }
        path_params = {}
        if 'box_id' in local_var_params:
            path_params['box_id'] = local_var_params['box_id']
        query_params = []
        body = None
        if 'body' in local_var_params:
            body = local_var_params['body']
        response_headers = []
'''
REGIONS = '''
class SmallRegion:
    NORTH_1 = Region("north-1",
                     "https://small.north-1.example.com")
'''


def model(name: str, /, **fields: str) -> str:
    """A model class; a type that ends in `!` is mandatory, and `__` in a name means `-`."""
    types = {attribute: kind.rstrip("!") for attribute, kind in fields.items()}
    wire = {a: a.replace("__", "-").title() if "__" in a else a for a in fields}
    body = "".join(
        f"        self.{a} = {a}\n" if kind.endswith("!") else f"        if {a} is not None:\n            self.{a} = {a}\n"
        for a, kind in fields.items()
    )
    return (
        f"class {name}:\n    sensitive_list = []\n    openapi_types = {types}\n    attribute_map = {wire}\n"
        f"    def __init__(self):\n        self.discriminator = None\n{body}"
    ).replace("        self.discriminator = None\n", "        pass\n")


MODELS = {
    "ListThingsRequest": model("ListThingsRequest", box_id="int!", limit="int"),
    "ListThingsResponse": model("ListThingsResponse", body="list[ThingDto]", x__total="str"),
    "AddThingRequest": model("AddThingRequest", box_id="int!", body="AddThingBody"),
    "AddThingBody": model("AddThingBody", name="str!", size="int"),
    "AddThingResponse": model("AddThingResponse", id="int"),
    "ThingDto": model("ThingDto", id="int", name="str", parts="list[ThingDto]"),
}

CONTRACT = yaml.safe_load('''
openapi: 3.0.3
info: {title: Small, version: "1"}
servers:
  - url: https://small.{region}.example.com
    variables: {region: {default: north-1, enum: [north-1]}}
tags: [{name: Repository}]
paths:
  /v4/boxes/{box_id}/things:
    get:
      operationId: ListThings
      tags: [Repository]
      parameters:
        - {name: X-Auth-Token, in: header, required: true, schema: {type: string}}
        - {name: box_id, in: path, required: true, schema: {type: integer}}
        - {name: limit, in: query, schema: {type: integer}}
      responses:
        "200":
          headers: {X-Total: {schema: {type: string}}}
          content: {application/json: {schema: {$ref: "#/components/schemas/Things"}}}
components:
  schemas:
    Things: {type: array, items: {$ref: "#/components/schemas/Thing"}}
    Thing:
      type: object
      properties:
        id: {type: integer}
        name: {type: string}
        parts: {type: array, items: {$ref: "#/components/schemas/Thing"}}
''')
TOKEN = '[[difference]]\nwhere = "* parameter header X-Auth-Token"\nsdk = "none"\nreason = "The SDK signs."\n'


class Case(unittest.TestCase):
    def setUp(self):
        temporary = tempfile.TemporaryDirectory()
        self.addCleanup(temporary.cleanup)
        self.folder = Path(temporary.name)
        self.client, self.regions, self.models = CLIENT, REGIONS, dict(MODELS)
        self.contract, self.known, self.calls = copy.deepcopy(CONTRACT), TOKEN, {}

    def command(self, *arguments: str, wheels: bool = True, environment=None):
        if wheels:
            package = "huaweicloudsdkcodeartsrepo"
            wheel = self.folder / f"{package}-0.0.1-py3-none-any.whl"
            with zipfile.ZipFile(wheel, "w") as archive:
                folder = f"{package}/v4"
                archive.writestr(f"{folder}/small_client.py", self.client)
                archive.writestr(f"{folder}/small_async_client.py", "raise SystemExit('imported')")
                archive.writestr(f"{folder}/region/small_region.py", self.regions)
                imports = [f"from {package}.v4.model.{name.lower()} import {name}\n" for name in self.models]
                archive.writestr(f"{folder}/__init__.py", "".join(imports))
                for name, text in self.models.items():
                    archive.writestr(f"{folder}/model/{name.lower()}.py", text)
            arguments = ("--wheels", str(self.folder), *arguments)
        (self.folder / "openapi.yaml").write_text(yaml.safe_dump(self.contract, sort_keys=False))
        (self.folder / "differences.toml").write_text(self.known or "difference = []")
        (self.folder / "calls.json").write_text(json.dumps(self.calls))
        files = ["--contract", str(self.folder / "openapi.yaml"), "--differences", str(self.folder / "differences.toml")]
        files += ["--calls", str(self.folder / "calls.json")]
        command = [sys.executable, str(HERE), *files, *arguments]
        return subprocess.run(command, capture_output=True, text=True, timeout=60, env=os.environ | (environment or {}))

    def assert_reports(self, line: str):
        done = self.command()
        self.assertIn(line, done.stdout.splitlines(), done.stdout + done.stderr)
        self.assertEqual(done.returncode, 1)

    def doctor(self, name: str, old: str, new: str):
        text = getattr(self, name)
        self.assertIn(old, text)
        setattr(self, name, text.replace(old, new, 1))

    def test_equal_sides_have_no_difference(self):
        done = self.command()
        self.assertEqual(done.returncode, 0, done.stdout + done.stderr)
        self.assertIn("next to ours: AddThing (POST /v4/boxes/{box_id}/things)", done.stdout)

    def test_a_renamed_field(self):
        self.models["ThingDto"] = model("ThingDto", id="int", title="str", parts="list[ThingDto]")
        self.assert_reports("gone     ListThings response [].name: string")
        self.assert_reports("new      ListThings response [].title: string")

    def test_a_changed_type(self):
        self.models["ThingDto"] = model("ThingDto", id="str", name="str", parts="list[ThingDto]")
        self.assert_reports("changed  ListThings response [].id: integer in openapi.yaml, string in the SDK")

    def test_a_new_mandatory_parameter(self):
        self.models["ListThingsRequest"] = model("ListThingsRequest", box_id="int!", limit="int", owner="str!")
        query = "query_params.append(('limit', local_var_params['limit']))"
        self.doctor("client", query, f"{query}\n        query_params.append(('owner', local_var_params['owner']))")
        self.assert_reports("new      ListThings parameter query owner: string, required")

    def test_a_parameter_that_becomes_mandatory(self):
        self.models["ListThingsRequest"] = model("ListThingsRequest", box_id="int!", limit="int!")
        self.assert_reports("changed  ListThings parameter query limit: integer in openapi.yaml, integer, required in the SDK")

    def test_a_new_response_header(self):
        self.models["ListThingsResponse"] = model("ListThingsResponse", body="list[ThingDto]", x__total="str", x__state="str")
        self.doctor("client", '["X-Total", ]', '["X-Total", "X-State"]')
        self.assert_reports("new      ListThings response header X-State: string")

    def test_a_moved_path_and_another_method(self):
        self.doctor("client", "/v4/boxes/{box_id}/things", "/v4/box/{box_id}/things")
        self.doctor("client", '"GET"', '"POST"')
        self.assert_reports("changed  ListThings path: /v4/boxes/{box_id}/things in openapi.yaml, /v4/box/{box_id}/things in the SDK")
        self.assert_reports("changed  ListThings method: GET in openapi.yaml, POST in the SDK")

    def test_a_new_region_and_another_host(self):
        self.regions += '    SOUTH_1 = Region("south-1", "https://small.south-1.example.com")\n'
        self.assert_reports("new      codeartsrepo region south-1: small.south-1.example.com")
        self.doctor("regions", "small.north-1", "large.north-1")
        self.assert_reports(
            "changed  codeartsrepo region north-1: small.north-1.example.com in openapi.yaml, large.north-1.example.com in the SDK"
        )

    def test_an_operation_that_is_gone(self):
        self.doctor("client", "ListThingsResponse", "ListBoxThingsResponse")
        self.models["ListBoxThingsRequest"] = self.models["ListBoxThingsResponse"] = ""
        self.assert_reports("gone     ListThings operation: GET /v4/boxes/{box_id}/things")

    def test_an_entry_that_is_no_longer_needed(self):
        self.known += '[[difference]]\nwhere = "ListThings response [].name"\nreason = "It was."\n'
        self.assert_reports("differences.toml: no longer needed: ListThings response [].name")

    def test_an_entry_explains_only_the_values_that_it_names(self):
        self.models["ThingDto"] = model("ThingDto", id="str", name="str", parts="list[ThingDto]")
        entry = '[[difference]]\nwhere = "ListThings response [].id"\nsdk = "{}"\nreason = "Seen."\n'
        self.known = TOKEN + entry.format("string")
        self.assertEqual(self.command().returncode, 0)
        self.known = TOKEN + entry.format("number")
        self.assertEqual(self.command().returncode, 1)

    def test_an_entry_without_a_reason_is_refused(self):
        self.known += '[[difference]]\nwhere = "*"\n'
        self.assertIn("an entry needs where and reason", self.command().stderr)

    def test_the_calls_are_those_of_the_sdk(self):
        self.calls = {"AddThing": {}, "ListThings": {}}
        self.assert_reports("calls.json: changed  AddThing method, path, query, body; renew it with --write-calls")
        self.assertEqual(self.command("--write-calls").returncode, 0)
        self.calls = json.loads((self.folder / "calls.json").read_text())
        self.assertEqual(
            self.calls["AddThing"],
            {
                "method": "POST",
                "path": "/v4/boxes/{box_id}/things",
                "query": {},
                "body": {"name": "string, required", "size": "integer"},
            },
        )
        self.assertEqual(self.calls["ListThings"]["query"], {"limit": "integer"})
        self.models["AddThingBody"] = model("AddThingBody", title="str!", size="int")
        self.assert_reports("calls.json: changed  AddThing body; renew it with --write-calls")
        self.calls = {"Nope": {}}
        self.assert_reports("calls.json: gone     Nope")

    def test_another_shape_of_the_package_is_an_error(self):
        self.doctor("client", '"resource_path"', '"route"')
        done = self.command()
        self.assertEqual(done.returncode, 1)
        self.assertIn("no 'resource_path' in its http_info", done.stderr)

    def test_a_draft_agrees_with_the_sdk(self):
        done = self.command("--draft", "AddThing", "--write")
        self.assertEqual(done.returncode, 0, done.stderr)
        text = (self.folder / "openapi.yaml").read_text()
        self.assertIn("description: TODO", text)
        self.contract = yaml.safe_load(text)
        added = self.contract["paths"]["/v4/boxes/{box_id}/things"]["post"]
        self.assertEqual(added["operationId"], "AddThing")
        self.contract["components"]["parameters"] = {"XAuthToken": CONTRACT["paths"]["/v4/boxes/{box_id}/things"]["get"]["parameters"][0]}
        for response in ("Unauthorized", "Forbidden", "NotFound", "Undocumented"):
            self.contract["components"].setdefault("responses", {})[response] = {"description": "x"}
        done = self.command()
        self.assertEqual(done.returncode, 0, done.stdout + done.stderr)
        self.assertIn("2 operations, 0 unexplained differences", done.stdout)

    def test_a_draft_refers_to_a_shared_header(self):
        self.contract["paths"]["/v4/boxes/{box_id}/things"]["get"]["operationId"] = "ListBoxes"
        self.assertIn("            X-Total:\n              description: TODO", self.command("--draft", "ListThings").stdout)
        self.contract["components"]["headers"] = {"XTotal": {"schema": {"type": "string"}}}
        reference = '            X-Total:\n              $ref: "#/components/headers/XTotal"\n'
        self.assertIn(reference, self.command("--draft", "ListThings").stdout)

    def test_a_draft_of_an_answer_without_a_body_asks_for_the_status(self):
        self.models["AddThingResponse"] = model("AddThingResponse")
        done = self.command("--draft", "AddThing")
        self.assertIn('        "204":  # TODO: the status of the page\n          description: OK. TODO\n        "401":', done.stdout)

    def test_a_draft_of_nothing_is_an_error(self):
        self.assertIn("the SDK has no operation Nope", self.command("--draft", "Nope").stderr)
        self.assertIn("similar ones are ListThings", self.command("--draft", "ListThing").stderr)
        self.assertIn("openapi.yaml has ListThings", self.command("--draft", "ListThings").stderr)

    def test_without_a_network_it_is_skipped_by_name(self):
        nowhere = {"PIP_INDEX_URL": "http://127.0.0.1:9/", "PIP_RETRIES": "0", "PIP_CONFIG_FILE": os.devnull}
        done = self.command(wheels=False, environment=nowhere)
        self.assertEqual(done.returncode, 0, done.stderr)
        self.assertIn("SKIPPED: the comparison with the vendor's SDK: PyPI cannot be reached", done.stdout)


if __name__ == "__main__":
    unittest.main()
