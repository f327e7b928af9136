"""Wrong answers to 15.1 choose_models that are a right answer but for a line or two."""


class conveyor_best_score:
    """The highest average precision, whatever the time."""

    MESSAGE = '"conveyor": you chose "diffusion". It is outside the limits. It takes 900 ms'
    EDIT = ('"conveyor": "pca"', '"conveyor": "diffusion"')


class conveyor_autoencoder:
    """Anomalies are taken for the autoencoder's business."""

    MESSAGE = "It takes 0.4 ms to score a picture. How many ms has each of 5000"
    EDIT = ('"conveyor": "pca"', '"conveyor": "autoencoder"')


class catalogue_gan:
    """Diffusion is thought to be too slow for anything."""

    MESSAGE = '"catalogue": you chose "gan". It is within the limits, but'
    EDIT = ('"catalogue": "diffusion"', '"catalogue": "gan"')


class catalogue_vae:
    """A generative model, any of them."""

    MESSAGE = '"catalogue": you chose "vae". It is within the limits, but'
    EDIT = ('"catalogue": "diffusion"', '"catalogue": "vae"')


class game_diffusion:
    """The best pictures, whatever the time."""

    MESSAGE = "It takes 250 ms to draw a picture. How long is a tenth"
    EDIT = ('"game": "gan"', '"game": "diffusion"')


class game_vae:
    """Safe training is taken for the point."""

    MESSAGE = '"game": you chose "vae". It is within the limits, but'
    EDIT = ('"game": "gan"', '"game": "vae"')


class game_pca:
    """The fastest."""

    MESSAGE = "The sharpness of its pictures is 0.31, and 0.5 is the least."
    EDIT = ('"game": "gan"', '"game": "pca"')


class radio_diffusion:
    """The most dB."""

    MESSAGE = "Its code has 1024 numbers. How many fit into 64 bytes? It takes 250 ms to find a code"
    EDIT = ('"radio": "autoencoder"', '"radio": "diffusion"')


class radio_vae:
    """A code is a code."""

    MESSAGE = '"radio": you chose "vae". It is within the limits, but'
    EDIT = ('"radio": "autoencoder"', '"radio": "vae"')


class radio_gan:
    """A GAN has no encoder."""

    MESSAGE = '"radio": you chose "gan". It is outside the limits. It takes 40 ms to find a code'
    EDIT = ('"radio": "autoencoder"', '"radio": "gan"')


class archive_diffusion:
    """The fewest nats."""

    MESSAGE = "How many ms has each of ten million pictures in 5 hours?"
    EDIT = ('"archive": "vae"', '"archive": "diffusion"')


class archive_autoencoder:
    """An autoencoder's error is taken for a likelihood."""

    MESSAGE = '"archive": you chose "autoencoder". It has no number in the row "nats per image" (NaN), which decides.'
    EDIT = ('"archive": "vae"', '"archive": "autoencoder"')


class archive_gan:
    """Too slow, and no likelihood at all."""

    MESSAGE = (
        "It takes 40 ms to score a picture. How many ms has each of ten million pictures in 5 hours? It has no number "
        'in the row "nats per image" (NaN), which decides.'
    )
    EDIT = ('"archive": "vae"', '"archive": "gan"')


class archive_pca:
    """The fastest."""

    MESSAGE = '"archive": you chose "pca". It is within the limits, but'
    EDIT = ('"archive": "vae"', '"archive": "pca"')


class slider_autoencoder:
    """The best reconstruction."""

    MESSAGE = '"slider": you chose "autoencoder". It is within the limits, but'
    EDIT = ('"slider": "vae"', '"slider": "autoencoder"')


class slider_diffusion:
    """The most dB."""

    MESSAGE = "It takes 250 ms to find a code, and two are wanted within 100 ms. It takes 250 ms to decode"
    EDIT = ('"slider": "vae"', '"slider": "diffusion"')


class slider_gan:
    """A GAN draws well."""

    MESSAGE = '"slider": you chose "gan". It is within the limits, but'
    EDIT = ('"slider": "vae"', '"slider": "gan"')


class unknown_model:
    """A model that is not in the table."""

    MESSAGE = "should be one of 'pca', 'autoencoder'"
    EDIT = ('"game": "gan"', '"game": "flow"')


class capitals:
    """Another spelling."""

    MESSAGE = "should be one of 'pca', 'autoencoder'"
    EDIT = ('"archive": "vae"', '"archive": "VAE"')


class key_left_out:
    """A key is missing."""

    MESSAGE = "it lacks 'slider'"
    EDIT = (('    "slider": "vae",  # the autoencoder rebuilds better, but there are gaps between its codes\n'), "")


class two_wrong:
    """Two wrong choices, both of which are named."""

    MESSAGE = (
        '"game": you chose "diffusion". It is outside the limits. It takes 250 ms to draw a picture. How '
        "long is a tenth of 1/60 of a second?\n"
        '"radio": you chose "vae". It is within the limits, but another model within them has a '
        'larger "dB from the code".'
    )
    EDIT = (('"game": "gan"', '"game": "diffusion"'), ('"radio": "autoencoder"', '"radio": "vae"'))


class a_function:
    """The dict is returned by a function."""

    MESSAGE = "choose_models is a function. Set it to the dict itself"
    EDIT = (
        'choose_models = {\n    "conveyor": "pca",',
        'def choose_models():\n    return chosen\n\n\nchosen = {\n    "conveyor": "pca",',
    )
