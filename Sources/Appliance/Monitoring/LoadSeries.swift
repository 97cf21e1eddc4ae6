import HTTP
import Store

/// Usage of processors, memory and disk in percent.
struct LoadSample: Sendable, Equatable {
  let cpu: Double
  let ram: Double
  let disk: Double

  init(cpu: Double, ram: Double, disk: Double) {
    self.cpu = cpu
    self.ram = ram
    self.disk = disk
  }

  init(_ load: MachineLoad, of machine: Machine) {
    let total = load.memoryTotal > 0 ? load.memoryTotal : machine.memory
    cpu = Double(load.cpuUsage)
    ram = Double(Percent.of(Double(load.memoryUsed), Double(total)))
    disk = Double(Percent.of(Double(load.diskUsed), Double(machine.diskSize) * 1_073_741_824))
  }
}

/// The usage of the last day: minutes for two hours, and averages of five minutes for the rest.
enum LoadSeries {
  /// The machine id that stands for the host.
  static let host: Int64 = 0

  /// In milliseconds.
  private static let minute: Int64 = 60_000
  private static let five = 5 * minute
  private static let fineLength = 120 * minute
  private static let wholeLength = 24 * 60 * minute

  struct Point: Sendable, Equatable {
    let at: Int64
    let sample: LoadSample
  }

  static func insert(_ sample: LoadSample, of id: Int64, in tx: Transaction) throws {
    try tx.execute(
      "INSERT OR REPLACE INTO load_history (machine_id, grain, at, cpu, ram, disk) VALUES (?, 60, ?, ?, ?, ?)",
      id,
      tx.now, sample.cpu, sample.ram, sample.disk)
  }

  /// Averages complete five-minute intervals since `since`, or all; returns the end of the last one.
  static func average(since: Int64?, in tx: Transaction) throws -> Int64 {
    let until = tx.now - tx.now % five
    let from = since.map { min($0, until) } ?? until - fineLength
    guard from < until else { return until }
    try tx.execute(
      """
      INSERT OR IGNORE INTO load_history (machine_id, grain, at, cpu, ram, disk)
      SELECT machine_id, 300, at - at % \(five), avg(cpu), avg(ram), avg(disk) FROM load_history
      WHERE grain = 60 AND at >= ? AND at < ? GROUP BY machine_id, at - at % \(five)
      """, from, until)
    return until
  }

  /// Deletes rows that are too old, and rows in the future left by a clock that was ahead.
  static func forget(in tx: Transaction) throws {
    for (grain, length) in [(60, fineLength), (300, wholeLength)] {
      try tx.execute("DELETE FROM load_history WHERE grain = ? AND at < ?", grain, tx.now - length)
      try tx.execute("DELETE FROM load_history WHERE grain = ? AND at > ?", grain, tx.now)
    }
  }

  /// Seconds between points for a period of this many hours.
  static func grain(hours: Int) -> Int { hours <= 2 ? 60 : 300 }

  /// The points of the last hours, oldest first: averages, followed by minutes not averaged yet.
  static func points(
    of id: Int64, hours: Int, now: Int64, in connection: Connection
  ) throws -> [Point] {
    try connection.query(sql, id, grain(hours: hours), now - Int64(hours) * 60 * minute, now) { row in
      Point(
        at: row.int64(0), sample: LoadSample(cpu: row.double(1), ram: row.double(2), disk: row.double(3)))
    }
  }

  static let sql = """
    SELECT at, cpu, ram, disk FROM load_history
    WHERE machine_id = ?1 AND grain = ?2 AND at > ?3 AND at <= ?4
    UNION ALL
    SELECT at, cpu, ram, disk FROM load_history
    WHERE machine_id = ?1 AND grain = 60 AND ?2 <> 60 AND at > ?3 AND at <= ?4 AND at >= coalesce(
      (SELECT max(at) + \(five) FROM load_history WHERE machine_id = ?1 AND grain = 300), 0)
    ORDER BY at
    """
}
