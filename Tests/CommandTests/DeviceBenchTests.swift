import Foundation
import Scrubjay
import Testing

/// What `scrubjay-bench device` would measure; on which devices it runs, nobody knows here.
struct DeviceBenchTests {
    private struct Listed: Decodable {
        let name: String
        let op: String
        let bytes: Double
    }

    private func listed(_ flags: [String]) throws -> [Listed] {
        let result = try Program.run(["device", "--list"] + flags, program: "scrubjay-bench")
        #expect(result.status == 0, "\(result.errors)")
        return try result.output.split(separator: "\n").map {
            try JSONDecoder().decode(Listed.self, from: Data($0.utf8))
        }
    }

    @Test("every op has a large case, whose inputs it accepts", arguments: [[], ["--quick"]])
    func everyOp(flags: [String]) throws {
        let cases = try listed(flags)
        for op in Op.everyKind {
            #expect(cases.contains { $0.name == op.name && $0.op == op.name }, "KernelCase+Ops.swift: \(op.name)")
        }
        #expect(Set(cases.map(\.name)).count == cases.count)
    }

    @Test("what an op's launch moves is no second cache's")
    func cold() throws {
        let ops = Set(Op.everyKind.map(\.name))
        for listed in try listed([]) where ops.contains(listed.name) {
            #expect(listed.bytes > 0x1p28, "\(listed.name)")
        }
    }

    @Test("a device that is not one OpenCL device is refused", arguments: ["cpu", "opencl:0,1", "gpu"])
    func device(name: String) throws {
        let result = try Program.run(["device", "--quick", "--device", name], program: "scrubjay-bench")
        #expect(result.status != 0)
        #expect(result.errors.contains(name))
    }
}
