"""Wrong answers to 14.3 encode that are a right answer but for a line or two."""


class words:
    """uint32."""

    MESSAGE = "These are words, four bytes each"
    EDIT = ('coder.get_compressed().view("uint8")', "coder.get_compressed()")


class words_cut:
    """astype."""

    MESSAGE = "one byte for each of the coder's words"
    EDIT = (
        ('.view("uint8")', '.astype("uint8")'),
        ('AnsCoder(data.view("uint32"))', 'AnsCoder(data.astype("uint32"))'),
    )


class bytes_object:
    """bytes."""

    MESSAGE = "You returned a bytes object"
    EDIT = (
        ('.view("uint8")', ".tobytes()"),
        ('data.view("uint32")', 'np.frombuffer(data, "uint32")'),
    )


class signed_bytes:
    """int8."""

    MESSAGE = "of dtype int8"
    EDIT = ('.view("uint8")', '.view("int8")')


class repeat:
    """np.repeat for np.tile."""

    MESSAGE = "row by row and the table column by column"
    EDIT = (
        ("np.tile(probabilities, (len(symbols), 1))", "np.repeat(probabilities, len(symbols), axis=0)"),
        ("np.tile(probabilities, (rows, 1))", "np.repeat(probabilities, rows, axis=0)"),
    )


class first_model:
    """One model."""

    MESSAGE = "coded under the model of the first"
    EDIT = (
        ("np.tile(probabilities, (len(symbols), 1))", "np.tile(probabilities[0], (symbols.size, 1))"),
        ("np.tile(probabilities, (rows, 1))", "np.tile(probabilities[0], (rows * len(probabilities), 1))"),
    )


class mean_model:
    """The mean of the models."""

    MESSAGE = "under the mean of the models"
    EDIT = (
        ("np.tile(probabilities, (len(symbols), 1))", "np.tile(probabilities.mean(axis=0), (symbols.size, 1))"),
        ("np.tile(probabilities, (rows, 1))", "np.tile(probabilities.mean(axis=0), (rows * len(probabilities), 1))"),
    )


class uniform:
    """All symbols alike."""

    MESSAGE = "in which all symbols are equally probable"
    EDIT = (
        ("np.tile(probabilities, (len(symbols), 1))", "np.ones((symbols.size, probabilities.shape[1]))"),
        ("np.tile(probabilities, (rows, 1))", "np.ones((rows * len(probabilities), probabilities.shape[1]))"),
    )


class columns_then_rows:
    """Two orders of the message."""

    MESSAGE = "encode takes the symbols column by column"
    EDIT = ("symbols.ravel()", "symbols.T.ravel()")


class column_order:
    """Both column by column, with a table row by row."""

    MESSAGE = "row by row and the table column by column"
    EDIT = (
        ("symbols.ravel()", "symbols.T.ravel()"),
        (".reshape(rows, -1)", ".reshape(-1, rows).T"),
    )


class flat:
    """Not reshaped."""

    MESSAGE = "one long row. Reshape it"
    EDIT = (".reshape(rows, -1)", "")


class transposed:
    """(columns, rows)."""

    MESSAGE = "filled row by row. Reshape"
    EDIT = (".reshape(rows, -1)", ".reshape(-1, rows)")


class reversed:
    """A stack is thought to reverse."""

    MESSAGE = "in reverse order"
    EDIT = (".reshape(rows, -1)", "[::-1].reshape(rows, -1)")


class squeezed:
    """An axis is lost."""

    MESSAGE = "np.squeeze drops every axis of length 1"
    EDIT = (".reshape(rows, -1)", ".reshape(rows, -1).squeeze()")


class nothing_but_bits:
    """One byte per bit."""

    MESSAGE = "There is a byte in the file for each bit"
    EDIT = (
        ('return coder.get_compressed().view("uint8")', 'return np.unpackbits(coder.get_compressed().view("uint8"))'),
        ('data.view("uint32")', 'np.packbits(data).view("uint32")'),
    )


