"""What a notebook file may hold instead of a notebook, and what its author is told."""

import json

import pytest

from autoencoders_edu.course.notebooks import Unreadable, parse

NOTEBOOK = {"nbformat": 4, "nbformat_minor": 5, "metadata": {}, "cells": [{"cell_type": "code", "source": ["x = 'ü'"]}]}
TEXT = json.dumps(NOTEBOOK, indent=1, ensure_ascii=False)

READ = {
    "UTF-8": TEXT.encode(),
    "a byte-order mark": TEXT.encode("utf-8-sig"),
    "UTF-16, as PowerShell writes": TEXT.encode("utf-16"),
    "line ends of Windows": TEXT.replace("\n", "\r\n").encode(),
    "escapes": json.dumps(NOTEBOOK).encode(),
}


@pytest.mark.parametrize("data", READ.values(), ids=READ)
def test_a_notebook_is_read_however_it_is_encoded(data):
    assert parse(data) == NOTEBOOK


def conflict(line_end="\n"):
    lines = TEXT.split("\n")
    return line_end.join(
        [*lines[:3], "<<<<<<< HEAD", lines[3], "=======", lines[3], ">>>>>>> b7f3", *lines[4:]]
    ).encode()


REFUSED = {
    "conflict marks": (conflict(), "a merge left conflict markers in it, the first in line 4 (<<<<<<< HEAD)"),
    "conflict marks, Windows": (conflict("\r\n"), "the first in line 4 (<<<<<<< HEAD)"),
    "only the end of a conflict": (TEXT.encode() + b"\n>>>>>>> b7f3\n", "(>>>>>>> b7f3)"),
    "a conflict at the start": (b"<<<<<<< HEAD\n" + TEXT.encode(), "the first in line 1"),
    "a zip": (b"PK\x03\x04....", "This is a zip archive, not a notebook. Unzip it"),
    "a PDF": (b"%PDF-1.7", "This is a PDF, not a notebook"),
    "a web page": (b"\n<!DOCTYPE html><html>", "This is a web page, not a notebook. Download the notebook itself"),
    "a pointer": (b"version https://git-lfs.github.com/spec/v1\noid", "git lfs pull"),
    "nothing": (b"", "the file is empty"),
    "blank": (b" \n", "the file is empty"),
    "half": (TEXT.encode()[:40], "the file ends in the middle"),
    "a script": (b"x = 1", "it is not valid JSON"),
    "Latin-1": (TEXT.encode("latin-1"), "is not UTF-8 text. Open it in Jupyter"),
    "noise": (bytes(range(128, 256)), "is not UTF-8 text"),
    "another JSON": (b'{"a": 1}', "it has no list of cells"),
    "cells that are none": (b'{"cells": [{"cell_type": "code"}]}', "cell 1 has no type, no source"),
    "version 3": (b'{"nbformat": 3, "worksheets": []}', "in an old format. Open it in Jupyter"),
}


@pytest.mark.parametrize(("data", "words"), REFUSED.values(), ids=REFUSED)
def test_what_is_no_notebook_is_named_with_what_to_do(data, words):
    with pytest.raises(Unreadable) as caught:
        parse(data)
    assert words in str(caught.value)
    assert str(caught.value).startswith("This ")
    assert len(str(caught.value)) < 400
