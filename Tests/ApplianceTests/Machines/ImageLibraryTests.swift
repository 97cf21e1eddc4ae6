import Glibc
import Hypervisor
import Testing

@testable import Appliance

private func qcow2(
  version: UInt32 = 3, backing: UInt64 = 0, backingSize: UInt32 = 0, clusterBits: UInt32 = 16,
  size: UInt64 = 2 << 30,
  encryption: UInt32 = 0, incompatible: UInt64 = 0
) -> [UInt8] {
  var wire = SSHWire(bytes: [0x51, 0x46, 0x49, 0xFB])
  func wide(_ number: UInt64) {
    wire.number(UInt32(number >> 32))
    wire.number(UInt32(truncatingIfNeeded: number))
  }
  wire.number(version)
  wide(backing)
  wire.number(backingSize)
  wire.number(clusterBits)
  wide(size)
  wire.number(encryption)
  wire.bytes += [UInt8](repeating: 0, count: 36)
  wide(incompatible)
  wire.bytes += [UInt8](repeating: 0, count: 24)
  return wire.bytes
}

private func raw(_ size: Int = 1 << 20) -> [UInt8] {
  var bytes = [UInt8](repeating: 0, count: size)
  bytes[510] = 0x55
  bytes[511] = 0xAA
  return bytes
}

@Suite struct DiskImageTests {
  private static let refused: [([UInt8], DiskImage.Problem)] = [
    ([], .unknownFormat), ([UInt8](repeating: 0, count: 1024), .unknownFormat),
    (Array("KDMV".utf8), .unknownFormat),
    (Array(qcow2().prefix(50)), .damaged), (qcow2(version: 1), .unsupportedVersion),
    (qcow2(version: 4), .unsupportedVersion), (qcow2(backing: 512, backingSize: 11), .hasBackingFile),
    (qcow2(version: 2, backing: 512), .hasBackingFile), (qcow2(backingSize: 11), .hasBackingFile),
    (qcow2(incompatible: 4), .hasBackingFile), (qcow2(incompatible: 2), .damaged),
    (qcow2(incompatible: 1 << 40), .unsupportedVersion), (qcow2(encryption: 2), .encrypted),
    (qcow2(clusterBits: 8), .damaged), (qcow2(clusterBits: 22), .damaged), (qcow2(size: 0), .damaged),
    (qcow2(size: .max), .damaged),
  ]

  @Test(arguments: refused) func `invalid and dependent images are refused`(
    header: [UInt8], problem: DiskImage.Problem
  ) {
    #expect(throws: problem) { try DiskImage(header: header, fileSize: 10 << 20) }
  }

  @Test func `a raw disk has the size of its file and must have a partition table`() throws {
    let disk = try DiskImage(header: Array(raw().prefix(1024)), fileSize: 10 << 20)
    #expect(disk.format == .raw && disk.capacity == 10 << 20)
    #expect(throws: DiskImage.Problem.unknownFormat) { try DiskImage(header: raw(), fileSize: 10 << 20 | 1) }
    #expect(throws: DiskImage.Problem.unknownFormat) { try DiskImage(header: raw(), fileSize: 512 << 10) }
  }

  @Test(arguments: [qcow2(), qcow2(version: 2), qcow2(incompatible: 0b11001)])
  func `the capacity of a qcow2 image is read`(header: [UInt8]) throws {
    let disk = try DiskImage(header: header, fileSize: 200 << 20)
    #expect(disk.format == .qcow2 && disk.capacity == 2 << 30)
  }

  @Test(.enabled(if: access("/usr/bin/qemu-img", X_OK) == 0))
  func `images created by qemu-img are judged correctly`()
    async throws
  {
    let folder = TemporaryFolder()
    for arguments in [
      ["create", "-q", "-f", "qcow2", folder["base.qcow2"], "3G"],
      ["create", "-q", "-f", "qcow2", "-F", "qcow2", "-b", folder["base.qcow2"], folder["over.qcow2"]],
      ["create", "-q", "-f", "qcow2", "-o", "data_file=\(folder["data"])", folder["split.qcow2"], "3G"],
    ] {
      let made = try await ChildProcess.run("/usr/bin/qemu-img", arguments, timeLimit: .seconds(30))
      #expect(made.status == .exited(0))
    }
    mkdir(folder["own"], 0o700)
    for name in ["base", "over", "split"] { rename(folder["\(name).qcow2"], folder["own/\(name).qcow2"]) }
    let found = try await ImageLibrary(folder: folder.path).scan()
    #expect(found.images.map(\.version) == ["base"])
    #expect(found.images.first?.capacity == 3 << 30)
    #expect(found.skipped.map(\.reason) == [.image(.hasBackingFile), .image(.hasBackingFile)])
  }
}

/// Truncated images, and images whose content does not match their name.
@Suite struct BrokenImageTests {
  @Test(
    .enabled(if: access("/usr/bin/qemu-img", X_OK) == 0), arguments: [["-c"], [], ["-o", "cluster_size=4k"]])
  func `a truncated image is not offered, wherever it was cut`(options: [String]) async throws {
    let folder = TemporaryFolder()
    mkdir(folder["own"], 0o700)
    var bytes = raw(4 << 20)
    for index in 1024..<bytes.count where index % 512 < 300 { bytes[index] = UInt8.random(in: 0...255) }
    folder.write("disk.raw", bytes)
    let made = try await ChildProcess.run(
      "/usr/bin/qemu-img",
      ["convert", "-f", "raw", "-O", "qcow2"] + options + [folder["disk.raw"], folder["own/1.qcow2"]],
      timeLimit: .seconds(30))
    try #require(made.status == .exited(0))
    let library = ImageLibrary(folder: folder.path)
    #expect(try await library.scan().images.map(\.version) == ["1"])
    var size = try #require(Self.size(folder["own/1.qcow2"]))
    for _ in 0..<6 {
      size = size / 10 * 7
      #expect(truncate(folder["own/1.qcow2"], size) == 0)
      let found = try await library.scan()
      #expect(found.images.isEmpty, "\(size) bytes")
      #expect(found.skipped.map(\.reason) == [.image(.truncated)], "\(size) bytes")
    }
  }

