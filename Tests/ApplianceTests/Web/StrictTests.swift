import HTTP
import Hypervisor
import Store
import Testing

@testable import Appliance

@Suite struct StrictTests {
  private static let schema = Schema.object([
    ("name", .string, required: true),
    ("owner", .object([("id", .integer, required: true)]), required: false),
    ("tags", .array(.object([("word", .string, required: true)])), required: false),
    ("more", .any, required: false), ("told", .described("x", .object([])), required: false),
  ])

  @Test(arguments: [
    ("{\"role\":\"admin\"}", ["role"]), ("{\"id\":1,\"name\":\"a\",\"zz\":null}", ["id", "zz"]),
    ("{\"owner\":{\"id\":1,\"role\":2}}", ["owner.role"]),
    ("{\"tags\":[{\"word\":\"a\"},{\"id\":1}]}", ["tags[1].id"]), ("{\"told\":{\"a\":1}}", ["told.a"]),
    ("{\"name\":\"a\",\"owner\":{\"id\":1},\"tags\":[],\"more\":{\"x\":[{}]},\"told\":{}}", []),
    ("[1]", []), ("{broken", []),
  ])
  func `a strict body may have only fields of the schema, at any depth`(body: String, fields: [String]) {
    let request = Request(
      method: .post, path: "/", headers: [("Content-Type", "application/json")], body: Array(body.utf8))
    do throws(Failure) {
      try StrictBody.check(request, Self.schema)
      #expect(fields.isEmpty)
    } catch {
      #expect(error.status == 400)
      #expect(error.errors.map(\.field) == fields)
      #expect(error.errors.allSatisfy { $0.code == "UNKNOWN_FIELD" })
    }
  }

  @Test func `a list instead of an object is refused with a message`() async throws {
    try await TestAppliance.run { test in
      let lea = try await test.person("lea")
      for body in [[], [.null], "x", 7, true] as [JSONValue] {
        #expect(try await lea.put("/api/profile", body).code == "NOT_AN_OBJECT")
      }
      let broken = try await lea.send(
        "PUT", "/api/profile", content: Array("[".utf8), type: "application/json")
      #expect(broken.code == "MALFORMED_JSON")
      for body in [[:], .null] as [JSONValue] {
        #expect(try await lea.put("/api/profile", body).status == 200)
      }
    }
  }

  @Test(arguments: [
    ("handling=strict", true), ("Handling = \"Strict\"", true), ("respond-async, handling=strict; x=1", true),
    ("handling=lenient", false), ("strict", false), ("", false), ("x=handling=strict", false),
  ])
  func `strictness is requested as in RFC 7240`(header: String, isAsked: Bool) {
    #expect(
      StrictBody.isAsked(Request(method: .post, path: "/", headers: [("Prefer", header)])) == isAsked)
  }

  @Test func `read-only fields are refused if strict, and ignored otherwise`()
    async throws
  {
    try await TestAppliance.run { test in
      let body: JSONValue = [
        "username": "noa", "password": .string(TestAppliance.password), "role": "admin", "id": "77",
      ]
      var strict = test.client(at: "noa")
      strict.headers["Prefer"] = "handling=strict"
      let refused = try await strict.post("/api/auth/register", body)
      #expect(refused.status == 400)
      #expect(refused.json["errors"]?.array?.compactMap { $0["field"]?.string } == ["id", "role"])
      let made = try await test.client(at: "noa").post("/api/auth/register", body)
      #expect(made.status == 201)
      #expect(made.json["role"]?.string == "employee")
      #expect(made.json["id"]?.string != "77")
      let login = try await strict.post(
        "/api/auth/login",
        ["username": "noa", "password": .string(TestAppliance.password), "takeover": true])
      #expect(login.status == 200)
      #expect(login.headers["preference-applied"] == "handling=strict")
    }
  }

  @Test func `an unavailable or full subsystem gives 503`() async throws {
    let cases: [(any Error, Int?, String?)] = [
      (StoreError(.full, "x"), 503, "NO_SPACE"), (StoreError(.overloaded, "x"), 503, "UNAVAILABLE"),
      (HypervisorError(.unreachable, "x", operation: "x"), 503, "HYPERVISOR_UNREACHABLE"),
      (PasswordHasher.Problem.overloaded, 503, "UNAVAILABLE"), (StoreError(.misuse, "x"), nil, nil),
      (JobFailure(code: "x"), nil, nil),
    ]
    for (error, status, code) in cases {
      let refusal = Unavailability.refusal(for: error)
      #expect(refusal?.status == status)
      #expect(refusal?.code == code)
    }
    try await TestAppliance.run { test in
      _ = try await test.person("lea")
      test.appliance.passwords.hasher.stop()
      let answer = try await test.client(at: "lea").post(
        "/api/auth/login", ["username": "lea", "password": .string(TestAppliance.password)])
      #expect(answer.status == 503)
      #expect(answer.headers["retry-after"] != nil)
    }
  }
}
