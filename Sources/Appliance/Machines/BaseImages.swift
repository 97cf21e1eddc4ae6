import Hypervisor

/// Copies base images into the storage pool, once per content rather than once per machine.
struct BaseImages: Sendable {
  static let prefix = "base-"

  let host: Host
  let pool: String
  let library: ImageLibrary

  /// Returns the volume with the image of a system, copying it first if necessary.
  ///
  /// An interrupted copy is repeated; concurrent requests share one copy. Throws `JobFailure` when the image
  /// is missing or unreadable.
  func ensure(
    osType: String, version: String, progress: @escaping @Sendable (Double) -> Void
  ) async throws -> String {
    let image = try await library.images().first { $0.osType == osType && $0.version == version }
    guard let image else { throw JobFailure(code: "IMAGE_MISSING") }
    // The test driver keeps no files.
    if host.isTestDriver { return "\(Self.prefix)\(osType)-\(version)" }
    let volume = try await volume(of: image)
    if try await host.volumeExists(pool: pool, name: volume) { return volume }
    try await host.importVolume(
      pool: pool, name: volume, fromFile: image.path, format: image.format.rawValue, progress: progress)
    return volume
  }

  /// Deletes copies that no machine uses and that match no present image.
  func tidy(inUse: Set<String>) async throws {
    if host.isTestDriver { return }
    var kept = inUse
    for image in try await library.images() { kept.insert(try await volume(of: image)) }
    for volume in try await host.volumes(pool: pool) where volume.hasPrefix(Self.prefix) {
      if !kept.contains(volume) { try await host.deleteVolume(pool: pool, name: volume) }
    }
  }

  private func volume(of image: ImageLibrary.Image) async throws -> String {
    let identity: String
    do {
      identity = try await library.identity(of: image)
    } catch ImageLibrary.Problem.unreadable {
      throw JobFailure(code: "IMAGE_UNUSABLE")
    }
    return "\(Self.prefix)\(image.osType)-\(image.version)-\(identity.prefix(16)).\(image.format.rawValue)"
  }
}
