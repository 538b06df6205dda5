import { useStore } from '@nanostores/react';
import { useRef } from 'react';
import { Button } from 'react-aria-components/Button';
import { Label, TextArea, TextField } from 'react-aria-components/TextField';
import { useTranslation } from 'react-i18next';
import { useAutosize } from '../ui/useAutosize.ts';
import { $import, $pasted, importFile, importPasted } from './importing.ts';

/** Two ways in: paste or type, one line each; or a file. */
export function AddLines() {
  const { t } = useTranslation();
  const pasted = useStore($pasted);
  const { name } = useStore($import);
  const isBusy = name === 'reading' || name === 'preparing';
  const area = useRef<HTMLTextAreaElement>(null);
  const picker = useRef<HTMLInputElement>(null);
  useAutosize(area, pasted);
  return (
    <div className="lines-add">
      <TextField
        value={pasted}
        onChange={(text) => {
          $pasted.set(text);
        }}
      >
        <Label className="section-heading">{t('lines.paste')}</Label>
        <TextArea
          ref={area}
          className="text-input"
          rows={3}
          placeholder={t('lines.pastePlaceholder')}
        />
      </TextField>
      <div className="lines-row">
        <Button
          className="button primary"
          isDisabled={pasted.trim() === ''}
          isPending={isBusy}
          onPress={() => void importPasted()}
        >
          {t('lines.add')}
        </Button>
        <Button
          className="button"
          isPending={isBusy}
          aria-describedby="lines-file-hint"
          onPress={() => picker.current?.click()}
        >
          {t('lines.file')}
        </Button>
        <p className="quiet" id="lines-file-hint">
          {t('lines.fileHint')}
        </p>
        <input
          ref={picker}
          type="file"
          accept=".txt,.csv,.tsv,.book,text/plain,text/csv"
          hidden
          data-testid="lines-input"
          aria-label={t('lines.file')}
          onChange={(event) => {
            const file = event.target.files?.[0];
            if (file) void importFile(file);
            event.target.value = ''; // the same file can be chosen again
          }}
        />
      </div>
    </div>
  );
}
