// swift-tools-version: 6.2
import PackageDescription

let strict: [SwiftSetting] = [.treatAllWarnings(as: .error)]

/// A C library is a folder with a module map and a shim beside the one target that uses it.
func library(_ name: String, in folder: String, pkgConfig: String? = nil) -> Target {
  .systemLibrary(name: name, path: "Sources/\(folder)/\(name)", pkgConfig: pkgConfig)
}

/// One that is loaded when it is first called. Its stand-ins stay hidden from the library itself. `headers` are the folders
/// of its headers that are not in `/usr/include` itself.
func loaded(_ name: String, in folder: String, headers: [String] = []) -> Target {
  let flags = headers.flatMap { ["-isystem", $0] }
  return .target(
    name: name, path: "Sources/\(folder)/\(name)",
    cSettings: [.headerSearchPath("../../Loading"), .unsafeFlags(["-fvisibility=hidden"] + flags)])
}

#if arch(arm64)
  let triplet = "aarch64-linux-gnu"
#else
  let triplet = "x86_64-linux-gnu"
#endif

/// As pkg-config has them, which would link the libraries as well.
let pangoHeaders =
  ["pango-1.0", "glib-2.0", "harfbuzz", "cairo"].map { "/usr/include/\($0)" }
  + ["/usr/lib/\(triplet)/glib-2.0/include"]

/// Relative relocations, of which Swift's metadata has thirty thousand, in two bits each instead of 24 bytes: less to
/// read at start and less in memory. The C library understands them since Debian 12.
let compact: [LinkerSetting] = [
  .unsafeFlags(["-use-ld=lld", "-Xlinker", "-z", "-Xlinker", "pack-relative-relocs"])
]

/// Linked statically: the name of its shared library changes with each version, so one package would not run on the next
/// Debian.
let markdown: [LinkerSetting] = [
  .linkedLibrary(":libcmark-gfm-extensions.a"), .linkedLibrary(":libcmark-gfm.a"),
]

let package = Package(
  name: "obox",
  products: [.executable(name: "obox", targets: ["Appliance"])],
  targets: [
    .target(name: "Threads", swiftSettings: strict),

    library("CBase64", in: "Encoding", pkgConfig: "libsodium"),
    .target(name: "Encoding", dependencies: ["CBase64"], exclude: ["CBase64"], swiftSettings: strict),

    library("CSQLite", in: "Store", pkgConfig: "sqlite3"),
    .target(
      name: "Store", dependencies: ["Threads", "CSQLite"], exclude: ["CSQLite"], swiftSettings: strict),

    library("CLibevent", in: "HTTP", pkgConfig: "libevent_openssl"),
    library("CWslay", in: "HTTP"),
    library("CZlib", in: "HTTP", pkgConfig: "zlib"),
    .target(
      name: "HTTP", dependencies: ["Threads", "Encoding", "CLibevent", "CWslay", "CZlib"],
      exclude: ["CLibevent", "CWslay", "CZlib"], swiftSettings: strict),

    loaded("CLibvirt", in: "Hypervisor"),
    loaded("CArchive", in: "Hypervisor"),
    .target(
      name: "Hypervisor", dependencies: ["Threads", "CLibvirt", "CArchive"],
      exclude: ["CLibvirt", "CArchive"], swiftSettings: strict),

    library("CCurl", in: "Mailer"),
    .target(
      name: "Mailer", dependencies: ["Threads", "Encoding", "CCurl"], exclude: ["CCurl"],
      swiftSettings: strict),

    loaded("CIcal", in: "ICalendar"),
    .target(name: "ICalendar", dependencies: ["CIcal"], exclude: ["CIcal"], swiftSettings: strict),

    .target(name: "GIFT", swiftSettings: strict),

    loaded("CPango", in: "Typesetting", headers: pangoHeaders),
    .target(name: "Typesetting", dependencies: ["CPango"], exclude: ["CPango"], swiftSettings: strict),

    library("CSodium", in: "Appliance/Identity", pkgConfig: "libsodium"),
    library("CCrypto", in: "Appliance/Identity"),
    library("CCrypt", in: "Appliance/Identity"),
    library("CQRencode", in: "Appliance/Identity"),
    library("CCmark", in: "Appliance/Markdown"),
    .target(
      name: "CAssets", path: "Sources/Appliance/Web/CAssets",
      cSettings: [.unsafeFlags(["-Wno-c23-extensions"])]),
    .executableTarget(
      name: "Appliance",
      dependencies: [
        "Threads", "Encoding", "HTTP", "Store", "Hypervisor", "Mailer", "ICalendar", "GIFT", "Typesetting",
        "CSodium", "CCrypto", "CCrypt", "CQRencode", "CCmark", "CAssets",
      ],
      exclude: [
        "Identity/CSodium", "Identity/CCrypto", "Identity/CCrypt", "Identity/CQRencode",
        "Markdown/CCmark", "Web/CAssets", "Web/Assets",
      ], swiftSettings: strict,
      linkerSettings: compact + markdown),

    .target(name: "TestSupport", dependencies: ["Threads"], path: "Tests/TestSupport", swiftSettings: strict),
    .testTarget(name: "ThreadsTests", dependencies: ["Threads", "TestSupport"], swiftSettings: strict),
    .testTarget(name: "EncodingTests", dependencies: ["Encoding"], swiftSettings: strict),
    .testTarget(
      name: "StoreTests", dependencies: ["Threads", "Store", "TestSupport"], swiftSettings: strict),
    .testTarget(name: "HTTPTests", dependencies: ["HTTP", "TestSupport"], swiftSettings: strict),
    .testTarget(
      name: "HypervisorTests", dependencies: ["Threads", "Hypervisor", "TestSupport"], swiftSettings: strict),
    .testTarget(
      name: "MailerTests", dependencies: ["Mailer", "TestSupport"], exclude: ["Fixtures"],
      swiftSettings: strict),
    .testTarget(name: "ICalendarTests", dependencies: ["ICalendar", "TestSupport"], swiftSettings: strict),
    .testTarget(name: "GIFTTests", dependencies: ["GIFT"], swiftSettings: strict),
    .testTarget(name: "TypesettingTests", dependencies: ["Typesetting"], swiftSettings: strict),
    .testTarget(
      name: "FuzzTests",
      dependencies: [
        "Threads", "HTTP", "Store", "Hypervisor", "Mailer", "ICalendar", "GIFT", "Appliance", "TestSupport",
      ],
      swiftSettings: strict),
    .testTarget(
      name: "ApplianceTests", dependencies: ["Threads", "Encoding", "ICalendar", "Appliance", "TestSupport"],
      swiftSettings: strict),
  ]
)
