// swift-tools-version: 6.2
import PackageDescription

let strict: [SwiftSetting] = [
    .swiftLanguageMode(.v6),
    .enableUpcomingFeature("ExistentialAny"),
    .enableUpcomingFeature("InternalImportsByDefault"),
    .enableUpcomingFeature("MemberImportVisibility"),
    .treatAllWarnings(as: .error),
]

/// A module of ours: imports only what is named here, which is always on a lower floor (docs/architecture.md).
func room(_ name: String, _ dependencies: [Target.Dependency], exclude: [String] = []) -> Target {
    .target(name: name, dependencies: dependencies, exclude: exclude, swiftSettings: strict)
}

func suite(_ name: String, _ dependencies: [Target.Dependency], exclude: [String] = []) -> Target {
    .testTarget(name: name, dependencies: dependencies, exclude: exclude, swiftSettings: strict)
}

let package = Package(
    name: "scrubjay",
    products: [
        .library(name: "Scrubjay", targets: ["Scrubjay"]),
        .executable(name: "scrubjay", targets: ["scrubjay"]),
        .executable(name: "scrubjay-bench", targets: ["scrubjay-bench"]),
    ],
    dependencies: [
        .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2"),
        .package(url: "https://github.com/jpsim/Yams", from: "6.2.2"),
        .package(url: "https://github.com/groue/GRDB.swift", from: "7.10.0"),
        .package(url: "https://github.com/hummingbird-project/swift-mustache", from: "2.1.1"),
    ],
    targets: [
        // Floor 0: what every floor may use, and what Swift cannot say.
        .systemLibrary(
            name: "COpenCL", pkgConfig: "OpenCL", providers: [.apt(["ocl-icd-opencl-dev", "opencl-headers"])]),
        .systemLibrary(name: "CCLBlast", pkgConfig: "clblast", providers: [.apt(["libclblast-dev"])]),
        .systemLibrary(name: "CZlib", pkgConfig: "zlib", providers: [.apt(["zlib1g-dev"])]),
        .target(name: "CKernelSources"),
        .target(name: "CMicroKernels"),
        .target(name: "CPageSources", exclude: ["templates"]),
        room("ScrubCore", ["CZlib", "CMicroKernels"]),

        // Floor 1
        room("ScrubOps", ["ScrubCore"]),
        room("ScrubData", ["ScrubCore", .product(name: "GRDB", package: "GRDB.swift")]),
        room("ScrubStatistics", ["ScrubCore", "CMicroKernels"]),

        // Floor 2
        room("ScrubGraph", ["ScrubCore", "ScrubOps"]),
        room("ScrubPlan", ["ScrubCore", "ScrubOps"]),

        // Floor 3
        room(
            "ScrubHypothesis",
            ["ScrubCore", "ScrubOps", "ScrubGraph", "ScrubData", "ScrubPlan", .product(name: "Yams", package: "Yams")]),
        room("ScrubModels", ["ScrubCore", "ScrubOps", "ScrubGraph"]),
        room("ScrubConformance", ["ScrubCore", "ScrubOps", "ScrubPlan"], exclude: ["expected.py"]),

        // Floor 4
        room("ScrubPlanner", ["ScrubCore", "ScrubOps", "ScrubGraph", "ScrubHypothesis", "ScrubPlan"]),
        room("ScrubCPU", ["ScrubCore", "ScrubOps", "ScrubPlan", "CMicroKernels"]),
        room("ScrubOpenCL", ["ScrubCore", "ScrubOps", "ScrubPlan", "COpenCL", "CCLBlast", "CKernelSources"]),

        // Floor 5
        room(
            "ScrubExperiment",
            [
                "ScrubCore", "ScrubOps", "ScrubData", "ScrubStatistics", "ScrubGraph", "ScrubPlan", "ScrubHypothesis",
                "ScrubModels", "ScrubConformance", "ScrubPlanner", "ScrubCPU", "ScrubOpenCL",
            ]),

        // Floor 6
        room(
            "ScrubStore",
            [
                "ScrubCore", "ScrubStatistics", "ScrubPlan", "ScrubExperiment",
                .product(name: "GRDB", package: "GRDB.swift"),
            ]),

        // Floor 7
        room(
            "ScrubSweep",
            [
                "ScrubCore", "ScrubHypothesis", "ScrubPlan", "ScrubPlanner", "ScrubOpenCL", "ScrubExperiment",
                "ScrubStore", .product(name: "Yams", package: "Yams"),
            ]),
        room(
            "ScrubPages",
            [
                "ScrubCore", "ScrubStatistics", "ScrubPlan", "ScrubExperiment", "ScrubStore", "CPageSources",
                .product(name: "Mustache", package: "swift-mustache"),
            ]),

        // Floor 8
        room(
            "Scrubjay",
            [
                "ScrubCore", "ScrubOps", "ScrubData", "ScrubStatistics", "ScrubGraph", "ScrubPlan", "ScrubHypothesis",
                "ScrubModels", "ScrubConformance", "ScrubPlanner", "ScrubCPU", "ScrubOpenCL", "ScrubExperiment",
                "ScrubStore", "ScrubSweep", "ScrubPages",
            ]),

        // Floor 9
        .executableTarget(
            name: "scrubjay",
            dependencies: ["Scrubjay", .product(name: "ArgumentParser", package: "swift-argument-parser")],
            path: "Sources/Command",
            swiftSettings: strict),
        .executableTarget(
            name: "scrubjay-bench",
            dependencies: ["Scrubjay", .product(name: "ArgumentParser", package: "swift-argument-parser")],
            path: "Sources/Bench",
            swiftSettings: strict),

        suite(
            "ScrubStatisticsTests", ["ScrubCore", "ScrubStatistics", "CMicroKernels"],
            exclude: ["Fixtures", "coverage.py"]),
        suite(
            "ScrubHypothesisTests",
            ["ScrubCore", "ScrubOps", "ScrubData", "ScrubGraph", "ScrubPlan", "ScrubHypothesis"],
            exclude: ["Structure"]),
        suite(
            "ScrubPlannerTests",
            [
                "ScrubCore", "ScrubOps", "ScrubData", "ScrubGraph", "ScrubPlan", "ScrubHypothesis", "ScrubModels",
                "ScrubPlanner", "ScrubExperiment", "ScrubCPU", "ScrubOpenCL",
            ], exclude: ["Stages.txt", "Passes"]),
        suite(
            "RewriteTests",
            [
                "ScrubCore", "ScrubOps", "ScrubGraph", "ScrubHypothesis", "ScrubModels", "ScrubPlan", "ScrubExperiment",
                "ScrubOpenCL",
            ]),
        suite(
            "JudgeTests",
            [
                "ScrubCore", "ScrubOps", "ScrubData", "ScrubGraph", "ScrubPlan", "ScrubHypothesis", "ScrubModels",
                "ScrubStatistics", "ScrubPlanner", "ScrubExperiment", "ScrubCPU", "ScrubOpenCL",
            ]),
        suite(
            "ScrubConformanceTests",
            ["ScrubCore", "ScrubOps", "ScrubPlan", "ScrubConformance", "ScrubCPU", "ScrubOpenCL"]),
        suite(
            "ScrubExperimentTests",
            [
                "ScrubCore", "ScrubOps", "ScrubData", "ScrubStatistics", "ScrubGraph", "ScrubPlan", "ScrubHypothesis",
                "ScrubPlanner", "ScrubExperiment", "ScrubOpenCL",
            ], exclude: ["best_constants.py", "Fixtures", "Graphs"]),
        suite(
            "ScrubStoreTests", ["ScrubCore", "ScrubStatistics", "ScrubPlan", "ScrubExperiment", "ScrubStore"],
            exclude: ["Fixtures"]),
        suite(
            "ScrubSweepTests",
            [
                "ScrubCore", "ScrubHypothesis", "ScrubPlan", "ScrubPlanner", "ScrubCPU", "ScrubOpenCL",
                "ScrubExperiment",
                "ScrubStore", "ScrubSweep",
            ], exclude: ["cluster.sh"]),
        suite(
            "ScrubPagesTests",
            [
                "ScrubCore", "ScrubStatistics", "ScrubHypothesis", "ScrubPlan", "ScrubExperiment", "ScrubStore",
                "ScrubPages",
            ]),
        suite("CommandTests", ["scrubjay", "scrubjay-bench", "Scrubjay"]),
        suite("ScrubCPUTests", ["ScrubCore", "ScrubOps", "ScrubPlan", "ScrubConformance", "ScrubCPU"]),
        suite("ScrubCoreTests", ["ScrubCore"], exclude: ["Fixtures"]),
        suite("ScrubDataTests", ["ScrubCore", "ScrubData"]),
        suite(
            "ScrubOpenCLTests", ["ScrubCore", "ScrubOps", "ScrubPlan", "ScrubData", "ScrubHypothesis", "ScrubOpenCL"]),
        suite("GalleryTests", ["ScrubCore", "ScrubStatistics", "ScrubExperiment", "ScrubOpenCL"]),
        suite(
            "GoldenTests",
            [
                "ScrubCore", "ScrubOps", "ScrubData", "ScrubStatistics", "ScrubGraph", "ScrubPlan", "ScrubHypothesis",
                "ScrubModels", "ScrubPlanner", "ScrubCPU", "ScrubOpenCL", "ScrubExperiment",
            ]),
    ],
    cLanguageStandard: .c17
)
