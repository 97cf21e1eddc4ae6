import Glibc
import Hypervisor
import Synchronization
import Threads

/// The system images for new machines: `<folder>/<os_type>/<version>.qcow2` or `.img`.
final class ImageLibrary: Sendable {
  struct Image: Sendable, Equatable {
    /// For example `debian`.
    let osType: String
    /// For example `12`.
    let version: String
    /// Display name, such as `Debian 12`.
    let name: String
    /// With symbolic links resolved.
    let path: String
    let format: DiskImage.Format
    /// Size of the file in bytes.
    let size: Int64
    /// Size of the virtual disk in bytes.
    let capacity: Int64
  }

  /// A file that is not offered, with the reason.
  struct Skipped: Sendable, Equatable {
    enum Reason: Sendable, Equatable {
      /// The name contains something other than lower-case letters, digits, dots and dashes.
      case name
      case leavesFolder
      case notAFile
      /// Another file provides the same version.
      case twice
      case tooMany
      case image(DiskImage.Problem)
    }

    let path: String
    let reason: Reason
  }

  enum Problem: Error, Equatable {
    case noFolder(String)
    case unreadable(String)
    /// The file was modified while it was read.
    case changed(String)
    case overloaded
  }

  private static let most = 256

  let folder: String
  private let thread = WorkQueue("images", waiting: 64)
  /// Hashing a whole image takes long and must not delay listing.
  private let hashing = WorkQueue("image-hash", waiting: 32)
  private let identities = Mutex<[FileState: String]>([:])
  private let checks = Mutex<[FileState: DiskImage.Problem?]>([:])
  private let isStopped = Atomic<Bool>(false)

  /// Whether machines are simulated: they can be created without any image.
  private let isSimulated: Bool

  init(folder: String, isSimulated: Bool = false) {
    self.folder = folder
    self.isSimulated = isSimulated
  }

  /// The images sorted by name, and the files that were skipped.
  func scan() async throws -> (images: [Image], skipped: [Skipped]) {
    try await perform(on: thread) { try ImageFolder.scan(self.folder, most: Self.most, check: self.check) }
  }

  /// The images; none when the folder does not exist. Throws `overloaded`.
  func images() async throws -> [Image] {
    let found: [Image]
    do { found = try await scan().images } catch Problem.noFolder { found = [] }
    guard found.isEmpty && isSimulated else { return found }
    return [("debian", "12"), ("ubuntu", "2404")].map { osType, version in
      Image(
        osType: osType, version: version, name: ImageFolder.displayName(osType, version), path: "",
        format: .qcow2, size: 0, capacity: 0)
    }
  }

  /// BLAKE2b of the content as 64 hexadecimal digits; computed once until the file changes.
  func identity(of image: Image) async throws -> String {
    try await perform(on: hashing) { try self.identity(image.path) }
  }

  func stop() {
    isStopped.store(true, ordering: .relaxed)
    thread.stop()
    hashing.stop()
  }

  private func perform<T: Sendable>(
    on queue: WorkQueue, _ work: @escaping @Sendable () throws -> T
  ) async throws -> T {
    do { return try await queue.perform(work) } catch is QueueRefusal { throw Problem.overloaded }
  }

  private func identity(_ path: String) throws -> String {
    let file = open(path, O_RDONLY | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK)
    guard file >= 0 else { throw Problem.unreadable(path) }
    defer { close(file) }
    guard let state = FileState(file) else { throw Problem.unreadable(path) }
    if let known = identities.withLock({ $0[state] }) { return known }
    let identity = try digest(file, path)
    guard FileState(file) == state else { throw Problem.changed(path) }
    identities.withLock { known in
      if known.count >= Self.most { known.removeAll() }
      known[state] = identity
    }
    return identity
  }

  /// Checks a file once until it changes.
  private func check(_ file: Int32, _ disk: DiskImage) -> DiskImage.Problem? {
    guard let state = FileState(file) else { return .unreadable }
    if let known = checks.withLock({ $0[state] }) { return known }
    let problem = ImageFolder.check(file, disk)
    checks.withLock { known in
      if known.count >= Self.most { known.removeAll() }
      known[state] = .some(problem)
    }
    return problem
  }

  private func digest(_ file: Int32, _ path: String) throws -> String {
    var digest = Digest()
    let buffer = UnsafeMutableRawBufferPointer.allocate(byteCount: 1 << 20, alignment: 4096)
    defer { buffer.deallocate() }
    while true {
      if isStopped.load(ordering: .relaxed) { throw Problem.overloaded }
      let count = read(file, buffer.baseAddress, buffer.count)
      if count == 0 { break }
      if count < 0 {
        if errno == EINTR { continue }
        throw Problem.unreadable(path)
      }
      digest.update(UnsafeRawBufferPointer(rebasing: buffer[..<count]))
    }
    return digest.finished().map { String($0 >> 4, radix: 16) + String($0 & 15, radix: 16) }.joined()
  }
}

/// Metadata that shows whether a file has changed.
private struct FileState: Hashable {
  let device: UInt
  let inode: UInt
  let size: Int
  let seconds: [Int]

  init?(_ file: Int32) {
    var about = stat()
    guard fstat(file, &about) == 0 else { return nil }
    device = UInt(about.st_dev)
    inode = UInt(about.st_ino)
    size = about.st_size
    seconds = [about.st_mtim.tv_sec, about.st_mtim.tv_nsec, about.st_ctim.tv_sec, about.st_ctim.tv_nsec]
  }
}

extension ImageLibrary.Problem: Passing {
  var isPassing: Bool { self == .overloaded }
}
