"""A loop, squared distances, and a sorted list; returns NumPy's own booleans."""


def find_holes(z, train, held_out, share):
    def square(code):
        return min(float(np.dot(code - other, code - other)) for other in train)

    usual = sorted(square(code) for code in held_out)
    line = usual[int((1 - share) * (len(usual) - 1))]
    return np.array([square(code) > line for code in z], dtype=bool)
