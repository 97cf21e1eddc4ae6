import HTTP
import Store

/// State of the database and free disk space, for admins.
struct StorageFeature: Feature {
  let database: Database

  private static let answer = Schema.members([
    "integrity": .described(
      "trusted after a clean shutdown; otherwise the result of the check",
      .enumeration(["trusted", "checking", "sound", "damaged", "unfinished"])),
    "findings": .array(.string),
    "free": .described("free bytes on the disk, excluding the reserve", .integer),
    "reserved": .described("bytes reserved for sign-in and deletions", .integer),
    "isLow": .described("whether new data is refused", .boolean),
  ])

  var routes: [Route] {
    [
      .get(
        "/api/admin/storage", .right("admin"), "Get the state of the database and its free space",
        response: Self.answer,
        describe)
    ]
  }

  private func describe(_ request: Request) async throws -> Response {
    let (integrity, space) = (database.integrity, database.space)
    return .json { json in
      json.object { json in
        json.field("integrity", integrity.word)
        json.field("findings", .array(integrity.findings.map(JSONValue.string)))
        json.field("free", space.free)
        json.field("reserved", space.reserved)
        json.field("isLow", space.isLow)
      }
    }
  }
}

extension Integrity {
  /// The state's name in the API.
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
