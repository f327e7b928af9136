"""Whose a file is, and that nothing which was found is missing without a word."""

import io
import json
import os
import zipfile

import course
import pytest

from autoencoders_edu.course import curriculum
from autoencoders_edu.grading.submission import Search, Submission, Unreadable, find
from autoencoders_edu.grading.submission.leftovers import copies, is_leftover

FIRST, SECOND = (lesson.folder for lesson in curriculum.LESSONS[:2])


@pytest.fixture(scope="module")
def notebooks():
    return {number: course.text(course.handed_out(number)) for number in ("01", "02")}


def rows(*paths, **options):
    return [(s.student, s.name) for s in find(paths, **options)]


# Links: every file that is read for a learner lies in the learner's folder.


@pytest.mark.parametrize("target", ["other/lessons", "solutions", "../elsewhere"])
def test_lessons_that_are_a_link_are_refused_by_name(put, tmp_path, notebooks, target):
    for place in ("class/other/lessons", "class/solutions", "elsewhere"):
        put(f"{place}/{FIRST}/exercises.ipynb", notebooks["01"])
    (tmp_path / "class" / "mallory").mkdir()
    (tmp_path / "class" / "mallory" / "lessons").symlink_to(tmp_path / "class" / target)
    for paths in ([tmp_path / "class"], [tmp_path / "class" / "mallory"]):
        (mallory,) = [s for s in find(paths) if s.student == "mallory"]
        assert mallory.problem.startswith("`mallory/lessons` is a symbolic link.")
        assert str(tmp_path) not in mallory.problem


@pytest.mark.parametrize("link", [f"lessons/{FIRST}", FIRST, "exercises.ipynb", f"lessons/{FIRST}/exercises.ipynb"])
def test_a_link_anywhere_on_the_way_is_refused_with_the_points_of_its_lesson(put, tmp_path, notebooks, link):
    other = put(f"other/{FIRST}/exercises.ipynb", notebooks["01"])
    path = tmp_path / "class" / "mallory" / link
    path.parent.mkdir(parents=True)
    path.symlink_to(other if link.endswith(".ipynb") else other.parent)
    (mallory,) = find([tmp_path / "class"])
    assert "is a symbolic link" in mallory.problem
    assert mallory.lesson == (FIRST if FIRST in link else "")


@pytest.mark.parametrize("closed", ["ada", f"ada/{FIRST}"])
@pytest.mark.parametrize("named", [".", "ada"])
def test_a_folder_that_cannot_be_read_is_its_learners(put, tmp_path, notebooks, monkeypatch, closed, named):
    put(f"class/ada/{FIRST}/exercises.ipynb", notebooks["01"])
    put("class/zoe/exercises.ipynb", notebooks["01"])
    closed, listdir, scandir = tmp_path / "class" / closed, os.listdir, os.scandir

    def refuse(look):
        def looked(path="."):
            if str(path) == str(closed):
                raise PermissionError(13, "Permission denied", str(path))
            return look(path)

        return looked

    monkeypatch.setattr(os, "listdir", refuse(listdir))
    monkeypatch.setattr(os, "scandir", refuse(scandir))
    ada, *others = find([tmp_path / "class" / named])
    assert (ada.student, [s.problem for s in others]) == ("ada", [""] if named == "." else [])
    assert "cannot be read: Permission denied" in ada.problem
    assert ada.lesson == (FIRST if closed.name == FIRST else "")


@pytest.mark.parametrize("swapped", ["mallory", "mallory/lessons", f"mallory/lessons/{FIRST}"])
def test_a_folder_that_becomes_a_link_after_it_was_found_is_not_followed(put, tmp_path, notebooks, swapped):
    put(f"class/mallory/lessons/{FIRST}/exercises.ipynb", notebooks["01"])
    (mallory,) = find([tmp_path / "class"])
    mallory.read()
    os.rename(tmp_path / "class" / swapped, tmp_path / "theirs")
    (tmp_path / "class" / swapped).symlink_to(tmp_path / "theirs")
    with pytest.raises(Unreadable, match=r"This file cannot be read: (Not a directory|Too many levels)"):
        mallory.read()


# A class, or one learner.


