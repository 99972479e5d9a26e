import ArgumentParser

/// `rather export`: how a PyTorch model becomes a `.pt2` archive.
struct Export: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Prints the lines of Python that turn a PyTorch model into a .pt2 file and its "
      + "card.",
    discussion: "docs/models.md explains them.")

  @Argument(help: "Where the model comes from.")
  var library: Library = .torchvision

  /// Where a model comes from.
  enum Library: String, ExpressibleByArgument, CaseIterable {
    case torchvision
    case timm
  }

  func run() { Console.show(text: library == .timm ? Self.timm : Self.torchvision) }

  private static let torchvision = """
    # Saves resnet50.pt2, and resnet50.json, its card. Change the two names for another model.
    import json, torch, torchvision

    weights = torchvision.models.ResNet50_Weights.DEFAULT
    model = torchvision.models.resnet50(weights=weights).eval()

    t = weights.transforms()
    size, resize = t.crop_size[0], t.resize_size[0]
    batch = torch.export.Dim("batch", min=1)
    program = torch.export.export(
        model, (torch.zeros(2, 3, size, size),), dynamic_shapes=({0: batch},))
    torch.export.save(program, "resnet50.pt2")

    card = {
        "task": "classification", "output": "logits",
        "labels": weights.meta["categories"],
        "input": {
            "height": size, "width": size, "channels": 3, "channelOrder": "rgb",
            "mean": t.mean, "std": t.std, "resize": "shorter-side", "crop": size / resize,
        },
        "layers": {"cluster": "layer4", "class": "layer3.5.relu"},
    }
    json.dump(card, open("resnet50.json", "w"), indent=2)
    """

  private static let timm = """
    # Saves model.pt2, and model.json, its card. Change the name for another model.
    import json, timm, torch

    model = timm.create_model("resnet50.a1_in1k", pretrained=True).eval()

    config = timm.data.resolve_data_config({}, model=model)
    channels, height, width = config["input_size"]
    batch = torch.export.Dim("batch", min=1)
    program = torch.export.export(
        model, (torch.zeros(2, channels, height, width),), dynamic_shapes=({0: batch},))
    torch.export.save(program, "model.pt2")

    labels = timm.data.ImageNetInfo()
    card = {
        "task": "classification", "output": "logits",
        "labels": [labels.index_to_description(i) for i in range(model.num_classes)],
        "input": {
            "height": height, "width": width, "channels": channels, "channelOrder": "rgb",
            "mean": config["mean"], "std": config["std"],
            "resize": "squash" if config["crop_mode"] == "squash" else "shorter-side",
            "crop": config["crop_pct"],
        },
    }
    json.dump(card, open("model.json", "w"), indent=2)
    """
}
