"""The shape in front, in eight bytes: within what is allowed, whatever the coder adds of its own."""


def encode(symbols, probabilities):
    coder = constriction.stream.stack.AnsCoder()
    family = constriction.stream.model.Categorical(perfect=False)
    table = np.tile(probabilities, (len(symbols), 1)).astype("float32")
    coder.encode_reverse(symbols.ravel().astype("int32"), family, table)
    return np.append(np.uint32(symbols.shape), coder.get_compressed()).view("uint8")


def decode(data, probabilities, rows):
    words = data.view("uint32")
    coder = constriction.stream.stack.AnsCoder(words[2:].copy())
    table = np.tile(probabilities, (rows, 1)).astype("float32")
    return coder.decode(constriction.stream.model.Categorical(perfect=False), table).reshape(words[:2])
