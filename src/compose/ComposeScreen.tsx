import { useStore } from '@nanostores/react';
import { lazy, Suspense, useEffect, useRef, type ChangeEvent } from 'react';
import { Button } from 'react-aria-components/Button';
import { useTranslation } from 'react-i18next';
import { type Language } from '../../workers/captioner/contract.ts';
import { $engine } from '../engine/status.ts';
import { $myLines, preloadMyLines } from '../lines/opening.ts';
import { $ownLines } from '../lines/store.ts';
import { type PhotoProblem } from '../photo/photo.ts';
import { usePhotoGestures } from '../photo/usePhotoGestures.ts';
import { Icon } from '../ui/Icon.tsx';
import { EmptySheet } from './EmptySheet.tsx';
import { Samples } from './Samples.tsx';
import { currentSheet, type ComposeState } from './state.ts';
import { useComposer } from './useComposer.ts';
import { useDraft } from './useDraft.ts';
import './composeScreen.css';

// The first screen is a headline and two buttons: the editors' code comes while it is being read.
const loadPostView = () => import('./PostView.tsx');
const PostView = lazy(async () => ({ default: (await loadPostView()).PostView }));

interface Props {
  readonly initial: ComposeState;
  readonly appLanguage: Language;
}

/** One photo, one post. */
export function ComposeScreen({ initial, appLanguage }: Props) {
  const { t } = useTranslation();
  const { state, commands } = useComposer(initial);
  useDraft(state);
  useEffect(() => {
    commands.followLanguage(appLanguage);
  }, [commands, appLanguage]);
  useEffect(() => {
    // A failure here is no failure yet: the import is tried again when it is needed.
    loadPostView().catch(() => undefined);
    preloadMyLines();
  }, []);
  useOwnLines(commands.rewriteCaptions);
  const isDragging = usePhotoGestures(commands.takeIntake);
  const picker = useRef<HTMLInputElement>(null);
  const main = useRef<HTMLElement>(null);
  const camera = useRef<HTMLInputElement>(null);
  const takeChosen = (event: ChangeEvent<HTMLInputElement>) => {
    const file = event.target.files?.[0];
    if (file) commands.openFile(file);
    event.target.value = ''; // the same file can be chosen again
  };
  const startAtTop = () => {
    main.current?.focus({ preventScroll: true });
    window.scrollTo({ top: 0 });
  };
  const choose = () => picker.current?.click();
  const takePrevious = () => {
    commands.takePrevious();
    startAtTop();
  };
  return (
    <main className="main" ref={main} tabIndex={-1}>
      <input
        ref={picker}
        type="file"
        accept="image/*,.heic,.heif"
        hidden
        data-testid="photo-input"
        aria-label={t('empty.choose')}
        onChange={takeChosen}
      />
      <input
        ref={camera}
        type="file"
        accept="image/*"
        capture="environment"
        hidden
        aria-label={t('empty.camera')}
        onChange={takeChosen}
      />
      {state.problem && <ProblemNote problem={state.problem} onDismiss={commands.dismissProblem} />}
      {state.photo ? (
        <Suspense>
          <PostView
            state={state}
            photo={state.photo}
            commands={commands}
            takesFocus={state.photo.id !== initial.photo?.id}
            onAnother={choose}
            onPutAway={() => {
              commands.putAway();
              startAtTop();
            }}
            onPrevious={takePrevious}
          />
        </Suspense>
      ) : (
        <>
          <EmptySheet
            reading={state.reading}
            onPrevious={state.previous && takePrevious}
            onChoose={choose}
            onTake={() => camera.current?.click()}
          />
          <Samples onSample={commands.openSample} />
        </>
      )}
      {isDragging && (
        <div className="drop-veil" aria-hidden="true">
          <p>{t('empty.drop')}</p>
        </div>
      )}
      <Announcer state={state} />
    </main>
  );
}

/**
 * Once "My lines" is closed, captions are chosen from what it holds now. An import may end later. What the last
 * visit left changes nothing: the captioner is not awake then.
 */
function useOwnLines(rewriteCaptions: () => void): void {
  const isOpen = useStore($myLines).name === 'open';
  const { books } = useStore($ownLines).own;
  const used = useRef(books);
  useEffect(() => {
    if (isOpen || used.current === books) return;
    used.current = books;
    if ($engine.get().packId !== null) rewriteCaptions();
  }, [isOpen, books, rewriteCaptions]);
}

function ProblemNote({ problem, onDismiss }: { problem: PhotoProblem; onDismiss: () => void }) {
  const { t } = useTranslation();
  return (
    <div className="problem" role="alert">
      <p>
        {'width' in problem
          ? t(`photo.problem.${problem.kind}`, { width: problem.width, height: problem.height })
          : t(`photo.problem.${problem.kind}`)}
      </p>
      <Button className="icon-button" aria-label={t('photo.dismiss')} onPress={onDismiss}>
        <Icon name="close" />
      </Button>
    </div>
  );
}

/** Tells a screen reader twice: when the writing starts, and when it is done. Never token by token. */
function Announcer({ state }: { state: ComposeState }) {
  const { t } = useTranslation();
  const stage = currentSheet(state)?.stage.name;
  const chosen = currentSheet(state)?.post.choices[0]?.text ?? '';
  const words =
    stage === 'writing'
      ? t('stage.startedAnnouncement')
      : stage === 'done'
        ? t('stage.doneAnnouncement', { caption: chosen })
        : '';
  return (
    <p className="visually-hidden" role="status">
      {words}
    </p>
  );
}
