import Glibc
import Store
import Testing

/// Upgrades that end in the middle.
@Suite struct InterruptedUpgradeTests {
  @Test(arguments: UpgradeStep.allCases)
  func `killed at any step, the database is there with all its rows`(step: UpgradeStep) async throws {
    let folder = try Folder()
    let path = folder.database
    // The rows are in the log only: nobody closed the database.
    await #expect(processExitsWith: .signal(SIGKILL)) { [path = path as String] in
      try await writeAndDie(path)
    }
    #expect(folder.names.contains("box.db-wal"))
    let name = step.rawValue
    await #expect(processExitsWith: .signal(SIGKILL)) { [path = path as String, name = name as String] in
      try upgradeUntil(UpgradeStep(rawValue: name), path)
    }
    // The version before may go on, unless the new file has taken the place.
    if step != .replaced {
      #expect(try await titles(in: folder, migrations: [notes]) == 10)
      #expect(folder.names == ["box.db", "box.db.lock"])
    }
    #expect(try await titles(in: folder, migrations: [notes, marks]) == 10)
    #expect(folder.names == ["box.db", "box.db.before-2", "box.db.lock"])
  }

  @Test(.enabled(if: geteuid() == 0, "mounting needs root"), arguments: UpgradeStep.allCases)
  func `a disk that is full at any step loses nothing`(step: UpgradeStep) async throws {
    guard let disk = try SmallDisk() else { return }
    await (try await tenNotes(disk.folder)).close()
    let error = await refusal {
      let database = try disk.folder.open(
        migrations: [notes, marks], upgrading: { if $0 == step { disk.fill() } })
      await database.close()
    }
    #expect(error == nil || error?.code == .full, "\(step): \(String(describing: error))")
    if step == .copying || step == .migrating {
      #expect(error?.message.contains("Free some space") == true)
      #expect(!disk.folder.names.contains { $0.contains("migrating") || $0.contains("before") })
    }
    disk.free()
    #expect(try await titles(in: disk.folder, migrations: [notes, marks]) == 10)
  }

  @Test(.enabled(if: geteuid() == 0, "mounting needs root"))
  func `without room for a copy nothing is begun`() async throws {
    guard let disk = try SmallDisk(size: "4m") else { return }
    let database = try await tenNotes(disk.folder)
    try await database.write { transaction in
      for number in 0..<100 {
        try transaction.execute(
          "INSERT INTO notes (title) VALUES (?)", "\(number) " + String(repeating: "long ", count: 1000))
      }
    }
    await database.close()
    disk.fill(leaving: 256 << 10)
    let steps = Record<UpgradeStep>()
    let error = await refusal {
      try disk.folder.open(migrations: [notes, marks], upgrading: { steps.append($0) })
    }
    #expect(error?.code == .full && error?.message.contains("MB of free disk space") == true)
    #expect(steps.all == [])
    #expect(try await titles(in: disk.folder, migrations: [notes]) == 110)
  }
}

private func tenNotes(_ folder: Folder) async throws -> Database {
  let database = try folder.open()
  try await database.write { transaction in
    for number in 0..<10 { try transaction.execute("INSERT INTO notes (title) VALUES (?)", "note \(number)") }
  }
  return database
}

private func writeAndDie(_ path: String) async throws {
  let database = try Database.open(path: path, migrations: [notes], clock: { 0 }, log: { _ in })
  try await database.write { transaction in
    for number in 0..<10 { try transaction.execute("INSERT INTO notes (title) VALUES (?)", "note \(number)") }
  }
  kill(getpid(), SIGKILL)
}

private func upgradeUntil(_ step: UpgradeStep?, _ path: String) throws {
  _ = try Database.open(
    path: path, migrations: [notes, marks], clock: { 0 }, log: { _ in },
    upgrading: { if $0 == step { kill(getpid(), SIGKILL) } })
}
