extension Export {
  /// For `timm.create_model`.
  static let timm = """
    # Saves model.pt2, and model.json, its card. Change the name for another model.
    import json, math


    def picture_input(config):
        # What timm.data.create_transform(**config) does to a picture, in the words of a card.
        channels, height, width = config["input_size"]
        # timm rounds size / crop_pct down, a card to the nearest: the fraction that gives the same.
        fits = lambda crop: crop <= 1 and all(
            round(side / crop) == math.floor(side / config["crop_pct"]) for side in (height, width))
        crops = [side / math.floor(side / config["crop_pct"]) for side in (height, width)]
        crop = next(filter(fits, crops), None)
        if crop is None:
            raise SystemExit("a card has no fraction that resizes as crop_pct of this model does")
        modes = {None: "shorter-side", "center": "shorter-side", "squash": "squash", "border": "longer-side"}
        return {
            "height": height, "width": width, "channels": channels,
            "channelOrder": "rgb" if channels == 3 else "gray",
            "mean": list(config["mean"]), "std": list(config["std"]),
            "resize": modes[config["crop_mode"]], "crop": crop,
            "interpolation": config["interpolation"],
        }


    def main():
        import timm, torch

        model = timm.create_model("resnet50.a1_in1k", pretrained=True).eval()
        subset = timm.data.infer_imagenet_subset(model)
        names = timm.data.ImageNetInfo(subset).index_to_description if subset else "class {}".format
        card = {
            "task": "classification", "output": "logits",
            "labels": [names(i) for i in range(model.num_classes)],
            "input": picture_input(timm.data.resolve_data_config({}, model=model)),
        }
        json.dump(card, open("model.json", "w"), indent=2)

        shape = [card["input"][key] for key in ("channels", "height", "width")]
        batch = torch.export.Dim("batch", min=1)
        program = torch.export.export(
            model, (torch.zeros(2, *shape),), dynamic_shapes=({0: batch},))
        torch.export.save(program, "model.pt2")


    if __name__ == "__main__":
        main()
    """
}
