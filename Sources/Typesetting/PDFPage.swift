import CPango

/// One page of text, rectangles and pictures, which becomes a PDF file. Lengths are in points (1/72 inch), from the upper
/// left corner.
///
/// Not for threads that must not block: the first page loads the libraries and reads the list of fonts.
public final class PDFPage {
  public enum Failure: Error, Sendable, Equatable {
    /// The host has no fonts.
    case noFonts
    /// Cairo's number for what went wrong.
    case cairo(UInt32)
  }

  /// What a reader of the file shows of it.
  public struct Description: Sendable {
    public var title = ""
    public var author = ""
    public var subject = ""
    public var creator = ""
    /// When it was created, in RFC 3339.
    public var date = ""
    /// Of its text: `fr`.
    public var language = ""

    public init() {}
  }

  /// The width and height of A4 on its side.
  public static let a4 = (width: 841.89, height: 595.28)

  let cairo: OpaquePointer
  let language: String

  private init(_ cairo: OpaquePointer, language: String) {
    self.cairo = cairo
    self.language = language
  }

  /// The bytes of a PDF file with the page that `draw` fills.
  public static func file(
    width: Double, height: Double, _ about: Description, draw: (PDFPage) -> Void
  ) throws(Failure) -> [UInt8] {
    guard hasFonts else { throw .noFonts }
    let output = ByteOutput()
    let surface = cairo_pdf_surface_create_for_stream(
      ByteOutput.write, Unmanaged.passUnretained(output).toOpaque(), width, height)
    guard let surface else { throw .cairo(CAIRO_STATUS_NO_MEMORY.rawValue) }
    defer { cairo_surface_destroy(surface) }
    write(about, to: surface)
    guard let cairo = cairo_create(surface) else { throw .cairo(CAIRO_STATUS_NO_MEMORY.rawValue) }
    draw(PDFPage(cairo, language: about.language))
    let drawn = cairo_status(cairo)
    cairo_destroy(cairo)
    // The surface keeps a pointer to the output until it is finished.
    withExtendedLifetime(output) { cairo_surface_finish(surface) }
    for status in [drawn, cairo_surface_status(surface)] where status != CAIRO_STATUS_SUCCESS {
      throw .cairo(status.rawValue)
    }
    return output.bytes
  }

  private static func write(_ about: Description, to surface: OpaquePointer) {
    let entries: [(cairo_pdf_metadata_t, String)] = [
      (CAIRO_PDF_METADATA_TITLE, about.title), (CAIRO_PDF_METADATA_AUTHOR, about.author),
      (CAIRO_PDF_METADATA_SUBJECT, about.subject), (CAIRO_PDF_METADATA_CREATOR, about.creator),
      (CAIRO_PDF_METADATA_CREATE_DATE, about.date),
    ]
    for (name, text) in entries where !text.isEmpty { cairo_pdf_surface_set_metadata(surface, name, text) }
  }

  /// Without fonts, Pango draws nothing or ends the program.
  private static var hasFonts: Bool {
    var families: UnsafeMutablePointer<OpaquePointer?>?
    var count: Int32 = 0
    pango_font_map_list_families(pango_cairo_font_map_get_default(), &families, &count)
    g_free(families)
    return count > 0
  }
}

/// Collects what cairo writes.
private final class ByteOutput {
  var bytes: [UInt8] = []

  static let write: cairo_write_func_t = { context, data, length in
    guard let context, let data else { return CAIRO_STATUS_WRITE_ERROR }
    let output = Unmanaged<ByteOutput>.fromOpaque(context).takeUnretainedValue()
    output.bytes.append(contentsOf: UnsafeBufferPointer(start: data, count: Int(length)))
    return CAIRO_STATUS_SUCCESS
  }
}
