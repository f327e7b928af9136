"""One direction after the other; dead rows are left out."""


def mean_max_cosine(learned, true):
    best = []
    for direction in true:
        found = -1.0
        for row in learned:
            length = np.sqrt(float(row @ row)) * np.sqrt(float(direction @ direction))
            if length > 0:
                found = max(found, float(row @ direction) / length)
        best.append(found)
    return sum(best) / len(best)
