import Backup
import Glibc

/// What the commands about backups have in common.
enum BackupOptions {
  static let variable = "OBOX_BACKUP_PASSPHRASE"
  static let passphrase = CommandSyntax.Option.value(
    "passphrase-file", "FILE", "File with the passphrase, mode 0600 (or set \(variable)).")
  static let from = CommandSyntax.Option.value("from", "FOLDER", "Folder with the backups.", required: true)

  /// The passphrase of the file, else of the environment, else of the configured file.
  static func passphrase(
    _ arguments: Arguments, configured: String? = nil
  ) throws(CommandFailure) -> Passphrase {
    do {
      if let file = arguments["passphrase-file"] { return try Passphrase(file: file) }
      if let text = getenv(variable) { return try Passphrase(String(cString: text)) }
      if let configured { return try Passphrase(file: configured) }
    } catch {
      throw CommandFailure("\(error)", status: 2)
    }
    throw CommandFailure("a passphrase is required: use --passphrase-file, or set \(variable)", status: 2)
  }

  /// Runs blocking work; its error becomes the message of the command.
  static func run<T: Sendable>(_ work: @escaping @Sendable () throws -> T) async throws(CommandFailure) -> T {
    do {
      return try await BlockingWork.run { _ in try work() }
    } catch {
      throw CommandFailure("\(error)")
    }
  }

  /// “12 MB”.
  static func size(_ bytes: Int64) -> String {
    bytes < 1 << 20 ? "\(max(1, bytes >> 10)) KB" : "\(bytes >> 20) MB"
  }
}
