import HTTP

/// The text inside a file. PDF and office files are untrusted, so confined programs read them.
enum FileText: Sendable, Equatable {
  case text(String)
  case unreadable
  /// The path of the program for such files, which is not installed.
  case unavailable(String)

  /// The most bytes of a text that are kept.
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
    // bsdtar fails for a part that an archive lacks, after it has written the other parts.
    let output = try await ConfinedProgram.run(program, arguments, input, limit: limit)
    return output.isEmpty ? .unreadable : .text(text(output).prefix(utf8: mostText))
  }
}
