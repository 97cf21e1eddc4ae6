/// Checks every 15 seconds for scheduled announcements that are due.
final class ScheduledAnnouncements: Feature {
  private static let pause: Duration = .seconds(15)

  private let services: IntranetServices
  private let log: Log
  /// Whether it checks by itself.
  private let isChecking: Bool
  private let task = RepeatedTask()

  init(services: IntranetServices, log: Log, isChecking: Bool) {
    self.services = services
    self.log = log
    self.isChecking = isChecking
  }

  func start() async throws {
    guard isChecking else { return }
    task.start("announcements", every: Self.pause, log) { [services] in
      while try await Announcements.announceDue(services), !Task.isCancelled {}
    }
  }

  func stop() async { await task.stop() }
}
