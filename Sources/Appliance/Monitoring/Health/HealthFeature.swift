import HTTP
import Synchronization

/// Whether all is well, for administrators: on request, and told to their pages when it changes.
struct HealthFeature: Feature {
  /// Time between two looks when nobody asks.
  private static let period: Duration = .seconds(60)

  private let clock: Clock
  private let watcher: HealthWatcher
  private let loop: Loop
  private let report: SupportReport
  /// Whether it looks by itself.
  private let isWatching: Bool
  private let timer = Timer()

  private final class Timer: Sendable {
    let running = Mutex<LoopTimer?>(nil)
  }

  init(
    clock: Clock, log: Log, hub: Hub, loop: Loop, health: Health, report: SupportReport, isWatching: Bool
  ) {
    self.clock = clock
    self.loop = loop
    self.report = report
    self.isWatching = isWatching
    watcher = HealthWatcher(health: health, hub: hub, log: log)
  }

  var routes: [Route] {
    [
      .get(
        "/api/admin/health", .right("admin"), "Find out whether all is well, and what to do",
        response: Self.schema,
        describe),
      .get(
        "/api/admin/report", .right("admin"), "Download a report for support, without personal data", download
      )
      .producing("application/gzip"),
    ]
  }

  func start() async throws {
    guard isWatching else { return }
    let looking = OneAtATime()
    let timer = loop.timer(after: .seconds(10), every: Self.period) { [watcher] in
      looking.run { await watcher.look() }
    }
    self.timer.running.withLock { $0 = timer }
  }

  func stop() async { timer.running.withLock { $0.take() }?.cancel() }

  private static let schema =
    HealthSummary.schema
    + Schema.members([
      "checkedAt": .time,
      "checks": .array(
        .members([
          "name": .string, "title": .string, "state": .words(HealthCheck.State.self), "message": .string,
          "advice": .optional(.string),
          "command": .described("to be run by root on the host", .optional(.string)),
          "detail": .described("the message of another program", .optional(.string)),
          "page": .described("the path of the page that says more", .optional(.string)),
        ])),
    ])

  private func describe(_ request: Request) async throws -> Response {
    let results = await watcher.look()
    let (language, now) = (request.language, clock.now())
    return .json { json in
      json.object { json in
        HealthSummary(results).writeFields(to: &json)
        json.time("checkedAt", now)
        json.array("checks") { json in
          for result in results { Self.write(result, to: &json, in: language) }
        }
      }
    }
  }

  private func download(_ request: Request) async throws -> Response {
    _ = try request.interactive()
    return .attachment(try await report.archive(), "application/gzip", named: report.name)
  }

  private static func write(_ result: HealthResult, to json: inout JSONWriter, in language: Language) {
    let (check, finding) = (result.check, result.finding)
    json.object { json in
      json.field("name", check.name)
      json.field("title", check.title(language))
      json.field("state", finding.state.rawValue)
      json.field("message", finding.sentence(language))
      json.field("advice", finding.advice?(language))
      json.field("command", finding.command)
      json.field("detail", finding.detail)
      json.field("page", finding.page)
    }
  }
}
