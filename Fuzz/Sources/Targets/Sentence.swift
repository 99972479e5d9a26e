import Foundation

@testable import Terms

/// What an error has to be: one of ours, that blames no defect, with a sentence that can be shown.
enum Sentence {
  /// What is wrong with an error; `nil` where nothing is.
  static func fault(of error: any Error) -> String? {
    guard let fault = error as? any Fault else {
      return "\(type(of: error)) has no words: \(error)"
    }
    if fault.kind == .defect { return "it is called a defect: \(fault)" }
    // As the command shows it.
    let text = VisibleText.sentence("\(fault)")
    if text.allSatisfy(\.isWhitespace) { return "its sentence is empty" }
    let length = text.unicodeScalars.count
    if length > 2000 { return "its sentence has \(length) characters: \(text)" }
    let hasControl = text.unicodeScalars.contains { $0.properties.generalCategory == .control }
    return hasControl ? "its sentence has control characters: \(text)" : nil
  }
}