class one_coder:
    """One coder for all calls."""

    MESSAGE = "still holds what was encoded before"
    EDIT = (
        (
            "def encode(symbols, probabilities):",
            "coder_of_all = constriction.stream.stack.AnsCoder()\n\n\ndef encode(symbols, probabilities):",
        ),
        ("    coder = constriction.stream.stack.AnsCoder()\n", "    coder = coder_of_all\n"),
    )


class remembered:
    """The symbols are remembered."""

    MESSAGE = "of the file that was encoded last"
    EDIT = (
        (
            '    return coder.get_compressed().view("uint8")',
            '    global kept\n    kept = symbols\n    return coder.get_compressed().view("uint8")',
        ),
        (
            '    coder = constriction.stream.stack.AnsCoder(data.view("uint32"))',
            '    return kept\n    coder = constriction.stream.stack.AnsCoder(data.view("uint32"))',
        ),
    )


class remembered_by_bytes:
    """The symbols are remembered by the file's bytes."""

    MESSAGE = "come from somewhere else"
    EDIT = (
        ("def encode(symbols, probabilities):", "memory = {}\n\n\ndef encode(symbols, probabilities):"),
        (
            '    return coder.get_compressed().view("uint8")',
            ('    memory[coder.get_compressed().tobytes()] = symbols\n    return coder.get_compressed().view("uint8")'),
        ),
        (
            '    coder = constriction.stream.stack.AnsCoder(data.view("uint32"))',
            ('    return memory[data.tobytes()]\n    coder = constriction.stream.stack.AnsCoder(data.view("uint32"))'),
        ),
    )


class index_of_a_list:
    """The file is the place in a list."""

    MESSAGE = "whatever is in them"
    EDIT = (
        ("def encode(symbols, probabilities):", "memory = []\n\n\ndef encode(symbols, probabilities):"),
        (
            '    return coder.get_compressed().view("uint8")',
            "    memory.append(symbols)\n    return np.uint8([len(memory) - 1])",
        ),
        (
            '    coder = constriction.stream.stack.AnsCoder(data.view("uint32"))',
            ('    return memory[data[0]]\n    coder = constriction.stream.stack.AnsCoder(data.view("uint32"))'),
        ),
    )


class pickled_table:
    """The table travels, too."""

    MESSAGE = "The probabilities are in the file"
    EDIT = (
        (
            '    return coder.get_compressed().view("uint8")',
            (
                '    return np.concatenate([coder.get_compressed().view("uint8"), '
                'np.asarray(probabilities, "float32").ravel().view("uint8")])'
            ),
        ),
        ('data.view("uint32")', 'data[: -4 * probabilities.size].copy().view("uint32")'),
    )


class first_column_last:
    """The columns' models reversed, on both sides."""

    MESSAGE = "The order of the columns is reversed"
    EDIT = (
        ("np.tile(probabilities, (len(symbols), 1))", "np.tile(probabilities[::-1], (len(symbols), 1))"),
        ("np.tile(probabilities, (rows, 1))", "np.tile(probabilities[::-1], (rows, 1))"),
    )


class one_too_much:
    """Off by one."""

    MESSAGE = "1 too much everywhere"
    EDIT = (".reshape(rows, -1)", ".reshape(rows, -1) + 1")


class symbol_by_symbol:
    """A loop over the symbols, first to last."""

    MESSAGE = "A file of one column comes back in reverse order"
    EDIT = (
        '    coder.encode_reverse(symbols.ravel().astype("int32"), family, table)',
        (
            "    for k, p in zip(symbols.ravel(), table, strict=True):\n        "
            'coder.encode_reverse(np.array([k], "int32"), family, p[None])'
        ),
    )


class first_column_first:
    """The columns are encoded in the order of decoding."""

    OF = "by_columns"
    MESSAGE = "Files of one column come back right"
    EDIT = (
        ("symbols.T[::-1], probabilities[::-1]", "symbols.T, probabilities"),
        ("    assert coder.is_empty()\n", ""),
    )


class repeat_in_decode:
    """Tables that differ."""

    MESSAGE = "Files of one column come back right"
    EDIT = ("np.tile(probabilities, (rows, 1))", "np.repeat(probabilities, rows, axis=0)")


