import Testing

@testable import Hypervisor

@Suite(.timeLimit(.minutes(30))) struct HostContactTests {
  private let nowhere = "qemu+unix:///system?socket=/nonexistent/libvirt-sock"

  @Test func `without libvirtd the host reports it and every call fails`() async throws {
    try await withHost(nowhere) { host in
      let event = await host.events().wait { _ in true }
      #expect(event?.isDisconnected == true)
      #expect(!host.isConnected)
      #expect(await refusal { try await host.state("a") } == .unreachable)
      #expect(await refusal { try await host.capabilities() } == .unreachable)
      #expect(await refusal { try await host.deleteVolume(pool: "a", name: "b") } == .unreachable)
      // A later subscriber gets the same state.
      #expect(await host.events().wait { _ in true } == event)
    }
  }

  @Test func `a host that was never started refuses calls, and can be stopped`() async {
    let host = Host(uri: nowhere) { _ in }
    #expect(await refusal { try await host.start("a") } == .unreachable)
    await host.stop()
    host.start()
    #expect(!(await host.firstContact()))
  }

  @Test func `stopping ends every stream and refuses later calls`() async {
    let host = Host(uri: "test:///default") { _ in }
    let streams = (0..<3).map { _ in host.events() }
    host.start()
    #expect(await host.firstContact())
    await host.stop()
    await host.stop()
    for stream in streams {
      var told: [HostEvent] = []
      for await event in stream { told.append(event) }
      // All tests share the driver's machines, so events of others' may arrive too.
      #expect(told.first == .connected)
      #expect(told.filter { $0 == .connected }.count == 1)
    }
    #expect(await refusal { try await host.domains().count } == .unreachable)
    for await _ in host.events() { Issue.record("an event after the end") }
  }

  @Test func `a subscriber that is far behind is told to read everything again`() async {
    let host = Host(uri: "test:///default") { _ in }
    let stream = host.events()
    host.state.withLock { state in
      for number in 0..<2000 {
        host.publish(.domain(name: "\(number)", uuid: "", state: .running, detail: ""), to: &state)
      }
    }
    await host.stop()
    var told: [HostEvent] = []
    for await event in stream { told.append(event) }
    #expect(told.count == 1024)
    #expect(told.last == .connected)
  }

  @Test func `a cancelled subscriber is removed with the next event`() async {
    let host = Host(uri: "test:///default") { _ in }
    let stream = host.events()
    let reader = Task {
      for await _ in stream {}
    }
    reader.cancel()
    await reader.value
    host.state.withLock { host.publish(.connected, to: &$0) }
    #expect(host.state.withLock { $0.subscribers.isEmpty })
    await host.stop()
  }

  // a task that is cancelled          the thread that tells
  // lock of the task ─┐               lock of the host ─┐
  //                   └► host? never  └► task: allowed
  @Test func `cancelling a subscriber does not deadlock with publishing`() async {
    let host = Host(uri: "test:///default") { _ in }
    for _ in 0..<300 {
      let stream = host.events()
      let reader = Task { for await _ in stream {} }
      let teller = Task.detached {
        for _ in 0..<50 { host.state.withLock { host.publish(.connected, to: &$0) } }
      }
      reader.cancel()
      await reader.value
      await teller.value
      host.state.withLock { host.publish(.connected, to: &$0) }
    }
    #expect(host.state.withLock { $0.subscribers.isEmpty })
    await host.stop()
  }

  @Test(arguments: [(0, 1), (0, 2), (6, 0), (99, 0), (-1, 0)])
  func `an event without a change of state is not published`(event: Int32, detail: Int32) {
    #expect(DomainChange(event: event, detail: detail, isActive: false) == nil)
  }

  @Test(arguments: [-1, 50])
  func `an unknown detail is reported as unknown`(detail: Int32) {
    #expect(DomainChange(event: 2, detail: detail, isActive: true)?.detail == "unknown")
  }

  @Test func `undefining a running machine is not reported as its end`() {
    #expect(DomainChange(event: 1, detail: 0, isActive: true) == nil)
    #expect(DomainChange(event: 1, detail: 0, isActive: false)?.state == .gone)
  }

  @Test func `a machine that ended unexpectedly is crashed, also in its event`() {
    for detail: Int32 in [2, 5] {
      #expect(DomainChange(event: 5, detail: detail, isActive: false)?.state == .crashed)
    }
    #expect(DomainState(libvirt: 5, reason: 3) == .crashed)
    #expect(DomainState(libvirt: 5, reason: 1) == .stopped)
    #expect(DomainState(libvirt: 42, reason: 0) == .other)
  }
}
