import HTTP

extension QuizQuestion {
  /// The right answer as JSON. Indexes are those of the options as stored.
  var rightJSON: JSONValue {
    switch right {
    case .index(let index): .integer(Int64(index))
    case .indexes(let indexes): .array(indexes.map { .integer(Int64($0)) })
    case .truth(let truth): .bool(truth)
    case .texts(let texts): .array(texts.map(JSONValue.string))
    case .number(let value, let tolerance): ["value": .number(value), "tolerance": .number(tolerance)]
    }
  }

  /// As kept in the database.
  static func stored(_ questions: [QuizQuestion]) -> String {
    var json = JSONWriter(reserve: 4_096)
    json.array { json in
      for question in questions {
        json.object { json in
          json.field("id", question.id)
          question.writeContent(to: &json)
          question.writeAnswer(to: &json)
        }
      }
    }
    return String(decoding: json.bytes, as: UTF8.self)
  }

  /// For authors, or without what would tell the answer.
  func write(to json: inout JSONWriter, withAnswer: Bool) {
    json.object { json in
      json.id("id", id)
      writeContent(to: &json)
      if withAnswer { writeAnswer(to: &json) }
    }
  }

  private func writeContent(to json: inout JSONWriter) {
    json.field("type", kind.rawValue)
    json.field("text", text)
    json.field("imageUrl", imageURL)
    json.field("options", .array(options.map(JSONValue.string)))
    json.field("choices", .array(choices.map(JSONValue.string)))
    json.field("points", points)
  }

  private func writeAnswer(to json: inout JSONWriter) {
    json.field("correctAnswer", rightJSON)
    json.field("explanation", explanation)
  }

  /// A right answer of any kind.
  static let rightSchema = Schema.described(
    "an index, a list of indexes, a truth, accepted texts, or a number with its tolerance",
    .optional(
      .either([
        .integer, .boolean, .string, .array(.either([.integer, .string])), .number,
        .members(["value": .number], optional: ["tolerance": .optional(.number)]),
      ])))

  private static let content = Schema.members([
    "id": .id, "type": .words(Kind.self), "text": .string, "imageUrl": .string, "options": .array(.string),
    "choices": .described("of a match, what each option is given one of", .array(.string)),
    "points": .number,
  ])

  static let schema = Schema.named(
    "QuizQuestion",
    content
      + .members(
        [:],
        optional: [
          "correctAnswer": .described("for authors", rightSchema),
          "explanation": .described("for authors", .string),
        ]))

  static let bodySchema = Schema.members(
    ["type": .words(Kind.self), "text": .text(1...2_000)],
    optional: [
      "id": .reference, "imageUrl": .optional(.string), "options": .optional(.array(.string)),
      "choices": .optional(.array(.string)), "correctAnswer": rightSchema, "points": .optional(.number),
      "explanation": .optional(.string),
    ])
}
