import HTTP
import Synchronization
import TestSupport
import Testing

@testable import Appliance
@testable import Hypervisor

func statistics(
  _ uuid: String = "obox-1", _ state: DomainState = .running, cpu: Double = 0, vcpus: Int = 1,
  totalKB: Int64 = 0, usedKB: Int64? = nil, disk: Int64 = 0
) -> DomainStatistics {
  DomainStatistics(
    name: "renamed by hand", uuid: uuid, state: state, cpuTimeNs: Int64(cpu * 1e9), vcpus: vcpus,
    memoryTotalKB: totalKB,
    memoryUsedKB: usedKB, diskAllocation: disk, diskCapacity: 0, rxBytes: 0, txBytes: 0, readBytes: 0,
    writtenBytes: 0)
}

@Suite struct LoadHistoryTests {
  private var history = LoadHistory()
  private let start = ContinuousClock.now

  private mutating func usage(_ domain: DomainStatistics, after seconds: Int) -> Int? {
    history.record([domain], at: start + .seconds(seconds))[domain.uuid]?.cpuUsage
  }

  @Test mutating func `one sample gives no processor usage`() {
    #expect(usage(statistics(cpu: 500), after: 0) == 0)
  }

  @Test mutating func `usage is a percentage of the machine's own cores`() {
    _ = usage(statistics(cpu: 10, vcpus: 4), after: 0)
    #expect(usage(statistics(cpu: 20, vcpus: 4), after: 5) == 50)
    #expect(usage(statistics(cpu: 20, vcpus: 4), after: 10) == 0)
  }

  @Test mutating func `a counter ahead of the clock gives 100 percent`() {
    _ = usage(statistics(cpu: 10), after: 0)
    #expect(usage(statistics(cpu: 30), after: 5) == 100)
  }

  @Test mutating func `the counter of a restarted machine starts from zero again`() {
    _ = usage(statistics(cpu: 1000), after: 0)
    #expect(usage(statistics(cpu: 2), after: 5) == 40)
    #expect(usage(statistics(cpu: 3), after: 10) == 20)
  }

  @Test mutating func `the usage of a machine started between two samples is its counter`() {
    _ = usage(statistics("obox-1", .stopped), after: 0)
    #expect(usage(statistics(cpu: 1), after: 5) == 20)
  }

  @Test mutating func `a stopped machine has zero usage`() {
    _ = usage(statistics(cpu: 10), after: 0)
    let stopped = statistics("obox-1", .stopped, cpu: 12, totalKB: 2048, usedKB: 1024, disk: 77)
    #expect(history.record([stopped], at: start + .seconds(5))["obox-1"] == MachineLoad())
  }

  @Test mutating func `a missing counter keeps the last usage and its base`() {
    _ = usage(statistics(cpu: 10), after: 0)
    #expect(usage(statistics(cpu: 12), after: 5) == 40)
    #expect(usage(statistics(cpu: 0), after: 10) == 40)
    #expect(usage(statistics(cpu: 13), after: 15) == 10)
  }

  @Test mutating func `two samples at the same time keep the last usage`() {
    _ = usage(statistics(cpu: 10), after: 0)
    _ = usage(statistics(cpu: 12), after: 5)
    #expect(usage(statistics(cpu: 12), after: 5) == 40)
  }

  @Test mutating func `an old sample is not used as a base`() {
    _ = usage(statistics(cpu: 10), after: 0)
    #expect(usage(statistics(cpu: 40), after: 60) == 0)
  }

  @Test mutating func `missing domains are forgotten`() {
    _ = history.record([statistics("a", cpu: 5), statistics("b", cpu: 5)], at: start)
    #expect(history.record([statistics("b", cpu: 6)], at: start + .seconds(5)).keys.sorted() == ["b"])
    #expect(history.record([statistics("a", cpu: 9)], at: start + .seconds(10))["a"]?.cpuUsage == 0)
  }

  @Test mutating func `memory is in MB, and unknown before the guest reports`() {
    let load = history.record(
      [statistics("a", totalKB: 1 << 20, usedKB: 300 << 10, disk: 5), statistics("b", totalKB: 2048)],
      at: start)
    #expect(load["a"] == MachineLoad(cpuUsage: 0, memoryUsed: 300, memoryTotal: 1024, diskUsed: 5))
    #expect(load["b"]?.memoryUsed == 0)
  }

  @Test mutating func `implausible counters are handled`() {
    _ = usage(statistics(cpu: 1), after: 0)
    let odd = DomainStatistics(
      name: "obox-1", uuid: "obox-1", state: .running, cpuTimeNs: .max, vcpus: -3, memoryTotalKB: -5,
      memoryUsedKB: .max,
      diskAllocation: .min, diskCapacity: 0, rxBytes: 0, txBytes: 0, readBytes: 0, writtenBytes: 0)
    let load = history.record([odd], at: start + .seconds(1))["obox-1"]
    #expect(load?.cpuUsage == 100)
    #expect(load?.memoryTotal == 0)
    #expect(load?.diskUsed == 0)
  }
}

