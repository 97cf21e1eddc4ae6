/// Writes a name and its value; nil becomes null.
extension JSONWriter {
  public mutating func field(_ name: StaticString, _ text: String) {
    key(name)
    value(text)
  }

  public mutating func field(_ name: StaticString, _ text: String?) {
    key(name)
    if let text { value(text) } else { null() }
  }

  public mutating func field(_ name: StaticString, _ number: Int) {
    key(name)
    value(number)
  }

  public mutating func field(_ name: StaticString, _ number: Int?) {
    key(name)
    if let number { value(number) } else { null() }
  }

  public mutating func field(_ name: StaticString, _ number: Int64) {
    key(name)
    value(number)
  }

  public mutating func field(_ name: StaticString, _ number: Double) {
    key(name)
    value(number)
  }

  public mutating func field(_ name: StaticString, _ number: Double?) {
    key(name)
    if let number { value(number) } else { null() }
  }

  public mutating func field(_ name: StaticString, _ flag: Bool) {
    key(name)
    value(flag)
  }

  public mutating func field(_ name: StaticString, _ json: JSONValue) {
    key(name)
    value(json)
  }

  /// Milliseconds since 1970 as RFC 3339 in UTC: `2026-11-20T09:54:12.345Z`; nil becomes null.
  public mutating func time(_ name: StaticString, _ milliseconds: Int64?) {
    key(name)
    if let milliseconds { value(millisecondsAsTime: milliseconds) } else { null() }
  }

  /// An id as the API writes it: a number in quotes.
  public mutating func id(_ name: StaticString, _ id: Int64) {
    key(name)
    bytes.append(UInt8(ascii: "\""))
    value(id)
    bytes.append(UInt8(ascii: "\""))
  }

  /// Milliseconds since 1970 as RFC 3339 in UTC: `2026-11-20T09:54:12.345Z`.
  public mutating func value(millisecondsAsTime milliseconds: Int64) {
    separate()
    bytes.append(UInt8(ascii: "\""))
    bytes.appendTime(milliseconds)
    bytes.append(UInt8(ascii: "\""))
    needsComma = true
  }
}

/// Times as text.
public enum RFC3339 {
  /// Milliseconds since 1970 in UTC: `2026-11-20T09:54:12.345Z`.
  public static func text(_ milliseconds: Int64) -> String {
    var bytes: [UInt8] = []
    bytes.appendTime(milliseconds)
    return String(decoding: bytes, as: UTF8.self)
  }
}
