import HTTP
import Hypervisor
import Store
import Synchronization
import Testing

@testable import Appliance

@Suite struct LoadRecorderTests {
  /// A host and its machines with manual clocks.
  private final class Lab: Sendable {
    let bench: TestAppliance
    let time: ManualTime
    let statistics = Mutex<[DomainStatistics]?>([])
    let resources = Mutex(HostResources(cpuMinute: 20, hasMinute: true, memoryPercent: 40, diskPercent: 60))
    private let start = ContinuousClock.now
    private let begun: Int64

    init(_ bench: TestAppliance, _ time: ManualTime) {
      self.bench = bench
      self.time = time
      begun = time.now
    }

    func recorder() -> LoadRecorder {
      LoadRecorder(
        database: bench.appliance.database,
        resources: { self.resources.withLock { $0 } },
        read: {
          guard let all = self.statistics.withLock({ $0 }) else {
            throw HypervisorError(.unreachable, "gone", operation: "read counters")
          }
          return all
        },
        now: { self.start + .milliseconds(self.time.now - self.begun) })
    }

    func points(_ id: Int64 = 0, hours: Int) async throws -> [LoadSeries.Point] {
      let now = time.now
      return try await bench.appliance.database.read {
        try LoadSeries.points(of: id, hours: hours, now: now, in: $0)
      }
    }

    /// A row of a machine, and its domain's UUID.
    func machine(of username: String) async throws -> (id: Int64, domain: String) {
      let owner = try await bench.id(username)
      let machine = try await bench.appliance.database.write { tx in
        try tx.execute(
          """
          INSERT INTO machines (user_id, name, os_type, version, vcpu, memory, disk_size, status, uuid, mac,
            ssh_user, created_at, updated_at)
          VALUES (?, 'web', 'debian', '12', 1, 1024, 10, 'stopped', ?, ?, 'lea', ?, ?)
          """, owner, RandomID.uuid(), RandomID.mac(), tx.now, tx.now)
        return try Machine.find(tx.lastInsertedID, in: tx)
      }
      let found = try #require(machine)
      return (found.id, found.uuid)
    }
  }

  /// On the hour, so that five-minute intervals are easy to read.
  private static let start: Int64 = 1_700_002_800_000

  private func run(_ body: (Lab) async throws -> Void) async throws {
    let time = ManualTime(Self.start)
    try await TestAppliance.run(clock: .manual(time)) { test in try await body(Lab(test, time)) }
  }

  @Test func `only admins see the host's history, and only its owner and admins a machine's`() async throws {
    try await run { lab in
      let lea = try await lab.bench.person("lea")
      let tom = try await lab.bench.person("tom")
      let boss = try await lab.bench.person("boss", role: .admin)
      let machine = try await lab.machine(of: "lea")
      let path = "/api/vms/\(machine.id)/history"
      for (client, path, status) in [
        (lab.bench.client, path, 401), (lab.bench.client, "/api/monitoring/history", 401),
        (lea, "/api/monitoring/history", 403), (tom, path, 404), (lea, "/api/vms/999999/history", 404),
        (lea, "/api/vms/x/history", 404), (lea, path + "?hours=0", 400), (lea, path + "?hours=25", 400),
        (lea, path + "?hours=x", 400), (boss, "/api/monitoring/history?hours=-1", 400), (lea, path, 200),
        (boss, path, 200), (boss, "/api/monitoring/history", 200),
      ] {
        #expect(try await client.get(path).status == status, "\(path) \(status)")
      }
    }
  }

  @Test func `nothing is recorded while the host is unreachable or its values are unknown`() async throws {
    try await run { lab in
      _ = try await lab.bench.person("lea")
      let machine = try await lab.machine(of: "lea")
      let recorder = lab.recorder()
      lab.resources.withLock { $0.hasMinute = false }
      lab.statistics.withLock { $0 = [statistics(machine.domain, cpu: 5)] }
      // One sample gives no processor usage.
      try await recorder.record()
      lab.statistics.withLock { $0 = nil }
      lab.time.advance(by: .seconds(60))
      try await recorder.record()
      // After the outage, the counters from before are not used.
      lab.statistics.withLock { $0 = [statistics(machine.domain, cpu: 50)] }
      lab.time.advance(by: .seconds(60))
      try await recorder.record()
      lab.resources.withLock { $0 = HostResources(cpuMinute: 1, hasMinute: true, isUnknown: true) }
      lab.time.advance(by: .seconds(60))
      lab.statistics.withLock { $0 = nil }
      try await recorder.record()
      #expect(try await lab.bench.count("SELECT count(*) FROM load_history") == 0)
    }
  }

