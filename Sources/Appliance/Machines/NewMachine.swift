import HTTP
import Store

/// A validated request for a new machine.
struct NewMachine: Sendable {
  let name: String
  let osType: String
  let version: String
  let vcpu: Int
  let memory: Int
  let diskSize: Int
  let publicKey: String

  static let schema = Schema.members(
    [
      "name": .string, "os_type": .string, "version": .either([.string, .integer]), "vcpu": .numberOrText,
      "memory": .described("MB", .numberOrText), "disk_size": .described("GB", .numberOrText),
    ], optional: ["ssh_public_key": .string])

  /// Reads a body. `cores` and `hostMemory` (MB) are the limits for one machine. Throws 400 with every
  /// invalid field.
  init(
    _ body: JSONValue, images: [ImageLibrary.Image], cores: Int, hostMemory: Int
  ) throws(Failure) {
    var errors: [FieldError] = []
    name = (body["name"]?.string ?? "").trimmed()
    osType = (body["os_type"]?.string ?? "").trimmed().lowercased()
    version = body["version"]?.string ?? body["version"]?.int.map { String($0) } ?? ""
    if !Self.isName(name) { errors.append(.machineName) }
    let (wantedType, wantedVersion) = (osType, version)
    let image = images.first { $0.osType == wantedType && $0.version == wantedVersion }
    if image == nil { errors.append(FieldError.unknownImage) }
    if version.isEmpty {
      errors.append(FieldError("version", "UNKNOWN_IMAGE", FieldError.unknownImage.sentence))
    }
    vcpu = NewMachine.size("vcpu", body, 1...max(1, cores), &errors)
    memory = NewMachine.size("memory", body, 512...max(512, hostMemory), &errors)
    // A disk must be at least as large as its image.
    let smallest = min(16_384, max(10, Int(((image?.capacity ?? 0) + (1 << 30) - 1) >> 30)))
    diskSize = NewMachine.size("disk_size", body, smallest...16_384, &errors)
    let given = body["ssh_public_key"] ?? .null
    let key = given.string?.trimmed()
    if given.isNull || key?.isEmpty == true {
      publicKey = ""
    } else if let key, let checked = try? SSHPublicKey(key) {
      publicKey = checked.line
    } else {
      publicKey = ""
      errors.append(.publicKey)
    }
    if !errors.isEmpty { throw .invalid(errors) }
  }

  /// 1 to 63 letters, digits and dashes, without a dash at either end, since it becomes a host name.
  static func isName(_ text: String) -> Bool {
    let bytes = Array(text.utf8)
    guard (1...63).contains(bytes.count), bytes.first != 0x2D, bytes.last != 0x2D else { return false }
    return bytes.allSatisfy { byte in
      (0x61...0x7A).contains(byte | 0x20) || (0x30...0x39).contains(byte) || byte == 0x2D
    }
  }

  /// Reads a whole number within bounds, or notes what is wrong and answers the lower bound.
  static func size(
    _ field: String, _ body: JSONValue, _ bounds: ClosedRange<Int>, _ errors: inout [FieldError]
  ) -> Int {
    let value = body[field]?.int ?? body[field]?.string.flatMap { Int($0) }
    if let value, bounds.contains(value) { return value }
    errors.append(.outOfRange(field, bounds))
    return bounds.lowerBound
  }

  /// Writes the row and its job. Throws 409 where the person has a machine of that name, 400 above the quota.
  func insert(for account: Account, quotas: Quotas, jobs: JobQueue, in tx: Transaction) throws -> (Int64, Job)
  {
    if try tx.scalar("SELECT 1 FROM machines WHERE user_id = ? AND name = ?", account.id, name) != nil {
      throw Failure.machineNameTaken
    }
    try quotas.checkNew(cores: vcpu, memory: memory, disk: diskSize, for: account.id, in: tx)
    try tx.claimSpace()
    try tx.execute(
      """
      INSERT INTO machines (user_id, name, os_type, version, vcpu, memory, disk_size, status, uuid, mac,
        ssh_user, public_key, created_at, updated_at)
      VALUES (?, ?, ?, ?, ?, ?, ?, 'pending', ?, ?, ?, ?, ?, ?)
      """, account.id, name, osType, version, vcpu, memory, diskSize, RandomID.uuid(), RandomID.mac(),
      GuestUser.name(for: account.username), publicKey, tx.now, tx.now)
    let id = tx.lastInsertedID
    let job = try jobs.enqueue(MachineOperations.create, machine: id, user: account.id, in: tx)
    return (id, job)
  }
}
