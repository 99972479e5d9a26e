"""Exports a network whose first and last layer share their weights.

tied.py OUT.pt2
"""

import sys

import torch


class Tied(torch.nn.Module):
    def __init__(self):
        super().__init__()
        self.first, self.middle, self.last = (torch.nn.Linear(4, 4, bias=False) for _ in range(3))
        self.last.weight = self.first.weight

    def forward(self, x):
        return self.last(self.middle(self.first(x.flatten(1))))


torch.manual_seed(0)
batch = torch.export.Dim("batch")
program = torch.export.export(
    Tied().eval(), (torch.randn(2, 1, 2, 2),), dynamic_shapes=({0: batch},)
)
torch.export.save(program, sys.argv[1])
