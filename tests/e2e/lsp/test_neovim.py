"""A real Neovim, without a screen, does with a spec what somebody does: the protocol's own client is the judge."""

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.e2e.lsp.conftest import REFUNDS

NEOVIM = shutil.which("nvim")
DRIVE = Path(__file__).parent / "drive.lua"


@pytest.mark.skipif(NEOVIM is None, reason="Neovim is not installed")
def test_neovim_finds_fixes_shows_completes_renames_and_formats(project: Path, tmp_path: Path) -> None:
    report = tmp_path / "report.json"
    environment = {
        **os.environ,
        "SPECC": f"{sys.executable} -m speclang lsp",
        "SPEC": REFUNDS,
        "REPORT": str(report),
        "XDG_STATE_HOME": str(tmp_path),
        "XDG_DATA_HOME": str(tmp_path),
        "XDG_CONFIG_HOME": str(tmp_path),
        "XDG_CACHE_HOME": str(tmp_path),
    }
    command = [str(NEOVIM), "--headless", "-u", "NONE", "-i", "NONE", "-n", "-S", str(DRIVE)]
    subprocess.run(command, cwd=project, env=environment, timeout=240, check=True, capture_output=True)
    said = json.loads(report.read_text(encoding="utf-8"))
    assert said.get("problem") is None
    assert [one.split("\n")[0] for one in said["diagnostics"]] == ["No outcome is named `aprove`"]
    assert said["action"] == "Write `approve`"
    assert said["hover"].startswith("**REF-1** · rule · Inside the window")
    line = (project / REFUNDS).read_text(encoding="utf-8").split("\n")[said["definition"] - 1]
    assert line.startswith("  REF-1 rule")
    assert {"standard", "gold", "platinum"} <= set(said["completion"])
    assert said["renamed"]
    assert said["formatted"]
    assert not said["left"]
