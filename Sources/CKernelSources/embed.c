// Every file of the top-level folder Kernels, embedded by the compiler (C23 #embed). A new file takes one block and
// one line here; a test compares this table with the folder.
#include "CKernelSources.h"
#pragma clang diagnostic ignored "-Wc23-extensions"

static const char absolute_error_absolute_error[] = {
#embed "../../Kernels/absolute_error/absolute_error.cl" suffix(, )
0};
static const char activation_activation[] = {
#embed "../../Kernels/activation/activation.cl" suffix(, )
0};
static const char attention_attention[] = {
#embed "../../Kernels/attention/attention.cl" suffix(, )
0};
static const char attention_attention_mma[] = {
#embed "../../Kernels/attention/attention_mma.cl" suffix(, )
0};
static const char attention_pattern_attention_pattern[] = {
#embed "../../Kernels/attention_pattern/attention_pattern.cl" suffix(, )
0};
static const char binary_cross_entropy_binary_cross_entropy[] = {
#embed "../../Kernels/binary_cross_entropy/binary_cross_entropy.cl" suffix(, )
0};
static const char common_activated[] = {
#embed "../../Kernels/common/activated.cl" suffix(, )
0};
static const char common_common[] = {
#embed "../../Kernels/common/common.cl" suffix(, )
0};
static const char common_moved[] = {
#embed "../../Kernels/common/moved.cl" suffix(, )
0};
static const char common_precision[] = {
#embed "../../Kernels/common/precision.cl" suffix(, )
0};
static const char common_tensor[] = {
#embed "../../Kernels/common/tensor.cl" suffix(, )
0};
static const char cross_entropy_cross_entropy[] = {
#embed "../../Kernels/cross_entropy/cross_entropy.cl" suffix(, )
0};
static const char difference_difference[] = {
#embed "../../Kernels/difference/difference.cl" suffix(, )
0};
static const char draws_draws[] = {
#embed "../../Kernels/draws/draws.cl" suffix(, )
0};
static const char embed_embed[] = {
#embed "../../Kernels/embed/embed.cl" suffix(, )
0};
static const char expected_binary_cross_entropy_expected_binary_cross_entropy[] = {
#embed "../../Kernels/expected_binary_cross_entropy/expected_binary_cross_entropy.cl" suffix(, )
0};
static const char expected_cross_entropy_expected_cross_entropy[] = {
#embed "../../Kernels/expected_cross_entropy/expected_cross_entropy.cl" suffix(, )
0};
static const char expected_label_score_expected_label_score[] = {
#embed "../../Kernels/expected_label_score/expected_label_score.cl" suffix(, )
0};
static const char expected_squared_error_expected_squared_error[] = {
#embed "../../Kernels/expected_squared_error/expected_squared_error.cl" suffix(, )
0};
static const char gather_gather[] = {
#embed "../../Kernels/gather/gather.cl" suffix(, )
0};
static const char halve_halve[] = {
#embed "../../Kernels/halve/halve.cl" suffix(, )
0};
static const char kl_divergence_kl_divergence[] = {
#embed "../../Kernels/kl_divergence/kl_divergence.cl" suffix(, )
0};
static const char label_logit_label_logit[] = {
#embed "../../Kernels/label_logit/label_logit.cl" suffix(, )
0};
static const char label_score_label_score[] = {
#embed "../../Kernels/label_score/label_score.cl" suffix(, )
0};
static const char layer_norm_layer_norm[] = {
#embed "../../Kernels/layer_norm/layer_norm.cl" suffix(, )
0};
static const char linear_bias[] = {
#embed "../../Kernels/linear/bias.cl" suffix(, )
0};
static const char linear_linear[] = {
#embed "../../Kernels/linear/linear.cl" suffix(, )
0};
static const char linear_linear_mma[] = {
#embed "../../Kernels/linear/linear_mma.cl" suffix(, )
0};
static const char lookup_lookup[] = {
#embed "../../Kernels/lookup/lookup.cl" suffix(, )
0};
static const char merge_positions_merge_positions[] = {
#embed "../../Kernels/merge_positions/merge_positions.cl" suffix(, )
0};
static const char merge_sources_merge_sources[] = {
#embed "../../Kernels/merge_sources/merge_sources.cl" suffix(, )
0};
static const char mix_values_mix_values[] = {
#embed "../../Kernels/mix_values/mix_values.cl" suffix(, )
0};
static const char outer_outer[] = {
#embed "../../Kernels/outer/outer.cl" suffix(, )
0};
static const char padding_mask_padding_mask[] = {
#embed "../../Kernels/padding_mask/padding_mask.cl" suffix(, )
0};
static const char product_product[] = {
#embed "../../Kernels/product/product.cl" suffix(, )
0};
static const char resample_gather_resample_gather[] = {
#embed "../../Kernels/resample_gather/resample_gather.cl" suffix(, )
0};
static const char select_positions_select_positions[] = {
#embed "../../Kernels/select_positions/select_positions.cl" suffix(, )
0};
static const char squared_error_squared_error[] = {
#embed "../../Kernels/squared_error/squared_error.cl" suffix(, )
0};
static const char sum_sum[] = {
#embed "../../Kernels/sum/sum.cl" suffix(, )
0};

