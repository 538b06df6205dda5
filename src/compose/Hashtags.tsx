import { useEffect, useRef, type RefObject } from 'react';
import { Button } from 'react-aria-components/Button';
import { Label, Tag, TagGroup, TagList } from 'react-aria-components/TagGroup';
import { useTranslation } from 'react-i18next';
import { type Post } from '../post/post.ts';
import { TAG_LIMIT } from '../post/instagram.ts';
import { Icon } from '../ui/Icon.tsx';
import { TagInput } from './TagInput.tsx';
import './tags.css';

interface Props {
  readonly post: Post;
  readonly removed: string | null;
  readonly writing: boolean;
  readonly onAdd: (written: string) => void;
  readonly onRemove: (tag: string) => void;
  readonly onRestore: () => void;
}

/** The tags of the post: remove, undo, add one's own, or take a suggestion. */
export function Hashtags({ post, removed, writing, onAdd, onRemove, onRestore }: Props) {
  const { t } = useTranslation();
  const input = useRef<HTMLInputElement>(null);
  const { tags } = post;
  const remove = (keys: Set<string | number>) => {
    for (const key of keys) onRemove(String(key));
    // react-aria moves the focus to the next chip; after the last one it goes to the field.
    if (tags.length === 1) input.current?.focus();
  };
  const section = useRef<HTMLElement>(null);
  useLostFocus(section, post);
  return (
    <section className="tags" ref={section}>
      <TagGroup className="tag-group" onRemove={remove}>
        <div className="tags-heading">
          <Label className="section-heading">{t('tags.label')}</Label>
          <span className="quiet">{t('tags.count', { count: tags.length, limit: TAG_LIMIT })}</span>
        </div>
        <TagList
          className="tag-list"
          data-testid="hashtags"
          items={tags.map((tag) => ({ id: tag }))}
          renderEmptyState={() => (
            <span className="quiet">{writing ? t('tags.soon') : t('tags.none')}</span>
          )}
        >
          {({ id }) => (
            <Tag className="tag" data-testid="hashtag" textValue={`#${id}`}>
              <span lang={post.language}>#{id}</span>
              <Button
                slot="remove"
                className="icon-button tag-remove"
                aria-label={t('tags.remove', { tag: `#${id}` })}
                // react-aria would say the tag a second time, in an order that is not Korean.
                aria-labelledby=""
              >
                <Icon name="close" />
              </Button>
            </Tag>
          )}
        </TagList>
      </TagGroup>
      {removed !== null && (
        <p className="undo" role="status">
          {t('tags.removed', { tag: removed })}
          <Button className="link" onPress={onRestore}>
            {t('tags.undo')}
          </Button>
        </p>
      )}
      {tags.length > TAG_LIMIT && (
        <p className="warning" role="status">
          {t('tags.tooMany', { limit: TAG_LIMIT })}
        </p>
      )}
      <TagInput tags={tags} inputRef={input} onAdd={onAdd} />
      <Suggestions post={post} onAdd={onAdd} />
    </section>
  );
}

/**
 * Taking a suggestion or an undo removes the button that was pressed. The focus then goes to the
 * tag that it made, not to the top of the page.
 */
function useLostFocus(section: RefObject<HTMLElement | null>, { tags }: Post) {
  const before = useRef(tags);
  useEffect(() => {
    const added = tags.find((tag) => !before.current.includes(tag));
    before.current = tags;
    if (added === undefined || document.activeElement !== document.body) return;
    const chips = section.current?.querySelectorAll<HTMLElement>('[data-testid="hashtag"]');
    chips?.[tags.indexOf(added)]?.focus();
  }, [section, tags]);
}

function Suggestions({ post, onAdd }: Pick<Props, 'post' | 'onAdd'>) {
  const { t } = useTranslation();
  if (post.suggestions.length === 0) return null;
  return (
    <ul className="suggestions" aria-label={t('tags.suggestions')}>
      {post.suggestions.map((tag) => (
        <li key={tag}>
          <Button
            className="suggestion"
            aria-label={t('tags.suggest', { tag })}
            onPress={() => {
              onAdd(tag);
            }}
          >
            <Icon name="plus" />
            <span lang={post.language}>{tag}</span>
          </Button>
        </li>
      ))}
    </ul>
  );
}
