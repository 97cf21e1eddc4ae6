import HTTP
import Threads

/// Pages of PDF files as pictures: what a browser shows without running anything of the file. One is drawn at a time.
final class PDFPages: Sendable {
  private static let program = "/usr/bin/pdftoppm"
  /// Files of which pages are drawn, in bytes.
  static let largest: Int64 = 32 << 20
  private static let mostWaiting = 16
  private static let mostBytes = 8 << 20
  private static let dotsPerInch = 90

  private let lock = AsyncLock()

  /// A page, the first is 1, as PNG; nil where there is none. Throws 503 while too many wait. `read` gives the file, once
  /// it is its turn: those that wait hold no memory.
  func picture(
    page: Int64, of read: @escaping @Sendable () async throws -> [UInt8]
  ) async throws -> [UInt8]? {
    guard ConfinedProgram.isInstalled(Self.program) else { return nil }
    guard lock.waiting < Self.mostWaiting else { throw Failure.unavailable }
    let number = String(page)
    let arguments = ["-q", "-png", "-r", String(Self.dotsPerInch), "-f", number, "-l", number, "-"]
    let picture = try await lock.hold {
      try await ConfinedProgram.run(Self.program, arguments, read(), limit: Self.mostBytes)
    }
    return picture.isEmpty || picture.count == Self.mostBytes ? nil : picture
  }
}