#define SOURCE(path, symbol) {path, symbol, sizeof symbol - 1}
static const kernel_source table[] = {
    SOURCE("absolute_error/absolute_error.cl", absolute_error_absolute_error),
    SOURCE("activation/activation.cl", activation_activation),
    SOURCE("attention/attention.cl", attention_attention),
    SOURCE("attention/attention_mma.cl", attention_attention_mma),
    SOURCE("attention_pattern/attention_pattern.cl", attention_pattern_attention_pattern),
    SOURCE("binary_cross_entropy/binary_cross_entropy.cl", binary_cross_entropy_binary_cross_entropy),
    SOURCE("common/activated.cl", common_activated),
    SOURCE("common/common.cl", common_common),
    SOURCE("common/moved.cl", common_moved),
    SOURCE("common/precision.cl", common_precision),
    SOURCE("common/tensor.cl", common_tensor),
    SOURCE("cross_entropy/cross_entropy.cl", cross_entropy_cross_entropy),
    SOURCE("difference/difference.cl", difference_difference),
    SOURCE("draws/draws.cl", draws_draws),
    SOURCE("embed/embed.cl", embed_embed),
    SOURCE(
        "expected_binary_cross_entropy/expected_binary_cross_entropy.cl",
        expected_binary_cross_entropy_expected_binary_cross_entropy),
    SOURCE("expected_cross_entropy/expected_cross_entropy.cl", expected_cross_entropy_expected_cross_entropy),
    SOURCE("expected_label_score/expected_label_score.cl", expected_label_score_expected_label_score),
    SOURCE("expected_squared_error/expected_squared_error.cl", expected_squared_error_expected_squared_error),
    SOURCE("gather/gather.cl", gather_gather),
    SOURCE("halve/halve.cl", halve_halve),
    SOURCE("kl_divergence/kl_divergence.cl", kl_divergence_kl_divergence),
    SOURCE("label_logit/label_logit.cl", label_logit_label_logit),
    SOURCE("label_score/label_score.cl", label_score_label_score),
    SOURCE("layer_norm/layer_norm.cl", layer_norm_layer_norm),
    SOURCE("linear/bias.cl", linear_bias),
    SOURCE("linear/linear.cl", linear_linear),
    SOURCE("linear/linear_mma.cl", linear_linear_mma),
    SOURCE("lookup/lookup.cl", lookup_lookup),
    SOURCE("merge_positions/merge_positions.cl", merge_positions_merge_positions),
    SOURCE("merge_sources/merge_sources.cl", merge_sources_merge_sources),
    SOURCE("mix_values/mix_values.cl", mix_values_mix_values),
    SOURCE("outer/outer.cl", outer_outer),
    SOURCE("padding_mask/padding_mask.cl", padding_mask_padding_mask),
    SOURCE("product/product.cl", product_product),
    SOURCE("resample_gather/resample_gather.cl", resample_gather_resample_gather),
    SOURCE("select_positions/select_positions.cl", select_positions_select_positions),
    SOURCE("squared_error/squared_error.cl", squared_error_squared_error),
    SOURCE("sum/sum.cl", sum_sum),
};

const kernel_source *kernel_sources(size_t *count)
{
    *count = sizeof table / sizeof table[0];
    return table;
}