def test_a_learner_called_lessons_is_one_of_the_class(put, tmp_path, notebooks):
    for learner in ("alice", "lessons", "zoe"):
        put(f"{learner}/exercises.ipynb", notebooks["01"])
    assert [student for student, _ in rows(tmp_path)] == ["alice", "lessons", "zoe"]


def test_what_may_be_a_checkout_as_well_as_a_class_is_not_graded(put, tmp_path, notebooks):
    for learner in ("alice", "lessons", "zoe"):
        put(f"{learner}/{FIRST}/exercises.ipynb", notebooks["01"])
    with pytest.raises(ValueError, match=r"could be one learner's copy of the course.*notebooks in alice, zoe as well"):
        find([tmp_path])


def test_loose_notebooks_beside_lessons_may_be_a_class_too(put, tmp_path, notebooks):
    put(f"lessons/{FIRST}/exercises.ipynb", notebooks["01"])
    put("alice.ipynb", notebooks["01"])
    with pytest.raises(ValueError, match=r"notebooks in alice\.ipynb as well"):
        find([tmp_path])


@pytest.mark.parametrize("mark", ["pyproject.toml", "autoencoders_edu/x.py", ".git/HEAD"])
def test_a_checkout_names_the_notebooks_that_it_holds_elsewhere(put, tmp_path, notebooks, mark):
    put(f"alice/{mark}", "x")
    put("alice/mine/try.ipynb")
    for name in (f"lessons/{FIRST}/exercises.ipynb", f"solutions/{FIRST}/exercises.ipynb"):
        put(f"alice/{name}", notebooks["01"])
    (alice,) = find([tmp_path / "alice"])
    assert alice.name == f"alice/lessons/{FIRST}/exercises.ipynb"
    assert alice.notes == ("Left out, since only the notebooks in `lessons` count: alice/mine/try.ipynb.",)


BESIDE_LESSONS = {
    "a notebook of any name": "bob/homework.ipynb",
    "a loose notebook": "bob.ipynb",
    "a zip": "bob.zip",
    "a zip in a folder": "bob/work.zip",
    "an archive": "bob/work.tar.gz",
    "a nearly notebook": "bob/exercises.ipynb.txt",
    "a closed file": "bob/notes.txt",
}


@pytest.mark.parametrize("name", BESIDE_LESSONS.values(), ids=BESIDE_LESSONS)
def test_whatever_somebody_handed_in_beside_lessons_may_be_a_class(put, tmp_path, notebooks, name):
    put(f"lessons/{FIRST}/exercises.ipynb", notebooks["01"])
    if name.endswith("notes.txt"):
        (tmp_path / "bob").mkdir()
        os.mkfifo(tmp_path / name)
    else:
        put(name, notebooks["01"])
    with pytest.raises(ValueError, match=r"notebooks in bob[.\w]* as well"):
        find([tmp_path])


@pytest.mark.parametrize(
    ("mark", "others", "copy"),
    [
        (".git/HEAD", ["bob"], False),
        ("pyproject.toml", ["bob"], False),
        ("autoencoders_edu/x.py", ["bob"], True),
        ("autoencoders_edu/x.py", ["bob", "carol"], False),
        ("autoencoders_edu", ["bob"], False),
    ],
)
def test_what_looks_like_a_copy_of_the_course_may_hold_others_submissions(put, tmp_path, notebooks, mark, others, copy):
    """Staff who keep a class's folder in a repository, and one of whose learners is called lessons."""
    for learner in ("lessons", *others):
        put(f"{learner}/{FIRST}/exercises.ipynb", notebooks["01"])
    put(mark, "x")
    if copy:
        (found,) = find([tmp_path])
        assert found.notes == (
            f"Left out, since only the notebooks in `lessons` count: {tmp_path.name}/bob/{FIRST}/exercises.ipynb.",
        )
    else:
        with pytest.raises(ValueError, match=f"notebooks in {', '.join(others)} as well"):
            find([tmp_path])


def test_what_lies_beside_lessons_and_is_nobodys_is_named(put, tmp_path, notebooks):
    for name in (f"ada/lessons/{FIRST}/exercises.ipynb", "ada/data/train-images.gz", "ada/notes/plan.txt"):
        put(name, notebooks["01"])
    search = Search([tmp_path / "ada"])
    assert [s.student for s in search.submissions] == ["ada"]
    assert search.left_out == ["data", "notes"]


