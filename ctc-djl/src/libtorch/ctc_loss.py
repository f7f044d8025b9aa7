"""Writes PyTorch's own CTC loss as the TorchScript module that LibtorchCtcLoss loads.

From this directory, with any PyTorch 2: python ctc_loss.py
"""

import torch

FILE = "resources/io/github/tornadoctc/djl/libtorch/ctc_loss.pt"


class CtcLoss(torch.nn.Module):
    def forward(
        self,
        logits: torch.Tensor,  # [T, B, V], float32 or float64
        targets: torch.Tensor,  # [B, Umax], int64
        input_lengths: torch.Tensor,  # [B], int64
        target_lengths: torch.Tensor,  # [B], int64
        options: torch.Tensor,  # blank; reduction: 0 none, 1 mean, 2 sum; zero_infinity: 0 or 1
    ) -> torch.Tensor:
        return torch.ctc_loss(
            torch.log_softmax(logits, 2),
            targets,
            input_lengths,
            target_lengths,
            int(options[0].item()),
            int(options[1].item()),
            bool(options[2].item()),
        )


torch.jit.save(torch.jit.script(CtcLoss()), FILE)
