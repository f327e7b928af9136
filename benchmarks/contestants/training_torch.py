"""Training on PyTorch: pythae's VAE with its BaseTrainer, and the same model in a bare loop as the limit.

python training_torch.py KIND CONTESTANT STEPS EPOCHS      (see `training_jax`)
"""

import json
import logging
import sys
import tempfile

import problem
import torch
from problem import BATCH, FILTERS, HIDDEN, LATENTS, PIXELS, RATE, UNITS
from torch import nn


def make_layers(kind):
    """(encoder up to its last layer, size of that, decoder to the logits), of the same layers as the Keras networks."""
    torch.manual_seed(0)
    if kind == "dense":
        encoder = nn.Sequential(nn.Flatten(), nn.Linear(PIXELS, HIDDEN), nn.ReLU())
        decoder = nn.Sequential(nn.Linear(LATENTS, HIDDEN), nn.ReLU(), nn.Linear(HIDDEN, PIXELS))
        return encoder, HIDDEN, decoder
    few, many = FILTERS
    encoder = nn.Sequential(
        nn.Conv2d(1, few, 3, stride=2, padding=1),
        nn.ReLU(),
        nn.Conv2d(few, many, 3, stride=2, padding=1),
        nn.ReLU(),
        nn.Flatten(),
        nn.Linear(49 * many, UNITS),
        nn.ReLU(),
    )
    decoder = nn.Sequential(
        nn.Linear(LATENTS, UNITS),
        nn.ReLU(),
        nn.Linear(UNITS, 49 * many),
        nn.ReLU(),
        nn.Unflatten(1, (many, 7, 7)),
        nn.ConvTranspose2d(many, many, 3, stride=2, padding=1, output_padding=1),
        nn.ReLU(),
        nn.ConvTranspose2d(many, few, 3, stride=2, padding=1, output_padding=1),
        nn.ReLU(),
        nn.Conv2d(few, 1, 3, padding=1),
    )
    return encoder, UNITS, decoder


def bare(kind, x, epochs, watch):
    """A plain training loop that also computes what `fit` logs."""
    encoder, size, decoder = make_layers(kind)
    encoder.append(nn.Linear(size, 2 * LATENTS))
    optimizer = torch.optim.Adam([*encoder.parameters(), *decoder.parameters()], lr=RATE)
    for _ in range(epochs):
        watch.begin()
        sums = torch.zeros(3)
        order = torch.randperm(len(x))
        for start in range(0, len(x), BATCH):
            batch = x[order[start : start + BATCH]]
            mean, log_variance = encoder(batch).chunk(2, dim=-1)
            z = mean + torch.exp(log_variance / 2) * torch.randn_like(mean)
            cross_entropy = nn.functional.binary_cross_entropy_with_logits(decoder(z), batch, reduction="sum")
            reconstruction = cross_entropy / len(batch)
            kl = 0.5 * torch.sum(mean**2 + torch.exp(log_variance) - log_variance - 1, dim=1).mean()
            loss = reconstruction + kl
            optimizer.zero_grad()
            loss.backward()
            optimizer.step()
            sums += torch.stack([loss, reconstruction, kl]).detach()
        sums.tolist()
        watch.end()


def pythae(kind, x, epochs, watch):
    """pythae's own way: BaseDataset, BaseTrainer, its binary cross-entropy; otherwise its defaults."""
    import pythae.trainers.base_trainer.base_trainer as module
    from pythae.data.datasets import BaseDataset
    from pythae.models import VAE, VAEConfig
    from pythae.models.base.base_utils import ModelOutput
    from pythae.models.nn import BaseDecoder, BaseEncoder
    from pythae.trainers import BaseTrainer, BaseTrainerConfig
    from pythae.trainers.training_callbacks import TrainingCallback

    logging.disable(logging.WARNING)
    layers, size, logits = make_layers(kind)

    class Encoder(BaseEncoder):
        def __init__(self):
            super().__init__()
            self.layers, self.mean, self.log_variance = layers, nn.Linear(size, LATENTS), nn.Linear(size, LATENTS)

        def forward(self, x):
            hidden = self.layers(x)
            return ModelOutput(embedding=self.mean(hidden), log_covariance=self.log_variance(hidden))

    class Decoder(BaseDecoder):
        def __init__(self):
            super().__init__()
            self.layers = nn.Sequential(logits, nn.Sigmoid())

        def forward(self, z):
            return ModelOutput(reconstruction=self.layers(z))

    class Clock(TrainingCallback):
        def on_epoch_begin(self, training_config, **kwargs):
            watch.begin()

        def on_epoch_end(self, training_config, **kwargs):
            watch.end()

    with tempfile.TemporaryDirectory() as folder:
        config = BaseTrainerConfig(
            output_dir=folder,
            per_device_train_batch_size=BATCH,
            num_epochs=epochs,
            learning_rate=RATE,
            no_cuda=True,
        )
        model_config = VAEConfig(input_dim=tuple(x.shape[1:]), latent_dim=LATENTS, reconstruction_loss="bce")
        model = VAE(model_config, encoder=Encoder(), decoder=Decoder())
        # BaseTrainer adds a progress bar and prints, and has no option against it.
        module.ProgressBarCallback = module.MetricConsolePrinterCallback = TrainingCallback
        watch.begin()
        dataset = BaseDataset(x, torch.zeros(len(x)))
        BaseTrainer(model, dataset, training_config=config, callbacks=[Clock()]).train()


if __name__ == "__main__":
    kind, contestant, steps, epochs = sys.argv[1:]
    images = torch.from_numpy(problem.random_images(BATCH * int(steps), kind))
    if kind == "conv":
        images = images.reshape(-1, 1, 28, 28)
    watch = problem.Stopwatch()
    {"pythae": pythae, "bare": bare}[contestant](kind, images, int(epochs), watch)
    print(json.dumps(watch.seconds))
