// The functions on rows, for the level that includes this after "lanes.h".
#include "exp.h"
//
#include "erf.h"
#include "tanh.h"
//
#include "logits.h"
#include "maps.h"
#include "normalise.h"
#include "softmax.h"
#include "sum.h"
#include "transpose.h"
#include "weighted.h"

#define VECTORS                                                                                                        \
    {                                                                                                                  \
        .exp = exp_map, .tanh = tanh_map, .erf = erf_map, .relu = relu_map, .gelu = gelu_map,                          \
        .gelu_tanh = gelu_tanh_map, .add = add_map, .subtract = subtract_map, .multiply = multiply_map,                \
        .scale = scale_map, .sum = sum_of, .normalise = normalise_rows, .softmax = softmax_rows,                       \
        .exponentials = exponentials_of, .divergence = divergence_of, .greatest = greatest_of,                         \
        .transpose = transpose_vectors, .counted_sum = counted_sum                                                     \
    }
