"""Lets zennit and TorchRay be imported where torchvision is not; only their tables name its classes."""

import sys
import types

for name in ["torchvision", "torchvision.models", "torchvision.models.resnet", "torchvision.models.vgg"]:
    sys.modules.setdefault(name, types.ModuleType(name))
for name in ["Bottleneck", "BasicBlock", "ResNet", "VGG"]:
    for module in ["torchvision.models.resnet", "torchvision.models.vgg"]:
        if not hasattr(sys.modules[module], name):
            setattr(sys.modules[module], name, type(name, (), {}))
