"""Stage C: self-critical training of the decoder: captions are sampled and made more likely where they score well.

    python -m training.self_critical --data DIR --work DIR [--steps 1500]

Rennie et al. 2017, arXiv 1612.00563, with the mean reward of the photo's other samples as the baseline (Luo 2020,
arXiv 2003.09971). Descriptions in English are rewarded by CIDEr-D, Instagram captions by a mix (``rewards.py``). Every
task goes on being taught by its texts on the side, so that what is not rewarded is not forgotten. The encoder and the
tag head stay as they are. Starts from ``<work>/<system>.pt``, resumes from ``<work>/<system>-self-critical.pt``.
"""

from __future__ import annotations

import argparse
from dataclasses import dataclass

import numpy as np
import torch
from torch import Tensor
from torch.nn import functional as F

from training.averaging import Averaged, cosine, update_average
from training.batches import Batch, Texts, rows_of_step
from training.captioner import Captioner
from training.decoder import Decoder, real_positions
from training.decoding import SETTINGS, beam_search
from training.features import cache_features
from training.photos import cache_pixels
from training.progress import Progress, load_checkpoint, resume_training, save_training, seed_everything
from training.rewards import Reward
from training.setup import add_common_arguments, add_system_argument, chosen_system, open_run
from training.train_decoder import JOINT_VIEWS
from training.vocabulary import END, Vocabulary

REWARDED = ("plain-en", "instagram-en", "instagram-ko")
DESCRIPTIONS = ("plain-en",)
# One person's sentence is a narrow target: descriptions are rewarded where several people described the photo.
FEWEST_REFERENCES = 2
LONGEST = 30
# Rows that have ended leave the batch every few steps: copying the memory costs more than computing them on.
SHRINK_EVERY = 3


@dataclass(frozen=True)
class Samples:
    """N sampled captions: ``photo`` [N] rows of the batch, ``task`` [N] indices of ``REWARDED``, tokens without the
    end token, and whether the end token was drawn."""

    photo: Tensor
    task: Tensor
    tokens: list[list[int]]
    ended: list[bool]


def allowed_tokens(vocabulary: Vocabulary) -> Tensor:
    """[tasks, V]: 0 where a rewarded task may emit the token, minus infinity elsewhere."""
    mask = torch.full((len(REWARDED), vocabulary.size), float("-inf"))
    for row, task in enumerate(REWARDED):
        mask[row, vocabulary.allowed(task)] = 0
    return mask


@torch.no_grad()
def sample_captions(
    decoder: Decoder, grid: Tensor, photo: Tensor, task: Tensor, vocabulary: Vocabulary, mask: Tensor
) -> Samples:
    """Draws a caption for each pair of ``photo`` [N] and ``task`` [N] from the decoder's distribution."""
    memory, state = (tuple(value[photo] for value in values) for values in decoder.start(grid))
    token = torch.tensor([vocabulary.task(name) for name in REWARDED], device=grid.device)[task]
    tokens: list[list[int]] = [[] for _ in range(len(photo))]
    ended = [False] * len(photo)
    rows = torch.arange(len(photo), device=grid.device)
    for length in range(LONGEST + 1):
        logits, state, _ = decoder.step(token, memory, state)
        token = torch.multinomial(torch.softmax(logits.float() + mask[task[rows]], dim=1), 1)[:, 0]
        for row, drawn in zip(rows.tolist(), token.tolist(), strict=True):
            if not ended[row] and drawn == END:
                ended[row] = True
            elif not ended[row] and length < LONGEST:
                tokens[row].append(drawn)
        if length % SHRINK_EVERY == SHRINK_EVERY - 1:
            alive = torch.tensor([not ended[row] for row in rows.tolist()], device=grid.device)
            if not alive.any():
                break
            rows, token = rows[alive], token[alive]
            memory, state = (tuple(value[alive] for value in values) for values in (memory, state))
    return Samples(photo, task, tokens, ended)


def advantages(rewards: Tensor, count: int) -> Tensor:
    """[…, count] rewards of the samples of one photo and task, one after another → each minus the mean of the others,
    over the standard deviation of all."""
    grouped = rewards.view(-1, count)
    baseline = (grouped.sum(1, keepdim=True) - grouped) / (count - 1)
    advantage = (grouped - baseline).flatten()
    return advantage / advantage.std().clamp(min=1e-6)


