import Testing

@testable import HTTP

/// Requests and responses over real connections.
@Suite struct ServerTests {
  @Test func `one connection serves many requests`() async throws {
    try await TestServer.run([.get("/api/hello", .everyone, "hello") { _ in .text("hello") }]) { server in
      let client = try server.client()
      for _ in 0..<5 {
        let answer = try await client.get("/api/hello")
        #expect(answer.text == "hello")
        #expect(answer["Connection"] == nil)
      }
      #expect(await server.server.connectionCount() == 1)
    }
  }

  @Test func `pipelined requests are answered in order`() async throws {
    let gate = Gate()
    let routes: [Route] = [
      .get("/api/:name", .everyone, "name") { request in
        if request.parameter("name") == "slow" { await gate.wait() }
        return .text(request.parameter("name"))
      }
    ]
    try await TestServer.run(routes) { server in
      let client = try server.client()
      let names = ["slow", "b", "slow", "d"]
      await client.send(names.map { "GET /api/\($0) HTTP/1.1\r\nHost: a\r\n\r\n" }.joined())
      #expect(await eventually { gate.arrivals == 1 })
      gate.open()
      for name in names { #expect(try await client.answer().text == name) }
    }
  }

  @Test func `input during a handler is kept for later`() async throws {
    let gate = Gate()
    let routes: [Route] = [
      .get("/wait", .everyone, "wait") { _ in
        await gate.wait()
        return .text("waited")
      },
      .get("/now", .everyone, "now") { _ in .text("now") },
    ]
    try await TestServer.run(routes) { server in
      let client = try server.client()
      await client.send("GET /wait HTTP/1.1\r\nHost: a\r\n\r\n")
      #expect(await eventually { gate.arrivals == 1 })
      await client.send("GET /now HTTP/1.1\r\nHost: a\r\n\r\n")
      let other = try server.client()
      #expect(try await other.get("/now").text == "now")
      gate.open()
      #expect(try await client.answer().text == "waited")
      #expect(try await client.answer().text == "now")
    }
  }

  @Test func `a request sent byte by byte is understood`() async throws {
    let route = Route.post("/api/echo", .everyone, "echo") { .bytes($0.body, contentType: "x/y") }
    try await TestServer.run([route]) { server in
      let client = try server.client()
      for byte in "POST /api/echo HTTP/1.1\r\nHost: a\r\nContent-Length: 5\r\n\r\nhello".utf8 {
        await client.send([byte])
      }
      #expect(try await client.answer().text == "hello")
    }
  }

  @Test(arguments: ["POST", "PUT", "PATCH", "DELETE"])
  func `bodies may have a length or be chunked`(_ method: String) async throws {
    let echo: Handler = { .bytes($0.body, contentType: "x/y") }
    let routes: [Route] = [
      .post("/e", .everyone, "e", echo), .put("/e", .everyone, "e", echo), .patch("/e", .everyone, "e", echo),
      .delete("/e", .everyone, "e", echo),
    ]
    try await TestServer.run(routes) { server in
      let client = try server.client()
      let plain = try await client.exchange(
        "\(method) /e HTTP/1.1\r\nHost: a\r\nContent-Length: 3\r\n\r\nabc")
      #expect(plain.text == "abc")
      let chunked = try await client.exchange(
        "\(method) /e HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n4\r\ndefg\r\n0\r\n\r\n"
      )
      #expect(chunked.text == "abcdefg")
      let none = try await client.exchange("\(method) /e HTTP/1.1\r\nHost: a\r\nContent-Length: 0\r\n\r\n")
      #expect(none.body == [])
    }
  }

  @Test func `a client that expects 100 is told to continue`() async throws {
    let route = Route.post("/e", .everyone, "e") { .bytes($0.body, contentType: "x/y") }
    try await TestServer.run([route]) { server in
      let client = try server.client()
      await client.send("POST /e HTTP/1.1\r\nHost: a\r\nExpect: 100-continue\r\nContent-Length: 3\r\n\r\n")
      #expect(try await client.answer().status == 100)
      await client.send("abc")
      #expect(try await client.answer().text == "abc")
      #expect(
        try await client.exchange("POST /e HTTP/1.1\r\nHost: a\r\nContent-Length: 2\r\n\r\nde").text == "de")
    }
  }

