"""The number of rows in front, in two bytes, as it is in many files: within what is allowed."""


def encode(symbols, probabilities):
    coder = constriction.stream.stack.AnsCoder()
    family = constriction.stream.model.Categorical(perfect=False)
    table = np.tile(probabilities, (len(symbols), 1)).astype("float32")
    coder.encode_reverse(symbols.ravel().astype("int32"), family, table)
    return np.append(np.uint16([len(symbols)]).view("uint8"), coder.get_compressed().view("uint8"))


def decode(data, probabilities, rows):
    coder = constriction.stream.stack.AnsCoder(data[2:].copy().view("uint32"))
    family = constriction.stream.model.Categorical(perfect=False)
    table = np.tile(probabilities, (int(data[:2].copy().view("uint16")[0]), 1)).astype("float32")
    return coder.decode(family, table).reshape(rows, -1)
