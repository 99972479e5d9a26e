import Files
import Foundation
import Tensors

/// `confinement-probe ALLOWED FORBIDDEN`: confines itself to writing beneath ALLOWED, then tries to
/// do harm beneath FORBIDDEN from three kinds of threads, and prints a line for each try.
@main
struct Probe {
  static func main() throws {
    let arguments = CommandLine.arguments
    // Threads of OpenMP that are there before would keep their rights; libtorch starts none by itself.
    print("threads before: \(threadCount)")
    print("outcome: \(Confinement.begin(writingBeneath: [arguments[1]]))")
    let attempts = Attempts(allowed: arguments[1], forbidden: arguments[2])
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
