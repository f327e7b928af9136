"""What learners read when their code raises: the cause, their own line, and what to do."""

import linecache
import re
import time

import numpy as np
import pytest

from autoencoders_edu._backend import keras
from autoencoders_edu.exercises.errors import MAX_TEXT, NOT_ATTEMPTED, RAISED, describe_error
from autoencoders_edu.exercises.expect import LearnerError, in_full
from autoencoders_edu.exercises.habits import HABITS, advice

ON_TENSORFLOW = pytest.mark.skipif(
    keras.backend.backend() != "tensorflow", reason="JAX words its errors in its own way"
)

MODEL = """
class Model(keras.Model):
    def __init__(self):
        super().__init__()
        self.layer = keras.layers.Dense(3)
    def call(self, x):
        return CALL
    def compute_loss(self, x=None, y=None, y_pred=None, sample_weight=None, training=True):
        return keras.ops.mean(LOSS)
"""


def described(code, call, filename="<cell>"):
    """What is told about the error of an expression, after this code has run as a cell."""
    linecache.cache[filename] = (len(code), None, code.splitlines(keepends=True), filename)
    namespace = {"np": np, "keras": keras}
    exec(compile(code, filename, "exec"), namespace)
    with pytest.raises(BaseException) as caught:  # noqa: PT011 (whatever it is)
        call(namespace)
    return describe_error(caught.value, namespace)


def of_training(call="self.layer(x)", loss="y_pred"):
    def train(namespace):
        model = namespace["Model"]()
        model.compile("sgd")
        model.fit(np.ones((4, 3), "float32"), verbose=0)

    return described(MODEL.replace("CALL", call).replace("LOSS", loss), train)


def of(expression):
    return described(f"def f(x):\n    return {expression}\n", lambda namespace: namespace["f"](np.ones((4, 3))))


@ON_TENSORFLOW
def test_a_layers_error_begins_with_its_cause():
    told = of_training("self.layer(x) + keras.ops.ones((5, 7))")
    assert re.match(
        r"Dimensions must be equal, but are 3 and 7 .*\(in Model\.call\(\)\)\nArguments", told["message"], re.S
    )
    assert "\x1b" not in told["message"]
    assert told["source"] == "return self.layer(x) + keras.ops.ones((5, 7))"


@ON_TENSORFLOW
def test_an_error_inside_a_graph_names_the_learners_line_and_no_file():
    z = "keras.ops.stop_gradient(y_pred)"  # the gradient's own operation has no line of the learner's
    loss = f"y_pred + keras.ops.sum(keras.ops.reshape({z}, (-1, 2)) + keras.ops.reshape({z}, (3, -1)))"
    told = of_training(loss=loss)
    assert told["message"] == "Incompatible shapes: [6,2] vs. [3,4]"
    assert told["source"] == f"return keras.ops.mean({loss})"
    assert told["line"] == 9


AUTOGRAPH = """in user code:

    File "/home/a/.venv/lib/python3.11/site-packages/keras/src/trainer.py", line 133, in step
        return self.distribute(data)
    File "<my cell>", line 7, in compute_loss
        raise ValueError("two\\nlines")

    ValueError: the first line

      and the second
"""


def test_a_traceback_in_a_message_is_reduced_to_the_cause_and_the_learners_line():
    linecache.cache["<my cell>"] = (0, None, ["\n"] * 6 + ["    raise ValueError(text)\n"], "<my cell>")
    told = describe_error(ValueError(AUTOGRAPH), {})
    assert told["message"] == "the first line\n  and the second"
    assert (told["line"], told["source"]) == (7, "raise ValueError(text)")


def test_a_message_names_no_folder_of_the_installation():
    told = describe_error(OSError("no file /home/a/.venv/lib/python3.11/site-packages/keras/src/x.py here"), {})
    assert told["message"] == "no file keras/src/x.py here"


def test_an_operations_name_is_left_out():
    wrapped = (
        "{{function_node __wrapped__Sub_device_/job:localhost/task:0}} Incompatible shapes: [1] vs. [2] [Op:Sub] name: "
    )
    assert describe_error(ValueError(wrapped), {})["message"] == "Incompatible shapes: [1] vs. [2]"


@pytest.mark.parametrize("text", ["x" * 10**6, "/" * 10**6, "\n" * 10**6, '  File "' * 10**5, " \n[[{{node " * 10**5])
def test_a_message_of_any_form_is_read_quickly(text):
    start = time.process_time()
    assert len(describe_error(ValueError(text), {})["message"]) <= MAX_TEXT
    assert time.process_time() - start < 1


@pytest.mark.parametrize("text", ["in two\n\n  paragraphs", "", 'File "x", line 3', "Op: [1]", "value\twith tabs"])
def test_a_message_without_wrapping_stays_as_it_is(text):
    assert describe_error(ValueError(text), {})["message"] == text.replace("\n\n", "\n")


def test_numpy_inside_a_model_is_no_stub():
    """TensorFlow raises a NotImplementedError there, and Keras takes TensorFlow's own links out of the traceback."""
    told = of_training(loss="np.exp(y_pred)")
    assert told["kind"] == RAISED
    assert "Use `keras.ops` instead" in told["hint"]


