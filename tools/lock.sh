#!/usr/bin/env bash
# Renews requirements.txt and requirements-dev.txt: every version with the hashes of all its files, for every platform
# and Python that the project supports, and no address of an index in them.
set -euo pipefail
cd "$(dirname "$0")/.."
compile() {
  uv pip compile --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-emit-find-links \
    --no-header --no-annotate --quiet "$@"
}
compile pyproject.toml --output-file requirements.txt
compile pyproject.toml --group test --constraint requirements.txt --output-file requirements-dev.txt
for file in requirements.txt requirements-dev.txt; do
  { echo "# Locked by tools/lock.sh (make lock); do not edit."; cat "$file"; } > "$file.new" && mv "$file.new" "$file"
done