def test_those_beside_a_class_that_is_sorted_by_lessons_are_there_too(put, tmp_path, notebooks):
    for name in (f"{FIRST}/alice/exercises.ipynb", f"{FIRST}/bob/exercises.ipynb", "carol.ipynb"):
        put(name, notebooks["01"])
    put("dave/report.pdf", "x")
    put("minutes.txt", "x")
    search = Search([tmp_path])
    assert sorted(s.student for s in search.submissions) == ["alice", "bob", "carol", "dave"]
    assert search.left_out == ["minutes.txt"]


def test_forty_learners_of_every_kind_are_forty_rows(put, tmp_path, notebooks):
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        archive.writestr("work/exercises.ipynb", notebooks["01"])
    kinds = {
        "{}/exercises.ipynb": notebooks["01"],
        f"{{}}/lessons/{FIRST}/exercises.ipynb": notebooks["01"],
        f"{{}}/{FIRST}/exercises.ipynb": notebooks["01"],
        "{}.ipynb": notebooks["01"],
        "{}.zip": buffer.getvalue(),
        "{}/upload.zip": buffer.getvalue(),
        "{}.rar": b"x",
        "{}/report.pdf": b"x",
    }
    learners = [f"learner {number:02}" for number in range(38)] + ["lessons", "zips"]
    for number, learner in enumerate(learners):
        name, content = list(kinds.items())[number % len(kinds) if learner != "lessons" else 0]
        put(f"class/{name.format(learner)}", content)
    assert sorted(student for student, _ in rows(tmp_path / "class")) == learners


# Several paths: nobody takes or loses a row because of what lies in somebody else's.


def test_a_folder_that_holds_another_learners_name_does_not_push_that_learner_out(put, tmp_path, notebooks):
    """As with `aedu grade class/*`: Mallory's folder is taken for a class's."""
    put("class/ada/exercises.ipynb", notebooks["01"])
    os.utime(tmp_path / "class" / "ada" / "exercises.ipynb", (0, 0))
    for name in ("ada", "bob"):
        put(f"class/mallory/{name}/exercises.ipynb", course.text(course.EMPTY))
    found = find(sorted((tmp_path / "class").iterdir()))
    assert [(s.student, s.name) for s in found] == [
        ("ada", "ada/exercises.ipynb"),
        ("mallory/ada", "ada/exercises.ipynb"),
        ("bob", "bob/exercises.ipynb"),
    ]


def test_learners_whose_folders_hold_a_folder_of_the_same_name_are_two(put, tmp_path, notebooks):
    paths = [put(f"class/{name}/src/exercises.ipynb", notebooks["01"]).parents[1] for name in ("ada", "bob")]
    assert [student for student, _ in rows(*paths)] == ["ada/src", "bob/src"]


def test_a_path_that_nobody_can_make_out_costs_no_other(put, tmp_path, notebooks):
    put("class/ada/exercises.ipynb", notebooks["01"])
    put(f"class/mallory/lessons/{FIRST}/exercises.ipynb", notebooks["01"])
    put("class/mallory/other.ipynb", notebooks["01"])
    ada, mallory = find(sorted((tmp_path / "class").iterdir()))
    assert (ada.student, ada.problem) == ("ada", "")
    assert mallory.student == "mallory"
    assert "could be one learner's copy of the course" in mallory.problem


# Hard links: a file with several names may be somebody else's.


@pytest.mark.parametrize("name", ["class/mallory/exercises.ipynb", f"class/mallory/lessons/{FIRST}/exercises.ipynb"])
def test_a_hard_link_is_refused_by_name(put, tmp_path, notebooks, name):
    secret = put("solutions/exercises.ipynb", notebooks["01"])
    (tmp_path / name).parent.mkdir(parents=True)
    os.link(secret, tmp_path / name)
    for path in (tmp_path / "class", tmp_path / "class" / "mallory", tmp_path / name):
        (mallory,) = find([path])
        assert "exercises.ipynb` file has several names (hard links)" in mallory.problem
        with pytest.raises(Unreadable):
            mallory.read()


