# SPDX-License-Identifier: Apache-2.0
"""What is wrong with bills of materials, by the validators of those who define the formats: cyclonedx-python-lib and
spdx-tools. Reads paths of documents, one a line, and prints what is wrong with each, or "ok"."""
import json
import sys

from cyclonedx.schema import SchemaVersion
from cyclonedx.validation.json import JsonStrictValidator
from spdx_tools.spdx.parser.parse_anything import parse_file
from spdx_tools.spdx.parser.error import SPDXParsingError
from spdx_tools.spdx.validation.document_validator import validate_full_spdx_document

CYCLONEDX = JsonStrictValidator(SchemaVersion.V1_6)


def cyclonedx(path):
    with open(path, encoding="utf-8") as file:
        text = file.read()
    error = CYCLONEDX.validate_str(text)
    problems = [] if error is None else [str(error)]
    document = json.loads(text)
    references = [document["metadata"]["component"]["bom-ref"]]
    for component in document["components"] + document["metadata"]["component"].get("components", []):
        references.append(component["bom-ref"])
    # What the schema says in words only.
    known = set(references)
    if len(known) != len(references):
        problems.append("a bom-ref stands twice")
    for dependency in document["dependencies"]:
        problems += [f"{ref} is no component" for ref in [dependency["ref"], *dependency["dependsOn"]] if ref not in known]
    return problems


def spdx(path):
    try:
        document = parse_file(path)
    except SPDXParsingError as error:
        return error.get_messages()
    return [f"{each.validation_message} ({each.context.spdx_id})" for each in validate_full_spdx_document(document)]


for line in sys.stdin:
    name = line.rstrip("\n")
    found = spdx(name) if name.endswith(".spdx.json") else cyclonedx(name)
    print(json.dumps("; ".join(found) or "ok"), flush=True)
