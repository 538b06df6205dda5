"""The captioning systems that we train and compare: the published ones, on an encoder of a phone's size, and ours."""

from __future__ import annotations

from dataclasses import dataclass

DEFAULT = "hanmadi"
ENCODERS = {
    "imagenet": "ImageNet classes",
    "hashtags": "hashtags and caption words (stage A)",
    "hanmadi": "hashtags and caption words (stage A), the top trained together with the decoder",
}


@dataclass(frozen=True)
class System:
    """One row of the ablation. ``encoder`` is a key of ``ENCODERS``, ``attention`` one of ``decoder.MEMORY``."""

    id: str
    title: dict[str, str]
    encoder: str
    attention: str
    stands_for: str
    # The decoder's vote beside the tag head's probability, and the least sum of the two for a hashtag. The published
    # systems write their hashtags word by word: the decoder alone decides.
    decoder_weight: float = 1.0
    threshold: float = 0.5
    # Whether stage C (``self_critical.py``) follows stage B.
    self_critical: bool = False

    @property
    def checkpoint(self) -> str:
        """File in the work folder that the last stage writes."""
        return f"{self.id}-self-critical.pt" if self.self_critical else f"{self.id}.pt"

    @property
    def joint(self) -> bool:
        """Whether the top of the encoder is trained with the decoder; otherwise the encoder is frozen."""
        return self.encoder == "hanmadi"


SYSTEMS = {
    system.id: system
    for system in (
        System(
            id="show-and-tell",
            title={"en": "Show and Tell", "ko": "쇼 앤드 텔"},
            encoder="imagenet",
            attention="none",
            stands_for="Show and Tell (Vinyals et al. 2015)",
        ),
        System(
            id="show-attend-tell",
            title={"en": "Show, Attend and Tell", "ko": "쇼, 어텐드 앤드 텔"},
            encoder="imagenet",
            attention="soft",
            stands_for="Show, Attend and Tell (Xu et al. 2015), the published baseline",
        ),
        System(
            id="look-back",
            title={"en": "Look-Back", "ko": "룩백"},
            encoder="imagenet",
            attention="look-back",
            stands_for="Look-Back attention (Qin et al. 2019) on the published baseline",
        ),
        System(
            id="hashtag",
            title={"en": "Hashtag encoder", "ko": "해시태그 인코더"},
            encoder="hashtags",
            attention="soft",
            stands_for="the published best: an encoder supervised by hashtags (Mahajan et al. 2018)",
        ),
        System(
            id="hashtag-look-back",
            title={"en": "Hashtag encoder, Look-Back", "ko": "해시태그 인코더 · 룩백"},
            encoder="hashtags",
            attention="look-back",
            stands_for="the published full model: both changes",
        ),
        System(
            id="hanmadi",
            title={"en": "Hanmadi", "ko": "한마디"},
            encoder="hanmadi",
            attention="soft",
            stands_for="ours: the top of the hashtag-supervised encoder trained together with the decoder, "
            "then the decoder by self-critical training (Rennie et al. 2017)",
            decoder_weight=0.1,
            threshold=0.44,
            self_critical=True,
        ),
    )
}
