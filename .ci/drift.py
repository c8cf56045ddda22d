"""Lists the changes of an OpenAPI document that break callers of the old one.

usage: drift.py OLD NEW [OLD_VERSION NEW_VERSION]

It fails if there are any, unless the version allows them: the first number has to rise, or while that is 0 the second. A
request must not require more than before, and no generated type that callers name may become another one. New fields and
new words of an answer are harmless: the types of answers are open to both.
"""
import sys

import yaml

METHODS = ("get", "put", "post", "delete", "patch", "head", "options", "trace")
# A keyword that sets a limit, and whether a higher one allows more.
LIMITS = {
    "minimum": False, "minLength": False, "minItems": False, "minProperties": False,
    "maximum": True, "maxLength": True, "maxItems": True, "maxProperties": True,
}


class Comparison:
    """Two documents and their differences so far."""

    def __init__(self, old, new):
        self.old, self.new, self.found = old, new, []
        self.pending = []

    def breaks(self, place, what):
        self.found.append(f"{place}: {what}")

    def documents(self):
        self.servers("the document", self.old.get("servers", []), self.new.get("servers", []))
        olds, news = operations(self.old), operations(self.new)
        places = {operation.get("operationId"): place for place, operation in news.items()}
        for place, old in olds.items():
            name = old.get("operationId", " ".join(place))
            if place in news:
                renamed = news[place].get("operationId")
                if renamed != name:
                    self.breaks(name, f"its operationId is now {renamed}")
                self.operation(name, place, old, news[place])
            elif name in places:
                self.breaks(name, f"it was {spelt(place)} and is now {spelt(places[name])}")
                self.operation(name, places[name], old, news[places[name]], place)
            else:
                self.breaks(name, "the operation was removed")
        return self.found

    def servers(self, place, olds, news):
        def flat(servers):
            urls = {}
            for server in servers:
                for name, variable in (server.get("variables") or {"": {}}).items():
                    for value in variable.get("enum", [None]):
                        urls[server["url"].replace("{%s}" % name, value or "{%s}" % name)] = True
            return urls

        for url in flat(olds):
            if url not in flat(news):
                self.breaks(place, f"the server {url} was removed")

    def operation(self, name, place, old, new, old_place=None):
        old_item, new_item = self.old["paths"][(old_place or place)[1]], self.new["paths"][place[1]]
        self.servers(name, old_item.get("servers", []), new_item.get("servers", []))
        self.security(name, old.get("security", self.old.get("security", [])),
                      new.get("security", self.new.get("security", [])))
        self.parameters(name, parameters(self.old, old_item, old), parameters(self.new, new_item, new))
        self.body(name, resolve(self.old, old.get("requestBody")), resolve(self.new, new.get("requestBody")))
        self.answers(name, old.get("responses", {}), new.get("responses", {}))

    def security(self, name, old, new):
        for scheme in old:
            if scheme not in new:
                self.breaks(name, f"{' and '.join(scheme) or 'no authorization'} no longer authorizes")
        if not old and new:
            self.breaks(name, "it now requires authorization")

    def parameters(self, name, olds, news):
        for key, old in olds.items():
            place = f"{name}, {key[0]} parameter {key[1]}"
            if key not in news:
                self.breaks(place, "it was removed")
                continue
            new = news[key]
            if new.get("required") and not old.get("required"):
                self.breaks(place, "it is now mandatory")
            self.schema(place, old.get("schema", {}), new.get("schema", {}), request=True)
        for key, new in news.items():
            if key not in olds and new.get("required"):
                self.breaks(f"{name}, {key[0]} parameter {key[1]}", "it is new and mandatory")

    def body(self, name, old, new):
        place = f"{name}, request"
        if old and not new:
            return self.breaks(place, "the body was removed")
        if new and new.get("required") and not (old and old.get("required")):
            self.breaks(place, "the body is now mandatory")
        if old:
            self.content(place, old, new, request=True)

    def answers(self, name, olds, news):
        for status, old in olds.items():
            place = f"{name}, answer {status}"
            if status not in news:
                self.breaks(place, "the status was removed")
                continue
            old, new = resolve(self.old, old), resolve(self.new, news[status])
            for header, described in old.get("headers", {}).items():
                if header not in new.get("headers", {}):
                    self.breaks(f"{place}, header {header}", "it was removed")
                    continue
                other = resolve(self.new, new["headers"][header])
                described = resolve(self.old, described)
                self.schema(f"{place}, header {header}", described.get("schema", {}), other.get("schema", {}), False)
            self.content(place, old, new, request=False)

    def content(self, place, old, new, request):
        news = new.get("content", {})
        for media, described in old.get("content", {}).items():
            if media not in news:
                self.breaks(place, f"{media} was removed")
            else:
                self.schema(place, described.get("schema", {}), news[media].get("schema", {}), request)

    def schema(self, place, old, new, request):
        # A recursive schema is compared once.
        key = (str(old), str(new), request)
        if key in self.pending:
            return
        self.pending.append(key)
        self.resolved_schema(place, resolve(self.old, old), resolve(self.new, new), request)
        self.pending.pop()

    def resolved_schema(self, place, old, new, request):
        for keyword in ("type", "format", "default"):
            if old.get(keyword) != new.get(keyword):
                self.breaks(place, f"the {keyword} was {shown(old.get(keyword))} and is now {shown(new.get(keyword))}")
        for keyword, higher_allows in LIMITS.items():
            self.limit(place, keyword, old.get(keyword), new.get(keyword), higher_allows, request)
        if number_type(old) != number_type(new):
            self.breaks(place, f"its range was one of {number_type(old)} and is now one of {number_type(new)}")
        for keyword in ("pattern", "exclusiveMinimum", "exclusiveMaximum", "multipleOf", "uniqueItems", "not",
                        "allOf", "anyOf", "oneOf"):
            if old.get(keyword) != new.get(keyword):
                self.breaks(place, f"{keyword} was {shown(old.get(keyword))} and is now {shown(new.get(keyword))}")
        if bool(old.get("nullable")) != bool(new.get("nullable")) and bool(old.get("nullable")) == request:
            self.breaks(place, "null is no longer accepted" if request else "it can now be null")
        self.values(place, old.get("enum"), new.get("enum"), request)
        self.properties(place, old, new, request)
        if "items" in old and "items" in new:
            self.schema(f"{place}[]", old["items"], new["items"], request)

    def limit(self, place, keyword, old, new, higher_allows, request):
        if old == new:
            return
        unlimited = float("inf") if higher_allows else float("-inf")
        before, after = (unlimited if value is None else value for value in (old, new))
        narrower = (after < before) == higher_allows
        if narrower == request:
            self.breaks(place, f"{keyword} was {shown(old)} and is now {shown(new)}")

    def values(self, place, olds, news, request):
        if olds is None and news is None:
            return
        if olds is None or news is None:
            # Text becomes an enum, or the other way round.
            allowed = "accepted" if request else "possible"
            return self.breaks(place, f"{'only certain values are' if news else 'any value is'} now {allowed}")
        for value in olds:
            # In answers too: a program that names the value no longer compiles.
            if value not in news:
                self.breaks(place, f"the value {value} was removed")

    def properties(self, place, old, new, request):
        olds, news = old.get("properties", {}), new.get("properties", {})
        for name, described in olds.items():
            if name not in news:
                self.breaks(f"{place}.{name}", "the property was removed")
            else:
                self.schema(f"{place}.{name}", described, news[name], request)
        before, after = set(old.get("required", [])), set(new.get("required", []))
        for name in sorted(before ^ after):
            if name in olds and name in news:
                # Either way the type of the field changes.
                how = ("now mandatory" if request else "now always there") if name in after else \
                    ("now optional" if request else "now sometimes missing")
                self.breaks(f"{place}.{name}", f"it is {how}")
            elif name in news and request:
                self.breaks(f"{place}.{name}", "it is new and mandatory")
        open_before, open_after = (bool(it.get("additionalProperties", True)) for it in (old, new))
        if open_before and not open_after and request:
            self.breaks(place, "other properties are no longer accepted")
        if "additionalProperties" in old and not news and "additionalProperties" not in new and not request:
            self.breaks(place, "other properties are no longer there")


