"""The decoder: an LSTM that writes a text, with three ways of looking at the photo.

- ``none``: *Show and Tell*, Vinyals et al. 2015, arXiv 1411.4555. The photo's mean vector sets the first state and is
  not seen again. (The paper feeds it as the first input of the LSTM; as first state it serves every system here.)
- ``soft``: *Show, Attend and Tell*, Xu et al. 2015, arXiv 1502.03044. Additive (soft) attention over the feature grid
  before every word, gated context, deep output.
- ``look-back``: Qin et al. 2019, *Look Back and Predict Forward*, CVPR. The attention also reads the vector that the
  step before attended to, so that where to look now can depend on where one looked.

The output layer shares its weights with the embedding (Press & Wolf 2017, arXiv 1608.05859). One decoder serves
every task and language: the first token says which.

Shapes: P photos, N sequences, L regions, C channels, D region width, A attention width, H hidden width, E embedding
width, V vocabulary. *Memory* is what stays the same over the steps of a photo, *state* what each step passes on; both
are tuples in the order of ``MEMORY`` and ``STATE``.
"""

from __future__ import annotations

from dataclasses import dataclass

import torch
from torch import Tensor, nn
from torch.nn import functional as F

# Names of the tensors, by kind of attention.
MEMORY = {"none": (), "soft": ("regions", "keys"), "look-back": ("regions", "keys")}
STATE = {"none": ("hidden", "cell"), "soft": ("hidden", "cell"), "look-back": ("hidden", "cell", "glance")}

Memory = tuple[Tensor, ...]
State = tuple[Tensor, ...]


@dataclass(frozen=True)
class DecoderConfig:
    """``attention`` is a key of ``MEMORY``; the widths are those of the shapes above."""

    vocabulary: int
    attention: str = "soft"
    channels: int = 1280
    region: int = 384
    key: int = 256
    hidden: int = 512
    embedding: int = 256
    dropout: float = 0.4
    region_dropout: float = 0.1


# Sequences are sorted by length, longest first; the batch shrinks only every few steps, since each new
# slice of the memory costs its whole gradient once more.
SHRINK_EVERY = 4


