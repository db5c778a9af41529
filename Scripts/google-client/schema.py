"""Compares answers with the schemas of the discovery document: no unknown field, no wrong type."""

PLAIN = {"string": str, "boolean": bool, "integer": int, "number": (int, float)}


class Schemas:
    """The schemas, the answers compared so far and what did not fit."""

    def __init__(self, document):
        self._schemas = document["schemas"]
        self._answers = {}
        self._collect(document)
        self.compared = 0
        self.mismatches = []

    def _collect(self, node):
        for method in node.get("methods", {}).values():
            self._answers[method["id"]] = method.get("response", {}).get("$ref")
        for resource in node.get("resources", {}).values():
            self._collect(resource)

    def check_answer(self, method, answer):
        self.compared += 1
        name = self._answers[method]
        if name is None:
            if answer not in ("", None):
                self.mismatches.append(f"{method} has a body")
            return
        self._check({"$ref": name}, answer, method)

    def _check(self, schema, value, place):
        if "$ref" in schema:
            return self._check(self._schemas[schema["$ref"]], value, place)
        kind = schema.get("type", "any")
        if kind == "array":
            if not isinstance(value, list):
                self.mismatches.append(f"{place} is no list")
                return None
            for item in value:
                self._check(schema["items"], item, f"{place}[]")
        elif kind == "object":
            self._check_object(schema, value, place)
        elif kind in PLAIN:
            # In Python True is an integer, in JSON it is not.
            fits = isinstance(value, PLAIN[kind]) and (kind == "boolean" or not isinstance(value, bool))
            if not fits:
                self.mismatches.append(f"{place} is no {kind}")
        return None

    def _check_object(self, schema, value, place):
        if not isinstance(value, dict):
            self.mismatches.append(f"{place} is no object")
            return
        properties = schema.get("properties", {})
        for name, member in value.items():
            if name in properties:
                self._check(properties[name], member, f"{place}.{name}")
            elif "additionalProperties" in schema:
                self._check(schema["additionalProperties"], member, f"{place}.*")
            else:
                self.mismatches.append(f"{place} has an unknown field {name}")
