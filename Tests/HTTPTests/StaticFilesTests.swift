import Glibc
import Testing

@testable import HTTP

@Suite struct StaticFilesTests {
  static let script = Array(String(repeating: "let a = 1;\n", count: 500).utf8)
  static let files = StaticFiles(assets: [
    Asset(path: "/index.html", bytes: Array("<!doctype html>".utf8)),
    Asset(path: "/app.js", bytes: script),
    Asset(path: "/logo.png", bytes: script),
  ])

  private func get(_ path: String, _ headers: [(String, String)] = []) async throws -> Response {
    try await Self.files.handler(Request(method: .get, path: path, headers: headers))
  }

  private func bytes(_ response: Response) -> [UInt8] {
    switch response.body {
    case .none: []
    case .bytes(let bytes): bytes
    case .shared(let shared): shared.withBytes { Array($0) }
    }
  }

  private func header(_ response: Response, _ name: String) -> String? {
    response.headers.first { $0.name == name }?.value
  }

  @Test(arguments: ["/none.js", "/deep/none.css"])
  func `a missing file is 404`(_ path: String) async {
    await #expect(throws: Failure.self) { try await get(path) }
  }

  @Test func `nothing outside the folder is served, by name or by link`() async throws {
    let parent = "/tmp/obox-files-\(UInt64.random(in: 0...UInt64.max))"
    defer { for path in Self.tree.reversed() { remove(parent + path) } }
    for path in Self.tree {
      switch path {
      case _ where path.hasSuffix("link.js"): symlink(parent + "/page-secret/key.js", parent + path)
      case _ where path.hasSuffix("tree"): symlink(parent + "/page-secret", parent + path)
      case _ where path.contains("."): try write("content of \(path)", to: parent + path)
      default: mkdir(parent + path, 0o700)
      }
    }
    let files = StaticFiles(folder: parent + "/page").handler
    let inside = try await files(Request(method: .get, path: "/app.js"))
    #expect(bytes(inside) == Array("content of /page/app.js".utf8))
    for path in [
      "-secret/key.js", "/../page-secret/key.js", "/link.js", "/tree/key.js", "//etc/hosts.conf",
      "/app.js\0.js",
    ] {
      await #expect(throws: Failure.self, "\(path)") { try await files(Request(method: .get, path: path)) }
    }
  }

  private static let tree = [
    "", "/page", "/page/index.html", "/page/app.js", "/page-secret", "/page-secret/key.js", "/page/link.js",
    "/page/tree",
  ]

  private func write(_ text: String, to path: String) throws {
    let file = try #require(fopen(path, "w"))
    fputs(text, file)
    fclose(file)
  }

  @Test func `the page's own paths return the index`() async throws {
    for path in ["/", "/index.html", "/machines", "/machines/7"] {
      let response = try await get(path)
      #expect(String(decoding: bytes(response), as: UTF8.self) == "<!doctype html>")
      #expect(response.contentType == "text/html; charset=utf-8")
      #expect(header(response, "Cache-Control") == "no-cache")
    }
  }

  @Test func `content the client has is not sent again`() async throws {
    let plain = try #require(header(try await get("/app.js"), "ETag"))
    let zipped = try #require(header(try await get("/app.js", [("Accept-Encoding", "gzip")]), "ETag"))
    #expect(plain != zipped)
    for tag in [plain, zipped, "W/\(plain)", "\"x\", \(plain)", "*"] {
      let response = try await get("/app.js", [("If-None-Match", tag)])
      #expect(response.status == 304)
      #expect(bytes(response) == [])
      #expect(header(response, "ETag") == plain)
    }
    #expect(try await get("/app.js", [("If-None-Match", "\"other\"")]).status == 200)
  }

  @Test func `text is compressed for clients that accept it, images are not`() async throws {
    let zipped = try await get("/app.js", [("Accept-Encoding", "br, gzip;q=0.5")])
    #expect(header(zipped, "Content-Encoding") == "gzip")
    #expect(header(zipped, "Vary") == "Accept-Encoding")
    #expect(bytes(zipped).prefix(2) == [0x1F, 0x8B])
    #expect(bytes(zipped).count < Self.script.count / 10)
    for encoding in ["", "br", "gzip;q=0", "gzip; q=0.0"] {
      let plain = try await get("/app.js", [("Accept-Encoding", encoding)])
      #expect(header(plain, "Content-Encoding") == nil)
      #expect(bytes(plain) == Self.script)
    }
    let image = try await get("/logo.png", [("Accept-Encoding", "gzip")])
    #expect(header(image, "Content-Encoding") == nil)
  }

  @Test func `the compressed bytes decompress to the same file`() async throws {
    let zipped = bytes(try await get("/app.js", [("Accept-Encoding", "gzip")]))
    // The last eight bytes are the CRC-32 and the length of the content (RFC 1952).
    #expect(zipped.suffix(4) == [UInt8(Self.script.count & 255), UInt8(Self.script.count >> 8), 0, 0])
    #expect(zipped.dropLast(4).suffix(4).elementsEqual(crc(Self.script)))
  }

  @Test func `files are served over a connection, HEAD and 304 without a body`() async throws {
    try await TestServer.run([], fallback: Self.files.handler) { server in
      let client = try server.client()
      let whole = try await client.get("/app.js")
      #expect(whole.body == Self.script)
      let tag = try #require(whole["ETag"])
      await client.send("GET /app.js HTTP/1.1\r\nHost: a\r\nIf-None-Match: \(tag)\r\n\r\n")
      let cached = try await client.answer(isHead: true)
      #expect(cached.status == 304)
      #expect(cached["Content-Length"] == nil)
      await client.send("HEAD /app.js HTTP/1.1\r\nHost: a\r\n\r\n")
      #expect(try await client.answer(isHead: true)["Content-Length"] == "\(Self.script.count)")
      #expect(try await client.get("/machines").text == "<!doctype html>")
    }
  }

  private func crc(_ bytes: [UInt8]) -> [UInt8] {
    var crc: UInt32 = 0xFFFF_FFFF
    for byte in bytes {
      crc ^= UInt32(byte)
      for _ in 0..<8 { crc = crc & 1 == 1 ? crc >> 1 ^ 0xEDB8_8320 : crc >> 1 }
    }
    return (0..<4).map { UInt8(truncatingIfNeeded: ~crc >> ($0 * 8)) }
  }
}
