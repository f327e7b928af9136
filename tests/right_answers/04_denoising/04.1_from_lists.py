"""From the set-ups of each word."""

by_word = {
    "average": ["clean target", "second copy", "bright input"],
    "input": ["same copy", "no noise"],
    "brighter": ["bright copies"],
    "median": ["absolute"],
}
predict_outputs = {setup: word for word, setups in by_word.items() for setup in setups}
