import Glibc
import Store

/// The message and exit status of a failed command.
struct CommandFailure: Error {
  let message: String
  let status: Int32

  init(_ message: String, status: Int32 = 1) {
    self.message = message
    self.status = status
  }

  /// A message for an error that concerns the data folder `data`.
  init(_ error: any Error, data: String) {
    guard let error = error as? StoreError, case .locked(let process) = error.code else {
      self.init("\(error)")
      return
    }
    let who = process > 0 ? "OBox (process \(process))" : "another process"
    self.init("\(data) is already in use by \(who). Stop it first or use its web page.")
  }
}

/// Output of commands.
enum Terminal {
  /// Writes to standard output without buffering, so that the reader of a pipe sees it at once.
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