@ON_TENSORFLOW
def test_a_stub_called_in_a_graph_is_a_stub():
    assert of_training(loss="(_ for _ in ()).throw(NotImplementedError())")["kind"] == RAISED
    code = MODEL.replace("return keras.ops.mean(LOSS)", "raise NotImplementedError()").replace("CALL", "self.layer(x)")

    def train(namespace):
        model = namespace["Model"]()
        model.compile("sgd")
        model.fit(np.ones((4, 3), "float32"), verbose=0)

    assert described(code, train)["kind"] == NOT_ATTEMPTED


ADVISED = {
    "keras.backend.sum(x)": "keras.ops.sum",
    "keras.backend.random_uniform((3,))": "keras.random.uniform",
    "keras.backend.pow(x, 2)": "keras.ops.power",
    "keras.ops.pow(x, 2)": "NumPy's names",
    "K.sum(x)": "If `K` is meant",
    "torch.exp(x)": "PyTorch is not used here",
    "__import__('torchvision')": "PyTorch is not used here",
    "F.softmax(x)": "If `F` is meant",
    "keras.Input((3,)).numpy()": r"leave out `\.numpy",
    "x.numpy()": "NumPy array already",
    "np.exp(keras.Input((3,)))": "`keras.ops.exp` for `np.exp`",
    "keras.Variable(x).T": "keras.ops.transpose",
    "keras.Input((3,)).T": "keras.ops.transpose",
    "keras.Variable(x).size(0)": "keras.ops.shape",
    "x.size(0)": "without parentheses",
    "keras.Variable(x).view(-1)": "keras.ops.reshape",
    "x.view(-1)": "x.reshape",
    "x.pow(2)": r"x \*\* n",
    "x.detach()": "stop_gradient",
    "x.unsqueeze(0)": "expand_dims",
    "keras.Variable(x).exp()": "`keras.ops.exp",
    "x.sum(dim=1)": "`axis`",
    "np.mean(x, dim=1)": "`axis`",
    "x.sum(axis=1, keepdim=True)": "`keepdims`",
    "max(0, x)": "`maximum`",
    "x[:, 8]": "read sizes from `x.shape`",
    "x.reshape(-1, 64)": "read sizes from `x.shape`",
    "np.ones(3) + np.linalg.slogdet(np.eye(3))": "take the second",
    "x - np.ones(64)": "read sizes from `x.shape`",
}


@pytest.mark.parametrize(("expression", "words"), ADVISED.items(), ids=ADVISED)
def test_habits_get_a_hint(expression, words):
    assert re.search(words, of(expression)["hint"])


@pytest.mark.parametrize("loss", ["y_pred.numpy()", "np.exp(y_pred)", "y_pred if keras.ops.sum(y_pred) > 0 else 0"])
def test_habits_inside_a_model_get_a_hint(loss):
    assert "keras.ops" in of_training(loss=loss)["hint"]


JAX = {
    "LinearizeTracer has no attribute numpy": "leave out `.numpy()`",
    "'jaxlib._jax.ArrayImpl' object has no attribute 'numpy'": "convert_to_numpy",
    "DynamicJaxprTracer has no attribute unsqueeze": "expand_dims",
}


@pytest.mark.parametrize(("message", "words"), JAX.items(), ids=JAX)
def test_habits_get_a_hint_on_jax_too(message, words):
    assert words in advice("AttributeError", message, "")


@pytest.mark.parametrize("expression", ["1 / 0", "x.mispelt", "undefined", "[1][2]", "np.linalg.inv(x)", "np.no_such"])
def test_other_errors_get_no_hint(expression):
    assert "hint" not in of(expression)


def test_a_call_that_does_not_fit_the_function_gets_a_hint_only_if_the_check_made_it():
    code = "def f(x): return x\ndef g(x): return f(x, 1)"
    assert "keep its `def` line" in described(code, lambda namespace: namespace["f"](x=1, y=2))["hint"]
    assert "hint" not in described(code, lambda namespace: namespace["g"](1))


def test_a_class_returned_for_an_object_gets_a_hint():
    code = "def make():\n    class Tied:\n        def __init__(self): pass\n    return Tied"
    assert "Return an object of it: `Tied(...)`" in described(code, lambda namespace: namespace["make"]()(1))["hint"]


def test_every_habit_has_a_pattern_that_is_read_and_a_sentence_that_can_be_filled_in():
    for pattern, sentence in HABITS:
        groups = re.compile(pattern).groups
        assert sentence.endswith(".")
        assert max(map(int, re.findall(r"\\(\d)", sentence)), default=0) <= groups


def test_no_advice_for_nothing():
    assert advice("", "", "") == ""


def test_a_hint_is_a_note_below_the_learners_line():
    error = LearnerError({"type": "E", "message": "m", "line": 3, "source": "s", "hint": "Do this."})
    assert str(error) == "Your code raised E: m\n  line 3: s"
    assert in_full(error) == "Your code raised E: m\n  line 3: s\nDo this."


def test_an_error_without_a_hint_is_told_as_it_is():
    assert in_full(LearnerError({"type": "E", "message": "m"})) == "Your code raised E: m"
