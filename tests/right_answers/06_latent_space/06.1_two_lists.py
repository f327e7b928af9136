"""From two lists, of the maps with false neighbours and of those with lost ones."""

false_neighbours, lost_neighbours = {"folded", "shuffled"}, {"torn", "shuffled"}
predict_scores = {}
for map_name in ("turned", "folded", "torn", "moved apart", "shrunk", "shuffled"):
    word = "trustworthiness" if map_name in false_neighbours else "neither"
    if map_name in lost_neighbours:
        word = "both" if word != "neither" else "continuity"
    predict_scores[map_name] = word
