import Backup
import Glibc
import Store
import TestSupport
import Testing

@testable import Appliance

@Suite(.timeLimit(.minutes(30))) struct BackupMakerTests {
  @Test func `without a database, a folder or a key nothing is made, and it is said why`() async throws {
    let bench = try await BackupBench()
    let empty = BackupBench.site(bench.root["empty"])
    #expect(throws: BackupProblem.noData(empty.databasePath)) { _ = try bench.maker(empty) }
    rmdir(bench.folder.path)
    #expect(throws: BackupProblem.folder(bench.folder.path, code: ENOENT)) { _ = try bench.maker() }
    mkdir(bench.folder.path, 0o700)
    unlink(bench.site.keyPath)
    #expect(throws: BackupProblem.noKey(bench.site.keyPath)) { try bench.make() }
    #expect(bench.names(bench.folder.path) == [])
    #expect(!bench.names(bench.data).contains("obox.db.copy"))
  }

  @Test func `one backup at a time is made, and what a killed one left is removed by the next`() async throws
  {
    let bench = try await BackupBench()
    let partial = "obox-20261128-030000.backup.partial"
    for path in ["backups/\(partial)", "data/obox.db.copy", "backups/mine.partial"] {
      bench.root.write(path, [1, 2, 3])
    }
    mkdir(bench.root["data/obox.verifying"], 0o700)
    bench.root.write("data/obox.verifying/obox.db", [1])
    let first = try bench.maker()
    #expect(bench.names(bench.folder.path) == ["mine.partial"])
    #expect(bench.names(bench.data).isDisjoint(with: ["obox.db.copy", "obox.verifying"]))
    #expect(throws: BackupProblem.running) { _ = try bench.maker() }
    withExtendedLifetime(first) {}
  }

  @Test func `a backup has the database, the key and the settings, and is found to be whole`() async throws {
    let bench = try await BackupBench()
    let file = try bench.make()
    #expect(try bench.folder.list().map(\.name) == ["obox-20261129-030000.backup"])
    let unpacked = try bench.unpack(file)
    let report = try unpacked.check()
    #expect(report.files == 1 && report.tables > 50 && report.rows > 0)
    #expect(unpacked.manifest.schema == BackupManifest.newestSchema)
    #expect(unpacked.header.createdAt == 1_795_921_200_000)
    let key = BackupMaker.content(of: bench.root["unpacked/obox.key"], limit: 100)
    #expect(key == BackupMaker.content(of: bench.site.keyPath, limit: 100))
    let text = try #require(BackupMaker.content(of: bench.root["unpacked/obox.conf"], limit: 10_000))
    let settings = try Configuration.load(
      file: String(decoding: text, as: UTF8.self), environment: [:])
    #expect(settings.mail == bench.site.configuration.mail)
    #expect(
      bench.names(bench.data).isSubset(of: [
        "obox.db", "obox.key", "obox.db.lock", "obox.backup.lock", "obox.db-shm", "obox.db-wal",
      ]))
  }

  @Test func `a backup beside a daemon that writes is one moment of its database`() async throws {
    let bench = try await BackupBench()
    let database = try BackupBench.open(bench.data)
    try await database.write { tx in try tx.execute("INSERT INTO settings VALUES ('a', x'00')") }
    let maker = try bench.maker()
    let writes = Task {
      for number in 0..<200 {
        try await database.write { tx in
          try tx.execute("INSERT INTO settings VALUES (?, x'00')", "left\(number)")
          try tx.execute("INSERT INTO settings VALUES (?, x'00')", "right\(number)")
        }
      }
    }
    try maker.copy { _ in true }
    let item = try maker.write(at: 1_795_921_200_000) { _ in true }
    try await writes.value
    await database.close()
    let unpacked = try bench.unpack(bench.folder.file(item.name))
    _ = try unpacked.check()
    let (left, right) = try Snapshot.read(unpacked.database) { connection in
      (
        try connection.scalar("SELECT count(*) FROM settings WHERE name LIKE 'left%'"),
        try connection.scalar("SELECT count(*) FROM settings WHERE name LIKE 'right%'")
      )
    }
    #expect(left == right)
  }

  @Test func `a backup that is cancelled in either step leaves nothing`() async throws {
    let bench = try await BackupBench()
    do {
      let maker = try bench.maker()
      #expect(throws: StoreError.self) { try maker.copy { _ in false } }
      #expect(!bench.names(bench.data).contains("obox.db.copy"))
      try maker.copy { _ in true }
      #expect(throws: ArchiveError.interrupted) { try maker.write(at: 1_795_921_200_000) { _ in false } }
    }
    #expect(bench.names(bench.folder.path) == [])
    #expect(!bench.names(bench.data).contains("obox.db.copy"))
  }

  @Test(.enabled(if: geteuid() == 0, "mounting needs root"))
  func `without room beside the database, or in the folder, the backup is refused`() async throws {
    let bench = try await BackupBench()
    guard mount("tmpfs", bench.folder.path, "tmpfs", 0, "size=16k") == 0 else { return }
    defer { umount2(bench.folder.path, 2) }
    let error = #expect(throws: ArchiveError.self) { try bench.make() }
    #expect(error.map { BackupProblem.code(of: $0) } == "BACKUP_NO_SPACE")
    #expect(bench.names(bench.folder.path) == [])
    let small = bench.root["small"]
    mkdir(small, 0o700)
    guard mount("tmpfs", small, "tmpfs", 0, "size=20m") == 0 else { return }
    defer { umount2(small, 2) }
    try await EmptyDatabase.copy(into: small)
    let maker = try bench.maker(BackupBench.site(small))
    let refused = #expect(throws: BackupProblem.self) { try maker.copy { _ in true } }
    #expect(refused.map { BackupProblem.code(of: $0) } == "BACKUP_NO_SPACE")
    #expect(!bench.names(small).contains("obox.db.copy"))
  }

  @Test func `old backups are deleted, other files and the verified one are not`() async throws {
    let bench = try await BackupBench()
    let day: Int64 = 24 * 3600 * 1000
    for number in 0..<4 { try bench.make(at: 1_795_921_200_000 - Int64(number) * day) }
    bench.root.write("backups/notes.txt", [1])
    let deleted = try bench.folder.prune(
      .init(days: 1, weeks: 0, months: 0), and: "obox-20261126-030000.backup")
    #expect(deleted == ["obox-20261128-030000.backup", "obox-20261127-030000.backup"])
    #expect(
      bench.names(bench.folder.path) == [
        "obox-20261129-030000.backup", "obox-20261126-030000.backup", "notes.txt",
      ])
    #expect(throws: BackupProblem.noSuchBackup("notes.txt")) { try bench.folder.delete("notes.txt") }
  }
}
