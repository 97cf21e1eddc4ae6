import HTTP
import Hypervisor
import Store
import Synchronization

/// Usage over the last day, for the host and each machine.
struct LoadHistoryFeature: Feature {
  private static let period: Duration = .seconds(60)
  /// Delay for libvirt to respond first.
  private static let settling: Duration = .seconds(2)

  private let clock: Clock
  private let log: Log
  private let database: Database
  private let loop: Loop
  private let recorder: LoadRecorder
  /// Whether it records by itself.
  private let isRecording: Bool
  private let timers = Timers()

  private final class Timers: Sendable {
    let all = Mutex<[LoopTimer]>([])
  }

  init(
    clock: Clock, log: Log, database: Database, resources: ResourceMonitor, host: Host, loop: Loop,
    isRecording: Bool
  ) {
    self.clock = clock
    self.log = log
    self.database = database
    self.loop = loop
    self.isRecording = isRecording
    recorder = LoadRecorder(
      database: database,
      resources: { [resources] in await resources.fresh() },
      read: { [host] in try await host.statistics() })
  }

  var routes: [Route] {
    let hours = QueryParameter("hours", .integer(1...24), "how far back; 24 by default")
    return [
      .get(
        "/api/monitoring/history", .right("admin"), "Get the load history of the host", response: Self.schema,
        host
      ).reading(hours),
      .get(
        "/api/vms/:id/history", .signedIn, "Get the load history of a machine", response: Self.schema, machine
      ).reading(hours),
    ]
  }

  private static let schema = Schema.members([
    "grain": .described("seconds between the points", .integer),
    "points": .array(.members(["at": .time, "cpu": .number, "ram": .number, "disk": .number])),
  ])

  func start() async throws {
    guard isRecording else { return }
    let recording = OneAtATime()
    let (loop, recorder, log) = (loop, recorder, log)
    let first = loop.timer(after: Self.settling) { recording.run { await recorder.begin() } }
    let every = loop.timer(after: Self.period, every: Self.period) {
      recording.run {
        do {
          try await recorder.record()
        } catch {
          log.warn("load history") { $0.field("error", error) }
        }
      }
    }
    timers.all.withLock { $0 = [first, every] }
  }

  func stop() async {
    let timers = timers.all.withLock { timers in
      defer { timers = [] }
      return timers
    }
    for timer in timers { timer.cancel() }
  }

  private func host(_ request: Request) async throws -> Response {
    try await answer(of: LoadSeries.host, request)
  }

  private func machine(_ request: Request) async throws -> Response {
    let account = try request.account()
    guard let id = Int64(digits: request.parameter("id")),
      let machine = try await database.read({ try Machine.find(id, in: $0) }),
      machine.userID == account.id || account.role == .admin
    else { throw Failure.machineNotFound }
    return try await answer(of: machine.id, request)
  }

  private func answer(of id: Int64, _ request: Request) async throws -> Response {
    let hours = try Self.hours(request)
    let now = clock.now()
    let points = try await database.read {
      try LoadSeries.points(of: id, hours: hours, now: now, in: $0)
    }
    return .json { json in
      json.object { json in
        json.field("grain", LoadSeries.grain(hours: hours))
        json.array("points") { json in
          for point in points { Self.write(point, to: &json) }
        }
      }
    }
  }

  private static func write(_ point: LoadSeries.Point, to json: inout JSONWriter) {
    json.object { json in
      json.time("at", point.at)
      json.field("cpu", (point.sample.cpu * 10).rounded() / 10)
      json.field("ram", (point.sample.ram * 10).rounded() / 10)
      json.field("disk", (point.sample.disk * 10).rounded() / 10)
    }
  }

  private static func hours(_ request: Request) throws(Failure) -> Int {
    guard let text = request.query["hours"] else { return 24 }
    guard let hours = Int(text), (1...24).contains(hours) else {
      throw .invalid([
        FieldError(
          "hours", "OUT_OF_RANGE",
          Sentence(
            fr: "Indiquez un nombre d’heures de 1 à 24.", en: "Enter a number of hours from 1 to 24."
          ))
      ])
    }
    return hours
  }
}