def test_a_file_that_becomes_a_hard_link_after_it_was_found_is_not_read(put, tmp_path, notebooks):
    path = put("class/mallory/exercises.ipynb", notebooks["01"])
    (mallory,) = find([tmp_path / "class"])
    os.link(path, tmp_path / "elsewhere")
    with pytest.raises(Unreadable, match="hard links"):
        mallory.read()


def test_hard_links_to_what_is_no_notebook_do_not_matter(put, tmp_path, notebooks):
    put("class/ada/exercises.ipynb", notebooks["01"])
    os.link(put("data.csv", "x"), tmp_path / "class" / "ada" / "data.csv")
    (ada,) = find([tmp_path / "class"])
    assert (ada.problem, ada.notes) == ("", ())


@pytest.mark.parametrize("names", [("alice/exercises.ipynb", "bob/exercises.ipynb"), ("alice.ipynb", "bob.ipynb")])
def test_a_class_that_is_sorted_by_lessons_is_a_class(put, tmp_path, notebooks, names):
    for name in names:
        put(f"{FIRST}/{name}", notebooks["01"])
        put(f"{SECOND}/{name}", notebooks["02"])
    found = find([tmp_path])
    assert sorted((s.student, s.lesson) for s in found) == [
        ("alice", FIRST), ("alice", SECOND), ("bob", FIRST), ("bob", SECOND)
    ]  # fmt: skip


def test_leftovers_do_not_turn_a_learner_into_a_class(put, tmp_path, notebooks):
    for name in (f"{FIRST}/exercises.ipynb", f"__MACOSX/{FIRST}/exercises.ipynb", ".git/x", "notes/plan.txt"):
        put(f"alice/{name}", notebooks["01"])
    assert rows(tmp_path / "alice") == [("alice", f"alice/{FIRST}/exercises.ipynb")]


def test_a_folder_that_is_several_learners_is_not_taken_for_one(put, tmp_path, notebooks):
    for learner in "abcdefg":
        put(f"class/group-1/{learner}/exercises.ipynb", notebooks["01"])
    (group,) = find([tmp_path / "class"])
    assert "There are 7 notebooks of lesson 01" in group.problem
    assert "If this folder is a class's, name it on the command line" in group.problem
    assert len(find([tmp_path / "class" / "group-1"])) == 7


def test_the_folder_of_the_reports_is_nobodys(put, tmp_path, notebooks):
    put("alice/exercises.ipynb", notebooks["01"])
    put("grades/run.json", "{}")
    assert rows(tmp_path, ignored=tmp_path / "grades") == [("alice", "alice/exercises.ipynb")]


# One learner, whatever lies beside the notebook.

BESIDE = {
    "Finder": "._exercises.ipynb",
    "macOS": "__MACOSX/exercises.ipynb",
    "a copy by Jupyter": "exercises-Copy1.ipynb",
    "a copy of a copy": "exercises-Copy1-Copy2.ipynb",
    "a copy by Windows": "exercises - Copy (2).ipynb",
    "a copy by macOS": "exercises copy 2.ipynb",
    "a copy by Drive": "Copy of exercises.ipynb",
    "a second download": "exercises (1).ipynb",
    "Dropbox": "exercises (Ada's conflicted copy 2026-11-29).ipynb",
    "Syncthing": "exercises.sync-conflict-20261129-101112-ABCDEFG.ipynb",
    "checkpoints": ".ipynb_checkpoints/exercises-checkpoint.ipynb",
    "an editor": "exercises.ipynb~",
    "the lesson": "lesson.ipynb",
    "an empty one": "Untitled.ipynb",
    "another empty one": "Untitled3.ipynb",
    "a zip": "exercises.zip",
}


@pytest.mark.parametrize("name", BESIDE.values(), ids=BESIDE)
def test_there_is_one_row_whatever_lies_beside_the_notebook(put, tmp_path, notebooks, name):
    put("class/ada/exercises.ipynb", notebooks["01"])
    put(f"class/ada/{name}", course.EMPTY if "Untitled" in name else notebooks["01"])
    os.utime(tmp_path / "class" / "ada" / "exercises.ipynb", (0, 0))
    for path in ("class", "class/ada"):
        assert rows(tmp_path / path) == [("ada", "ada/exercises.ipynb")]


