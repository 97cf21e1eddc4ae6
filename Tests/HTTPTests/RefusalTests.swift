import Testing

@testable import HTTP

/// Error responses for requests that are forbidden, impossible or malformed.
@Suite struct RefusalTests {
  static let routes: [Route] = [
    .get("/api/open", .everyone, "open") { _ in .text("open") },
    .get("/api/mine", .signedIn, "mine") { _ in .text("mine") },
    .post("/api/items", .everyone, "items") { request in .json(201, try request.json()) },
    .post("/api/small", .everyone, "small", bodyLimit: 10) { request in .text("\(request.body.count)") },
    .get("/api/broken", .everyone, "broken") { _ in throw Broken() },
    .get("/api/busy", .everyone, "busy") { _ in
      throw Failure(
        429, "SLOW_DOWN", Sentence(fr: "Doucement.", en: "Slow down."), headers: [("Retry-After", "7")])
    },
  ]

  struct Broken: Error {}

  @Test(arguments: [
    ("GET /api/mine HTTP/1.1\r\nHost: a\r\n\r\n", 401, "UNAUTHENTICATED"),
    ("GET /api/none HTTP/1.1\r\nHost: a\r\n\r\n", 404, "NOT_FOUND"),
    ("POST /elsewhere HTTP/1.1\r\nHost: a\r\nContent-Length: 0\r\n\r\n", 404, "NOT_FOUND"),
    ("DELETE /api/open HTTP/1.1\r\nHost: a\r\n\r\n", 405, "METHOD_NOT_ALLOWED"),
    ("GET /api/broken HTTP/1.1\r\nHost: a\r\n\r\n", 500, "INTERNAL_ERROR"),
    ("GET /api/busy HTTP/1.1\r\nHost: a\r\n\r\n", 429, "SLOW_DOWN"),
    ("BREW /api/open HTTP/1.1\r\nHost: a\r\n\r\n", 501, "NOT_IMPLEMENTED"),
    ("TRACE /api/open HTTP/1.1\r\nHost: a\r\n\r\n", 405, "METHOD_NOT_ALLOWED"),
    ("CONNECT a:80 HTTP/1.1\r\nHost: a\r\n\r\n", 405, "METHOD_NOT_ALLOWED"),
    ("GET /api/%00 HTTP/1.1\r\nHost: a\r\n\r\n", 400, "BAD_REQUEST"),
    ("GET /api/%zz HTTP/1.1\r\nHost: a\r\n\r\n", 400, "BAD_REQUEST"),
    ("GET /api/%2 HTTP/1.1\r\nHost: a\r\n\r\n", 400, "BAD_REQUEST"),
    ("GET /api/%ff HTTP/1.1\r\nHost: a\r\n\r\n", 400, "BAD_REQUEST"),
    ("GET /api%2fopen HTTP/1.1\r\nHost: a\r\n\r\n", 400, "BAD_REQUEST"),
    ("GET /../etc/passwd HTTP/1.1\r\nHost: a\r\n\r\n", 400, "BAD_REQUEST"),
    ("GET /%2e%2e/etc/passwd HTTP/1.1\r\nHost: a\r\n\r\n", 400, "BAD_REQUEST"),
    ("GET /api/open HTTP/1.1\r\n\r\n", 400, "BAD_REQUEST"),
    ("GET /api/open HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n", 400, "BAD_REQUEST"),
    ("nonsense\r\n\r\n", 400, "BAD_REQUEST"),
    ("GET /api/open HTTP/1.1\r\nno colon here\r\n\r\n", 400, "BAD_REQUEST"),
    ("GET /api/open HTTP/7.3\r\nHost: a\r\n\r\n", 400, "BAD_REQUEST"),
    ("POST /api/items HTTP/1.1\r\nHost: a\r\nContent-Length: x\r\n\r\n", 400, "BAD_REQUEST"),
    ("POST /api/items HTTP/1.1\r\nHost: a\r\nContent-Length: -5\r\n\r\n", 400, "BAD_REQUEST"),
    (
      "POST /api/items HTTP/1.1\r\nHost: a\r\nContent-Length: 99999999999999999999\r\n\r\n", 400,
      "BAD_REQUEST"
    ),
    ("POST /api/items HTTP/1.1\r\nHost: a\r\nContent-Length : 2\r\n\r\n{}", 400, "BAD_REQUEST"),
    ("POST /api/items HTTP/1.0\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n", 400, "BAD_REQUEST"),
    ("GET http:-secret/key.txt HTTP/1.1\r\nHost: a\r\n\r\n", 400, "BAD_REQUEST"),
    ("POST /api/items HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: gzip\r\n\r\n", 501, "NOT_IMPLEMENTED"),
    (
      "POST /api/items HTTP/1.1\r\nHost: a\r\nExpect: magic\r\nContent-Length: 2\r\n\r\n", 417,
      "EXPECTATION_FAILED"
    ),
    ("POST /api/items HTTP/1.1\r\nHost: a\r\nContent-Length: 9999999\r\n\r\n", 413, "TOO_LARGE"),
    ("POST /api/small HTTP/1.1\r\nHost: a\r\nContent-Length: 11\r\n\r\n12345678901", 413, "TOO_LARGE"),
    (
      "POST /api/small HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\nb\r\n12345678901\r\n0\r\n\r\n",
      413,
      "TOO_LARGE"
    ),
    (
      "POST /api/items HTTP/1.1\r\nHost: a\r\nContent-Type: text/plain\r\nContent-Length: 2\r\n\r\n{}", 415,
      "UNSUPPORTED_MEDIA_TYPE"
    ),
    (
      "POST /api/items HTTP/1.1\r\nHost: a\r\nContent-Type: application/json\r\nContent-Length: 1\r\n\r\n{",
      400,
      "MALFORMED_JSON"
    ),
  ])
  func `every error is JSON with its status and code`(_ text: String, _ status: Int, _ code: String)
    async throws
  {
    try await TestServer.run(Self.routes) { server in
      let answer = try await server.client().exchange(text)
      #expect(answer.status == status)
      #expect(answer["Content-Type"] == "application/json; charset=utf-8")
      let json = try #require(JSONValue(parsing: answer.body))
      #expect(json["success"] == false)
      #expect(json["code"] == .string(code))
      #expect(json["message"] == json["error"])
      #expect(json["errors"] == [])
    }
  }

