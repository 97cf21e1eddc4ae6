import Testing

@testable import HTTP

@Suite struct SchemaTests {
  private static let schema = Schema.members(
    ["id": .id, "kind": .enumeration(["a", "b"]), "at": .optional(.time)],
    optional: [
      "tags": .array(.members(["word": .string])), "size": .integer(1...9), "share": .number,
      "more": .map(.boolean), "who": .either([.members(["id": .id]), .members(["name": .string])]),
      "name": .named("Name", .described("of it", .text(1...3))), "ref": .reference,
    ])

  @Test(arguments: [
    ("[]", [" kind(list)"]), ("{}", ["/at missing", "/id missing", "/kind missing"]),
    ("{\"x/y~z\":1}", ["/at missing", "/id missing", "/kind missing", "/x~1y~0z unknown"]),
    ("{\"id\":7}", ["/at missing", "/id kind(text)", "/kind missing"]),
  ])
  func `missing, unknown and mistyped members have their pointer`(json: String, expected: [String]) throws {
    let value = try #require(JSONValue(parsing: Array(json.utf8)))
    let found = Self.schema.mismatches(in: value).map { "\($0.pointer) \(Self.word($0.problem))" }
    #expect(found.sorted() == expected.map { $0 == " kind(list)" ? " kind(object)" : $0 })
  }

  @Test(arguments: [
    ("\"kind\":\"c\"", "/kind value"), ("\"at\":\"2026-01-01\"", "/at value"),
    ("\"at\":\"2026-01-01T10:00:00.000Z\"", nil), ("\"at\":null", nil), ("\"id\":null", "/id kind(text)"),
    ("\"tags\":[{\"word\":\"a\"},{\"word\":1}]", "/tags/1/word kind(text)"),
    ("\"tags\":[{\"word\":\"a\",\"id\":1}]", "/tags/0/id unknown"), ("\"size\":0", "/size value"),
    ("\"size\":9", nil), ("\"size\":10", "/size value"), ("\"size\":1.5", "/size kind(integer)"),
    ("\"share\":1", nil), ("\"share\":1.5", nil), ("\"share\":\"1\"", "/share kind(number)"),
    ("\"more\":{\"x\":true}", nil), ("\"more\":{\"x\":1}", "/more/x kind(boolean)"),
    ("\"who\":{\"name\":\"a\"}", nil), ("\"who\":{\"id\":\"1\"}", nil), ("\"who\":7", "/who kind(object)"),
    ("\"who\":{\"id\":\"1\",\"name\":\"a\"}", "/who/id unknown"), ("\"name\":\"\"", "/name value"),
    ("\"name\":\"abcd\"", "/name value"), ("\"ref\":\"7\"", nil), ("\"ref\":7", nil),
    ("\"ref\":true", "/ref kind(text)"),
  ])
  func `a value is checked against every form of schema`(member: String, expected: String?) throws {
    let known = ["id": "\"id\":\"1\"", "kind": "\"kind\":\"a\"", "at": "\"at\":null"]
    let others = known.filter { !member.hasPrefix("\"\($0.key)\"") }.map(\.value)
    let value = try #require(
      JSONValue(parsing: Array("{\((others + [member]).joined(separator: ","))}".utf8)))
    let found = Self.schema.mismatches(in: value).map { "\($0.pointer) \(Self.word($0.problem))" }
    #expect(found == (expected.map { [$0] } ?? []))
  }

  @Test func `null in a body counts as missing`() {
    let schema = Schema.members(["name": .string], optional: ["tags": .array(.string)])
    let found = schema.mismatches(in: ["name": .null, "tags": .null], ignoringNull: true)
    #expect(found.map(\.problem) == [.missing])
    #expect(schema.mismatches(in: ["name": "a", "tags": .null], ignoringNull: true).isEmpty)
  }

  @Test func `the document contains a shared schema once, and writes every kind of schema`() throws {
    let shape = Schema.named("Item", .members(["id": .id, "of": .optional(.named("Other", .map(.integer)))]))
    let routes = [
      Route.get("/items", .everyone, "List", response: .array(shape)) { _ in .empty() }.producing("text/csv"),
      Route.put(
        "/items/:id", .everyone, "Put", request: .members(["ref": .reference]), response: shape
      ) { _ in .empty() }.consuming("text/plain"),
    ]
    let json = try #require(
      JSONValue(parsing: OpenAPI.document(routes: routes, title: "T", version: "1", cookie: "session")))
    let list = json["paths"]?["/items"]?["get"]?["responses"]?["2XX"]?["content"]
    let item: JSONValue = ["$ref": "#/components/schemas/Item"]
    #expect(list == ["application/json": ["schema": ["type": "array", "items": item]], "text/csv": [:]])
    let body = json["paths"]?["/items/{id}"]?["put"]?["requestBody"]
    #expect(body?["required"] == true)
    #expect(body?["content"]?["text/plain"] == [:])
    #expect(
      body?["content"]?["application/json"]?["schema"]?["properties"]?["ref"]
        == ["anyOf": [["type": "string"], ["type": "integer"]]])
    let schemas = json["components"]?["schemas"]
    #expect(schemas?.object?.keys.sorted() == ["Failure", "Item", "Other"])
    #expect(schemas?["Other"] == ["type": "object", "additionalProperties": ["type": "integer"]])
  }

  private static func word(_ problem: SchemaMismatch.Problem) -> String {
    switch problem {
    case .unknown: "unknown"
    case .missing: "missing"
    case .kind(let kind): "kind(\(kind.rawValue))"
    case .value: "value"
    }
  }
}
