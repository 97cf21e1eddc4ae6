import Synchronization

/// Announces, while the program runs, what was written for later.
final class ScheduledAnnouncements: Feature {
  private static let pause: Duration = .seconds(15)

  private let services: IntranetServices
  private let log: Log
  private let task = Mutex<Task<Void, Never>?>(nil)

  init(services: IntranetServices, log: Log) {
    self.services = services
    self.log = log
  }

  func start() async throws {
    let task = Task { await follow() }
    self.task.withLock { $0 = task }
  }

  func stop() async {
    let task = task.withLock { $0 }
    task?.cancel()
    await task?.value
  }

  private func follow() async {
    while !Task.isCancelled {
      do {
        while try await Announcements.announceDue(services), !Task.isCancelled {}
      } catch {
        log.error("announcements") { $0.field("error", error) }
      }
      try? await Task.sleep(for: Self.pause)
    }
  }
}
