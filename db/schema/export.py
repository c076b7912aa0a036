"""Write the JSON Schemas of the record's files beside this script: `make schema`."""

import json
from pathlib import Path

from tracker.record.schema import json_schema

for kind, schema in json_schema().items():
    file = Path(__file__).with_name(f"{kind}.schema.json")
    file.write_text(json.dumps(schema, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
    print(file.name)
