import HTTP
import Threads

/// Renders pages of PDF files as pictures, which a browser shows without running scripts of the file. One at
/// a time.
final class PDFPages: Sendable {
  private static let program = "/usr/bin/pdftoppm"
  /// The largest file that is rendered, in bytes.
  static let largest: Int64 = 32 << 20
  private static let mostWaiting = 16
  private static let mostBytes = 8 << 20
  private static let dotsPerInch = 90

  private let lock = AsyncLock()

  /// A page as PNG, counted from 1; nil if it cannot be rendered. Throws 503 if too many calls wait. `read`
  /// returns the file. It is called when a call has its turn, so that waiting calls hold no memory.
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
