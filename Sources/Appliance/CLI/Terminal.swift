import Glibc
import Store

/// Why a command ends, in one line, and with which status.
struct CommandFailure: Error {
  let message: String
  let status: Int32

  init(_ message: String, status: Int32 = 1) {
    self.message = message
    self.status = status
  }

  /// What went wrong with an installation's data, as somebody at a terminal can act on it.
  init(_ error: any Error, data: String) {
    guard let error = error as? StoreError, case .locked(let process) = error.code else {
      self.init("\(error)")
      return
    }
    self.init("\(data) is already in use by OBox (process \(process)). Stop it first or use its web page.")
  }
}

/// The terminal that a command speaks to.
enum Terminal {
  /// Writes to standard output at once, so that who reads a pipe sees it.
  static func write(_ text: String) {
    put(text, STDOUT_FILENO)
  }

  static func writeError(_ message: String) {
    put("obox: \(message)\n", STDERR_FILENO)
  }

  private static func put(_ text: String, _ file: Int32) {
    _ = Array(text.utf8).withUnsafeBytes { Glibc.write(file, $0.baseAddress, $0.count) }
  }
}