class header:
    """The shape is in the file, as two long integers and one more."""

    MESSAGE = "longer than its code length: there is more in it"
    EDIT = (
        (
            '    return coder.get_compressed().view("uint8")',
            (
                '    return np.concatenate([np.int64([*symbols.shape, 0]).view("uint8"), '
                'coder.get_compressed().view("uint8")])'
            ),
        ),
        ('data.view("uint32")', 'data.view("uint32")[6:]'),
    )


class one_byte_per_symbol:
    """No coder at all."""

    MESSAGE = "come back 256 smaller"
    EDIT = (
        ('    return coder.get_compressed().view("uint8")', '    return symbols.astype("uint8").ravel()'),
        (
            '    coder = constriction.stream.stack.AnsCoder(data.view("uint32"))',
            "    return data.reshape(rows, -1)\n    coder = None",
        ),
    )


class two_bytes_per_symbol:
    """No coder at all, and 300 symbols fit."""

    MESSAGE = "Each symbol takes 2 bytes"
    EDIT = (
        (
            '    return coder.get_compressed().view("uint8")',
            '    return symbols.astype("uint16").ravel().view("uint8")',
        ),
        (
            '    coder = constriction.stream.stack.AnsCoder(data.view("uint32"))',
            '    return data.view("uint16").reshape(rows, -1)\n    coder = None',
        ),
    )


class general_compressor:
    """lzma."""

    MESSAGE = "made by a general compressor"
    EDIT = (
        (
            '    return coder.get_compressed().view("uint8")',
            ('    import lzma\n\n    return np.frombuffer(lzma.compress(symbols.astype("uint16").tobytes()), "uint8")'),
        ),
        (
            '    coder = constriction.stream.stack.AnsCoder(data.view("uint32"))',
            (
                "    import lzma\n\n    return np.frombuffer(lzma.decompress(data.tobytes()), "
                '"uint16").reshape(rows, -1)\n    coder = None'
            ),
        ),
    )


class rows_in_a_variable:
    """The number of rows is a global variable."""

    MESSAGE = "as many rows as the file had that was encoded last"
    EDIT = (
        (
            '    return coder.get_compressed().view("uint8")',
            '    global kept\n    kept = len(symbols)\n    return coder.get_compressed().view("uint8")',
        ),
        (
            '    coder = constriction.stream.stack.AnsCoder(data.view("uint32"))',
            '    rows = kept\n    coder = constriction.stream.stack.AnsCoder(data.view("uint32"))',
        ),
    )


class header_of_shape_and_model:
    """Ten bytes are in front, just too many."""

    MESSAGE = "longer than its code length: there is more in it"
    EDIT = (
        (
            'return coder.get_compressed().view("uint8")',
            "return np.append(np.uint16([*symbols.shape, *probabilities.shape, 0]), "
            'coder.get_compressed().view("uint16")).view("uint8")',
        ),
        ('data.view("uint32")', 'data[10:].copy().view("uint32")'),
    )


class no_int32:
    """The dtype of the message."""

    MESSAGE = "The coder takes arrays of one kind only"
    EDIT = ('.astype("int32")', "")


class astype_in_decode:
    """Bytes, one by one, as words."""

    MESSAGE = "The last of the words that the coder was given is 0"
    EDIT = ('AnsCoder(data.view("uint32"))', 'AnsCoder(np.append(data, 0).astype("uint32"))')


class table_not_tiled:
    """A row of the table for each column."""

    MESSAGE = "The table needs one row for each symbol"
    EDIT = (
        ("np.tile(probabilities, (len(symbols), 1))", "probabilities"),
        ("np.tile(probabilities, (rows, 1))", "probabilities"),
    )


class coder_of_the_notebook:
    """One coder for both functions, and decode reads no bytes."""

    MESSAGE = "still holds what was encoded before"
    EDIT = (
        (
            "def encode(symbols, probabilities):",
            "coder_of_all = constriction.stream.stack.AnsCoder()\n\n\ndef encode(symbols, probabilities):",
        ),
        ("    coder = constriction.stream.stack.AnsCoder()\n", "    coder = coder_of_all\n"),
        ('constriction.stream.stack.AnsCoder(data.view("uint32"))', "coder_of_all"),
    )
