import Glibc
import Testing

@testable import Backup

@Suite struct PassphraseTests {
  private let folder: Folder

  init() throws { folder = try Folder() }

  @Test(arguments: ["", "short", "elevenchars", String(repeating: "x", count: 1025)])
  func `one that is too short or too long is refused`(text: String) {
    #expect(throws: PassphraseError.wrongLength) { try Passphrase(text) }
  }

  @Test func `one of several lines is refused`() {
    #expect(throws: PassphraseError.notOneLine) { try Passphrase("correct horse\nbattery") }
  }

  @Test(arguments: [0o644, 0o640, 0o604, 0o660] as [mode_t])
  func `a file that others can read is refused with what to do`(mode: mode_t) {
    folder.write("secret", Array("correct horse battery\n".utf8), mode: mode)
    let error = #expect(throws: PassphraseError.self) { try Passphrase(file: folder["secret"]) }
    #expect(error == .open(folder["secret"], mode: Int(mode)))
    #expect("\(error ?? .notOneLine)".contains("chmod 600 \(folder["secret"])"))
  }

  @Test func `a folder, a missing file and an endless one are refused`() {
    #expect(throws: PassphraseError.notAFile(folder.path)) { try Passphrase(file: folder.path) }
    #expect(throws: PassphraseError.notAFile("/dev/zero")) { try Passphrase(file: "/dev/zero") }
    #expect(throws: PassphraseError.unreadable(folder["none"], code: ENOENT)) {
      try Passphrase(file: folder["none"])
    }
    folder.write("long", [UInt8](repeating: 0x61, count: 5000))
    #expect(throws: PassphraseError.wrongLength) { try Passphrase(file: folder["long"]) }
  }

  @Test func `the line break of an editor does not count, and no message shows it`() throws {
    folder.write("secret", Array("correct horse battery\r\n".utf8))
    let read = try Passphrase(file: folder["secret"])
    #expect(read.bytes == Array("correct horse battery".utf8))
    #expect(!"\(read)".contains("horse"))
  }
}
