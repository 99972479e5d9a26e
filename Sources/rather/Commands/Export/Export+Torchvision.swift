extension Export {
  /// For `torchvision.models`.
  static let torchvision = """
    # Saves resnet50.pt2, and resnet50.json, its card. Change the two names for another model.
    import json


    def picture_input(transforms):
        # What weights.transforms() does to a picture, in the words of a card.
        size, resized = transforms.crop_size[0], transforms.resize_size[0]
        return {
            "height": size, "width": size, "channels": 3, "channelOrder": "rgb",
            "mean": list(transforms.mean), "std": list(transforms.std),
            "resize": "shorter-side", "crop": size / resized,
            "interpolation": transforms.interpolation.value,
        }


    def main():
        import torch, torchvision

        weights = torchvision.models.ResNet50_Weights.DEFAULT
        model = torchvision.models.resnet50(weights=weights).eval()
        card = {
            "task": "classification", "output": "logits",
            "labels": weights.meta["categories"],
            "input": picture_input(weights.transforms()),
            "layers": {"cluster": "layer4", "class": "layer3.5.relu"},
        }
        json.dump(card, open("resnet50.json", "w"), indent=2)

        size = card["input"]["height"]
        batch = torch.export.Dim("batch", min=1)
        program = torch.export.export(
            model, (torch.zeros(2, 3, size, size),), dynamic_shapes=({0: batch},))
        torch.export.save(program, "resnet50.pt2")


    if __name__ == "__main__":
        main()
    """
}
