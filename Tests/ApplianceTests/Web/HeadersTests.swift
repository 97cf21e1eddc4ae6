import Testing

@testable import Appliance

@Suite struct HeadersTests {
  private static let paths = ["/", "/machines/17", "/api/health", "/api/auth/me", "/api/nothing"]

  @Test func `every response has the security headers`() async throws {
    try await TestAppliance.run(settings: ["PUBLIC_URL": "https://obox.example.org"]) { test in
      for path in Self.paths {
        let headers = try await test.client.get(path).headers
        let policy = headers["content-security-policy"] ?? ""
        #expect(policy.hasPrefix("default-src 'none'"), "\(path)")
        #expect(policy.contains("frame-ancestors 'none'"), "\(path)")
        #expect(!policy.contains("unsafe"), "\(path)")
        #expect(headers["x-content-type-options"] == "nosniff", "\(path)")
        #expect(headers["referrer-policy"] == "no-referrer", "\(path)")
        #expect(headers["strict-transport-security"] == "max-age=31536000", "\(path)")
        #expect(path.hasPrefix("/api") == (headers["cache-control"] == "no-store"), "\(path)")
      }
      let page = try await test.client.get("/").headers
      #expect(page["content-security-policy"]?.contains("base-uri 'none'") == true)
      #expect(page["x-frame-options"] == "DENY")
    }
  }

  @Test func `another origin is allowed only if configured, and never with cookies`() async throws {
    try await TestAppliance.run(settings: ["CORS_ORIGIN": "https://intranet.example.org"]) { test in
      for (origin, isAllowed) in [
        ("https://elsewhere.example", false), ("https://intranet.example.org.elsewhere.example", false),
        ("http://intranet.example.org", false), ("https://intranet.example.org", true), ("null", true),
      ] {
        var browser = test.client
        browser.headers["Origin"] = origin
        let headers = try await browser.get("/api/health").headers
        #expect((headers["access-control-allow-origin"] == origin) == isAllowed, "\(origin)")
        #expect(headers["access-control-allow-credentials"] == nil, "\(origin)")
      }
    }
  }
}
