import CFuzzer
import Foundation
import Tensors

/// `rather-fuzz TARGET [libFuzzer's arguments]` or `rather-fuzz seeds FOLDER`: feeds a reader of files with
/// bytes that it may refuse, and must survive.
@main
struct Main {
  static func main() {
    let words = CommandLine.arguments
    if words.count == 3, words[1] == "seeds" {
      do { try Seeds.write(to: words[2]) } catch { end("\(error)", 70) }
      exit(0)
    }
    // Where libFuzzer starts this program again, as it does to merge, it leaves the target out.
    let isNamed = words.count > 1 && !words[1].hasPrefix("-")
    let name = isNamed ? words[1] : ProcessInfo.processInfo.environment[variable] ?? ""
    guard let target = FuzzTarget(rawValue: name) else {
      let names = FuzzTarget.allCases.map(\.rawValue).joined(separator: ", ")
      end("name a target: \(names)", 64)
    }
    try? LibTorch.setThreadCount(1)
    if target == .operators {
      guard_tensors(words.contains("-before=1") ? 1 : 0)
    } else {
      LibTorch.limitMemory(to: 1 << 30)
    }
    do { Feeding.reader = try target.reader(in: Scratch()) } catch { end("\(error)", 70) }
    // libFuzzer ends the process itself; the reader's files go with it.
    atexit { Feeding.reader = { _ in } }
    setenv(variable, name, 1)
    // libFuzzer sees its own arguments only.
    let all = CommandLine.unsafeArgv
    if isNamed { all[1] = all[0] }
    var arguments: UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>? = all + (isNamed ? 1 : 0)
    var count = CommandLine.argc - (isNamed ? 1 : 0)
    exit(
      LLVMFuzzerRunDriver(&count, &arguments) { bytes, count -> Int32 in
        Feeding.feed(UnsafeRawBufferPointer(start: bytes, count: count))
        return 0
      })
  }

  private static let variable = "RATHER_FUZZ_TARGET"

  private static func end(_ text: String, _ status: Int32) -> Never {
    FileHandle.standardError.write(Data((text + "\n").utf8))
    exit(status)
  }
}

/// What libFuzzer's callback, which captures nothing, has to know.
private enum Feeding {
  nonisolated(unsafe) static var reader: ([UInt8]) throws -> Void = { _ in }

  static func feed(_ bytes: UnsafeRawBufferPointer) {
    // An error is an answer, if it has a sentence; anything else is a finding.
    do { try reader([UInt8](bytes)) } catch {
      guard let fault = Sentence.fault(of: error) else { return }
      FileHandle.standardError.write(Data((fault + "\n").utf8))
      abort()
    }
  }
}
