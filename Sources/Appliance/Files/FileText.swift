import Glibc
import HTTP

/// The text inside a file. PDF and office files come from anybody, so they are read by programs of their own, each with
/// limits of time, memory and output.
enum FileText: Sendable, Equatable {
  case text(String)
  case unreadable
  /// The program that reads such files is not installed.
  case unavailable(String)

  /// Bytes of a text that are kept, as many as are indexed.
  private static let mostText = 1 << 20
  private static let timeLimit: Duration = .seconds(30)
  private static let limiter = "/usr/bin/prlimit"
  /// Address space of 1 GiB, 20 s of processor time, no files written, no core.
  private static let limits = ["--as=1073741824", "--cpu=20", "--fsize=0", "--core=0"]

  static func isReadable(_ type: String) -> Bool {
    type == "text/plain" || type == "application/pdf" || OfficeText.parts(of: type) != nil
  }

  static func read(_ bytes: [UInt8], _ type: String) async throws -> FileText {
    if type == "text/plain" { return .text(String(decoding: bytes, as: UTF8.self).prefix(utf8: mostText)) }
    if type == "application/pdf" {
      let arguments = ["-q", "-enc", "UTF-8", "-nopgbrk", "-l", "1000", "-", "-"]
      return try await run("/usr/bin/pdftotext", arguments, bytes, limit: mostText) { output in
        String(decoding: output, as: UTF8.self)
      }
    }
    guard let parts = OfficeText.parts(of: type) else { return .unreadable }
    return try await run("/usr/bin/bsdtar", ["-x", "-O", "-f", "-", "--"] + parts, bytes, limit: 16 << 20) {
      OfficeText.plain($0, most: mostText)
    }
  }

  private static func run(
    _ program: String, _ arguments: [String], _ input: [UInt8], limit: Int,
    _ text: ([UInt8]) -> String
  ) async throws -> FileText {
    guard access(program, X_OK) == 0 else { return .unavailable(program) }
    let isLimited = access(limiter, X_OK) == 0
    do {
      let output = try await ChildProcess.run(
        isLimited ? limiter : program, isLimited ? limits + [program] + arguments : arguments, input: input,
        timeLimit: timeLimit, outputLimit: limit)
      // A part that an archive lacks is an error to the program, with the other parts before it.
      guard !output.stdout.isEmpty else { return .unreadable }
      return .text(text(output.stdout).prefix(utf8: mostText))
    } catch ChildProcess.Problem.timedOut {
      return .unreadable
    }
  }
}
