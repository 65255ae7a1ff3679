import Scrubjay
import Testing

@Suite struct BadInputModel {
    private static let weights = "model/weights.safetensors"

    @Test(arguments: BadInputModel.fileCases) func files(_ input: BadInput) throws { try input.check() }
    @Test(arguments: BadInputModel.tensorCases) func tensors(_ input: BadInput) throws { try input.check() }
    @Test(arguments: BadInputModel.keyCases) func configuration(_ input: BadInput) throws { try input.check() }

    private static let fileCases: [BadInput] = [
        BadInput("no model folder", says: "error: h.yaml:1:8: the model 'model': no such folder") {
            try $0.folder.remove("model")
        },
        .hypothesis("model: model", "model: modle", says: "error: h.yaml:1:8: the model 'modle': no such folder"),
        .hypothesis(
            "model: model", "model: data.jsonl",
            says: "error: h.yaml:1:8: the model 'data.jsonl': is a file, expected a folder"),
        BadInput("no config.json", says: "error: model: not a model folder: no config.json in it") {
            try $0.folder.remove("model/config.json")
        },
        BadInput("config.json is a folder", says: "error: model/config.json: is a folder, expected a file") {
            try $0.folder.remove("model/config.json")
            try $0.folder.makeFolder("model/config.json")
        },
        BadInput("no safetensors", says: "error: model: no *.safetensors file in the model folder") {
            try $0.folder.remove(weights)
        },
        BadInput(
            "truncated data",
            says: "error: \(weights): tensor 'unembed.W_U': its data end at byte 736, but the file holds 696 bytes of "
                + "data: truncated?"
        ) { try $0.folder.write(weights, $0.folder.bytes(weights).dropLast(40)) },
        BadInput(
            "truncated header",
            says: "error: \(weights): the header's length is given as 1080 bytes, but only 192 follow it: truncated, "
                + "or not safetensors"
        ) { try $0.folder.write(weights, $0.folder.bytes(weights).prefix(200)) },
        BadInput(
            "empty safetensors",
            says: "error: \(weights): 0 bytes are too few for a safetensors file, which begins with 8 bytes of header "
                + "length"
        ) { try $0.folder.write(weights, "") },
        BadInput(
            "overlapping tensors",
            says: "error: \(weights): tensors 'embed.W_E' and 'pos_embed.W_pos' overlap in bytes 64 to 80 of the data"
        ) { try $0.replace("[80,144]", by: "[64,128]", in: weights) },
        BadInput(
            "bytes after the last tensor", says: "error: \(weights): bytes 736 to 740 of the data belong to no tensor"
        ) {
            try $0.folder.write(weights, $0.folder.bytes(weights) + [0, 0, 0, 0])
        },
    ]

    private static let tensorCases: [BadInput] = [
        BadInput(
            "integers for a weight",
            says: "error: \(weights): tensor \"embed.W_E\" is int32, expected a floating-point type"
        ) { try $0.replace("\"F32\"", by: "\"I32\"", in: weights) },
        BadInput(
            "unknown type",
            says: "error: \(weights): tensor 'embed.W_E': unknown dtype 'F4_'; known are BOOL, U8, I8, I16, U16, I32, "
                + "U32, I64, U64, F16, BF16, F32, F64"
        ) { try $0.replace("\"F32\"", by: "\"F4_\"", in: weights) },
        BadInput("NaN", says: "error: \(weights): tensor \"embed.W_E\" holds nan at element 7") {
            try $0.writeWeights("embed.W_E") { $0.values[7] = .nan }
        },
        BadInput(
            "infinity in one head", says: "error: \(weights): tensor \"blocks.0.attn.W_Q\" holds -inf at element 9"
        ) { try $0.writeWeights("blocks.0.attn.W_Q") { $0.values[9] = -.infinity } },
        BadInput(
            "missing tensor",
            says: "error: model: no tensor \"blocks.0.mlp.W_in\"; perhaps blocks.0.mlp.W_out, blocks.0.attn.W_K, "
                + "blocks.0.attn.W_O"
        ) { try $0.writeWeights(SmallExperiment.tensors.filter { $0.name != "blocks.0.mlp.W_in" }) },
        BadInput(
            "wrong shape", says: "error: \(weights): tensor \"unembed.W_U\" has shape [3, 4], expected [4, 3]"
        ) { try $0.writeWeights("unembed.W_U") { $0.sizes = [3, 4] } },
        BadInput(
            "a tensor in two files",
            says: "error: \(weights): tensor \"ln_final.w\" is also in model/more.safetensors"
        ) {
            try Safetensors.write([("ln_final.w", [4], [1, 1, 1, 1])], to: $0.folder.path("model/more.safetensors"))
        },
    ]

    private static let keyCases: [BadInput] = [
        .configuration(
            #""n_ctx": 4"#, #""n_ctx": 4, "use_attn_scale": false"#,
            says: "error: model/config.json: unknown configuration key \"use_attn_scale\""),
        .configuration(
            #""n_heads": 2"#, #""n_head": 2"#,
            says: "error: model/config.json: unknown configuration key \"n_head\"; perhaps d_head, n_heads"),
        .configuration(
            #""d_head": 2, "#, "", says: "error: model/config.json: the configuration has no \"d_head\""),
        .configuration(
            "relu", "silu", says: "error: model/config.json: \"act_fn\" is \"silu\", expected relu, gelu, gelu_new"),
        .configuration(
            #""LN""#, #""RMS""#,
            says: "error: model/config.json: \"normalization_type\" is \"RMS\", expected LN, LNPre, null"),
        .configuration(
            #""n_heads": 2"#, #""n_heads": "2""#,
            says: "error: model/config.json: \"n_heads\" is \"2\", expected an integer from 1 to 16777216"),
        .configuration(
            #""d_head": 2"#, #""d_head": 2, "pad_token": 9"#,
            says: "error: model/config.json: \"pad_token\" is 9, expected below d_vocab, 5"),
        .configuration(
            #""n_heads": 2,"#, #""n_heads": 2"#,
            says: "error: model/config.json:2:31: expected ',' or '}', found '\"'"),
        .configuration(
            #""n_ctx": 4"#, #""n_ctx": 3"#,
            says: "error: h.yaml:2:34: \"tokens\" has 4 positions; the model's n_ctx is 3"),
    ]
}
