import Backup
import Glibc
import Store
import Testing

@testable import Appliance

@Suite(.timeLimit(.minutes(30))) struct BackupRestoreTests {
  private static let now: Int64 = 1_795_924_800_000
  private static let aside = "before-restore-20261129-040000"

  /// Restores as the command does; returns the folder with the old data.
  @discardableResult private func restore(
    _ file: String, _ bench: BackupBench, into data: String, replacing: Bool = false
  ) async throws -> String? {
    let restore = try BackupRestore(into: data, replacing: replacing, at: Self.now)
    do {
      _ = try await restore.prepare(file, bench.passphrase)
    } catch {
      restore.abandon()
      throw error
    }
    return try restore.finish()
  }

  private func settings(_ data: String) async throws -> [String] {
    let database = try BackupBench.open(data)
    let names = try await database.read {
      try $0.query("SELECT name FROM settings ORDER BY name") { $0.text(0) }
    }
    await database.close()
    return names
  }

  /// Adds a setting, by which what was written after a backup is known.
  private func mark(_ data: String) async throws {
    let database = try BackupBench.open(data)
    try await database.write { try $0.execute("INSERT INTO settings VALUES ('later', x'00')") }
    await database.close()
  }

  @Test func `data is not replaced unless that is asked for, nor under a running daemon`() async throws {
    let bench = try await BackupBench()
    let file = try bench.make()
    try await mark(bench.data)
    await #expect(throws: BackupProblem.notEmpty(bench.data)) {
      try await restore(file, bench, into: bench.data)
    }
    let database = try BackupBench.open(bench.data)
    let error = await #expect(throws: StoreError.self) {
      try await restore(file, bench, into: bench.data, replacing: true)
    }
    #expect(error?.isLocked == true)
    await database.close()
    #expect(try await settings(bench.data).contains("later"))
  }

  @Test func `a backup that cannot be opened or is damaged changes nothing`() async throws {
    let bench = try await BackupBench()
    let file = try bench.make()
    try await mark(bench.data)
    let size = try #require(try bench.folder.list().first?.bytes)
    truncate(file, Int(size / 2))
    await #expect(throws: ArchiveError.truncated(file)) {
      try await restore(file, bench, into: bench.data, replacing: true)
    }
    #expect(try await settings(bench.data).contains("later"))
    #expect(bench.names(bench.data).isDisjoint(with: ["obox.unpacking", "obox.restoring", Self.aside]))
  }

  @Test func `into an empty folder the data comes back as it was`() async throws {
    let bench = try await BackupBench()
    let file = try bench.make()
    let target = bench.root["new"]
    mkdir(target, 0o700)
    #expect(try await restore(file, bench, into: target) == nil)
    #expect(bench.names(target) == ["obox.db", "obox.key", "obox.conf", "obox.db.lock"])
    #expect(try await settings(target) == settings(bench.data))
    let vault = try Vault(keyFile: target + "/obox.key")
    let isOurs = try Snapshot.read(target + "/obox.db") { try InstallationMemory.opens(vault, in: $0) }
    #expect(isOurs)
  }

  @Test func `what was there before is kept aside as a whole`() async throws {
    let bench = try await BackupBench()
    let file = try bench.make()
    try await mark(bench.data)
    mkdir(bench.data + "/disks", 0o700)
    #expect(
      try await restore(file, bench, into: bench.data, replacing: true) == "\(bench.data)/\(Self.aside)")
    #expect(try await !settings(bench.data).contains("later"))
    #expect(try await settings("\(bench.data)/\(Self.aside)").contains("later"))
    #expect(bench.names("\(bench.data)/\(Self.aside)").isSuperset(of: ["obox.db", "obox.key"]))
    #expect(bench.names(bench.data).contains("disks"))
  }

  @Test func `a backup of an older version is brought to this one`() async throws {
    let bench = try await BackupBench()
    let old = bench.root["old"]
    mkdir(old, 0o700)
    let database = try BackupBench.open(old, migrations: Array(Migration.all.prefix(40)))
    await database.close()
    bench.root.write("old/obox.key", [UInt8](repeating: 3, count: 32))
    let maker = try bench.maker(BackupBench.site(old))
    try maker.copy { _ in true }
    let file = bench.folder.file(try maker.write(at: Self.now) { _ in true }.name)
    let target = bench.root["new"]
    mkdir(target, 0o700)
    try await restore(file, bench, into: target)
    #expect(try BackupManifest.schema(of: target + "/obox.db") == BackupManifest.newestSchema)
  }

  @Test func `the backup that was being made is not taken up again`() async throws {
    let bench = try await BackupBench()
    let database = try BackupBench.open(bench.data)
    try await database.write { tx in
      let queue = JobQueue(hub: Hub())
      try queue.enqueue("backup.create", in: tx)
      try queue.enqueue("chat.tidy", in: tx)
    }
    await database.close()
    let file = try bench.make()
    try await restore(file, bench, into: bench.data, replacing: true)
    let kinds = try Snapshot.read(bench.data + "/obox.db") {
      try $0.query("SELECT kind FROM jobs") { $0.text(0) }
    }
    #expect(kinds == ["chat.tidy"])
  }

  /// The states in which a kill can leave the folder while files are moved: how many of the old files are aside, and how many
  /// of the new ones in their place.
  @Test(arguments: [(0, 0), (1, 0), (2, 0), (2, 1), (2, 2), (2, 3)])
  func `a restore that was killed is run again, and loses nothing`(old: Int, new: Int) async throws {
    let bench = try await BackupBench()
    let file = try bench.make()
    try await mark(bench.data)
    let restoring = bench.data + "/obox.restoring"
    let unpacked = try bench.unpack(file)
    #expect(rename(unpacked.folder, restoring) == 0)
    mkdir("\(bench.data)/\(Self.aside)", 0o700)
    for name in ["obox.db", "obox.key"].prefix(old) {
      #expect(rename("\(bench.data)/\(name)", "\(bench.data)/\(Self.aside)/\(name)") == 0)
    }
    for name in ["obox.key", "obox.conf", "obox.db"].prefix(new) {
      #expect(rename("\(restoring)/\(name)", "\(bench.data)/\(name)") == 0)
    }
    #expect(BackupRestore.isInterrupted(in: bench.data))
    await #expect(throws: BackupProblem.notEmpty(bench.data)) {
      try await restore(file, bench, into: bench.data)
    }
    let kept = try #require(try await restore(file, bench, into: bench.data, replacing: true))
    #expect(kept == "\(bench.data)/\(Self.aside)")
    #expect(!BackupRestore.isInterrupted(in: bench.data))
    #expect(try await !settings(bench.data).contains("later"))
    #expect(try await settings(kept).contains("later"))
    #expect(bench.names(kept).isSuperset(of: ["obox.db", "obox.key"]))
  }

  @Test func `a restore killed while it unpacked has changed nothing, and the next one begins anew`()
    async throws
  {
    let bench = try await BackupBench()
    let file = try bench.make()
    try await mark(bench.data)
    mkdir(bench.data + "/obox.unpacking", 0o700)
    bench.root.write("data/obox.unpacking/obox.db", [1, 2, 3])
    #expect(!BackupRestore.isInterrupted(in: bench.data))
    #expect(try await settings(bench.data).contains("later"))
    try await restore(file, bench, into: bench.data, replacing: true)
    #expect(try await !settings(bench.data).contains("later"))
  }
}
