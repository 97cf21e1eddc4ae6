extension Row {
  public func isNull(_ name: String) -> Bool { isNull(index(of: name)) }
  public func int(_ name: String) -> Int { int(index(of: name)) }
  public func int64(_ name: String) -> Int64 { int64(index(of: name)) }
  public func bool(_ name: String) -> Bool { bool(index(of: name)) }
  public func text(_ name: String) -> String { text(index(of: name)) }
  public func blob(_ name: String) -> [UInt8] { blob(index(of: name)) }
}

/// Accessors that return nil for NULL.
extension Row {
  public func optionalInt(_ column: Int) -> Int? { isNull(column) ? nil : int(column) }
  /// NULL reads as 0, so the type is looked up only for a 0.
  public func optionalInt64(_ column: Int) -> Int64? {
    let number = int64(column)
    return number == 0 && isNull(column) ? nil : number
  }
  public func optionalBool(_ column: Int) -> Bool? { isNull(column) ? nil : bool(column) }
  public func optionalDouble(_ column: Int) -> Double? { isNull(column) ? nil : double(column) }
  public func optionalText(_ column: Int) -> String? {
    withOptionalText(column) { bytes in bytes.map { String(decoding: $0, as: UTF8.self) } }
  }
  public func optionalBlob(_ column: Int) -> [UInt8]? { isNull(column) ? nil : blob(column) }

  public func optionalInt(_ name: String) -> Int? { optionalInt(index(of: name)) }
  public func optionalInt64(_ name: String) -> Int64? { optionalInt64(index(of: name)) }
  public func optionalBool(_ name: String) -> Bool? { optionalBool(index(of: name)) }
  public func optionalDouble(_ name: String) -> Double? { optionalDouble(index(of: name)) }
  public func optionalText(_ name: String) -> String? { optionalText(index(of: name)) }
  public func optionalBlob(_ name: String) -> [UInt8]? { optionalBlob(index(of: name)) }
}
