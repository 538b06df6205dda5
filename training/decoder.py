"""The decoder: an LSTM with soft attention over the feature grid.

*Show, Attend and Tell*, Xu et al. 2015, arXiv 1502.03044: additive (soft) attention, gated context, deep output.
The output layer shares its weights with the embedding (Press & Wolf 2017, arXiv 1608.05859). One decoder serves
every task and language: the first token says which.

Shapes: P photos, N sequences, L regions, C channels, D region width, A attention width, H hidden width, E embedding
width, V vocabulary.
"""

from __future__ import annotations

from dataclasses import asdict, dataclass

import torch
from torch import Tensor, nn
from torch.nn import functional as F


@dataclass(frozen=True)
class DecoderConfig:
    vocabulary: int
    channels: int = 1280
    region: int = 384
    attention: int = 256
    hidden: int = 512
    embedding: int = 256
    dropout: float = 0.4
    region_dropout: float = 0.1

    def as_dict(self) -> dict[str, float]:
        return asdict(self)


# Sequences are sorted by length, longest first; the batch shrinks only every few steps, since each new
# slice of the memory costs its whole gradient once more.
SHRINK_EVERY = 4


class Decoder(nn.Module):
    """Feature grid and token so far → logits of the next token."""

    def __init__(self, config: DecoderConfig) -> None:
        super().__init__()
        self.config = config
        c = config
        self.project = nn.Sequential(nn.Linear(c.channels, c.region), nn.LayerNorm(c.region))
        self.keys = nn.Linear(c.region, c.attention)
        self.query = nn.Linear(c.hidden, c.attention, bias=False)
        self.energy = nn.Linear(c.attention, 1, bias=False)
        self.gate = nn.Linear(c.hidden, c.region)
        self.initial = nn.Linear(c.region, 2 * c.hidden)
        self.embedding = nn.Embedding(c.vocabulary, c.embedding)
        self.input_gates = nn.Linear(c.embedding, 4 * c.hidden)
        self.context_gates = nn.Linear(c.region, 4 * c.hidden, bias=False)
        self.hidden_gates = nn.Linear(c.hidden, 4 * c.hidden, bias=False)
        self.output = nn.Linear(c.hidden + c.region, c.embedding)
        self.output_bias = nn.Parameter(torch.zeros(c.vocabulary))
        self.dropout = nn.Dropout(c.dropout)
        self.region_dropout = nn.Dropout(c.region_dropout)
        nn.init.normal_(self.embedding.weight, std=c.embedding**-0.5)
        with torch.no_grad():
            self.input_gates.bias[c.hidden : 2 * c.hidden] = 1.0  # forget gates start open

    def start(self, grid: Tensor) -> tuple[Tensor, Tensor, Tensor, Tensor]:
        """[P, L, C] → regions [P, L, D], keys [P, L, A], hidden [P, H], cell [P, H]."""
        regions = self.region_dropout(self.project(grid))
        hidden, cell = torch.tanh(self.initial(regions.mean(1))).chunk(2, dim=1)
        return regions, self.keys(regions), hidden, cell

    def attend(self, regions: Tensor, keys: Tensor, hidden: Tensor) -> tuple[Tensor, Tensor]:
        """Gated context [N, D] and attention [N, L] given the state before this step (Xu et al., eqs. 4–6, 13)."""
        energy = self.energy(torch.tanh(keys + self.query(hidden)[:, None])).squeeze(2)
        attention = torch.softmax(energy, dim=1)
        context = (attention[:, None] @ regions).squeeze(1)
        return torch.sigmoid(self.gate(hidden)) * context, attention

    def recur(self, gates: Tensor, context: Tensor, hidden: Tensor, cell: Tensor) -> tuple[Tensor, Tensor]:
        """One LSTM step; ``gates`` [N, 4H] is the embedding's share of the gates (input, forget, cell, output)."""
        gates = gates + self.context_gates(context) + self.hidden_gates(hidden)
        i, f, g, o = gates.chunk(4, dim=1)
        cell = torch.sigmoid(f) * cell + torch.sigmoid(i) * torch.tanh(g)
        return torch.sigmoid(o) * torch.tanh(cell), cell

    def logits(self, hidden: Tensor, context: Tensor, embedded: Tensor) -> Tensor:
        """Deep output (Xu et al., eq. 7): [·, H], [·, D], [·, E] → [·, V]."""
        mixed = self.dropout(self.output(torch.cat([hidden, context], dim=-1)) + embedded)
        return F.linear(mixed, self.embedding.weight, self.output_bias)

    def step(
        self, token: Tensor, regions: Tensor, keys: Tensor, hidden: Tensor, cell: Tensor
    ) -> tuple[Tensor, Tensor, Tensor, Tensor]:
        """token [B], memory of batch 1 or B, state [B, H] → logits [B, V], hidden, cell, attention [B, L]."""
        embedded = self.embedding(token)
        context, attention = self.attend(regions, keys, hidden)
        hidden, cell = self.recur(self.input_gates(embedded), context, hidden, cell)
        return self.logits(hidden, context, embedded), hidden, cell, attention

    def forward(self, grid: Tensor, photo: Tensor, tokens: Tensor, lengths: list[int]) -> Tensor:
        """Teacher forcing. grid [P, L, C]; photo [N], each sequence's row of the grid; tokens [N, T], the task first;
        lengths of the sequences, descending. Returns the logits of the real positions, [sum(lengths), V], time-major:
        row order is that of ``real_positions``."""
        regions, keys, hidden, cell = self.start(grid)
        regions, keys, hidden, cell = regions[photo], keys[photo], hidden[photo], cell[photo]
        embedded = self.dropout(self.embedding(tokens))
        gates = self.input_gates(embedded)
        states, contexts, inputs = [], [], []
        for t in range(lengths[0]):
            real = sum(length > t for length in lengths)
            if t % SHRINK_EVERY == 0:
                regions, keys, hidden, cell = regions[:real], keys[:real], hidden[:real], cell[:real]
            rows = len(hidden)
            context, _ = self.attend(regions, keys, hidden)
            hidden, cell = self.recur(gates[:rows, t], context, hidden, cell)
            states.append(hidden[:real])
            contexts.append(context[:real])
            inputs.append(embedded[:real, t])
        return self.logits(torch.cat(states), torch.cat(contexts), torch.cat(inputs))


def real_positions(values: Tensor, lengths: list[int]) -> Tensor:
    """[N, T] → [sum(lengths)], time-major, in the row order of ``Decoder.forward``."""
    return torch.cat([values[: sum(length > t for length in lengths), t] for t in range(lengths[0])])
