/// The settings as text, each with its origin; the origin with the highest priority wins.
struct SettingValues {
  private(set) var warnings: [String] = []
  private var found: [Setting: (text: String, origin: SettingOrigin)] = [:]

  mutating func read(environment: [String: String]) {
    for setting in Setting.allCases {
      if let text = environment[setting.rawValue] { found[setting] = (text, .environment) }
    }
  }

  mutating func read(page stored: [Setting: String]) {
    for (setting, text) in stored { found[setting] = (text, .page) }
  }

  mutating func read(options: [Setting: String]) {
    for (setting, text) in options { found[setting] = (text, .commandLine) }
  }

  /// Parses lines of `NAME=value`; unknown names become warnings.
  mutating func read(file: String) throws(ConfigurationError) {
    var number = 0
    let text = file.hasBytes(prefix: "\u{FEFF}") ? Substring(file.unicodeScalars.dropFirst()) : file[...]
    for line in text.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline) {
      number += 1
      guard let (name, value) = try Self.assignment(line, SettingOrigin.file(line: number)) else { continue }
      guard let setting = Setting(rawValue: name) else {
        let nearest = Spelling.nearest(to: name, among: Setting.allCases.map(\.rawValue))
        let hint = nearest.map { "; did you mean \($0)?" } ?? ""
        warnings.append("\(name) (line \(number) of the configuration file): unknown setting, ignored\(hint)")
        continue
      }
      if case (_, .file(let earlier))? = found[setting] {
        warnings.append("\(name) (line \(number) of the configuration file): overrides line \(earlier)")
      }
      found[setting] = (value, .file(line: number))
    }
  }

  /// The text; nil when it is not set or empty.
  func text(_ setting: Setting) -> String? {
    guard let text = found[setting]?.text, !text.isEmpty else { return nil }
    return text
  }

  /// All that are set, as a configuration file.
  var lines: String {
    Setting.allCases.compactMap { setting in
      text(setting).map { "\(setting.rawValue)=\(Self.quoted($0))\n" }
    }.joined()
  }

  /// What is set, in the order of the settings; private values are left out.
  var shown: [String] {
    Setting.allCases.compactMap { setting in
      text(setting).map { "\(setting.rawValue)=\(setting.isPrivate ? "(set)" : $0)" }
    }
  }

  func origin(_ setting: Setting) -> SettingOrigin {
    text(setting) == nil ? .byDefault : found[setting]?.origin ?? .byDefault
  }

  /// Where each setting that is set was read.
  var origins: [Setting: SettingOrigin] {
    var origins: [Setting: SettingOrigin] = [:]
    for setting in found.keys where text(setting) != nil { origins[setting] = origin(setting) }
    return origins
  }

  func error(_ setting: Setting, _ problem: String) -> ConfigurationError {
    ConfigurationError(name: setting.rawValue, origin: origin(setting), problem: problem)
  }

  /// An error that names the expected value and, unless secret, the actual one.
  func mismatch(_ setting: Setting, _ wanted: String) -> ConfigurationError {
    guard let text = text(setting), !setting.isSecret else { return error(setting, "must be \(wanted)") }
    let shown = String(
      text.prefix(60).map { $0.isNewline || $0.asciiValue.map { $0 < 32 } == true ? "?" : $0 })
    return error(setting, "“\(shown)” is not \(wanted)")
  }

  private static func assignment(
    _ line: Substring, _ origin: SettingOrigin
  ) throws(ConfigurationError) -> (name: String, value: String)? {
    var line = line.trimmed
    if line.isEmpty || line.hasBytes(prefix: "#") { return nil }
    if line.hasBytes(prefix: "export ") { line = Substring(line.unicodeScalars.dropFirst(7)).trimmed }
    let parts = line.split(byte: "=", maxSplits: 1, omittingEmptySubsequences: false)
    guard parts.count == 2 else {
      throw ConfigurationError(
        name: shortened(line), origin: origin, problem: "expected NAME=value")
    }
    let name = parts[0].trimmed
    guard !name.isEmpty, name.utf8.allSatisfy({ $0 == 0x5F || isAlphanumeric($0) }) else {
      throw ConfigurationError(name: shortened(name), origin: origin, problem: "invalid setting name")
    }
    guard let value = unquoted(parts[1].trimmed) else {
      throw ConfigurationError(name: String(name), origin: origin, problem: "unbalanced quotes")
    }
    return (String(name), value)
  }

  /// The value without quotes and trailing comment; nil when a quote is not closed or is followed by text.
  private static func unquoted(_ text: Substring) -> String? {
    var rest = text.unicodeScalars
    guard let quote = rest.popFirst(), quote == "\"" || quote == "'" else { return withoutComment(text) }
    var value = String.UnicodeScalarView()
    var escaped = false
    while let scalar = rest.popFirst() {
      if escaped {
        value.append(scalar)
        escaped = false
      } else if scalar == "\\", quote == "\"" {
        escaped = true
      } else if scalar == quote {
        let after = Substring(rest).trimmed
        return after.isEmpty || rest.first?.isBlank == true && after.hasBytes(prefix: "#")
          ? String(value) : nil
      } else {
        value.append(scalar)
      }
    }
    return nil
  }

  private static func quoted(_ value: String) -> String {
    let escaped = value.unicodeScalars.flatMap { $0 == "\"" || $0 == "\\" ? ["\\", $0] : [$0] }
    return "\"" + String(String.UnicodeScalarView(escaped)) + "\""
  }

  private static func withoutComment(_ text: Substring) -> String {
    var previous: Unicode.Scalar = " "
    let scalars = text.unicodeScalars
    for index in scalars.indices {
      if scalars[index] == "#", previous.isBlank { return String(text[..<index].trimmed) }
      previous = scalars[index]
    }
    return String(text.trimmed)
  }

  private static func shortened(_ text: Substring) -> String { "“\(text.prefix(24))”" }

  private static func isAlphanumeric(_ byte: UInt8) -> Bool {
    switch byte {
    case 0x30...0x39, 0x41...0x5A, 0x61...0x7A: true
    default: false
    }
  }
}

extension Substring {
  /// Without leading and trailing white space.
  var trimmed: Substring {
    var text = unicodeScalars
    while text.first?.isBlank == true { text.removeFirst() }
    while text.last?.isBlank == true { text.removeLast() }
    return Substring(text)
  }
}
