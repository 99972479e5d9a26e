import CFuzzer
import Foundation
import Tensors

/// `rather-fuzz TARGET [libFuzzer's arguments]` or `rather-fuzz seeds FOLDER`: feeds a reader of files with bytes that it may refuse,
/// and must survive.
@main
struct Main {
  static func main() {
    let words = CommandLine.arguments
    if words.count == 3, words[1] == "seeds" {
      do { try Seeds.write(to: words[2]) } catch {
        FileHandle.standardError.write(Data("\(error)\n".utf8))
        exit(70)
      }
      exit(0)
    }
    guard words.count > 1, let target = FuzzTarget(rawValue: words[1]) else {
      let names = FuzzTarget.allCases.map(\.rawValue).joined(separator: ", ")
      FileHandle.standardError.write(Data("name a target: \(names)\n".utf8))
      exit(64)
    }
    try? LibTorch.setThreadCount(1)
    if target == .operators {
      guard_tensors(words.contains("-before=1") ? 1 : 0)
    } else {
      LibTorch.limitMemory(to: 1 << 30)
    }
    Feeding.target = target
    // libFuzzer sees its own arguments only.
    let all = CommandLine.unsafeArgv
    all[1] = all[0]
    var arguments: UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>? = all + 1
    var count = CommandLine.argc - 1
    exit(
      LLVMFuzzerRunDriver(&count, &arguments) { bytes, count -> Int32 in
        Feeding.feed(UnsafeRawBufferPointer(start: bytes, count: count))
        return 0
      })
  }
}

/// What libFuzzer's callback, which captures nothing, has to know.
private enum Feeding {
  nonisolated(unsafe) static var target = FuzzTarget.graph

  static func feed(_ bytes: UnsafeRawBufferPointer) {
    // An error is an answer; anything but one is a finding.
    do { try target.feed([UInt8](bytes)) } catch {
      // Its sentence has to be there as well.
      if "\(error)".isEmpty { abort() }
    }
  }
}
