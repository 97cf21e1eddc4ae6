import HTTP
import Store
import Testing

@testable import Appliance

@Suite struct MetricsAccessTests {
  private func request(_ peer: String, host: String? = "localhost:4000", _ more: [(String, String)] = [])
    -> Request
  {
    Request(
      method: .get, path: "/metrics", headers: more + (host.map { [("Host", $0)] } ?? []), peerAddress: peer)
  }

  @Test(arguments: ["192.0.2.1", "10.0.0.127", "127", "1.127.0.0", "::", "fe80::1", "::ffff:10.0.0.1", ""])
  func `requests from another host must be authenticated`(peer: String) {
    #expect(throws: Failure.self) { try MetricsAccess.authorize(request(peer)) }
  }

  @Test(arguments: ["X-Forwarded-For", "X-Forwarded-Host", "X-Real-IP", "Forwarded", "Via"])
  func `a request through a proxy on this host must be authenticated`(header: String) {
    #expect(!MetricsAccess.isFromThisHost(request("127.0.0.1", [(header, "127.0.0.1")])))
  }

  @Test(arguments: ["example.org", "localhost.example.org", "localhost:4000.example.org", "127.0.0.1.nip.io"])
  func `a request with a host name that resolves to loopback is refused`(host: String) {
    #expect(!MetricsAccess.isFromThisHost(request("127.0.0.1", host: host)))
  }

  @Test func `a request without a Host header is refused`() {
    #expect(!MetricsAccess.isFromThisHost(request("127.0.0.1", host: nil)))
  }

  @Test(arguments: ["127.0.0.1", "127.1.2.3", "::1", "::ffff:127.0.0.1"])
  func `a program on this host may read the metrics`(peer: String) throws {
    for host in ["localhost", "LOCALHOST:4000", "127.0.0.1:4000", "[::1]:4000"] {
      try MetricsAccess.authorize(request(peer, host: host))
    }
  }
}

@Suite struct PrometheusTextTests {
  @Test func `a label's value is escaped`() {
    var text = PrometheusText()
    text.sample("obox_test", [("name", "a\"b\\c\nd")], 1)
    #expect(text.text == "obox_test{name=\"a\\\"b\\\\c\\nd\"} 1\n")
  }

  @Test func `a metric has its help, type and samples`() {
    var text = PrometheusText()
    text.metric("obox_test", .gauge, "Something")
    text.sample("obox_test", [("a", "1"), ("b", "2")], 3)
    text.single("obox_other", .counter, "Else", 0.5)
    #expect(
      text.text == """
        # HELP obox_test Something
        # TYPE obox_test gauge
        obox_test{a="1",b="2"} 3
        # HELP obox_other Else
        # TYPE obox_other counter
        obox_other 0.5

        """)
  }

  @Test func `NaN and infinity are written as such`() {
    var text = PrometheusText()
    text.sample("obox_test", [], Double.infinity)
    #expect(text.text == "obox_test NaN\n")
  }
}

@Suite struct RequestCountersTests {
  private func record(_ method: String, _ status: Int, _ microseconds: Int) -> AccessRecord {
    AccessRecord(
      method: method, path: "/", status: status, bytes: 0, microseconds: microseconds, peer: "", requestID: 0)
  }

  private func count(_ method: String, _ status: String, _ counts: RequestCounters.Counts) -> Int? {
    guard let row = RequestCounters.methods.firstIndex(of: method),
      let column = RequestCounters.classes.firstIndex(of: status)
    else { return nil }
    return counts.byKind[row * RequestCounters.classes.count + column]
  }

  @Test func `requests with any method and status are counted`() {
    let counters = RequestCounters()
    for (method, status) in [("BREW", 418), ("", 0), ("GET", 999), ("GET", -5)] {
      counters.count(record(method, status, -1))
    }
    #expect(count("other", "4xx", counters.current) == 1)
    #expect(count("other", "1xx", counters.current) == 1)
    #expect(count("GET", "5xx", counters.current) == 1)
    #expect(counters.current.byKind.reduce(0, +) == 4)
    #expect(counters.current.microseconds == 0)
  }

  @Test func `requests are counted by method, status and duration`() {
    let counters = RequestCounters()
    counters.count(record("GET", 200, 1_000))
    counters.count(record("GET", 204, 1_001))
    counters.count(record("POST", 503, 9_000_000))
    let counts = counters.current
    #expect(count("GET", "2xx", counts) == 2)
    #expect(count("POST", "5xx", counts) == 1)
    #expect(counts.byDuration == [1, 1, 0, 0, 0, 0, 1])
    #expect(counts.total == 3)
    #expect(counts.microseconds == 9_002_001)
  }
}

@Suite struct ProcessFiguresTests {
  @Test func `text without a second number gives no page count`() {
    #expect(ProcessFigures.residentPages(statm: "") == nil)
    #expect(ProcessFigures.residentPages(statm: "12") == nil)
    #expect(ProcessFigures.residentPages(statm: "12 x") == nil)
    #expect(ProcessFigures.residentPages(statm: "99 42 7 1 0 3 0\n") == 42)
  }

  @Test func `sockets are distinguished from other files`() throws {
    let folder = TemporaryFolder()
    let sockets = try SocketPair()
    let figures = withExtendedLifetime((folder, sockets)) { ProcessFigures.read() }
    #expect(figures.openSockets >= 2)
    #expect(figures.openFiles >= figures.openSockets + 3)
    #expect(figures.residentMemory > 1 << 20)
    #expect(figures.cpuSeconds > 0)
  }
}

@Suite struct StatusCountsTests {
  private func inDatabase(_ body: (Database) async throws -> Void) async throws {
    let folder = TemporaryFolder()
    let database = try Database.open(
      path: folder["obox.db"], migrations: Migration.all, clock: { 1_000_000 }, log: { _ in })
    try await body(database)
    await database.close()
  }

  @Test(arguments: [
    (StatusCounts.unfinished, "USING INDEX jobs_unfinished"),
    (StatusCounts.finished, "SEARCH jobs USING INDEX jobs_by_end (finished_at>?"),
  ])
  func `counting jobs does not scan the table`(sql: String, index: String) async throws {
    try await inDatabase { database in
      let plan = try await database.read { connection in
        try connection.query(
          "EXPLAIN QUERY PLAN " + sql, arguments: sql.contains("?") ? [0] : []
        ) { $0.text(3) }
      }
      #expect(plan.contains { $0.contains(index) }, "\(plan)")
    }
  }

  @Test func `every status is counted, including those with zero rows`() async throws {
    try await inDatabase { database in
      try await database.write { tx in
        for (status, finishedAt) in [
          ("queued", nil), ("queued", nil), ("running", nil), ("failed", 900), ("succeeded", 100),
        ] as [(String, Int64?)] {
          try tx.execute(
            "INSERT INTO jobs (kind, status, run_at, created_at, finished_at) VALUES ('x', ?, 0, 0, ?)",
            status,
            finishedAt)
        }
      }
      let counts = try await database.read { try StatusCounts(finishedSince: 500, in: $0) }
      #expect(counts.unfinishedJobs.map(\.status) == ["queued", "waiting", "running"])
      #expect(counts.unfinishedJobs.map(\.count) == [2, 0, 1])
      #expect(counts.finishedJobs.map(\.count) == [0, 1])
      #expect(counts.machines.count == 8)
      #expect(counts.machines.allSatisfy { $0.count == 0 })
    }
  }
}
