"""`specc lsp`: the server that an editor starts."""

import argparse

from ..console import Console
from ..main import FINDINGS, FINE

EXAMPLES = """\
examples:
  specc lsp                         speak the Language Server Protocol on standard input and output

An editor starts it by itself, from the environment in which the project has specc. Say once which command that is:

  Neovim     vim.lsp.config("specc", { cmd = { "specc", "lsp" }, filetypes = { "spec" }, root_markers = { "specc.toml" } })
             vim.lsp.enable("specc")
  Helix      in languages.toml: [language-server.specc]  command = "specc"  args = ["lsp"]
  VS Code    with the extension of the project, or any generic client with the command `specc lsp`
  Emacs      (add-to-list 'eglot-server-programs '(spec-mode . ("specc" "lsp")))

docs/editors.md tells more.
"""


def arguments(parser: argparse.ArgumentParser) -> None:
    """Take what editors add to every server, and need not be said."""
    parser.add_argument("--stdio", action="store_true", help="standard input and output; there is nothing else")


def run(_: argparse.Namespace, console: Console) -> int:
    """Serve until the editor goes."""
    from ...lsp.server import serve

    console.out.flush()
    return FINE if serve() else FINDINGS
