"""Decided by a table like the notebook's."""

from autoencoders_edu.checks.lesson_15.e1_choose_models import MODELS, WORKSHOP

rows = pd.DataFrame(WORKSHOP, index=list(MODELS))


def best(within, row, sign):
    return (sign * rows.loc[within, row]).dropna().idxmax()


ms, code, draw = rows["ms to score a picture"], rows["ms to find a code"], rows["ms to draw a picture"]
choose_models = {
    "slider": best((2 * code <= 100) & (draw <= 1000 / 25), "distance halfway", -1),
    "archive": best(ms * 1e7 <= 5 * 3600 * 1000, "nats per image", -1),
    "radio": best((4 * rows["numbers in a code"] <= 64) & (code <= 1), "dB from the code", 1),
    "game": best((draw <= 1000 / 60 / 10) & (rows["sharpness"] >= 0.5), "distance of drawings", -1),
    "catalogue": best(2000 * draw <= 12 * 3600 * 1000, "distance of drawings", -1),
    "conveyor": best(5000 * ms <= 1000, "average precision", 1),
}
