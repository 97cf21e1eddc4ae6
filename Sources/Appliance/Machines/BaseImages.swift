import Hypervisor

/// Copies each base image into the storage pool once per content, not once per machine.
struct BaseImages: Sendable {
  static let prefix = "base-"

  let host: Host
  let pool: String
  let library: ImageLibrary

  /// The volume that holds the image of a system, copied first where it is not there yet.
  ///
  /// A copy that was cut off is made again; two that are asked for at once are one.
  /// Throws `JobFailure` where the image is gone or unreadable.
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

  /// Deletes the copies that neither a machine stands on nor a present image would use.
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
