"""The probe of names in this process: what a check gets of them, and what it is told when it gets nothing."""

import json
import linecache

import numpy as np
import pytest

from autoencoders_edu._backend import keras
from autoencoders_edu.exercises.expect import Failed, LearnerError, NotAttempted
from autoencoders_edu.exercises.probe import MOST_NUMBERS, Probe, _numbers, error_from, local_probe
from autoencoders_edu.exercises.wire import Reference, WireError, pack, unpack


def learner(code, filename="<cell>"):
    """A namespace in which this code has run, as a cell of a notebook."""
    lines = code.strip("\n").splitlines(keepends=True)
    linecache.cache[filename] = (len(code), None, lines, filename)
    namespace = {"np": np}
    exec(compile("".join(lines), filename, "exec"), namespace)
    return namespace


def probe(code, seed=0):
    return local_probe(learner(code), seed)


def test_call_returns_the_value():
    assert probe("def f(x, y=1): return x - y").call("f", 5, y=2) == 3


def test_call_passes_arrays_both_ways():
    x = np.arange(6.0).reshape(2, 3)
    np.testing.assert_array_equal(probe("def f(x): return x.T").call("f", x), x.T)


def test_call_takes_tensors_for_arrays():
    namespace = {"f": lambda x: keras.ops.convert_to_tensor(x) * 2}
    back = local_probe(namespace, 0).call("f", np.ones(3, "float32"))
    assert type(back) is np.ndarray
    assert back.tolist() == [2, 2, 2]


def test_get_returns_a_variable():
    assert probe("answer = {'negative': 1, 'doubled': [4.0]}").get("answer") == {"negative": 1, "doubled": [4.0]}


@pytest.mark.parametrize("answer", ["...", "{'negative': 1, 'doubled': ...}", "[1, (2, ...)]"])
def test_a_gap_that_nobody_filled_counts_as_not_attempted(answer):
    with pytest.raises(NotAttempted, match=r"still a `\.\.\.`"):
        probe(f"answer = {answer}").get("answer")


def test_inputs_come_from_the_seed():
    first, again, other = (probe("", seed).rng.normal() for seed in (1, 1, 2))
    assert first == again != other


def test_the_learner_cannot_change_the_checks_arrays():
    x = np.zeros(3)
    with pytest.raises(Failed):
        probe("def f(x): x += 1").call("f", x)
    assert x.sum() == 0


IN_PLACE = {
    "an array": ("def f(y, x):\n    x -= y\n    return x", (np.ones(3), np.zeros(3)), {}, "x"),
    "and ends without a return": ("def f(x):\n    x *= 2", (np.ones(3),), {}, "x"),
    "by name": ("def f(*, x):\n    x[0] = 7\n    return 1", (), {"x": np.zeros(3)}, "x"),
    "a list": ("def f(dims):\n    dims.sort()\n    return dims[0]", ([3, 2],), {}, "dims"),
    "an array in a list": ("def f(xs):\n    xs[0] += 1\n    return 1", ([np.zeros(3)],), {}, "xs"),
    "a dict": ("def f(table):\n    return table.pop('a')", ({"a": 1},), {}, "table"),
    "with what cannot be sent": ("def f(x):\n    x.append(f)\n    return 1", ([],), {}, "x"),
    "from nan": ("def f(x):\n    x[np.isnan(x)] = 0\n    return 1", (np.array([np.nan]),), {}, "x"),
}


@pytest.mark.parametrize(("code", "arguments", "options", "name"), IN_PLACE.values(), ids=IN_PLACE)
def test_arguments_changed_in_place_are_wrong_and_named(code, arguments, options, name):
    with pytest.raises(Failed, match=f"^`f` changes its argument `{name}` in place.*x = x - y"):
        probe(code).call("f", *arguments, **options)


def test_a_method_that_changes_its_arguments_is_named():
    code = "class Model:\n    def fit(self, x): x /= 255\nmodel = Model()"
    with pytest.raises(Failed, match=r"^`fit` changes its argument `x`"):
        probe(code).remote("model").call("fit", np.ones(3))


@pytest.mark.parametrize("arguments", ["*xs", "x, *xs"])
def test_an_argument_without_a_name_of_its_own_is_told_all_the_same(arguments):
    with pytest.raises(Failed, match=r"changes (its argument `xs`|what it is given) in place"):
        probe(f"def f({arguments}):\n    xs[-1][:] = 1\n    return 1").call("f", np.zeros(1), np.zeros(1), np.zeros(1))


