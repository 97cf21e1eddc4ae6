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

  static func isReadable(_ type: String) -> Bool {
    type == "text/plain" || type == "application/pdf" || OfficeText.parts(of: type) != nil
  }

  static func read(_ bytes: [UInt8], _ type: String) async throws -> FileText {
    if type == "text/plain" {
      return .text(String(decoding: bytes.prefix(mostText), as: UTF8.self).prefix(utf8: mostText))
    }
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
    guard ConfinedProgram.isInstalled(program) else { return .unavailable(program) }
    // A part that an archive lacks is an error to the program, with the other parts before it.
    let output = try await ConfinedProgram.run(program, arguments, input, limit: limit)
    return output.isEmpty ? .unreadable : .text(text(output).prefix(utf8: mostText))
  }
}