def operations(document):
    return {
        (method, path): operation
        for path, item in document.get("paths", {}).items()
        for method, operation in item.items() if method in METHODS
    }


def parameters(document, item, operation):
    own = [resolve(document, it) for holder in (item, operation) for it in holder.get("parameters", [])]
    # Header names are case-insensitive.
    name = lambda it: it["name"].lower() if it["in"] == "header" else it["name"]
    return {(it["in"], name(it)): it for it in own}


def resolve(document, value):
    while isinstance(value, dict) and "$ref" in value:
        parts = value["$ref"].removeprefix("#/").split("/")
        value = document
        for part in parts:
            value = value[part.replace("~1", "/").replace("~0", "~")]
    return value


def number_type(schema):
    """The type of a named integer, as build/generate/bounds.rs chooses it."""
    least, most = schema.get("minimum"), schema.get("maximum")
    if schema.get("type") != "integer" or least is None or most is None:
        return "any integer"
    if least >= 0:
        return "32 bits" if most < 2**32 else "64 bits"
    return "32 bits with a sign" if least >= -(2**31) and most < 2**31 else "64 bits with a sign"


def spelt(place):
    return f"{place[0].upper()} {place[1]}"


def shown(value):
    return "not set" if value is None else value


def may_break(old, new):
    """Whether this change of the version allows breaking changes."""
    old, new = ([int(part) for part in text.split("-")[0].split(".")] for text in (old, new))
    return new[0] > old[0] or (old[0] == new[0] == 0 and new[1] > old[1])


def main(arguments):
    if len(arguments) not in (2, 4):
        sys.exit(__doc__)
    documents = [yaml.safe_load(open(path, encoding="utf-8")) for path in arguments[:2]]
    found = Comparison(*documents).documents()
    for line in found:
        print(f"breaking: {line}")
    allowed = len(arguments) == 4 and may_break(*arguments[2:])
    if found and allowed:
        print(f"{len(found)} breaking changes, which {arguments[3]} may have after {arguments[2]}")
    elif found:
        sys.exit(f"{len(found)} breaking changes; raise the version accordingly, or revert them")
    else:
        print("no breaking changes")


if __name__ == "__main__":
    main(sys.argv[1:])
