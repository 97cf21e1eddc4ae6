import Glibc
import Synchronization
import Testing

@testable import Appliance

@Suite struct ProcessorTimesTests {
  private func times(_ line: String, cores: Int = 2) -> ProcessorTimes? {
    ProcessorTimes(stat: line + "\n" + (0..<cores).map { "cpu\($0) 1 1 1 1\n" }.joined() + "intr 5 0 0\n")
  }

  @Test(arguments: ["", "intr 1 2", "cpu", "cpu 1 2 3", "cpu -1 2 3 4", "cpu a b c d", "cpu nan 1 1 1"])
  func `text without processor times is refused`(text: String) {
    #expect(ProcessorTimes(stat: text) == nil)
  }

  @Test func `iowait counts as idle, guest time is not counted twice, stolen time is excluded`() throws {
    let sample = try #require(times("cpu  100 10 50 800 40 3 7 20 60 5"))
    #expect(sample.busy == 190)
    #expect(sample.total == 1030)
    #expect(sample.cores == 2)
  }

  @Test func `usage is the busy share of the time between two samples`() throws {
    let before = try #require(times("cpu 1000 0 0 9000"))
    let after = try #require(times("cpu 1030 0 0 9070"))
    #expect(after.usage(since: before) == 30)
  }

  @Test func `usage is zero when no time has passed`() throws {
    let sample = try #require(times("cpu 1000 0 0 9000"))
    #expect(sample.usage(since: sample) == 0)
  }

  @Test func `usage never exceeds 100 percent when iowait decreases`() throws {
    let before = try #require(times("cpu 1000 0 0 9000 500"))
    let after = try #require(times("cpu 1100 0 0 9000 480"))
    #expect(after.usage(since: before) == 100)
    #expect(before.usage(since: after) == 0)
  }

  @Test func `numbers beyond the integer range are handled`() throws {
    let huge = "cpu 99999999999999999999 1 1 99999999999999999999"
    #expect(times(huge)?.usage(since: try #require(times("cpu 1 1 1 1"))) == 50)
  }
}

@Suite struct MemoryFiguresTests {
  @Test(arguments: ["", "MemTotal: 100 kB", "MemAvailable: 5 kB", "MemTotal: 0 kB\nMemAvailable: 0 kB"])
  func `text without both values is refused`(text: String) {
    #expect(MemoryFigures(meminfo: text) == nil)
  }

  @Test func `used memory is what is not available`() throws {
    let text = "MemTotal:        8192000 kB\nMemFree:          100000 kB\nMemAvailable:    6144000 kB\n"
    let memory = try #require(MemoryFigures(meminfo: text))
    #expect(memory.total == 8000)
    #expect(memory.used == 2000)
    #expect(memory.percent == 25)
  }

  @Test func `nothing is used when more is available than the total`() throws {
    let memory = try #require(MemoryFigures(meminfo: "MemTotal: 2048 kB\nMemAvailable: 4096 kB\n"))
    #expect(memory.used == 0)
    #expect(memory.percent == 0)
  }
}

@Suite struct DiskFiguresTests {
  @Test func `space reserved for root counts neither as used nor as total`() {
    let disk = DiskFigures(blockSize: 1 << 20, blocks: 100 << 10, free: 60 << 10, available: 40 << 10)
    #expect(disk.usedGB == 40)
    #expect(disk.totalGB == 80)
    #expect(disk.percent == 50)
  }

  @Test func `an empty file system has zero usage`() {
    #expect(DiskFigures(blockSize: 0, blocks: 0, free: 0, available: 0).percent == 0)
  }

  @Test func `more free blocks than blocks are handled`() {
    #expect(DiskFigures(blockSize: 4096, blocks: 1, free: .max, available: .max).usedGB == 0)
  }
}

@Suite struct HostSamplerTests {
  private let folder = TemporaryFolder()

  private func write(_ stat: String, _ memory: String) {
    folder.write("stat", stat.utf8)
    folder.write("meminfo", memory.utf8)
  }

  @Test func `a host that cannot be read is unknown`() {
    #expect(HostSampler(folder: folder.path, proc: folder["nowhere"]).current.isUnknown)
  }

