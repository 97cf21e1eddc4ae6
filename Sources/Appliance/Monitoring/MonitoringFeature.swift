import HTTP
import Hypervisor

/// The load of the host and of the machines: asked for, live, and for Prometheus.
struct MonitoringFeature: Feature {
  let appliance: Appliance
  private let meter: LoadMeter
  private let live: LiveStatistics
  private let metrics: Metrics

  init(_ appliance: Appliance) {
    self.appliance = appliance
    meter = LoadMeter { [host = appliance.host] in try await host.statistics() }
    live = LiveStatistics(appliance, meter: meter)
    metrics = Metrics(appliance)
  }

  var routes: [Route] {
    [
      .get("/api/monitoring/system", .right("admin"), "Get the load of the host", system),
      .get(
        "/api/monitoring/vms", .signedIn,
        "List your machines with their load; all machines for administrators", machines),
      // For everyone, because a scraper on this host signs in nowhere; `authorize` refuses all others.
      .get("/metrics", .everyone, "Prometheus metrics: from this host, or for administrators") { request in
        try MetricsAccess.authorize(request)
        return try await metrics.response()
      },
    ]
  }

  func start() async throws { live.start() }
  func stop() async {
    live.stop()
    metrics.stop()
  }

  private func system(_ request: Request) async throws -> Response {
    let statistics = try await SystemStatistics(appliance)
    guard !statistics.resources.isUnknown else { throw Failure.unavailable }
    return .json(200, statistics.write)
  }

  private func machines(_ request: Request) async throws -> Response {
    let account = try request.account()
    let loads = await meter.loads(maxAge: .seconds(2))
    let statistics = try await MachineStatistics(
      appliance, owner: account.role == .admin ? nil : account.id, languages: [request.language], loads: loads
    )
    return .json { statistics.write(to: &$0, for: account, in: request.language) }
  }
}
