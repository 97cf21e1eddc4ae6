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
    case .reference: "1"
    case .object: ["columns": .integer(Int64(number))]
    case .tags: .array(["red", .string("row \(number)")])
    case .file: .string("https://example.org/\(number).png")
    case .files: ["https://example.org/a.pdf", .string("https://example.org/\(number).pdf")]
    case .people: ["1"]
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
    case .object: return [[7], 7, true, "{}"]
    case .tags: return [[:], [7], [""], 7, true, "not a list", .array(Array(repeating: "x", count: 21))]
    case .file: return others + [7, true, "javascript:alert(1)", "/etc/passwd", "/api/uploads/none"]
    case .files:
      let long = JSONValue.array((0...10).map { .string("https://example.org/\($0)") })
      return [[:], [7], 7, true, "not a list", ["javascript:alert(1)"], ["/api/uploads/none"], long]
    case .people: return [[:], 7, true, "1", ["x"], ["0"], ["999999999"], [true]]
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

  /// A body with only the required columns.
  func least(_ number: Int) -> [String: JSONValue] {
    let needed = writable.filter { $0.initial == nil }
    return Dictionary(uniqueKeysWithValues: needed.map { ($0.name, $0.sample(number)) })
  }
}