def policy_loss(
    decoder: Decoder, grid: Tensor, samples: Samples, advantage: Tensor, vocabulary: Vocabulary, mask: Tensor
) -> Tensor:
    """REINFORCE: the mean over tokens of −advantage · log-probability."""
    sequences = [[*ids, END] if end else ids for ids, end in zip(samples.tokens, samples.ended, strict=True)]
    order = sorted((row for row in range(len(sequences)) if sequences[row]), key=lambda row: -len(sequences[row]))
    lengths = [len(sequences[row]) for row in order]
    targets = torch.zeros(len(order), lengths[0], dtype=torch.long)
    tokens = torch.zeros_like(targets)
    for at, row in enumerate(order):
        first = vocabulary.task(REWARDED[samples.task[row]])
        targets[at, : lengths[at]] = torch.tensor(sequences[row])
        tokens[at, : lengths[at]] = torch.tensor([first, *sequences[row][:-1]])
    index = torch.tensor(order)
    logits = decoder(grid, samples.photo[index], tokens.to(grid.device), lengths).float()

    def spread(values: Tensor) -> Tensor:
        return real_positions(values[index][:, None].expand_as(targets), lengths)

    log_probability = torch.log_softmax(logits + mask[spread(samples.task)], dim=1)
    chosen = log_probability.gather(1, real_positions(targets, lengths).to(grid.device)[:, None])[:, 0]
    return -(spread(advantage).to(grid.device) * chosen).mean()


def text_loss(decoder: Decoder, grid: Tensor, batch: Batch) -> Tensor:
    """Cross-entropy of the photos' own texts, as in stage B."""
    logits = decoder(grid, batch.photo.to(grid.device), batch.tokens.to(grid.device), batch.lengths)
    targets = real_positions(batch.targets, batch.lengths).to(grid.device)
    return F.cross_entropy(logits.float(), targets, label_smoothing=0.1)


def held_out(model: Captioner, grids: Tensor, vocabulary: Vocabulary, rewards: dict[str, Reward]) -> dict[str, float]:
    """Mean reward of dev captions as the app decodes them, and the share of different ones, by task."""
    model.eval()
    figures = {}
    for task, reward in rewards.items():
        found = [
            of[0]
            for chunk in grids.split(50)
            for of in beam_search(model.decoder, chunk, task, vocabulary, SETTINGS[task])
        ]
        texts = [vocabulary.text(hypothesis.tokens) for hypothesis in found]
        rows = [row for row in range(len(texts)) if reward.references[row]]
        figures[task] = float(np.mean([reward.of(row, texts[row], ended=True) for row in rows]))
        figures[f"{task}-distinct"] = len(set(texts)) / len(texts)
    return figures


