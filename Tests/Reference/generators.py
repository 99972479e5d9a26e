"""Exports generators as docs/generators.md says; prints the sums of what they give.

generators.py FOLDER    writes my-vae.pt2, my-vae-encoder.pt2 and my-gan.pt2
"""

import os
import sys

import torch
from torch import nn


class VAE(nn.Module):
    def __init__(self):
        super().__init__()
        self.encoder = nn.Sequential(nn.Flatten(), nn.Linear(784, 64), nn.ReLU())
        self.mean = nn.Linear(64, 20)
        self.log_variance = nn.Linear(64, 20)
        self.decoder = nn.Sequential(
            nn.Linear(20, 64), nn.ReLU(), nn.Linear(64, 784), nn.Sigmoid(),
            nn.Unflatten(1, (1, 28, 28)))

    def encode(self, x):
        hidden = self.encoder(x)
        return self.mean(hidden), self.log_variance(hidden)


class Mean(torch.nn.Module):
    def __init__(self, vae):
        super().__init__()
        self.vae = vae

    def forward(self, pictures):
        mean, log_variance = self.vae.encode(pictures)
        return mean


torch.manual_seed(1)
vae = VAE()
dcgan = nn.Sequential(
    nn.ConvTranspose2d(100, 16, 7, bias=False), nn.BatchNorm2d(16), nn.ReLU(),
    nn.ConvTranspose2d(16, 8, 4, 2, 1, bias=False), nn.BatchNorm2d(8), nn.ReLU(),
    nn.ConvTranspose2d(8, 1, 4, 2, 1), nn.Tanh())
os.chdir(sys.argv[1])

batch = {0: torch.export.Dim("batch")}
codes, pictures = torch.zeros(2, 20), torch.zeros(2, 1, 28, 28)
decoder = torch.export.export(vae.decoder.eval(), (codes,), dynamic_shapes=(batch,))
torch.export.save(decoder, "my-vae.pt2")
encoder = torch.export.export(Mean(vae).eval(), (pictures,), dynamic_shapes=(batch,))
torch.export.save(encoder, "my-vae-encoder.pt2")

codes = torch.zeros(2, 100, 1, 1)
generator = torch.export.export(dcgan.eval(), (codes,), dynamic_shapes=(batch,))
torch.export.save(generator, "my-gan.pt2")

with torch.no_grad():
    print(vae.decoder(torch.ones(3, 20)).sum().item())
    print(vae.encode(torch.ones(3, 1, 28, 28))[0].sum().item())
    print(dcgan(torch.ones(3, 100, 1, 1)).sum().item())
