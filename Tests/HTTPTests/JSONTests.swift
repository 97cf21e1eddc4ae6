import Testing

@testable import HTTP

@Suite struct JSONTests {
  @Test(arguments: [
    "", " ", "{", "}", "[1,]", "[1 2]", "{\"a\"}", "{\"a\":}", "{\"a\":1,}", "{a:1}", "01", "-", "1.", ".5",
    "1e", "+1",
    "nul", "truefalse", "\"", "\"\\x\"", "\"\\u12\"", "\"\\ud800\"", "\"\\ud800\\u0041\"", "\"\\udc00\"",
    "\"\n\"",
    "[1]x", "1e999", "NaN", "'a'", "\u{FEFF}1",
  ])
  func `malformed JSON is refused`(_ text: String) {
    #expect(JSONValue(parsing: text) == nil)
  }

  @Test func `bytes that are not UTF-8 are refused`() {
    #expect(JSONValue(parsing: [0x22, 0xFF, 0x22]) == nil)
    #expect(JSONValue(parsing: [0x22, 0x5C, 0x6E, 0xFF, 0x22]) == nil)
  }

  @Test func `nesting depth is limited`() {
    func nested(_ depth: Int) -> String {
      String(repeating: "[", count: depth) + String(repeating: "]", count: depth)
    }
    #expect(JSONValue(parsing: nested(64)) != nil)
    #expect(JSONValue(parsing: nested(65)) == nil)
    #expect(JSONValue(parsing: String(repeating: "{\"a\":", count: 100_000)) == nil)
  }

  @Test(
    arguments: [
      ("null", .null), (" true ", true), ("false", false), ("0", 0), ("-12", -12), ("1.5", 1.5),
      ("1e2", 100.0),
      ("9223372036854775807", .integer(.max)), ("-9223372036854775808", .integer(.min)),
      ("9223372036854775808", .number(9_223_372_036_854_775_808)), ("\"\"", ""),
      ("\"a\\n\\\"\\\\\\/\\u00e9\"", "a\n\"\\/é"),
      ("\"\\ud83d\\ude00 é\"", "😀 é"), ("[]", []), ("{}", [:]), ("[1,[\"a\"],{}]", [1, ["a"], [:]]),
      ("{\"a\":{\"b\":null},\"c\":[]}", ["a": ["b": .null], "c": []]), ("{\"a\":1,\"a\":2}", ["a": 2]),
    ] as [(String, JSONValue)])
  func `JSON is parsed`(_ text: String, _ value: JSONValue) {
    #expect(JSONValue(parsing: text) == value)
  }

  @Test func `accessors return nil for other types`() {
    let value: JSONValue = ["n": 3, "d": 2.5, "w": 4.0, "s": "x", "b": true, "a": [1]]
    #expect(value["n"]?.int == 3)
    #expect(value["w"]?.int == 4)
    #expect(value["d"]?.int == nil)
    #expect(value["n"]?.double == 3)
    #expect(value["s"]?.int == nil)
    #expect(value["b"]?.string == nil)
    #expect(value["a"]?[0] == 1)
    #expect(value["a"]?[7] == nil)
    #expect(value["none"] == nil)
  }

  @Test func `the writer adds commas, escapes and nesting`() {
    var json = JSONWriter()
    json.beginObject()
    json.field("text", "a\"b\\c\n\u{1}é😀")
    json.field("none", nil as String?)
    json.field("number", -42)
    json.field("big", Int64.min)
    json.field("half", 0.5)
    json.field("whole", 3.0)
    json.field("infinite", Double.infinity)
    json.field("flag", true)
    json.id("id", 17)
    json.key("list")
    json.beginArray()
    json.value(1)
    json.raw(Array("[2]".utf8))
    json.beginObject()
    json.endObject()
    json.null()
    json.endArray()
    json.field("value", ["b": [1, .null], "a": false])
    json.endObject()
    #expect(
      String(decoding: json.bytes, as: UTF8.self)
        == #"{"text":"a\"b\\c\n\u0001é😀","none":null,"number":-42,"big":-9223372036854775808,"half":0.5,"whole":3,"infinite":null,"flag":true,"id":"17","list":[1,[2],{},null],"value":{"a":false,"b":[1,null]}}"#
    )
  }

  @Test func `written JSON is parsed back`() throws {
    var generator = SystemRandomNumberGenerator()
    func random(_ depth: Int) -> JSONValue {
      switch Int.random(in: 0...(depth > 0 ? 6 : 4), using: &generator) {
      case 0: .null
      case 1: .bool(.random(using: &generator))
      case 2: .integer(.random(in: .min ... .max, using: &generator))
      case 3: .number(.random(in: -1e9...1e9, using: &generator) + 0.5)
      case 4:
        .string(String((0..<8).map { _ in Character(Unicode.Scalar(UInt32.random(in: 0...0xD7FF)) ?? "x") }))
      case 5: .array((0..<4).map { _ in random(depth - 1) })
      default: .object(["a": random(depth - 1), "b\"\n": random(depth - 1)])
      }
    }
    for _ in 0..<200 {
      let value = random(4)
      var json = JSONWriter()
      json.value(value)
      #expect(JSONValue(parsing: json.bytes) == value)
    }
  }

  @Test(arguments: [
    (0, "1970-01-01T00:00:00.000Z"), (1_795_168_452_345, "2026-11-20T09:54:12.345Z"),
    (951_782_400_000, "2000-02-29T00:00:00.000Z"), (-1, "1969-12-31T23:59:59.999Z"),
    (4_107_542_399_999, "2100-02-28T23:59:59.999Z"), (253_402_300_799_999, "9999-12-31T23:59:59.999Z"),
    (Int64.max, "9999-12-31T23:59:59.999Z"), (Int64.min, "0000-01-01T00:00:00.000Z"),
  ])
  func `milliseconds are written as a time`(_ milliseconds: Int64, _ text: String) {
    var json = JSONWriter()
    json.value(millisecondsAsTime: milliseconds)
    #expect(String(decoding: json.bytes, as: UTF8.self) == "\"\(text)\"")
  }

  @Test func `an HTTP date has the right weekday`() {
    var bytes: [UInt8] = []
    bytes.appendHTTPDate(1_795_168_452_345)
    #expect(String(decoding: bytes, as: UTF8.self) == "Fri, 20 Nov 2026 09:54:12 GMT")
  }

  @Test func `a body that is not JSON, or not declared as JSON, is refused`() throws {
    func request(_ body: String, _ type: String = "application/json; charset=utf-8") -> Request {
      Request(method: .post, path: "/", headers: [("Content-Type", type)], body: Array(body.utf8))
    }
    let malformed = #expect(throws: Failure.self) { try request("{").json() }
    #expect(malformed?.code == "MALFORMED_JSON")
    let type = #expect(throws: Failure.self) { try request("{}", "text/plain").json() }
    #expect(type?.status == 415)
    #expect(try request(#"{"name":"a"}"#, "application/problem+json").json() == ["name": "a"])
    #expect(try Request(method: .post, path: "/").json() == [:])
  }
}