def main(arguments: list[str] | None = None) -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    add_common_arguments(parser)
    add_system_argument(parser)
    parser.add_argument("--steps", type=int, default=900)
    parser.add_argument(
        "--batch",
        type=int,
        default=24,
        help="photos a step: descriptions for all, Instagram captions for the first half, texts the second",
    )
    parser.add_argument("--samples", type=int, default=5, help="captions drawn for each photo and task")
    parser.add_argument("--rate", type=float, default=1.5e-4)
    parser.add_argument("--text-weight", type=float, default=0.3)
    parser.add_argument("--average", type=float, default=0.98)
    parser.add_argument("--report-every", type=int, default=150)
    parser.add_argument("--stop-after", type=int, help="stop at this step with a checkpoint; a later run goes on")
    args = parser.parse_args(arguments)
    run = open_run(args)
    system = chosen_system(args, run)
    train, dev = run.rows_of("train"), run.rows_of("dev")
    dev = dev[:: max(1, len(dev) // args.dev_photos)]
    seed_everything(args.seed)

    model = Captioner(system, run.vocabulary)
    stage_b = load_checkpoint(args.work / f"{system.id}.pt")
    if stage_b is None:
        raise FileNotFoundError(f"{args.work / system.id}.pt: run training.train_decoder first")
    model.load_state_dict(stage_b["model"])
    model.load_state_dict(stage_b["average"], strict=False)
    model.to(run.device).eval()
    for module in (model.encoder, model.tag_head):
        module.requires_grad_(False)
    pixels = cache_pixels(args.data, run.photos, args.size, args.work)

    def cached(split: str, rows: list[int], view: int) -> np.ndarray:
        return cache_features(model.features, pixels, rows, view, f"{system.encoder}-{split}", args.work, run.device)

    def grid_of(features: np.ndarray) -> Tensor:
        with torch.no_grad(), torch.autocast(run.device.type, torch.bfloat16):
            return model.grid(torch.from_numpy(np.array(features)).float().to(run.device)).float()

    views = [cached("train", train, view) for view in range(JOINT_VIEWS if system.joint else 2)]
    dev_features = cached("dev", dev, 0)
    dev_grids = torch.cat([grid_of(dev_features[first : first + 16]) for first in range(0, len(dev), 16)])

    rewarded = [task for task in REWARDED if any(run.photos[row].texts[task] for row in train)]

    def rewards_of(rows: list[int]) -> dict[str, Reward]:
        return {task: Reward(task, [run.photos[row].texts[task] for row in rows]) for task in rewarded}

    rewards, dev_rewards = rewards_of(train), rewards_of(dev)
    texts = Texts([run.photos[row] for row in train], run.vocabulary)
    mask = allowed_tokens(run.vocabulary).to(run.device)
    optimizer = torch.optim.AdamW(model.decoder.parameters(), lr=args.rate, weight_decay=0.0, betas=(0.9, 0.98))
    average = {n: p.detach().clone() for n, p in model.named_parameters() if p.requires_grad}
    checkpoint = args.work / f"{system.id}-self-critical.pt"
    step = resume_training(checkpoint, model, optimizer, average)

    def report() -> None:
        with Averaged(model, average), torch.inference_mode():
            figures = held_out(model, dev_grids, run.vocabulary, dev_rewards)
        print(f"step {step} dev: " + " ".join(f"{name} {value:.3f}" for name, value in figures.items()), flush=True)

    progress = Progress(f"{system.id} self-critical", args.steps, step, every=20)
    if step == 0:
        report()
    last = min(args.steps, args.stop_after or args.steps)
    while step < last:
        torch.manual_seed(args.seed * 1_000_003 + step)
        rng = np.random.default_rng([args.seed, 11, step])
        rows = rows_of_step(step, len(train), args.batch, args.seed)
        view = rng.integers(len(views), size=len(rows))
        grid = grid_of(np.stack([views[v][row] for v, row in zip(view, rows, strict=True)]))
        half = len(rows) // 2
        pairs = [
            (at, number)
            for number, task in enumerate(REWARDED)
            if task in rewards
            for at, row in enumerate(rows if task in DESCRIPTIONS else rows[:half])
            if len(rewards[task].references[row]) >= (FEWEST_REFERENCES if task in DESCRIPTIONS else 1)
        ]
        photo, task = torch.tensor(pairs).repeat_interleave(args.samples, 0).unbind(1)
        model.eval()
        with torch.autocast(run.device.type, torch.bfloat16):
            samples = sample_captions(model.decoder, grid, photo, task, run.vocabulary, mask)
        reward = torch.tensor(
            [
                rewards[REWARDED[number]].of(rows[at], run.vocabulary.text(ids), end)
                for at, number, ids, end in zip(
                    photo.tolist(), task.tolist(), samples.tokens, samples.ended, strict=True
                )
            ]
        )
        advantage = torch.cat([advantages(reward[task == number], args.samples) for number in task.unique()])
        with torch.autocast(run.device.type, torch.bfloat16):
            policy = policy_loss(model.decoder, grid, samples, advantage, run.vocabulary, mask)
        model.train()
        with torch.autocast(run.device.type, torch.bfloat16):
            words = text_loss(model.decoder, grid[half:], texts.sample(rows[half:], rng))
        factor = cosine(step, args.steps, warmup=min(50, args.steps // 10 + 1))
        for group in optimizer.param_groups:
            group["lr"] = args.rate * factor
        optimizer.zero_grad(set_to_none=True)
        (policy + args.text_weight * words).backward()
        torch.nn.utils.clip_grad_norm_(model.decoder.parameters(), 1.0)
        optimizer.step()
        update_average(average, model, step, args.average)
        step += 1
        means = {name: reward[task == number].mean().item() for number, name in enumerate(REWARDED) if name in rewards}
        progress.step(texts=words.item(), **means)
        if step % 100 == 0 or step == last:
            save_training(checkpoint, model, optimizer, average, step)
        if step % args.report_every == 0 or step == args.steps:
            report()


if __name__ == "__main__":
    main()
