import Backup
import HTTP

/// `obox restore`: puts a backup in the place of an installation's data.
struct RestoreCommand {
  static let syntax = CommandSyntax(
    name: "restore", summary: "Restore a backup into a data folder.",
    options: [
      SiteOptions.data, SiteOptions.config, BackupOptions.passphrase,
      .flag("replace", "Put existing data aside, in a folder beside the restored data."),
    ], operands: ["FILE"])

  let arguments: Arguments

  init(_ arguments: Arguments) {
    self.arguments = arguments
  }

  func run() async throws(CommandFailure) {
    let site = try SiteOptions.site(arguments)
    let passphrase = try BackupOptions.passphrase(
      arguments, configured: site.configuration.backups?.passphraseFile)
    let file = arguments.operands.first ?? ""
    let header = try await BackupOptions.run { try ArchiveHeader.read(file) }
    do {
      let restore = try BackupRestore(
        into: site.dataFolder, replacing: arguments.has("replace"), at: Clock.system.now())
      announce(header, site)
      try await perform(restore, file, passphrase, site)
    } catch let failure as CommandFailure {
      throw failure
    } catch {
      throw CommandFailure(error, data: site.dataFolder)
    }
  }

  private func announce(_ header: ArchiveHeader, _ site: Site) {
    Terminal.write(
      "restoring the backup of \(RFC3339.text(header.createdAt)), made by OBox \(header.version), "
        + "into \(site.dataFolder)\n")
    if BackupRestore.hasData(site.dataFolder) {
      Terminal.write("the data that is there will be kept in a folder before-restore-…\n")
    }
  }

  private func perform(
    _ restore: BackupRestore, _ file: String, _ passphrase: Passphrase, _ site: Site
  ) async throws {
    let machines: Int
    do {
      machines = try await restore.prepare(file, passphrase)
    } catch {
      restore.abandon()
      throw error
    }
    let aside = try restore.finish()
    Terminal.write("restored; start OBox now\n")
    Terminal.write("configuration at the time of the backup: \(site.dataFolder)/obox.conf\n")
    if machines > 0 {
      Terminal.write(
        "machines: \(machines), defined again at the next start if their disk is in \(site.poolFolder)\n")
    }
    if let aside { Terminal.write("the data before: \(aside)\n") }
  }
}