@pytest.mark.parametrize("name", BESIDE.values(), ids=BESIDE)
def test_there_is_one_row_where_the_path_is_known_to_be_one_learners(put, tmp_path, notebooks, name):
    """As on Gradescope, where the folder is called `submission`."""
    put("submission/exercises.ipynb", notebooks["01"])
    put(f"submission/{name}", course.EMPTY if "Untitled" in name else notebooks["01"])
    put("submission/backup/exercises.ipynb", notebooks["01"])
    os.utime(tmp_path / "submission" / "backup" / "exercises.ipynb", (0, 0))
    os.utime(tmp_path / "submission" / "exercises.ipynb", (10, 10))
    found = find([tmp_path / "submission"], lesson=curriculum.find("01"), one_learner=True)
    assert [s.name for s in found] == ["submission/exercises.ipynb"]


def test_loose_copies_are_their_originals_learners(put, tmp_path, notebooks):
    for name in ("ada.ipynb", "ada (1).ipynb", "ada-Copy1.ipynb"):
        put(name, notebooks["01"])
    (ada,) = find([tmp_path])
    assert ada.name == "ada.ipynb"
    assert "ada (1).ipynb was left out: by its name it is a copy of ada.ipynb." in ada.notes


def test_files_that_are_nobodys_are_named(put, tmp_path, notebooks):
    put("ada.ipynb", notebooks["01"])
    for name in ("Untitled.ipynb", "grades.csv", "essay.pdf", ".DS_Store"):
        put(name)
    search = Search([tmp_path])
    assert [s.student for s in search.submissions] == ["ada"]
    assert search.left_out == ["Untitled.ipynb", "essay.pdf", "grades.csv"]


@pytest.mark.parametrize(
    "name", ["a.ipynb~", "#a#", ".a", "~$a.docx", "Thumbs.db", "__pycache__", "@eaDir", "a.swp", "a.orig"]
)
def test_leftovers_are_known_by_their_names(name):
    assert is_leftover(name)


@pytest.mark.parametrize("name", ["exercises.ipynb", "copy.ipynb", "Ada Copyson.ipynb", "photocopy.ipynb", "#1"])
def test_names_that_merely_look_like_leftovers_are_kept(name):
    assert not is_leftover(name)
    assert copies([name, "Ada.ipynb", "photo.ipynb", ".ipynb"]) == {}


# What is no notebook is named, with what to do.

NEAR_MISSES = {
    "exercises.ipynb.txt": "ends in .ipynb, but this file is called exercises.ipynb.txt. Rename it",
    "exercises.ipynb.json": "ends in .ipynb, but this file is called exercises.ipynb.json. Rename it",
    "work.tar.gz": "work.tar.gz cannot be read, since it is not a zip. Unpack it",
    "work.rar": "work.rar cannot be read, since it is not a zip. Unpack it",
    "report.pdf": "There is only ada/report.pdf.",
}


@pytest.mark.parametrize(("name", "words"), NEAR_MISSES.items(), ids=NEAR_MISSES)
def test_a_folder_without_a_notebook_says_what_it_holds(put, tmp_path, name, words):
    put(f"class/ada/{name}", "x")
    (ada,) = find([tmp_path / "class"])
    assert (ada.student, ada.lesson) == ("ada", "")
    assert words in ada.problem


@pytest.mark.parametrize("name", ["ada.ipynb.txt", "ada.tar.gz", "ada.7z"])
def test_a_loose_file_that_is_nearly_a_notebook_is_somebodys(put, tmp_path, name):
    put(f"class/{name}", "x")
    (ada,) = find([tmp_path / "class"])
    assert ada.student == "ada"
    assert ada.problem


def test_the_suffix_may_be_in_capitals(put, tmp_path, notebooks):
    put("ada/EXERCISES.IPYNB", notebooks["01"])
    assert [s.problem for s in find([tmp_path])] == [""]


@pytest.mark.parametrize("name", ["Übung von Ada.ipynb", "my answers.ipynb", "01.ipynb"])
def test_a_notebook_may_have_any_name(put, tmp_path, notebooks, name):
    put(f"ada/{name}", notebooks["01"])
    (ada,) = find([tmp_path])
    assert (ada.student, ada.lesson, ada.problem) == ("ada", FIRST, "")


