import HTTP
import Hypervisor
import Store
import Threads

/// Metrics of the daemon and its host for Prometheus.
struct Metrics: Sendable {
  private let clock: Clock
  private let database: Database
  private let hub: Hub
  private let resources: ResourceMonitor
  private let requests: RequestCounters
  private let host: Host
  private let health: Health
  private let startedAt: Int64
  private let worker = WorkQueue("metrics", waiting: 16)

  init(
    clock: Clock, database: Database, hub: Hub, resources: ResourceMonitor, requests: RequestCounters,
    host: Host, health: Health
  ) {
    self.clock = clock
    self.database = database
    self.hub = hub
    self.resources = resources
    self.requests = requests
    self.host = host
    self.health = health
    startedAt = clock.now()
  }

  func stop() { worker.stop() }

  func response() async throws -> Response {
    let process = (try? await worker.perform { ProcessFigures.read() }) ?? ProcessFigures()
    let since = clock.now() - 24 * 3600 * 1000
    let rows = try await database.read { try StatusCounts(finishedSince: since, in: $0) }
    let resources = await resources.fresh()
    let results = await health.results()
    var text = PrometheusText()
    text.metric("obox_build_info", .gauge, "The running version")
    text.sample("obox_build_info", [("version", Version.text)], 1)
    Self.write(requests.current, to: &text)
    Self.write(rows, to: &text)
    text.single(
      "obox_hypervisor_connected", .gauge, "Whether libvirt is connected", host.isConnected ? 1 : 0)
    Self.write(results, to: &text)
    write(resources, to: &text)
    write(process, to: &text)
    write(database.statistics, to: &text)
    var response = Response.bytes(Array(text.text.utf8), contentType: PrometheusText.contentType)
    response.set("Cache-Control", "no-store")
    return response
  }

  private static func write(_ results: [HealthResult], to text: inout PrometheusText) {
    text.metric("obox_health", .gauge, "State of each check: 0 ok, 1 to look at, 2 broken")
    for result in results {
      text.sample("obox_health", [("check", result.check.name)], Int(result.finding.state.level))
    }
    for result in results {
      for figure in result.check.figures {
        text.metric(figure.name, .gauge, figure.help)
        if let value = result.finding.values["\(figure.name)"] { text.sample(figure.name, [], value) }
      }
    }
  }

  private static func write(_ requests: RequestCounters.Counts, to text: inout PrometheusText) {
    text.metric("obox_http_requests_total", .counter, "Answered requests")
    for (index, count) in requests.byKind.enumerated() where count > 0 {
      let (method, status) = index.quotientAndRemainder(dividingBy: RequestCounters.classes.count)
      text.sample(
        "obox_http_requests_total",
        [("method", RequestCounters.methods[method]), ("status", RequestCounters.classes[status])], count)
    }
    text.metric("obox_http_request_duration_seconds", .histogram, "Time from request to response")
    var below = 0
    for (index, count) in requests.byDuration.enumerated() {
      below += count
      let bound =
        index < RequestCounters.bounds.count ? "\(Double(RequestCounters.bounds[index]) / 1e6)" : "+Inf"
      text.sample("obox_http_request_duration_seconds_bucket", [("le", bound)], below)
    }
    text.sample("obox_http_request_duration_seconds_sum", [], Double(requests.microseconds) / 1e6)
    text.sample("obox_http_request_duration_seconds_count", [], requests.total)
  }

  private static func write(_ counts: StatusCounts, to text: inout PrometheusText) {
    text.metric("obox_jobs", .gauge, "Unfinished jobs")
    for (status, count) in counts.unfinishedJobs { text.sample("obox_jobs", [("status", status)], count) }
    text.metric("obox_jobs_finished_last_day", .gauge, "Jobs finished in the last 24 hours")
    for (status, count) in counts.finishedJobs {
      text.sample("obox_jobs_finished_last_day", [("status", status)], count)
    }
    text.metric("obox_machines", .gauge, "Machines by status")
    for (status, count) in counts.machines { text.sample("obox_machines", [("status", status)], count) }
  }

  private func write(_ host: HostResources, to text: inout PrometheusText) {
    guard !host.isUnknown else { return }
    let (megabyte, gigabyte) = (1_048_576.0, 1_073_741_824.0)
    text.single("obox_host_cpu_cores", .gauge, "CPU cores of the host", host.cores)
    text.single(
      "obox_host_cpu_usage_ratio", .gauge, "CPU usage of the host", Double(host.cpuUsage) / 100)
    text.single(
      "obox_host_memory_used_bytes", .gauge, "Memory used on the host",
      Double(host.memoryUsed) * megabyte)
    text.single(
      "obox_host_memory_total_bytes", .gauge, "Total memory of the host", Double(host.memoryTotal) * megabyte)
    text.single(
      "obox_host_disk_used_bytes", .gauge, "Space used on the file system of the disks",
      Double(host.diskUsed) * gigabyte)
    text.single(
      "obox_host_disk_total_bytes", .gauge, "Size of the file system of the disks",
      Double(host.diskTotal) * gigabyte)
  }

  private func write(_ process: ProcessFigures, to text: inout PrometheusText) {
    text.single(
      "process_resident_memory_bytes", .gauge, "Resident memory of this process", process.residentMemory)
    text.single("process_cpu_seconds_total", .counter, "CPU time of this process", process.cpuSeconds)
    text.single(
      "process_start_time_seconds", .gauge, "Start time of this process, in seconds since 1970",
      Double(startedAt) / 1000)
    text.single("process_open_fds", .gauge, "Open files of this process", process.openFiles)
    text.single("obox_open_sockets", .gauge, "Open sockets of this process", process.openSockets)
    text.metric("obox_listeners", .gauge, "WebSockets subscribed to a topic")
    for topic in [Topic.machines, .system] {
      text.sample("obox_listeners", [("topic", topic.word)], hub.listeners(topic).count)
    }
  }

  private func write(_ store: Store.Statistics, to text: inout PrometheusText) {
    text.single("obox_store_commits_total", .counter, "Committed write groups", store.commits)
    text.single("obox_store_writes_total", .counter, "Writes committed", store.writes)
    text.single("obox_store_reads_total", .counter, "Reads answered", store.reads)
    text.metric("obox_store_waiting", .gauge, "Operations waiting for the database")
    text.sample("obox_store_waiting", [("kind", "write")], store.waitingWrites)
    text.sample("obox_store_waiting", [("kind", "read")], store.waitingReads)
    text.single("obox_store_wal_pages", .gauge, "Pages in the write-ahead log", store.walPages)
  }
}
