"""Image by image in plain Python, with the larger term taken out; a list is returned."""


def mixture_nats(log_likelihood, share, pixels):
    import math

    result = []
    for nats in log_likelihood:
        terms = []
        if share > 0:
            terms.append(math.log(share) + float(nats))
        if share < 1:
            terms.append(math.log(1 - share) - pixels * math.log(2))
        top = max(terms)
        result.append(top + math.log(sum(math.exp(term - top) for term in terms)))
    return result
