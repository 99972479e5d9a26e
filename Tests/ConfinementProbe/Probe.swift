import Files
import Foundation
import Tensors

/// `confinement-probe ALLOWED FORBIDDEN ARRANGED`: confines itself to writing beneath ALLOWED and to the file
/// `own` in ARRANGED, where files may also be moved, then tries to do harm beneath FORBIDDEN and ARRANGED from three kinds of threads, and prints a line for each try.
@main
struct Probe {
  static func main() throws {
    let arguments = CommandLine.arguments
    // Threads of OpenMP that are there before would keep their rights; libtorch starts none by itself.
    print("threads before: \(threadCount)")
    let places = Confinement.Places(
      writable: [arguments[1], arguments[3] + "/own"], clearable: [arguments[3]],
      arranged: [arguments[3]])
    print("outcome: \(Confinement.begin(writingTo: places))")
    let attempts = Attempts(
      allowed: arguments[1], forbidden: arguments[2], arranged: arguments[3])
    attempts.run("main")
    let pool = Thread { attempts.run("pool") }
    pool.start()
    while !pool.isFinished { usleep(1000) }
    // An operator that is large enough to be shared out has OpenMP start its threads.
    _ = try Tensor([Float](repeating: 1, count: 1 << 22), shape: [1 << 22]).sum()
    try attempts.runByOpenMP()
  }

  private static var threadCount: Int {
    (try? FileManager.default.contentsOfDirectory(atPath: "/proc/self/task").count) ?? 0
  }
}
