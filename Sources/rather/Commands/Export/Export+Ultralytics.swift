extension Export {
  /// For classifiers of `ultralytics.YOLO`.
  static let ultralytics = """
    # Saves yolo11n-cls.pt2, and yolo11n-cls.json, its card. Change the name for another model.
    import json


    def picture_input(transforms):
        # What Ultralytics' transforms do to a picture, in the words of a card.
        steps = {type(step).__name__: step for step in transforms.transforms}
        resize, cut, normal = (steps[name] for name in ("Resize", "CenterCrop", "Normalize"))
        height, width = (cut.size, cut.size) if isinstance(cut.size, int) else cut.size
        both = not isinstance(resize.size, int) and len(resize.size) == 2
        resized = resize.size if isinstance(resize.size, int) else resize.size[0]
        return {
            "height": height, "width": width, "channels": 3, "channelOrder": "rgb",
            "mean": [float(m) for m in normal.mean], "std": [float(s) for s in normal.std],
            "resize": "squash" if both else "shorter-side", "crop": height / resized,
            "interpolation": resize.interpolation.value,
        }


    def main():
        import torch
        from ultralytics import YOLO
        from ultralytics.data.augment import classify_transforms

        name = "yolo11n-cls"
        network = YOLO(name + ".pt").model.eval()
        transforms = getattr(network, "transforms", None) or classify_transforms(224)
        card = {
            "task": "classification", "output": "logits",
            "labels": [network.names[i] for i in range(len(network.names))],
            "input": picture_input(transforms),
        }
        json.dump(card, open(name + ".json", "w"), indent=2)

        class Logits(torch.nn.Module):
            def __init__(self):
                super().__init__()
                self.network = network

            def forward(self, pixels):
                return self.network(pixels)[1]  # probabilities come first

        shape = [card["input"][key] for key in ("channels", "height", "width")]
        batch = torch.export.Dim("batch", min=1)
        program = torch.export.export(
            Logits().eval(), (torch.zeros(2, *shape),), dynamic_shapes=({0: batch},))
        torch.export.save(program, name + ".pt2")


    if __name__ == "__main__":
        main()
    """
}
