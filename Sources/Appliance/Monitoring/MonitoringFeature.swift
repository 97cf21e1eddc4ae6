import HTTP
import Hypervisor

/// Usage of the host and of machines: over HTTP, live over sockets, and for Prometheus.
struct MonitoringFeature: Feature {
  let statistics: StatisticsReader
  private let meter: LoadMeter
  private let live: LiveStatistics
  private let metrics: Metrics

  init(_ statistics: StatisticsReader, metrics: Metrics, hub: Hub, loop: Loop) {
    self.statistics = statistics
    self.metrics = metrics
    meter = LoadMeter { [host = statistics.host] in try await host.statistics() }
    live = LiveStatistics(statistics, hub: hub, loop: loop, meter: meter)
  }

  var routes: [Route] {
    [
      .get(
        "/api/monitoring/system", .right("admin"), "Get the load of the host",
        response: SystemStatistics.schema,
        system),
      .get(
        "/api/monitoring/vms", .signedIn,
        "List your machines with their load; all machines for administrators",
        response: MachineStatistics.schema,
        machines),
      // Public, because a scraper on this host does not sign in; `authorize` refuses everyone else.
      .get("/metrics", .everyone, "Prometheus metrics: from this host, or for administrators") { request in
        try MetricsAccess.authorize(request)
        return try await metrics.response()
      }.producing("text/plain"),
    ]
  }

  var onSubscribe: [SubscribeHandler] { [live.subscribed] }

  func start() async throws { live.start() }
  func stop() async {
    live.stop()
    metrics.stop()
  }

  private func system(_ request: Request) async throws -> Response {
    let statistics = try await statistics.system()
    guard !statistics.resources.isUnknown else { throw Failure.unavailable }
    return .json(200, statistics.write)
  }

  private func machines(_ request: Request) async throws -> Response {
    let account = try request.account()
    let loads = await meter.loads(maxAge: .seconds(2))
    let statistics = try await statistics.machines(
      of: account.role == .admin ? nil : account.id, languages: [request.language], loads: loads
    )
    return .json { statistics.write(to: &$0, for: account, in: request.language) }
  }
}
