import Glibc
import Hypervisor

/// Scans the folder of system images.
enum ImageFolder {
  typealias Found = (images: [ImageLibrary.Image], skipped: [ImageLibrary.Skipped])

  private static let names = [
    "almalinux": "AlmaLinux", "alpine": "Alpine Linux", "arch": "Arch Linux", "centos": "CentOS",
    "debian": "Debian",
    "fedora": "Fedora", "freebsd": "FreeBSD", "kali": "Kali Linux", "netbsd": "NetBSD", "openbsd": "OpenBSD",
    "opensuse": "openSUSE", "rocky": "Rocky Linux", "ubuntu": "Ubuntu",
  ]

  /// `check` examines each image's open file and returns a problem or nil.
  static func scan(
    _ folder: String, most: Int, check: (Int32, DiskImage) -> DiskImage.Problem? = Self.check
  ) throws(ImageLibrary.Problem) -> Found {
    guard let root = resolved(folder), let systems = entries(root) else { throw .noFolder(folder) }
    var found: Found = ([], [])
    for system in systems where isFolder("\(root)/\(system)") {
      guard isName(system) else {
        found.skipped.append(.init(path: "\(root)/\(system)", reason: .name))
        continue
      }
      for file in entries("\(root)/\(system)") ?? [] {
        let path = "\(root)/\(system)/\(file)"
        switch image(path, root: root, osType: system, file: file, check) {
        case .success(let image):
          let isTwice = found.images.contains { $0.osType == image.osType && $0.version == image.version }
          if isTwice || found.images.count >= most {
            found.skipped.append(.init(path: path, reason: isTwice ? .twice : .tooMany))
          } else {
            found.images.append(image)
          }
        case .failure(let refusal): found.skipped.append(.init(path: path, reason: refusal.reason))
        }
      }
    }
    found.images.sort { ($0.osType, order($0.version)) < ($1.osType, order($1.version)) }
    return found
  }

  /// Display name: `debian` and `12` give Debian 12, `ubuntu` and `2404` give Ubuntu 24.04.
  static func displayName(_ osType: String, _ version: String) -> String {
    let system = names[osType] ?? osType.prefix(1).uppercased() + osType.dropFirst()
    let isYearMonth = osType == "ubuntu" && version.count == 4 && version.allSatisfy(\.isNumber)
    return "\(system) " + (isYearMonth ? version.prefix(2) + "." + version.suffix(2) : version)
  }

  private struct Refusal: Error {
    let reason: ImageLibrary.Skipped.Reason
  }

  private static func image(
    _ path: String, root: String, osType: String, file: String,
    _ check: (Int32, DiskImage) -> DiskImage.Problem?
  ) -> Result<ImageLibrary.Image, Refusal> {
    guard let dot = file.utf8.lastIndex(of: UInt8(ascii: ".")),
      ["qcow2", "img"].contains(file[file.utf8.index(after: dot)...]),
      isName(String(file[..<dot]))
    else { return .failure(Refusal(reason: .name)) }
    guard let real = resolved(path) else { return .failure(Refusal(reason: .image(.unreadable))) }
    guard real.hasBytes(prefix: root == "/" ? root : root + "/") else {
      return .failure(Refusal(reason: .leavesFolder))
    }
    let version = String(file[..<dot])
    do throws(Refusal) {
      let (disk, size) = try read(real, check)
      // Ubuntu names its qcow2 images .img, so only the extension .qcow2 must match the content.
      if file.hasBytes(suffix: ".qcow2"), disk.format != .qcow2 {
        throw Refusal(reason: .image(.wrongFormat))
      }
      return .success(
        .init(
          osType: osType, version: version, name: displayName(osType, version), path: real,
          format: disk.format,
          size: size, capacity: disk.capacity))
    } catch {
      return .failure(error)
    }
  }

  private static func read(
    _ path: String, _ check: (Int32, DiskImage) -> DiskImage.Problem?
  ) throws(Refusal) -> (DiskImage, size: Int64) {
    let file = open(path, O_RDONLY | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK)
    guard file >= 0 else { throw Refusal(reason: .image(.unreadable)) }
    defer { close(file) }
    var about = stat()
    guard fstat(file, &about) == 0 else { throw Refusal(reason: .image(.unreadable)) }
    guard about.st_mode & S_IFMT == S_IFREG else { throw Refusal(reason: .notAFile) }
    var header = [UInt8](repeating: 0, count: DiskImage.headerSize)
    let count = Glibc.read(file, &header, header.count)
    guard count >= 0 else { throw Refusal(reason: .image(.unreadable)) }
    let size = Int64(about.st_size)
    let disk: DiskImage
    do throws(DiskImage.Problem) {
      disk = try DiskImage(header: Array(header.prefix(count)), fileSize: size)
    } catch {
      throw Refusal(reason: .image(error))
    }
    if let problem = check(file, disk) { throw Refusal(reason: .image(problem)) }
    return (disk, size)
  }

  /// Checks that everything the image refers to lies within the open file.
  static func check(_ file: Int32, _ disk: DiskImage) -> DiskImage.Problem? {
    var about = stat()
    guard fstat(file, &about) == 0 else { return .unreadable }
    do throws(DiskImage.Problem) {
      try disk.verify(fileSize: Int64(about.st_size)) { offset, count in
        guard let offset = Int(exactly: offset) else { return nil }
        var bytes = [UInt8](repeating: 0, count: count)
        let read = pread(file, &bytes, count, offset)
        return read < 0 ? nil : Array(bytes.prefix(read))
      }
      return nil
    } catch {
      return error
    }
  }

  /// A sort key that orders versions numerically: 9 before 12.
  private static func order(_ version: String) -> String {
    version.split(separator: ".", omittingEmptySubsequences: false)
      .map { String(repeating: "0", count: max(0, 12 - $0.count)) + $0 }.joined(separator: ".")
  }

  private static func isName(_ text: String) -> Bool {
    !text.isEmpty && text.utf8.count <= 64 && !text.hasPrefix(".") && !text.hasPrefix("-")
      && text.utf8.allSatisfy { byte in
        switch byte {
        case 0x30...0x39, 0x61...0x7A, 0x2D, 0x2E: true
        default: false
        }
      }
  }

  private static func resolved(_ path: String) -> String? {
    guard let real = realpath(path, nil) else { return nil }
    defer { free(real) }
    return String(cString: real)
  }

  private static func isFolder(_ path: String) -> Bool {
    var about = stat()
    return stat(path, &about) == 0 && about.st_mode & S_IFMT == S_IFDIR
  }

  /// The file names in a folder except hidden ones, `.qcow2` before `.img`.
  private static func entries(_ path: String) -> [String]? {
    guard let folder = opendir(path) else { return nil }
    defer { closedir(folder) }
    var names: [String] = []
    while let entry = readdir(folder), names.count < 4096 {
      let name = withUnsafePointer(to: &entry.pointee.d_name) {
        $0.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
      }
      if !name.hasBytes(prefix: ".") { names.append(name) }
    }
    return names.sorted { ($0.hasSuffix(".qcow2") ? 0 : 1, $0) < ($1.hasSuffix(".qcow2") ? 0 : 1, $1) }
  }
}
