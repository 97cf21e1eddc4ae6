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
    guard let error = error as? StoreError else {
      self.init("\(error)")
      return
    }
    guard case .locked(let process) = error.code else {
      self.init(error.description, status: Self.lasts(error) ? Self.needsPerson : 1)
      return
    }
    let who = process > 0 ? "OBox (process \(process))" : "another process"
    self.init("\(data) is already in use by \(who). Stop it first or use its web page.")
  }

  /// The status of a failure that another start would meet again; the unit does not restart the daemon then.
  static let needsPerson: Int32 = 3

  /// Whether the database is of another version, damaged, or cannot be migrated.
  private static func lasts(_ error: StoreError) -> Bool {
    switch error.code {
    // 1 is SQLite's code of an error in a statement.
    case .newer, .misuse, .corrupt, .constraint, .constraintUnique, .constraintForeignKey, .other(1): true
    default: false
    }
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
