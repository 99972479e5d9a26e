"""Holds manifests against the schemas of their kinds: validate_manifests.py SCHEMAS MANIFEST…

Prints a line for each: its kind, and “valid” or where it departs and how.
"""

import json
import pathlib
import sys

from jsonschema import Draft202012Validator
from referencing import Registry, Resource

schemas = {path.stem: json.loads(path.read_text()) for path in pathlib.Path(sys.argv[1]).glob("*.json")}
for schema in schemas.values():
    Draft202012Validator.check_schema(schema)
registry = Registry().with_resources(
    (schema["$id"], Resource.from_contents(schema)) for schema in schemas.values()
)
for path in sys.argv[2:]:
    manifest = json.loads(pathlib.Path(path).read_text())
    kind = manifest.get("kind")
    if kind not in schemas:
        print(kind, "has no schema")
        continue
    validator = Draft202012Validator(schemas[kind], registry=registry)
    errors = sorted(validator.iter_errors(manifest), key=lambda error: list(map(str, error.path)))
    if not errors:
        print(kind, "valid")
    for error in errors[:5]:
        print(kind, "/".join(map(str, error.absolute_path)), error.message[:300])
