import Backup
import Glibc
import Store
import Testing

@testable import Appliance

@Suite(.timeLimit(.minutes(30))) struct UnpackedBackupTests {
  /// Runs SQL on an unpacked database.
  private func change(_ unpacked: UnpackedBackup, _ sql: String) async throws {
    let database = try BackupBench.open(unpacked.folder)
    try await database.write { try $0.execute(sql) }
    await database.close()
  }

  private func problem(_ unpacked: UnpackedBackup) -> String {
    do {
      _ = try unpacked.check()
      return "none"
    } catch {
      return "\(error)"
    }
  }

  @Test(arguments: [
    ("INSERT INTO settings VALUES ('more', x'00')", "settings has"),
    ("DELETE FROM upload_chunks WHERE number = 1", "upload_chunks has"),
    ("UPDATE upload_chunks SET data = x'07' WHERE number = 1", "a file was altered: plan.txt"),
    ("UPDATE settings SET value = x'0102' WHERE name = 'vault-check'", "key of the backup does not open"),
    ("DELETE FROM schema_migrations WHERE number = 77", "another version"),
  ])
  func `a database that is not what was backed up is found out`(sql: String, words: String) async throws {
    let bench = try await BackupBench()
    let unpacked = try bench.unpack(try bench.make())
    #expect(problem(unpacked) == "none")
    try await change(unpacked, sql)
    #expect(problem(unpacked).contains(words), "\(problem(unpacked))")
  }

  @Test func `a database with damaged pages is found out`() async throws {
    let bench = try await BackupBench()
    let unpacked = try bench.unpack(try bench.make())
    let file = open(unpacked.database, O_WRONLY | O_CLOEXEC)
    var about = stat()
    fstat(file, &about)
    let noise = [UInt8](repeating: 0xA5, count: Int(about.st_size) / 2)
    pwrite(file, noise, noise.count, about.st_size / 2)
    close(file)
    #expect(problem(unpacked) != "none")
  }

  @Test func `another key than that of the database is found out`() async throws {
    let bench = try await BackupBench()
    let unpacked = try bench.unpack(try bench.make())
    bench.root.write("unpacked/obox.key", [UInt8](repeating: 1, count: 32))
    #expect(problem(unpacked) == "\(BackupProblem.wrongKey)")
  }

  /// A backup with these files.
  private func archive(_ files: [(String, [UInt8])], _ bench: BackupBench) throws -> String {
    let path = bench.folder.file("obox-20261129-030000.backup")
    let writer = try ArchiveWriter(
      path, ArchiveHeader(createdAt: 1, version: "9.9"), passphrase: bench.passphrase, cost: .least)
    for (name, bytes) in files { try writer.add(name, bytes) }
    _ = try writer.finish()
    return path
  }

  private func manifest(schema: Int64 = 1, bytes: Int64 = 1) -> [UInt8] {
    Array(
      #"{"createdAt":1,"version":"9.9","schema":\#(schema),"bytes":\#(bytes),"rows":{}}"#.utf8)
  }

  @Test func `a backup of a newer version is refused before anything is unpacked`() async throws {
    let bench = try await BackupBench()
    let path = try archive([("manifest.json", manifest(schema: 9999)), ("obox.db", [1])], bench)
    #expect(throws: BackupProblem.newer("9.9")) { _ = try bench.unpack(path) }
    #expect(!bench.names(bench.root.path).contains("unpacked"))
  }

  @Test func `a backup without a description, a key or a database is refused`() async throws {
    let bench = try await BackupBench()
    for (number, files) in [
      [], [("obox.db", [1])], [("manifest.json", [0x7B])], [("manifest.json", manifest()), ("obox.db", [1])],
      [("manifest.json", manifest()), ("obox.key", [1])],
    ].enumerated() {
      let path = try archive(files, bench)
      let error = #expect(throws: BackupProblem.self) { _ = try bench.unpack(path, to: "\(number)") }
      #expect(error.map { BackupProblem.code(of: $0) } == "BACKUP_DAMAGED")
      unlink(path)
    }
  }

  @Test func `a database that is larger than the disk is refused before it is written`() async throws {
    let bench = try await BackupBench()
    let files =
      [("manifest.json", manifest(bytes: 1 << 50)), ("obox.db", [1]), ("obox.key", [1])]
      as [(String, [UInt8])]
    let path = try archive(files, bench)
    let error = #expect(throws: BackupProblem.self) { _ = try bench.unpack(path) }
    #expect(error.map { BackupProblem.code(of: $0) } == "BACKUP_NO_SPACE")
    #expect(bench.names(bench.root["unpacked"]) == [])
  }

  @Test func `nothing is written outside the folder, and unknown files are left out`() async throws {
    let bench = try await BackupBench()
    let uuid = "0b0cb0f2-45b5-4d43-a0a7-4d8b9f1c7d10"
    let path = try archive(
      [
        ("manifest.json", manifest()), ("../escaped", [1]), ("/tmp/escaped", [1]), ("machines/../x.xml", [1]),
        ("machines/a/b.xml", [1]), ("later", [1]), ("machines/\(uuid).xml", [2]), ("obox.db", [1]),
        ("obox.key", [1]),
      ], bench)
    _ = try bench.unpack(path)
    #expect(bench.names(bench.root["unpacked"]) == ["machines", "obox.db", "obox.key"])
    #expect(bench.names(bench.root["unpacked/machines"]) == ["\(uuid).xml"])
    #expect(bench.names(bench.root.path) == ["data", "backups", "passphrase", "unpacked"])
  }

  @Test func `restored data is served, and what it would do is stopped before`() async throws {
    let bench = try await BackupBench()
    let unpacked = try bench.unpack(try bench.make())
    try await BackupTrial(folder: unpacked.folder).run()
    bench.root.write("unpacked/obox.key", [1, 2])
    await #expect(throws: BackupProblem.self) { try await BackupTrial(folder: unpacked.folder).run() }
  }
}
