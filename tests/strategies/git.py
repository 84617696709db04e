"""Repositories to try things in, with the real git and none of the settings of whoever runs the tests."""

import os
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

SPEC = """\
feature desk "Library desk" {
  role "You are the help desk of a library."

  given late days 0 .. 60 { name "the time since the due date"; from user }

  outcome renew   "renew the loan"                  { mentions "renewed" }
  outcome decline "ask for the book to be returned" { mentions "return" }
  exclusive renew, decline

  ask "Can I keep my book?"

  LOAN-1 rule "Renewal" {
    when    late <= 7 days
    must    renew
  }
  LOAN-2 rule "No renewal" {
    when    late > 7 days
    must    decline
  }
  FMT-1 format "Short answers" { must words <= 60 }
}
"""
PROJECT = {"specc.toml": "", "specs/desk.spec": SPEC}


ROOT = Path(__file__).parents[2]


def environment() -> dict[str, str]:
    """What git and its hooks get to know: no settings but the repository's own, who commits when, and a `specc` on the PATH."""
    who = {
        f"GIT_{role}_{what}": text
        for role in ("AUTHOR", "COMMITTER")
        for what, text in (("NAME", "A"), ("EMAIL", "a@example.org"))
    }
    plain = {name: text for name, text in os.environ.items() if not name.startswith("GIT_")}
    when = {f"GIT_{role}_DATE": "2026-01-02T03:04:05Z" for role in ("AUTHOR", "COMMITTER")}
    path = f"{ROOT / 'tests/fixtures/path'}{os.pathsep}{plain['PATH']}"
    ours = {"PATH": path, "PYTHONPATH": str(ROOT), "SPECC_PYTHON": sys.executable}
    return {**plain, **who, **when, **ours, "GIT_CONFIG_NOSYSTEM": "1", "GIT_CONFIG_GLOBAL": os.devnull}


class Work:
    """A work tree at `top`."""

    def __init__(self, top: Path) -> None:
        """The folder is made; `init` makes it a repository."""
        self.top = top
        top.mkdir(parents=True, exist_ok=True)

    def init(self, *options: str) -> "Work":
        """Make it a repository without a commit."""
        self.git("init", "--quiet", "--initial-branch=main", *options)
        return self

    def git(self, *arguments: str, **variables: str) -> str:
        """What git says; it must not fail."""
        ran = self.tried(*arguments, **variables)
        assert ran.returncode == 0, ran.stdout + ran.stderr
        return ran.stdout

    def tried(self, *arguments: str, **variables: str) -> "subprocess.CompletedProcess[str]":
        """What git says, be it well or not."""
        return subprocess.run(
            ["git", *arguments],  # noqa: S607 - the git of whoever runs the tests
            cwd=self.top,
            env={**environment(), **variables},
            capture_output=True,
            text=True,
            check=False,
        )

    def specc(self, *arguments: str, folder: str = ".", **variables: str) -> "subprocess.CompletedProcess[str]":
        """What `specc` says in `folder`."""
        return subprocess.run(
            [sys.executable, "-m", "speclang", *arguments],
            cwd=self.top / folder,
            env={**environment(), **variables},
            capture_output=True,
            text=True,
            check=False,
        )

    def write(self, files: Mapping[str, str | bytes]) -> None:
        """Write files, as they are."""
        for name, text in files.items():
            path = self.top / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(text.encode() if isinstance(text, str) else text)

    def commit(self, files: Mapping[str, str | bytes] | None = None, *, message: str = "a change") -> str:
        """Write files, stage all there is and commit it, whatever hooks say; the ID of the commit."""
        self.write(files or {})
        self.git("add", "--all")
        self.git("commit", "--quiet", "--no-verify", "--allow-empty", "--message", message)
        return self.git("rev-parse", "HEAD").strip()
