"""Takes the narrowest layer of each, by code."""

predict_rank = {
    layout: min(int(width) for width in layout.split("-"))
    for layout in ("64-16-256-16-64", "64-256-64", "64-32-8-32-64", "64-64-64", "64-20-12-6-64")
}
predict_rank["white noise through 64-16-256-16-64"] = predict_rank["64-16-256-16-64"] / 64