  @Test func `HEAD is GET without its body`() async throws {
    try await TestServer.run([.get("/api/hello", .everyone, "hello") { _ in .text("hello") }]) { server in
      let client = try server.client()
      await client.send("HEAD /api/hello HTTP/1.1\r\nHost: a\r\n\r\n")
      let head = try await client.answer(isHead: true)
      #expect(head["Content-Length"] == "5")
      #expect(try await client.get("/api/hello").text == "hello")
    }
  }

  @Test(arguments: [
    ("GET /e HTTP/1.0\r\n\r\n", "close"),
    ("GET /e HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n", "close"),
    ("GET /e HTTP/1.1\r\nHost: a\r\nConnection: TE, Close\r\n\r\n", "close"),
    ("GET /e HTTP/1.0\r\nConnection: keep-alive\r\n\r\n", "keep-alive"),
  ])
  func `the client decides whether the connection stays open`(_ text: String, _ connection: String)
    async throws
  {
    try await TestServer.run([.get("/e", .everyone, "e") { _ in .text("e") }]) { server in
      let client = try server.client()
      let answer = try await client.exchange(text)
      #expect(answer["Connection"] == connection)
      if connection == "close" {
        #expect(try await client.rest() == [])
      } else {
        #expect(try await client.exchange(text).text == "e")
      }
    }
  }

  @Test func `large responses arrive complete, also at a slow reader, and the connection stays open`()
    async throws
  {
    let large = (0..<3_000_000).map { UInt8(truncatingIfNeeded: $0 &* 31 >> 3) }
    let shared = SharedBytes(large)
    let routes: [Route] = [
      .get("/array", .everyone, "array") { _ in .bytes(large, contentType: "x/y") },
      .get("/shared", .everyone, "shared") { _ in Response(body: .shared(shared)) },
      .get("/small", .everyone, "small") { _ in .text("small") },
    ]
    try await TestServer.run(routes) { server in
      let client = try RawClient(port: server.port, receiveBuffer: 4096)
      #expect(try await client.get("/array").body == large)
      #expect(try await client.get("/shared").body == large)
      await client.send(
        ["/array", "/small", "/shared", "/small"].map { "GET \($0) HTTP/1.1\r\nHost: a\r\n\r\n" }.joined())
      #expect(try await client.answer().body == large)
      #expect(try await client.answer().text == "small")
      #expect(try await client.answer().body == large)
      #expect(try await client.answer().text == "small")
    }
  }

  @Test func `a client that disconnects during a handler is handled, and logged`() async throws {
    let gate = Gate()
    let route = Route.get("/wait", .everyone, "wait") { _ in
      await gate.wait()
      return .text("late")
    }
    try await TestServer.run([route]) { server in
      for _ in 0..<20 {
        let client = try server.client()
        await client.send("GET /wait HTTP/1.1\r\nHost: a\r\n\r\nGET /wait HTTP/1.1\r\n")
        client.abort()
      }
      let patient = try server.client()
      await patient.send("GET /wait HTTP/1.1\r\nHost: a\r\n\r\n")
      #expect(await eventually { gate.arrivals == 21 })
      gate.open()
      #expect(try await patient.answer().text == "late")
      #expect(await eventually { await server.server.connectionCount() == 1 })
    }
  }

