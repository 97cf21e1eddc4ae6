import HTTP

/// `obox backup list`: lists the backups of a folder, newest first. Needs no passphrase.
struct ListBackupsCommand {
  static let syntax = CommandSyntax(
    name: "backup list", summary: "List the backups of a folder.", options: [BackupOptions.from])

  let arguments: Arguments

  init(_ arguments: Arguments) {
    self.arguments = arguments
  }

  func run() async throws(CommandFailure) {
    let folder = BackupFolder(path: arguments["from"] ?? "")
    for item in try await BackupOptions.run({ try folder.list() }) {
      let version = item.version.isEmpty ? "unreadable" : "OBox \(item.version)"
      Terminal.write(
        "\(item.name)\t\(RFC3339.text(item.createdAt))\t\(BackupOptions.size(item.bytes))\t\(version)\n")
    }
  }
}
