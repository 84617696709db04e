"""What another version of the compiler built is told apart from what somebody edited."""

from pathlib import Path

from speclang.engine.build import build
from speclang.engine.check import check

SPEC = 'feature desk "Help desk" {\n  PRO-1 prose "Voice" { text "Be brief." }\n}\n'


def test_text_of_another_version_is_told_as_such(tmp_path: Path) -> None:
    (tmp_path / "specs").mkdir()
    (tmp_path / "specc.toml").write_text("")
    spec = tmp_path / "specs" / "desk.spec"
    spec.write_text(SPEC)
    assert build(tmp_path).done
    lock = tmp_path / "generated" / "specc.lock"
    lock.write_text(lock.read_text().replace("0.1.0", "0.0.9"))
    spec.write_text(SPEC.replace("brief", "short"))
    found = {one.code.id for one in check(tmp_path).diagnostics}
    assert {"E0710", "E0701"} <= found
    assert "E0702" not in found
