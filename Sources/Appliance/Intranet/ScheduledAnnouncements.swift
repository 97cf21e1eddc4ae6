/// Checks every 15 seconds for scheduled announcements that are due.
final class ScheduledAnnouncements: Feature {
  private static let pause: Duration = .seconds(15)

  private let services: IntranetServices
  private let log: Log
  private let task = RepeatedTask()

  init(services: IntranetServices, log: Log) {
    self.services = services
    self.log = log
  }

  func start() async throws {
    task.start("announcements", every: Self.pause, log) { [services] in
      while try await Announcements.announceDue(services), !Task.isCancelled {}
    }
  }

  func stop() async { await task.stop() }
}
