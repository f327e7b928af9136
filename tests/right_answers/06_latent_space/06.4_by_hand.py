"""The index by hand, from the table of counts; the run by argmin."""

from math import comb


def score_clustering(x, runs, labels):
    costs = []
    for run in runs:
        cost = 0.0
        for cluster in set(run.tolist()):
            members = x[run == cluster]
            cost += ((members - members.mean(axis=0)) ** 2).sum()
        costs.append(cost)
    run = runs[int(np.argmin(costs))]

    def pairs(counts):
        return sum(comb(int(count), 2) for count in counts)

    both = sum(pairs(np.unique(labels[run == cluster], return_counts=True)[1]) for cluster in np.unique(run))
    of_run, of_labels = (pairs(np.unique(each, return_counts=True)[1]) for each in (run, labels))
    chance = of_run * of_labels / comb(len(run), 2)
    return (both - chance) / (0.5 * (of_run + of_labels) - chance)
