"""Writing a file: whole or not at all."""

import os

import pytest

from autoencoders_edu.course import files


def test_writing_replaces_the_whole_file(tmp_path):
    target = tmp_path / "file"
    target.write_text("a long text that was there before")
    files.save(target, "ä")
    assert target.read_text(encoding="utf-8") == "ä"


def test_writing_that_fails_leaves_the_old_file_and_no_other(tmp_path):
    target = tmp_path / "file"
    target.write_text("before")
    with pytest.raises(UnicodeEncodeError):
        files.save(target, "\ud800")
    assert target.read_text() == "before"
    assert os.listdir(tmp_path) == ["file"]


@pytest.mark.skipif(os.name == "nt", reason="Windows has other permissions")
def test_writing_keeps_the_files_permissions(tmp_path):
    target = tmp_path / "file"
    target.touch()
    target.chmod(0o640)
    files.save(target, "after")
    assert target.stat().st_mode & 0o777 == 0o640