  @Test func `processor usage needs a second sample, memory usage does not`() {
    write("cpu 100 0 0 100\ncpu0 1 1 1 1\ncpu1 1 1 1 1\n", "MemTotal: 4096 kB\nMemAvailable: 1024 kB\n")
    let sampler = HostSampler(folder: folder.path, proc: folder.path)
    #expect(sampler.current.cpuUsage == 0)
    #expect(sampler.current.cores == 2)
    #expect(sampler.current.memoryPercent == 75)
    write("cpu 190 0 0 110\ncpu0 1 1 1 1\ncpu1 1 1 1 1\n", "MemTotal: 4096 kB\nMemAvailable: 2048 kB\n")
    #expect(sampler.current.memoryPercent == 75)
    sampler.sample()
    #expect(sampler.current.cpuUsage == 90)
    #expect(sampler.current.memoryPercent == 50)
    #expect(!sampler.current.isUnknown)
  }

  @Test func `the usage of a minute is reported only once the minute is over`() {
    let time = Mutex(ContinuousClock.now)
    let sampler = HostSampler(folder: folder.path, proc: folder.path) { time.withLock { $0 } }
    for tick in 1...12 {
      #expect(sampler.current.cpuMinute < 95, "sample \(tick)")
      time.withLock { $0 += .seconds(5) }
      write("cpu \(tick * 500) 0 0 0\ncpu0 1 1 1 1\n", "MemTotal: 4096 kB\nMemAvailable: 1024 kB\n")
      sampler.sample()
    }
    time.withLock { $0 += .seconds(5) }
    write("cpu 6500 0 0 0\ncpu0 1 1 1 1\n", "MemTotal: 4096 kB\nMemAvailable: 1024 kB\n")
    sampler.sample()
    #expect(sampler.current.cpuMinute == 100)
  }

  @Test func `samples a minute apart give the usage of that minute, older ones none`() {
    write("cpu 100 0 0 100\ncpu0 1 1 1 1\n", "MemTotal: 4096 kB\nMemAvailable: 1024 kB\n")
    let time = Mutex(ContinuousClock.now)
    let sampler = HostSampler(folder: folder.path, proc: folder.path) { time.withLock { $0 } }
    #expect(sampler.age == .zero)
    time.withLock { $0 += .seconds(60) }
    #expect(sampler.age == .seconds(60))
    write("cpu 150 0 0 150\ncpu0 1 1 1 1\n", "MemTotal: 4096 kB\nMemAvailable: 1024 kB\n")
    sampler.sample()
    #expect(sampler.current.cpuMinute == 50)
    time.withLock { $0 += .seconds(600) }
    sampler.sample()
    #expect(sampler.current.cpuMinute == 0 && !sampler.current.hasMinute)
  }

  @Test func `for a folder that does not exist yet, its parent's disk is measured`() {
    let here = HostSampler(folder: folder.path).current
    let below = HostSampler(folder: folder["not/yet/there"]).current
    #expect(here.diskTotal > 0)
    #expect(below.diskTotal == here.diskTotal)
    #expect(HostSampler(folder: "nowhere").current.diskTotal == 0)
  }

  @Test func `the values of this host are plausible`() {
    let resources = HostSampler(folder: "/").current
    #expect(!resources.isUnknown)
    #expect(resources.cores == sysconf(Int32(_SC_NPROCESSORS_ONLN)))
    #expect(resources.memoryTotal > 100)
    #expect((1...resources.memoryTotal).contains(resources.memoryUsed))
    #expect((0...100).contains(resources.diskPercent))
  }

  @Test func `a monitor with its own reader calls it each time`() {
    let monitor = ResourceMonitor { HostResources(cores: 2, cpuUsage: 80, cpuMinute: 99) }
    #expect(monitor.now().cpuMinute == 99)
  }

  @Test func `refreshing a monitor takes the next sample`() async {
    let monitor = ResourceMonitor(folder: folder.path)
    await monitor.refresh()
    #expect(!monitor.now().isUnknown)
    monitor.stop()
    await monitor.refresh()
    #expect(!monitor.now().isUnknown)
  }
}
