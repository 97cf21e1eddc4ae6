import HTTP
import Store

extension Resource {
  /// The values in a body, by column. Throws 400 with all invalid ones.
  func values(of body: JSONValue, isNew: Bool) throws(Failure) -> [String: Value] {
    var values: [String: Value] = [:]
    var errors: [FieldError] = []
    for column in columns where column.isWritable {
      do throws(FieldError) {
        if let json = body[column.name] {
          values[column.name] = try column.value(of: json)
        } else if isNew, column.initial == nil {
          throw column.required
        }
      } catch {
        errors.append(error)
      }
    }
    if !errors.isEmpty { throw .invalid(errors) }
    return values
  }

  /// Throws 400 when a reference does not exist, 409 when a unique value is taken.
  func check(_ change: Change, in tx: Transaction) throws {
    guard let new = change.new else { return }
    for column in columns where column.isWritable && new[column] != change.old?[column] {
      if case .reference(let table) = column.kind, case .integer(let id) = new[column],
        try tx.scalar("SELECT 1 FROM \(table) WHERE id = ?", id) == nil
      {
        throw Failure.invalid([column.unknownReference])
      }
      if case .references(let table) = column.kind {
        for id in new.words(column)
        where try tx.scalar("SELECT 1 FROM \(table) WHERE id = ?", Int64(digits: id)) == nil {
          throw Failure.invalid([column.unknownReference])
        }
      }
      guard column.isUnique else { continue }
      let text = new.text(column)
      // A text without letters and digits has an empty key, which cannot be unique.
      if Folding.fold(text).isEmpty { throw Failure.invalid([column.required]) }
      let taken = try tx.scalar(
        "SELECT 1 FROM \(table) WHERE \(column.sqlName)_key = fold(?) AND id <> ?", text, change.id)
      if taken != nil { throw Failure(409, column.taken.code, column.taken.sentence, errors: [column.taken]) }
    }
  }
}
