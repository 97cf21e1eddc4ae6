import HTTP
import Store

extension Column {
  /// Writes the JSON member, straight from a column of a row.
  func write(_ row: Row, _ index: Int, to json: inout JSONWriter) {
    json.key(name)
    if row.isNull(index), isNullable { return json.null() }
    switch kind {
    case .text, .choice, .color: row.withText(index) { json.value(utf8: $0) }
    case .choices: row.withText(index) { json.raw($0.isEmpty ? Array("[]".utf8) : Array($0)) }
    case .flag: json.value(row.bool(index))
    case .number: json.value(row.int64(index))
    case .time: json.value(millisecondsAsTime: row.int64(index))
    case .reference: json.value(String(row.int64(index)))
    }
  }

  /// A reference can end with the row it names.
  private var isNullable: Bool {
    if case .reference = kind { true } else { isOptional || !isWritable }
  }

  var answerSchema: Schema {
    isNullable ? .optional(kind.schema) : kind.schema
  }
}
