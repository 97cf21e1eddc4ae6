import HTTP
import Store
import TestSupport
import Testing

@testable import Appliance

/// A server with TLS that is asked without it.
@Suite(.enabled(if: OpenSSL.isThere), .timeLimit(.minutes(30))) struct PlainHTTPTests {
  private func run(_ settings: [String: String] = [:], _ test: (TestAppliance) async throws -> Void)
    async throws
  {
    try await TestAppliance.run(settings: settings.merging(["TLS": "auto"]) { _, new in new }, test)
  }

  /// The answer to a request over TLS.
  private func secure(
    _ test: TestAppliance, _ method: String, _ path: String, _ headers: [String] = [], body: String = ""
  ) async throws -> String {
    let lines =
      ["\(method) \(path) HTTP/1.1", "Host: 127.0.0.1:\(test.port)", "Connection: close"] + headers
      + ["Content-Type: application/json", "Content-Length: \(body.utf8.count)"]
    let request = lines.joined(separator: "\r\n") + "\r\n\r\n" + body
    return String(decoding: try await OpenSSL.exchange(test.port, Array(request.utf8)), as: UTF8.self)
  }

  private let login = "{\"username\":\"lea\",\"password\":\"\(TestAppliance.password)\"}"

  /// Adds a person who has never signed in.
  private func add(_ username: String, to test: TestAppliance) async throws {
    var account = NewAccount([:], language: .en)
    account.username = username
    account.name = username
    let hash = try await test.appliance.passwords.hasher.hash(TestAppliance.password)
    try await test.appliance.database.write { [account] tx in _ = try account.insert(hash: hash, in: tx) }
  }

  @Test(arguments: ["GET", "POST", "PUT", "PATCH", "DELETE"])
  func `the API is refused with what to do, and nothing is done`(method: String) async throws {
    try await run { test in
      try await add("lea", to: test)
      let answer = try await test.client.send(
        method, method == "POST" ? "/api/auth/login" : "/api/auth/me", JSONValue(parsing: Array(login.utf8)))
      #expect(answer.status == 403 && answer.code == "HTTPS_REQUIRED", "\(answer.text)")
      #expect(answer.text.contains("https://") && answer.headers["set-cookie"] == nil)
      let sessions = try await test.appliance.database.read { try $0.scalar("SELECT count(*) FROM sessions") }
      #expect(sessions == 0)
    }
  }

  @Test(arguments: ["/ws", "/socket.io/?EIO=4&transport=websocket", "/"])
  func `sockets are refused`(path: String) async throws {
    try await run { test in
      await #expect(throws: TestClient.Broken.self) {
        _ = try await TestWebSocket.open(test.client, at: path)
      }
    }
  }

  @Test func `metrics and Socket.IO's polling are refused too`() async throws {
    try await run { test in
      for path in ["/metrics", "/socket.io/?EIO=4&transport=polling", "/api", "/api/nothing"] {
        let answer = try await test.client.get(path)
        #expect(answer.code == "HTTPS_REQUIRED", "\(path)")
      }
    }
  }

  @Test(arguments: [
    ("/", "/"), ("/setup?token=a-b_c", "/setup?token=a-b_c"),
    ("/machines/7?tab=load", "/machines/7?tab=load"),
    ("/caf%C3%A9", "/caf%C3%A9"), ("/a%20b", "/a%20b"), ("//evil.example/", "//evil.example/"),
  ]) func `a page is opened by HTTPS instead, at the same host and port`(path: String, place: String)
    async throws
  {
    try await run { test in
      for method in ["GET", "HEAD"] {
        let answer = try await test.client.send(method, path, nil)
        #expect(answer.status == 308)
        #expect(answer.headers["location"] == "https://127.0.0.1:\(test.port)\(place)")
        #expect(answer.headers["cache-control"] == "no-store")
      }
    }
  }

  @Test func `a host that is none is not redirected to`() async throws {
    try await run(["PUBLIC_URL": "https://lab.example"]) { test in
      let socket = try TestSocket(port: test.port)
      try socket.write(Array("GET /a HTTP/1.1\r\nHost: evil/@x\r\nConnection: close\r\n\r\n".utf8))
      var answer: [UInt8] = []
      while case let part = try await onThread({ try socket.read() }), !part.isEmpty { answer += part }
      #expect(String(decoding: answer, as: UTF8.self).contains("Location: https://lab.example/a\r\n"))
    }
  }

  @Test func `with TLS the page and the API are there, with cookies for TLS only and no promise for ever`()
    async throws
  {
    try await run { test in
      try await add("lea", to: test)
      #expect(test.appliance.site.publicURL.hasPrefix("https://"))
      let page = try await secure(test, "GET", "/")
      #expect(page.hasPrefix("HTTP/1.1 200"))
      // A browser that was told so would offer no way past its warning after the certificate has changed.
      #expect(!page.contains("Strict-Transport-Security"))
      let answer = try await secure(test, "POST", "/api/auth/login", body: login)
      let cookie = try #require(answer.firstMatch(of: /Set-Cookie: (__Host-obox_session=[^;]+)([^\r]*)/))
      #expect(cookie.2.contains("Secure") && cookie.2.contains("HttpOnly"))
      #expect(
        try await secure(test, "GET", "/api/auth/me", ["Cookie: \(cookie.1)"]).hasPrefix("HTTP/1.1 200"))
      // The name that plain HTTP has.
      let other = cookie.1.replacing("__Host-", with: "")
      #expect(try await secure(test, "GET", "/api/auth/me", ["Cookie: \(other)"]).hasPrefix("HTTP/1.1 401"))
    }
  }

  @Test func `PLAIN_CLIENTS lets programs in with a Bearer token, and with no cookie`() async throws {
    try await run(["PLAIN_CLIENTS": "on"]) { test in
      try await add("lea", to: test)
      let signedIn = try await test.client.post(
        "/api/auth/login", try #require(JSONValue(parsing: Array(login.utf8))))
      #expect(signedIn.status == 200 && signedIn.headers["set-cookie"] == nil)
      let token = try #require(signedIn.json["token"]?.string)
      #expect(try await test.client.signedIn(token).get("/api/auth/me").status == 200)

      let cookie = try #require(Token.cookie(of: token))
      for name in ["obox_session", "__Host-obox_session"] {
        var browser = test.client
        browser.headers["Cookie"] = "\(name)=\(cookie)"
        #expect(try await browser.get("/api/auth/me").code == "UNAUTHENTICATED")
        let socket = try await TestWebSocket.open(browser, byCookie: false)
        try socket.send("SUBSCRIBE", ["topic": "system"])
        #expect(try await socket.next("ERROR")["code"]?.string == "UNAUTHENTICATED")
        socket.close()
      }
      // The same cookie opens the session with TLS.
      let secured = try await secure(test, "GET", "/api/auth/me", ["Cookie: __Host-obox_session=\(cookie)"])
      #expect(secured.hasPrefix("HTTP/1.1 200"))

      let socket = try await TestWebSocket.open(test.client, byCookie: false)
      try socket.send("AUTHENTICATE", ["token": .string(token)])
      _ = try await socket.next("AUTHENTICATED")
      socket.close()
      #expect(try await test.client.get("/").status == 308)
    }
  }

  @Test func `a proxy that has TLS is served without it`() async throws {
    try await run(["TRUSTED_PROXIES": "127.0.0.1"]) { test in
      var proxied = test.client
      proxied.headers["X-Forwarded-Proto"] = "https"
      let (health, page) = (try await proxied.get("/api/health"), try await proxied.get("/"))
      #expect(health.status == 200 && page.status == 200)
      proxied.headers["X-Forwarded-Proto"] = "http"
      #expect(try await proxied.get("/api/health").code == "HTTPS_REQUIRED")
    }
  }

  @Test func `without TLS nothing is redirected`() async throws {
    try await TestAppliance.run { test in
      let (health, page) = (try await test.client.get("/api/health"), try await test.client.get("/"))
      #expect(health.status == 200 && page.status == 200)
    }
  }
}
