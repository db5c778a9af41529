"""Compares answers with what Microsoft's client makes of them: no unknown property, nothing lost on the way.

The client reads an answer without complaint whatever it holds. A property it does not know ends up among the additional
data; a value of another type, or an unknown name in an enumeration, is dropped. So the model is written down again
and compared with the answer.
"""

import dataclasses
import datetime
import json

from kiota_serialization_json.json_serialization_writer import JsonSerializationWriter

# Properties that the service sends beside those of its metadata, see the open types there.
OPEN = {"uid", "occurrenceId"}

# Types whose properties applications choose.
EXTENSIBLE = {"OpenTypeExtension"}


class Models:
    """The answers compared so far and what did not fit."""

    def __init__(self):
        self.compared = 0
        self.mismatches = []

    def compare(self, answer, model):
        """Compares the JSON of an answer with its model."""
        self.compared += 1
        self._find_unknown(model)
        writer = JsonSerializationWriter()
        writer.write_object_value(None, model)
        self._compare(answer, json.loads(writer.get_serialized_content()), type(model).__name__)

    def _find_unknown(self, value):
        if isinstance(value, list):
            for item in value:
                self._find_unknown(item)
        elif hasattr(value, "get_field_deserializers"):
            name = type(value).__name__
            for member in dataclasses.fields(value):
                if member.name not in ("additional_data", "backing_store"):
                    self._find_unknown(getattr(value, member.name))
            for key in () if name in EXTENSIBLE else getattr(value, "additional_data", None) or {}:
                if "@" not in key and key not in OPEN:
                    self.mismatches.append(f"{name} has an unknown property {key}")

    def _compare(self, answer, read, place):
        if isinstance(answer, dict):
            for key, value in answer.items():
                if "@" in key or key in OPEN or value is None:
                    continue
                if not isinstance(read, dict) or key not in read:
                    # An empty list or object reads as none.
                    if value not in ([], {}):
                        self.mismatches.append(f"{place}.{key} cannot be read: {value!r:.80}")
                else:
                    self._compare(value, read[key], f"{place}.{key}")
        elif isinstance(answer, list):
            if not isinstance(read, list) or len(answer) != len(read):
                self.mismatches.append(f"{place} is another list")
            else:
                for one, other in zip(answer, read):
                    self._compare(one, other, f"{place}[]")
        elif answer != read and not same_time(answer, read):
            self.mismatches.append(f"{place} reads {answer!r:.80} as {read!r:.80}")


def same_time(one, other):
    """Whether two texts are one instant or one time of day."""
    for kind in (datetime.datetime, datetime.time):
        try:
            if kind.fromisoformat(one) == kind.fromisoformat(other):
                return True
        except (TypeError, ValueError):
            pass
    return False
