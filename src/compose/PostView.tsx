import { useEffect, useRef } from 'react';
import { Button } from 'react-aria-components/Button';
import { useTranslation } from 'react-i18next';
import { type Photo } from '../photo/photo.ts';
import { addTags, chooseCaption, editAltText, editCaption, emptyPost } from '../post/post.ts';
import { Icon } from '../ui/Icon.tsx';
import { Actions } from './Actions.tsx';
import { AltText } from './AltText.tsx';
import { CaptionField } from './CaptionField.tsx';
import { Captions } from './Captions.tsx';
import { type ComposeCommands } from './commands.ts';
import { Hashtags } from './Hashtags.tsx';
import { LanguageSwitch } from './LanguageSwitch.tsx';
import { PackSelect } from './PackSelect.tsx';
import { currentSheet, type ComposeState } from './state.ts';
import { WritingStatus } from './WritingStatus.tsx';
import './postView.css';

interface Props {
  readonly state: ComposeState;
  readonly photo: Photo;
  readonly commands: ComposeCommands;
  /** True for a photo that was chosen just now: the focus follows it. */
  readonly takesFocus: boolean;
  readonly onAnother: () => void;
  readonly onPutAway: () => void;
  readonly onPrevious: () => void;
}

/** The post: photo, caption, tags, alt text, all edited in place. */
export function PostView(props: Props) {
  const { state, photo, commands, takesFocus, onAnother, onPutAway, onPrevious } = props;
  const { t } = useTranslation();
  const sheet = currentSheet(state);
  const post = sheet?.post ?? emptyPost(state.language);
  const isWriting = sheet?.stage.name === 'writing';
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => {
    if (!takesFocus) return;
    heading.current?.focus({ preventScroll: true });
    window.scrollTo({ top: 0 });
  }, [photo.id, takesFocus]);
  return (
    <article className="post">
      <h1 className="visually-hidden" ref={heading} tabIndex={-1}>
        {t('post.heading')}
      </h1>
      <figure className="post-photo">
        <img
          key={photo.id}
          src={photo.url}
          alt={post.altText === '' ? t('post.photoAlt') : post.altText}
          width={photo.width}
          height={photo.height}
          draggable={false}
        />
        <Button className="put-away" aria-label={t('post.putAway')} onPress={onPutAway}>
          <Icon name="close" />
        </Button>
        <Button className="button small another" onPress={onAnother} isPending={state.reading}>
          <Icon name="photo" />
          {state.reading ? t('post.reading') : t('post.another')}
        </Button>
      </figure>
      <div className="post-words">
        <PostNotes state={state} photo={photo} onPrevious={onPrevious} />
        <LanguageSwitch language={state.language} onChange={commands.chooseLanguage} />
        <CaptionField
          caption={post.caption}
          language={post.language}
          writing={isWriting}
          onChange={(text) => {
            commands.edit((current) => editCaption(current, text));
          }}
        />
        <WritingStatus sheet={sheet} onWrite={commands.retry} onStop={commands.stop} />
        <Captions
          post={post}
          wishes={state.wishes}
          writing={isWriting}
          onChoose={(caption) => {
            commands.edit((current) => chooseCaption(current, caption));
          }}
          onOthers={commands.writeOthers}
          onWish={commands.wish}
        />
        <Hashtags
          post={post}
          removed={state.removed?.tag ?? null}
          writing={isWriting}
          onAdd={(written) => {
            commands.edit((current) => addTags(current, written));
          }}
          onRemove={commands.removeTag}
          onRestore={commands.restoreTag}
        />
      </div>
      <AltText
        post={post}
        writing={isWriting}
        onChange={(text) => {
          commands.edit((current) => editAltText(current, text));
        }}
      />
      <Actions post={post} jpeg={photo.jpeg} writing={isWriting} />
      <PackSelect onChoose={commands.choosePack} />
    </article>
  );
}

type NotesProps = Pick<Props, 'state' | 'photo' | 'onPrevious'>;

function PostNotes({ state, photo, onPrevious }: NotesProps) {
  const { t } = useTranslation();
  if (!photo.animated && state.others === 0 && !state.previous) return null;
  return (
    <div className="quiet notes">
      {photo.animated && <p>{t('post.animated')}</p>}
      {state.others > 0 && <p>{t('post.others', { count: state.others })}</p>}
      {state.previous && (
        <Button className="link" onPress={onPrevious}>
          {t('post.back')}
        </Button>
      )}
    </div>
  );
}
