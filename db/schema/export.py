"""Write what is made from the types: JSON Schemas beside this script, the data dictionary."""

import json
from pathlib import Path

from tracker.record.dictionary import data_dictionary
from tracker.record.schema import json_schema

for kind, schema in json_schema().items():
    file = Path(__file__).with_name(f"{kind}.schema.json")
    file.write_text(json.dumps(schema, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
    print(file.name)
page = Path(__file__).resolve().parents[2] / "docs" / "data-dictionary.md"
page.write_text(data_dictionary(), encoding="utf-8")
print(page.name)
