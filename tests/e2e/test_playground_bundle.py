"""The script of the playground that is committed is the one that its sources make."""

import json
import shutil
import subprocess
from hashlib import sha256
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
SOURCES = ROOT / "editors" / "playground"
WEB = ROOT / "speclang" / "playground" / "web"


def digest(path: Path) -> str:
    return sha256(path.read_bytes()).hexdigest()


def test_the_bundle_was_made_of_these_sources() -> None:
    """If this fails, run `npm ci && npm run build` in editors/playground."""
    built = json.loads((SOURCES / "built.json").read_text(encoding="utf-8"))
    names = ["build.mjs", "package-lock.json", *(f"src/{one.name}" for one in sorted((SOURCES / "src").iterdir()))]
    assert built["sources"] == {name: digest(SOURCES / name) for name in names}
    assert built["bundle"] == {name: digest(WEB / name) for name in built["bundle"]}


def test_every_package_in_the_bundle_is_named_with_its_licence() -> None:
    said = (WEB / "licences.txt").read_text(encoding="utf-8")
    held = json.loads((SOURCES / "package.json").read_text(encoding="utf-8"))["devDependencies"]
    bundled = [name for name in held if name.startswith("@codemirror/")]
    assert len(bundled) == 7
    assert [name for name in bundled if f"{name} {held[name]} (MIT)\n" not in said] == []
    assert "Marijn Haverbeke" in said


@pytest.mark.skipif(
    shutil.which("npm") is None or not (SOURCES / "node_modules" / "esbuild").is_dir(),
    reason="run `npm ci` in editors/playground",
)
def test_the_build_makes_the_bundle_byte_for_byte_and_its_types_hold(tmp_path: Path) -> None:
    for command in (["node", "build.mjs", str(tmp_path)], ["npm", "run", "types"]):
        ran = subprocess.run(
            command,
            cwd=SOURCES,
            env={"PATH": str(Path(shutil.which("node") or "/").parent) + ":/usr/bin:/bin", "HOME": str(tmp_path)},
            capture_output=True,
            text=True,
            check=False,
        )
        assert ran.returncode == 0, ran.stdout + ran.stderr
    for name in ("page.js", "licences.txt"):
        assert (tmp_path / name).read_bytes() == (WEB / name).read_bytes(), name
