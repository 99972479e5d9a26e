"""Holds replies of the workbench against its description: OpenAPI 3.1, whose schemas are JSON Schema 2020-12."""

import json
import sys

from jsonschema import Draft202012Validator

description = json.load(open(sys.argv[1]))
for name, path in zip(sys.argv[2::2], sys.argv[3::2]):
    schema = {"$ref": f"#/components/schemas/{name}", "components": description["components"]}
    Draft202012Validator.check_schema(schema)
    errors = sorted(Draft202012Validator(schema).iter_errors(json.load(open(path))), key=str)
    print(f"{name} valid" if not errors else f"{name} {errors[0].json_path}: {errors[0].message[:200]}")
