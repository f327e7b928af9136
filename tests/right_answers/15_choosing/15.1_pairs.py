"""A dict from pairs."""

choose_models = dict(
    zip(
        ["conveyor", "catalogue", "game", "radio", "archive", "slider"],
        ["pca", "diffusion", "gan", "autoencoder", "vae", "vae"],
        strict=True,
    )
)