  @Test func `a stopped machine leaves a gap, and a deleted one leaves no rows`() async throws {
    try await run { lab in
      _ = try await lab.bench.person("lea")
      let machine = try await lab.machine(of: "lea")
      let recorder = lab.recorder()
      await recorder.begin()
      for minute in 1...9 {
        lab.time.advance(by: .seconds(60))
        let isStopped = (4...6).contains(minute)
        lab.statistics.withLock {
          $0 = [
            statistics(
              machine.domain, isStopped ? .stopped : .running, cpu: Double(minute * 15), totalKB: 1 << 20,
              usedKB: 1 << 18, disk: 1 << 30), statistics("somebody-else", cpu: 5),
          ]
        }
        try await recorder.record()
      }
      let points = try await lab.points(machine.id, hours: 2)
      #expect(points.map { ($0.at - Self.start) / 60_000 } == [1, 2, 3, 7, 8, 9])
      #expect(points[1].sample == LoadSample(cpu: 25, ram: 25, disk: 10))
      #expect(try await lab.points(hours: 2).count == 9)
      try await lab.bench.write("DELETE FROM machines")
      #expect(try await lab.points(machine.id, hours: 2).isEmpty)
      #expect(try await lab.bench.count("SELECT count(*) FROM load_history WHERE machine_id <> 0") == 0)
      #expect(try await lab.points(hours: 2).count == 9)
    }
  }

  @Test func `minutes are kept for two hours, five-minute averages for a day`() async throws {
    try await run { lab in
      let recorder = lab.recorder()
      for minute in 0..<26 * 60 {
        lab.resources.withLock { $0.cpuMinute = minute % 5 * 10 }
        try await recorder.record()
        lab.time.advance(by: .seconds(60))
      }
      let fine = try await lab.points(hours: 2)
      // The current minute is not recorded yet.
      #expect(fine.count == 119)
      #expect(fine.last?.at == lab.time.now - 60_000)
      let whole = try await lab.points(hours: 24)
      let averages = whole.dropLast(5)
      #expect(averages.allSatisfy { $0.sample == LoadSample(cpu: 20, ram: 40, disk: 60) })
      #expect(zip(averages, averages.dropFirst()).allSatisfy { $1.at - $0.at == 300_000 })
      // The last five minutes are not averaged yet.
      #expect(whole.suffix(5).map(\.sample.cpu) == [0, 10, 20, 30, 40])
      #expect((286...288).contains(averages.count))
      #expect(try await lab.bench.count("SELECT count(*) FROM load_history WHERE grain = 60") <= 121)
      #expect(try await lab.bench.count("SELECT count(*) FROM load_history WHERE grain = 300") <= 289)
      #expect(try await lab.points(hours: 3).count < 45)
    }
  }

  @Test func `a restart loses no average, and a clock set back only rows in the future`()
    async throws
  {
    try await run { lab in
      for minute in 0..<12 {
        // Each new recorder starts without state.
        lab.resources.withLock { $0.cpuMinute = minute }
        try await lab.recorder().record()
        lab.time.advance(by: .seconds(60))
      }
      #expect(try await lab.points(hours: 24).map(\.sample.cpu) == [2, 7, 10, 11])
      let recorder = lab.recorder()
      try await recorder.record()
      lab.time.advance(by: .seconds(-6 * 60))
      try await recorder.record()
      #expect(try await lab.points(hours: 2).map(\.at).max() == lab.time.now)
      lab.time.advance(by: .seconds(60))
      try await recorder.record()
      #expect(try await lab.points(hours: 2).map(\.at).max() == lab.time.now)
    }
  }

  @Test func `the response contains its grain and percentages`() async throws {
    try await run { lab in
      let boss = try await lab.bench.person("boss", role: .admin)
      try await lab.recorder().record()
      for (hours, grain) in [(1, 60), (2, 60), (3, 300), (24, 300)] {
        let answer = try await boss.get("/api/monitoring/history?hours=\(hours)")
        #expect(answer.json["grain"]?.int == grain)
        #expect(
          answer.json["points"]
            == JSONValue(parsing: #"[{"at":"2023-11-14T23:00:00.000Z","cpu":20,"ram":40,"disk":60}]"#))
      }
    }
  }
}

@Suite(.timeLimit(.minutes(30))) struct ResourceMonitorTests {
  @Test func `a new sample is taken on request unless the last one is recent`() async throws {
    let folder = TemporaryFolder()
    folder.write("stat", "cpu 100 0 0 100\ncpu0 1 1 1 1\n".utf8)
    folder.write("meminfo", "MemTotal: 4096 kB\nMemAvailable: 1024 kB\n".utf8)
    let time = Mutex(ContinuousClock.now)
    let sampler = HostSampler(folder: folder.path, proc: folder.path) { time.withLock { $0 } }
    let monitor = ResourceMonitor(sampler)
    folder.write("meminfo", "MemTotal: 4096 kB\nMemAvailable: 2048 kB\n".utf8)
    // Recent enough to be reused.
    #expect(await monitor.fresh().memoryPercent == 75)
    time.withLock { $0 += .seconds(5) }
    #expect(monitor.now().memoryPercent == 75)
    #expect(await monitor.fresh().memoryPercent == 50)
    monitor.stop()
  }
}