  @Test func `a handler that suspends elsewhere returns to the loop`() async throws {
    actor Elsewhere { func name() -> String { "elsewhere" } }
    let elsewhere = Elsewhere()
    let route = Route.get("/hop", .everyone, "hop") { _ in
      let name = await elsewhere.name()
      let other = await Task.detached { "detached" }.value
      return .text("\(name) \(other)")
    }
    try await TestServer.run([route]) { server in
      let client = try server.client()
      for _ in 0..<50 { #expect(try await client.get("/hop").text == "elsewhere detached") }
    }
  }

  @Test func `authorization runs before the handler, which receives the principal`() async throws {
    final class Person: Principal {}
    let person = Person()
    let routes: [Route] = [
      .get("/free", .everyone, "free") { .text($0.principal == nil ? "nobody" : "somebody") },
      .get("/admin", .right("admin"), "admin") { .text($0.principal === person ? "person" : "?") },
    ]
    let authorize: Authorize = { request, access in
      guard request.headers["Authorization"] == "Bearer x" else {
        if access == .everyone { return nil }
        throw Failure.unauthenticated
      }
      if access == .right("admin"), request.headers["X-Admin"] == nil { throw Failure.forbidden }
      return person
    }
    try await TestServer.run(routes, authorize: authorize) { server in
      let client = try server.client()
      #expect(try await client.get("/admin").status == 401)
      #expect(try await client.get("/admin", "Authorization: Bearer x\r\n").status == 403)
      #expect(try await client.get("/admin", "authorization: Bearer x\r\nX-Admin: 1\r\n").text == "person")
      #expect(try await client.get("/free").text == "nobody")
      #expect(try await client.get("/free", "Authorization: Bearer x\r\n").text == "somebody")
    }
  }

  @Test func `filters run first and last`() async throws {
    let filters = Filters(
      before: [
        { request in
          if request.query["limit"] != nil {
            throw Failure(429, "LIMITED", Sentence(fr: "Trop.", en: "Too much."))
          }
          return request.method == .options ? Response(status: 204, headers: [("X-Preflight", "yes")]) : nil
        }
      ],
      after: [{ request, response in response.set("X-Path", request.path) }],
      headers: [("X-Fixed", "1")])
    let route = Route.get("/e", .signedIn, "e") { _ in .text("e") }
    try await TestServer.run([route], filters: filters) { server in
      let client = try server.client()
      let limited = try await client.get("/e?limit=1")
      #expect(limited.status == 429)
      #expect(limited["X-Path"] == "/e")
      let preflight = try await client.exchange("OPTIONS /e HTTP/1.1\r\nHost: a\r\n\r\n")
      #expect(preflight["X-Preflight"] == "yes")
      #expect(preflight["X-Fixed"] == "1")
      #expect(try await client.get("/e").status == 401)
    }
  }

  @Test func `a header's value cannot inject another header`() async throws {
    let route = Route.get("/e", .everyone, "e") { _ in
      Response(headers: [("X-Name", "a\r\nX-Evil: b\r\n\r\nbody")])
    }
    try await TestServer.run([route]) { server in
      let answer = try await server.client().get("/e")
      #expect(answer["X-Evil"] == nil)
      #expect(answer["X-Name"] == "aX-Evil: bbody")
    }
  }

  @Test func `an access record describes the response`() async throws {
    try await TestServer.run([.get("/e/:id", .everyone, "e") { _ in .text("four") }]) { server in
      _ = try await server.client().get("/e/7?q=secret")
      let record = try #require(server.logged.first)
      #expect(record.method == "GET")
      #expect(record.path == "/e/7")
      #expect(record.status == 200)
      #expect(record.bytes == 4)
      #expect(record.peer == "127.0.0.1")
    }
  }

  @Test func `only trusted proxies may name the client`() async throws {
    let route = Route.get("/who", .everyone, "who") { .text("\($0.peerAddress) \($0.isTLS)") }
    let headers = "X-Forwarded-For: 6.6.6.6, 9.9.9.9\r\nX-Forwarded-Proto: https\r\n"
    try await TestServer.run([route]) { server in
      let client = try server.client()
      #expect(try await client.get("/who", headers).text == "127.0.0.1 false")
    }
    let configuration = ServerConfiguration(trustedProxies: ["127.0.0.1"])
    try await TestServer.run([route], configuration: configuration) { server in
      let client = try server.client()
      #expect(try await client.get("/who", headers).text == "9.9.9.9 true")
    }
  }

  @Test func `a path is decoded and separated from its query`() async throws {
    let route = Route.get("/a/:x", .everyone, "x") { .text("\($0.parameter("x")) \($0.query["q"] ?? "-")") }
    try await TestServer.run([route]) { server in
      let client = try server.client()
      #expect(try await client.get("/a/b%20%C3%A9?q=1+2%26#f").text == "b é 1 2&")
      #expect(try await client.get("http://other.example/a/b?q=2").text == "b 2")
      #expect(try await client.get("/a/c").text == "c -")
    }
  }
}
