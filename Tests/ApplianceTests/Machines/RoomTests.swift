import HTTP
import Testing

@testable import Appliance

@Suite(.timeLimit(.minutes(30))) struct RoomTests {
  private func room(cores: Int = 2, memory: Int = 4000, disk: Int = 100, percent: Int = 10) throws -> Room {
    let configuration = try Configuration.load(file: nil, environment: [:])
    let resources = HostResources(
      cores: cores, cpuUsage: 100, cpuMinute: 100, memoryUsed: memory, memoryTotal: memory,
      memoryPercent: 100,
      diskTotal: disk, diskPercent: percent)
    return try #require(Room(resources, configuration: configuration))
  }

  @Test func `allocated sizes count, not the host's load`() throws {
    let room = try room()
    #expect(room.most == Room.Size(vcpu: 8, memory: 3000, disk: 75))
    let tiny = Room.Size(vcpu: 1, memory: 512, disk: 10)
    #expect(room.refusal(tiny, used: Room.Size()) == nil)
    #expect(room.refusal(tiny, used: Room.Size(vcpu: 8))?.code == "NO_FREE_CORE")
    #expect(room.refusal(tiny, used: Room.Size(memory: 2489))?.code == "NO_FREE_MEMORY")
    #expect(room.refusal(tiny, used: Room.Size(disk: 66))?.code == "NO_FREE_DISK")
    #expect(room.refusal(tiny, used: Room.Size(vcpu: 7, memory: 2488, disk: 65)) == nil)
    #expect(try self.room(percent: 95).refusal(tiny, used: Room.Size())?.code == "NO_FREE_DISK")
  }

  @Test func `the error names the sizes that still fit`() throws {
    let refusal = try #require(
      try room().refusal(Room.Size(vcpu: 2, memory: 2048, disk: 80), used: Room.Size(vcpu: 4, memory: 1900)))
    #expect(refusal.sentence(.en).hasSuffix("Available sizes: Tiny, Small."))
    let none = try #require(
      try room().refusal(Room.Size(vcpu: 1, memory: 512, disk: 10), used: Room.Size(memory: 2900)))
    #expect(none.sentence(.en).hasSuffix("Delete a machine or contact your administrator."))
  }

  @Test func `overcommit and share are configurable`() throws {
    let configuration = try Configuration.load(
      file: nil, environment: ["CPU_OVERCOMMIT": "1", "HOST_SHARE": "50"])
    let resources = HostResources(cores: 2, memoryTotal: 4000, diskTotal: 100)
    #expect(Room(resources, configuration: configuration)?.most == Room.Size(vcpu: 2, memory: 2000, disk: 50))
    #expect(throws: ConfigurationError.self) {
      try Configuration.load(file: nil, environment: ["CPU_OVERCOMMIT": "0"])
    }
  }

  /// Two cores with an overcommit of four are eight tiny machines: of twelve concurrent requests eight
  /// succeed.
  @Test func `of many concurrent requests as many succeed as there is capacity for`() async throws {
    let resources = HostResources(cores: 2, memoryTotal: 100_000, diskTotal: 10_000)
    try await TestAppliance.run(resources: resources) { test in
      var people: [TestClient] = []
      for number in 1...12 { people.append(try await test.person("person\(number)")) }
      let codes = try await withThrowingTaskGroup(of: String.self) { group in
        for person in people {
          group.addTask { try await person.post("/api/vms", tinyMachine).code ?? "" }
        }
        return try await group.reduce(into: []) { $0.append($1) }
      }
      #expect(codes.filter { $0 == "NO_FREE_CORE" }.count == 4)
      #expect(codes.filter(\.isEmpty).count == 8)
      let plans = try await people[0].get("/api/vms/plans").json["plans"]?.array ?? []
      #expect(plans.count == 4 && plans.allSatisfy { $0["fits"] == .bool(false) })
      #expect(try await people[0].get("/api/host").json["free"]?["cores"]?.int == 0)
    }
  }

  @Test func `a machine cannot grow beyond the capacity, and always keeps what it has`() async throws {
    let resources = HostResources(cores: 2, memoryTotal: 1400, diskTotal: 10_000)
    try await TestAppliance.run(resources: resources) { test in
      let lea = try await test.person("lea")
      let id = try #require(try await lea.post("/api/vms", tinyMachine).json["vm"]?["id"]?.string)
      _ = try await test.until(lea, "/api/vms/\(id)") { $0.json["vm"]?["status"]?.string == "running" }
      let grown = try await lea.put("/api/vms/\(id)", ["memory": 1200])
      #expect(grown.status == 400 && grown.code == "NO_FREE_MEMORY")
      #expect(try await lea.put("/api/vms/\(id)", ["memory": 512, "vcpu": 2]).status == 202)
    }
  }
}
