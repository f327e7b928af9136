"""Checks of lesson 15, Autoencoder, GAN or diffusion?"""
