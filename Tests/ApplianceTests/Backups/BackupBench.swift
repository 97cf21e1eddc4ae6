import Backup
import Foundation
import Glibc
import Store
import Testing

@testable import Appliance

extension KeyCost {
  /// The least that Argon2id can be asked for.
  static let least = KeyCost(passes: 1, memory: 8192)
}

/// An installation that a daemon has left, with a person and a file, and a folder for its backups.
struct BackupBench {
  static let passphraseText = "correct horse battery"

  let root = TemporaryFolder()
  let passphrase: Passphrase
  let site: Site

  var folder: BackupFolder { BackupFolder(path: root["backups"]) }
  var data: String { root["data"] }

  init() async throws {
    passphrase = try Passphrase(Self.passphraseText)
    for name in ["data", "backups"] { mkdir(root[name], 0o700) }
    root.write("passphrase", Self.passphraseText.utf8)
    site = Self.site(root["data"])
    try await EmptyDatabase.copy(into: root["data"])
    try await fill()
  }

  static func site(_ data: String) -> Site {
    // The configuration of a test has no settings but the text that a backup keeps.
    guard
      let configuration = try? Configuration.load(
        file: "EMAIL_HOST=mail.example.org\nEMAIL_FROM=obox@example.org\n",
        environment: ["LIBVIRT_URI": "test:///default", "PUBLIC_IP": "192.0.2.1"])
    else { preconditionFailure("the configuration of the tests is wrong") }
    return Site(configuration: configuration, dataFolder: data)
  }

  /// Opens the database as the daemon does.
  static func open(_ data: String, migrations: [Migration] = Migration.all) throws -> Database {
    try Database.open(
      path: data + "/obox.db", readers: 1, migrations: migrations, clock: { ManualTime().now }, log: { _ in })
  }

  private func fill() async throws {
    let vault = try Vault(keyFile: site.keyPath)
    let database = try Self.open(data)
    try await InstallationMemory(database: database, vault: vault, log: Log(level: .error))
      .note(hypervisor: "test:///default")
    let content = [UInt8](repeating: 7, count: 300_000)
    try await database.write { tx in
      try tx.execute(
        """
        INSERT INTO uploads (key, name, type, size, digest, created_at, completed_at)
        VALUES ('k', 'plan.txt', 'text/plain', ?, ?, 1, 1)
        """, content.count, SHA256.hash(content))
      for (number, from) in stride(from: 0, to: content.count, by: 256 << 10).enumerated() {
        let part = Array(content[from..<min(content.count, from + 256 << 10)])
        try tx.execute("INSERT INTO upload_chunks (upload_id, number, data) VALUES (1, ?, ?)", number, part)
      }
    }
    await database.close()
  }

  func maker(_ site: Site? = nil) throws -> BackupMaker {
    try BackupMaker(site: site ?? self.site, to: folder, passphrase: passphrase, cost: .least)
  }

  /// Makes a backup; returns its path.
  @discardableResult func make(at now: Int64 = 1_795_921_200_000) throws -> String {
    let maker = try maker()
    try maker.copy { _ in true }
    return folder.file(try maker.write(at: now) { _ in true }.name)
  }

  func unpack(_ file: String, to name: String = "unpacked") throws -> UnpackedBackup {
    try UnpackedBackup(file, passphrase, into: root[name]) { _ in true }
  }

  func names(_ path: String) -> Set<String> {
    Set((try? FileManager.default.contentsOfDirectory(atPath: path)) ?? [])
  }
}
