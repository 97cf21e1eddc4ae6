import Hypervisor
import Store

/// Copies each base image into the storage pool once per content, not once per machine.
actor BaseImages {
  private let appliance: Appliance
  private let library: ImageLibrary
  private var underWay: [String: Task<Void, any Error>] = [:]

  init(_ appliance: Appliance, library: ImageLibrary) {
    self.appliance = appliance
    self.library = library
  }

  /// The volume that holds the image of a system, copied first where it is not there yet.
  ///
  /// Throws `JobFailure` where the image is gone or unreadable.
  func ensure(
    osType: String, version: String, progress: @escaping @Sendable (Double) -> Void
  ) async throws -> String {
    guard let image = try? library.image(osType: osType, version: version) else {
      throw JobFailure(code: "IMAGE_MISSING")
    }
    let identity: String
    do { identity = try await library.identity(of: image) } catch { throw JobFailure(code: "IMAGE_UNUSABLE") }
    let volume = "base-\(osType)-\(version)-\(identity.prefix(16)).\(image.format.rawValue)"
    if let task = underWay[volume] {
      try await task.value
      return volume
    }
    let task = Task { [appliance] in try await Self.copy(image, to: volume, appliance, progress) }
    underWay[volume] = task
    defer { underWay[volume] = nil }
    try await task.value
    return volume
  }

  /// A row that is not complete marks a copy that was cut off: it is thrown away and made again.
  private static func copy(
    _ image: ImageLibrary.Image, to volume: String, _ appliance: Appliance,
    _ progress: @escaping @Sendable (Double) -> Void
  ) async throws {
    let pool = appliance.site.poolName
    let isComplete = try await appliance.database.read {
      try $0.scalar("SELECT complete FROM base_images WHERE volume = ?", volume) == 1
    }
    if isComplete, try await appliance.host.volumeExists(pool: pool, name: volume) { return }
    try await appliance.database.write { tx in
      try tx.execute(
        "INSERT INTO base_images (volume, created_at) VALUES (?, ?) ON CONFLICT DO UPDATE SET complete = 0",
        volume, tx.now)
    }
    try await appliance.host.deleteVolume(pool: pool, name: volume)
    try await appliance.host.importVolume(
      pool: pool, name: volume, fromFile: image.path, format: image.format.rawValue, progress: progress)
    try await appliance.database.write { tx in
      try tx.execute("UPDATE base_images SET complete = 1 WHERE volume = ?", volume)
    }
  }
}
