"""Renews schemas/*.schema.json, by which editors help to write files of settings, from the models of these files."""

from __future__ import annotations

import json
import sys
import tomllib
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from clusterreport.data.schema import TablesFile
from clusterreport.settings.project import Project
from clusterreport.settings.validation import TomlSchema
from clusterreport.theme import ThemeFile
from clusterreport.writing.audience import AudienceFile

if TYPE_CHECKING:
    from pydantic_core import core_schema

    from clusterreport.settings.validation import SettingsTable

FOLDER: Final = Path(__file__).resolve().parent.parent / "schemas"
FILES: Final[dict[str, type[SettingsTable]]] = {
    "clusterreport": Project, "audience": AudienceFile, "theme": ThemeFile, "tables": TablesFile,
}  # fmt: skip
WORDS: Final[dict[str, dict[str, str]]] = tomllib.loads((FOLDER / "words.zh.toml").read_text(encoding="utf-8"))


class DescribedSchema(TomlSchema):
    """Describes each table and each setting in the words of the catalogue."""

    def model_schema(self, schema: core_schema.ModelSchema) -> dict[str, Any]:
        """Return the schema of a model with descriptions."""
        return _described(super().model_schema(schema), schema["cls"])

    def dataclass_schema(self, schema: core_schema.DataclassSchema) -> dict[str, Any]:
        """Return the schema of a dataclass with descriptions."""
        return _described(super().dataclass_schema(schema), schema["cls"])


def schemas() -> dict[Path, str]:
    """Return what each file is to hold."""
    found = {}
    for name, model in FILES.items():
        schema = model.model_json_schema(schema_generator=DescribedSchema)
        for node in (schema, *schema.get("$defs", {}).values()):
            if node["type"] == "object" and "title" in node:
                sys.exit(f"schemas/words.zh.toml: there is no table {node['title']}")
        whole = {"$schema": TomlSchema.schema_dialect, **schema}
        found[FOLDER / f"{name}.schema.json"] = json.dumps(whole, ensure_ascii=False, indent=2) + "\n"
    return found


def _described(node: dict[str, Any], kind: type) -> dict[str, Any]:
    words = WORDS.get(kind.__name__)
    if words is None:  # of a value that the file says in another way, such as an address
        return node
    if words.keys() != {"", *node["properties"]}:
        odd = ", ".join(sorted(words.keys() ^ {"", *node["properties"]}))
        sys.exit(f"schemas/words.zh.toml, {kind.__name__}: not described, or not a setting: {odd}")
    properties = {key: {**each, "description": words[key]} for key, each in node["properties"].items()}
    kept = {key: value for key, value in node.items() if key != "title"}
    return {**kept, "description": words[""], "properties": properties}


def main() -> None:
    """Write the schemas, or with --check only say whether they are as they should be."""
    if "--check" in sys.argv[1:]:
        stale = [path.name for path, text in schemas().items() if not path.is_file() or path.read_text("utf-8") != text]
        sys.exit(f"{', '.join(stale)} in schemas/ are not up to date: run make pages" if stale else 0)
    for path, text in schemas().items():
        path.write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
