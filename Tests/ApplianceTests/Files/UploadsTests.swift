import HTTP
import Store
import TestSupport
import Testing

@testable import Appliance

@Suite struct UploadsTests {
  private static let form = "multipart/form-data; boundary=b0"

  private static func form(_ name: String, _ content: [UInt8]) -> [UInt8] {
    let head = "--b0\r\nContent-Disposition: form-data; name=\"file\"; filename=\"\(name)\"\r\n"
    return Array((head + "Content-Type: image/png\r\n\r\n").utf8) + content + Array("\r\n--b0--\r\n".utf8)
  }

  @Test func `invalid uploads are refused, each with its reason`() async throws {
    try await TestAppliance.run(settings: ["UPLOAD_MB": "1"]) { test in
      let lea = try await test.person("lea")
      let large = [UInt8](repeating: 0x61, count: 1 << 20 + 1)
      let refusals: [(Int, String, [UInt8], String)] = [
        (400, "FILE_MISSING", [], "text/plain"),
        (400, "FILE_MISSING", Self.form("", []), Self.form),
        (400, "MALFORMED_MULTIPART", Array("--b0".utf8), Self.form),
        (413, "TOO_LARGE", large, "text/plain"),
        (413, "TOO_LARGE", Self.form("a.txt", large), Self.form),
        (413, "TOO_LARGE", large + large, "text/plain"),
        (413, "PICTURE_TOO_LARGE", FileSamples.png(20_000, 20_000), "image/png"),
        (415, "FILE_TYPE_NOT_ALLOWED", Array("MZ".utf8) + FileSamples.zeros(9), "image/png"),
        (415, "FILE_TYPE_NOT_ALLOWED", Self.form("a.png", [0, 1, 2]), Self.form),
      ]
      for (status, code, content, type) in refusals {
        let answer = try await lea.send("POST", "/api/uploads", content: content, type: type)
        #expect(answer.status == status, "\(code)")
        #expect(answer.code == code)
      }
      let nobody = try await test.client.send("POST", "/api/uploads", content: FileSamples.pdf)
      #expect(nobody.status == 401)
      for path in ["/api/uploads/nothing", "/api/uploads/..", "/api/uploads/%00"] {
        #expect([400, 404].contains(try await lea.get(path).status), "\(path)")
      }
      #expect(try await test.count("SELECT count(*) FROM uploads") == 0)
      #expect(try await test.count("SELECT count(*) FROM upload_chunks") == 0)
    }
  }

  @Test func `a file of a form is served unchanged with its detected type`() async throws {
    try await TestAppliance.run { test in
      let lea = try await test.person("lea")
      let content = FileSamples.png(640, 480)
      let made = try await lea.send(
        "POST", "/api/uploads", content: Self.form("C:\\photos\\été.png", content), type: Self.form)
      #expect(made.status == 201)
      let url = try #require(made.json["fileUrl"]?.string)
      #expect(url.hasPrefix("/api/uploads/") && url.utf8.count == 13 + 32)
      #expect(made.json["fileName"]?.string == "été.png")
      #expect(made.json["type"]?.string == "image/png")
      #expect(made.json["size"]?.int64 == Int64(content.count))
      #expect(made.json["width"]?.int64 == 640 && made.json["height"]?.int64 == 480)

      var reader = lea
      reader.headers["Accept-Encoding"] = "gzip"
      let answer = try await reader.get(url)
      #expect(answer.status == 200 && answer.body == content)
      #expect(answer.headers["content-type"] == "image/png")
      #expect(answer.headers["content-encoding"] == nil)
      #expect(answer.headers["cache-control"] == "private, no-cache")
      #expect(answer.headers["content-security-policy"]?.hasPrefix("default-src 'none'; sandbox") == true)
      #expect(answer.headers["x-content-type-options"] == "nosniff")
      #expect(answer.headers["content-disposition"]?.hasPrefix("inline; filename=\"_t_.png\"") == true)
      let saved = try await lea.get(url + "?download=1")
      #expect(saved.headers["content-disposition"]?.hasPrefix("attachment;") == true)
      let head = try await lea.send("HEAD", url)
      #expect(head.status == 200 && head.body.isEmpty)
      #expect(head.headers["content-length"] == String(content.count))
      let tag = try #require(answer.headers["etag"])
      for (name, value, status) in [
        ("If-None-Match", tag, 304), ("If-None-Match", "\"x\", W/\(tag)", 304),
        ("If-None-Match", "\"x\"", 200),
      ] {
        var client = lea
        client.headers[name] = value
        let again = try await client.get(url)
        #expect(again.status == status, "\(value)")
        #expect(again.headers["etag"] == tag)
      }
    }
  }