  @Test(arguments: [
    ["Content-Length: 2", "Content-Length: 2"], ["Content-Length: 2", "Content-Length: 0"],
    ["Content-Length: 0", "Content-Length: 2"], ["content-length: 0", "CONTENT-LENGTH: 0"],
    ["Content-Length: 3", "Transfer-Encoding: chunked"], ["Transfer-Encoding: chunked", "Content-Length: 3"],
    ["Transfer-Encoding: chunked", "Transfer-Encoding: chunked"],
    ["Transfer-Encoding: gzip", "Transfer-Encoding: chunked"],
    ["Transfer-Encoding: gzip", "Content-Length: 2"],
  ])
  func `two body lengths are refused, and the connection is closed`(_ lines: [String])
    async throws
  {
    try await TestServer.run(Self.routes) { server in
      let client = try server.client()
      let head = "POST /api/items HTTP/1.1\r\nHost: a\r\n" + lines.joined(separator: "\r\n")
      // A parser that uses the shorter length would see the rest as a second request.
      let answer = try await client.exchange("\(head)\r\n\r\nGET /api/open HTTP/1.1\r\nHost: a\r\n\r\n")
      #expect(answer.status == 400)
      #expect(answer["Connection"] == "close")
      #expect(try await client.rest() == [])
    }
  }

  @Test func `headers above the limit are 431`() async throws {
    try await TestServer.run(Self.routes) { server in
      let long = String(repeating: "x", count: 40_000)
      let inHeader = try await server.client().get("/api/open", "X-Long: \(long)\r\n")
      #expect(inHeader.status == 431)
      let inPath = try await server.client().get("/\(long)")
      #expect(inPath.status == 431)
    }
  }

  @Test func `errors are in the client's language`() async throws {
    try await TestServer.run(Self.routes) { server in
      let client = try server.client()
      let french = try await client.get("/api/mine")
      #expect(JSONValue(parsing: french.body)?["message"] == "Connectez-vous pour continuer.")
      let english = try await client.get("/api/mine", "Accept-Language: en-GB,en;q=0.9\r\n")
      #expect(JSONValue(parsing: english.body)?["message"] == "Sign in to continue.")
    }
  }

  @Test func `405 names the allowed methods`() async throws {
    try await TestServer.run(Self.routes) { server in
      let answer = try await server.client().exchange(
        "PUT /api/open HTTP/1.1\r\nHost: a\r\nContent-Length: 0\r\n\r\n")
      #expect(answer["Allow"] == "GET, HEAD")
    }
  }

  @Test func `the headers of a failure are sent`() async throws {
    try await TestServer.run(Self.routes) { server in
      let answer = try await server.client().get("/api/busy")
      #expect(answer["Retry-After"] == "7")
    }
  }

  @Test func `an internal error is logged and not sent`() async throws {
    try await TestServer.run(Self.routes) { server in
      let answer = try await server.client().get("/api/broken")
      #expect(!answer.text.contains("Broken"))
      #expect(server.logged.last?.error == "Broken()")
    }
  }

  @Test func `a large body is refused before it is sent`() async throws {
    try await TestServer.run(Self.routes) { server in
      let answer = try await server.client().exchange(
        "POST /api/small HTTP/1.1\r\nHost: a\r\nExpect: 100-continue\r\nContent-Length: 11\r\n\r\n")
      #expect(answer.status == 413)
    }
  }

  @Test func `a large body without permission is refused before it arrives`() async throws {
    let route = Route.post("/api/files", .signedIn, "files", bodyLimit: 4 << 20) { _ in .empty() }
    try await TestServer.run([route]) { server in
      let answer = try await server.client().exchange(
        "POST /api/files HTTP/1.1\r\nHost: a\r\nContent-Length: 3000000\r\n\r\n")
      #expect(answer.status == 401)
    }
  }

  @Test func `a client that keeps sending after an error can still read it`() async throws {
    try await TestServer.run(Self.routes) { server in
      let client = try server.client()
      await client.send("POST /api/items HTTP/1.1\r\nHost: a\r\nContent-Length: 8000000\r\n\r\n")
      #expect(await client.send([UInt8](repeating: 0x41, count: 2_000_000)))
      #expect(try await client.answer().status == 413)
    }
  }

  @Test func `arbitrary input never stops the server`() async throws {
    try await TestServer.run(Self.routes) { server in
      var generator = SystemRandomNumberGenerator()
      for length in [1, 7, 64, 1000, 50_000] {
        for isPrefixed in [false, true] {
          let noise = (0..<length).map { _ in UInt8.random(in: 0...255, using: &generator) }
          let client = try server.client()
          await client.send(isPrefixed ? Array("GET /api/open HTTP/1.1\r\n".utf8) + noise : noise)
          client.finishSending()
          _ = try await client.rest()
        }
      }
      #expect(try await server.client().get("/api/open").text == "open")
    }
  }
}
