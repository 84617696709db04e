#!/usr/bin/env bash
# Installs the tools that exports are tried in: those of Python and those of Node side by side, into FOLDER and FOLDER/node.
# usage: install.sh FOLDER PYTHON
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
folder=$1
python=$2

[ -x "$folder/bin/python" ] || "$python" -m venv "$folder"
"$folder/bin/python" -m pip install --quiet --disable-pip-version-check -r "$here/requirements.txt" &
pip=$!

if command -v npm >/dev/null; then
  mkdir -p "$folder/node"
  cp "$here/package.json" "$folder/node/"
  # What promptfoo can do without is left out, as browsers and clients of clouds; its database is not among that.
  (cd "$folder/node"
    npm install --omit=optional --no-audit --no-fund --loglevel=error
    system=$(node -p 'process.platform === "linux" ? `linux-${process.arch}-gnu` : `${process.platform}-${process.arch}`')
    version=$(node -p 'JSON.parse(require("fs").readFileSync("node_modules/libsql/package.json")).version')
    npm install --omit=optional --no-save --no-audit --no-fund --loglevel=error "@libsql/$system@$version") ||
    { rm -rf "$folder/node"; echo "the tools of Node could not be installed: their tests are skipped" >&2; }
else
  echo "there is no npm: the tests of promptfoo and dotprompt are skipped" >&2
fi
wait "$pip"
