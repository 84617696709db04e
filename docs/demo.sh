#!/usr/bin/env bash
# Shows the whole way on one small spec: what it says, what it becomes, and what happens when somebody edits the prompt.
# Works on a copy, so the repository stays as it is. Usage: docs/demo.sh path/to/specc
set -euo pipefail
specc=$(cd "$(dirname "$1")" && pwd)/$(basename "$1")
root=$(cd "$(dirname "$0")/.." && pwd)
desk=$(mktemp -d)
trap 'rm -rf "$desk"' EXIT
mkdir "$desk/specs"
cp "$root/specs/first/first.spec" "$desk/specs/"
printf 'specs = "specs"\ngenerated = "generated"\n' > "$desk/specc.toml"
cd "$desk"

if [ -t 1 ]; then bold=$'\033[1m' plain=$'\033[0m'; else bold='' plain=''; fi
show() { printf '\n%s$ %s%s\n' "$bold" "$*" "$plain"; }
run() { show "$@"; shift; "$specc" "$@" || true; }

show cat specs/first.spec
cat specs/first.spec
run specc build
show cat generated/first/prompt.md
cat generated/first/prompt.md
show "sed -n '/^cases:/,\$p' generated/first/cases.yaml | head -48"
sed -n '/^cases:/,$p' generated/first/cases.yaml | head -48 || true
printf '…\n'
run specc trace
run specc trace LOAN-1
show "sed -i 's/at most 7 days/at most 9 days/' generated/first/prompt.md"
sed -i.bak 's/at most 7 days/at most 9 days/' generated/first/prompt.md && rm generated/first/prompt.md.bak
run specc check
run specc build --discard
