import HTTP
import Store

extension Column {
  /// The type of a column's values. For each kind, the page has a field module of the same name.
  indirect enum Kind: Sendable {
    /// Text with a length in Characters; a single line unless `lines`.
    case text(ClosedRange<Int>, lines: Bool = false)
    case choice([Choice])
    /// Several of a list, in the list's order, stored as a JSON array.
    case choices([Choice])
    case flag
    case number(ClosedRange<Int64>)
    /// A time: RFC 3339 in JSON, milliseconds since 1970 in the table.
    case time
    /// `#RRGGBB`
    case color
    /// The id of an existing row in another table.
    case reference(to: String)
    /// Ids of existing rows in another table, stored as a JSON array of text.
    case references(to: String)
    /// Free words (tags), stored as a JSON array.
    case tags
    /// The URL of an upload or of a web page; "" for none. The upload exists as long as its row, and is
    /// readable by those who may read the row.
    case file
    /// Several of them, stored as a JSON array.
    case files
    /// A JSON object defined by the client, stored as text.
    case object
    /// The audience of a row, stored as a JSON array (`Readership`); everyone when empty.
    case audience

    static func choice(_ words: [String]) -> Kind { .choice(words.map { Choice($0) }) }
  }

  /// One value of a fixed list.
  struct Choice: Sendable, Equatable {
    let word: String
    /// The name shown to people.
    let label: Sentence

    init(_ word: String, _ label: Sentence? = nil) {
      self.word = word
      self.label = label ?? Sentence(fr: word, en: word)
    }

    static func == (one: Choice, other: Choice) -> Bool { one.word == other.word }
  }
}

extension Column.Kind {
  /// The kind's name in the page's description.
  var word: String {
    switch self {
    case .text(_, let lines): lines ? "lines" : "text"
    case .choice: "choice"
    case .choices: "choices"
    case .flag: "flag"
    case .number: "number"
    case .time: "time"
    case .color: "color"
    case .reference: "reference"
    case .references: "references"
    case .tags: "tags"
    case .file: "file"
    case .files: "files"
    case .object: "object"
    case .audience: "audience"
    }
  }

  /// The schema in responses.
  var schema: Schema {
    switch self {
    case .text, .color, .file: .string
    case .tags, .files, .audience: .array(.string)
    // Values of any type: the client defines the object.
    case .object: .map(.any)
    case .choice(let choices): .enumeration(choices.map(\.word))
    case .choices(let choices): .array(.enumeration(choices.map(\.word)))
    case .flag: .boolean
    case .number: .integer
    case .time: .time
    case .reference: .id
    case .references: .array(.id)
    }
  }

  /// The schema with the limits for request bodies.
  var limitedSchema: Schema {
    switch self {
    case .text(let length, _): .text(length)
    case .number(let range): .integer(range)
    case .color: .limited(.string, [("pattern", "^#[0-9A-Fa-f]{6}$")])
    case .tags:
      .described(
        "older clients send null, or the list as JSON text",
        .optional(.either([.array(.text(1...Column.longestTag)), .string])))
    case .files:
      .described(
        "older clients send null, or the list as JSON text",
        .optional(.either([.array(.string), .string])))
    case .reference: .reference
    case .references: .array(.reference)
    case .audience: .array(.limited(.string, [("pattern", "^(user|category|role|department):.+")]))
    default: schema
    }
  }
}
