import HTTP

@testable import Appliance

extension Column {
  /// A valid value, different for each number.
  func sample(_ number: Int) -> JSONValue {
    if let samples = format?.samples { return .string(samples[number % samples.count]) }
    return switch kind {
    case .text(let length, _): .string(String("row \(number) é".prefix(max(1, length.upperBound))))
    case .choice(let choices): .string(choices[number % choices.count].word)
    case .choices(let choices): .array(choices.prefix(number % 2 + 1).map { .string($0.word) })
    case .flag: true
    case .number(let range): .integer(min(range.upperBound, range.lowerBound + Int64(number)))
    case .time:
      // The end must be after every start.
      .string("2026-0\(name.hasPrefix("end") ? 2 : 1)-0\(number % 9 + 1)T10:00:00.000Z")
    case .color: .string("#00000\(number % 10)")
    case .reference(let table): .string(table == "users" ? "1" : Resource.reference)
    case .references: []
    case .object: ["columns": .integer(Int64(number))]
    case .tags: .array(["red", .string("row \(number)")])
    case .file: .string("https://example.org/\(number).png")
    case .files: ["https://example.org/a.pdf", .string("https://example.org/\(number).pdf")]
    case .audience: .array([.string("role:moderator"), .string("department:Row \(number)")])
    }
  }

  /// A value that may keep a row from somebody; nil where none does.
  var narrowest: JSONValue? {
    switch kind {
    case .flag: false
    case .audience: ["role:admin"]
    case .time: "2099-01-01T10:00:00.000Z"
    default: nil
    }
  }

  /// Values of another type than the column's.
  var wrongSamples: [JSONValue] {
    let others: [JSONValue] = [[:], [7], .number(1.5)]
    switch kind {
    case .text(let length, let lines):
      let long: JSONValue = .string(String(repeating: "x", count: length.upperBound + 1))
      return others + [7, true, long] + (lines ? [] : ["a\nb"]) + (format == nil ? [] : ["of no such form"])
    case .choice: return others + ["none of them", 7, true]
    case .choices: return others + ["none of them", ["none of them"]]
    case .flag: return others + ["yes", "true", 1]
    case .number: return others + ["7", true, .integer(.min)]
    case .time: return others + ["yesterday", true]
    case .color: return others + ["green", "#12345", 7]
    case .reference: return others + ["none", "999999999", true]
    case .references: return [[:], 7, true, "1", ["none"], ["999999999"], [true]]
    case .object: return [[7], 7, true, "{}"]
    case .tags: return [[:], [7], [""], 7, true, "not a list", .array(Array(repeating: "x", count: 21))]
    case .file: return others + [7, true, "javascript:alert(1)", "/etc/passwd", "/api/uploads/none"]
    case .files:
      let long = JSONValue.array((0...10).map { .string("https://example.org/\($0)") })
      return [[:], [7], 7, true, "not a list", ["javascript:alert(1)"], ["/api/uploads/none"], long]
    case .audience: return [[:], [7], 7, true, "role:admin", ["role:king"], ["user:me"], ["everyone"]]
    }
  }
}

extension Resource {
  var writable: [Column] { columns.filter(\.isWritable) }

  /// A body with every column that clients may write.
  func sample(_ number: Int) -> JSONValue {
    .object(Dictionary(uniqueKeysWithValues: writable.map { ($0.name, $0.sample(number)) }))
  }

  /// The id of the row that `prepare` adds.
  static let reference = "1000"

  /// Adds the row that the samples refer to. Everyone may read what belongs to it if `isOpen`.
  func prepare(_ test: TestAppliance, isOpen: Bool = false) async throws {
    guard name == "lessons" else { return }
    try await test.appliance.database.write { tx in
      try tx.execute(
        """
        INSERT OR IGNORE INTO courses (id, title, description, category, difficulty, duration, thumbnail_url,
          is_published, is_mandatory, prerequisites, tags, created_at, updated_at)
        VALUES (?, 'Course', '', 'technical', 'beginner', 0, '', 1, 0, '[]', '[]', 1, 1)
        """, Self.reference)
      guard isOpen else { return }
      try tx.execute(
        """
        /* test */ INSERT OR IGNORE INTO enrollments (course_id, user_id, status, progress, time_spent,
          last_active_at, created_at, updated_at) SELECT ?, id, 'enrolled', 0, 0, 1, 1, 1 FROM users
        """, Self.reference)
    }
  }

  /// A body of a row that everyone may see.
  func visible(_ number: Int) -> [String: JSONValue] {
    var body = least(number)
    for column in writable where ["isPublic", "isVisible", "isPublished"].contains(column.name) {
      body[column.name] = true
    }
    return body
  }

  /// A body with only the required columns.
  func least(_ number: Int) -> [String: JSONValue] {
    let needed = writable.filter { $0.initial == nil }
    return Dictionary(uniqueKeysWithValues: needed.map { ($0.name, $0.sample(number)) })
  }
}
