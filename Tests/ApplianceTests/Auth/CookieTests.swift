import HTTP
import Testing

@testable import Appliance

@Suite struct CookieTests {
  @Test func `a session cookie is not accepted as a Bearer token, nor the other way round`() async throws {
    try await TestAppliance.run { test in
      let lea = try await test.person("lea")
      let bearer = try #require(lea.token)
      let cookie = try #require(Token.cookie(of: bearer))
      #expect(cookie.utf8.count == 43 && cookie != bearer)
      #expect(try await test.client.signedIn(cookie).get("/api/auth/me").status == 401)
      var browser = test.client
      browser.headers["Cookie"] = "obox_session=\(bearer)"
      #expect(try await browser.get("/api/auth/me").status == 401)
      // Only accepted over TLS, where the prefix prevents others from setting it.
      browser.headers["Cookie"] = "__Host-obox_session=\(cookie)"
      #expect(try await browser.get("/api/auth/me").status == 401)
      browser.headers["Cookie"] = "obox_session=\(cookie)"
      #expect(try await browser.get("/api/auth/me").status == 200)
      #expect(try await lea.get("/api/auth/me").status == 200)

      let socket = try await TestWebSocket.open(test.client, byCookie: false)
      try socket.send("AUTHENTICATE", ["token": .string(cookie)])
      #expect(try await socket.next("ERROR")["code"]?.string == "UNAUTHENTICATED")
      socket.close()
    }
  }

  @Test func `the OpenAPI document names the cookie of the connection`() async throws {
    try await TestAppliance.run(settings: ["TRUSTED_PROXIES": "127.0.0.1"]) { test in
      var browser = test.client
      for (scheme, name) in [
        ("http", "obox_session"), ("https", "__Host-obox_session"), ("http", "obox_session"),
      ] {
        browser.headers["X-Forwarded-Proto"] = scheme
        let document = try await browser.get("/api/openapi.json").json
        #expect(document["components"]?["securitySchemes"]?["session"]?["name"]?.string == name)
      }
    }
  }

  @Test func `with TLS both cookies have the __Host- prefix`() async throws {
    try await TestAppliance.run(settings: ["TRUSTED_PROXIES": "127.0.0.1"]) { test in
      _ = try await test.person("lea")
      var browser = test.client
      browser.headers["X-Forwarded-Proto"] = "https"
      let answer = try await test.signIn("lea", with: browser, takeover: true)
      let headers = String(describing: answer.headers)
      let cookie = try #require(answer.json["token"]?.string.flatMap(Token.cookie))
      #expect(answer.status == 200)
      #expect(headers.contains("__Host-obox_"))
      #expect(headers.contains("; Secure"))
      browser.headers["Cookie"] = "__Host-obox_session=\(cookie)"
      #expect(try await browser.get("/api/auth/me").status == 200)
      browser.headers["Cookie"] = "obox_session=\(cookie)"
      #expect(try await browser.get("/api/auth/me").status == 401)
    }
  }

  @Test(arguments: [
    (["PUBLIC_URL": "http://lab.example:4000", "PUBLIC_IP": "lab.example"], true),
    (["PUBLIC_URL": "http://LAB.example", "PUBLIC_IP": "lab.example"], true),
    (["PUBLIC_IP": "192.0.2.1"], true),
    (["PUBLIC_URL": "https://lab.example", "PUBLIC_IP": "lab.example"], false),
    (["PUBLIC_URL": "http://lab.example", "PUBLIC_IP": "192.0.2.1"], false),
  ]) func `a page that shares its host name with machines without TLS is detected`(
    settings: [String: String], isShared: Bool
  ) throws {
    let configuration = try Configuration.load(file: nil, environment: settings)
    let site = Site(configuration: configuration, dataFolder: "/nowhere")
    #expect(site.sharesCookiesWithMachines == isShared)
  }
}
