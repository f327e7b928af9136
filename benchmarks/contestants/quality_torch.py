"""pythae's VAE and BetaVAE, and a reference written from the papers' equations in bare PyTorch.

python quality_torch.py pythae|bare ...      (see `quality_problem.train_all` for the rest)
"""

import logging
import sys
import tempfile

import torch
from quality_problem import ADAM, BATCH, BETAS, LATENTS, PIXELS, train_all
from torch import nn


def make_layers(weights):
    """The four dense layers with the given weights."""
    layers = []
    for kernel, bias in zip(weights[::2], weights[1::2], strict=True):
        layer = nn.Linear(*kernel.shape)
        with torch.no_grad():
            layer.weight.copy_(torch.from_numpy(kernel.T.copy()))
            layer.bias.copy_(torch.from_numpy(bias))
        layers.append(layer)
    return layers


def weights_of(layers):
    return [part for layer in layers for part in (layer.weight.detach().numpy().T, layer.bias.detach().numpy())]


def bare(x, name, seed, epochs, weights):
    """Eq. 10 of Kingma and Welling 2014 with one sample, the KL weighted by beta as in Eq. 4 of Higgins et al. 2017."""
    torch.manual_seed(seed)
    layers = make_layers(weights)
    parameters = [parameter for layer in layers for parameter in layer.parameters()]
    optimizer = torch.optim.Adam(parameters, lr=ADAM["rate"], eps=ADAM["epsilon"])
    x = torch.from_numpy(x)
    for _ in range(epochs):
        for rows in torch.randperm(len(x)).split(BATCH):
            batch = x[rows]
            mean, log_variance = layers[1](torch.relu(layers[0](batch))).chunk(2, dim=-1)
            z = mean + torch.exp(log_variance / 2) * torch.randn_like(mean)
            logits = layers[3](torch.relu(layers[2](z)))
            log_likelihood = (batch * logits - nn.functional.softplus(logits)).sum(dim=1)
            minus_kl = 0.5 * (1 + log_variance - mean**2 - log_variance.exp()).sum(dim=1)
            loss = -(log_likelihood + BETAS[name] * minus_kl).mean()
            optimizer.zero_grad()
            loss.backward()
            optimizer.step()
    return weights_of(layers)


def pythae(x, name, seed, epochs, weights):
    """pythae's models and BaseTrainer; its final weights, not those of its best epoch, for an equal budget."""
    from pythae.data.datasets import BaseDataset
    from pythae.models import VAE, BetaVAE, BetaVAEConfig, VAEConfig
    from pythae.models.base.base_utils import ModelOutput
    from pythae.models.nn import BaseDecoder, BaseEncoder
    from pythae.trainers import BaseTrainer, BaseTrainerConfig

    logging.disable(logging.WARNING)
    layers = make_layers(weights)

    class Encoder(BaseEncoder):
        def __init__(self):
            super().__init__()
            self.layers = nn.Sequential(layers[0], nn.ReLU(), layers[1])

        def forward(self, x):
            mean, log_variance = self.layers(x).chunk(2, dim=-1)
            return ModelOutput(embedding=mean, log_covariance=log_variance)

    class Decoder(BaseDecoder):
        def __init__(self):
            super().__init__()
            self.layers = nn.Sequential(layers[2], nn.ReLU(), layers[3], nn.Sigmoid())

        def forward(self, z):
            return ModelOutput(reconstruction=self.layers(z))

    settings = {"input_dim": (PIXELS,), "latent_dim": LATENTS, "reconstruction_loss": "bce"}
    if name == "VAE":
        model = VAE(VAEConfig(**settings), encoder=Encoder(), decoder=Decoder())
    else:
        model = BetaVAE(BetaVAEConfig(**settings, beta=BETAS[name]), encoder=Encoder(), decoder=Decoder())
    with tempfile.TemporaryDirectory() as folder:
        config = BaseTrainerConfig(
            output_dir=folder,
            per_device_train_batch_size=BATCH,
            num_epochs=epochs,
            learning_rate=ADAM["rate"],
            optimizer_params={"eps": ADAM["epsilon"]},
            seed=seed,
            no_cuda=True,
        )
        dataset = BaseDataset(torch.from_numpy(x), torch.zeros(len(x)))
        BaseTrainer(model, dataset, training_config=config).train()
    return weights_of(layers)


if __name__ == "__main__":
    train_all({"pythae": pythae, "bare": bare}[sys.argv[1]])
