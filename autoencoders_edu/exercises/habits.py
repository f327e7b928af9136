"""Habits from Keras 2, PyTorch and NumPy that end in an error here, and what to write instead."""

import re

_METHODS = (
    "abs|acos|argmax|atan|clamp|clone|cos|cpu|cuda|detach|dim|exp|expand|float|item|log|log10|log2|mean|norm|numel"
)
_METHODS += (
    "|matmul|mul|permute|pow|relu|repeat|requires_grad_|sigmoid|sin|softmax|sqrt|square|squeeze|std|sum|tanh|to|type"
    "|unsqueeze|var"
)
_TENSOR = r"(?:ndarray|\w*Tensor|\w*Variable|\w*Tracer|ArrayImpl)'?(?: object)? has no attribute"  # JAX: without quotes
_REDUCING = (
    "sum|mean|max|min|prod|var|std|any|all|argmax|argmin|softmax|logsumexp|norm|concatenate|stack|squeeze|cumsum"
)

# A pattern, searched in "Type: message\nthe learner's line", and the sentence to add; \1 is the pattern's first group.
HABITS = (
    (r"keras\.(?:\w+\.)*backend' has no attribute 'random_(\w+)'", r"In Keras 3 it is `keras.random.\1`."),
    (r"keras\.(?:\w+\.)*backend' has no attribute 'pow'", "In Keras 3 it is `keras.ops.power`, or `x ** n`."),
    (
        r"keras\.(?:\w+\.)*backend' has no attribute '(\w+)'",
        r"`keras.backend` computes nothing in Keras 3; its functions are in `keras.ops`: try `keras.ops.\1`.",
    ),
    (
        r"module 'keras\.ops' has no attribute",
        "`keras.ops` goes by NumPy's names: `power`, `concatenate`, `expand_dims`.",
    ),
    (r"name 'K' is not defined", "If `K` is meant to be `keras.backend`: in Keras 3 its functions are in `keras.ops`."),
    (
        r"No module named 'torch|name 'torch' is not defined",
        "PyTorch is not used here. `keras.ops` has the same functions, mostly under NumPy's names.",
    ),
    (
        r"name '(F|nn)' is not defined",
        r"If `\1` is meant to be PyTorch's: it is not used here. See `keras.ops`, `keras.layers` and `keras.losses`.",
    ),
    (
        r"(?:SymbolicTensor|KerasTensor|Tracer)'?(?: object)? has no attribute '?numpy\b",
        "Inside a model, tensors have no values yet. Compute with `keras.ops` and leave out `.numpy()`.",
    ),
    (r"ndarray' object has no attribute 'numpy'", "It is a NumPy array already: leave out `.numpy()`."),
    (rf"{_TENSOR} '?numpy\b", "Write `keras.ops.convert_to_numpy(x)`, which every backend has."),
    (
        r"[Cc]annot convert a symbolic|KerasTensor is symbolic|TracerArrayConversionError|not 'SymbolicTensor'"
        r"|ConcretizationTypeError",
        "NumPy and `float` cannot read a tensor inside a model, and stop gradients. Use `keras.ops` instead: "
        "`keras.ops.exp` for `np.exp`.",
    ),
    (rf"{_TENSOR} '?T\b", "Write `keras.ops.transpose(x)`."),
    (rf"{_TENSOR} '?size\b", "Write `keras.ops.shape(x)`, or `x.shape` where the sizes are known."),
    (
        r"'int' object is not callable\n.*\.size\(",
        "In NumPy, `x.size` is a number, without parentheses; see `x.shape`.",
    ),
    (rf"{_TENSOR} '?(?:view|reshape)\b", "Write `keras.ops.reshape(x, shape)`."),
    (r"as a data type\n.*\.view\(", "NumPy's `view` is not PyTorch's: write `x.reshape(shape)`."),
    (rf"{_TENSOR} '?detach\b", "Write `keras.ops.stop_gradient(x)`."),
    (rf"{_TENSOR} '?unsqueeze\b", "Write `x[:, None]`, or `expand_dims` of NumPy or `keras.ops`."),
    (rf"{_TENSOR} '?pow\b", "Write `x ** n`."),
    (
        rf"{_TENSOR} '?({_METHODS})\b",
        r"Only PyTorch's tensors, or only NumPy's arrays, have such a method. Write a function: `np.\1(x)` for arrays, "
        r"`keras.ops.\1(x)` for tensors, if there is one of that name.",
    ),
    (
        rf"TypeError: _?(?:{_REDUCING})\(\) got an unexpected keyword argument 'dim'",
        "PyTorch's `dim` is `axis` in NumPy and Keras.",
    ),
    (
        rf"TypeError: _?(?:{_REDUCING})\(\) got an unexpected keyword argument 'keepdim'",
        "PyTorch's `keepdim` is `keepdims` in NumPy and Keras.",
    ),
    (
        r"truth value of an array|Using a symbolic `?tf\.Tensor`? as a Python `?bool|TracerBoolConversionError",
        "`if`, `and`, `max` and `min` decide once for the whole array. For each number, use `where`, `maximum` and "
        "`minimum` of NumPy or `keras.ops`.",
    ),
    (
        r"expected to be an? \w+ tensor but is an? \w+ tensor",
        'The dtypes differ: NumPy\'s numbers are float64 unless told otherwise. `keras.ops.cast(x, "float32")` helps.',
    ),
    (
        r"(?:ValueError|TypeError): .*\n.*\bslogdet\((?!.*(?:\[-?1\]|logabsdet))",
        "`np.linalg.slogdet` returns two things, the sign and the logarithm of the determinant: take the second, "
        "`np.linalg.slogdet(...)[1]`.",
    ),
    (
        r"out of bounds for axis|cannot reshape array of size|could not be broadcast|Incompatible shapes"
        r"|Dimensions must be equal",
        "Shapes do not fit together in this line: print them. The arrays have the order and the axes of the task, but "
        "their sizes vary: read sizes from `x.shape`.",
    ),
    (
        r"<locals>\.(\w+)\.__init__\(\) takes",
        r"Did you return the class `\1`? Return an object of it: `\1(...)`.",
    ),
    (
        r"TypeError: \w+\(\) (?:takes \d+ |missing \d+ |got an unexpected keyword).*\n$",
        "The function has to take the arguments of the stub: keep its `def` line as it was.",
    ),
)


def advice(type, message, source):
    """What to do about an error, in a sentence; "" if it comes from no habit that is known here.

    Args:
        type, message: of the exception.
        source: the learner's last line that the error passed through; "" if there is none.
    """
    text = f"{type}: {message}\n{source}"
    for pattern, sentence in HABITS:
        if found := re.search(pattern, text):
            return found.expand(sentence)
    return ""
