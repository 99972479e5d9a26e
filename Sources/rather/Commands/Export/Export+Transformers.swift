extension Export {
  /// For `transformers.AutoModelForImageClassification`.
  static let transformers = """
    # Saves model.pt2, and model.json, its card. Change the name for another model.
    import json

    FILTERS = {0: "nearest", 1: "lanczos", 2: "bilinear", 3: "bicubic", 4: "box", 5: "hamming"}


    def picture_input(processor):
        # What an image processor does to a picture, in the words of a card.
        said = processor.to_dict()
        size, cut = said.get("size") or {}, said.get("crop_size") or {}
        edge, crop = size.get("shortest_edge"), 1
        height, width = size.get("height"), size.get("width")
        resize = "shorter-side" if edge else "squash"
        if edge and said.get("crop_pct"):  # ConvNeXT's way
            height = width = edge
            if edge < 384:
                crop = edge / int(edge / said["crop_pct"])
            else:
                resize = "squash"
        elif said.get("do_center_crop"):
            resized = edge or height
            height, width = cut["height"], cut["width"]
            crop = height / resized
        # x = (levels · rescale_factor − offset − mean) / std, where a card has levels / 255
        scale = 255 * said["rescale_factor"] if said.get("do_rescale", True) else 255
        normalized = said.get("do_normalize", True)
        mean = said["image_mean"] if normalized else [0, 0, 0]
        std = said["image_std"] if normalized else [1, 1, 1]
        if said.get("include_top"):  # EfficientNet's way
            std = [s * s for s in std]
        offset = 1 if said.get("rescale_offset") else 0
        found = {
            "height": height, "width": width, "channels": 3,
            "channelOrder": "bgr" if said.get("do_flip_channel_order") else "rgb",
            "mean": [(m + offset) / scale for m in mean], "std": [s / scale for s in std],
            "resize": resize, "crop": crop,
            "interpolation": FILTERS[int(said.get("resample", 2))], "convention": "floor",
        }
        check(processor, found)
        return found


    def check(processor, card):
        # Stops where the processor does something else than the card says: some have ways of their own.
        import numpy as np
        from PIL import Image

        noise = np.random.default_rng(0).integers(0, 256, (9, 12, 3), np.uint8)
        photo = Image.fromarray(noise).resize((1201, 903), Image.BICUBIC)
        height, width = card["height"], card["width"]
        if not height or not width or card["crop"] > 1:
            raise SystemExit("this processor gives pictures of no fixed size, or with borders")
        full = round(width / card["crop"]), round(height / card["crop"])
        if card["resize"] == "shorter-side":
            full = full[1] * photo.width // photo.height, full[1]
        resized = photo.resize(full, Image.Resampling[card["interpolation"].upper()])
        left, top = (full[0] - width) // 2, (full[1] - height) // 2
        pixels = np.asarray(resized.crop((left, top, left + width, top + height)))
        if card["channelOrder"] == "bgr":
            pixels = pixels[:, :, ::-1]
        own = np.asarray(processor(photo, return_tensors="np")["pixel_values"][0])
        if own.shape != (3, height, width):
            raise SystemExit(f"this processor gives pictures of {own.shape}, and the card says otherwise")
        levels = own.transpose(1, 2, 0) * card["std"] + card["mean"]
        difference = abs(levels - pixels / 255).max()
        if difference > 3 / 255:
            raise SystemExit(f"this processor does more than a card can say: pixels differ by {difference:.3f}")


    def main():
        import torch, transformers

        name = "google/vit-base-patch16-224"
        processor = transformers.AutoImageProcessor.from_pretrained(name)
        network = transformers.AutoModelForImageClassification.from_pretrained(name).eval()
        labels = network.config.id2label
        card = {
            "task": "classification", "output": "logits",
            "labels": [labels[i] for i in range(len(labels))],
            "input": picture_input(processor),
        }
        json.dump(card, open("model.json", "w"), indent=2)

        class Wrapper(torch.nn.Module):
            def __init__(self):
                super().__init__()
                self.network = network

            def forward(self, pixels):
                return self.network(pixel_values=pixels).logits

        shape = [card["input"][key] for key in ("channels", "height", "width")]
        batch = torch.export.Dim("batch", min=1)
        program = torch.export.export(
            Wrapper().eval(), (torch.zeros(2, *shape),), dynamic_shapes=({0: batch},))
        torch.export.save(program, "model.pt2")


    if __name__ == "__main__":
        main()
    """
}
