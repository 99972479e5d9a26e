package import Imagery

/// Which part of a picture is brought to size, and what becomes of it.
struct PictureFraming {
  /// A rectangle in the picture's pixels.
  struct Part {
    var x = 0
    var y = 0
    var width: Int
    var height: Int
  }

  let part: Part
  let plan: InputGeometry
}

extension Preprocessing {
  /// What a picture is cut and resized to.
  ///
  /// - Throws: `PictureError` where the ``region`` does not lie in the picture.
  func framing(of picture: Picture) throws(PictureError) -> PictureFraming {
    let all = PictureFraming(
      part: .init(width: picture.width, height: picture.height),
      plan: geometry(pictureWidth: picture.width, pictureHeight: picture.height))
    guard let part = try part(of: picture) else {
      return view == nil ? all : fitted(all.part)
    }
    // The card's own part to the nearest pixel is cut as the card says.
    let isCards = view == nil && part.region == picture.region(seenBy: all).rounded
    return isCards ? all : fitted(part)
  }

  /// A part of a picture, all of which is fitted to the input.
  private func fitted(_ part: PictureFraming.Part) -> PictureFraming {
    var fitting = self
    fitting.resize = view == .whole ? .longerSide : .squash
    fitting.crop = 1
    return PictureFraming(
      part: part, plan: fitting.geometry(pictureWidth: part.width, pictureHeight: part.height))
  }

  /// The part that ``region`` names.
  private func part(of picture: Picture) throws(PictureError) -> PictureFraming.Part? {
    switch region {
    case nil: return nil
    case .whole: return .init(width: picture.width, height: picture.height)
    case .rectangle(let x, let y, let width, let height):
      guard x <= picture.width - width, y <= picture.height - height else {
        throw .partOutside(
          x: x, y: y, width: width, height: height, ofWidth: picture.width,
          ofHeight: picture.height)
      }
      return .init(x: x, y: y, width: width, height: height)
    }
  }

  /// What the network sees of a picture, in the picture's pixels; it sticks out where borders are filled.
  package func region(of picture: Picture) -> Region {
    if let framing = try? framing(of: picture) { return picture.region(seenBy: framing) }
    return withoutRegion.region(of: picture)
  }
}

extension Picture {
  /// Where on the picture the input lies.
  fileprivate func region(seenBy framing: PictureFraming) -> Region {
    let (part, plan) = (framing.part, framing.plan)
    let across = Double(part.width) / Double(plan.resizedWidth)
    let down = Double(part.height) / Double(plan.resizedHeight)
    return Region(
      x: Double(part.x) + Double(plan.left) * across, y: Double(part.y) + Double(plan.top) * down,
      width: Double(plan.width) * across, height: Double(plan.height) * down)
  }
}

extension PictureFraming.Part {
  fileprivate var region: Region {
    Region(x: Double(x), y: Double(y), width: Double(width), height: Double(height))
  }
}

extension Region {
  /// The same with edges on whole pixels.
  fileprivate var rounded: Region {
    let (left, top) = (x.rounded(), y.rounded())
    return Region(
      x: left, y: top, width: (x + width).rounded() - left, height: (y + height).rounded() - top)
  }
}
