import Backup
import Glibc
import HTTP

/// `obox backup verify`: restores a backup into a folder of its own, checks all of it, serves it, and removes it.
struct VerifyBackupCommand {
  static let syntax = CommandSyntax(
    name: "backup verify", summary: "Restore a backup for a trial, check it and remove it.",
    options: [
      BackupOptions.passphrase,
      .value("scratch", "DIR", "Folder with room for the restored data (default: /var/tmp)."),
    ], operands: ["FILE"])

  let arguments: Arguments

  init(_ arguments: Arguments) {
    self.arguments = arguments
  }

  func run() async throws(CommandFailure) {
    let passphrase = try BackupOptions.passphrase(arguments)
    let file = arguments.operands.first ?? ""
    let folder = try Self.newFolder(in: arguments["scratch"] ?? "/var/tmp")
    defer { removeFolder(folder) }
    let (backup, report) = try await BackupOptions.run {
      let backup = try UnpackedBackup(file, passphrase, into: folder + "/data") { _ in true }
      return (backup, try backup.check())
    }
    do {
      try await BackupTrial(folder: backup.folder).run()
    } catch {
      throw CommandFailure("\(error)")
    }
    Terminal.write(
      "\(file) is good: made \(RFC3339.text(backup.header.createdAt)) by OBox \(backup.header.version), "
        + "\(report.rows) rows in \(report.tables) tables, \(report.files) files compared, "
        + "the key opens the secrets, and the restored server answers\n")
  }

  private static func newFolder(in parent: String) throws(CommandFailure) -> String {
    var template = Array("\(parent)/obox-verify-XXXXXX".utf8CString)
    let made = template.withUnsafeMutableBufferPointer { buffer in
      buffer.baseAddress.flatMap { mkdtemp($0) }.map { String(cString: $0) }
    }
    guard let made else { throw CommandFailure("--scratch \(parent): \(SiteOptions.reason(errno))") }
    return made
  }
}
