import Glibc

/// The options of all commands that work on an installation's data.
enum SiteOptions {
  static let data = CommandSyntax.Option.value("data", "DIR", "Data folder (default: /var/lib/obox).")
  static let config = CommandSyntax.Option.value("config", "FILE", "Configuration file (NAME=value lines).")

  static let defaultData = "/var/lib/obox"

  /// Reads the configuration, and creates the data folder with access for its owner only.
  static func site(
    _ arguments: Arguments, overrides: [Setting: String] = [:]
  ) throws(CommandFailure) -> Site {
    let configuration: Configuration
    do {
      configuration = try Configuration.load(
        file: try arguments["config"].map(text), environment: environment(), options: overrides)
    } catch let error as ConfigurationError {
      throw CommandFailure("\(error)", status: 2)
    } catch let error as CommandFailure {
      throw error
    } catch {
      throw CommandFailure("\(error)", status: 2)
    }
    let folder = arguments["data"] ?? defaultData
    try makeFolder(folder)
    return Site(
      configuration: configuration, dataFolder: absolute(folder), isDemo: arguments.has("demo"),
      assetsFolder: arguments["assets"])
  }

  /// The same for a command that needs an installation. Throws where there is none.
  static func existing(_ arguments: Arguments) throws(CommandFailure) -> Site {
    let folder = arguments["data"] ?? defaultData
    guard access(folder + "/obox.db", F_OK) == 0 else {
      throw CommandFailure(
        errno == EACCES
          ? "--data \(folder): \(reason(EACCES)). Run the command as root or as the user of OBox"
          : "--data \(folder): no OBox data there. Name the data folder with --data", status: 2)
    }
    return try site(arguments)
  }

  private static func text(ofFile path: String) throws(CommandFailure) -> String {
    let file = open(path, O_RDONLY | O_CLOEXEC)
    guard file >= 0 else { throw CommandFailure("--config \(path): \(reason(errno))", status: 2) }
    defer { close(file) }
    var bytes: [UInt8] = []
    var part = [UInt8](repeating: 0, count: 16_384)
    while bytes.count < 1 << 20 {
      let count = read(file, &part, part.count)
      if count < 0 { throw CommandFailure("--config \(path): \(reason(errno))", status: 2) }
      if count == 0 { break }
      bytes.append(contentsOf: part.prefix(count))
    }
    return String(decoding: bytes, as: UTF8.self)
  }

  private static func makeFolder(_ path: String) throws(CommandFailure) {
    if mkdir(path, 0o700) == 0 || errno == EEXIST {
      var about = stat()
      if stat(path, &about) == 0, about.st_mode & S_IFMT == S_IFDIR { return }
      throw CommandFailure("--data \(path): not a folder")
    }
    throw CommandFailure("--data \(path): cannot create the folder: \(reason(errno))")
  }

  private static func absolute(_ path: String) -> String {
    guard let resolved = realpath(path, nil) else { return path }
    defer { free(resolved) }
    return String(cString: resolved)
  }

  private static func environment() -> [String: String] {
    var values: [String: String] = [:]
    for setting in Setting.allCases {
      if let value = getenv(setting.rawValue) { values[setting.rawValue] = String(cString: value) }
    }
    return values
  }

  static func reason(_ code: Int32) -> String {
    strerror(code).map { String(cString: $0) } ?? "error \(code)"
  }
}
