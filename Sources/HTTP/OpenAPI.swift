/// The OpenAPI 3.1 document of a list of routes.
public enum OpenAPI {
  public static func document(routes: [Route], title: String, version: String) -> [UInt8] { [] }
}
