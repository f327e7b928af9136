"""Parts that the checks of several exercises use."""
