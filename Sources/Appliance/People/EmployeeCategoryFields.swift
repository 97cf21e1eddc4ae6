import HTTP
import Store

/// What a body says of a category, checked.
struct EmployeeCategoryFields: Sendable {
  let name: String?
  let description: String?
  let color: String?
  let permissions: [Permission]?
  let isActive: Bool?

  static let schema = Schema.object([
    ("name", .string, required: true), ("description", .string, required: false),
    ("color", .string, required: false), ("permissions", .array(Permission.schema), required: false),
    ("isActive", .boolean, required: false),
  ])

  /// Throws 400 with what is wrong. A new category needs a name.
  init(_ body: JSONValue, isNew: Bool) throws(Failure) {
    var errors: [FieldError] = []
    name = body["name"].map { ($0.string ?? "").trimmed() } ?? (isNew ? "" : nil)
    if let name, name.isInvisible || Folding.fold(name).isEmpty || !name.fits(100) || Self.hasControls(name) {
      errors.append(
        FieldError(
          "name", "INVALID_NAME",
          Sentence(
            fr: "Saisissez de 1 à 100 caractères sur une seule ligne.",
            en: "Enter 1 to 100 characters on one line.")))
    }
    description = body["description"].map { ($0.string ?? "").trimmed() }
    if let description, !description.fits(1000) {
      errors.append(
        FieldError(
          "description", "TOO_LONG",
          Sentence(fr: "1 000 caractères maximum.", en: "1,000 characters maximum."))
      )
    }
    color = body["color"].map { $0.string ?? "" }
    if let color, !Self.isColor(color) {
      errors.append(
        FieldError(
          "color", "INVALID_COLOR",
          Sentence(fr: "Saisissez une couleur au format #10B981.", en: "Enter a color such as #10B981.")
        ))
    }
    isActive = body["isActive"]?.bool
    if !errors.isEmpty { throw .invalid(errors) }
    permissions =
      body["permissions"] == nil
      ? nil : try Permission.readList(body["permissions"], field: "permissions")
  }

  private static func hasControls(_ text: String) -> Bool {
    text.unicodeScalars.contains { $0.value < 32 }
  }

  private static func isHexDigit(_ byte: UInt8) -> Bool {
    (0x30...0x39).contains(byte) || (0x61...0x66).contains(byte | 0x20)
  }

  private static func isColor(_ text: String) -> Bool {
    text.utf8.count == 7 && text.utf8.first == UInt8(ascii: "#")
      && text.utf8.dropFirst().allSatisfy { isHexDigit($0) }
  }
}
