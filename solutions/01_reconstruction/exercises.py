# ---
# jupyter:
#   jupytext:
#     cell_metadata_filter: tags,nbgrader
#     formats: ipynb,py:percent
#     text_representation:
#       extension: .py
#       format_name: percent
#   kernelspec:
#     display_name: Python 3
#     language: python
#     name: python3
# ---

# %% [markdown]
# # Exercises 1. Copying through a bottleneck

# %% nbgrader={"grade": false, "grade_id": "setup", "locked": true, "schema_version": 3, "solution": false, "task": false}
import autoencoders_edu as ae
import numpy as np
from autoencoders_edu.exercises import check, hint, solution

# %% [markdown]
# ## 01.2 The reconstruction loss by hand

# %% nbgrader={"grade": false, "grade_id": "reconstruction_loss", "locked": false, "schema_version": 3, "solution": true, "task": false}
def reconstruction_loss(x, reconstruction):
    """The mean squared error of each image: x and reconstruction (batch, height, width, channels) -> (batch,)."""
    ### BEGIN SOLUTION
    return np.mean((x - reconstruction) ** 2, axis=(1, 2, 3))
    ### END SOLUTION

# %% tags=["nbval-check-output"] nbgrader={"grade": true, "grade_id": "check_reconstruction_loss", "locked": true, "points": 2, "schema_version": 3, "solution": false, "task": false}
check("reconstruction_loss")
