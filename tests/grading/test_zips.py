"""Zips are read like folders, within bounds, and nothing that a header claims leads anywhere else."""

import io
import stat
import struct
import time
import tracemalloc
import zipfile

import course
import pytest

from autoencoders_edu.grading.submission import Unreadable, choosing, find, zips

FIRST, SECOND = "01_reconstruction", "02_bottleneck"


@pytest.fixture(scope="module")
def notebook():
    return course.text(course.handed_out("01"))


@pytest.fixture
def zipped(put):
    """Function that writes a zip with these members, and gives its path."""

    def zipped(path, *members, **options):
        return put(path, packed(*members, **options))

    return zipped


def packed(*members, method=zipfile.ZIP_DEFLATED):
    """The bytes of a zip of (name or ZipInfo, content)."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", method) as archive:
        for name, content in members:
            archive.writestr(name, content, compress_type=method)
    return buffer.getvalue()


def entry(name, mode=0o100644, when=(2026, 11, 29, 10, 0, 0)):
    info = zipfile.ZipInfo(name, when)
    info.create_system, info.external_attr = 3, mode << 16
    return info


def only(path):
    (submission,) = find([path])
    return submission


def test_a_learners_zip_is_read_as_their_folder(zipped, notebook, tmp_path):
    zipped("class/ada.zip", ("hw/exercises.ipynb", notebook), ("__MACOSX/hw/._exercises.ipynb", "x"))
    ada = only(tmp_path / "class")
    assert (ada.student, ada.lesson, ada.problem) == ("ada", FIRST, "")
    assert ada.name == "ada.zip/hw/exercises.ipynb"
    assert [source for _, source in ada.read().cells]


def test_a_zip_in_a_learners_folder_is_opened_where_there_is_no_notebook(zipped, put, notebook, tmp_path):
    zipped("class/ada/work.zip", (f"lessons/{FIRST}/exercises.ipynb", notebook))
    assert only(tmp_path / "class").name == f"ada/work.zip/lessons/{FIRST}/exercises.ipynb"
    put("class/ada/exercises.ipynb", notebook)
    ada = only(tmp_path / "class")
    assert ada.name == "ada/exercises.ipynb"
    assert ada.notes == ("ada/work.zip was not opened, since there are notebooks beside it.",)


def test_a_learning_platforms_zip_is_read_as_a_class(zipped, notebook):
    inner = packed(("exercises.ipynb", notebook))
    path = zipped(
        "download.zip",
        ("Ada_123_assignsubmission_file_/exercises.ipynb", notebook),
        ("Bob_124_assignsubmission_file_/hw.zip", inner),
        ("carol_12345_678_exercises.ipynb", notebook),
    )
    found = find([path])
    names = [
        "Ada_123_assignsubmission_file_",
        "Bob_124_assignsubmission_file_",
        "carol_12345_678_exercises",
    ]
    assert [(s.student, s.lesson, s.problem) for s in found] == [(name, FIRST, "") for name in names]
    assert len({s.read().digest for s in found}) == 1


def test_a_zip_of_one_learner_has_the_zips_name(zipped, notebook):
    for members in ([("exercises.ipynb", notebook)], [(f"course-main/lessons/{FIRST}/exercises.ipynb", notebook)]):
        assert only(zipped("ada.zip", *members)).student == "ada"


def test_a_zip_of_many_lessons_is_one_learner(zipped, notebook):
    second = course.text(course.handed_out("02"))
    path = zipped("ada.zip", (f"{FIRST}/exercises.ipynb", notebook), (f"{SECOND}/exercises.ipynb", second))
    assert [(s.student, s.lesson) for s in find([path])] == [("ada", FIRST), ("ada", SECOND)]


def test_the_newest_counts_in_a_zip_as_well(zipped, notebook):
    newer = entry("new.ipynb", when=(2026, 11, 30, 0, 0, 0))
    path = zipped("class/ada.zip", (entry("a.ipynb"), notebook), (newer, notebook))
    assert only(path.parent).name == "ada.zip/new.ipynb"


def test_names_in_utf_8_without_a_word_about_it_are_read(put, notebook):
    """As macOS writes them."""
    data = packed(("xx_/exercises.ipynb", notebook)).replace(b"xx_/", "ü_/".encode())
    data += b""  # the same length: ü is two bytes
    assert only(put("class.zip", data)).name == "class.zip/ü_/exercises.ipynb"


def test_a_windows_zip_with_backslashes_is_read(zipped, notebook):
    path = zipped("ada.zip", ("hw\\exercises.ipynb", notebook))
    assert only(path).name == "ada.zip/hw/exercises.ipynb"
    assert only(path).read().cells


# Nothing leads out.

OUT = (
    "/etc/exercises.ipynb",
    "../exercises.ipynb",
    "a/../../exercises.ipynb",
    "C:/exercises.ipynb",
    "..\\exercises.ipynb",
)


@pytest.mark.parametrize("name", OUT)
def test_a_path_out_of_the_zip_is_refused(zipped, notebook, name):
    submission = only(zipped("ada.zip", (name, notebook)))
    assert submission.problem == "Its path leads out of the zip. Unzip it and submit the notebook inside."
    with pytest.raises(Unreadable):
        submission.read()


@pytest.mark.parametrize("name", ["exercises.ipynb", "lessons", FIRST])
def test_a_link_in_a_zip_is_refused(zipped, name, tmp_path):
    link = entry(name, mode=stat.S_IFLNK | 0o777)
    submission = only(zipped("class/ada.zip", (link, str(tmp_path / "secret.ipynb"))).parent)
    assert submission.problem.startswith(f"`ada.zip/{name}` is a symbolic link.")


def test_a_zip_that_is_a_link_is_refused(zipped, notebook, tmp_path):
    zipped("elsewhere.zip", ("exercises.ipynb", notebook))
    (tmp_path / "class").mkdir()
    (tmp_path / "class" / "ada.zip").symlink_to(tmp_path / "elsewhere.zip")
    assert "is a symbolic link" in only(tmp_path / "class").problem


# Bombs.


def zeros(size):
    return bytes(size)


def test_a_bomb_costs_no_more_than_a_notebook_may_have(zipped):
    path = zipped("ada.zip", ("exercises.ipynb", zeros(300 * 2**20)))
    tracemalloc.start()
    submission = only(path)
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert submission.problem == "This file is larger than 20 MiB, which is the most that is read."
    assert peak < 100 * 2**20


def test_a_bomb_that_claims_to_be_small_is_found_out(zipped, put):
    data = bytearray(packed(("exercises.ipynb", zeros(50 * 2**20))))
    data = data.replace(struct.pack("<I", 50 * 2**20), struct.pack("<I", 1000))
    submission = only(put("ada.zip", bytes(data)))
    assert "cannot be read" in submission.problem
    assert "Unzip it" in submission.problem


def test_zips_in_zips_end(zipped, notebook):
    data = packed(("exercises.ipynb", notebook))
    for _ in range(5):
        data = packed(("inner.zip", data))
    assert "holds no exercise notebook" in only(zipped("ada.zip", ("x.zip", data))).problem


def test_a_zip_that_holds_itself_ends(put, zipped):
    inner = packed(("a.zip", zeros(1000)))
    path = zipped("class/ada.zip", *((f"{n}.zip", inner) for n in range(50)))
    assert only(path.parent).problem


def test_an_endless_list_of_files_is_refused(put, monkeypatch):
    monkeypatch.setattr(zips, "MOST_MEMBERS", 10)
    path = put("ada.zip", packed(*((f"{n}.txt", "") for n in range(11))))
    assert "holds more than 10 files. Unzip it" in only(path).problem
    monkeypatch.setattr(zips, "MOST_LISTED", 200)
    assert "its list of files is too long. Unzip it" in only(path).problem


def test_the_list_of_files_is_not_read_if_it_claims_to_be_huge(put):
    """The archive is as long as its list claims to be: gigabytes of nothing."""
    small = packed(("exercises.ipynb", "{}"))
    end = small.rindex(b"PK\x05\x06")
    claimed = bytearray(small[end:])
    claimed[12:16] = struct.pack("<I", 500 * 2**20)
    path = put("ada.zip", b"")
    with open(path, "wb") as file:
        file.truncate(500 * 2**20 + 10)
        file.seek(0, 2)
        file.write(claimed)
    assert "its list of files is too long" in only(path).problem


@pytest.mark.parametrize(
    "name", [f"{FIRST}/" * 2000 + "x.ipynb", "-copy" * 13_000 + ".ipynb", " (1)" * 10_000 + ".ipynb"]
)
def test_a_path_that_is_absurdly_long_is_refused_at_once(zipped, notebook, name):
    path = zipped("class/ada.zip", (name, notebook), (f"b/{name}", notebook))
    begin = time.process_time()
    for each in (path, path.parent):
        assert only(each).problem.endswith("Its path is too long. Unzip it and submit the notebook inside.")
    assert time.process_time() - begin < 10, "linear in the name: far less than a second"


def test_very_many_notebooks_are_refused_at_once(zipped):
    path = zipped("class/ada.zip", *((f"{number}.ipynb", "{}") for number in range(5000)))
    begin = time.process_time()
    for each in (path, path.parent):
        assert "This zip holds more than 2000 notebooks. Unzip it." in only(each).problem
    assert time.process_time() - begin < 20, "linear in their number: a second"


def test_notebooks_of_one_learner_are_read_up_to_a_bound(zipped, monkeypatch):
    monkeypatch.setattr(choosing, "MOST_BYTES", 3000)
    path = zipped("class/ada.zip", *((f"{number}.ipynb", '{"cells": []}' + " " * 1000) for number in range(9)))
    ada = only(path.parent)
    assert "There are 9 notebooks of no lesson" in ada.notes[0]
    assert "the only one" not in ada.notes[0]
    monkeypatch.setattr(choosing, "MOST_BYTES", 0)
    ada = only(path.parent)
    assert "counts: it is the only one that can be read" in ada.notes[0]


@pytest.mark.parametrize("method", [zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA])
def test_methods_without_a_bound_are_refused(zipped, notebook, method):
    path = zipped("ada.zip", ("exercises.ipynb", notebook), method=method)
    assert "uses a compression method that is not read here. Unzip it" in only(path).problem


def test_an_encrypted_zip_is_refused(put, notebook):
    data = bytearray(packed(("exercises.ipynb", notebook)))
    data[6] |= 1
    data[data.index(b"PK\x01\x02") + 8] |= 1
    assert only(put("ada.zip", bytes(data))).problem == "The zip is encrypted. Unzip it and submit the notebook inside."


BROKEN = {
    "no zip": b"hello",
    "empty": b"",
    "cut off": packed(("exercises.ipynb", "{}"))[:-30],
    "only an end": b"PK\x05\x06" + bytes(18),
    "damaged": packed(("exercises.ipynb", "{}" * 50)).replace(b"PK\x03\x04", b"PK\x03\x05"),
}


def test_a_zip_without_a_notebook_is_somebodys_all_the_same(zipped):
    assert only(zipped("ada.zip", ("grades.csv", "x"))).problem == "It holds no notebooks."


@pytest.mark.parametrize("data", BROKEN.values(), ids=BROKEN)
def test_a_broken_zip_is_a_submission_with_a_problem(put, data, tmp_path):
    put("class/ada.zip", data)
    ada = only(tmp_path / "class")
    assert ada.student == "ada"
    assert ada.problem


def test_a_zip_with_the_name_of_a_notebook_is_named_as_what_it_is(put, notebook):
    path = put("ada.ipynb", packed(("exercises.ipynb", notebook)))
    assert only(path).problem == "This is a zip archive, not a notebook. Unzip it and use the notebook inside."


def test_one_broken_zip_costs_no_other_learner(zipped, put, notebook, tmp_path):
    put("class/ada.zip", b"hello")
    zipped("class/bob.zip", ("exercises.ipynb", notebook))
    assert [(s.student, bool(s.problem)) for s in find([tmp_path / "class"])] == [("ada", True), ("bob", False)]
