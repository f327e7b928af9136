"""Loops, with the smallest so far."""


def fair_table(runs, validation, test, distance):
    table = {}
    for model in runs:
        best, smallest = None, float("inf")
        for setting in runs[model]:
            away = distance(validation, runs[model][setting][0])
            if away < smallest:
                best, smallest = setting, away
        found = []
        for samples in runs[model][best][1:]:
            found.append(distance(test, samples))
        mean = sum(found) / len(found)
        variance = sum((one - mean) ** 2 for one in found) / (len(found) - 1)
        table[model] = {"stddev": variance**0.5, "mean": mean, "setting": best}
    table["floor"] = distance(test, validation)
    return table
