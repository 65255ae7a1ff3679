internal import CPageSources
internal import Mustache

/// The style, the script and the templates that are embedded in this library.
package enum PageSources {
    /// By name, such as `page.css`.
    package static let all: [String: String] = {
        var count = 0
        guard let table = page_sources(&count) else { return [:] }
        let files = (0..<count).map { (String(cString: table[$0].name), String(cString: table[$0].text)) }
        return Dictionary(files) { first, _ in first }
    }()

    /// The templates, by name without ending.
    ///
    /// - Throws: what Mustache says of a template that is none.
    static func templates() throws -> MustacheLibrary {
        MustacheContentTypes.register(PageContent(), named: PageContent.name)
        var library = MustacheLibrary()
        for (file, text) in all where file.hasSuffix(".mustache") {
            // Partials forget the type of what includes them.
            try library.register("{{% CONTENT_TYPE:\(PageContent.name)}}" + text, named: "\(file.dropLast(9))")
        }
        return library
    }
}

/// How templates escape what they are given.
private struct PageContent: MustacheContentType {
    static let name = "SCRUBJAY_PAGE"

    func escapeText(_ text: String) -> String { text.escaped }
}
