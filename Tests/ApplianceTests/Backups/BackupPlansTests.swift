import Testing

@testable import Appliance

/// Names, retention and schedule: what needs no file.
@Suite struct BackupPlansTests {
  private static let day: Int64 = 24 * 3600 * 1000

  @Test(arguments: [
    "", "obox.db", "obox-20261129-030000.backup.partial", "../obox-20261129-030000.backup",
    "obox-20261129-030000.backup/", "obox-2026112x-030000.backup", "obox-20261329-030000.backup",
    "obox-20261129_030000.backup", "obox-20261129-250000.backup", "obox-２0261129-03000.backup",
  ])
  func `other names are no backups`(name: String) {
    #expect(BackupName.time(of: name) == nil)
  }

  @Test func `a name says the time to the second, in UTC`() {
    #expect(BackupName.at(1_795_921_200_999) == "obox-20261129-030000.backup")
    #expect(BackupName.time(of: "obox-20261129-030000.backup") == 1_795_921_200_000)
  }

  private func items(_ times: [Int64]) -> [BackupFolder.Item] {
    times.sorted(by: >).map { BackupFolder.Item(name: BackupName.at($0), createdAt: $0, bytes: 1) }
  }

  private func kept(_ times: [Int64], days: Int, weeks: Int, months: Int) -> [String] {
    let items = items(times)
    let gone = BackupRetention.superfluous(items, .init(days: days, weeks: weeks, months: months))
    return items.filter { !gone.contains($0) }.map { String($0.name.dropFirst(5).prefix(8)) }
  }

  @Test func `the newest of each of the last days, weeks and months are kept`() {
    // 29 November 2026 is a Sunday.
    let times = (0..<100).map { 1_795_921_200_000 - Int64($0) * Self.day }
    #expect(kept(times, days: 3, weeks: 0, months: 0) == ["20261129", "20261128", "20261127"])
    #expect(kept(times, days: 1, weeks: 3, months: 0) == ["20261129", "20261122", "20261115"])
    #expect(kept(times, days: 1, weeks: 0, months: 3) == ["20261129", "20261031", "20260930"])
    #expect(
      kept(times, days: 2, weeks: 2, months: 2) == ["20261129", "20261128", "20261122", "20261031"])
  }

  @Test func `of several a day the last is kept, and days without a backup do not count`() {
    let noon: Int64 = 1_795_953_600_000
    let earlier = noon - 2 * Self.day
    #expect(
      kept([noon, earlier, earlier - 3_600_000, noon - 40 * Self.day], days: 3, weeks: 0, months: 0)
        == ["20261129", "20261127", "20261020"])
    #expect(kept([noon, noon - 3_600_000, earlier], days: 1, weeks: 0, months: 0).count == 2)
    #expect(kept([noon], days: 1, weeks: 0, months: 0).count == 1)
    #expect(kept([], days: 1, weeks: 1, months: 1) == [])
  }

  private func run(_ at: Int64, succeeded: Int64? = nil, _ code: String? = nil) -> BackupRuns.Run {
    BackupRuns.Run(at: at, jobID: 1, succeededAt: succeeded, errorCode: code, name: nil)
  }

  @Test func `a backup is due once a day at its hour, and at once when there is none`() {
    let slot = BackupSchedule.slot(before: 1_795_921_200_000, hour: 3)
    #expect(slot <= 1_795_921_200_000 && slot > 1_795_921_200_000 - 25 * 3_600_000)
    #expect(BackupSchedule.slot(before: slot, hour: 3) == slot)
    #expect(BackupSchedule.slot(before: slot - 1, hour: 3) < slot)
    #expect(BackupSchedule.isDue(at: slot, hour: 3, nil))
    let last = run(slot - 1000, succeeded: slot - 500)
    #expect(BackupSchedule.isDue(at: slot, hour: 3, last))
    #expect(!BackupSchedule.isDue(at: slot - 1, hour: 3, last))
    #expect(!BackupSchedule.isDue(at: slot + 1, hour: 3, run(slot, succeeded: slot + 1)))
  }

  @Test func `after a failure it is tried again after six hours, also when the clock was set back`() {
    let slot = BackupSchedule.slot(before: 1_795_921_200_000, hour: 3)
    let failed = run(slot, succeeded: slot - Self.day, "BACKUP_FOLDER")
    #expect(!BackupSchedule.isDue(at: slot + BackupSchedule.pause - 1, hour: 3, failed))
    #expect(BackupSchedule.isDue(at: slot + BackupSchedule.pause, hour: 3, failed))
    #expect(BackupSchedule.isDue(at: slot - 1000, hour: 3, run(slot, succeeded: slot - 2 * Self.day, "X")))
  }

  @Test func `a verification is due every week`() {
    let now: Int64 = 1_795_921_200_000
    #expect(BackupSchedule.isVerificationDue(at: now, nil))
    #expect(!BackupSchedule.isVerificationDue(at: now, run(now - Self.day, succeeded: now - Self.day)))
    #expect(BackupSchedule.isVerificationDue(at: now, run(now - 7 * Self.day, succeeded: now - 7 * Self.day)))
    #expect(!BackupSchedule.isVerificationDue(at: now, run(now - 1000, succeeded: nil, "BACKUP_DAMAGED")))
  }
}
