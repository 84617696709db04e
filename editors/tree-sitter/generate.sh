#!/bin/sh
# Writes what is generated from grammar.js, by the tree-sitter that is on the path or that TREE_SITTER names, and notes of what it was made.
# ABI 14 is read by every program that embeds tree-sitter 0.20.3 or later.
set -eu
cd "$(dirname "$0")"
cli="${TREE_SITTER:-tree-sitter}"
"$cli" generate --abi 14
sums() { if command -v sha256sum >/dev/null; then sha256sum "$@"; else shasum -a 256 "$@"; fi; }
{
  echo "# $("$cli" --version | cut -d ' ' -f 1,2)"
  sums grammar.js src/parser.c src/grammar.json src/node-types.json src/tree_sitter/alloc.h src/tree_sitter/array.h src/tree_sitter/parser.h
} > src/generated.sha256
