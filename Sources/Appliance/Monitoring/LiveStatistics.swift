import HTTP
import Synchronization

/// Sends usage statistics to subscribed sockets every five seconds; measures nothing while there are none.
final class LiveStatistics: Sendable {
  static let period: Duration = .seconds(5)

  private let hub: Hub
  private let statistics: StatisticsReader
  private let loop: Loop
  private let meter: LoadMeter
  private let timer = Mutex<LoopTimer?>(nil)
  private let system = OneAtATime()
  private let machines = OneAtATime()

  init(_ statistics: StatisticsReader, hub: Hub, loop: Loop, meter: LoadMeter) {
    self.statistics = statistics
    self.hub = hub
    self.loop = loop
    self.meter = meter
  }

  func start() {
    let timer = loop.timer(after: Self.period, every: Self.period) { [self] in tick() }
    self.timer.withLock { $0 = timer }
  }

  /// Sends the current statistics to a socket that has subscribed.
  func subscribed(_ subscriber: Subscriber, _ topic: Topic) {
    switch topic {
    case .system: Task { try? await sendSystem(to: subscriber) }
    case .machines: Task { try? await sendMachines(to: [subscriber], maxAge: Self.period) }
    default: break
    }
  }

  func stop() {
    timer.withLock { $0.take() }?.cancel()
    statistics.resources.stop()
  }

  private func tick() {
    if hub.hasListeners(.system) { system.run { [self] in try await publishSystem() } }
    guard hub.hasListeners(.machines) else { return }
    machines.run { [self] in
      try await sendMachines(to: hub.listeners(.machines), maxAge: .zero)
    }
  }

  private func publishSystem() async throws {
    let statistics = try await statistics.system()
    hub.publish(.system, to: .admins, droppable: true) { _ in
      Frames.encode("SYSTEM_STATS", payload: statistics.write)
    }
  }

  private func sendSystem(to subscriber: Subscriber) async throws {
    let statistics = try await statistics.system()
    guard subscriber.account?.role == .admin else { return }
    subscriber.send(Frames.encode("SYSTEM_STATS", payload: statistics.write))
  }

  /// Sends each account its own machines. They are read once, and encoded once per view.
  private func sendMachines(to listeners: [Subscriber], maxAge: Duration) async throws {
    let receivers = listeners.compactMap { listener in listener.account.map { (listener, $0) } }
    guard let first = receivers.first?.1 else { return }
    let loads = await meter.loads(maxAge: maxAge)
    let isForOne = first.role != .admin && receivers.allSatisfy { $0.1.id == first.id }
    let statistics = try await statistics.machines(
      of: isForOne ? first.id : nil, languages: Set(receivers.map { $0.0.language }),
      loads: loads)
    var frames: [View: Frame] = [:]
    for (receiver, account) in receivers {
      let view = View(owner: account.role == .admin ? nil : account.id, language: receiver.language)
      let frame =
        frames[view]
        ?? Frame(
          text: Frames.encode("VM_STATS") { json in
            statistics.write(to: &json, for: account, in: view.language)
          }, droppable: true)
      frames[view] = frame
      receiver.socket.send(frame)
    }
  }

  /// What the content of a frame depends on.
  private struct View: Hashable {
    let owner: Int64?
    let language: Language
  }
}
