import HTTP

/// A named machine size.
struct Plan: Sendable {
  let id: String
  let name: Sentence
  let vcpu: Int
  /// In MB.
  let memory: Int
  /// In GB.
  let diskSize: Int

  static let all = [
    Plan(id: "tiny", name: Sentence(fr: "Mini", en: "Tiny"), vcpu: 1, memory: 512, diskSize: 10),
    Plan(id: "small", name: Sentence(fr: "Petite", en: "Small"), vcpu: 1, memory: 1024, diskSize: 20),
    Plan(id: "medium", name: Sentence(fr: "Moyenne", en: "Medium"), vcpu: 2, memory: 1536, diskSize: 40),
    Plan(id: "large", name: Sentence(fr: "Grande", en: "Large"), vcpu: 2, memory: 2048, diskSize: 80),
  ]

  static let schema = Schema.members([
    "id": .string, "name": .string, "vcpu": .integer, "memory": .described("MB", .integer),
    "disk_size": .described("GB", .integer), "fits": .boolean,
  ])

  /// `fits` says whether the host has capacity for another machine of this size.
  func write(to json: inout JSONWriter, in language: Language, fits: Bool) {
    json.object { json in
      json.field("id", id)
      json.field("name", name(language))
      json.field("vcpu", vcpu)
      json.field("memory", memory)
      json.field("disk_size", diskSize)
      json.field("fits", fits)
    }
  }
}