@pytest.mark.parametrize(
    "body",
    ["x = x.copy(); x -= 1; return x", "global kept; kept = x; return x", "x = x - 1; return x", "return x.T"],
)
def test_arguments_that_are_kept_or_copied_are_not_changed(body):
    assert probe(f"def f(x): {body}").call("f", np.full((1, 2), np.nan)).size == 2


def test_a_function_that_returns_nothing_is_told_so():
    with pytest.raises(Failed, match="`f` returned None: is a `return` missing"):
        probe("def f(x): print(x)").call("f", 1)
    with pytest.raises(Failed, match="`f` returned None: is a `return` missing"):
        probe("def f(x): model = x").make("f", 1)


def test_a_variable_or_a_method_may_be_none():
    asked = probe("nothing = None\nclass Model:\n    def compile(self): pass\nmodel = Model()")
    assert asked.get("nothing") is None
    assert asked.remote("model").call("compile") is None


def test_the_check_never_receives_the_learners_own_array():
    namespace = {"x": np.arange(3)}
    assert local_probe(namespace, 0).get("x") is not namespace["x"]


COUNTER = """
class Counter:
    def __init__(self, start):
        self.count, self.name = start, "counter"
        self.inner = self
    def up(self, by=1):
        self.count += by
        return self.count
    def __call__(self):
        return "called"
counter = Counter(10)
"""


def test_make_keeps_the_object_and_asks_it_further():
    counter = probe(COUNTER).make("Counter", 3)
    assert [counter.call("up"), counter.call("up", by=2), counter.get("count")] == [4, 6, 6]


def test_remote_is_the_variables_own_object():
    namespace = learner(COUNTER)
    local_probe(namespace, 0).remote("counter").call("up")
    assert namespace["counter"].count == 11


def test_what_a_remotes_method_returns_may_stay_with_the_learner():
    code = "class Model:\n    def fit(self, epochs): return type('History', (), {'epochs': epochs})\nmodel = Model()"
    history = probe(code).remote("model").make("fit", epochs=3)
    assert history.get("epochs") == 3
    assert history.description == "model.fit(...)"


def test_a_remote_itself_can_be_called():
    assert probe(COUNTER).remote("counter").call("") == "called"


def test_attributes_may_be_dotted():
    counter = probe(COUNTER).remote("counter")
    assert counter.get("inner.inner.name") == "counter"
    assert counter.call("inner.up") == 11


def test_remotes_of_one_probe_are_told_apart():
    asked = probe(COUNTER)
    one, two = asked.make("Counter", 1), asked.make("Counter", 2)
    assert [two.get("count"), one.get("count")] == [2, 1]


def test_a_missing_attribute_is_an_error_that_names_it():
    with pytest.raises(LearnerError, match=r"AttributeError.*no attribute 'down'"):
        probe(COUNTER).remote("counter").call("down")


# Functions of the check's


def test_functions_may_be_arguments():
    assert probe("def f(g, x): return g(x) + g(2 * x)").call("f", lambda x: x**2, 3) == 45


def test_functions_may_be_named_arguments():
    assert probe("def f(*, g): return g()").call("f", g=lambda: 7) == 7


def test_a_function_gets_arrays_of_its_own():
    seen = []
    probe("def f(g):\n    x = np.zeros(3)\n    g(x)\n    x += 1\n    return x").call("f", seen.append)
    assert type(seen[0]) is np.ndarray
    assert seen[0].sum() == 0


def test_several_functions_are_told_apart():
    assert probe("def f(a, b): return a(1), b(1)").call("f", lambda x: x + 1, lambda x: x - 1) == (2, 0)


def test_functions_can_call_each_other_through_the_learner():
    asked = probe("def f(outer, inner): return outer(inner(1))")
    assert asked.call("f", lambda x: x * 10, lambda x: x + 1) == 20


@pytest.mark.parametrize("rubbish", ["object()", "print", "np.array([None])", "[1, [print]]"])
def test_rubbish_for_a_function_is_an_error_in_the_learners_line(rubbish):
    with pytest.raises(LearnerError, match="function that you were given does not take such arguments") as caught:
        probe(f"def f(g):\n    return g({rubbish})").call("f", lambda x: x)
    assert "line 2: return g(" in str(caught.value)


