"""Trains a VAE on several hosts with JAX: start it on each of them.

    KERAS_BACKEND=jax python several_hosts.py COORDINATOR HOSTS NUMBER

COORDINATOR is an address of host 0, such as 10.0.0.5:1234; HOSTS is how many there are, and NUMBER is which one this
is, from 0. On one machine, in two terminals, to try it:

    KERAS_BACKEND=jax python several_hosts.py localhost:1234 2 0
    KERAS_BACKEND=jax python several_hosts.py localhost:1234 2 1
"""

import sys

import keras

import autoencoders_edu as ae

coordinator, hosts, number = sys.argv[1], int(sys.argv[2]), int(sys.argv[3])
keras.distribution.initialize(coordinator, hosts, number)  # before anything is computed
keras.distribution.set_distribution(keras.distribution.DataParallel(auto_shard_dataset=False))  # before any model
keras.utils.set_random_seed(0)  # the same on every host, so that all start with the same weights
images = ae.data.load("digits").x_train[:1200].round()
vae = ae.VAE(ae.networks.dense_encoder((8, 8, 1), 2 * 4), ae.networks.dense_decoder(4, (8, 8, 1)))
vae.compile("adam")
# Each host has its share of the images, and its share of each batch.
history = vae.fit(images[number::hosts], batch_size=120 // hosts, epochs=3, shuffle=False, verbose=0).history
devices = len(keras.distribution.list_devices())
print(f"host {number} of {hosts}, {devices} devices:", [round(loss, 3) for loss in history["loss"]])
vae.save(f"vae-{number}.keras")  # on every host: Keras gathers the weights from all of them
