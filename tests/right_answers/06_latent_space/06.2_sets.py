"""Point by point, with sets of neighbours and a dict of ranks."""


def map_scores(x, plane, k):
    def ranks_from(i, points):
        order = sorted(set(range(len(points))) - {i}, key=lambda j: float(((points[i] - points[j]) ** 2).sum()))
        return {j: rank for rank, j in enumerate(order, start=1)}

    n = len(x)
    false_cost = lost_cost = 0
    for i in range(n):
        of_x, of_plane = ranks_from(i, x), ranks_from(i, plane)
        for j in of_x:
            if of_plane[j] <= k < of_x[j]:
                false_cost += of_x[j] - k
            elif of_x[j] <= k < of_plane[j]:
                lost_cost += of_plane[j] - k
    most = n * k * (2 * n - 3 * k - 1) / 2
    return 1 - false_cost / most, 1 - lost_cost / most