class Decoder(nn.Module):
    """Feature grid and token so far → logits of the next token."""

    def __init__(self, config: DecoderConfig) -> None:
        super().__init__()
        self.config = config
        c = config
        self.attends = c.attention != "none"
        self.project = nn.Sequential(nn.Linear(c.channels, c.region), nn.LayerNorm(c.region))
        self.initial = nn.Linear(c.region, 2 * c.hidden)
        self.embedding = nn.Embedding(c.vocabulary, c.embedding)
        self.input_gates = nn.Linear(c.embedding, 4 * c.hidden)
        self.hidden_gates = nn.Linear(c.hidden, 4 * c.hidden, bias=False)
        self.output = nn.Linear(c.hidden + (c.region if self.attends else 0), c.embedding)
        self.output_bias = nn.Parameter(torch.zeros(c.vocabulary))
        if self.attends:
            self.keys = nn.Linear(c.region, c.key)
            self.query = nn.Linear(c.hidden, c.key, bias=False)
            self.energy = nn.Linear(c.key, 1, bias=False)
            self.gate = nn.Linear(c.hidden, c.region)
            self.context_gates = nn.Linear(c.region, 4 * c.hidden, bias=False)
        if c.attention == "look-back":
            self.look_back = nn.Linear(c.region, c.key, bias=False)
        self.dropout = nn.Dropout(c.dropout)
        self.region_dropout = nn.Dropout(c.region_dropout)
        nn.init.normal_(self.embedding.weight, std=c.embedding**-0.5)
        with torch.no_grad():
            self.input_gates.bias[c.hidden : 2 * c.hidden] = 1.0  # forget gates start open

    def start(self, grid: Tensor) -> tuple[Memory, State]:
        """[P, L, C] → memory: regions [P, L, D], keys [P, L, A]; state: hidden [P, H], cell [P, H], glance [P, D]."""
        regions = self.region_dropout(self.project(grid))
        mean = regions.mean(1)
        state = torch.tanh(self.initial(mean)).chunk(2, dim=1)
        if not self.attends:
            return (), state
        # The glance before the first is at the whole photo.
        glance = (mean,) if self.config.attention == "look-back" else ()
        return (regions, self.keys(regions)), (*state, *glance)

    def attend(self, memory: Memory, state: State) -> tuple[Tensor, Tensor]:
        """The attended vector [N, D] and the attention [N, L], given the state before this step (Xu et al., eqs. 4–6,
        13; look-back: Qin et al., with the vector attended before as a second query)."""
        regions, keys = memory
        query = self.query(state[0])
        if self.config.attention == "look-back":
            query = query + self.look_back(state[2])
        energy = self.energy(torch.tanh(keys + query[:, None])).squeeze(2)
        attention = torch.softmax(energy, dim=1)
        return (attention[:, None] @ regions).squeeze(1), attention

    def recur(self, gates: Tensor, memory: Memory, state: State) -> tuple[State, Tensor | None, Tensor | None]:
        """One LSTM step; ``gates`` [N, 4H] is the embedding's share of the gates (input, forget, cell, output).
        Returns the new state, the gated context [N, D] and the attention [N, L] (both ``None`` without attention)."""
        hidden, cell = state[:2]
        gates = gates + self.hidden_gates(hidden)
        context = attention = None
        glance: State = ()
        if self.attends:
            attended, attention = self.attend(memory, state)
            context = torch.sigmoid(self.gate(hidden)) * attended
            gates = gates + self.context_gates(context)
            glance = (attended,) if self.config.attention == "look-back" else ()
        i, f, g, o = gates.chunk(4, dim=1)
        cell = torch.sigmoid(f) * cell + torch.sigmoid(i) * torch.tanh(g)
        return (torch.sigmoid(o) * torch.tanh(cell), cell, *glance), context, attention

    def logits(self, hidden: Tensor, context: Tensor | None, embedded: Tensor) -> Tensor:
        """Deep output (Xu et al., eq. 7): [·, H], [·, D], [·, E] → [·, V]."""
        seen = hidden if context is None else torch.cat([hidden, context], dim=-1)
        mixed = self.dropout(self.output(seen) + embedded)
        return F.linear(mixed, self.embedding.weight, self.output_bias)

    def step(self, token: Tensor, memory: Memory, state: State) -> tuple[Tensor, State, Tensor | None]:
        """token [B], memory of batch 1 or B, state of batch B → logits [B, V], state, attention [B, L]."""
        embedded = self.embedding(token)
        state, context, attention = self.recur(self.input_gates(embedded), memory, state)
        return self.logits(state[0], context, embedded), state, attention

    def forward(self, grid: Tensor, photo: Tensor, tokens: Tensor, lengths: list[int]) -> Tensor:
        """Teacher forcing. grid [P, L, C]; photo [N], each sequence's row of the grid; tokens [N, T], the task first;
        lengths of the sequences, descending. Returns the logits of the real positions, [sum(lengths), V], time-major:
        row order is that of ``real_positions``."""
        memory, state = (tuple(value[photo] for value in values) for values in self.start(grid))
        embedded = self.dropout(self.embedding(tokens))
        gates = self.input_gates(embedded)
        states, contexts, inputs = [], [], []
        for t in range(lengths[0]):
            real = sum(length > t for length in lengths)
            if t % SHRINK_EVERY == 0:
                memory, state = (tuple(value[:real] for value in values) for values in (memory, state))
            state, context, _ = self.recur(gates[: len(state[0]), t], memory, state)
            states.append(state[0][:real])
            contexts.append(None if context is None else context[:real])
            inputs.append(embedded[:real, t])
        context = torch.cat(contexts) if self.attends else None
        return self.logits(torch.cat(states), context, torch.cat(inputs))


def real_positions(values: Tensor, lengths: list[int]) -> Tensor:
    """[N, T] → [sum(lengths)], time-major, in the row order of ``Decoder.forward``."""
    return torch.cat([values[: sum(length > t for length in lengths), t] for t in range(lengths[0])])
