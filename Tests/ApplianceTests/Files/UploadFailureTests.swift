import Glibc
import HTTP
import Store
import Testing

@testable import Appliance

@Suite struct UploadFailureTests {
  private static let large = FileSamples.png(9, 9, padding: 4 * NewUpload.chunkSize)
  private static let day: Duration = .seconds(24 * 60 * 60)

  @Test func `a failed upload is never visible and leaves nothing`() async throws {
    try await TestAppliance.run { test in
      let lea = try await test.person("lea")
      try await test.write(
        """
        CREATE TRIGGER broken BEFORE INSERT ON upload_chunks WHEN NEW.number = 3
        BEGIN SELECT RAISE(ABORT, 'broken'); END
        """)
      let answer = try await lea.send("POST", "/api/uploads", content: Self.large)
      #expect(answer.status == 500)
      #expect(try await test.count("SELECT count(*) FROM uploads") == 0)
      #expect(try await test.count("SELECT count(*) FROM upload_chunks") == 0)
      try await test.write("DROP TRIGGER broken")
      #expect(try await lea.send("POST", "/api/uploads", content: Self.large).status == 201)
    }
  }

  @Test func `the next start deletes incomplete uploads, and no complete ones`() async throws {
    try await TestAppliance.run { test in
      let lea = try await test.person("lea")
      let kept = try await test.upload(Self.large, as: lea)
      let cut = try await test.upload(Self.large, as: lea)
      // Restores the state before the last chunk.
      let key = String(cut.dropFirst(UploadedFile.prefix.count))
      try await test.write("UPDATE uploads SET completed_at = NULL WHERE key = '\(key)'")
      #expect(try await lea.get(cut).status == 404)
      let again = try await test.restarted()
      let client = TestClient(port: again.port, token: lea.token, headers: lea.headers)
      #expect(try await client.get(kept).body == Self.large)
      #expect(try await client.get(cut).status == 404)
      #expect(try await again.count("SELECT count(*) FROM uploads") == 1)
      #expect(try await again.count("SELECT count(*) FROM upload_chunks") == 5)
      await again.appliance.stop()
    }
  }

  @Test func `unattached files are deleted: at once after use, after a week if never used`()
    async throws
  {
    let time = ManualTime()
    try await TestAppliance.run(clock: .manual(time)) { test in
      let lea = try await test.person("lea")
      let owner = try await test.id("lea")
      let never = try await test.upload(FileSamples.pdf, as: lea)
      let used = try await test.upload(FileSamples.png(1, 1), as: lea)
      let deleted = try await test.upload(FileSamples.png(2, 2), as: lea)
      let purged = try await test.upload(FileSamples.png(3, 3), as: lea)
      try await test.attach([used], to: try await test.message(in: "private", by: owner), by: owner)
      let marked = try await test.message(in: "public", by: owner)
      try await test.attach([deleted], to: marked, by: owner)
      let gone = try await test.message(in: "public", by: owner)
      try await test.attach([purged], to: gone, by: owner)
      try await test.write(
        """
        UPDATE chat_messages SET deleted_at = 1 WHERE id = \(marked);
        DELETE FROM chat_messages WHERE id = \(gone);
        """)
      time.advance(by: Self.day * 6)
      try await test.tidy()
      #expect(try await test.there([never, used, deleted, purged]) == [never, used])
      time.advance(by: Self.day * 2)
      try await test.tidy()
      #expect(try await test.there([never, used, deleted, purged]) == [used])
      #expect(try await test.count("SELECT count(DISTINCT upload_id) FROM upload_chunks") == 1)
    }
  }

  @Test(.enabled(if: geteuid() == 0, "mounting needs root"))
  func `a full disk is reported, leaves nothing, and later uploads succeed`() async throws {
    let folder = "/tmp/obox-small-\(getpid())"
    mkdir(folder, 0o700)
    guard mount("tmpfs", folder, "tmpfs", 0, "size=64m") == 0 else { return }
    defer {
      umount2(folder, 2)
      rmdir(folder)
    }
    let test = try await TestAppliance.start(in: folder, passwordCost: .cheapest)
    let lea = try await test.person("lea")
    let filler = open(folder + "/filler", O_WRONLY | O_CREAT | O_CLOEXEC, 0o600)
    #expect(posix_fallocate(filler, 0, 42 << 20) == 0)
    close(filler)
    let content = FileSamples.png(9, 9, padding: 10_000_000)
    let answer = try await lea.send("POST", "/api/uploads", content: content)
    #expect(answer.status == 503)
    #expect(answer.code == "NO_SPACE")
    #expect(try await test.count("SELECT count(*) FROM uploads WHERE completed_at IS NOT NULL") == 0)
    // What could not be deleted on the full disk is deleted by the cleanup once there is space.
    unlink(folder + "/filler")
    try await test.tidy(before: .max)
    #expect(try await test.count("SELECT count(*) FROM uploads") == 0)
    #expect(try await test.count("SELECT count(*) FROM upload_chunks") == 0)
    #expect(try await lea.send("POST", "/api/uploads", content: content).status == 201)
    await test.appliance.stop()
  }
}

extension TestAppliance {
  private var tidying: TidyUploads {
    TidyUploads(
      store: UploadStore(database: appliance.database, quotas: appliance.quotas), clock: appliance.clock)
  }

  /// Runs the cleanup like the job.
  fileprivate func tidy() async throws { try await tidying.tidy() }

  fileprivate func tidy(before time: Int64) async throws { try await tidying.eraseUnfinished(before: time) }

  /// Those of the files that still exist.
  fileprivate func there(_ urls: [String]) async throws -> [String] {
    let keys = try await appliance.database.read { try $0.query("SELECT key FROM uploads") { $0.text(0) } }
    return urls.filter { keys.contains(String($0.dropFirst(UploadedFile.prefix.count))) }
  }
}
