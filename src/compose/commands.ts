import { type Language, type Wishes } from '../../workers/captioner/contract.ts';
import { wantPack } from '../engine/captioner.ts';
import { type Intake } from '../photo/intake.ts';
import { loadPhoto } from '../photo/loadPhoto.ts';
import { releasePhoto, type PhotoOutcome } from '../photo/photo.ts';
import { loadSample } from '../photo/samples.ts';
import { type Post } from '../post/post.ts';
import { readPreferences, writePreferences } from '../storage/preferences.ts';
import { recentLines } from '../storage/recentLines.ts';
import { currentSheet, type ComposeAction, type ComposeState, type Order } from './state.ts';
import { Writer } from './writer.ts';

/** Where the commands read the screen's state and change it. */
export interface ComposeStore {
  readonly get: () => ComposeState;
  readonly dispatch: (action: ComposeAction) => void;
}

/** Everything that a person, or their files, can do to the Compose screen. */
export interface ComposeCommands {
  readonly openFile: (file: Blob) => void;
  readonly openSample: (file: string) => void;
  readonly takeIntake: (intake: Intake) => void;
  readonly dismissProblem: () => void;
  /** Back to the empty screen. */
  readonly putAway: () => void;
  /** Back to the post before this one. */
  readonly takePrevious: () => void;
  readonly edit: (edit: (post: Post) => Post) => void;
  readonly removeTag: (tag: string) => void;
  readonly restoreTag: () => void;
  readonly chooseLanguage: (language: Language) => void;
  /** The app's language changed: the post to come follows it, unless the person chose apart. */
  readonly followLanguage: (language: Language) => void;
  /** Has the photo's post written by another captioning system. */
  readonly choosePack: (packId: string) => void;
  readonly write: () => void;
  /** Other captions than those that were shown for this photo. */
  readonly writeOthers: () => void;
  /** The captions again: the lines that they are chosen from are others now. */
  readonly rewriteCaptions: () => void;
  readonly wish: (wishes: Wishes) => void;
  /** What failed, once more. */
  readonly retry: () => void;
  readonly stop: () => void;
}

export function makeCommands(store: ComposeStore): ComposeCommands {
  const { get, dispatch } = store;
  const writer = new Writer(dispatch);
  const writing = makeWriting(store, writer);
  const { write, rewriteCaptions } = writing;
  const { open, forget } = makeOpener(store, write);
  return {
    openFile: (file) => void open(() => loadPhoto(file), 0),
    openSample: (file) => void open(() => loadSample(file), 0),
    takeIntake: (intake) => {
      if (intake.kind === 'photo') void open(() => loadPhoto(intake.file), intake.others);
      else dispatch({ type: 'photo-refused', problem: { kind: 'no-file' } });
    },
    dismissProblem: () => {
      dispatch({ type: 'photo-problem-dismissed' });
    },
    putAway: () => {
      const { photo, previous } = get();
      forget();
      writer.stop();
      dispatch({ type: 'photo-put-away' });
      if (photo && previous) releasePhoto(previous.photo);
    },
    takePrevious: () => {
      forget();
      writer.stop();
      dispatch({ type: 'previous-taken' });
    },
    edit: (edit) => {
      dispatch({ type: 'post-edited', edit });
    },
    removeTag: (tag) => {
      dispatch({ type: 'tag-removed', tag });
    },
    restoreTag: () => {
      dispatch({ type: 'tag-restored' });
    },
    chooseLanguage: (language) => {
      writePreferences({ postLanguage: language });
      writer.stop();
      dispatch({ type: 'language-chosen', language });
      // Each language has its own sheet: one that is written stays as it is, but for new wishes.
      const sheet = currentSheet(get());
      if (!sheet || sheet.stage.name === 'stopped') write();
      else if (sheet.wishes !== null && sheet.wishes !== get().wishes) rewriteCaptions();
    },
    followLanguage: (language) => {
      if (get().photo || readPreferences().postLanguage !== null) return;
      dispatch({ type: 'language-chosen', language });
    },
    choosePack: (packId) => {
      wantPack(packId);
      write();
    },
    ...writing,
  };
}

type WritingCommands = Pick<
  ComposeCommands,
  'write' | 'writeOthers' | 'rewriteCaptions' | 'wish' | 'retry' | 'stop'
>;

function makeWriting({ get, dispatch }: ComposeStore, writer: Writer): WritingCommands {
  const write = (order: Order) => {
    const state = get();
    const { photo, language, wishes } = state;
    if (photo) writer.write(photo, { order, language, wishes, avoid: toAvoid(state, order) });
  };
  const rewriteCaptions = () => {
    const sheet = currentSheet(get());
    // A job that is to write more than captions begins again with all of it.
    if (sheet?.stage.name === 'writing' && sheet.stage.order === 'post') write('post');
    else if (sheet && sheet.post.packId !== null) write('captions');
  };
  return {
    write: () => {
      write('post');
    },
    writeOthers: () => {
      write('others');
    },
    rewriteCaptions,
    wish: (wishes) => {
      writePreferences({ banned: wishes.banned });
      dispatch({ type: 'wishes-changed', wishes });
      rewriteCaptions();
    },
    retry: () => {
      const stage = currentSheet(get())?.stage;
      write(stage?.name === 'failed' ? stage.order : 'post');
    },
    stop: () => {
      writer.stop();
    },
  };
}

/** The captions of the photos before; where others are wanted, all that were shown for this one too. */
function toAvoid(state: ComposeState, order: Order): readonly string[] {
  const { photo, language } = state;
  const used = recentLines()
    .filter((line) => line.photoId !== photo?.id && line.language === language)
    .map(({ text }) => text);
  const shown = order === 'others' ? (currentSheet(state)?.post.shown ?? []) : [];
  return [...used, ...shown.map(({ text }) => text)];
}

/**
 * Opens one photo at a time: of two in a row, the later one counts, whichever is read first. `forget` drops a
 * photo that is still being read.
 */
function makeOpener({ get, dispatch }: ComposeStore, write: () => void) {
  let newest = 0;
  const forget = () => {
    newest += 1;
  };
  const open = async (load: () => Promise<PhotoOutcome>, others: number) => {
    newest += 1;
    const ticket = newest;
    dispatch({ type: 'photo-reading' });
    const outcome = await load();
    if (ticket !== newest) {
      if (outcome.ok) releasePhoto(outcome.photo);
      return;
    }
    if (!outcome.ok) {
      dispatch({ type: 'photo-refused', problem: outcome.problem });
      return;
    }
    const { photo, previous } = get();
    dispatch({ type: 'photo-ready', photo: outcome.photo, others });
    write();
    // The photo before stays at hand; the one before that goes.
    if (photo && previous) releasePhoto(previous.photo);
  };
  return { open, forget };
}