# Names.


def test_files_named_one_by_one_have_their_learners_names(put, notebooks):
    paths = [put(f"{learner}/{FIRST}/exercises.ipynb", notebooks["01"]) for learner in ("alice", "bob")]
    paths += [put(f"carol/lessons/{SECOND}/exercises.ipynb", notebooks["02"])]
    assert [student for student, _ in rows(*paths)] == ["alice", "bob", "carol"]


def test_lessons_of_one_learner_that_are_named_one_by_one_are_one_learners(put, notebooks):
    paths = [
        put(f"ada/{FIRST}/exercises.ipynb", notebooks["01"]),
        put(f"ada/{SECOND}/exercises.ipynb", notebooks["02"]),
    ]
    assert [(s.student, s.lesson) for s in find(paths)] == [("ada", FIRST), ("ada", SECOND)]
    assert [(s.student, s.lesson) for s in find([path.parent for path in paths])] == [("ada", FIRST), ("ada", SECOND)]


@pytest.mark.parametrize("name", ["work.ipynb", "hw/exercises.ipynb"])
def test_files_named_one_by_one_stay_apart_even_if_called_the_same(put, notebooks, name):
    paths = [put(f"{place}/{name}", notebooks["01"]) for place in ("one", "two")]
    stem = name.removesuffix(".ipynb").removesuffix("/exercises")
    assert [student for student, _ in rows(*paths)] == [f"one/{stem}", f"two/{stem}"]


def test_one_learner_in_two_folders_is_one(put, tmp_path, notebooks):
    put("first/ada/exercises.ipynb", notebooks["01"])
    put("second/ada/exercises.ipynb", notebooks["02"])
    found = find([tmp_path / "first", tmp_path / "second"])
    assert [(s.student, s.lesson) for s in found] == [("ada", FIRST), ("ada", SECOND)]


def test_names_of_files_do_not_depend_on_where_the_folder_lies(put, tmp_path, notebooks):
    for place in ("here", "over/there"):
        put(f"{place}/ada/{FIRST}/exercises.ipynb", notebooks["01"])
    here, there = (find([tmp_path / place])[0] for place in ("here", "over/there"))
    assert here.name == there.name == f"ada/{FIRST}/exercises.ipynb"


def test_a_name_with_dots_is_whole(put, tmp_path, notebooks):
    put("ada.lovelace/exercises.ipynb", notebooks["01"])
    put("john.doe.ipynb", notebooks["01"])
    assert [student for student, _ in rows(tmp_path)] == ["ada.lovelace", "john.doe"]


# Lessons.


def test_the_lesson_is_known_where_only_the_folder_tells(put, tmp_path):
    put(f"ada/{SECOND}/exercises.ipynb", json.dumps(course.EMPTY)[:-5])
    (ada,) = find([tmp_path])
    assert ada.lesson == SECOND
    assert "ends in the middle" in ada.problem


def test_the_lesson_is_known_by_the_names_that_the_code_defines(put, tmp_path):
    stripped = course.with_cells(course.solved("02"), lambda cells: [{**cell, "metadata": {}} for cell in cells])
    put("ada.ipynb", course.text(stripped))
    assert [s.lesson for s in find([tmp_path])] == [SECOND]


def test_notebooks_of_other_lessons_are_left_out_where_one_is_asked_for(put, tmp_path, notebooks):
    put(f"ada/lessons/{FIRST}/exercises.ipynb", notebooks["01"])
    put(f"ada/lessons/{SECOND}/exercises.ipynb", notebooks["02"])
    (ada,) = find([tmp_path / "ada"], lesson=curriculum.find("02"))
    assert (ada.lesson, ada.problem) == (SECOND, "")
    assert ada.notes == (f"ada/lessons/{FIRST}/exercises.ipynb was left out: it belongs to lesson 01.",)


def test_a_submission_reads_what_it_names(put, notebooks):
    path = put("ada.ipynb", notebooks["01"])
    assert Submission("ada", path).read().digest == find([path])[0].read().digest
