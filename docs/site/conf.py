"""How Sphinx turns the lessons, exercises, guides and docstrings into pages; `build.py` lays out their sources."""

import json
import re

import autoencoders_edu

project = "Autoencoders"
author = "The autoencoders_edu authors"
copyright = "the autoencoders_edu authors. Text and figures CC BY 4.0, code Apache 2.0"
version = release = autoencoders_edu.__version__

extensions = ["myst_nb", "sphinx.ext.autodoc", "sphinx.ext.napoleon", "sphinx_copybutton"]
exclude_patterns = ["**/.ipynb_checkpoints", "**/LICENSE*", "lessons/*/*.py"]
nitpick_ignore_regex = [("py:.*", ".*")]  # types in docstrings are words, not names

nb_execution_mode = "off"  # pages show the outputs that the notebooks store
nb_merge_streams = True
myst_enable_extensions = ["dollarmath", "amsmath", "colon_fence", "attrs_inline"]
myst_heading_anchors = 4
suppress_warnings = ["mystnb.mime_priority"]

autodoc_member_order = "bysource"
autodoc_inherit_docstrings = False  # Keras documents its own methods
autodoc_typehints = "none"  # docstrings say it with shapes and units
napoleon_use_ivar = True
add_module_names = False

html_theme = "sphinx_book_theme"
html_title = "Autoencoders"
html_static_path = ["static"]
html_favicon = "static/icon.svg"
html_css_files = ["site.css"]
html_js_files = ["site.js"]
html_context = {"default_mode": "auto"}  # light or dark, as the reader's system has it
html_show_sourcelink = False
html_copy_source = False
mathjax_path = "mathjax/tex-svg.js"
copybutton_exclude = ".linenos, .gp, .go"
REPOSITORY = "https://github.com/autoencoders-edu/autoencoders_edu"
html_theme_options = {
    "repository_url": REPOSITORY,
    "repository_branch": "main",
    "path_to_docs": "",
    "use_repository_button": True,
    "launch_buttons": {
        "binderhub_url": "https://mybinder.org",
        "colab_url": "https://colab.research.google.com",
        "notebook_interface": "jupyterlab",
    },
    "navbar_persistent": [],
    "show_toc_level": 2,
    "home_page_in_toc": True,
}

WIDGET = "application/vnd.jupyter.widget-view+json"
CODE = re.compile(r"(?<![`\w])`([^`]+)`(?!`)")
SECTION = re.compile(r"^(Args|Returns|Raises|Attributes|Example|Examples|Reference|References|Yields)\b.*:")


def prepare_notebook(app, docname, source):
    """Hands MyST-NB the alternative texts in outputs' metadata, and leaves out widgets, which need a kernel."""
    if not str(app.env.doc2path(docname)).endswith(".ipynb"):
        return
    notebook = json.loads(source[0])
    notebook["metadata"].pop("widgets", None)
    for cell in notebook["cells"]:
        if "outputs" not in cell:
            continue
        cell["outputs"] = [output for output in cell["outputs"] if WIDGET not in output.get("data", {})]
        for output in cell["outputs"]:
            if alt := output.get("metadata", {}).get("image/png", {}).get("alt"):
                cell["metadata"].setdefault("mystnb", {}).setdefault("image", {})["alt"] = alt
    source[0] = json.dumps(notebook)


def equations_as_written(app, what, name, obj, options, lines):
    """Makes each indented block outside the sections of a docstring a literal block: its equations keep their lines."""
    written, in_section = [], False
    for previous, line in zip(["", *lines], lines, strict=False):
        if line and not line.startswith(" "):
            in_section = bool(SECTION.match(line))
        literal = line.startswith("    ") and not in_section
        if literal and not previous.strip():
            written += ["::", ""]
        written.append(line if literal else CODE.sub(r"``\1``", line.replace("|", "\\|")))
    lines[:] = written


def setup(app):
    app.connect("source-read", prepare_notebook)
    app.connect("autodoc-process-docstring", equations_as_written, priority=100)  # before Napoleon
