import ArgumentParser
import Scrubjay

/// What a shell proposes for arguments.
extension CompletionKind {
    static var hypotheses: CompletionKind { .file(extensions: ["yaml", "yml"]) }
    static var datasets: CompletionKind { .file(extensions: ["npz", "jsonl", "csv", "tsv", "safetensors"]) }
    static var backends: CompletionKind { .list(["auto", "cpu", "opencl", "opencl:all"]) }
    static var policies: CompletionKind { .list(OthersPolicy.words) }
}
