/// The severity of a log line.
enum LogLevel: Int, Sendable, Comparable {
  case debug, info, warn, error

  var word: StaticString {
    switch self {
    case .debug: "debug"
    case .info: "info"
    case .warn: "warn"
    case .error: "error"
    }
  }

  static func < (a: LogLevel, b: LogLevel) -> Bool { a.rawValue < b.rawValue }
}