@pytest.mark.parametrize(
    "arguments", ["np.zeros((2, 3))", "'text'", "", "1, 2"], ids=["shape", "type", "too few", "too many"]
)
def test_arguments_that_a_function_cannot_take_are_an_error_in_the_learners_line(arguments):
    with pytest.raises(LearnerError, match="function that you were given could not work with these") as caught:
        probe(f"def f(g):\n    return g({arguments})").call("f", lambda x: np.linalg.inv(x))
    assert f"line 2: return g({arguments})" in str(caught.value)


def test_numbers_are_counted_for_all_calls_together():
    asked = probe("def f(): return np.zeros(10**6, bool)")
    for _ in range(MOST_NUMBERS // 10**6):
        asked.call("f")
    with pytest.raises(Failed, match="more than 5,000,000 numbers to one check"):
        asked.call("f")


@pytest.mark.parametrize(
    ("value", "numbers"),
    [
        (3, 1),
        (None, 1),
        ("x" * 8000, 1001),
        ([1, [2, 3]], 5),
        ({"a": np.zeros((2, 3)), "b": 1}, 10),
        (np.zeros((1000, 0)), 1000),
        (np.zeros(()), 1),
        (np.broadcast_to(False, (2**30, 2**30)), 2**60),
    ],
)
def test_every_kind_of_value_counts(value, numbers):
    assert _numbers(value) == numbers


def test_numbers_that_a_function_gets_are_counted_too():
    code = "def f(g):\n    for _ in range(6): g(np.zeros(10**6 - 10, bool))"
    with pytest.raises(LearnerError, match="more than 5,000,000 numbers"):
        probe(code).call("f", lambda x: 0)


def test_calls_of_a_function_are_counted():
    code = "def f(g):\n    while True: g()"
    with pytest.raises(LearnerError, match="more than 10,000 times"):
        probe(code).call("f", lambda: 0)


@pytest.mark.parametrize("shape", ["(1000, 1001)", "(10**7, 0)"])
def test_floods_do_not_reach_a_function(shape):
    with pytest.raises(LearnerError, match=r"could not work with these arguments: .* at most 1000000 numbers"):
        probe(f"def f(g): return g(np.zeros({shape}, bool))").call("f", lambda x: np.zeros((len(x), 64)))


def test_the_learner_may_catch_the_error_of_a_function():
    code = "def f(g):\n    try:\n        g('text')\n    except ValueError:\n        return 'caught'"
    assert probe(code).call("f", lambda x: x / 2) == "caught"


def test_a_function_that_returns_no_data_is_an_error():
    with pytest.raises(LearnerError, match="could not work"):
        probe("def f(g): return g()").call("f", lambda: object())


# What the learner's side finds out with code of its own


def test_gradients_are_those_of_the_weighted_sum():
    x, y, weights = np.array([1.0, 2.0]), np.array([3.0, 4.0]), np.array([1.0, 10.0])
    for_x, for_y = probe("def f(x, y): return x**2 * y").gradients("f", [x, y], weights)
    np.testing.assert_allclose(for_x, weights * 2 * x * y, rtol=1e-6)
    np.testing.assert_allclose(for_y, weights * x**2, rtol=1e-6)


def test_gradients_do_not_depend_on_names_that_the_notebook_replaces():
    code = """
def gradients(function, variables): return [np.full(v.shape, 7.0) for v in variables]
gradients_through = lambda name, inputs, weights: [np.full(np.shape(x), 7.0) for x in inputs]
def f(x): return 2 * x
"""
    assert probe(code).gradients("f", [np.ones(2)], 1.0)[0].tolist() == [2, 2]


def test_a_gradient_that_does_not_come_through_is_zero():
    assert probe("def f(x): return np.ones(2, 'float32')").gradients("f", [np.ones(2)], 1.0)[0].tolist() == [0, 0]


def test_gradients_of_what_is_missing_or_raises_end_as_a_call_does():
    with pytest.raises(NotAttempted, match="There is no `f` yet"):
        probe("").gradients("f", [1.0], 1.0)
    with pytest.raises(LearnerError, match="ZeroDivisionError: division by zero\n  line 2: y = 1 / 0"):
        probe("def f(x):\n    y = 1 / 0\n    return y").gradients("f", [1.0], 1.0)


def test_weights_are_keras_own_whatever_the_model_says():
    code = """
class Model(keras.Model):
    def __init__(self):
        super().__init__()
        self.layer = keras.layers.Dense(1, kernel_initializer="ones")
    def call(self, x): return self.layer(x)
    def get_weights(self): return []
    weights = trainable_weights = property(lambda self: [])
"""
    namespace = {"keras": keras}
    exec(code, namespace)
    model = local_probe(namespace, 0).make("Model")
    model.call("", np.zeros((1, 2), "float32"))
    kernel, bias = model.weights()
    assert (kernel.tolist(), bias.tolist()) == ([[1], [1]], [0])


def test_weights_of_what_is_no_layer_are_an_error():
    with pytest.raises(LearnerError, match="expected a Keras layer or model, received a Counter"):
        probe(COUNTER).remote("counter").weights()


def test_a_class_without_a_readable_name_is_an_object():
    assert probe(COUNTER).remote("counter").kind == "Counter"
    code = "class Meta(type):\n    __name__ = [1, 2]\nclass Odd(metaclass=Meta): pass\nodd = Odd()"
    assert probe(code).remote("odd").kind == "object"


# Nothing there yet


def test_a_missing_name_is_not_attempted():
    with pytest.raises(NotAttempted, match="There is no `f` yet") as caught:
        probe("").call("f")
    assert caught.value.missing == "f"


def test_a_missing_variable_is_not_attempted():
    with pytest.raises(NotAttempted, match="There is no `x` yet"):
        probe("").get("x")


def test_names_of_python_itself_are_missing_too():
    with pytest.raises(NotAttempted):
        probe("").call("len", [1])


def test_a_stub_is_not_attempted():
    with pytest.raises(NotAttempted, match="still the stub") as caught:
        probe("def f(x):\n    raise NotImplementedError()").call("f", 1)
    assert caught.value.missing is None


STUB_LEFT = {
    "below an answer": "def f(x):\n    '''Doc.'''\n    y = 2 * x\n    raise NotImplementedError()",
    "above an answer": "def f(x):\n    raise NotImplementedError()\n    return 2 * x",
    "in a method": "class A:\n    def f(self, x):\n        y = 2 * x\n        raise NotImplementedError()\n\nf = A().f",
    "with text at the margin": "def f(x):\n    y = (\n2 * x)\n    raise NotImplementedError()\n\nz = 1",
}


@pytest.mark.parametrize("code", STUB_LEFT.values(), ids=STUB_LEFT)
def test_a_stubs_last_line_beside_an_answer_is_named(code):
    with pytest.raises(NotAttempted, match=r"^`f` still has the stub's line `raise NotImplementedError\(\)`"):
        probe(code).call("f", 1)


@pytest.mark.parametrize("text", ["", '    """What it does,\n\n    and how.\n    """\n', "    # YOUR CODE HERE\n"])
def test_a_stub_with_its_words_is_still_the_stub(text):
    with pytest.raises(NotAttempted, match="still the stub"):
        probe(f"x = 1\n\ndef f(x):\n{text}    raise NotImplementedError()\n\ny = 2").call("f", 1)


def test_a_stub_without_its_source_is_still_the_stub():
    namespace = {}
    exec("def f(x):\n    y = 2 * x\n    raise NotImplementedError()", namespace)
    with pytest.raises(NotAttempted, match="still the stub"):
        local_probe(namespace, 0).call("f", 1)


def test_a_stub_that_another_answer_uses_is_not_attempted():
    with pytest.raises(NotAttempted, match="still the stub"):
        probe("def f(x):\n    raise NotImplementedError()\ndef g(x):\n    return f(x)").call("g", 1)


def test_a_stub_inside_a_keras_layer_is_not_attempted():
    code = "class Layer(Base):\n    def call(self, x):\n        raise NotImplementedError()"
    namespace = {"Base": keras.layers.Layer}
    exec(code, namespace)
    with pytest.raises(NotAttempted, match="still the stub"):
        local_probe(namespace, 0).make("Layer").call("", np.zeros((1, 2), "float32"))


def test_what_a_library_has_not_implemented_is_an_error():
    namespace = learner("def f(): return library()")
    namespace["library"] = learner("def library(): raise NotImplementedError('no such dtype')", "<library>")["library"]
    with pytest.raises(LearnerError, match="NotImplementedError: no such dtype\n  line 1: def f"):
        local_probe(namespace, 0).call("f")


# Errors


def test_an_error_names_type_message_line_and_source():
    with pytest.raises(LearnerError) as caught:
        probe("def f(x):\n    y = x + 1\n    return y / 0").call("f", 1)
    assert str(caught.value) == "Your code raised ZeroDivisionError: division by zero\n  line 3: return y / 0"


def test_an_error_in_a_library_names_the_learners_last_line():
    with pytest.raises(LearnerError) as caught:
        probe("def g(x):\n    return np.linalg.inv(x)\ndef f(x):\n    return g(x)").call("f", np.zeros(3))
    assert str(caught.value).endswith("line 2: return np.linalg.inv(x)")


def test_too_many_arguments_are_an_error_without_a_line():
    with pytest.raises(LearnerError, match=r"TypeError: f.* takes 0 positional arguments") as caught:
        probe("def f(): pass").call("f", 1)
    assert "line" not in caught.value.described


def test_calling_what_is_no_function_is_an_error():
    with pytest.raises(LearnerError, match="'int' object is not callable"):
        probe("f = 3").call("f")


@pytest.mark.parametrize("ending", ["SystemExit", "KeyboardInterrupt", "GeneratorExit", "BaseException"])
def test_code_that_ends_the_program_is_an_error_like_others(ending):
    with pytest.raises(LearnerError, match=f"Your code raised {ending}"):
        probe(f"def f():\n    raise {ending}()").call("f")


def test_recursion_without_an_end_is_an_error():
    with pytest.raises(LearnerError, match="RecursionError"):
        probe("def f(): return f()").call("f")


def test_a_syntax_error_at_run_time_names_its_own_line():
    with pytest.raises(LearnerError, match=r"SyntaxError.*\n.*line 2: x ="):
        probe("def f(): exec('\\nx =')").call("f")


@pytest.mark.parametrize("failing", ["raise ValueError", "return 3", "return self.nothing"])
def test_an_exception_that_cannot_say_what_it_is_still_counts(failing):
    code = f"class Mute(Exception):\n    def __str__(self):\n        {failing}\ndef f():\n    raise Mute()"
    with pytest.raises(LearnerError, match=r"Mute: \(no message\)"):
        probe(code).call("f")


def test_a_long_message_is_cut():
    with pytest.raises(LearnerError) as caught:
        probe("def f():\n    raise ValueError('x' * 10**6)").call("f")
    assert len(str(caught.value)) < 3000


def test_an_error_in_one_call_leaves_the_probe_usable():
    asked = probe("def f(x): return 1 / x")
    with pytest.raises(LearnerError):
        asked.call("f", 0)
    assert asked.call("f", 2) == 0.5


# What cannot be read, and what lies


@pytest.mark.parametrize(
    ("code", "names"),
    [
        ("def f(): return lambda: 1", "a function"),
        ("def f(): return object()", "a object"),
        ("def f(): return [1, {'a': print}]", "a builtin_function_or_method"),
        ("def f(): return np.array([b'a'])", r"a ndarray of dtype \|S1"),
        ("def f(): return (i for i in ())", "a generator"),
        ("def f():\n    x = []\n    x.append(x)\n    return x", "lists that are nested too deeply"),
    ],
)
def test_an_answer_that_cannot_be_read_is_wrong_and_named(code, names):
    with pytest.raises(Failed, match=f"Your code returned {names}"):
        probe(code).call("f")


def test_an_answer_that_is_too_large_is_wrong():
    with pytest.raises(Failed, match="at most 64 MiB are read"):
        probe("def f(): return np.broadcast_to(0.0, (10**6, 10**6))").call("f")


LIARS = """
class Always:
    def __eq__(self, other): return True
    __lt__ = __gt__ = __le__ = __ge__ = __ne__ = __eq__
    __hash__ = None
    def __bool__(self): return True
class Array(np.ndarray):
    def __eq__(self, other): return np.ones(self.shape, bool)
    def __array_ufunc__(self, *_, **__): return 0.0
    def __array_function__(self, *_, **__): return True
class Number(float):
    def __eq__(self, other): return True
    def __sub__(self, other): return 0.0
class Text(str):
    def __eq__(self, other): return True
    __hash__ = str.__hash__
class Sequence(list):
    def __len__(self): return 4
class Whole(int):
    def __abs__(self): return 0
    def __eq__(self, other): return True
array, number, text = np.zeros(2).view(Array), Number(1.5), Text("a")
sequence, whole, always = Sequence([1]), Whole(3), Always()
class Changing:
    calls = 0
    def __array__(self, *_, **__):
        Changing.calls += 1
        return np.full(2, float(Changing.calls))
changing = Changing()
class Wrong:
    def __array__(self, *_, **__): return "an array"
wrong = Wrong()
class Leaving:
    def __array__(self, *_, **__): raise SystemExit
leaving = Leaving()
class Disguised:
    __class__ = float
disguised = Disguised()
"""


@pytest.mark.parametrize("name", ["array", "number", "text", "sequence", "whole"])
def test_subclasses_that_lie_arrive_as_what_they_are(name):
    assert type(probe(LIARS).get(name)) in (np.ndarray, float, str, list, int)


def test_a_number_that_equals_everything_arrives_as_its_value():
    number = probe(LIARS).get("number")
    assert number == 1.5
    assert number != 2


def test_a_list_that_lies_about_its_length_arrives_with_what_it_holds():
    assert len(probe(LIARS).get("sequence")) == 1


def test_an_array_that_changes_is_read_once():
    assert probe(LIARS).get("changing").tolist() == [1, 1]


@pytest.mark.parametrize("name", ["always", "wrong"])
def test_objects_that_lie_are_wrong_answers(name):
    with pytest.raises(Failed):
        probe(LIARS).get(name)


@pytest.mark.parametrize("name", ["leaving", "disguised"])
def test_objects_that_fail_when_they_are_read_are_errors(name):
    with pytest.raises(LearnerError):
        probe(LIARS).get(name)


# Replies of a process that says what it likes


def told(*replies):
    """A probe whose learner gives these replies, one after the other, whatever it is asked."""
    replies = list(replies)
    return Probe(lambda request: replies.pop(0), 0)


REPLIES = {
    "nothing": b"",
    "rubbish": b"rubbish",
    "None": pack(None),
    "a text": pack("passed"),
    "a list": pack([1]),
    "an empty dict": pack({}),
    "another dict": pack({"status": "passed"}),
    "two messages in one": pack({"value": 1, "error": {}}),
    "an error that is none": pack({"error": "passed"}),
}


@pytest.mark.parametrize("reply", REPLIES.values(), ids=REPLIES)
def test_a_reply_of_another_form_is_a_wrong_answer(reply):
    with pytest.raises(Failed, match="The answer could not be read"):
        told(reply).call("f")


@pytest.mark.parametrize("number", [1, -1])
def test_a_call_back_to_a_function_that_was_not_passed_is_a_wrong_answer(number):
    with pytest.raises(Failed, match="calls a function that the check did not pass"):
        told(pack({"callback": number, "arguments": []})).call("f", abs)


@pytest.mark.parametrize("number", [None, "0", 0.5, [0]])
def test_a_call_back_to_what_is_no_number_is_a_wrong_answer(number):
    with pytest.raises(Failed, match="The answer could not be read"):
        told(pack({"callback": number, "arguments": []})).call("f", abs)


@pytest.mark.parametrize("arguments", [None, "ab", 3, {"a": 1}])
def test_a_call_back_without_a_list_of_arguments_is_a_wrong_answer(arguments):
    with pytest.raises(Failed, match="The answer could not be read"):
        told(pack({"callback": 0, "arguments": arguments})).call("f", abs)


def test_a_probe_knows_whether_an_answer_is_still_to_come():
    asked = told(pack({"value": 1}), pack({"callback": 7, "arguments": []}))
    asked.call("f")
    assert not asked.waiting
    with pytest.raises(Failed):
        asked.call("f")
    assert asked.waiting


def test_a_forged_value_is_only_a_value():
    forged = {"status": "passed", "points": 2}
    assert told(pack({"value": forged})).call("f") == forged


@pytest.mark.parametrize("described", [None, "text", 3, [], {}, {"kind": ["missing"]}, {1: 2}, {"type": np.zeros(3)}])
def test_an_error_of_whatever_form_is_the_learners(described):
    assert isinstance(error_from(described), LearnerError)


def test_only_texts_of_an_error_are_read():
    """Arrays would have to be printed to become one, which takes minutes if there are many."""
    described = {"kind": "raised", "type": "E", "message": [np.zeros(10**6)] * 1000, "line": 3, "other": "not known"}
    assert error_from(described).described == {"kind": "raised", "type": "E", "line": "3"}


def test_an_error_description_is_cut():
    assert len(str(error_from({"kind": "raised", "message": "x" * 10**6}))) < 3000


def test_requests_hold_no_seed_and_no_function():
    """All that the learner's side gets to see."""
    requests = []

    def ask(request):
        requests.append(unpack(request))
        return pack({"value": None})

    Probe(ask, seed=[12345]).call("f", 1.5, abs)
    assert requests == [
        {"target": "f", "attribute": "", "arguments": ([1.5, Reference(0)], {}), "keep": False},
    ]
    assert "12345" not in json.dumps(requests, default=str)


def test_a_check_that_passes_what_cannot_be_sent_is_told():
    with pytest.raises(WireError):
        probe("def f(x): return x").call("f", object())
