"""Column by column with one model each, the last column first: the coder is a stack."""


def encode(symbols, probabilities):
    coder = constriction.stream.stack.AnsCoder()
    for column, p in zip(symbols.T[::-1], probabilities[::-1], strict=True):
        model = constriction.stream.model.Categorical(p, perfect=False)
        coder.encode_reverse(np.ascontiguousarray(column, dtype=np.int32), model)
    return coder.get_compressed().view(np.uint8)


def decode(data, probabilities, rows):
    coder = constriction.stream.stack.AnsCoder(np.array(data).view(np.uint32))
    columns = [coder.decode(constriction.stream.model.Categorical(p, perfect=False), rows) for p in probabilities]
    assert coder.is_empty()
    return np.stack(columns, axis=1)
