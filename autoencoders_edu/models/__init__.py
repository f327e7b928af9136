"""The models: each file shows only how its model differs from its parent.

Autoencoder
|-- DenoisingAutoencoder      the input is corrupted, the target is not
|-- SparseAutoencoder         the code is penalised or cut off
`-- LatentVariableModel       encoder and decoder become q(z|x) and p(x|z)
    `-- VAE                   trained on the ELBO
        |-- BetaVAE           the KL is multiplied by beta
        |   `-- FreeBitsVAE   some KL per latent is free
        |-- AutoregressiveVAE each pixel is drawn given those before it
        `-- ConditionalVAE    everything is given a condition

The way of x from `fit` to a VAE's loss:

    autoencoder.py      fit
        training_data.py    validated, then handed to Keras in batches
        vae.py              call: q(z|x), z, p(x|z);  compute_loss: reconstruction + regularizer
            distributions.py    densities and draws
"""
