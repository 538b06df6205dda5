import { Button } from 'react-aria-components/Button';
import { Disclosure, DisclosurePanel } from 'react-aria-components/Disclosure';
import { useTranslation } from 'react-i18next';
import { type Wishes } from '../../workers/captioner/contract.ts';
import { openMyLines } from '../lines/opening.ts';
import { type Post } from '../post/post.ts';
import { Icon } from '../ui/Icon.tsx';
import { CaptionChoices } from './CaptionChoices.tsx';
import { WishFields } from './WishFields.tsx';
import './captions.css';

interface Props {
  readonly post: Post;
  readonly wishes: Wishes;
  readonly writing: boolean;
  readonly onChoose: (caption: string) => void;
  readonly onOthers: () => void;
  readonly onWish: (wishes: Wishes) => void;
}

/** The captions to choose from, and what a person can do to get others. */
export function Captions({ post, wishes, writing, onChoose, onOthers, onWish }: Props) {
  const { t } = useTranslation();
  const isWritten = post.packId !== null;
  return (
    <section className="captions">
      <CaptionChoices post={post} onChoose={onChoose} />
      {isWritten && <CaptionNotes post={post} />}
      <Disclosure className="caption-tools">
        <div className="caption-tool-row">
          {isWritten && (
            <Button className="button small" isPending={writing} onPress={onOthers}>
              <Icon name="again" />
              {t('caption.others')}
            </Button>
          )}
          <Button slot="trigger" className="link tool wishes-trigger">
            <span>{t('wishes.label')}</span>
            <WishSummary wishes={wishes} />
          </Button>
          <Button slot={null} className="link tool" onPress={() => void openMyLines()}>
            {t('lines.label')}
          </Button>
        </div>
        <DisclosurePanel>
          <WishFields wishes={wishes} onWish={onWish} />
        </DisclosurePanel>
      </Disclosure>
    </section>
  );
}

/** Why there are no (more) captions. A live region: it answers a press of a button. */
function CaptionNotes({ post: { choices, exhausted, book } }: { post: Post }) {
  const { t } = useTranslation();
  const isBookMissing = book !== 'used' && book !== 'none';
  return (
    <div className="caption-notes quiet" role="status">
      {exhausted && <p>{t('caption.exhausted')}</p>}
      {choices.length === 0 && <p>{t('caption.nothingFits')}</p>}
      {isBookMissing && <p>{t('caption.bookMissing')}</p>}
    </div>
  );
}

/** What is wished for, said where it can be seen while the fields are folded away. */
function WishSummary({ wishes: { tone, length, emoji, banned } }: { wishes: Wishes }) {
  const { t } = useTranslation();
  const said = [
    ...(tone === null ? [] : [t(`caption.tone.${tone}`)]),
    ...(length === null ? [] : [t(`wishes.lengths.${length}`)]),
    ...(emoji === null
      ? []
      : [`${t('wishes.emoji')} ${t(`wishes.emojis.${emoji ? 'with' : 'without'}`)}`]),
    ...(banned.length === 0 ? [] : [t('wishes.bannedCount', { count: banned.length })]),
  ];
  if (said.length === 0) return null;
  return <span className="wish-summary">{said.join(', ')}</span>;
}
