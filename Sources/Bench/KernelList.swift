import ArgumentParser
import Scrubjay

/// What `./dev ptx` compiles.
struct KernelList: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "kernels", abstract: "Print every kernel that a GPU may be asked for, one line of JSON each.")

    mutating func run() throws {
        for form in KernelForm.onGPUs {
            let files = form.files.map(jsonQuoted).joined(separator: ", ")
            let defines = form.defines.sorted { $0.key < $1.key }.map { "\(jsonQuoted($0.key)): \($0.value)" }
            print(
                "{\"files\": [\(files)], \"entry\": \(jsonQuoted(form.entry)), "
                    + "\"defines\": {\(defines.joined(separator: ", "))}}")
        }
    }
}
