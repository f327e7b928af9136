"""What the checks of several exercises use."""