  @Test func `a raw body is named by a header or the query, and typed by its content`() async throws {
    try await TestAppliance.run { test in
      var lea = try await test.person("lea")
      let page = Array("<script>alert(1)</script>".utf8)
      let byQuery = try await lea.send(
        "POST", "/api/uploads?name=page%20x.html", content: page, type: "text/html")
      #expect(byQuery.json["fileName"]?.string == "page x.html")
      let url = try #require(byQuery.json["fileUrl"]?.string)
      let answer = try await lea.get(url)
      #expect(answer.headers["content-type"] == "text/plain; charset=utf-8")
      #expect(answer.headers["content-disposition"] == "attachment; filename=\"page x.html\"")
      lea.headers["X-File-Name"] = "..%2F%C3%A9t%C3%A9.pdf"
      let byHeader = try await lea.send("POST", "/api/uploads", content: FileSamples.pdf, type: "text/html")
      #expect(byHeader.json["fileName"]?.string == "été.pdf")
      #expect(byHeader.json["type"]?.string == "application/pdf")
      #expect(byHeader.json["width"] == .null)
    }
  }

  @Test func `every range of a file in several chunks has the right bytes`() async throws {
    try await TestAppliance.run { test in
      var random = SeededRandom(seed: SeededRandom.chosenSeed(default: 11))
      let lea = try await test.person("lea")
      let count = 3 * NewUpload.chunkSize + 1234
      let content =
        FileSamples.png(10, 10) + (0..<count).map { _ in UInt8.random(in: 0...255, using: &random) }
      let made = try await lea.send("POST", "/api/uploads", content: content)
      let url = try #require(made.json["fileUrl"]?.string)
      #expect(try await test.count("SELECT count(*) FROM upload_chunks") == 4)
      let tag = try #require(try await lea.get(url).headers["etag"])
      for _ in 0..<50 {
        let start = Int.random(in: 0..<content.count, using: &random)
        let end = Int.random(in: start..<content.count, using: &random)
        var client = lea
        client.headers["Range"] = "bytes=\(start)-\(end)"
        if Bool.random(using: &random) { client.headers["If-Range"] = tag }
        let answer = try await client.get(url)
        #expect(answer.status == 206)
        #expect(answer.headers["content-range"] == "bytes \(start)-\(end)/\(content.count)")
        #expect(answer.body == Array(content[start...end]))
      }
      for (range, condition, status) in [
        ("bytes=\(content.count)-", tag, 416), ("bytes=0-9", "\"other\"", 200),
        ("bytes=0-9", "W/" + tag, 200),
        ("bytes=9-1", tag, 200), ("bytes=-9", tag, 206),
      ] {
        var client = lea
        client.headers["Range"] = range
        client.headers["If-Range"] = condition
        let answer = try await client.get(url)
        #expect(answer.status == status, "\(range) \(condition)")
        if status == 200 { #expect(answer.body == content) }
        if status == 416 { #expect(answer.headers["content-range"] == "bytes */\(content.count)") }
      }
    }
  }

  @Test func `a person's files are limited to a gigabyte`() async throws {
    try await TestAppliance.run { test in
      let lea = try await test.person("lea")
      let made = try await lea.send("POST", "/api/uploads", content: FileSamples.pdf)
      #expect(made.status == 201)
      try await test.appliance.database.write { tx in
        try tx.execute("UPDATE uploads SET size = ?", Quotas.defaultBytes - 5)
      }
      let refused = try await lea.send("POST", "/api/uploads", content: FileSamples.pdf)
      #expect(refused.status == 413 && refused.code == "QUOTA_EXCEEDED")
      let tom = try await test.person("tom")
      #expect(try await tom.send("POST", "/api/uploads", content: FileSamples.pdf).status == 201)
    }
  }
  @Test func `concurrent downloads are limited, and share the same bytes`() async throws {
    try await TestAppliance.run { test in
      let lea = try await test.person("lea")
      let content = FileSamples.png(1, 1, padding: 600_000)
      let url = try await test.upload(content, as: lea)
      let other = try await test.upload(FileSamples.pdf, as: lea)
      let ids = try await test.appliance.database.read {
        try $0.query("SELECT id FROM uploads ORDER BY id") { $0.int64(0) }
      }
      let lent = DownloadBudget(test.appliance.database, limit: content.count)
      async let first = lent.read(0..<content.count, of: ids[0])
      async let second = lent.read(0..<content.count, of: ids[0])
      let both = try await [first, second]
      #expect(both[0] != nil && both[0] === both[1])
      #expect(try await lent.read(0..<content.count, of: ids[0]) === both[0])
      let failure = await #expect(throws: Failure.self) { _ = try await lent.read(0..<1, of: ids[1]) }
      #expect(failure?.status == 503)
      // Deleted meanwhile.
      #expect(try await DownloadBudget(test.appliance.database).read(0..<9, of: 999_999) == nil)
      try await withThrowingTaskGroup(of: [UInt8].self) { group in
        for _ in 0..<20 { group.addTask { try await lea.get(url).body } }
        for try await body in group { #expect(body == content) }
      }
      #expect(try await lea.get(other).body == FileSamples.pdf)
    }
  }
}
