import { useTranslation } from 'react-i18next';
import { type Post } from '../post/post.ts';

/**
 * How far the words can be trusted. The model says it of the alt text; it stands there when each caption has a
 * word of its own, and else beside the captions, for all of them.
 */
export function ConfidenceNote({ post, beside }: { post: Post; beside: 'captions' | 'alt-text' }) {
  const { t } = useTranslation();
  const { confidence, choices } = post;
  const place = choices.some((choice) => choice.confidence !== null) ? 'alt-text' : 'captions';
  if (confidence === null || confidence === 'sure' || place !== beside) return null;
  return (
    <p className="confidence" data-confidence={confidence}>
      {t(`confidence.${confidence}`)}
    </p>
  );
}
