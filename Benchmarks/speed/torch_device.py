"""Where a rival computes: the CPU, or a GPU by CUDA. Nothing of CUDA is touched unless it is asked for."""

import resource

import torch


def add_option(parser):
    parser.add_argument("--torch-device", default="cpu", help="cpu, cuda or cuda:NUMBER, as PyTorch calls devices")


def prepare(name, threads):
    """The device, ready before a clock starts."""
    torch.set_num_threads(threads)
    device = torch.device(name)
    if device.type == "cpu":
        # As Scrubjay does. Threads that are started later inherit it.
        torch.set_flush_denormal(True)
    else:
        # Scrubjay's figures are float32's, so that tf32 stays off.
        torch.set_float32_matmul_precision("highest")
        torch.zeros(1, device=device)
    return device


def synchronise(device):
    """Waits until all that was begun is done."""
    if device.type == "cuda":
        torch.cuda.synchronize(device)


def peak_bytes(device):
    """The most that was held at once: by the process, or of a GPU's memory by tensors."""
    if device.type == "cuda":
        return torch.cuda.max_memory_allocated(device)
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024
