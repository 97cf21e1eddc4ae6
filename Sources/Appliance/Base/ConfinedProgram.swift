import Glibc

/// Runs programs on untrusted files, with limits of time, memory and output, no writing to files, and none of
/// the daemon's capabilities.
enum ConfinedProgram {
  private static let timeLimit: Duration = .seconds(30)
  /// Address space of 1 GiB, 20 s of processor time, no files written, no core dump. Without `setpriv`, a
  /// child would inherit the ambient capabilities, which are meant for nft.
  static let wrapper = [
    "/usr/bin/prlimit", "--as=1073741824", "--cpu=20", "--fsize=0", "--core=0",
    "/usr/bin/setpriv", "--ambient-caps=-all", "--inh-caps=-all",
  ]

  /// Whether the program can be run with these limits: prlimit and setpriv are in util-linux, which every Debian has.
  static func isInstalled(_ program: String) -> Bool {
    (wrapper.filter { $0.hasPrefix("/") } + [program]).allSatisfy { access($0, X_OK) == 0 }
  }

  /// The output of the program for `input`, at most `limit` bytes of it; empty if it timed out.
  static func run(_ program: String, _ arguments: [String], _ input: [UInt8], limit: Int) async throws
    -> [UInt8]
  {
    try await output(program, arguments, input, limit: limit)?.stdout ?? []
  }

  /// The same with how it ended; nil if it timed out. It reads and writes names in UTF-8.
  static func output(
    _ program: String, _ arguments: [String], _ input: [UInt8], limit: Int
  ) async throws -> ChildProcess.Output? {
    do {
      return try await ChildProcess.run(
        wrapper[0], wrapper.dropFirst() + [program] + arguments, input: input, timeLimit: timeLimit,
        outputLimit: limit, environment: ["LC_ALL": "C.UTF-8"])
    } catch ChildProcess.Problem.timedOut {
      return nil
    }
  }
}
