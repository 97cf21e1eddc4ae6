import Foundation
import HTTP
import Testing

@testable import Appliance

/// The dashboard and the alert rules that come with OBox.
@Suite struct DashboardTests {
  private static func text(_ path: String) throws -> String {
    let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().appendingPathComponent("../../..")
    return try String(contentsOf: root.appendingPathComponent(path), encoding: .utf8)
  }

  private static func names(in text: String) -> Set<String> {
    Set(text.matches(of: /\b(?:obox|process)_[a-z_]+/).map { String($0.0) })
  }

  @Test func `every metric that they name exists`() async throws {
    try await TestAppliance.run { test in
      let metrics = try await test.client.get("/metrics").text
      let known = Set(metrics.matches(of: #/\# HELP (\w+) /#).map { String($0.1) })
      for path in ["docs/grafana.json", "docs/alerts.yml"] {
        let named = Self.names(in: try Self.text(path)).map { name in
          ["_bucket", "_sum", "_count"].first { name.hasSuffix($0) && !known.contains(name) }
            .map { String(name.dropLast($0.count)) } ?? name
        }
        #expect(named.count > 5, "\(path)")
        #expect(Set(named).subtracting(known) == [], "\(path)")
      }
      let shown = Self.names(in: try Self.text("docs/alerts.yml"))
      #expect(shown.isSuperset(of: ["obox_health", "obox_read_only", "obox_disk_full_days"]))
    }
  }

  @Test func `every check that an alert names exists, and has its level in the metrics`() async throws {
    try await TestAppliance.run { test in
      let names = test.appliance.healthChecks.map(\.name)
      let metrics = try await test.client.get("/metrics").text
      for name in names { #expect(metrics.contains("\nobox_health{check=\"\(name)\"} "), "\(name)") }
      for path in ["docs/grafana.json", "docs/alerts.yml"] {
        for found in try Self.text(path).matches(of: /check!?=\\?"([a-z_]+)/) {
          #expect(names.contains(String(found.1)), "\(path): \(found.1)")
        }
      }
    }
  }

  @Test func `the dashboard is JSON, and each panel has a query and a title`() throws {
    let dashboard = try #require(JSONValue(parsing: Array(try Self.text("docs/grafana.json").utf8)))
    let panels = dashboard["panels"]?.array ?? []
    #expect(panels.count > 8)
    for panel in panels where panel["type"] != "row" {
      #expect(panel["title"]?.string?.isEmpty == false)
      #expect(panel["targets"]?.array?.allSatisfy { $0["expr"]?.string?.isEmpty == false } == true)
    }
    #expect(Set(panels.compactMap { $0["id"]?.int }).count == panels.count)
  }
}
