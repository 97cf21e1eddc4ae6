import HTTP
import Store

/// Whether the database is whole and has room, for admins.
struct StorageFeature: Feature {
  let appliance: Appliance

  init(_ appliance: Appliance) {
    self.appliance = appliance
  }

  private static let answer = Schema.object([
    (
      "integrity",
      .described(
        "trusted after a clean stop; else what the check found",
        .enumeration(["trusted", "checking", "sound", "damaged", "unfinished"])), required: true
    ),
    ("findings", .array(.string), required: true),
    ("free", .described("bytes of the disk beside the reserve", .integer), required: true),
    ("reserved", .described("bytes kept for sign-in and deletions", .integer), required: true),
    ("isLow", .described("whether what grows is refused", .boolean), required: true),
  ])

  var routes: [Route] {
    [
      .get(
        "/api/admin/storage", .right("admin"), "Whether the database is whole and has room",
        response: Self.answer,
        describe)
    ]
  }

  private func describe(_ request: Request) async throws -> Response {
    let (integrity, space) = (appliance.database.integrity, appliance.database.space)
    return .json { json in
      json.beginObject()
      json.field("integrity", integrity.word)
      json.field("findings", .array(integrity.findings.map(JSONValue.string)))
      json.field("free", space.free)
      json.field("reserved", space.reserved)
      json.field("isLow", space.isLow)
      json.endObject()
    }
  }
}

extension Integrity {
  /// As the API says it.
  var word: String {
    switch self {
    case .trusted: "trusted"
    case .checking: "checking"
    case .sound: "sound"
    case .damaged: "damaged"
    case .unfinished: "unfinished"
    }
  }

  var findings: [String] { if case .damaged(let findings) = self { findings } else { [] } }
}
