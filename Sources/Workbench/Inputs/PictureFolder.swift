internal import Files
internal import Foundation
internal import HTTPTypes
internal import Imagery

/// A folder of pictures to choose from: their names at once, and of each what one wants to see of it.
struct PictureFolder: Sendable {
  /// Where a picture comes from.
  enum Origin: String, Encodable, Sendable {
    /// The person's folder.
    case folder
    /// The person, by the page.
    case upload
    /// Rather, which draws some where there is no folder.
    case drawn
  }

  /// The names of the pictures, sorted; what else is said of a picture is said by its place among them.
  let names: [String]
  let origin: Origin
  private let root: String
  private let realRoot: String
  private let ids: [String]
  private let places: [String: Int]

  /// - Throws: `PictureError` where there are none, or the folder cannot be looked into.
  init(_ root: String, _ origin: Origin = .folder) throws {
    (self.root, self.origin) = (root, origin)
    realRoot = Self.real(root)
    names = try Picture.names(below: root)
    ids = names.map { String(SHA256.hex(of: Array(("folder:" + $0).utf8)).prefix(24)) }
    places = Dictionary(zip(ids, ids.indices)) { first, _ in first }
  }

  /// The folder, where it is the person's own.
  var ownRoot: String? { origin == .folder ? root : nil }

  /// Whether Rather drew a picture.
  func isDrawn(_ path: String) -> Bool { origin == .drawn && path.hasPrefix(root + "/") }

  /// What the page calls a picture.
  func id(_ place: Int) -> String { ids[place] }

  /// The place of a picture that the page calls so.
  func place(of id: String) -> Int? { places[id] }

  /// Where a picture lies.
  ///
  /// - Throws: ``Refusal`` for a link that leads out of the folder.
  func path(_ place: Int) throws(Refusal) -> String {
    let path = (root as NSString).appendingPathComponent(names[place])
    // What is no link now may be one when it is opened, if somebody who may write to the folder wishes so.
    guard Self.real(path).hasPrefix(realRoot + "/") else { throw Refusal.outside }
    return path
  }

  /// What is said of a picture, which reads the beginning of its file.
  func item(_ place: Int) -> Inputs.Item {
    var item = Inputs.Item(id: ids[place], name: names[place], from: origin)
    do {
      let path = try path(place)
      (item.width, item.height) = try Picture.size(ofFile: path)
    } catch let refusal as Refusal { item.problem = refusal.sentence } catch {
      item.problem = Refusal(error).sentence
    }
    return item
  }

  private static func real(_ path: String) -> String {
    URL(filePath: path).resolvingSymlinksInPath().path
  }
}

extension Refusal {
  static let outside = Refusal(
    .forbidden, "this is a link that leads out of the folder, and what lies there is not shown")
}
