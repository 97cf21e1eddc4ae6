import Backup

/// `obox backup create`: makes a backup, beside a running daemon or without one.
struct CreateBackupCommand {
  static let syntax = CommandSyntax(
    name: "backup create", summary: "Make a backup in one encrypted file.",
    options: [
      SiteOptions.data, SiteOptions.config,
      .value("to", "FOLDER", "Folder for the backup (default: BACKUP_FOLDER)."), BackupOptions.passphrase,
    ])

  let arguments: Arguments

  init(_ arguments: Arguments) {
    self.arguments = arguments
  }

  func run() async throws(CommandFailure) {
    let site = try SiteOptions.site(arguments)
    let settings = site.configuration.backups
    guard let path = arguments["to"] ?? settings?.folder else {
      throw CommandFailure("--to is required, or BACKUP_FOLDER in the configuration", status: 2)
    }
    let passphrase = try BackupOptions.passphrase(arguments, configured: settings?.passphraseFile)
    let made = try await BackupOptions.run {
      let maker = try BackupMaker(site: site, to: BackupFolder(path: path), passphrase: passphrase)
      try maker.copy { _ in true }
      return try maker.write(at: Clock.system.now()) { _ in true }
    }
    Terminal.write("\(path)/\(made.name) (\(BackupOptions.size(made.bytes)))\n")
  }
}
