import HTTP
import Store

extension Column {
  /// Writes the value from a column of a row.
  func write(_ row: Row, _ index: Int, to json: inout JSONWriter) {
    json.key(text: name)
    if isNullable, row.isNull(index) { return json.null() }
    switch kind {
    case .text, .choice, .color, .file: row.withText(index) { json.value(utf8: $0) }
    case .object: row.withText(index) { json.raw($0.isEmpty ? Array("{}".utf8) : Array($0)) }
    case .choices, .tags, .files, .audience, .references:
      row.withText(index) { json.raw($0.isEmpty ? Array("[]".utf8) : Array($0)) }
    case .flag: json.value(row.bool(index))
    case .number: json.value(row.int64(index))
    case .time: json.value(millisecondsAsTime: row.int64(index))
    case .reference: json.value(String(row.int64(index)))
    }
  }

  /// Writes a value of a record.
  func write(_ value: Value, to json: inout JSONWriter) {
    switch (kind, value) {
    case (.choices, .text(let list)), (.tags, .text(let list)), (.files, .text(let list)),
      (.audience, .text(let list)), (.references, .text(let list)):
      json.raw(list.isEmpty ? Array("[]".utf8) : Array(list.utf8))
    case (.object, .text(let object)): json.raw(object.isEmpty ? Array("{}".utf8) : Array(object.utf8))
    case (.flag, .integer(let flag)): json.value(flag != 0)
    case (.time, .integer(let time)): json.value(millisecondsAsTime: time)
    case (.reference, .integer(let id)): json.value(String(id))
    case (_, .integer(let number)): json.value(number)
    case (_, .text(let text)): json.value(text)
    default: json.null()
    }
  }

  /// A reference becomes null when the row it refers to is deleted.
  private var isNullable: Bool {
    if case .reference = kind { true } else { isOptional || !isWritable }
  }

  /// The schema in responses.
  var answerSchema: Schema {
    isNullable ? .optional(kind.schema) : kind.schema
  }

  /// The schema in request bodies.
  var bodySchema: Schema {
    isOptional || acceptsNull ? .optional(kind.limitedSchema) : kind.limitedSchema
  }
}
