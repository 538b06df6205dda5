import { useDeferredValue, useMemo, useRef, useState } from 'react';
import { Button } from 'react-aria-components/Button';
import { Input, Label, TextField } from 'react-aria-components/TextField';
import { useTranslation } from 'react-i18next';
import { type KeptLine } from '../storage/ownLines.ts';
import { Icon } from '../ui/Icon.tsx';
import { startOf } from './ImportNote.tsx';
import { ListActions } from './ListActions.tsx';
import { lineKey } from './ownLine.ts';
import { putBackLine, removeLines } from './store.ts';

/** Thousands of rows at once would make a phone wait. */
const PAGE = 50;

interface Props {
  readonly lines: readonly KeptLine[];
}

/** All lines, newest first: search, remove one with undo, or all. */
export function LineList({ lines }: Props) {
  const { t } = useTranslation();
  const [search, setSearch] = useState('');
  const [shown, setShown] = useState(PAGE);
  const [removed, setRemoved] = useState<KeptLine | null>(null);
  const heading = useRef<HTMLHeadingElement>(null);
  const wanted = useDeferredValue(search);
  const found = useMemo(() => find(lines, wanted), [lines, wanted]);
  return (
    <section className="lines-list">
      <h3 className="section-heading" ref={heading} tabIndex={-1}>
        {lines.length === 0 ? t('lines.none') : t('lines.count', { count: lines.length })}
      </h3>
      {removed && (
        <p className="undo" role="status">
          {t('lines.removed', { line: startOf(removed.text) })}
          <Button
            className="link"
            onPress={() => {
              void putBackLine(removed);
              setRemoved(null);
              heading.current?.focus();
            }}
          >
            {t('lines.undo')}
          </Button>
        </p>
      )}
      {lines.length > 0 && (
        <TextField
          value={search}
          onChange={(text) => {
            setSearch(text);
            setShown(PAGE);
          }}
        >
          <Label className="visually-hidden">{t('lines.search')}</Label>
          <Input className="text-input" type="search" placeholder={t('lines.search')} />
        </TextField>
      )}
      {lines.length > 0 && found.length === 0 && <p className="quiet">{t('lines.notFound')}</p>}
      <ul>
        {found.slice(0, shown).map((line) => (
          <LineRow
            key={line.id}
            line={line}
            onRemove={() => {
              void removeLines([line.id]);
              setRemoved(line);
              heading.current?.focus(); // the button that was pressed goes
            }}
          />
        ))}
      </ul>
      {found.length > shown && (
        <Button
          className="button small"
          onPress={() => {
            setShown(shown + PAGE);
          }}
        >
          {t('lines.showMore')}
        </Button>
      )}
      {lines.length > 0 && (
        <ListActions
          lines={lines}
          onCleared={() => {
            setRemoved(null);
            heading.current?.focus();
          }}
        />
      )}
    </section>
  );
}

function find(lines: readonly KeptLine[], search: string): KeptLine[] {
  const wanted = lineKey(search);
  return lines
    .filter(({ text, tags }) => lineKey([text, ...tags].join(' ')).includes(wanted))
    .reverse();
}

function LineRow({ line, onRemove }: { line: KeptLine; onRemove: () => void }) {
  const { t } = useTranslation();
  return (
    <li className="line-row" data-testid="own-line">
      <div className="line-words">
        <p className="line-text">{line.text}</p>
        {line.tags.length > 0 && (
          <p className="quiet">{line.tags.map((tag) => `#${tag}`).join(' ')}</p>
        )}
      </div>
      <Button
        className="icon-button"
        aria-label={t('lines.remove', { line: startOf(line.text) })}
        onPress={onRemove}
      >
        <Icon name="close" />
      </Button>
    </li>
  );
}