@Suite struct MachineLoadTests {
  private func json(_ load: MachineLoad) -> JSONValue? {
    var json = JSONWriter()
    json.beginObject()
    load.write(to: &json, vcpu: 2, memory: 1024, diskSize: 10)
    json.endObject()
    return JSONValue(parsing: String(decoding: json.bytes, as: UTF8.self))
  }

  @Test func `an idle machine reports its configured sizes`() {
    #expect(
      json(MachineLoad())
        == JSONValue(
          parsing: """
            {"cpu":{"usage":0,"vcpu":2},"ram":{"used":0,"total":1024,"percent":0},
            "disk":{"used":0,"total":10,"percent":0}}
            """))
  }

  @Test func `a busy machine reports MB, GB and whole percentages`() {
    let load = MachineLoad(cpuUsage: 37, memoryUsed: 500, memoryTotal: 1000, diskUsed: 2_684_354_560)
    #expect(
      json(load)
        == JSONValue(
          parsing: """
            {"cpu":{"usage":37,"vcpu":2},"ram":{"used":500,"total":1000,"percent":50},
            "disk":{"used":2.5,"total":10,"percent":25}}
            """))
  }

  @Test func `no usage exceeds 100 percent`() {
    let value = json(MachineLoad(memoryUsed: 9999, memoryTotal: 1000, diskUsed: .max))
    #expect(value?["ram"]?["percent"]?.int == 100)
    #expect(value?["ram"]?["used"]?.int == 1000)
    #expect(value?["disk"]?["percent"]?.int == 100)
  }
}

@Suite(.timeLimit(.minutes(30))) struct LoadMeterTests {
  private final class Source: Sendable {
    let reads = Atomic(0)
    let isAway = Atomic(false)
    let seconds = Atomic(0)
    let start = ContinuousClock.now

    /// Half a core busy, measured with a manual clock.
    func meter() -> LoadMeter {
      LoadMeter(
        read: { [self] in
          reads.wrappingAdd(1, ordering: .relaxed)
          await hop()
          if isAway.load(ordering: .relaxed) {
            throw HypervisorError(.unreachable, "gone", operation: "read counters")
          }
          return [statistics(cpu: 100 + Double(seconds.load(ordering: .relaxed)) / 2)]
        },
        now: { [self] in start + .seconds(seconds.load(ordering: .relaxed)) },
        pause: { [self] in advance(by: 1) })
    }

    func advance(by step: Int) { seconds.wrappingAdd(step, ordering: .relaxed) }
    var count: Int { reads.load(ordering: .relaxed) }
  }

  private let source = Source()

  @Test func `an unreachable host is reported as such`() async {
    source.isAway.store(true, ordering: .relaxed)
    let loads = await source.meter().loads(maxAge: .zero)
    #expect(loads == MachineLoads())
    #expect(!loads.isReachable)
    #expect(loads["obox-1"] == MachineLoad())
  }

  @Test func `the first result takes two samples, later ones take one`() async {
    let meter = source.meter()
    #expect(await meter.loads(maxAge: .zero)["obox-1"].cpuUsage == 50)
    #expect(source.count == 2)
    source.advance(by: 5)
    #expect(await meter.loads(maxAge: .zero)["obox-1"].cpuUsage == 50)
    #expect(source.count == 3)
  }

  @Test func `a recent result is reused, an old one is not`() async {
    let meter = source.meter()
    _ = await meter.loads(maxAge: .seconds(2))
    source.advance(by: 1)
    _ = await meter.loads(maxAge: .seconds(2))
    #expect(source.count == 2)
    source.advance(by: 1)
    _ = await meter.loads(maxAge: .seconds(2))
    #expect(source.count == 3)
  }

  @Test func `concurrent callers share one request`() async {
    let meter = source.meter()
    let answers = await withTaskGroup(of: MachineLoads.self) { group in
      for _ in 0..<50 { group.addTask { await meter.loads(maxAge: .seconds(2)) } }
      return await group.reduce(into: []) { $0.append($1) }
    }
    #expect(answers.allSatisfy { $0.isReachable && $0["obox-1"].cpuUsage == 50 })
    #expect(source.count == 2)
  }

  @Test func `samples from before an outage are not used`() async {
    let meter = source.meter()
    _ = await meter.loads(maxAge: .zero)
    source.isAway.store(true, ordering: .relaxed)
    source.advance(by: 1)
    #expect(await !meter.loads(maxAge: .zero).isReachable)
    source.isAway.store(false, ordering: .relaxed)
    #expect(await meter.loads(maxAge: .seconds(60))["obox-1"].cpuUsage == 50)
    #expect(source.count == 5)
  }
}
