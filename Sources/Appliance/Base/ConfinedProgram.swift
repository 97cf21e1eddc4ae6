import Glibc

/// Programs that read files which come from anybody: each run has limits of time, memory and output, and writes nothing.
enum ConfinedProgram {
  private static let timeLimit: Duration = .seconds(30)
  private static let limiter = "/usr/bin/prlimit"
  /// Address space of 1 GiB, 20 s of processor time, no files written, no core.
  private static let limits = ["--as=1073741824", "--cpu=20", "--fsize=0", "--core=0"]

  static func isInstalled(_ program: String) -> Bool { access(program, X_OK) == 0 }

  /// What the program writes for `input`, at most `limit` bytes of it; empty where it took too long.
  static func run(_ program: String, _ arguments: [String], _ input: [UInt8], limit: Int) async throws
    -> [UInt8]
  {
    let isLimited = isInstalled(limiter)
    do {
      return try await ChildProcess.run(
        isLimited ? limiter : program, isLimited ? limits + [program] + arguments : arguments, input: input,
        timeLimit: timeLimit, outputLimit: limit
      ).stdout
    } catch ChildProcess.Problem.timedOut {
      return []
    }
  }
}
