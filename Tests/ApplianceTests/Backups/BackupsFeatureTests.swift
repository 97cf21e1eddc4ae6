import Backup
import Foundation
import HTTP
import Store
import TestSupport
import Testing

@testable import Appliance

@Suite(.timeLimit(.minutes(30))) struct BackupsFeatureTests {
  private let path = "/api/admin/backups"
  private let root = TemporaryFolder()

  /// An appliance that has a folder for backups, and an administrator.
  private func run(clock: Clock = .system, _ body: (TestAppliance, TestClient) async throws -> Void)
    async throws
  {
    root.write("passphrase", BackupBench.passphraseText.utf8)
    mkdir(root["backups"], 0o700)
    let settings = ["BACKUP_FOLDER": root["backups"], "BACKUP_PASSPHRASE_FILE": root["passphrase"]]
    try await TestAppliance.run(settings: settings, clock: clock) { test in
      try await body(test, try await test.person("boss", role: .admin))
    }
  }

  /// Waits until no job is unfinished.
  private func settled(_ boss: TestClient, _ test: TestAppliance) async throws -> JSONValue {
    try await test.until(boss, path) { $0.json["job"]?.isNull == true }.json
  }

  private func backup(_ boss: TestClient, _ test: TestAppliance) async throws -> String {
    #expect(try await boss.post(path).status == 202)
    return try #require(try await settled(boss, test)["backups"]?[0]?["name"]?.string)
  }

  private func backups(_ test: TestAppliance) throws -> Backups {
    let found = test.appliance.makeFeatures().compactMap { feature in (feature as? BackupsFeature)?.base }
    return try #require(found.first)
  }

  @Test func `where no folder is configured nothing is offered, and all else is refused`() async throws {
    try await TestAppliance.run { test in
      let boss = try await test.person("boss", role: .admin)
      let state = try await boss.get(path).json
      #expect(state["folder"]?.isNull == true && state["schedule"]?.isNull == true)
      let one = path + "/obox-20261129-030000.backup"
      for answer in [
        try await boss.post(path), try await boss.post(one + "/verify"), try await boss.delete(one),
      ] {
        #expect(answer.status == 409 && answer.code == "BACKUP_NOT_CONFIGURED", "\(answer.text)")
      }
      #expect(try await boss.delete(path + "/running").code == "BACKUP_NOT_RUNNING")
    }
  }

  @Test func `only administrators see and make backups`() async throws {
    try await run { test, _ in
      let lea = try await test.person("lea", role: .moderator)
      for answer in [
        try await lea.get(path), try await lea.post(path), try await lea.delete(path + "/running"),
      ] {
        #expect(answer.status == 403)
      }
    }
  }

  @Test func `what is no backup is not found, also with a path in its name`() async throws {
    try await run { test, boss in
      for name in ["obox-20261129-030000.backup", "passphrase", "..%2Fpassphrase", "%2e%2e"] {
        let answers = [
          try await boss.post("\(path)/\(name)/verify"), try await boss.delete("\(path)/\(name)"),
        ]
        #expect(answers.allSatisfy { [400, 404].contains($0.status) }, "\(name)")
      }
      #expect(FileManager.default.fileExists(atPath: root["passphrase"]))
    }
  }

  @Test func `a backup is made, verified and deleted`() async throws {
    try await run { test, boss in
      let asked = try await boss.post(path)
      #expect(asked.status == 202 && asked.json["job"]?["kind"]?.string == "backup.create", "\(asked.text)")
      let made = try await settled(boss, test)
      #expect(made["lastBackup"]?["error"]?.isNull == true && made["lastVerification"]?.isNull == true)
      let name = try #require(made["backups"]?[0]?["name"]?.string)
      #expect(made["lastBackup"]?["name"]?.string == name)
      #expect((made["backups"]?[0]?["bytes"]?.int ?? 0) > 10_000)
      #expect(made["backups"]?[0]?["verifiedAt"]?.isNull == true)
      #expect(try await boss.post("\(path)/\(name)/verify").status == 202)
      let verified = try await settled(boss, test)
      #expect(verified["lastVerification"]?["error"]?.isNull == true, "\(verified)")
      #expect(verified["backups"]?[0]?["verifiedAt"]?.string != nil)
      #expect(!FileManager.default.fileExists(atPath: test.folder + "/obox.verifying"))
      #expect(try await boss.delete("\(path)/\(name)").status == 200)
      #expect(try await boss.get(path).json["backups"]?.array?.isEmpty == true)
      #expect(try await boss.delete("\(path)/\(name)").status == 404)
      let words = try await test.audited().filter { $0.hasPrefix("backup") }
      #expect(words == ["backup_requested", "backup_requested", "backup_deleted"])
    }
  }

  @Test func `a second backup is refused while one is made`() async throws {
    try await run { test, boss in
      let lock = try BackupLock(dataFolder: test.folder)
      try await test.appliance.database.write { tx in
        let job = try test.appliance.jobs.enqueue("test.nothing", in: tx)
        try tx.execute("UPDATE jobs SET run_at = ? WHERE id = ?", tx.now + 3_600_000, job.id)
        try BackupRuns.began(.create, job: job.id, in: tx)
      }
      let refused = try await boss.post(path)
      #expect(refused.status == 409 && refused.code == "BACKUP_RUNNING", "\(refused.text)")
      #expect(try await boss.delete(path + "/running").status == 200)
      withExtendedLifetime(lock) {}
    }
  }

  @Test func `a failure is told to administrators until a backup succeeds`() async throws {
    try await run { test, boss in
      let lea = try await test.person("lea")
      rmdir(root["backups"])
      #expect(try await boss.get(path).json["problem"]?["code"]?.string == "BACKUP_FOLDER")
      #expect(try await boss.post(path).status == 202)
      let failed = try await settled(boss, test)
      #expect(failed["lastBackup"]?["error"]?["code"]?.string == "BACKUP_FOLDER", "\(failed)")
      let told = try await boss.get("/api/notifications").text
      #expect(told.contains("backup_failed") && told.contains("backup folder cannot be used"), "\(told)")
      #expect(try await !lea.get("/api/notifications").text.contains("backup_failed"))
      mkdir(root["backups"], 0o700)
      _ = try await backup(boss, test)
      let unread = try await test.appliance.database.read {
        try $0.scalar("SELECT count(*) FROM notifications WHERE kind = 'backup_failed' AND read_at IS NULL")
      }
      #expect(unread == 0)
      #expect(try await boss.get(path).json["lastBackup"]?["error"]?.isNull == true)
    }
  }

  @Test func `a damaged backup is found out, marked and told`() async throws {
    try await run { test, boss in
      let name = try await backup(boss, test)
      let file = root["backups"] + "/" + name
      truncate(file, 5000)
      #expect(try await boss.post("\(path)/\(name)/verify").status == 202)
      let state = try await settled(boss, test)
      #expect(state["lastVerification"]?["error"]?["code"]?.string == "BACKUP_DAMAGED", "\(state)")
      #expect(state["backups"]?[0]?["error"]?["code"]?.string == "BACKUP_DAMAGED")
      #expect(try await boss.get("/api/notifications").text.contains("backup could not be verified"))
    }
  }

  @Test func `a passphrase file that others can read stops the backup`() async throws {
    try await run { test, boss in
      chmod(root["passphrase"], 0o644)
      #expect(try await boss.post(path).status == 202)
      let state = try await settled(boss, test)
      #expect(state["lastBackup"]?["error"]?["code"]?.string == "BACKUP_PASSPHRASE", "\(state)")
    }
  }

  @Test func `a cancelled backup leaves nothing, and nobody is told`() async throws {
    try await run { test, boss in
      let queue = test.appliance.jobs
      let database = test.appliance.database
      // Cancels the job as its first step begins.
      queue.beginning.withLock { beginning in
        beginning = { job, step in
          guard step == "copy" else { return }
          database.write {
            try $0.execute("UPDATE jobs SET cancelled = 1 WHERE id = ?", job.id)
          } then: { _ in
          }
        }
      }
      #expect(try await boss.post(path).status == 202)
      let state = try await settled(boss, test)
      #expect(state["lastBackup"]?["error"]?["code"]?.string == "CANCELLED", "\(state)")
      #expect(state["backups"]?.array?.isEmpty == true)
      #expect(try await !boss.get("/api/notifications").text.contains("backup_failed"))
      #expect(!FileManager.default.fileExists(atPath: test.folder + "/obox.db.copy"))
    }
  }

  @Test func `a backup is planned once a day, and its verification once a week`() async throws {
    let time = ManualTime()
    try await run(clock: .manual(time)) { test, boss in
      let backups = try backups(test)
      try await backups.plan()
      _ = try await settled(boss, test)
      #expect(try await boss.get(path).json["backups"]?.array?.count == 1)
      // The first one is verified soon.
      try await backups.plan()
      #expect(try await settled(boss, test)["lastVerification"]?["at"]?.string != nil)
      try await backups.plan()
      #expect(try await boss.get(path).json["job"]?.isNull == true)
      time.advance(by: .seconds(25 * 3600))
      try await backups.plan()
      _ = try await settled(boss, test)
      #expect(try await boss.get(path).json["backups"]?.array?.count == 2)
      try await backups.plan()
      #expect(try await boss.get(path).json["job"]?.isNull == true)
    }
  }
}
