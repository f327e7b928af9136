"""The models: each file shows only how its model differs from its parent.

Autoencoder
|-- DenoisingAutoencoder      the input is corrupted, the target is not
|-- SparseAutoencoder         the code is penalised or cut
`-- LatentVariableModel       encoder and decoder become q(z|x) and p(x|z)
    `-- VAE                   trained on the ELBO
        |-- BetaVAE           the KL weighed by beta
        |   `-- FreeBitsVAE   some KL of each latent for nothing
        |-- AutoregressiveVAE drawn pixel by pixel, each given those before it
        `-- ConditionalVAE    everything given a condition
"""