  @Test func `a raw disk with partitions beyond its end is truncated`() async throws {
    let folder = TemporaryFolder()
    mkdir(folder["own"], 0o700)
    var disk = raw(2 << 20)
    (disk[446 + 4], disk[446 + 8], disk[446 + 13]) = (0x83, 8, 0x10)
    folder.write("own/cut.img", disk)
    disk[446 + 13] = 0x0F
    folder.write("own/whole.img", disk)
    var gpt = raw(2 << 20)
    gpt.replaceSubrange(512..<520, with: "EFI PART".utf8)
    gpt[512 + 33] = 0x10
    folder.write("own/cut2.img", gpt)
    gpt[512 + 33] = 0x0F
    folder.write("own/whole2.img", gpt)
    let found = try await ImageLibrary(folder: folder.path).scan()
    #expect(found.images.map(\.version).sorted() == ["whole", "whole2"])
    #expect(found.skipped.allSatisfy { $0.reason == .image(.truncated) } && found.skipped.count == 2)
  }

  @Test func `an extension that does not match the content is reported with a fix`() async throws {
    let folder = TemporaryFolder()
    mkdir(folder["own"], 0o700)
    folder.write("own/1.qcow2", raw())
    let found = try await ImageLibrary(folder: folder.path).scan()
    #expect(found.skipped.map(\.reason) == [.image(.wrongFormat)])
    #expect(found.skipped.first?.sentence(.en).contains("Rename it to .img") == true)
  }

  private static func size(_ path: String) -> Int? {
    var about = stat()
    return stat(path, &about) == 0 ? about.st_size : nil
  }
}

@Suite struct ImageLibraryTests {
  private let folder = TemporaryFolder()

  init() {
    for name in ["debian", "ubuntu", "Bad Name", "empty"] { mkdir(folder[name], 0o700) }
  }

  @Test func `a missing folder is reported`() async {
    await #expect(throws: ImageLibrary.Problem.noFolder("/no/images")) {
      try await ImageLibrary(folder: "/no/images").scan()
    }
  }

  @Test func `files that are not images are skipped with the reason`() async throws {
    folder.write("debian/12.qcow2", qcow2())
    folder.write("debian/12.img", raw())
    folder.write("debian/Bookworm.qcow2", qcow2())
    folder.write("debian/readme.txt", "x".utf8)
    folder.write("debian/.hidden.qcow2", qcow2())
    folder.write("debian/text.img", "not a disk".utf8)
    folder.write("Bad Name/1.qcow2", qcow2())
    let outside = TemporaryFolder()
    outside.write("secret.img", raw())
    symlink(outside["secret.img"], folder["debian/13.img"])
    symlink(folder["debian/12.qcow2"], folder["debian/stable.qcow2"])
    symlink("/no/such/file", folder["debian/gone.img"])
    symlink(outside.path, folder["outside"])
    mkfifo(folder["debian/pipe.img"], 0o600)
    mkdir(folder["debian/sub.img"], 0o700)

    let found = try await ImageLibrary(folder: folder.path).scan()
    #expect(found.images.map(\.version) == ["12", "stable"])
    #expect(found.images.allSatisfy { $0.path == folder["debian/12.qcow2"] && $0.format == .qcow2 })
    let reasons = Dictionary(
      uniqueKeysWithValues: found.skipped.map { ($0.path.dropFirst(folder.path.utf8.count + 1), $0.reason) })
    #expect(
      reasons == [
        "Bad Name": .name, "debian/12.img": .twice, "debian/Bookworm.qcow2": .name,
        "debian/readme.txt": .name,
        "debian/text.img": .image(.unknownFormat), "debian/13.img": .leavesFolder,
        "debian/gone.img": .image(.unreadable), "debian/pipe.img": .notAFile, "debian/sub.img": .notAFile,
        "outside/secret.img": .leavesFolder,
      ])
  }

  @Test func `images have display names and are sorted numerically`() async throws {
    for name in ["debian/12.img", "debian/9.img", "ubuntu/2404.img", "ubuntu/22.04.img"] {
      folder.write(name, raw())
    }
    let found = try await ImageLibrary(folder: folder.path).scan()
    #expect(found.images.map(\.name) == ["Debian 9", "Debian 12", "Ubuntu 22.04", "Ubuntu 24.04"])
    #expect(ImageFolder.displayName("haiku", "r1.beta5") == "Haiku r1.beta5")
  }

  @Test func `the identity depends on the content only`() async throws {
    folder.write("debian/12.img", raw(3 << 20))
    folder.write("debian/13.img", raw(3 << 20))
    let library = ImageLibrary(folder: folder.path)
    let images = try await library.scan().images
    let first = try await library.identity(of: images[0])
    #expect(first.utf8.count == 64)
    #expect(try await library.identity(of: images[1]) == first)
    #expect(try await library.identity(of: images[0]) == first)

    var changed = raw(3 << 20)
    changed[2 << 20] = 1
    folder.write("debian/12.img", changed)
    #expect(try await library.identity(of: images[0]) != first)
    #expect(try await library.identity(of: images[1]) == first)
    unlink(images[1].path)
    await #expect(throws: ImageLibrary.Problem.unreadable(images[1].path)) {
      try await library.identity(of: images[1])
    }
  }
}
