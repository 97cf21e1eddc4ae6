import Testing

@testable import Appliance

@Suite struct HostStatisticsTests {
  private let before = """
    cpu  100 0 50 800 50 0 0 0 0 0
    cpu0 50 0 25 400 25 0 0 0 0 0
    cpu1 50 0 25 400 25 0 0 0 0 0
    intr 1 2 3
    """

  @Test(arguments: ["", "intr 1 2", "cpu", "cpu 1 2 3", "cpu0 1 2 3 4"])
  func `a text without all cores' times is none`(text: String) {
    #expect(HostStatistics.CPUTimes(text) == nil)
  }

  @Test func `usage is what was neither idle nor waiting between two samples`() throws {
    let earlier = try #require(HostStatistics.CPUTimes(before))
    #expect(earlier.cores == 2)
    #expect(earlier.busy == 150 && earlier.total == 1000)
    // 30 busy, 60 idle, 10 waiting; the guest's 30 are within the user's.
    let later = try #require(HostStatistics.CPUTimes("cpu 130 0 50 860 60 0 0 0 30 0\ncpu0 1 1 1 1"))
    #expect(later.usage(since: earlier) == 30)
    #expect(later.cores == 1)
  }

  @Test(arguments: [
    ("cpu 100 0 50 800 50 0 0 0", 0), ("cpu 0 0 0 0 0 0 0 0", 0), ("cpu 50 0 50 2000 0 0 0 0", 0),
    ("cpu 10000 0 50 800 50 0 0 0", 100), ("cpu 18446744073709551615 1 50 800 50 0 0 0", 0),
  ]) func `usage stays between 0 and 100 whatever the samples say`(text: String, usage: Int) throws {
    let earlier = try #require(HostStatistics.CPUTimes(before))
    let later = try #require(HostStatistics.CPUTimes(text))
    #expect(later.usage(since: earlier) == usage)
  }

  @Test func `memory that programs could still get is not used`() {
    let text =
      "MemTotal:       16384000 kB\nMemFree:  100000 kB\nMemAvailable:   12288000 kB\nHugePages_Total:  0\n"
    let memory = HostStatistics.memory(text)
    #expect(memory == .init(used: 4000, total: 16_000))
    #expect(memory?.percent == 25)
    #expect(HostStatistics.memory("MemFree: 1 kB") == nil)
  }

  @Test func `a share of nothing is no percent`() {
    #expect(HostStatistics.Share(used: 0, total: 0).percent == 0)
    #expect(HostStatistics.Share(used: 9, total: 3).percent == 100)
    #expect(HostStatistics.Share(used: 755, total: 1000).percent == 76)
  }

  @Test func `this host has cores, memory and a disk`() throws {
    var sampler = HostSampler(diskPath: "/")
    let first = sampler.sample()
    #expect(first?.cpuUsage == 0)
    let second = sampler.sample()
    let now = try #require(second)
    #expect(now.cores > 0 && now.memory.total > 0)
    #expect(now.memory.used <= now.memory.total && now.disk.used <= now.disk.total)
    #expect((0...100).contains(now.cpuUsage))
    #expect(HostStatistics.disk("/no/such/place") == nil)
  }
}
